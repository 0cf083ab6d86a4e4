"""Which columns each list shows to the eye. Words of a document stand in quotation marks, all others are ours."""

from collections.abc import Callable, Sequence

from onrecord.cli.doctoring import Finding
from onrecord.cli.rows import Listing, Shown
from onrecord.cli.screen import quoted
from onrecord.cli.telling import Disagreement, Told
from onrecord.cli.wordings import Usage, Verbs
from onrecord.export import tables
from onrecord.export.tables import (
    Column,
    Kind,
    Table,
    moment_outlet,
    moment_sentence,
    tell_moment,
    with_carriers,
    write_carrier,
)
from onrecord.lexicon.days import describe_when, range_words
from onrecord.lexicon.labels import (
    ACT,
    INFERRED_LINKS,
    NO_OUTLET,
    ROLLUP,
    STATUS,
    UNMADE,
    step_of_state,
)
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.documents import ANNOTATED, Basis, DateRange, Outlet
from onrecord.records.findings import NOT_SAID, Speaker
from onrecord.records.redlines import Match
from onrecord.records.rows import (
    Carrier,
    DocumentRow,
    FigureRow,
    Hit,
    LineRow,
    Moment,
    Problem,
    Review,
    ReviewState,
    StatementRow,
    StatusRow,
    WordingRow,
)
from onrecord.stories.disagreements import CHANGED_COPY
from onrecord.stories.figures import FigureSide

SHORT_ID = 12  # digits of a document's hash that are shown; more are taken wherever an id is asked for
DOUBTED = (Basis.INFERRED, Basis.UNKNOWN)


def short_id(id_: str) -> str:
    """The beginning of a document's id, enough to ask for it."""
    return id_.removeprefix("sha256:")[:SHORT_ID]


def name_outlet(outlet: Outlet) -> str:
    """The outlet, or that it is unknown."""
    return outlet.name or NO_OUTLET


def name_speaker(speaker: Speaker | None) -> str:
    """The speaker; a question mark where the link was inferred; the outlet where nobody is quoted."""
    if speaker is None:
        return "the outlet"
    if speaker.name is None:
        return "not linked"
    return f"{speaker.name} (?)" if speaker.basis in INFERRED_LINKS else speaker.name


def short_day(when: DateRange | None) -> str:
    """The range in few words; a question mark where it was worked out."""
    if when is None or not when.is_known:
        return "not known"
    return f"{range_words(when)} (?)" if when.basis in DOUBTED else range_words(when)


def name_review(review: ReviewState) -> str:
    """Empty for what only the machine has suggested."""
    return "" if review.review is Review.SUGGESTED else review.review.value


def name_half(words: str) -> str:
    """The if or the then of a line; a line may lack one of them."""
    return words or "(not said)"


def describe_condition(row: LineRow) -> str:
    """The if of a line; "unless" in front where the consequence holds when it fails."""
    words = name_half(row.line.condition)
    return f"unless: {words}" if row.line.negated else words


def describe_line(row: LineRow) -> str:
    """What became of a line, with the day of the step that made it so; the last step's where none did."""
    label = ROLLUP[row.line.rollup]
    made = step_of_state(row.line)
    joint = "; last heard " if row.line.rollup in UNMADE else ", "
    return f"{label.sign} {label.text}{joint}{short_day(made.when)}" if made else f"{label.sign} {label.text}"


def describe_carriers(row: LineRow) -> str:
    """The outlets that carry a line, each once, in order of its history and mentions."""
    outlets = [entry.outlet for entry in row.line.history] + [mention.outlet for mention in row.line.mentions]
    return ", ".join(dict.fromkeys(map(name_outlet, outlets)))


def describe_figure(row: FigureRow) -> str:
    """What a figure counts, of what, where, as printed ("of voters, Orlov: backed it"); failing that its unit."""
    whole = ", ".join(piece for piece in (f"of {row.base}" if row.base else "", row.place) if piece)
    if row.base and row.counts:
        return f"{whole}: {row.counts}"
    unit = row.figure.unit if "unit_inferred" in row.figure.flags and not row.counts else ""
    return ", ".join(piece for piece in (row.counts or unit, whole) if piece)


def name_claimant(row: FigureRow) -> str:
    """Who vouches for a figure; where somebody in its sentence counted it, it is not the outlet's word."""
    counted = row.claimant is None and "claimant_not_linked" in row.figure.flags
    return "not linked" if counted else name_speaker(row.claimant)


