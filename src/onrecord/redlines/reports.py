"""What a document reports as happened, planned or denied, ready to be compared with the conditions of lines.

Events come first. A sentence that tells in the past what no event record covers is a report of its own: it says that
something happened, and its words are compared as they stand.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from onrecord.records.documents import DateRange, Document, Outlet, PartKind
from onrecord.records.findings import Act, Attribution, Event, EventRealis, Findings
from onrecord.records.redlines import Passage
from onrecord.records.said_days import date_before
from onrecord.records.spans import Covered, Span, Spans, contains, cover, overlaps, quote_span, quote_spans
from onrecord.redlines.announcing import is_asked
from onrecord.redlines.concepts import Hit, Meaning, small_words, synonyms
from onrecord.redlines.drafts import has_words, word_list
from onrecord.redlines.gist import Gist, Stage, read_gist
from onrecord.redlines.sentences import CLAUSE_END, clause_around, sentence_around, split_sentences_of
from onrecord.redlines.signs import DESCRIBED
from onrecord.redlines.words import Word, list_forms, split_words, without_month

TOLD = 0.6  # events.py gives 0.65 and more where a verb tells the event, 0.5 where a noun stands alone
TELLING_ACTS = frozenset({Act.OTHER, Act.POSITION})  # what is demanded, threatened or promised tells of no past
PLAIN = 0.6  # the score of a sentence that no event record covers
AFTER = re.compile(r"\b(?:after|since|because)\s+")
CLAUSE_OVER = re.compile(r"[,;:—–()]|\s(?:that|which|who|and|but)\s")  # "three days after they came that ..."
CLAUSE = 4  # words that a clause needs to tell something by itself
OBJECT = 3  # words from a verb to the happening it tells as done: "adopted a new law"
SHORT = 4  # letters: "need" and "shed" are no verbs of the past
QUOTES = " \u00a0\"'“”‘’"
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Report:
    """Something reported: its gist, its day, whose word it is and where it stands.

    gist: of its clause. core: of its own words alone. dated: whether the text dates it. ahead: its day is to come.
    attributed: somebody else's word, not the outlet's; tellers: the keys of that actor and of the one spoken for.
    doers: actor keys.
    score: the event's, or PLAIN for a sentence.
    """

    id: str
    document: Document
    spans: Spans
    realis: EventRealis
    gist: Gist
    core: Gist
    when: DateRange
    dated: bool
    ahead: bool
    passage: Passage
    attributed: bool
    tellers: tuple[str, ...]
    doers: frozenset[str]
    score: float

    @property
    def outlet(self) -> Outlet:
        """Who published it."""
        return self.document.outlet

    @property
    def by(self) -> str | None:
        """Whose word it is: an actor's key, else the outlet's name."""
        return self.tellers[0] if self.tellers else self.outlet.name

    @property
    def denied(self) -> bool:
        """Whether it is said not to have happened."""
        return self.realis is EventRealis.DENIED

    @property
    def disputed(self) -> bool:
        """Whether somebody denies that it happened. That the outlet reports none, or none will be, is no dispute."""
        somebody = self.attributed or has_words("denied", self.passage.text)
        plainly = has_words("denied", self.passage.text)  # "denied that it would be sold"
        return self.denied and somebody and (plainly or self.gist.stage not in (Stage.PLANNED, Stage.ANNOUNCED))

    @property
    def told(self) -> bool:
        """Whether it says that something happened or will. A bare noun only tells that something is spoken of."""
        return self.score >= TOLD or self.gist.stage is not None


def list_reports(findings: Findings) -> tuple[Report, ...]:
    """The reports of a document: its events that are not merely supposed, then plain sentences."""
    events = tuple(_list_events(findings))
    return (*events, *_list_sentences(findings, events))


def _list_events(findings: Findings) -> Iterator[Report]:
    attributions = {each.id: each for each in findings.attributions}
    keys = {actor.id: actor.key for actor in findings.actors}
    told = (EventRealis.ASSERTED, EventRealis.PLANNED, EventRealis.DENIED)
    for event in findings.events:
        if event.realis in told and event.spans:
            yield _form_report(findings.document, event, attributions.get(event.attribution or ""), keys)


def _form_report(document: Document, event: Event, teller: Attribution | None, keys: Mapping[str, str]) -> Report:
    clause = _own_clause(document, event, teller)
    sentence = sentence_around(document.text, cover(event.spans))
    when, dated = _date_report(event, teller, document.published)
    return Report(
        id=event.id,
        document=document,
        spans=event.spans,
        realis=EventRealis.DENIED if event.negated else event.realis,
        gist=read_gist(_with_place(document.text, quote_span(document.text, clause), event, clause)),
        core=read_gist(quote_spans(document.text, event.spans, " ")),
        when=when,
        dated=dated,
        ahead=_is_later(event.when, document.published),
        passage=Passage(document.id, (sentence,), quote_span(document.text, sentence)),
        attributed=teller is not None,
        tellers=_tellers(teller, keys),
        doers=frozenset(keys[each] for each in event.who if each in keys),
        score=event.score,
    )


def _own_clause(document: Document, event: Event, teller: Attribution | None) -> Span:
    """The clause an event stands in, without the words that hand it to somebody else."""
    clause, own = clause_around(document.text, cover(event.spans)), cover(event.spans)
    for content in teller.content if teller is not None else ():
        if contains(content, own):
            return Span(max(clause.start, content.start), max(own.end, min(clause.end, content.end)))
    return clause


def _tellers(teller: Attribution | None, keys: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of the one whose word it is, and of the one spoken for."""
    ids = (teller.speaker.actor, teller.speaker.on_behalf_of) if teller is not None else ()
    return tuple(keys[each] for each in ids if each is not None and each in keys)


