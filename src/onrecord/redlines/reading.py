"""What one document holds for red lines: read from its findings alone, once it is known who is who in the coverage."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from onrecord.records.findings import Findings
from onrecord.records.redlines import Statement
from onrecord.records.spans import Span
from onrecord.redlines.accounts import account_text
from onrecord.redlines.drafts import Draft, draft_lines, has_words, with_sides
from onrecord.redlines.evidence import is_deed
from onrecord.redlines.gist import Gist
from onrecord.redlines.marks import agreeing_marks
from onrecord.redlines.names import Known, name_of
from onrecord.redlines.overdue import list_overdue
from onrecord.redlines.people import Cast
from onrecord.redlines.reports import Report, list_reports, tells_undone
from onrecord.redlines.scenes import list_scenes
from onrecord.redlines.sentences import split_sentences_of
from onrecord.redlines.steps import Coverage, InactionIndex, ReportIndex
from onrecord.redlines.succession import replacing_gist
from onrecord.redlines.telling import Telling, find_tellings, index_words
from onrecord.redlines.vectors import Vectors


@dataclass(frozen=True)
class Reading:
    """One document; each part is read when it is first asked for, since few documents are asked for every part.

    statements: of this document. cast: who is who in the coverage it belongs to.
    """

    findings: Findings
    statements: tuple[Statement, ...]
    cast: Cast

    @property
    def id(self) -> str:
        """The document's."""
        return self.findings.document.id

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        """Its conditions as mentions of lines."""
        spoken = {statement.attribution: statement for statement in self.statements}
        drafts = draft_lines(self.findings, spoken, self.cast.unified)
        return tuple(with_sides(draft, self.cast.sides) for draft in drafts)

    @cached_property
    def replacing(self) -> Mapping[str, Gist]:
        """By mention, the gists of words that put one line in another's place."""
        text = self.findings.document.text
        found = {draft.mention.id: replacing_gist(draft, text) for draft in self.drafts}
        return {name: gist for name, gist in found.items() if gist is not None}

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """What it reports as happened, planned or denied."""
        return list_reports(self.findings)

    @cached_property
    def scenes(self) -> tuple[Report, ...]:
        """What its sentences tell as fact."""
        return list_scenes(self.findings)

    @cached_property
    def about(self) -> frozenset[str]:
        """The marks of everybody it names; see marks.agreeing_marks."""
        return agreeing_marks(self.known)

    @cached_property
    def known(self) -> frozenset[Known]:
        """Everybody it names."""
        names = {name for actor in self.findings.actors for name in (actor.name, *actor.printed)}
        return frozenset(name_of(name) for name in names if name)

    @cached_property
    def overdue(self) -> tuple[Span, ...]:
        """The sentences that say that a set time ran out."""
        return tuple(list_overdue(self.findings.document.text))

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """Words that may tell what became of a line of their actor's."""
        return tuple(find_tellings(self.statements, self.findings.document.text))

    @cached_property
    def inaction(self) -> tuple[Span, ...]:
        """The sentences that tell of something not done."""
        text = self.findings.document.text
        spans = split_sentences_of(text)
        words = ((span, text[span.start : span.end]) for span in spans)
        return tuple(span for span, told in words if has_words("not_enforced", told) or tells_undone(told))


def list_days(readings: Iterable[Reading]) -> tuple[date, ...]:
    """The days of publication that are known, in order."""
    found = {reading.findings.document.published.latest for reading in readings}
    return tuple(sorted(day for day in found if day is not None))


def form_coverage(
    readings: Iterable[Reading],
    unified: Mapping[str, str],
    days: tuple[date, ...],
    vectors: Vectors,
    silent: Collection[str] = (),
) -> Coverage:
    """What was read, indexed.

    unified: see people.Cast. days: of publication, of the whole coverage. silent: ids of documents whose reports are
    known to be evidence of nothing.
    """
    listed = sorted(readings, key=lambda reading: reading.id)
    reports = tuple(report for reading in listed if reading.id not in silent for report in reading.reports)
    return Coverage(
        findings={reading.id: reading.findings for reading in listed},
        days=days,
        reports=ReportIndex(reports),
        deeds=ReportIndex(report for report in reports if is_deed(report)),
        scenes=ReportIndex(scene for reading in listed for scene in reading.scenes),
        about={reading.id: reading.about for reading in listed},
        overdue={reading.id: reading.overdue for reading in listed if reading.overdue},
        spoken=index_words((telling for reading in listed for telling in reading.tellings), unified),
        inaction=InactionIndex((reading.findings.document, span) for reading in listed for span in reading.inaction),
        vectors=vectors,
    )


def texts_of(drafts: Iterable[Draft]) -> Iterator[str]:
    """The texts and words by which drafts are compared."""
    for draft in drafts:
        for gist in (draft.condition, draft.compared):
            yield from (gist.text, *gist.forms.values())
        if draft.consequence is not None:
            yield draft.consequence.text
        yield account_text(draft)