def describe_voice(row: WordingRow) -> str:
    """In whose voice a term stands, and how the writer keeps a distance."""
    voice = "the outlet's own"
    if row.claimant:
        who = name_speaker(row.claimant)
        voice = f"{who}, quoted" if row.wording.quoted else f"the outlet's, reporting {_unnamed(who)}"
    return f"{voice}; {row.wording.distanced.replace('_', ' ')}" if row.wording.distanced else voice


def _unnamed(who: str) -> str:
    return "others" if who == "not linked" else who


def describe_manner(row: StatementRow) -> str:
    """How much of the words is quoted; that they were not said, where the text tells so ("would not say whether …")."""
    told = row.statement.directness.value
    return f"{told}; not said" if NOT_SAID in row.statement.flags else told


def describe_moment(row: Moment) -> str:
    """What a moment is, in our words, with the sign of a step."""
    sign = f"{STATUS[row.record.entry.status].sign} " if isinstance(row.record, StatusRow) else ""
    return sign + tell_moment(row)


def describe_all_carriers(first: str | None, carriers: Sequence[Carrier]) -> str:
    """All who carry it: "NPA; the same text in Herald and Mirror; also reported by Star (both name Orlia)"."""
    copied = [each for each in carriers if each.copy]
    told = [first or NO_OUTLET]
    if copied:
        told.append(f"the same text in {', '.join(dict.fromkeys(name_outlet(each.outlet) for each in copied))}")
    for each in carriers:
        if not each.copy:
            told.append(f"also reported by {name_outlet(each.outlet)}{f' ({each.reason})' if each.reason else ''}")
    return "; ".join(told)


def tell_language(row: DocumentRow) -> tuple[str, ...]:
    """That a document was not annotated, and its language; nothing for one that was."""
    return () if row.language == ANNOTATED else (f"not_annotated:{row.language}",)


DOCUMENTS: Listing[DocumentRow] = Listing(
    "documents",
    (
        Shown("id", lambda row: short_id(row.id)),
        Shown("published", lambda row: short_day(row.published)),
        Shown("how known", lambda row: describe_when(row.published).basis),
        Shown("outlet", lambda row: name_outlet(row.outlet)),
        Shown("title", lambda row: row.title, 3),
        Shown("statements", lambda row: str(row.statements)),
        Shown("notes", lambda row: " ".join((*tell_language(row), *row.notes)), 1),
    ),
    tables.DOCUMENTS,
)

STATEMENTS: Listing[StatementRow] = Listing(
    "statements",
    (
        Shown("id", lambda row: row.statement.id),
        Shown("said", lambda row: short_day(row.statement.said_on)),
        Shown("who", lambda row: name_speaker(row.statement.speaker), 2),
        Shown("act", lambda row: ACT[row.statement.act]),
        Shown("as printed", lambda row: row.statement.quote, 6),
        Shown("how", describe_manner),
        Shown("outlet", lambda row: name_outlet(row.statement.outlet), 1),
        Shown("review", lambda row: name_review(row.review)),
    ),
    tables.STATEMENTS,
)

RED_LINES: Listing[LineRow] = Listing(
    "red lines",
    (
        Shown("line", lambda row: row.line.id),
        Shown("whose", lambda row: row.line.issuer_name, 2),
        Shown("if", describe_condition, 4),
        Shown("then", lambda row: name_half(row.line.consequence), 4),
        Shown("what happened", describe_line, 2),
        Shown("carried by", describe_carriers, 2),
        Shown("review", lambda row: name_review(row.review)),
    ),
    tables.RED_LINES,
    airy=True,
)

FIGURES: Listing[FigureRow] = Listing(
    "figures",
    (
        Shown("id", lambda row: row.id),
        Shown("as printed", lambda row: quoted(row.text), 2),
        Shown("of what", describe_figure, 3),
        Shown("claimed by", name_claimant, 2),
        Shown("carried by", lambda row: describe_all_carriers(row.outlet.name, row.carriers), 2),
        Shown("published", lambda row: short_day(row.published)),
        Shown("warnings", lambda row: ", ".join(flag.replace("_", " ") for flag in row.figure.flags), 1),
    ),
    with_carriers(tables.FIGURES, lambda row: row.carriers),
)

WORDING: Listing[WordingRow] = Listing(
    "terms",
    (
        Shown("thing", lambda row: row.wording.thing, 2),
        Shown("as printed", lambda row: quoted(row.text), 3),
        Shown("voice", describe_voice, 3),
        Shown("carried by", lambda row: describe_all_carriers(row.outlet.name, row.carriers), 2),
        Shown("published", lambda row: short_day(row.published)),
        Shown("id", lambda row: row.id),
    ),
    with_carriers(tables.WORDINGS, lambda row: row.carriers),
)