def _date_report(event: Event, teller: Attribution | None, published: DateRange) -> tuple[DateRange, bool]:
    """When it happened, and whether the text dates it. What is only planned is dated by when that was told."""
    told = teller.said_on if teller is not None and teller.said_on is not None else None
    later = _is_later(event.when, published)
    if event.when is not None and event.when.is_known and event.realis is EventRealis.ASSERTED and not later:
        return event.when, True
    if told is not None and told.is_known:
        return told, True
    return date_before(published), False


def _is_later(when: DateRange | None, published: DateRange) -> bool:
    """Whether a date lies behind the day of publication: then the event has not happened yet."""
    if when is None or when.earliest is None or published.latest is None:
        return False
    return when.earliest > published.latest


def _with_place(text: str, words: str, event: Event, clause: Span) -> str:
    """The event's clause, with its place behind it where the place stands outside it."""
    outside = [span for span in event.where if not overlaps(span, clause)]
    places = [quote_spans(text, (span,)) for span in outside]
    return " ".join((words, *(place if place.startswith("in ") else f"in {place}" for place in places)))


def _list_sentences(findings: Findings, events: tuple[Report, ...]) -> Iterator[Report]:
    """Sentences in the outlet's own voice, and words of others, that tell of the past where no event stands."""
    document = findings.document
    supposed = (span for each in findings.conditions for alternative in each.condition for span in alternative)
    taken = Covered((*supposed, *(span for each in findings.events for span in each.spans)))
    aside = [part.span for part in document.parts if part.kind is not PartKind.BODY]
    keys = {actor.id: actor.key for actor in findings.actors}
    pieces = list(own_words(findings))
    pieces += _list_afters(findings)
    pieces += [(span, each) for each in findings.attributions if each.act in TELLING_ACTS for span in each.content]
    for whole, teller in pieces:
        asks = document.text[whole.start : whole.end + 1].rstrip("\"'”’ ").endswith("?")
        piece = _telling_part(document.text, whole)
        clear = taken.first_in(piece) is None and not any(contains(part, piece) for part in aside)
        words = quote_span(document.text, piece)
        told = _told_words(words) if clear and not asks and not _supposes(words) else ""
        if told:
            yield form_sentence(findings, piece, words, told, teller, keys, EventRealis.ASSERTED)
        elif clear and not asks and _intends(words, teller):
            yield form_sentence(findings, piece, words, words, teller, keys, EventRealis.PLANNED)


