"""Words that a set time ran out: what had to be done until then was not, and the condition is met."""

from collections.abc import Iterable, Iterator
from datetime import date

from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.redlines import Passage, Status, StatusEntry
from onrecord.records.spans import Span, quote_span
from onrecord.redlines.concepts import listed_phrases
from onrecord.redlines.drafts import has_words
from onrecord.redlines.gist import read_gist
from onrecord.redlines.marks import agreeing_marks
from onrecord.redlines.names import Relation, relate_names
from onrecord.redlines.sentences import split_sentences_of
from onrecord.redlines.steps import Coverage, Line, deadline_of, form_entry
from onrecord.redlines.words import split_words, without_month

REACH = 9  # words from "the deadline" to "had passed": "for the debt of its neighbour"


def list_overdue(text: str) -> Iterator[Span]:
    """The sentences of a text that say that a set time ran out."""
    return (span for span in split_sentences_of(text) if says_overdue(quote_span(text, span)))


def says_overdue(words: str) -> bool:
    """Whether a sentence says that a set time ran out, and supposes nothing."""
    listed = split_words(words)
    times = [hit.last for hit in listed_phrases("redlines", "set_time").find(listed)]
    if not times or has_words("conditional", without_month(words)):
        return False
    over = [hit.first for hit in listed_phrases("redlines", "time_over").find(listed)]
    missed = [hit.last for hit in listed_phrases("redlines", "time_missed").find(listed)]
    behind = any(0 < place - time <= REACH for time in times for place in over)
    return behind or any(0 < time - place <= REACH for time in times for place in missed)


def list_overdue_entries(line: Line, coverage: Coverage, entries: Iterable[StatusEntry]) -> list[StatusEntry]:
    """That the time of an ultimatum ran out, by the first document that says so, was published after it and names
    its issuer. Left out are documents that tell otherwise that the condition was met.
    """
    deadline = deadline_of(line, coverage)
    told = {entry.passage.document for entry in entries if entry.status is Status.CONDITION_REPORTED}
    if deadline is None:
        return []
    marks = agreeing_marks(line.scope.issuer)
    found: list[tuple[date, str, Span]] = []
    for id, spans in coverage.overdue.items():
        document = coverage.findings[id].document
        published = document.published.latest
        if published is None or published < deadline or id in told or marks.isdisjoint(coverage.about[id]):
            continue
        found += [(published, id, span) for span in spans if _may_be_of(line, quote_span(document.text, span))]
    return [_overdue_entry(line, coverage.findings[id].document, span, deadline) for _, id, span in sorted(found)[:1]]


def _may_be_of(line: Line, words: str) -> bool:
    """Whether a sentence names nobody, or somebody of the line."""
    names = [name.known for name in read_gist(words).names]
    fitting = (relate_names(name, own) is not Relation.UNRELATED for name in names for own in line.scope.names)
    return not names or any(fitting)


def _overdue_entry(line: Line, document: Document, span: Span, deadline: date) -> StatusEntry:
    reason = f"the time set ran out on {deadline.isoformat()}, and the text says that it did"
    return form_entry(
        line,
        Status.CONDITION_REPORTED,
        DateRange(deadline, deadline, Basis.INFERRED, reason),
        Passage(document.id, (span,), quote_span(document.text, span)),
        outlet=document.outlet,
        statement=None,
        by=document.outlet.name,
        score=0.6,
        rule="time ran out",
        reason=reason,
    )
