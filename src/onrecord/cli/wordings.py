"""The command that compares words: which outlet calls a thing what, and who "says" where others "claim"."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import with_copies, with_filters, with_format, with_ledger
from onrecord.records.rows import WordingRow

if TYPE_CHECKING:
    from onrecord.ledger import View

UNDATED = "9999"  # stands after every day
VERB = "attribution_verb"  # the thing of a word that hands words to someone; see annotation/wordings.py


Carrying = tuple[str, ...]  # names of outlets that print the same text, in alphabetical order


@dataclass(frozen=True, slots=True)
class Usage:
    """A term as one outlet, and all that print its text, use it in one voice. times: how often; row: the first use."""

    thing: str
    term: str
    row: WordingRow
    times: int


@dataclass(frozen=True, slots=True)
class Verbs:
    """The words with which one outlet hands words to one speaker, most frequent first."""

    row: WordingRow
    verbs: tuple[tuple[str, int], ...]


@click.command()
@click.option("--verbs", is_flag=True, help='Instead: who "says" and who "claims", by speaker and outlet.')
@with_copies
@with_filters("thing", "outlet", "since", "until", "document", "limit")
@with_format
@with_ledger
def wording(ledger: Path, form: str, verbs: bool, copies: bool, **given: Any) -> None:
    """Compare the terms that outlets use for the same thing, and in whose voice.

    A table counts each term by outlet and voice, terms held at a distance first, and leaves out what everyone names
    alike; the other formats give every use. Articles that carry one text, such as an agency's, count once, with all
    who carry it. No outlet is scored: these are words with the place where they stand.
    """
    from onrecord.cli.door import Exit
    from onrecord.cli.listing import open_view
    from onrecord.cli.options import form_filter
    from onrecord.cli.rows import print_rows
    from onrecord.cli.screen import note
    from onrecord.cli.shown import WORDING
    from onrecord.export.source import every
    from onrecord.stories.copies import join_copies

    limit = given.get("limit")
    with open_view(ledger) as view:
        used = [row for row in every(view.wordings, form_filter(given)) if (row.wording.thing == VERB) == verbs]
        rows = used if copies else list(join_copies(in_time(used), view.text))
        counted = form in ("table", "md")
        number = print_wordings(rows, limit, form) if counted else print_rows(WORDING, rows, form, limit)
        if number and form == "table":
            note(tell_base(view, given))
    if not number:
        note("No terms on record meet this.")
        raise click.exceptions.Exit(Exit.NOTHING_FOUND)


MOST_NAMED = 500  # articles up to which the base is told by outlet


def tell_base(view: "View", given: dict[str, Any]) -> str:
    """Among how many articles the terms were counted, and of which outlets."""
    from onrecord.cli.options import form_filter
    from onrecord.export.source import every
    from onrecord.lexicon.labels import NO_OUTLET

    total = view.counts().documents
    if total > MOST_NAMED:
        return f"Counted in the articles that meet this, of {total:,} on record."
    wanted = form_filter({**given, "thing": None, "limit": None})
    outlets = Counter(row.outlet.name or NO_OUTLET for row in every(view.documents, wanted))
    listed = sorted(outlets.items(), key=lambda each: (-each[1], each[0]))
    told = ", ".join(f"{name} {number}" for name, number in listed)
    return f"Articles read: {outlets.total()} ({told})."


def in_time(rows: Iterable[WordingRow]) -> list[WordingRow]:
    """The rows in order of publication, in which the copies of one text stand near; undated ones last."""
    return sorted(rows, key=lambda row: (str(row.published.latest or UNDATED), row.document))


def print_wordings(rows: Iterable[WordingRow], limit: int | None = None, form: str = "table") -> int:
    """Print terms, or verbs, counted; returns how many rows there were."""
    from onrecord.cli.rows import print_rows
    from onrecord.cli.shown import USAGES, VERBS

    listed = tuple(rows)
    terms, verbs = group_terms(listed), group_verbs(listed)
    return print_rows(VERBS, verbs, form, limit) if verbs else print_rows(USAGES, terms, form, limit)


def list_terms(view: "View") -> Iterator[WordingRow]:
    """Every use of a term on record, verbs of attribution left out."""
    from onrecord.export.source import every

    return (row for row in every(view.wordings) if row.wording.thing != VERB)


def group_terms(rows: Iterable[WordingRow]) -> tuple[Usage, ...]:
    """Uses of the same term in the same voice of the same outlets as one, terms held at a distance first.

    A thing that everyone names alike is left out: there is nothing to compare.
    """
    uses: dict[tuple[Any, ...], list[WordingRow]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wording = row.wording
        if wording.thing != VERB:
            voice = (_voice(row), wording.quoted)
            uses[(wording.thing, wording.term, *_outlets(row), voice, wording.distanced)].append(row)
            names[wording.thing].add(_singular(wording.term))
    grouped = [
        Usage(thing, term, found[0], len(found))
        for (thing, term, _, _, _, distanced), found in uses.items()
        if distanced or len(names[thing]) > 1
    ]
    return tuple(sorted(grouped, key=lambda use: (use.row.wording.distanced is None, use.thing, use.term)))


def _singular(term: str) -> str:
    """A plural is not another name."""
    folded = term.casefold()
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded


def group_verbs(rows: Iterable[WordingRow]) -> tuple[Verbs, ...]:
    """The verbs of each speaker in each outlet, those with most uses first."""
    counts: dict[tuple[str | None, str | None, Carrying], Counter[str]] = defaultdict(Counter)
    first: dict[tuple[str | None, str | None, Carrying], WordingRow] = {}
    for row in rows:
        if row.wording.thing == VERB:
            key = (_voice(row), *_outlets(row))
            counts[key][row.wording.term] += 1
            first.setdefault(key, row)
    ordered = sorted(counts, key=lambda key: (-counts[key].total(), key[0] or "", key[1] or "", key[2]))
    return tuple(Verbs(first[key], tuple(counts[key].most_common())) for key in ordered)


def _outlets(row: WordingRow) -> tuple[str | None, Carrying]:
    """Who uses it, and who else prints the same text."""
    return row.outlet.name, tuple(sorted({each.outlet.name or "" for each in row.carriers}))


def _voice(row: WordingRow) -> str | None:
    """Whose word it is: None for the outlet's own."""
    return (row.claimant.name or "not linked") if row.claimant else None