def _supposes(words: str) -> bool:
    return has_words("not_told", without_month(words))


def _telling_part(text: str, piece: Span) -> Span:
    """The whole, or its first clause where only what stands behind it is supposed ("..., which would be the first")."""
    end = CLAUSE_END.search(text, piece.start + 1, piece.end)
    first = Span(piece.start, end.start()) if end is not None else piece
    words = quote_span(text, first)
    alone = _supposes(quote_span(text, piece)) and not _supposes(words)
    return first if alone and len(split_words(words)) >= CLAUSE else piece


def _list_afters(findings: Findings) -> Iterator[tuple[Span, Attribution | None]]:
    """The clauses that tell what went before: "closed the border a day after its neighbour began to fill the dam"."""
    text = findings.document.text
    for match in AFTER.finditer(text):
        sentence = sentence_around(text, Span(match.start(), match.end()))
        ends = [each.start() for each in CLAUSE_OVER.finditer(text, match.end() + 1, sentence.end)]
        piece = Span(match.end(), min(ends, default=sentence.end))
        tellers = (each for each in findings.attributions if any(contains(span, piece) for span in each.content))
        if piece.end > piece.start and len(split_words(quote_span(text, piece))) >= CLAUSE:
            yield piece, next(tellers, None)


def _intends(words: str, teller: Attribution | None) -> bool:
    """Whether a sentence tells what somebody is about to do or will do, on no condition."""
    if (
        has_words("conditional", without_month(words.replace("would", "")))
        or has_words("when", words)
        or is_asked(words)
    ):
        return False
    return has_words("intends", words) or (teller is not None and has_words("announces", words))


def own_words(findings: Findings) -> Iterator[tuple[Span, Attribution | None]]:
    """The sentences without words of others, and of a sentence that hands some over the clauses before it does.

    "The lake is filling, pictures show, in a step that Bekland has said means war" tells of the lake by itself. What
    stands right before the source is what the source said ("the lake is filling, the ministry said").
    """
    text = findings.document.text
    spoken = Covered(span for each in findings.attributions for span in (*each.source, *each.cue, *each.content))
    aside = [part.span for part in findings.document.parts if part.kind is PartKind.DATELINE]
    opening = list(_list_openings(findings))
    for whole in split_sentences_of(text):
        start = max((part.end for part in aside if overlaps(part, whole)), default=whole.start)
        if start >= whole.end:
            continue
        sentence = Span(start, whole.end)
        said = spoken.first_in(sentence)
        if said is None:
            yield sentence, None
        elif ends := list(CLAUSE_END.finditer(text, start + 1, said)):
            yield Span(start, ends[-1].start()), _handed_to(findings, ends[-1].end(), said)
        else:
            inside = (each for each in opening if contains(sentence, each[0]))
            yield from ((told, None) for told, cue in inside if read_gist(quote_spans(text, cue)).events)


def _handed_to(findings: Findings, end: int, start: int) -> Attribution | None:
    """Whose words a clause is whose mark ends at `end`: those of the source that begins at `start`, if it follows."""
    if findings.document.text[end:start].strip(QUOTES):
        return None
    sources = (each for each in findings.attributions if each.source and each.source[0].start == start)
    return next((each for each in sources if each.cue and each.cue[0].start > start), None)


def _list_openings(findings: Findings) -> Iterator[tuple[Span, Spans]]:
    """Sources with the cues behind them: a verb may be itself a deed ("parliament adopted a law")."""
    for each in findings.attributions:
        if each.source and each.cue and each.source[0].start < each.cue[0].start:
            yield cover((*each.source, *each.cue)), each.cue


def _told_words(text: str) -> str:
    """The words of a text that tell a happening in the past: "came ashore", and all of it where it says "was held".

    A text whose happening no list knows ("the lake was filled") is taken whole: its words are compared as they stand.
    """
    words = split_words(text)
    past = {place for hit in word_list("past").find(words) for place in range(hit.first, hit.last + 1)}
    past |= set(_find_perfect(words))
    plain = {place for place in range(1, len(words)) if _is_past(words, place)}
    if not past and not plain:
        return ""
    gist = read_gist(text)
    if (past and gist.stage is Stage.DONE) or not gist.events:
        return text
    past |= plain
    events = [hit for hit in synonyms().find(words) if hit.value.group.role == "event"]
    telling = [hit for hit in events if any(_tells(words, place, hit) for place in past)]
    return " ".join(text[words[hit.first].start : words[hit.last].end] for hit in telling)


