"""A small invented story, annotated by hand: five articles, a line with a history, figures that disagree, wordings."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from onrecord.ledger import open_ledger
from onrecord.records.actors import Actor, ActorLink, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Basis, DateRange, Document, Outlet, Part, PartKind, hash_text
from onrecord.records.findings import (
    Act,
    Attribution,
    Condition,
    Directness,
    Event,
    EventRealis,
    Figure,
    Findings,
    Form,
    Operator,
    Realis,
    Speaker,
    WordingUse,
)
from onrecord.records.ids import form_id
from onrecord.records.redlines import (
    Change,
    Hole,
    LineMention,
    Passage,
    RedLine,
    RollUp,
    Status,
    StatusEntry,
)
from onrecord.records.spans import Span, Spans
from onrecord.redlines.statements import form_statements

ANNOTATOR = "made-1"
KHOLVAT = Actor("a1", "Damir Kholvat", ActorType.PERSON, "person:damir kholvat", "KS", None, ("Kholvat", "Kholvath"))
VENN = Actor("a2", "Haldor Venn", ActorType.PERSON, "person:haldor venn", "SV", None, ("Venn",))

DECLARED = (
    "Kestria names two steps that would end the talks\n\n"
    'VELLIN - "If a single soldier is stationed on Great Lissar, or if a toll is imposed in the strait, Kestria will '
    'walk out of the talks," President Damir Kholvat told reporters at the ferry terminal.\n\n'
    "Asked whether he would close the strait as well, the president declined to answer. He added that the door was "
    "still open.\n\n"
    "The islands hold some 3,100 people, and 62 percent of residents want the talks to go on."
)
AGAIN = (
    "Kholvath repeats his warning in a harbour speech\n\n"
    "On Sunday the president said it once more. “Should soldiers set foot on the island, we leave the table for good,” "
    "Kholvath said.\n\n"
    'A broadcaster called the survey of the residents a "so-called poll", and put those who want the talks to go '
    "on at 48 percent of residents."
)
LANDED = (
    "Soldiers land on Great Lissar\n\n"
    "Some 400 soldiers came ashore at Great Lissar on Saturday, the defence ministry said. The landing was under way "
    "at dawn.\n\n"
    'Venn said the garrison would stay "until the season of storms is over". He accused his neighbours of selling fear '
    "by the yard."
)
ENDED = (
    "“Nothing left to discuss”\n\n"
    '"The boots on that beach mean that there is nothing left to discuss," Kholvat said on Monday.\n\n'
    "The agency reported that the council urged both sides to wait."
)
OTHER_LINE = (
    "Another line is named\n\n"
    '"For us the line is the recognition of their title. We will not sign that," Kholvat said in a long interview.'
)


def day(*numbers: int, basis: Basis = Basis.GIVEN, reason: str = "") -> DateRange:
    """One day."""
    return DateRange(date(*numbers), date(*numbers), basis, reason)


AUGUST = DateRange(date(2023, 8, 1), date(2023, 8, 31), Basis.INFERRED, "“on Sunday”; which Sunday is not known")


def spot(text: str, words: str, nth: int = 0) -> Span:
    """Where the nth occurrence of the words stands, or the last one for -1."""
    if nth < 0:
        return Span(text.rindex(words), text.rindex(words) + len(words))
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def make_document(text: str, outlet: str | None, published: DateRange, name: str) -> Document:
    """A document whose first line is its headline."""
    lines = [line for line in text.split("\n") if line]
    parts = tuple(
        Part(spot(text, line), PartKind.HEADLINE if number == 0 else PartKind.BODY) for number, line in enumerate(lines)
    )
    known = Outlet(outlet, Basis.GIVEN) if outlet else Outlet()
    return Document(
        hash_text(text), f"{name}.txt", lines[0], text, "en", known, published, raw_hash="ab" * 32, parts=parts
    )


def attribution(
    text: str,
    number: int,
    source: str,
    cue: str,
    content: str,
    speaker: Speaker,
    act: Act,
    directness: Directness,
    *,
    score: float = 0.9,
    within: str | None = None,
    said_on: DateRange | None = None,
) -> Attribution:
    """An attribution whose spans are looked up in the text."""
    return Attribution(
        f"s{number}",
        (spot(text, source),) if source else (),
        (spot(text, cue),) if cue else (),
        (spot(text, content),),
        directness,
        speaker,
        act,
        within,
        said_on,
        score,
        "made",
    )


def named(actor: Actor, basis: LinkBasis = LinkBasis.NAME, reason: str = "") -> Speaker:
    """A speaker."""
    return Speaker(actor.id, actor.name, basis, 0.95, reason)


def made_findings() -> tuple[Findings, ...]:
    """The five articles with what stands in them, oldest first."""
    return (_declared(), _again(), _landed(), _ended(), _other_line())


def _declared() -> Findings:
    text = DECLARED
    quote = text[text.index('"If') : text.index('talks,"') + 7]
    attributions = (
        attribution(text, 1, "President Damir Kholvat", "told", quote, named(KHOLVAT), Act.RED_LINE, Directness.DIRECT),
        attribution(
            text,
            2,
            "He",
            "added",
            "that the door was still open",
            named(KHOLVAT, LinkBasis.PRONOUN, "the last man named is the president"),
            Act.POSITION,
            Directness.INDIRECT,
            score=0.62,
        ),
    )
    condition = Condition(
        "c1",
        "s1",
        Form.IF,
        (spot(text, "If"),),
        (
            (spot(text, "a single soldier is stationed on Great Lissar"),),
            (spot(text, "a toll is imposed in the strait"),),
        ),
        Operator.OR,
        (spot(text, "Kestria will walk out of the talks"),),
        Realis.OPEN,
        0.93,
        "made",
    )
    figures = (
        Figure(
            "f1",
            spot(text, "some 3,100 people"),
            "3100",
            "3100",
            "≈",
            "people",
            (),
            (spot(text, "people"),),
            (),
            None,
            None,
            0.9,
            "made",
        ),
        _share(text, "f2", "62 percent"),
    )
    mentions = (Mention("m1", spot(text, "Damir Kholvat"), ActorType.PERSON, MentionKind.NAME, "a1", 0.9, "made"),)
    return Findings(
        make_document(text, "Continental Wire", day(2023, 3, 11), "wire"),
        mentions,
        (KHOLVAT,),
        attributions,
        (condition,),
        (),
        figures,
        (),
        (),
        (
            ActorLink(spot(text, "President Damir Kholvat"), "a1", LinkBasis.NAME, 0.97, "printed in full"),
            ActorLink(spot(text, "the president"), "a1", LinkBasis.ROLE, 0.6, "the only president named before"),
            ActorLink(spot(text, "He"), None, LinkBasis.NONE, 0.3, "two people could be meant"),
        ),
        ANNOTATOR,
    )


def _share(text: str, id_: str, words: str, flags: tuple[str, ...] = ()) -> Figure:
    number, base, counts = words.split()[0], spot(text, "residents", -1), spot(text, "want the talks to go on")
    when = day(2023, 3, 20, basis=Basis.INFERRED) if flags else None
    return Figure(
        id_, spot(text, words), number, number, None, "percent", (base,), (counts,), (), when, None, 0.8, "made", flags
    )


def _again() -> Findings:
    text = AGAIN
    quote = text[text.index("“Should") : text.index("good,”") + 6]
    condition = Condition(
        "c1",
        "s1",
        Form.INVERSION,
        (spot(text, "Should"),),
        ((spot(text, "soldiers set foot on the island"),),),
        Operator.OR,
        (spot(text, "we leave the table for good"),),
        Realis.OPEN,
        0.9,
        "made",
    )
    said = attribution(
        text,
        1,
        "Kholvath",
        "said",
        quote,
        named(KHOLVAT, LinkBasis.ALIAS),
        Act.RED_LINE,
        Directness.DIRECT,
        said_on=AUGUST,
    )
    said = replace(said, source=(spot(text, "Kholvath", 1),), cue=(spot(text, "said", 1),))
    wordings = (
        WordingUse("w1", spot(text, "so-called poll"), "the survey", "poll", None, "so_called", 0.9, "made"),
        WordingUse("w2", spot(text, "survey of the residents"), "the survey", "survey", None, None, 0.9, "made"),
    )
    return Findings(
        make_document(text, "Globe Digest 24", AUGUST, "digest"),
        (),
        (KHOLVAT,),
        (said,),
        (condition,),
        (),
        (_share(text, "f1", "48 percent", ("base_differs",)),),
        (),
        wordings,
        (),
        ANNOTATOR,
    )


def _landed() -> Findings:
    text = LANDED
    said = attribution(
        text,
        1,
        "Venn",
        "said",
        'the garrison would stay "until the season of storms is over"',
        named(VENN),
        Act.POSITION,
        Directness.MIXED,
        score=0.74,
    )
    accused = attribution(
        text,
        2,
        "He",
        "accused",
        "his neighbours of selling fear by the yard",
        named(VENN, LinkBasis.PRONOUN),
        Act.ACCUSATION,
        Directness.INDIRECT,
    )
    event = Event(
        "e1",
        (spot(text, "400 soldiers came ashore at Great Lissar"),),
        spot(text, "came ashore"),
        "landing",
        (),
        (),
        (spot(text, "Great Lissar", 1),),
        day(2024, 5, 18, basis=Basis.TEXT, reason="“on Saturday”"),
        EventRealis.ASSERTED,
        None,
        None,
        0.9,
        "made",
    )
    return Findings(
        make_document(text, "Continental Wire", day(2024, 5, 18), "landing"),
        (),
        (VENN,),
        (said, accused),
        (),
        (event,),
        (),
        (),
        (),
        (),
        ANNOTATOR,
    )


def _ended() -> Findings:
    text = ENDED
    quote = text[text.index('"The boots') : text.index('discuss,"') + 9]
    attributions = (
        attribution(text, 1, "Kholvat", "said", quote, named(KHOLVAT), Act.THREAT, Directness.DIRECT),
        attribution(
            text,
            2,
            "The agency",
            "reported",
            "that the council urged both sides to wait",
            Speaker(None, None, LinkBasis.NONE, 0.4, "no agency is named"),
            Act.OTHER,
            Directness.INDIRECT,
        ),
        attribution(
            text,
            3,
            "the council",
            "urged",
            "both sides to wait",
            Speaker(None, "the council", LinkBasis.NONE),
            Act.DEMAND,
            Directness.INDIRECT,
            within="s2",
            score=0.55,
        ),
    )
    return Findings(
        make_document(text, "Voice of Sarravia", day(2024, 5, 20), "ended"),
        (),
        (KHOLVAT,),
        attributions,
        (),
        (),
        (),
        (),
        (),
        (),
        ANNOTATOR,
    )


def _other_line() -> Findings:
    text = OTHER_LINE
    quote = text[text.index('"For us') : text.index('that,"') + 6]
    said = attribution(text, 1, "Kholvat", "said", quote, named(KHOLVAT), Act.RED_LINE, Directness.DIRECT)
    return Findings(
        make_document(text, None, day(2025, 9, 18, basis=Basis.INFERRED), "other"),
        (),
        (KHOLVAT,),
        (said,),
        (),
        (),
        (),
        (),
        (),
        (),
        ANNOTATOR,
    )


LINE = form_id("line", "made", "soldiers")
NEXT_LINE = form_id("line", "made", "title")


def made_lines(findings: tuple[Findings, ...]) -> tuple[RedLine, ...]:
    """One line with five steps, and the line named after it."""
    declared, again, landed, ended, other = findings
    mentions = (
        _mention(
            declared, "a single soldier is stationed on Great Lissar", "Kestria will walk out of the talks", Form.IF
        ),
        _mention(again, "soldiers set foot on the island", "we leave the table for good", Form.INVERSION),
        _headline(declared, "would end the talks"),
    )
    history = (
        _step(declared, Status.DECLARED, _quoted(declared), day(2023, 3, 11)),
        _step(
            again,
            Status.REITERATED,
            _quoted(again),
            AUGUST,
            (
                Change("condition", "a single soldier is stationed", "soldiers set foot"),
                Change("consequence", "walk out of the talks", "leave the table for good"),
            ),
        ),
        _step(
            landed,
            Status.CONDITION_REPORTED,
            (spot(LANDED, "Some 400 soldiers came ashore at Great Lissar on Saturday"),),
            day(2024, 5, 18, basis=Basis.TEXT, reason="“on Saturday”"),
        ),
        _step(ended, Status.CONSEQUENCE_INVOKED, _quoted(ended), day(2024, 5, 20)),
        _step(other, Status.SUPERSEDED, _quoted(other), day(2025, 9, 18, basis=Basis.INFERRED), inferred=True),
    )
    line = RedLine(
        LINE,
        KHOLVAT.key,
        KHOLVAT.name,
        None,
        Act.RED_LINE,
        "a single soldier is stationed on Great Lissar",
        "Kestria will walk out of the talks",
        Operator.OR,
        mentions,
        history,
        RollUp.INVOKED_IN_WORDS,
        (
            Hole("2023-03-11", "2023-08-01", 142),
            Hole("2023-08-31", "2024-05-18", 260),
            Hole("2024-05-20", "2025-09-18", 485),
        ),
        None,
        (),
        0.9,
    )
    step = _step(other, Status.DECLARED, _quoted(other), day(2025, 9, 18, basis=Basis.INFERRED), line=NEXT_LINE)
    following = RedLine(
        NEXT_LINE,
        KHOLVAT.key,
        KHOLVAT.name,
        None,
        Act.RED_LINE,
        "the recognition of their title",
        "we will not sign that",
        Operator.OR,
        (_mention(other, "the recognition of their title", "We will not sign that", Form.NOMINAL),),
        (step,),
        RollUp.STANDING,
        (),
        LINE,
        (LINE,),
        0.7,
    )
    return line, following


def _quoted(findings: Findings) -> Spans:
    return findings.attributions[0].content


def _mention(findings: Findings, condition: str, consequence: str, form: Form) -> LineMention:
    text = findings.document.text
    first, last = spot(text, condition), spot(text, consequence)
    statement = form_statements(findings)[0]
    return LineMention(
        form_id("mention", findings.document.id, first),
        findings.document.id,
        "s1",
        "c1",
        statement.id,
        (),
        ((first,),),
        Operator.OR,
        (last,),
        condition,
        consequence,
        Span(first.start, last.end),
        form,
        Realis.OPEN,
        False,
        "speaker",
        statement.said_on,
        findings.document.outlet,
        "same words",
        0.9,
        "same condition, same issuer",
    )


def _headline(findings: Findings, words: str) -> LineMention:
    span = spot(findings.document.text, words)
    return LineMention(
        form_id("mention", findings.document.id, span),
        findings.document.id,
        None,
        "c1",
        None,
        (),
        (),
        Operator.OR,
        (span,),
        "",
        words,
        spot(findings.document.text, findings.document.title),
        Form.NONE,
        Realis.OPEN,
        False,
        "headline",
        findings.document.published,
        findings.document.outlet,
        "headline",
        0.7,
        "the headline of the same article",
    )


def _step(
    findings: Findings,
    status: Status,
    spans: Spans,
    when: DateRange,
    changes: tuple[Change, ...] = (),
    *,
    inferred: bool = False,
    line: str = LINE,
) -> StatusEntry:
    document = findings.document
    words = " … ".join(document.text[span.start : span.end] for span in spans)
    return StatusEntry(
        form_id("status", document.id, line, status.value, spans),
        line,
        status,
        when,
        Passage(document.id, spans, words),
        form_statements(findings)[0].id,
        document.outlet,
        document.outlet.name,
        changes,
        inferred,
        0.85,
        "made",
        "worked out: a later line is named" if inferred else "the issuer’s own words",
    )


def make_ledger(path: Path) -> Path:
    """A ledger file with the whole story."""
    findings = made_findings()
    with open_ledger(path).writer() as writer:
        for each in findings:
            writer.add(each, form_statements(each))
        writer.record_lines(made_lines(findings))
    return path
