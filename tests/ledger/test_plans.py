"""Pages stay fast because SQLite walks an index and stops; a sort of everything would show in its plan."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.ledger.ledger_made import made_findings, made_line, made_statements

from onrecord.ledger import View, open_ledger
from onrecord.ledger.database import Database, Rows, Values
from onrecord.records.findings import Act
from onrecord.records.rows import Filter, Review


class _Planned(Database):
    """A database that notes the plan of everything it is asked."""

    plans: list[str]

    def rows(self, sql: str, values: Values = ()) -> Rows:
        if sql.lstrip().startswith("SELECT"):
            for row in self.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values):
                self.plans.append(f"{row[3]} :: {sql}")
        return super().rows(sql, values)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path = tmp_path_factory.mktemp("planned") / "planned.db"
    ledger = open_ledger(path)
    coverage = tuple(made_findings(seed) for seed in range(12))
    with ledger.writer() as writer:
        for findings in coverage:
            writer.add(findings, made_statements(findings))
        writer.record_lines((made_line(coverage[:3]), made_line(coverage[4:6])))
    with ledger.view() as view:
        database = _Planned(path, view.database.connection)
        database.plans = []
        view.database = database
        yield view


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(limit=2),
        Filter(limit=2, outlet="Delta Wire"),
        Filter(limit=2, who="tomas-brandt"),
        Filter(limit=2, review=Review.CONFIRMED),
        Filter(limit=2, act=Act.THREAT),
    ],
    ids=lambda wanted: str(wanted.outlet or wanted.who or wanted.review or wanted.act),
)
@pytest.mark.parametrize("name", ["documents", "statements", "figures", "events", "timeline", "review_queue"])
def test_a_page_sorts_nothing(planned: View, name: str, wanted: Filter) -> None:
    database = planned.database
    assert isinstance(database, _Planned)
    read = getattr(planned, name)
    first = read(wanted)
    database.plans.clear()
    read(wanted if first.next is None else replace(wanted, after=first.next))
    large = [plan for plan in database.plans if " FROM record " in plan or " FROM document " in plan]
    assert large
    if name in ("timeline", "review_queue") and (wanted.who or wanted.review):
        large = [plan for plan in large if "TEMP B-TREE" not in plan]  # a speaker's or a reviewer's rows are few
    assert [plan for plan in large if "TEMP B-TREE" in plan or (plan.startswith("SCAN") and "INDEX" not in plan)] == []


def test_the_review_queue_walks_the_least_sure_lines_and_looks_up_each_answer(planned: View) -> None:
    database = planned.database
    assert isinstance(database, _Planned)
    database.plans.clear()
    planned.review_queue(Filter(limit=2))
    lines = [plan for plan in database.plans if " FROM line " in plan and "ORDER BY score" in plan]
    answers = [plan for plan in database.plans if plan.partition(" :: ")[0].split()[1] == "log"]
    assert lines
    assert all("line_doubt" in plan for plan in lines), lines
    assert answers
    assert all("log_subject" in plan for plan in answers), answers


def test_wordings_are_walked_by_what_they_name(planned: View) -> None:
    database = planned.database
    assert isinstance(database, _Planned)
    database.plans.clear()
    planned.wordings(Filter(limit=2))
    walked = [plan for plan in database.plans if " FROM record " in plan]
    assert walked
    assert all("record_thing" in plan and "TEMP B-TREE" not in plan for plan in walked), walked


def test_a_search_walks_the_index_from_its_end(planned: View) -> None:
    database = planned.database
    assert isinstance(database, _Planned)
    database.plans.clear()
    planned.search("warned", Filter(limit=2))
    assert database.plans
    assert [plan for plan in database.plans if "TEMP B-TREE" in plan] == []


@pytest.mark.parametrize("name", ["statements", "conditions", "figures", "events", "wordings"])
def test_the_records_of_one_document_are_found_by_it(planned: View, name: str) -> None:
    database = planned.database
    assert isinstance(database, _Planned)
    document = planned.documents().rows[0].id
    database.plans.clear()
    getattr(planned, name)(Filter(document=document))
    searched = [plan.partition(" :: ")[0] for plan in database.plans if plan.startswith("SEARCH record ")]
    assert searched
    assert all("record_document" in plan for plan in searched), searched