def _tells(words: Sequence[Word], verb: int, event: Hit[Meaning]) -> bool:
    """Whether a verb tells a happening: it is a word of it or has it as object ("orders to close" tells none)."""
    before = words[verb + 1 : event.first]
    return event.first - OBJECT <= verb <= event.last and all(word.folded != "to" for word in before)


def _is_past(words: Sequence[Word], place: int) -> bool:
    """Whether a word in -ed is a verb that tells ("boats fished in it"), and does not describe ("a shared box")."""
    word, behind = words[place].folded, words[place + 1 : place + 2]
    describes = words[place - 1].folded in DESCRIBED or any(each.folded == "by" for each in behind)
    return word.endswith("ed") and len(word) > SHORT and not describes


def _find_perfect(words: Sequence[Word]) -> Iterator[int]:
    """The places of words that are the participle of "has" or "have", at most two words in front of them."""
    for place, word in enumerate(words):
        if word.folded in ("has", "have", "had"):
            for behind in range(place + 1, min(place + 4, len(words))):
                folded = words[behind].folded
                if folded.endswith(("ed", "en")) or has_words("participles", folded):
                    yield behind


def form_sentence(
    findings: Findings,
    piece: Span,
    words: str,
    told: str,
    teller: Attribution | None,
    keys: Mapping[str, str],
    realis: EventRealis,
) -> Report:
    """The report that a piece of a sentence is. words: the piece's; told: those by which it is told."""
    document = findings.document
    sentence = sentence_around(document.text, piece)
    day = _day_in(findings, piece) if realis is EventRealis.ASSERTED else None
    return Report(
        id=f"words {piece.start}",
        document=document,
        spans=(piece,),
        realis=realis,
        gist=read_gist(words),
        core=read_gist(told),
        when=day or date_before(document.published),
        dated=day is not None,
        ahead=False,
        passage=Passage(document.id, (sentence,), quote_span(document.text, sentence)),
        attributed=teller is not None,
        tellers=_tellers(teller, keys),
        doers=frozenset(),
        score=PLAIN,
    )


def _day_in(findings: Findings, piece: Span) -> DateRange | None:
    """The day that a piece of a sentence names, where it names one alone and that is not to come."""
    inside = (each for each in findings.times if each.type in ("DATE", "TIME") and contains(piece, each.span))
    days = {each.resolved.earliest: each.resolved for each in inside if each.resolved.is_day}
    last = findings.document.published.latest
    day = next(iter(days)) if len(days) == 1 else None
    return days[day] if day is not None and last is not None and day <= last else None


def tells_undone(text: str) -> bool:
    """Whether a sentence says of something that it was not done: "not one train has been stopped"."""
    forms = list_forms(text)
    past = {"has", "have", "had", "was", "were", "did", "hasn't", "haven't", "hadn't", "wasn't", "weren't", "didn't"}
    denied = not past.isdisjoint(forms) and small_words("negators").stand_in(forms)
    return denied and not has_words("conditional", without_month(text))


def last_told(report: Report) -> date | None:
    """The last day that it may tell of, by its own date or that of publication; None where that is not known."""
    return (report.when.latest or report.when.earliest) if report.dated else report.document.published.latest


def tells_of_earlier(report: Report, since: date | None) -> bool:
    """Whether it is older than the line: by its own date, or by a year printed beside it."""
    if since is None:
        return False
    last = last_told(report)
    if last is not None and last < since:
        return True
    if report.dated:
        return False
    first = _first_year(report.passage.text)
    return has_words("long_ago", report.passage.text) or (first is not None and first < since.year)


@lru_cache(maxsize=20_000)
def _first_year(text: str) -> int | None:
    """The earliest year printed in a text."""
    return min(map(int, YEAR.findall(text)), default=None)
