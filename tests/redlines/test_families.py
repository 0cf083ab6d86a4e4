"""Family by family is as good as all at once, and nothing that concerns a line is passed over."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from evaluation.marked import read_cases
from tests.redlines.redlines_made import GOLD, lines_of

from onrecord.records.documents import Document
from onrecord.records.findings import Findings
from onrecord.records.redlines import Status
from onrecord.records.scores import Encoder
from onrecord.records.spans import Span
from onrecord.redlines.drafts import Draft, as_refused
from onrecord.redlines.evidence import (
    carries_out,
    consequences_of,
    find_evidence,
    find_likely,
    likely_deed,
    likely_undone,
    list_grounds,
)
from onrecord.redlines.families import (
    Need,
    all_clues,
    draft_clues,
    draft_needs,
    evidence_needs,
    hang_together,
    till_clues,
    word_needs,
)
from onrecord.redlines.gist import Gist, read_gist
from onrecord.redlines.joining import Group, join_drafts
from onrecord.redlines.kept import keep_document, keep_drawing, read_drawn
from onrecord.redlines.lines import texts_to_compare
from onrecord.redlines.noticing import (
    Asking,
    Family,
    Noticing,
    ToldIndex,
    family_clues,
    find_shown,
    seek,
)
from onrecord.redlines.outcome import list_inaction_entries
from onrecord.redlines.people import form_cast
from onrecord.redlines.reading import Reading, form_coverage, list_days, texts_of
from onrecord.redlines.sense import needed_cosine, read_shown
from onrecord.redlines.statements import form_statements
from onrecord.redlines.steps import InactionIndex, begin_line
from onrecord.redlines.vectors import Vectors

COVERAGE = tuple(findings for case in read_cases(GOLD) for findings in case.findings)


def read(articles: Sequence[Findings]) -> list[Reading]:
    cast = form_cast(articles)
    return [Reading(each, form_statements(each), cast) for each in articles]


READINGS = read(COVERAGE)
DRAFTS = {draft.mention.id: draft for reading in READINGS for draft in reading.drafts}


def vectors_of(encoder: Encoder) -> Vectors:
    return Vectors(encoder, texts_of(DRAFTS.values()))


def families_of(encoder: Encoder) -> list[set[str]]:
    """The mentions of each family, found by following couples."""
    around: dict[str, set[str]] = {name: {name} for name in DRAFTS}
    documents = {reading.id for reading in READINGS}
    for one, other in hang_together(READINGS, documents, vectors_of(encoder)):
        around[one].add(other)
        around[other].add(one)
    families: list[set[str]] = []
    while around:
        family, waiting = set[str](), [next(iter(around))]
        while waiting:
            name = waiting.pop()
            if name in around:
                family.add(name)
                waiting += around.pop(name)
        families.append(family)
    return families


def test_joining_family_by_family_gives_the_groups_of_joining_all(encoder: Encoder) -> None:
    families = families_of(encoder)
    assert len(families) > 10
    whole = join_drafts(DRAFTS.values(), vectors_of(encoder))
    parts = [
        join_drafts([DRAFTS[name] for name in family], vectors_of(encoder), beside=DRAFTS.values())
        for family in families
    ]
    assert {_names(group) for groups in parts for group in groups} == set(map(_names, whole))


def _names(group: Group) -> tuple[str, ...]:
    return tuple(draft.mention.id for draft in group.drafts)


def is_found(clues: frozenset[str], needs: frozenset[Need]) -> bool:
    return any(all(clues & part for part in need) for need in needs)


def stand_under(kept: frozenset[str], clues: Collection[str], among: Collection[str] | None) -> Any:
    """A single family under these clues, as a ledger names it."""
    return {clue: frozenset({"family"}) for clue in kept.intersection(clues) if among is None or "family" in among}


def test_documents_of_one_family_find_each_other(encoder: Encoder) -> None:
    by_document = {reading.id: reading for reading in READINGS}
    for one, other in hang_together(READINGS, by_document.keys(), vectors_of(encoder)):
        first, second = (by_document[DRAFTS[name].mention.document] for name in (one, other))
        assert is_found(draft_clues(first), draft_needs(second))
        assert is_found(draft_clues(second), draft_needs(first))


def test_every_document_that_a_history_rests_on_is_found_by_its_clues_and_noticed(encoder: Encoder) -> None:
    coverage = form_coverage(READINGS, READINGS[0].cast.unified, list_days(READINGS), vectors_of(encoder))
    by_document = {reading.id: reading for reading in READINGS}
    seen = 0
    for line in lines_of(encoder, *COVERAGE):
        drafts = [DRAFTS[mention.id] for mention in line.mentions]
        needs = evidence_needs(drafts, max(coverage.days)) | word_needs(drafts)
        entries = [entry for entry in line.history if entry.status is not Status.SUPERSEDED]  # by words of its family
        told = {entry.passage.document for entry in entries} - {mention.document for mention in line.mentions}
        for document in told:
            assert is_found(all_clues(by_document[document]), needs)
            sought, noticing = seek(line, drafts, coverage), Noticing([by_document[document]])
            clues = family_clues(Family((), (sought,)))
            assert is_found(clues, noticing.needs()) or noticing.find_near(partial(stand_under, clues))
            index = ToldIndex([read_drawn(document, keep_document(by_document[document]))])
            vectors = vectors_of(encoder)
            noticed = noticing.reports_on(sought) or find_shown([sought], index, vectors)
            assert noticing.tells_of(sought) or (noticed and document in Asking(drafts).answers(index, vectors))
            seen += 1
    assert seen > 10


def test_a_line_is_held_against_no_document_that_tells_of_nothing_as_late() -> None:
    found = till_clues(date(2024, 3, 5), date(2024, 6, 1))
    assert {"till\0open", "till\x002024-03", "till\x002025-12"} <= found
    assert not {"till\x002024-02", "till\x002026-01"} & found
    assert not till_clues(None, date(2024, 6, 1)), "a line of no known day is held against all"
    assert not till_clues(date(1914, 7, 23), date(2024, 6, 1)), "one from long ago too"
    months = {clue for reading in READINGS for clue in all_clues(reading) if clue.startswith("till\0")}
    assert len(months) > 3


def test_drafts_are_read_again_as_they_were_kept() -> None:
    for reading in READINGS:
        drawn = read_drawn(reading.id, keep_document(reading))
        assert (drawn.id, drawn.drafts, drawn.replacing) == (reading.id, reading.drafts, reading.replacing)


@dataclass(frozen=True)
class Drawing:
    """What a document draws, made up."""

    id: str
    drafts: tuple[Draft, ...]
    replacing: dict[str, Gist]


def test_a_refused_act_is_read_again_as_it_was_kept() -> None:
    refused = as_refused(read_gist("will never recognise the vote in Orle"))
    draft = replace(next(iter(DRAFTS.values())), condition=refused, compared=refused, refused=refused.events)
    said = read_gist("This line takes the place of the old one")
    drawing = Drawing(draft.mention.document, (draft,), {draft.mention.id: said})
    assert refused != read_gist(refused.text)
    read = read_drawn(drawing.id, keep_drawing(drawing))
    assert (read.id, read.drafts, read.replacing) == (drawing.id, drawing.drafts, drawing.replacing)


def test_reports_are_as_good_evidence_when_kept(encoder: Encoder) -> None:
    vectors = vectors_of(encoder)
    coverage = form_coverage(READINGS, READINGS[0].cast.unified, list_days(READINGS), vectors)
    told = ToldIndex(read_drawn(reading.id, keep_document(reading)) for reading in READINGS)
    seen = 0
    for line in lines_of(encoder, *COVERAGE):
        drafts = [DRAFTS[mention.id] for mention in line.mentions]
        begun = begin_line(line.id, drafts)
        vectors.add(texts_to_compare((begun,), coverage))
        found = {
            each.report.document.id
            for each in find_evidence(drafts, begun.scope, coverage.reports_of(drafts, begun.scope), vectors)
        }
        deeds = coverage.deeds_of(consequences_of(drafts))
        found |= {deed.document.id for deed in deeds if carries_out(deed, drafts, begun.scope, vectors)}
        scenes = coverage.scenes_of(drafts, begun.scope)
        found |= {each.report.document.id for each in find_likely(drafts, begun.scope, scenes, vectors)}
        found |= {scene.document.id for scene in scenes if likely_deed(scene, drafts, begun.scope, vectors)}
        assert found <= Asking(drafts).answers(told, vectors)
        seen += len(found)
    assert seen > 10


def test_nothing_comes_of_a_scene_without_grounds_or_less_near_than_they_ask(encoder: Encoder) -> None:
    scenes = {scene.gist.text: scene for reading in READINGS for scene in reading.scenes}
    vectors = vectors_of(encoder)
    vectors.add(scenes)
    seen = 0
    for line in lines_of(encoder, *COVERAGE):
        drafts = [DRAFTS[mention.id] for mention in line.mentions]
        scope, grounds = begin_line(line.id, drafts).scope, list_grounds(drafts)
        for text, scene in scenes.items():
            likely = any(each(scene, drafts, scope, vectors) for each in (likely_deed, likely_undone))
            if likely or any(True for _ in find_likely(drafts, scope, [scene], vectors)):
                shown = read_shown(text)
                enough = [each for each in grounds if (least := needed_cosine(shown, each)) is not None
                          and (vectors.cosine(text, each.text) or 0.0) >= least]  # fmt: skip
                assert enough
                seen += 1
    assert seen > 5


class Everywhere(InactionIndex):
    """Sentences of something not done, none of them left out."""

    def __init__(self, sentences: Iterable[tuple[Document, Span]]) -> None:
        self.sentences = tuple(sentences)

    def find(self, terms: Iterable[str], documents: Iterable[str]) -> Iterator[tuple[Document, Span]]:
        return iter(self.sentences)


def test_what_was_not_done_is_found_by_words_as_if_every_sentence_were_looked_at(encoder: Encoder) -> None:
    some = form_coverage(READINGS, READINGS[0].cast.unified, list_days(READINGS), vectors_of(encoder))
    every = Everywhere((reading.findings.document, span) for reading in READINGS for span in reading.inaction)
    seen = 0
    for line in lines_of(encoder, *COVERAGE):
        begun = begin_line(line.id, [DRAFTS[mention.id] for mention in line.mentions])
        found = list_inaction_entries(begun, replace(some, inaction=every), line.history)
        assert found == list_inaction_entries(begun, some, line.history)
        seen += len(found)
    assert seen
