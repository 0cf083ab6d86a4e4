"""What every ledger must do, run on each kind of ledger."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.ledger.ledger_made import (
    made_findings,
    made_judgement,
    made_line,
    made_statements,
    with_metadata,
)

from onrecord.errors import ConflictError, LedgerError, MismatchError, RecordError
from onrecord.ledger import open_ledger
from onrecord.ledger.contract import View, Writer
from onrecord.ledger.memory import MemoryLedger
from onrecord.ledger.postgres import PostgresWriter, open_postgres
from onrecord.records.actors import Join
from onrecord.records.documents import Basis, DateRange, Document, Outlet, Rejected, hash_text
from onrecord.records.findings import Act, Directness, Findings
from onrecord.records.judgements import Answer
from onrecord.records.redlines import RollUp
from onrecord.records.rows import EventRow, Filter, Page, Review, Run
from onrecord.records.spans import Span, quote_spans
from onrecord.records.workings import Kept, NewWorkings

COVERAGE = tuple(made_findings(seed) for seed in range(6))
Pair = tuple[Writer, View]


@pytest.fixture(params=["sqlite", "memory", "postgres"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    clock = _ticking()
    if request.param == "memory":
        memory = MemoryLedger(clock)
        yield memory.writer(), memory.view()
        return
    if request.param == "postgres":
        shared = open_postgres(request.getfixturevalue("address"), now=clock)
        with shared.writer() as shared_writer, shared.view() as shared_view:
            yield shared_writer, shared_view
        return
    ledger = open_ledger(tmp_path / "contract.db", now=clock)
    with ledger.writer() as writer, ledger.view() as view:
        yield writer, view


def _ticking() -> Callable[[], str]:
    ticks = iter(range(10_000))
    return lambda: f"2024-01-01T00:00:{next(ticks):06}Z"


@pytest.fixture
def filled(pair: Pair) -> Pair:
    writer, _ = pair
    for findings in COVERAGE:
        writer.add(findings, made_statements(findings))
    writer.record_lines((made_line(COVERAGE[:3]), made_line(COVERAGE[3:5], RollUp.TESTED)))
    return pair


def _all_pages(read: Callable[[Filter], Page[object]], wanted: Filter) -> list[object]:
    rows: list[object] = []
    while True:
        page = read(wanted)
        rows.extend(page.rows)
        if page.next is None:
            return rows
        wanted = replace(wanted, after=page.next)


# Adding


def test_what_is_added_is_read_back_whole(filled: Pair) -> None:
    _, view = filled
    assert list(view.all_findings()) == sorted(COVERAGE, key=lambda findings: findings.document.id)
    assert view.findings(COVERAGE[0].document.id) == COVERAGE[0]
    assert view.text(COVERAGE[0].document.id) == COVERAGE[0].document.text


def test_statements_are_read_back_by_document_and_reading_order(filled: Pair) -> None:
    _, view = filled
    wanted = [each for findings in sorted(COVERAGE, key=lambda f: f.document.id) for each in made_statements(findings)]
    assert list(view.all_statements()) == wanted


def test_adding_twice_changes_nothing(filled: Pair) -> None:
    writer, view = filled
    before = view.counts(), view.generation(), _all_pages(view.statements, Filter())
    assert not writer.add(COVERAGE[0], made_statements(COVERAGE[0]))
    assert (view.counts(), view.generation(), _all_pages(view.statements, Filter())) == before


def test_a_newer_annotator_is_shown_and_counted_instead(filled: Pair) -> None:
    writer, view = filled
    newer = replace(COVERAGE[0], annotator="made-2", figures=COVERAGE[0].figures[:1])
    assert not view.has(newer.document.id, "made-2")
    assert writer.add(newer, made_statements(newer))
    assert view.has(newer.document.id, "made-2")
    assert view.has(newer.document.id, COVERAGE[0].annotator)
    assert view.findings(newer.document.id) == newer
    assert view.counts().figures == 3 * len(COVERAGE) - 2
    assert len(_all_pages(view.figures, Filter())) == view.counts().figures


def test_an_annotator_does_not_bring_back_its_older_findings(filled: Pair) -> None:
    writer, view = filled
    newer = replace(COVERAGE[0], annotator="made-2")
    writer.add(newer, made_statements(newer))
    assert not writer.add(COVERAGE[0], made_statements(COVERAGE[0]))
    assert view.findings(newer.document.id).annotator == "made-2"


def test_the_list_of_actors_that_was_read_last_is_shown_again(filled: Pair) -> None:
    writer, view = filled
    plain = COVERAGE[0]
    listed = replace(plain, annotator=f"{plain.annotator}+actors-1a", figures=plain.figures[:1])
    for each in (listed, plain, listed):
        assert view.lacks(each.document, each.annotator)
        assert writer.add(each, made_statements(each))
        assert not view.lacks(each.document, each.annotator)
        assert not writer.add(each, made_statements(each))
        assert view.findings(plain.document.id) == each
        assert view.document(plain.document.id).annotator == each.annotator
    assert view.counts().figures == 3 * len(COVERAGE) - 2
    assert "correction" not in {entry.kind for entry in view.log()}
    assert view.verify().holds


def test_metadata_typed_in_later_replace_what_was_guessed_and_are_logged(filled: Pair) -> None:
    writer, view = filled
    better = with_metadata(COVERAGE[0], "Harbour Gazette", date(2020, 5, 4))
    assert view.lacks(better.document, better.annotator)
    assert writer.add(better, made_statements(better))
    row = view.document(better.document.id)
    assert (row.outlet.name, row.published.earliest) == ("Harbour Gazette", date(2020, 5, 4))
    assert view.log()[-1].kind == "correction"
    assert not view.lacks(better.document, better.annotator)
    assert {each.statement.outlet.name for each in view.statements(Filter(document=row.id)).rows} == {"Harbour Gazette"}


def test_a_corrected_outlet_is_kept_where_the_text_itself_tells_the_day(pair: Pair) -> None:
    writer, view = pair
    worked_out = DateRange(date(2020, 5, 4), date(2020, 5, 4), Basis.TEXT, "dateline")
    for name in ("Harbour Gazette", "Harbour Herald"):
        outlet = Outlet(name, Basis.GIVEN)
        read = replace(COVERAGE[0].document, outlet=outlet, published=DateRange())  # the day comes with annotating
        assert view.lacks(read, COVERAGE[0].annotator)
        found = replace(COVERAGE[0], document=replace(read, published=worked_out))
        assert writer.add(found, made_statements(found))
        assert view.document(read.id).outlet == outlet
        assert not view.lacks(read, COVERAGE[0].annotator)


def test_poorer_metadata_change_nothing(filled: Pair) -> None:
    writer, view = filled
    poorer = replace(COVERAGE[0], document=replace(COVERAGE[0].document, outlet=Outlet()))
    assert not view.lacks(poorer.document, poorer.annotator)
    assert not writer.add(poorer, made_statements(poorer))
    assert view.findings(poorer.document.id) == COVERAGE[0]


def test_a_span_outside_its_text_is_refused_and_nothing_is_stored(pair: Pair) -> None:
    writer, view = pair
    beyond = len(COVERAGE[0].document.text) + 1
    wrong = replace(COVERAGE[0], figures=(replace(COVERAGE[0].figures[0], span=Span(3, beyond)),))
    with pytest.raises(RecordError, match="figures f1: a span must lie in its text"):
        writer.add(wrong, made_statements(wrong))
    assert view.counts().documents == 0


def test_an_id_that_is_not_the_hash_of_the_text_is_refused(pair: Pair) -> None:
    writer, view = pair
    wrong = replace(COVERAGE[0], document=replace(COVERAGE[0].document, id=hash_text("other words")))
    with pytest.raises(MismatchError, match="needed the text's hash"):
        writer.add(wrong, ())
    assert view.counts().documents == 0


def test_a_text_with_a_lone_surrogate_is_refused(pair: Pair) -> None:
    writer, _ = pair
    document = replace(COVERAGE[0].document, text="half \ud83d a sign")
    with pytest.raises(RecordError, match="lone surrogate at 5"):
        writer.add(Findings(document), ())


def test_a_nul_character_comes_back_or_is_refused_where_the_database_has_none(pair: Pair) -> None:
    writer, view = pair
    document = replace(COVERAGE[0].document, id=hash_text("a\0b"), text="a\0b", title="", parts=())
    if isinstance(writer, PostgresWriter):
        with pytest.raises(RecordError, match="NUL"):
            writer.add(Findings(document), ())
        return
    assert writer.add(Findings(document), ())
    assert view.text(document.id) == "a\0b"


@pytest.mark.parametrize("text", ["👩‍👩‍👧 said “नमस्ते”", "e\u0301 and é", "‮reversed‬"])
def test_odd_characters_come_back_as_they_were(pair: Pair, text: str) -> None:
    writer, view = pair
    document = replace(COVERAGE[0].document, id=hash_text(text), text=text, title=text, parts=())
    assert writer.add(Findings(document), ())
    assert view.text(document.id) == text
    assert view.findings(document.id).document == document


def test_a_statement_of_another_document_is_refused(pair: Pair) -> None:
    writer, _ = pair
    with pytest.raises(RecordError, match="belongs to"):
        writer.add(COVERAGE[0], made_statements(COVERAGE[1]))


# Reading


def test_counts_are_those_of_the_rows(filled: Pair) -> None:
    _, view = filled
    counts = view.counts()
    assert (counts.documents, counts.lines, counts.withdrawn) == (6, 2, 0)
    for name in ("documents", "statements", "conditions", "figures", "events", "wordings", "people", "lines"):
        assert len(_all_pages(getattr(view, name), Filter(limit=4))) == getattr(counts, name), name


@pytest.mark.parametrize("name", ["documents", "statements", "figures", "events", "lines", "people", "timeline"])
def test_pages_of_any_size_hold_the_same_rows_in_the_same_order(filled: Pair, name: str) -> None:
    _, view = filled
    read = getattr(view, name)
    assert _all_pages(read, Filter(limit=1)) == _all_pages(read, Filter(limit=500))


def test_a_page_goes_on_after_its_key_when_rows_are_added_before_it(filled: Pair) -> None:
    writer, view = filled
    first = view.documents(Filter(limit=3))
    added = with_metadata(made_findings(77), "Harbour Post", date(1999, 1, 1))
    writer.add(added, made_statements(added))
    second = view.documents(Filter(limit=3, after=first.next))
    assert {row.id for row in (*first.rows, *second.rows)} == {findings.document.id for findings in COVERAGE}


@pytest.mark.parametrize("after", ["", "nonsense", "[1]", '["a",{},3]', "[NaN]", '["2021","a",1e999]', "9" * 5000])
def test_a_key_that_is_none_of_ours_is_refused(filled: Pair, after: str) -> None:
    _, view = filled
    with pytest.raises(LedgerError) as refused:
        view.statements(Filter(after=after))
    assert refused.value.code == "query"


@pytest.mark.parametrize(("limit", "rows"), [(-5, 1), (0, 1), (10**9, 18)])
def test_the_size_of_a_page_is_capped(filled: Pair, limit: int, rows: int) -> None:
    _, view = filled
    assert len(view.statements(Filter(limit=limit)).rows) == rows


def test_statements_come_in_order_of_time_and_undated_ones_last(pair: Pair) -> None:
    writer, view = pair
    undated = made_findings(50, undated=True)
    for findings in (undated, *COVERAGE):
        writer.add(findings, made_statements(findings))
    days = [row.statement.said_on.latest for row in view.statements(Filter(limit=500)).rows]
    known = [day for day in days if day is not None]
    assert known == sorted(known)
    assert days[len(known) :] == [None] * len(undated.attributions)


def test_filters_choose_what_they_say(filled: Pair) -> None:
    _, view = filled
    every = view.statements(Filter(limit=500)).rows
    for wanted, meets in _filters():
        chosen = view.statements(replace(wanted, limit=500)).rows
        assert chosen == tuple(row for row in every if meets(row.statement)), wanted
        assert chosen


def _filters() -> list[tuple[Filter, Callable[..., bool]]]:
    since, until = date(2021, 6, 1), date(2023, 3, 1)
    return [
        (Filter(who="ILVA MARET"), lambda said: said.speaker.name == "Ilva Marét"),
        (Filter(outlet="Delta Wire"), lambda said: said.outlet.name == "Delta Wire"),
        (Filter(act=Act.THREAT), lambda said: said.act is Act.THREAT),
        (Filter(directness=Directness.MIXED), lambda said: said.directness is Directness.MIXED),
        (Filter(document=COVERAGE[2].document.id), lambda said: said.document == COVERAGE[2].document.id),
        (Filter(since=since), lambda said: said.said_on.latest >= since),
        (Filter(until=until), lambda said: said.said_on.earliest <= until),
    ]


def test_a_filter_nobody_meets_gives_no_rows(filled: Pair) -> None:
    _, view = filled
    assert view.statements(Filter(who="Nobody At All")) == Page(())
    assert view.timeline(Filter(who="Nobody At All")) == Page(())
    assert view.lines(Filter(outlet="no such outlet")) == Page(())


def test_rows_quote_their_words(filled: Pair) -> None:
    _, view = filled
    for row in view.figures(Filter(limit=500)).rows:
        text = view.text(row.document)
        assert row.text == text[slice(*row.figure.span)]
        assert row.base == "households"
        assert row.place == quote_spans(text, row.figure.place)
        assert row.claimant is not None
        assert view.statement(str(row.statement)).statement.speaker == row.claimant
    for condition in view.conditions(Filter(limit=500)).rows:
        assert condition.consequence.startswith("we ")
        assert len(condition.alternatives) == 1


def test_every_id_and_every_unique_prefix_finds_its_record(filled: Pair) -> None:
    _, view = filled
    rows = view.figures(Filter(limit=500)).rows
    for row in rows:
        found = view.find(row.id)
        assert (found.kind, found.record) == ("figure", row)
        assert found.passages[0].document == row.document
    assert view.find(rows[0].id[:9]).id == rows[0].id
    assert view.find(COVERAGE[0].document.id).kind == "document"
    assert view.find(COVERAGE[0].document.id.removeprefix("sha256:")[:16]).id == COVERAGE[0].document.id


@pytest.mark.parametrize(("id", "code"), [("zz", "unknown_record"), ("", "unknown_record"), ("%", "unknown_record")])
def test_an_unknown_id_is_an_error_that_says_so(filled: Pair, id: str, code: str) -> None:
    _, view = filled
    with pytest.raises(LedgerError) as refused:
        view.find(id)
    assert refused.value.code == code


def test_a_prefix_of_several_ids_is_ambiguous(filled: Pair) -> None:
    _, view = filled
    ids = [row.id for row in view.figures(Filter(limit=500)).rows]
    shared = next(id[0] for id in ids if sum(other[0] == id[0] for other in ids) > 1)
    with pytest.raises(LedgerError) as refused:
        view.find(shared)
    assert refused.value.code == "ambiguous"


def test_an_id_of_another_kind_is_refused(filled: Pair) -> None:
    _, view = filled
    with pytest.raises(LedgerError, match="needed a statement"):
        view.statement(view.figures().rows[0].id)


# People, search, facets, timeline


@pytest.mark.parametrize("name", ["ilva-marét", "Ilva Marét", "ILVA MARET", "marét", "ilva  maret"])
def test_people_are_found_by_key_and_by_any_spelling_of_a_name(filled: Pair, name: str) -> None:
    _, view = filled
    assert [person.key for person in view.who(name)] == ["ilva-marét"]


def test_people_come_with_most_statements_first(filled: Pair) -> None:
    _, view = filled
    people = view.people().rows
    assert [person.statements for person in people] == sorted((p.statements for p in people), reverse=True)
    assert sum(person.statements for person in people) == view.counts().statements


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SO-CALLED survey", {"so-called survey", "so-called", "survey"}),
        ('"so-called survey"', {"so-called survey"}),
        ("«so-called survey»", {"so-called survey"}),
        ("marét", {"Marét"}),
        ("MARET", {"Marét"}),
        ("fisherm*", {"Fisherm"}),
    ],
)
def test_a_search_finds_words_whatever_their_case_accents_and_quotes(filled: Pair, query: str, words: set[str]) -> None:
    _, view = filled
    hits = view.search(query).rows
    assert hits
    for hit in hits:
        text = view.text(hit.document.id)
        assert {text[slice(*span)] for span in hit.spans} <= words
        assert hit.text == text[slice(*hit.excerpt)]
        assert hit.excerpt.start <= hit.spans[0].start


def test_a_search_maps_back_to_raw_offsets_across_no_break_spaces(pair: Pair) -> None:
    writer, view = pair
    text = "Le\u00a0cafe\u0301\u00a0Ærø said STRASSE and Straße; ﬁnal."
    document = replace(COVERAGE[0].document, id=hash_text(text), text=text, parts=())
    writer.add(Findings(document), ())
    for query, words in [
        ('"le café"', "Le\u00a0cafe\u0301"),
        ("final", "ﬁnal"),
        ("ærø", "Ærø"),
        ("aero", "Ærø"),
        ("cafes", ""),
        ("strasse", "STRASSE"),
    ]:
        found = view.search(query).rows
        assert [text[slice(*span)] for hit in found for span in hit.spans][:1] == ([words] if words else [])


def test_a_search_tells_which_statements_hold_the_words(filled: Pair) -> None:
    _, view = filled
    hit = view.search("warned").rows[0]
    wanted = {each.id for each in made_statements(view.findings(hit.document.id))}
    assert set(hit.statements) == wanted


def test_a_search_gives_the_newest_first_a_page_at_a_time(filled: Pair) -> None:
    _, view = filled
    hits = _all_pages(lambda wanted: view.search("warned", wanted), Filter(limit=2))
    assert len(hits) == len(COVERAGE)
    days = [hit.document.published.latest for hit in hits]  # type: ignore[attr-defined]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    "query", ["", "  ", '"', "*", "NEAR(", "(((", "-", "' OR 1=1 --", '"; DROP TABLE log', "^", ":"]
)
def test_attack_58_a_search_for_signs_is_answered(filled: Pair, query: str) -> None:
    _, view = filled
    assert isinstance(view.search(query), Page)


@pytest.mark.parametrize("query", ["word " * 1_000, "x" * 10_000])
def test_attack_58_a_search_that_is_a_text_is_refused(filled: Pair, query: str) -> None:
    _, view = filled
    with pytest.raises(LedgerError) as refused:
        view.search(query)
    assert refused.value.code == "query"


def test_attack_29_a_word_without_end_is_stored_searched_and_verified(pair: Pair) -> None:
    writer, view = pair
    text = f"Mooring lines {'aé' * 100_000} snapped."
    writer.add(Findings(Document(hash_text(text), "endless.txt", "", text)), ())
    assert not view.verify().problems
    assert len(view.search('"mooring lines" snapped').rows) == 1
    writer.withdraw(hash_text(text), "No words")
    assert not view.verify().problems
    assert not view.search("snapped").rows


@pytest.mark.parametrize(
    ("text", "query", "other"),
    [
        ("市议会周五表示，升降桥将保持关闭。", "升降桥", "桥降升"),
        ("Рада заявила, що міст залишиться закритим.", "МІСТ", "мостом"),
        ("قال مجلس المدينة إن الجسر سيبقى مغلقا", "الجسر", "جسور"),
    ],
)
def test_a_text_in_any_script_is_searched(pair: Pair, text: str, query: str, other: str) -> None:
    writer, view = pair
    writer.add(Findings(Document(hash_text(text), "a.txt", "", text)), ())
    (hit,) = view.search(query).rows
    assert [hit.document.id, len(hit.spans)] == [hash_text(text), 1]
    assert not view.search(other).rows
    assert not view.verify().problems


def test_a_withdrawal_while_a_view_is_open_is_no_damage_to_it(filled: Pair) -> None:
    writer, view = filled
    for findings in COVERAGE:
        assert not view.verify().problems
        writer.withdraw(findings.document.id, "Asked for")
    assert not view.verify().problems


@pytest.mark.parametrize("wanted", [Filter(), Filter(who="Maret"), Filter(outlet="Delta Wire"), Filter(act=Act.THREAT)])
def test_facets_count_what_the_filter_leaves(filled: Pair, wanted: Filter) -> None:
    _, view = filled
    rows = [row.statement for row in view.statements(replace(wanted, limit=500)).rows]
    facets = view.facets(wanted)
    assert {facet.value: facet.count for facet in facets.act} == {
        act.value: count for act in Act if (count := sum(row.act is act for row in rows))
    }
    assert sum(facet.count for facet in facets.who) == len(rows)
    assert sum(facet.count for facet in facets.review) == len(rows)
    assert {facet.value: facet.count for facet in facets.state} == {"standing": 1, "tested": 1}


def test_the_timeline_has_steps_and_no_event_that_is_not_asserted(filled: Pair) -> None:
    _, view = filled
    moments = view.timeline(Filter(limit=500)).rows
    assert sum(moment.kind == "status" for moment in moments) == 5
    asserted = sum(event.realis.value == "asserted" for findings in COVERAGE for event in findings.events)
    assert sum(moment.kind == "event" for moment in moments) == asserted
    days = [moment.when.latest for moment in moments]
    assert days == sorted(days, key=lambda day: day or date.max)


def test_an_event_without_a_day_happened_by_the_day_it_was_told(filled: Pair) -> None:
    _, view = filled
    moments = view.timeline(Filter(limit=500)).rows
    told = [(each.when, each.record) for each in moments if isinstance(each.record, EventRow)]
    undated = [(when, record) for when, record in told if record.event.when is None]
    assert undated
    for when, record in undated:
        assert (when.earliest, when.latest) == (None, record.published.latest)
        assert when.basis is not Basis.GIVEN


# Red lines


def test_red_lines_are_read_back_with_their_documents(filled: Pair) -> None:
    _, view = filled
    line = made_line(COVERAGE[:3])
    row = view.line(line.id)
    assert row.line == line
    assert row.documents == tuple(sorted(findings.document.id for findings in COVERAGE[:3]))
    assert view.find(line.history[1].id).kind == "status"
    assert [each.line.id for each in view.lines(Filter(state=RollUp.TESTED)).rows] == [
        made_line(COVERAGE[3:5], RollUp.TESTED).id
    ]
    assert {each.id for each in view.all_lines()} == {each.line.id for each in view.lines().rows}


def test_the_statements_of_a_red_line_are_found_by_it(filled: Pair) -> None:
    _, view = filled
    line = made_line(COVERAGE[:3])
    rows = view.statements(Filter(line=line.id)).rows
    assert {row.statement.id for row in rows} == {mention.statement for mention in line.mentions}


def test_recording_red_lines_again_logs_only_new_steps(filled: Pair) -> None:
    writer, view = filled
    logged = view.log()
    writer.record_lines((made_line(COVERAGE[:3]), made_line(COVERAGE[3:5], RollUp.TESTED)))
    assert view.log() == logged
    writer.record_lines((made_line(COVERAGE[:4]),))
    assert view.log()[: len(logged)] == logged
    assert [entry.kind for entry in view.log()[len(logged) :]] == ["status"]
    assert view.counts().lines == 1


def test_the_log_of_a_record_holds_its_entries_in_order_and_no_others(filled: Pair) -> None:
    _, view = filled
    steps = tuple(entry.id for entry in made_line(COVERAGE[:3]).history)
    told = view.log_of(steps)
    assert [entry.subject for entry in told] == [entry.subject for entry in view.log() if entry.subject in steps]
    assert {entry.kind for entry in told} == {"status"}
    assert view.log_of(()) == view.log_of(("no such record",)) == ()


def test_red_lines_formed_before_a_document_came_are_refused(filled: Pair) -> None:
    writer, view = filled
    before = view.generation()
    writer.add(made_findings(60), made_statements(made_findings(60)))
    with pytest.raises(ConflictError):
        writer.record_lines((), generation=before)
    assert view.counts().lines == 2
    writer.record_lines((), generation=view.generation())
    assert view.counts().lines == 0


def test_a_red_line_on_an_unknown_document_is_refused_whole(filled: Pair) -> None:
    writer, view = filled
    with pytest.raises(LedgerError, match="needed its document"):
        writer.record_lines((made_line((made_findings(61),)),))
    assert view.counts().lines == 2


def test_what_takes_the_place_of_an_erased_document_shows_its_own_words(pair: Pair) -> None:
    writer, view = pair
    erased, after = COVERAGE[:2]
    writer.add(erased, made_statements(erased))
    assert view.findings(erased.document.id) == erased
    writer.withdraw(erased.document.id, "a forgery", erase=True)
    writer.add(after, made_statements(after))
    assert view.findings(after.document.id) == after


def at_address(findings: Findings, url: str | None, annotator: str = "addressed") -> Findings:
    return replace(findings, document=replace(findings.document, url=url), annotator=annotator)


def test_addresses_are_those_of_all_documents_and_then_of_what_came_since(pair: Pair) -> None:
    writer, view = pair
    held: dict[str, tuple[str | None, str]] = {}
    key = (0, 0)
    first, second, third = (each.document.id for each in COVERAGE[:3])

    def follow() -> dict[str, str | None]:
        nonlocal key
        news = view.urls(key)
        if news.whole:
            held.clear()
        held.update({row.document: (row.url, row.stamp) for row in news.rows})
        key = news.key
        return {document: url for document, (url, _) in held.items()}

    def add(findings: Findings) -> None:
        writer.add(findings, made_statements(findings))

    odd = 'https://a.example/?q=,"url":"x\\"é'
    add(at_address(COVERAGE[0], odd))
    add(at_address(COVERAGE[1], None))
    assert follow() == {first: odd, second: None}
    stamp = held[second][1]
    add(at_address(COVERAGE[1], "https://b.example/", "newer"))
    assert follow() == {first: odd, second: "https://b.example/"}
    assert held[second][1] != stamp
    writer.withdraw(second, "a forgery", erase=True)
    add(at_address(COVERAGE[2], "https://c.example/"))
    assert follow() == {first: odd, third: "https://c.example/"}
    assert follow() == {first: odd, third: "https://c.example/"}


def test_an_address_is_found_behind_a_title_that_imitates_one_or_is_very_long(pair: Pair) -> None:
    writer, view = pair
    titles = (',"url":"https://false.example/",', "\\", "a long headline " * 1000)
    for findings, title in zip(COVERAGE, titles, strict=False):
        named = replace(at_address(findings, "https://a.example/"), actors=findings.actors)
        named = replace(named, document=replace(named.document, title=title))
        writer.add(named, made_statements(named))
    assert [row.url for row in view.urls().rows] == ["https://a.example/"] * 3


# Reviews


def test_a_revision_changes_with_findings_judgements_lines_and_withdrawal_of_its_document_only(filled: Pair) -> None:
    writer, view = filled
    document, other = COVERAGE[0].document.id, COVERAGE[-1].document.id
    seen, others = [view.revision(document)], view.revision(other)
    newer = replace(COVERAGE[0], annotator="newer")
    changes: tuple[Callable[[], object], ...] = (
        lambda: writer.judge(made_judgement(made_statements(COVERAGE[0])[0])),
        lambda: writer.record_lines((made_line(COVERAGE[:2]), made_line(COVERAGE[3:5], RollUp.TESTED))),
        lambda: writer.add(newer, made_statements(newer)),
        lambda: writer.withdraw(document, "a forgery"),
    )
    for change in changes:
        change()
        seen.append(view.revision(document))
    assert len(set(seen)) == len(changes) + 1
    assert view.revision(document) == seen[-1]
    assert view.revision(document.removeprefix("sha256:")[:12]) == seen[-1]
    assert view.revision(other) == others


def test_a_judgement_changes_the_state_everywhere(filled: Pair) -> None:
    writer, view = filled
    statement = made_statements(COVERAGE[0])[0]
    state = writer.judge(made_judgement(statement))
    assert (state.review, state.reviewer) == (Review.CONFIRMED, "ana")
    assert view.state(statement.id) == state
    assert view.statement(statement.id).review == state
    assert [row.statement.id for row in view.statements(Filter(review=Review.CONFIRMED)).rows] == [statement.id]
    assert {facet.value: facet.count for facet in view.facets().review} == {"suggested": 17, "confirmed": 1}
    assert view.judgements() == (made_judgement(statement),)
    assert view.counts().judgements == 1


@pytest.mark.parametrize(
    ("answers", "review"),
    [
        ([("ana", Answer.ACCEPT), ("bo", Answer.ACCEPT)], Review.CONFIRMED),
        ([("ana", Answer.ACCEPT), ("bo", Answer.REJECT)], Review.DISPUTED),
        ([("ana", Answer.ACCEPT), ("bo", Answer.REJECT), ("cleo", Answer.REJECT)], Review.REJECTED),
        ([("ana", Answer.ACCEPT), ("ana", Answer.REJECT)], Review.REJECTED),
        ([("ana", Answer.UNSURE), ("bo", Answer.REJECT)], Review.REJECTED),
        ([("ana", Answer.ACCEPT), ("bo", Answer.UNSURE)], Review.CONFIRMED),
        ([("ana", Answer.CORRECT), ("bo", Answer.ACCEPT)], Review.DISPUTED),
    ],
)
def test_several_reviewers_make_one_state(filled: Pair, answers: list[tuple[str, Answer]], review: Review) -> None:
    writer, view = filled
    statement = made_statements(COVERAGE[0])[0]
    for reviewer, answer in answers:
        writer.judge(made_judgement(statement, answer, reviewer))
    assert view.state(statement.id).review is review
    assert len(view.judgements(statement.id)) == len(answers)


def test_attack_50_the_second_of_two_reviewers_gets_the_newer_state_and_both_are_logged(filled: Pair) -> None:
    writer, view = filled
    statement = made_statements(COVERAGE[0])[0]
    seen = view.state(statement.id).sequence
    first = writer.judge(made_judgement(statement, Answer.ACCEPT, "ana"), seen)
    with pytest.raises(ConflictError) as late:
        writer.judge(made_judgement(statement, Answer.REJECT, "bo"), seen)
    assert (late.value.review, late.value.sequence, late.value.reviewer) == ("confirmed", first.sequence, "ana")
    assert view.state(statement.id) == first
    assert [(entry.kind, entry.by) for entry in view.log()[-2:]] == [("judgement", "ana"), ("contested", "bo")]


@pytest.mark.parametrize("kind", ["red_line", "status", "figure", "condition", "event", "wording", "link", "join"])
def test_records_of_every_kind_can_be_judged(filled: Pair, kind: str) -> None:
    writer, view = filled
    statement = made_statements(COVERAGE[0])[0]
    record = _id_of(view, kind)
    passage = made_judgement(statement).passage if kind in ("link", "join") else view.find(record).passages[0]
    writer.judge(replace(made_judgement(statement), record=record, kind=kind, passage=passage))
    assert view.state(record).review is Review.CONFIRMED
    assert view.orphans() == ()


def _id_of(view: View, kind: str) -> str:
    line = made_line(COVERAGE[:3])
    if kind == "link":
        return view.links(COVERAGE[0].document.id)[0].id
    if kind == "join":
        return view.find(f"{line.id}:{line.mentions[0].id}").id
    if kind in ("red_line", "status"):
        return line.id if kind == "red_line" else line.history[0].id
    id: str = getattr(view, f"{kind}s")().rows[0].id
    return id


def test_a_link_is_found_by_its_place_and_stands_with_its_reviewers(filled: Pair) -> None:
    writer, view = filled
    document = COVERAGE[0].document.id
    link = view.links(document)[0]
    assert view.links(document, judged=True) == ()
    span = link.link.span
    found = view.find(f"{document[7:19]}:{span.start}-{span.end}")
    assert (found.kind, found.id, found.record, found.passages[0].text) == ("link", link.id, link, link.words)
    judgement = made_judgement(made_statements(COVERAGE[0])[0])
    writer.judge(replace(judgement, record=link.id, kind="link", passage=found.passages[0]))
    (answered,) = view.links(document, judged=True)
    assert (answered.id, answered.review.review) == (link.id, Review.CONFIRMED)
    assert link.actor is not None
    assert view.judged_links(link.actor.key) == (answered,)
    assert view.judged_links("nobody") == ()


def test_a_judged_link_that_now_means_another_actor_is_an_orphan(pair: Pair) -> None:
    writer, view = pair
    first = COVERAGE[0]
    writer.add(first, made_statements(first))
    link = view.links(first.document.id)[0]
    passage = view.find(f"{first.document.id[7:]}:{link.link.span.start}-{link.link.span.end}").passages[0]
    judgement = made_judgement(made_statements(first)[0])
    writer.judge(replace(judgement, record=link.id, kind="link", passage=passage))
    same = replace(first, annotator="newer")
    writer.add(same, made_statements(same))
    assert view.state(link.id).review is Review.CONFIRMED
    assert view.orphans() == ()
    other = replace(first, annotator="newest", links=tuple(replace(each, actor=None) for each in first.links))
    writer.add(other, made_statements(other))
    assert [(each.record, each.kind) for each in view.orphans()] == [(link.id, "link")]
    assert view.links(first.document.id, judged=True) == ()


def test_a_judged_join_goes_with_its_line(filled: Pair) -> None:
    writer, view = filled
    line = made_line(COVERAGE[:3])
    found = view.find(f"{line.id}:{line.mentions[0].id}")
    judgement = made_judgement(made_statements(COVERAGE[0])[0])
    writer.judge(replace(judgement, record=found.id, kind="join", passage=found.passages[0]))
    writer.record_lines((line,))
    assert view.orphans() == ()
    writer.record_lines(())
    assert [(each.record, each.kind) for each in view.orphans()] == [(found.id, "join")]


@pytest.mark.parametrize(
    "name",
    ["{line}:ffffffffffff", "{line}:", "ffffffffffff:{line}", "{document}:0-1", "{document}:9-", "{document}:1-99999"],
)
def test_no_part_is_found_under_another_name(filled: Pair, name: str) -> None:
    named = name.format(line=made_line(COVERAGE[:3]).id, document=COVERAGE[0].document.id[7:19])
    with pytest.raises(LedgerError) as error:
        filled[1].find(named)
    assert error.value.code == "unknown_record"


def test_a_judgement_on_unknown_records_or_other_words_is_refused(filled: Pair) -> None:
    writer, view = filled
    judgement = made_judgement(made_statements(COVERAGE[0])[0])
    with pytest.raises(LedgerError) as refused:
        writer.judge(replace(judgement, record="ffffffffffff"))
    assert refused.value.code == "unknown_record"
    with pytest.raises(MismatchError):
        writer.judge(replace(judgement, passage=replace(judgement.passage, text="other words")))
    with pytest.raises(MismatchError):
        writer.judge(replace(judgement, passage=replace(judgement.passage, spans=(Span(0, 10**9),))))
    assert view.counts().judgements == 0


def test_judgements_survive_a_newer_annotator_and_are_orphaned_where_the_record_is_gone(filled: Pair) -> None:
    writer, view = filled
    kept, lost = made_statements(COVERAGE[0])[:2]
    writer.judge(made_judgement(kept))
    writer.judge(made_judgement(lost, Answer.REJECT))
    newer = replace(COVERAGE[0], annotator="made-2", attributions=COVERAGE[0].attributions[:1])
    writer.add(newer, made_statements(newer))
    assert view.statement(kept.id).review.review is Review.CONFIRMED
    assert [(orphan.record, orphan.review.review) for orphan in view.orphans()] == [(lost.id, Review.REJECTED)]


def test_the_review_queue_has_red_lines_first_then_the_most_doubtful_statements(filled: Pair) -> None:
    writer, view = filled
    rows = view.review_queue(Filter(limit=500)).rows
    assert [row.found.kind for row in rows] == ["red_line"] * 2 + ["statement"] * 18
    scores = [row.found.record.statement.score for row in rows[2:]]  # type: ignore[union-attr]
    assert scores == sorted(scores)
    writer.judge(made_judgement(made_statements(COVERAGE[0])[0]))
    assert len(view.review_queue(Filter(limit=500)).rows) == 19
    assert len(view.review_queue(Filter(review=Review.CONFIRMED)).rows) == 1
    paged = _all_pages(view.review_queue, Filter(limit=3))
    assert paged == list(view.review_queue(Filter(limit=500)).rows)


# Withdrawal


@pytest.mark.parametrize("erase", [False, True])
def test_attack_51_a_withdrawn_document_leaves_every_answer_and_a_tombstone_stays(filled: Pair, erase: bool) -> None:
    writer, view = filled
    gone = COVERAGE[0]
    statement = made_statements(gone)[0]
    writer.judge(made_judgement(statement))
    writer.withdraw(gone.document.id, "its outlet took it back", by="ana", erase=erase)
    assert gone.document.id not in {row.id for row in view.documents(Filter(limit=500)).rows}
    assert gone.document.id not in {hit.document.id for hit in view.search("warned", Filter(limit=500)).rows}
    assert not view.verify().problems  # no word of it is left in the search index
    assert all(found.document.id != gone.document.id for found in view.all_findings())
    assert view.counts().statements == 15
    assert view.judgements() == ()
    assert [stone.reason for stone in view.tombstones()] == ["its outlet took it back"]
    assert view.document(gone.document.id).withdrawn == "its outlet took it back"
    assert view.log()[-1].kind == "withdrawal"
    assert all(entry.payload is None for entry in view.log() if entry.document == gone.document.id)
    for read in (view.text, view.findings):
        with pytest.raises(LedgerError) as refused:
            read(gone.document.id)
        assert refused.value.code == "withdrawn"
    with pytest.raises(LedgerError):
        view.find(statement.id)


def test_attack_51_a_red_line_keeps_only_what_others_say_of_it(filled: Pair) -> None:
    writer, view = filled
    line, gone = made_line(COVERAGE[:3]), COVERAGE[0].document.id
    writer.withdraw(gone, "asked")
    left = view.line(line.id).line
    assert {mention.document for mention in left.mentions} == {findings.document.id for findings in COVERAGE[1:3]}
    assert gone not in {entry.passage.document for entry in left.history}
    assert left.condition == left.mentions[0].condition_text
    for findings in COVERAGE[1:3]:
        writer.withdraw(findings.document.id, "asked")
    assert line.id not in {each.id for each in view.all_lines()}


def test_attack_51_a_withdrawn_document_is_not_added_again(filled: Pair) -> None:
    writer, view = filled
    writer.withdraw(COVERAGE[0].document.id, "asked")
    assert view.has(COVERAGE[0].document.id, "made-9")
    assert not view.lacks(COVERAGE[0].document, "made-9")
    assert not writer.add(replace(COVERAGE[0], annotator="made-9"), made_statements(COVERAGE[0]))
    assert view.counts().documents == 5


def test_attack_51_withdrawing_twice_changes_nothing_but_erasing_later_is_possible(filled: Pair) -> None:
    writer, view = filled
    writer.withdraw(COVERAGE[0].document.id, "asked")
    logged = len(view.log())
    writer.withdraw(COVERAGE[0].document.id, "asked again")
    assert len(view.log()) == logged
    writer.withdraw(COVERAGE[0].document.id, "by law", erase=True)
    assert len(view.log()) == logged + 1
    assert [stone.reason for stone in view.tombstones()] == ["by law"]
    assert view.counts().withdrawn == 1


def test_attack_51_withdrawing_what_is_not_on_record_is_refused(filled: Pair) -> None:
    writer, _ = filled
    with pytest.raises(LedgerError, match="no document on record"):
        writer.withdraw("sha256:00", "asked")


# Log and runs


def test_attack_45_the_order_of_the_log_is_by_sequence_whatever_the_clock_says(filled: Pair) -> None:
    _, view = filled
    entries = view.log()
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert view.counts().head == entries[-1].hash
    assert view.log(after=2, limit=2) == entries[2:4]
    assert json.loads(entries[0].payload or "")["id"] == entries[0].subject


def test_runs_and_their_rejected_inputs_are_kept(pair: Pair) -> None:
    writer, view = pair
    rejected = (Rejected("a.txt", "reading", "no_text", "needed words, got none"), Rejected("b", "reading", "io", "x"))
    first = Run("2024-01-01T00:00:00Z", "2024-01-01T00:01:00Z", "made-1", 3, 1, rejected)
    second = Run("2024-01-02T00:00:00Z", "2024-01-02T00:01:00Z", "made-1", 0, 4, (), 1)
    writer.record_run(first)
    writer.record_run(second)
    assert view.runs() == (second, first)
    assert view.rejected() == rejected


def test_a_sound_ledger_verifies(filled: Pair) -> None:
    writer, view = filled
    writer.judge(made_judgement(made_statements(COVERAGE[4])[0]))
    writer.withdraw(COVERAGE[0].document.id, "asked")
    outcome = view.verify()
    assert outcome.problems == ()
    assert outcome.holds
    assert outcome.entries == len(view.log())
    assert outcome.head == view.counts().head


def test_an_empty_ledger_answers_everything_with_nothing(pair: Pair) -> None:
    _, view = pair
    for name in ("documents", "statements", "figures", "events", "wordings", "lines", "people", "timeline"):
        assert getattr(view, name)() == Page(())
    assert view.counts().documents == 0
    assert view.facets().who == ()
    assert view.verify().holds
    assert (view.all_lines(), view.log(), view.tombstones(), view.runs(), view.orphans()) == ((), (), (), (), ())


def test_joined_keys_are_one_actor_wherever_people_are_named(filled: Pair) -> None:
    writer, view = filled
    first, second, *_ = view.people().rows
    total = first.statements + second.statements
    join = Join(second.key, first.key, 0.9, "one name, spelt two ways")
    writer.record_lines((), joins=(join,))
    (found,) = view.who(second.name)
    assert (found.key, found.statements, found.joins) == (first.key, total, (join,))
    assert {*first.printed, *second.printed} == set(found.printed)
    assert view.who(second.key) == view.who(first.key) == (found,)
    assert second.key not in [row.key for row in view.people().rows]
    assert view.people(Filter(limit=1)).rows == (found,)
    said = _all_pages(view.statements, Filter(who=second.name, limit=3))
    assert len(said) == total
    assert view.facets().who[0].count == total
    assert view.facets(Filter(since=date(1990, 1, 1))).who[0].value == first.key
    assert view.joins() == (join,)


def test_joins_stay_until_lines_bring_new_ones(filled: Pair) -> None:
    writer, view = filled
    first, second, *_ = view.people().rows
    writer.record_lines((), joins=(Join(second.key, first.key, 0.9, "why"),))
    writer.record_lines(())
    assert len(view.joins()) == 1
    writer.record_lines((), joins=())
    assert view.joins() == ()
    assert view.people().rows[1] == second


def test_joins_of_some_keys_leave_those_of_others(filled: Pair) -> None:
    writer, view = filled
    first, second, third, *_ = view.people().rows
    one, other = (Join(each.key, first.key, 0.9, "why") for each in (second, third))
    writer.record_lines((), joins=(one, other))
    writer.record_lines((), joins=(), rejoined=(second.key, "somebody else"))
    assert view.joins() == (other,)
    writer.record_lines((), joins=(one,), rejoined=(second.key,))
    assert {join.key for join in view.joins()} == {second.key, third.key}


# What relating keeps


def _new_workings(follows: int | None, family: str | None, documents: tuple[Findings, ...], count: int) -> NewWorkings:
    kept = {
        each.document.id: Kept("" if place else "a drawing", frozenset((f"word {place}", "all")))
        for place, each in enumerate(documents)
    }
    families = {"f1": Kept(family, frozenset(("sea", family))) if family is not None else None}
    return NewWorkings("rules-1", follows, {"a fact": count, "another": 1}, families, kept)


def test_what_relating_keeps_is_read_back_and_added_to(filled: Pair) -> None:
    writer, view = filled
    assert view.workings("rules-1") is None
    writer.record_lines((), workings=_new_workings(None, "drafts", COVERAGE[:4], 2))
    assert view.unrelated() == tuple(sorted(each.document.id for each in COVERAGE[4:]))
    assert view.workings("rules-2") is None
    first = view.workings("rules-1")
    assert first is not None
    assert first.facts == {"a fact": 2, "another": 1}
    assert view.families(["f1", "f2"]) == {"f1": "drafts"}
    assert view.families_under(["sea", "drafts", "land"]) == {"sea": {"f1"}, "drafts": {"f1"}}
    assert view.drawings([each.document.id for each in COVERAGE]) == {COVERAGE[0].document.id: "a drawing"}
    assert view.documents_under(["word 1", "word 7"]) == {COVERAGE[1].document.id}
    assert view.documents_under([]) == frozenset()
    assert view.documents_under(["all"], [COVERAGE[1].document.id, "none"]) == {COVERAGE[1].document.id}
    assert view.documents_under(["word 7"], [COVERAGE[1].document.id]) == view.documents_under(["all"], []) == set()
    writer.record_lines((), replaced=(), workings=_new_workings(first.step, None, COVERAGE[4:], -2))
    second = view.workings("rules-1")
    assert second is not None
    assert second.facts == {"another": 2}
    assert (view.families(["f1"]), view.families_under(["sea"])) == ({}, {})
    assert len(view.drawings([each.document.id for each in COVERAGE])) == 2
    assert view.documents_under(["all"]) == {each.document.id for each in COVERAGE}
    assert view.unrelated() == ()


def test_workings_go_on_only_from_those_they_were_made_from(filled: Pair) -> None:
    writer, view = filled
    writer.record_lines((), workings=_new_workings(None, "drafts", COVERAGE[:4], 1))
    held = view.workings("rules-1")
    assert held is not None
    writer.record_lines((), replaced=(), workings=_new_workings(held.step, "more", COVERAGE[4:], 1))
    with pytest.raises(ConflictError):
        writer.record_lines((), replaced=(), workings=_new_workings(held.step, "late", COVERAGE[4:], 1))
    kept = view.workings("rules-1")
    assert kept is not None
    assert (view.families(["f1"]), kept.facts["a fact"]) == ({"f1": "more"}, 2)
    assert view.families_under(["drafts", "more"]) == {"more": {"f1"}}


@pytest.mark.parametrize("what", ["withdrawn", "replaced", "others"])
def test_workings_are_of_no_use_once_documents_or_lines_went(filled: Pair, what: str) -> None:
    writer, view = filled
    writer.record_lines((), workings=_new_workings(None, "drafts", COVERAGE, 1))
    if what == "withdrawn":
        writer.withdraw(COVERAGE[0].document.id, "by law", erase=True)
    elif what == "replaced":
        newer = replace(COVERAGE[0], annotator="made-2")
        writer.add(newer, made_statements(newer))
    else:
        writer.record_lines(())
    assert view.workings("rules-1") is None


def test_some_lines_are_replaced_and_others_stay(filled: Pair) -> None:
    writer, view = filled
    first, second = (made_line(COVERAGE[:3]), made_line(COVERAGE[3:5], RollUp.TESTED))
    assert view.lines_on([COVERAGE[4].document.id]) == {second.id}
    other = made_line(COVERAGE[3:6])
    writer.record_lines((other,), replaced=(second.id, other.id))
    assert view.all_lines() == tuple(sorted((first, other), key=lambda line: line.id))
    assert view.counts().lines == 2
    writer.record_lines((), replaced=())
    assert view.counts().lines == 2
    writer.record_lines((), replaced=(first.id, other.id))
    assert view.all_lines() == ()