TIMELINE: Listing[Moment] = Listing(
    "moments",
    (
        Shown("when", lambda row: short_day(row.when)),
        Shown("what", describe_moment, 4),
        Shown("as printed", moment_sentence, 6),
        Shown("carried by", lambda row: describe_all_carriers(moment_outlet(row), row.carriers), 3),
        Shown("id", lambda row: row.id),
    ),
    with_carriers(tables.TIMELINE, lambda row: row.carriers),
    airy=True,
)

MATCHES: Listing[Match] = Listing(
    "lines",
    (
        Shown("line", lambda row: row.line),
        Shown("whose", lambda row: row.issuer_name, 2),
        Shown("if", lambda row: name_half(row.condition), 4),
        Shown("then", lambda row: name_half(row.consequence), 4),
        Shown("why it fits", lambda row: row.reason, 4),
        Shown("score", lambda row: f"{row.score:.2f}"),
    ),
    tables.MATCHES,
    airy=True,
)

HITS: Listing[Hit] = Listing(
    "documents",
    (
        Shown("id", lambda row: short_id(row.document.id)),
        Shown("published", lambda row: short_day(row.document.published)),
        Shown("outlet", lambda row: name_outlet(row.document.outlet), 1),
        Shown("title", lambda row: row.document.title, 3),
        Shown("as printed", lambda row: row.text, 5),
        Shown("statements", lambda row: str(len(row.statements))),
    ),
    tables.HITS,
)

PROBLEMS: Listing[Problem] = Listing(
    "problems", (Shown("place", lambda row: row.place), Shown("what", lambda row: row.what, 1)), tables.PROBLEMS
)

CHECKS: Listing[Finding] = Listing(
    "checks",
    (
        Shown("what", lambda row: row.what),
        Shown("verdict", lambda row: row.verdict),
        Shown("detail", lambda row: row.detail, 1),
    ),
    Table(
        "checks",
        "One thing that `onrecord doctor` looked at.",
        (
            Column("what", Kind.TEXT, "What was looked at.", lambda row: row.what),
            Column("verdict", Kind.TEXT, "ok, note or bad.", lambda row: row.verdict),
            Column("detail", Kind.TEXT, "What was found.", lambda row: row.detail),
        ),
    ),
)


def describe_shared(row: Told) -> str:
    """Which other documents carry the same text, and how much of it."""
    return ", ".join(
        f"{each.share:.0%} shared with {name_outlet(each.document.outlet)} {short_id(each.document.id)}"
        for each in row.shared
    )


STORIES: Listing[Told] = Listing(
    "documents",
    (
        Shown("story", lambda row: str(row.story)),
        Shown("published", lambda row: short_day(row.document.published)),
        Shown("outlet", lambda row: name_outlet(row.document.outlet), 2),
        Shown("title", lambda row: row.document.title, 4),
        Shown("same text", describe_shared, 2),
        Shown("id", lambda row: short_id(row.document.id)),
    ),
    Table(
        "stories",
        "One document of one story.",
        (
            Column("story", Kind.WHOLE, "The story's number, the largest story first.", lambda row: row.story),
            Column("document", Kind.TEXT, "The document's id.", lambda row: row.document.id),
            Column("title", Kind.TEXT, "As printed.", lambda row: row.document.title),
            Column("outlet", Kind.TEXT, "Who published it.", lambda row: row.document.outlet.name),
            Column("outlet_basis", Kind.TEXT, "How the outlet is known.", lambda row: row.document.outlet.basis.value),
            Column("outlet_reason", Kind.TEXT, "Where it was found.", lambda row: row.document.outlet.reason),
            *tables.days("published", "of publication", lambda row: row.document.published),
            Column("same_text", Kind.TEXT, "Which other documents carry the same text.", describe_shared),
        ),
    ),
)


def describe_side(side: FigureSide, carriers: Sequence[Carrier] = ()) -> str:
    """One value of a conflict: as printed, on whose word, in which outlets."""
    where = describe_all_carriers(side.outlet.name, carriers)
    return f"{quoted(side.passage.text)} {side.claimant or 'the outlet'}, in {where}"


def describe_reasons(row: Disagreement) -> str:
    """What the figures themselves show of why they differ."""
    return ", ".join(map(tell_reason, row.conflict.reasons)) or "not visible"


def tell_reason(reason: str) -> str:
    """A reason for which two figures differ, in a reader's words."""
    return "the articles are one text but for this" if reason == CHANGED_COPY else reason.replace("_", " ")


