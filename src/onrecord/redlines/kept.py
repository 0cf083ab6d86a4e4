"""What a document holds for red lines, as it is kept for the next day: drafts, and what it tells as happened.

Gists are left out: they follow from their words, and of most reports only the terms are ever looked at. Reading this
again costs a tenth of reading the document again, or less.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from onrecord.records.codec import from_plain, to_json
from onrecord.records.documents import DateRange, Document
from onrecord.records.findings import Act, Directness, EventRealis
from onrecord.records.redlines import LineMention, Passage
from onrecord.redlines.drafts import Draft, Issuer, as_refused
from onrecord.redlines.flow import denies, goes_on, read_flow
from onrecord.redlines.gist import Gist, plain, read_gist, scope_names, turn
from onrecord.redlines.marks import agreeing_marks, read_known, write_known
from onrecord.redlines.meeting import event_names, event_places
from onrecord.redlines.reading import Reading
from onrecord.redlines.reports import Report
from onrecord.redlines.sense import Shown, form_shown, shown_terms


class Drawing(Protocol):
    """What a document draws: its drafts, and by mention the gists of words that put one line in another's place."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def drafts(self) -> tuple[Draft, ...]: ...  # noqa: D102
    @property
    def replacing(self) -> Mapping[str, Gist]: ...  # noqa: D102


