"""The commands that look at one thing: a red line, a person, a passage, a supposed event."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.listing import open_view
from onrecord.cli.options import with_filters, with_format, with_ledger

if TYPE_CHECKING:
    from onrecord.ledger import View
    from onrecord.records.redlines import Match
    from onrecord.records.rows import Filter, Found, LineRow, Moment, PersonRow


@click.command()
@click.argument("id", metavar="ID")
@with_format
@with_ledger
def redline(id: str, ledger: Path, form: str) -> None:
    """Show the history of one red line, step by step, with the passages.

    ID is the one `onrecord redlines` prints; its beginning is enough.
    """
    with open_view(ledger) as view:
        _print_line(view, view.line(id), form)


def _print_line(view: "View", row: "LineRow", form: str) -> None:
    from onrecord.cli.history import print_history
    from onrecord.cli.rows import print_json
    from onrecord.export.csv import export_csv
    from onrecord.export.markdown import write_line
    from onrecord.export.tables import STEPS, list_steps
    from onrecord.records.codec import to_json, to_plain

    documents = {id_: view.document(id_) for id_ in row.documents}
    if form == "table":
        print_history(row, documents)
    elif form == "csv":
        export_csv(STEPS, list_steps([row]), sys.stdout)
    elif form == "md":
        sys.stdout.write(write_line(row, documents))
    elif form == "jsonl":
        sys.stdout.write(to_json(row) + "\n")
    else:
        print_json(to_plain(row))


@click.command()
@click.argument("name", metavar="NAME")
@with_filters("since", "until", "limit")
@with_format
@with_ledger
def who(name: str, ledger: Path, form: str, **given: Any) -> None:
    """Show who a name can mean, how it was printed, their offices, red lines and what they said.

    Of a place, a state or a body it is also told who is said to hold it, to have taken it or to recognize it, in order
    of time, and on whose word. Case and accents do not matter, and part of a name is enough.
    """
    from onrecord.cli.door import Exit
    from onrecord.cli.screen import note

    with open_view(ledger) as view:
        people = view.who(name)
        if not people:
            note(f"Nobody on record is called {name!r}. `onrecord statements` lists who speaks.")
            raise click.exceptions.Exit(Exit.NOTHING_FOUND)
        for person in people if form == "table" else ():
            _print_person(view, person, given)
        if form != "table":
            _print_people(view, people, form, given)


def _print_person(view: "View", person: "PersonRow", given: dict[str, Any]) -> None:
    from onrecord.cli.inferred import tell_reasons
    from onrecord.cli.options import form_filter
    from onrecord.cli.rows import print_rows
    from onrecord.cli.screen import one_line, out
    from onrecord.cli.shown import RED_LINES, STATEMENTS, TIMELINE
    from onrecord.export.source import every
    from onrecord.ledger.about import findings_about
    from onrecord.stories.offices import BY_NAME, is_by_name_alone, tell_offices

    facts = [
        person.type.value,
        person.country,
        person.qid,
        f"{person.statements} statements in {person.documents} documents",
    ]
    out().print(f"{one_line(person.name)} · {' · '.join(filter(None, facts))}", style="bold")
    out().print(f"printed as: {', '.join(map(one_line, person.printed))}")
    found = tuple(findings_about(view, person))
    for office in tell_offices(found, person.keys):
        out().print(one_line(f"called: {office}" + (f" ({office.documents})" if office.documents > 1 else "")))
    if is_by_name_alone(found, person.keys):
        out().print(BY_NAME)
    for join in person.joins:
        out().print(one_line(f"with {join.key}: {join.reason} ({join.score:.2f})"))
    for reason in tell_reasons(found, person.keys):
        out().print(one_line(f"told by: {reason}"))
    out().print()
    wanted = form_filter({**given, "who": person.key})
    if print_rows(TIMELINE, list_claims(view, person), "table", given.get("limit")):
        out().print()
    if print_rows(RED_LINES, every(view.lines, wanted), "table", given.get("limit")):
        out().print()
    print_rows(STATEMENTS, every(view.statements, wanted), "table", given.get("limit"))
    out().print()


def list_claims(view: "View", person: "PersonRow") -> "tuple[Moment, ...]":
    """How a place stands over time, as it is told and by whom; nothing of a person."""
    from onrecord.ledger.about import events_about
    from onrecord.records.actors import ActorType
    from onrecord.stories.places import tell_place

    if person.type is ActorType.PERSON:
        return ()
    return tell_place(events_about(view, person), {person.name, *person.printed}, view.text)


def _print_people(view: "View", people: "tuple[PersonRow, ...]", form: str, given: dict[str, Any]) -> None:
    from onrecord.cli.options import form_filter
    from onrecord.cli.rows import print_json, print_rows
    from onrecord.cli.shown import STATEMENTS
    from onrecord.export.source import every

    wanted = [form_filter({**given, "who": person.key}) for person in people]
    if form != "json":
        said = (row for each in wanted for row in every(view.statements, each))
        print_rows(STATEMENTS, said, form, given.get("limit"))
        return
    print_json([_tell_person(view, person, each) for person, each in zip(people, wanted, strict=True)])


def _tell_person(view: "View", person: "PersonRow", wanted: "Filter") -> dict[str, Any]:
    from onrecord.cli.inferred import tell_reasons
    from onrecord.export.source import every
    from onrecord.ledger.about import findings_about
    from onrecord.records.codec import to_plain
    from onrecord.stories.offices import is_by_name_alone, tell_offices

    found = tuple(findings_about(view, person))
    return {
        "person": to_plain(person),
        "offices": [to_plain(held) for held in tell_offices(found, person.keys)],
        "by_name_alone": is_by_name_alone(found, person.keys),
        "told_by": list(tell_reasons(found, person.keys)),
        "standing": [to_plain(moment) for moment in list_claims(view, person)],
        "red_lines": [to_plain(row) for row in every(view.lines, wanted)],
        "statements": [to_plain(row) for row in every(view.statements, wanted)],
    }


@click.command()
@click.argument("id", metavar="ID")
@with_format
@with_ledger
def show(id: str, ledger: Path, form: str) -> None:
    """Show the passage behind a record in its place, its parts marked.

    ID is any id that OnRecord prints: of a statement, condition, figure, event, term, step, red line or document. The
    parts are named in brackets: [source: …] [cue: …] [content: …] [condition: …] [consequence: …]. A document is shown
    whole, and below it the words that differ from other versions of the article.
    """
    from onrecord.cli.rows import print_json
    from onrecord.records.codec import to_json, to_plain

    with open_view(ledger) as view:
        found = view.find(id)
        if form == "json":
            print_json(to_plain(found))
        elif form == "jsonl":
            sys.stdout.write(to_json(found) + "\n")
        elif form == "csv":
            _write_passages(found)
        else:
            print_found(view, found)


def print_found(view: "View", found: "Found") -> None:
    """Print a record's passages in their place; a document whole; a red line with its history."""
    from onrecord.records.rows import LineRow

    if isinstance(found.record, LineRow):
        _print_line(view, found.record, "table")
    elif found.kind == "document":
        _show_document(view, found.id)
    else:
        _show_passages(view, found)


