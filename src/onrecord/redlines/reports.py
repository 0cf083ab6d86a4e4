"""What a document reports as happened, planned or denied, ready to be compared with the conditions of lines.

Events come first. A sentence in the outlet's own voice that tells in the past what no event record covers is a report
of its own: it says that something happened, and its words are compared as they stand.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.records.documents import DateRange, Document, Outlet, PartKind
from onrecord.records.findings import Attribution, Event, EventRealis, Findings
from onrecord.records.redlines import Passage
from onrecord.records.spans import Span, Spans, contains, cover, overlaps, quote_span, quote_spans
from onrecord.redlines.drafts import has_words
from onrecord.redlines.gist import Gist, Stage, read_gist
from onrecord.redlines.sentences import clause_around, sentence_around, split_sentences_of
from onrecord.redlines.statements import date_before

TOLD = 0.6  # events.py gives 0.65 and more where a verb tells the event, 0.5 where a noun stands alone
PLAIN = 0.6  # the score of a sentence that no event record covers
YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Report:
    """Something reported: its gist, its day, whose word it is and where it stands.

    gist: of its clause. core: of its own words alone. dated: whether the text dates it. ahead: its day is to come.
    attributed: somebody else's word, not the outlet's; teller: that actor's key, if known. doers: actor keys.
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
    teller: str | None
    doers: frozenset[str]
    score: float

    @property
    def outlet(self) -> Outlet:
        """Who published it."""
        return self.document.outlet

    @property
    def denied(self) -> bool:
        """Whether it is said not to have happened."""
        return self.realis is EventRealis.DENIED

    @property
    def disputed(self) -> bool:
        """Whether somebody denies that it happened. That the outlet reports none, or none will be, is no dispute."""
        somebody = self.attributed or has_words("denied", self.passage.text)
        return self.denied and somebody and self.core.stage not in (Stage.PLANNED, Stage.ANNOUNCED)

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
    clause = clause_around(document.text, cover(event.spans))
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
        teller=keys.get(teller.speaker.actor or "") if teller is not None else None,
        doers=frozenset(keys[each] for each in event.who if each in keys),
        score=event.score,
    )


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
    """Sentences in the outlet's own voice that tell of the past, where no event stands."""
    document = findings.document
    taken = [span for each in findings.attributions for span in (*each.content, *each.cue)]
    taken += [span for each in findings.conditions for alternative in each.condition for span in alternative]
    taken += [span for each in findings.events for span in each.spans]
    aside = [part.span for part in document.parts if part.kind is not PartKind.BODY]
    for number, sentence in enumerate(split_sentences_of(document.text)):
        if any(overlaps(sentence, span) for span in taken) or any(contains(part, sentence) for part in aside):
            continue
        words = quote_span(document.text, sentence)
        if has_words("past", words) and not has_words("not_told", words) and read_gist(words).events:
            yield _form_sentence(document, sentence, words, number)


def _form_sentence(document: Document, sentence: Span, words: str, number: int) -> Report:
    gist = read_gist(words)
    return Report(
        id=f"sentence {number}",
        document=document,
        spans=(sentence,),
        realis=EventRealis.ASSERTED,
        gist=gist,
        core=gist,
        when=date_before(document.published),
        dated=False,
        ahead=False,
        passage=Passage(document.id, (sentence,), words),
        attributed=False,
        teller=None,
        doers=frozenset(),
        score=PLAIN,
    )


def tells_of_earlier(report: Report, since: date | None) -> bool:
    """Whether it is older than the line: by its own date, or by a year printed beside it."""
    if since is None:
        return False
    if report.dated:
        last = report.when.latest or report.when.earliest
        return last is not None and last < since
    years = [int(year) for year in YEAR.findall(report.passage.text)]
    published = report.document.published.latest
    return any(year < since.year for year in years) or (published is not None and published < since)