@dataclass(frozen=True)
class Drawn:
    """A document's drawing as it was kept, what it reports and tells as fact, and whom it names; see Reading.

    Each part is read when it is first asked for: most documents are asked either for drafts or for what they tell.
    id: of the document. plain: of a _KeptDocument.
    """

    id: str
    plain: Mapping[str, Any]

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        """See Reading.drafts."""
        return tuple(map(_read, self._drafts))

    @cached_property
    def replacing(self) -> Mapping[str, Gist]:
        """See Reading.replacing."""
        return {each.mention.id: read_gist(each.replacing) for each in self._drafts if each.replacing is not None}

    @cached_property
    def told(self) -> tuple["KeptReport", ...]:
        """Those of its reports that tell of something that happened or will."""
        return tuple(from_plain(KeptReport, each) for each in self.plain.get("told", ()))

    @cached_property
    def scenes(self) -> tuple["KeptReport", ...]:
        """See Reading.scenes."""
        return tuple(from_plain(KeptReport, each) for each in self.plain.get("scenes", ()))

    @cached_property
    def about(self) -> frozenset[str]:
        """See Reading.about."""
        return agreeing_marks(map(read_known, self.plain.get("known", ())))

    @cached_property
    def _drafts(self) -> tuple["_KeptDraft", ...]:
        return tuple(from_plain(_KeptDraft, each) for each in self.plain.get("drafts", ()))


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report or scene, by what decides whether it is evidence; see reports.Report.

    terms: without signs. names, places: of a report; see families.Told and `write_known`. staged: whether its gist has
    the stage that its words tell. passage: left out where nothing is denied. Of a scene, names, happenings and
    what stands behind them are those of sense.Shown.
    """

    terms: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[str, ...]
    realis: EventRealis
    gist: str
    core: str
    passage: str
    attributed: bool
    tellers: tuple[str, ...]
    doers: tuple[str, ...]
    score: float
    staged: bool = True
    happenings: tuple[str, ...] = ()
    flow: int = 0
    denies: bool = False
    goes_on: bool = False

    @property
    def shown(self) -> Shown:
        """What a scene holds that may speak for its being near a line."""
        names = map(read_known, self.names)
        return form_shown(self.terms, self.happenings, names, self.flow, denies=self.denies, goes_on=self.goes_on)

    @property
    def is_deed(self) -> bool:
        """See evidence.is_deed."""
        return self.realis is EventRealis.ASSERTED and not self.attributed

    def read(self, name: str) -> Report:
        """The report under this name, without its document, day and place."""
        gist = read_gist(self.gist)
        return Report(
            id=name,
            document=NOT_KEPT,
            spans=(),
            realis=self.realis,
            gist=gist if self.staged else replace(gist, stage=None),
            core=read_gist(self.core),
            when=DateRange(),
            dated=False,
            ahead=False,
            passage=Passage("", (), self.passage),
            attributed=self.attributed,
            tellers=self.tellers,
            doers=frozenset(self.doers),
            score=self.score,
        )


NOT_KEPT = Document("", "", "", "")


@dataclass(frozen=True, slots=True)
class _KeptDraft:
    """A draft in plain values. condition, consequence, replacing: the words of their gists.

    refusing: the condition is a refused act; turned: what is compared is its contrary; see Draft.
    """

    mention: LineMention
    key: str | None
    name: str
    behalf: str | None
    names: tuple[str, ...]
    person: bool
    keys: tuple[str, ...]
    person_key: str | None
    act: Act
    directness: Directness | None
    condition: str
    refusing: bool
    turned: bool
    refused: tuple[str, ...]
    consequence: str | None
    live: bool
    borrowed: bool
    siblings: str
    cue: str
    passage: str
    refusal: str
    reason: str
    replacing: str | None


@dataclass(frozen=True, slots=True)
class _KeptDocument:
    drafts: tuple[_KeptDraft, ...]
    told: tuple[KeptReport, ...]
    scenes: tuple[KeptReport, ...]
    known: tuple[str, ...]


def keep_document(reading: Reading) -> str:
    """What a document holds as text; empty where it holds nothing."""
    told = tuple(_keep_report(report) for report in reading.reports if report.told)
    scenes = tuple(map(_keep_scene, reading.scenes))
    return keep_drawing(reading, told, scenes, tuple(sorted(map(write_known, reading.known))))


def keep_drawing(
    drawing: Drawing,
    told: tuple[KeptReport, ...] = (),
    scenes: tuple[KeptReport, ...] = (),
    known: tuple[str, ...] = (),
) -> str:
    """What a document draws, reports and tells as text. known: everybody it names; see `write_known`."""
    drafts = tuple(_keep(draft, drawing.replacing.get(draft.mention.id)) for draft in drawing.drafts)
    return to_json(_KeptDocument(drafts, told, scenes, known)) if drafts or told or scenes else ""


def read_drawn(document: str, kept: str) -> Drawn:
    """What a document (id) holds, as it was kept."""
    return Drawn(document, json.loads(kept) if kept else {})


def _keep_report(report: Report) -> KeptReport:
    gist = report.gist
    return KeptReport(
        terms=tuple(sorted(plain(gist.terms))),
        names=tuple(map(write_known, event_names(gist))),
        places=tuple(map(write_known, event_places(gist))),
        realis=report.realis,
        gist=gist.text,
        core=report.core.text,
        passage=report.passage.text if report.denied else "",
        attributed=report.attributed,
        tellers=report.tellers,
        doers=tuple(sorted(report.doers)),
        score=report.score,
    )


def _keep_scene(scene: Report) -> KeptReport:
    text = scene.gist.text
    return replace(
        _keep_report(scene),
        terms=tuple(sorted(shown_terms(scene.gist))),
        names=tuple(sorted({write_known(name.known) for name in scope_names(scene.gist)})),
        places=(),
        core="",
        passage="",
        staged=scene.gist.stage == read_gist(text).stage,
        happenings=tuple(sorted(plain(scene.gist.events))),
        flow=read_flow(text),
        denies=denies(text),
        goes_on=goes_on(text),
    )


def _keep(draft: Draft, replacing: Gist | None) -> _KeptDraft:
    issuer = draft.issuer
    return _KeptDraft(
        mention=draft.mention,
        key=issuer.key,
        name=issuer.name,
        behalf=issuer.behalf,
        names=issuer.names,
        person=issuer.person,
        keys=tuple(sorted(issuer.keys)),
        person_key=issuer.person_key,
        act=draft.act,
        directness=draft.directness,
        condition=draft.condition.text,
        refusing=draft.condition != read_gist(draft.condition.text),
        turned=draft.compared != draft.condition,
        refused=tuple(sorted(draft.refused)),
        consequence=None if draft.consequence is None else draft.consequence.text,
        live=draft.live,
        borrowed=draft.borrowed,
        siblings=draft.siblings,
        cue=draft.cue,
        passage=draft.passage,
        refusal=draft.refusal,
        reason=draft.reason,
        replacing=None if replacing is None else replacing.text,
    )


def _read(kept: _KeptDraft) -> Draft:
    plain = read_gist(kept.condition)
    condition = as_refused(plain) if kept.refusing else plain
    return Draft(
        mention=kept.mention,
        issuer=Issuer(kept.key, kept.name, kept.behalf, kept.names, kept.person, frozenset(kept.keys), kept.person_key),
        act=kept.act,
        directness=kept.directness,
        condition=condition,
        compared=turn(condition) if kept.turned else condition,
        refused=frozenset(kept.refused),
        consequence=None if kept.consequence is None else read_gist(kept.consequence),
        live=kept.live,
        borrowed=kept.borrowed,
        siblings=kept.siblings,
        cue=kept.cue,
        passage=kept.passage,
        refusal=kept.refusal,
        reason=kept.reason,
    )