def _column(name: str, meaning: str, of: Callable[[Disagreement], str | None]) -> Column[Disagreement]:
    return Column(name, Kind.TEXT, meaning, of)


CONFLICTS: Listing[Disagreement] = Listing(
    "conflicts",
    (
        Shown("of what", lambda row: row.counts, 2),
        Shown("where", lambda row: row.conflict.place or "", 1),
        Shown("one says", lambda row: describe_side(row.conflict.one, row.one), 4),
        Shown("another says", lambda row: describe_side(row.conflict.other, row.other), 4),
        Shown("why", describe_reasons, 2),
    ),
    Table(
        "conflicts",
        "Two figures for the same thing that cannot both hold.",
        (
            _column("counts", "What is counted, as one of the documents prints it.", lambda row: row.counts),
            _column("place", "Where, as printed.", lambda row: row.conflict.place),
            _column("one", "The first value as printed.", lambda row: row.conflict.one.passage.text),
            _column("one_claimant", "Who vouches for it.", lambda row: row.conflict.one.claimant),
            _column("one_outlet", "Who carries it.", lambda row: row.conflict.one.outlet.name),
            _column("one_document", "In which document.", lambda row: row.conflict.one.document),
            _column(
                "one_carriers",
                "The other outlets that carry this text, joined by semicolons.",
                lambda row: "; ".join(map(write_carrier, row.one)),
            ),
            _column("other", "The second value as printed.", lambda row: row.conflict.other.passage.text),
            _column("other_claimant", "Who vouches for it.", lambda row: row.conflict.other.claimant),
            _column("other_outlet", "Who carries it.", lambda row: row.conflict.other.outlet.name),
            _column("other_document", "In which document.", lambda row: row.conflict.other.document),
            _column(
                "other_carriers",
                "The other outlets that carry this text, joined by semicolons.",
                lambda row: "; ".join(map(write_carrier, row.other)),
            ),
            _column("reasons", "What the figures show of why they differ.", lambda row: " ".join(row.conflict.reasons)),
        ),
    ),
)


def _usage(name: str, meaning: str, of: Callable[[Usage], str | None]) -> Column[Usage]:
    return Column(name, Kind.TEXT, meaning, of)


def name_thing(thing: str) -> str:
    """What is named; a name of several spellings by the one it is kept under ("kyiv" as Kyiv)."""
    words = thing.replace("_", " ")
    spellings = load_lexicon("wordings")["names"].get(thing, ())
    return next((spelling for spelling in spellings if spelling.casefold() == words), words)


USAGES: Listing[Usage] = Listing(
    "terms",
    (
        Shown("thing", lambda row: name_thing(row.thing), 2),
        Shown("term", lambda row: quoted(row.term), 3),
        Shown("carried by", lambda row: describe_all_carriers(row.row.outlet.name, row.row.carriers), 3),
        Shown("in whose voice", lambda row: describe_voice(row.row), 3),
        Shown("times", lambda row: str(row.times)),
        Shown("first use", lambda row: row.row.id),
    ),
    Table(
        "terms",
        "A term as one outlet uses it in one voice.",
        (
            _usage("thing", "What is named.", lambda row: row.thing),
            _usage("term", "The term.", lambda row: row.term),
            _usage("outlet", "Who uses or carries it.", lambda row: row.row.outlet.name),
            _usage("voice", "In whose voice.", lambda row: describe_voice(row.row)),
            Column("times", Kind.WHOLE, "How often.", lambda row: row.times),
        ),
    ),
)


def describe_verbs(row: Verbs) -> str:
    """The verbs as printed, each with how often it stands."""
    return ", ".join(f"{quoted(verb)} {times}" if times > 1 else quoted(verb) for verb, times in row.verbs)


VERBS: Listing[Verbs] = Listing(
    "speakers",
    (
        Shown("who", lambda row: name_speaker(row.row.claimant), 2),
        Shown("carried by", lambda row: describe_all_carriers(row.row.outlet.name, row.row.carriers), 4),
        Shown("verbs", describe_verbs, 6),
    ),
    Table(
        "verbs",
        "The words with which one outlet hands words to one speaker.",
        (
            Column("who", Kind.TEXT, "The speaker.", lambda row: name_speaker(row.row.claimant)),
            Column("outlet", Kind.TEXT, "The outlet.", lambda row: row.row.outlet.name),
            Column("verbs", Kind.TEXT, "The verbs and how often each stands.", describe_verbs),
        ),
    ),
)