def _write_passages(found: "Found") -> None:
    from onrecord.export.csv import export_csv
    from onrecord.export.tables import PASSAGES

    export_csv(PASSAGES, found.passages, sys.stdout)


def _show_passages(view: "View", found: "Found") -> None:
    from onrecord.cli.passages import around, mark_text, marks_of, passage_marks
    from onrecord.cli.screen import out
    from onrecord.export.tables import write_spans

    for document in dict.fromkeys(passage.document for passage in found.passages):
        text = view.text(document)
        marks = marks_of(found) or passage_marks(found.passages, document)
        here = tuple(span for each in found.passages if each.document == document for span in each.spans)
        out().print(mark_text(text, around(text, marks), marks))
        _print_source(view, document, f"{found.kind} {found.id}, characters {write_spans(here)}")


def _show_document(view: "View", document: str) -> None:
    from onrecord.cli.passages import mark_text, marks_in
    from onrecord.cli.screen import out
    from onrecord.cli.versions import print_versions
    from onrecord.records.spans import Span

    findings = view.findings(document)
    text = findings.document.text
    out().print(mark_text(text, Span(0, len(text)), marks_in(findings)))
    _print_source(view, document, f"{len(text)} characters")
    print_versions(view, findings.document)


def _print_source(view: "View", document: str, place: str) -> None:
    from onrecord.cli.screen import note, one_line, out
    from onrecord.cli.shown import name_outlet
    from onrecord.lexicon.days import describe_when
    from onrecord.records.documents import ANNOTATED

    row = view.document(document)
    when = describe_when(row.published)
    out().print(f"\n{one_line(f'{name_outlet(row.outlet)}, {when.words} ({when.basis}): {row.title}')}", style="dim")
    out().print(f"{place}\n{row.id}\n{one_line(row.path)}\n", style="dim", soft_wrap=True)
    if row.language != ANNOTATED:
        note(f"The text is not in English ({row.language}): it is stored and searchable, and was not annotated.")


@click.command()
@click.argument("text", metavar="TEXT")
@with_format
@with_ledger
def whatif(text: str, ledger: Path, form: str) -> None:
    """Suppose that TEXT happened: which open lines would it cross?

    TEXT is one plain sentence, such as "A toll is imposed in the Ormund Strait". Exits with 3 where no line fits.
    """
    from onrecord.cli.door import Exit
    from onrecord.cli.screen import note

    if not text.strip():
        raise click.BadParameter("needed a sentence, got an empty text", param_hint="TEXT")
    with open_view(ledger) as view:
        lines = view.all_lines()
    matches = find_matches(text, lines)
    print_matches(matches, form)
    if not matches:
        note(f"None of the {len(lines)} lines on record would be crossed by this.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)


def find_matches(text: str, lines: Any) -> "tuple[Match, ...]":
    """The open lines that a supposed event would meet, best first."""
    from onrecord.encoder import load_encoder
    from onrecord.redlines.whatif import match_event

    return match_event(text, lines, load_encoder()) if lines else ()


def print_matches(matches: "tuple[Match, ...]", form: str) -> None:
    """Print what-if answers: the line, why it fits, and its passages."""
    from onrecord.cli.history import print_match
    from onrecord.cli.rows import print_rows
    from onrecord.cli.shown import MATCHES

    if form != "table":
        print_rows(MATCHES, matches, form)
        return
    for match in matches:
        print_match(match)
