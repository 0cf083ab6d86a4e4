"""People the lists hold in another spelling than the text prints: "President Holvat" where Kholvat is in office.

A name alone joins nobody. The spelling must be near, and a title beside the name must be the office that the listed
person held then, of a state that the title or the text names. Where no title stands there, the given name must be the
same, and the state be named.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from onrecord.linking.drafts import Draft, tenure_fits
from onrecord.linking.knowledge import Entry, Knowledge, Tenure
from onrecord.linking.names import fold, is_mixed_script, same_person, surname, surnames_alike
from onrecord.records.documents import DateRange

ALIKE = 0.9  # likeness of names; a bound as for spellings of one surname in one text (clusters.py)


def find_listed(draft: Draft, states: Collection[str], published: DateRange, known: Knowledge) -> Entry | None:
    """The one listed office-holder whose name a draft's is a spelling of. states: codes of those the text names."""
    if draft.entry is not None or any(map(is_mixed_script, draft.names)):
        return None
    found = _by_title(draft, states, known) if draft.roles else _by_given_name(draft, states, known)
    fitting = {
        entry.key: entry
        for entry, tenure in found
        if _serves(tenure, published) and _is_alike(draft.full_name, entry.name)
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _by_title(draft: Draft, states: Collection[str], known: Knowledge) -> Iterator[tuple[Entry, Tenure]]:
    for role in draft.roles if not any(role.past for role in draft.roles) else ():
        for of in [role.of] if role.of is not None else states:
            yield from (each for each in _in_office(known).get(of, ()) if tenure_fits(role, each[1]))


def _by_given_name(draft: Draft, states: Collection[str], known: Knowledge) -> Iterator[tuple[Entry, Tenure]]:
    given, _, rest = fold(draft.full_name).partition(" ")
    for of in states if rest else ():
        yield from (each for each in _in_office(known).get(of, ()) if fold(each[0].name).split()[0] == given)


def _serves(tenure: Tenure, published: DateRange) -> bool:
    return not published.is_known or tenure.covers(published.earliest, published.latest)


def _is_alike(printed: str, listed: str) -> bool:
    if " " in printed:
        return same_person(printed, listed).score >= ALIKE
    return surnames_alike(printed, surname(listed)) >= ALIKE


@cache
def _in_office(known: Knowledge) -> Mapping[str, tuple[tuple[Entry, Tenure], ...]]:
    """State's code -> who held an office of it, with each tenure."""
    found: dict[str, list[tuple[Entry, Tenure]]] = {}
    for entry in known.entries:
        for tenure in entry.offices:
            found.setdefault(tenure.of, []).append((entry, tenure))
    return {of: tuple(held) for of, held in found.items()}
