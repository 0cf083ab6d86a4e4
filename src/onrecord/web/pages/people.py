"""Who speaks and acts: the list, and one person's page with their lines and statements."""

from dataclasses import dataclass, replace

from onrecord.errors import LedgerError
from onrecord.ledger.about import events_about, findings_about
from onrecord.ledger.contract import View
from onrecord.records.actors import ActorType
from onrecord.records.rows import Filter, Moment, PersonRow
from onrecord.stories.offices import BY_NAME, Held, is_by_name_alone, tell_offices
from onrecord.stories.places import tell_place
from onrecord.web.asking import Wanted
from onrecord.web.pages.links import LinkShown, answered
from onrecord.web.pages.moments import MomentShown, show_moment
from onrecord.web.pages.statements import STATEMENT_COLUMNS, statement_rows
from onrecord.web.render import Row
from onrecord.web.sheets import Sheet
from onrecord.web.shown import LineShown, StatementShown, show_line, show_statement


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person, state, body or group. printed: forms of the name. joined: other keys taken for it, and why."""

    key: str
    name: str
    type: str
    country: str | None
    qid: str | None
    printed: tuple[str, ...]
    statements: int
    documents: int
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """People, those with most statements first."""

    people: tuple[PersonShown, ...]
    next: str | None


def people_page(view: View, wanted: Wanted) -> PeoplePage:
    """Who can speak or act in the coverage."""
    found = view.people(wanted)
    return PeoplePage(tuple(show_person(row) for row in found.rows), found.next)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One actor with their red lines and statements. links: words taken to mean them, as reviewers answered.

    offices: what documents call them, each with how many do. doubt: that only the name joins them.
    standing: of a place, who is said to hold or recognize it.
    """

    person: PersonShown
    offices: tuple[str, ...]
    doubt: str
    standing: tuple[MomentShown, ...]
    lines: tuple[LineShown, ...]
    statements: tuple[StatementShown, ...]
    links: tuple[LinkShown, ...]
    next: str | None


def person_page(view: View, key: str, wanted: Wanted) -> PersonPage:
    """One actor by key or by whole name."""
    row = find_person(view, key)
    statements = view.statements(replace(wanted, who=row.key))
    found = tuple(findings_about(view, row))
    return PersonPage(
        show_person(row),
        tuple(map(_office, tell_offices(found, row.keys))),
        BY_NAME if is_by_name_alone(found, row.keys) else "",
        tuple(map(show_moment, _claims(view, row))),
        tuple(show_line(line) for line in view.lines(Filter(who=row.key)).rows),
        tuple(show_statement(statement) for statement in statements.rows),
        answered(view.judged_links(row.key)),
        statements.next,
    )


def _claims(view: View, row: PersonRow) -> tuple[Moment, ...]:
    if row.type is ActorType.PERSON:
        return ()
    return tell_place(events_about(view, row), {row.name, *row.printed}, view.text)


def _office(held: Held) -> str:
    return f"{held} in {held.documents} articles" if held.documents > 1 else str(held)


def find_person(view: View, key: str) -> PersonRow:
    """The one actor whom a key or name means. Raises LedgerError where it is none, or not one alone."""
    found = view.who(key)
    exact = [row for row in found if row.key == key]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise LedgerError(f"nobody on record is called {key!r}", code="unknown_record")
    raise LedgerError(f"{key!r} can mean {', '.join(row.name for row in found[:5])}", code="ambiguous")


def show_person(row: PersonRow) -> PersonShown:
    """A person as shown."""
    joined = tuple(f"{join.key}: {join.reason}" for join in row.joins)
    return PersonShown(
        row.key, row.name, row.type, row.country, row.qid, row.printed, row.statements, row.documents, joined
    )


PEOPLE_COLUMNS = ("key", "name", "type", "country", "qid", "printed", "statements", "documents")


def _people_rows(page: PeoplePage) -> list[Row]:
    return [
        (
            person.key,
            person.name,
            person.type,
            person.country,
            person.qid,
            "; ".join(person.printed),
            person.statements,
            person.documents,
        )
        for person in page.people
    ]


def _statement_rows(page: PersonPage) -> list[Row]:
    return statement_rows(page.statements)


PEOPLE = Sheet(
    "people", "/people", "people.html", PeoplePage, people_page, PEOPLE_COLUMNS, _people_rows, "people",
    "Who speaks and acts",
)  # fmt: skip
PERSON = Sheet(
    "person", "/people/{key:path}", "person.html", PersonPage, person_page, STATEMENT_COLUMNS, _statement_rows,
    "people", "One actor with their lines and statements",
)  # fmt: skip
