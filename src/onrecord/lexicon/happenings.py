"""An event in our words: what, by whom, to whom and where, as far as the text tells, and how it stands.

Nothing is added: a part that is not linked is left out, and the printed sentence beside it tells the rest.
"""

from collections.abc import Sequence

from onrecord.lexicon.labels import EVENT_REALIS
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.findings import EventRealis
from onrecord.records.rows import EventRow


def tell_event(row: EventRow) -> str:
    """The event as a phrase: "Seizure by Orlia of Sarn", "Talks between Orlia and Vadia (Dole)"."""
    kind = load_lexicon("happenings")["kinds"].get(row.event.kind, {})
    noun = str(kind.get("noun", row.event.kind.replace("_", " ")))
    parties = _between(row) if kind.get("between") else _by_and_of(row, kind.get("by", "by"), kind.get("of", "of"))
    place = tell_place(row)
    return noun[0].upper() + noun[1:] + parties + (f" ({place})" if place and place not in parties else "")


def tell_standing(row: EventRow) -> str:
    """How the event stands and on whose word: "said to have happened, on the word of the ministry", "planned"."""
    whose = _whose_word(row)
    told = EVENT_REALIS[row.event.realis]
    if row.event.realis is EventRealis.ASSERTED:
        lasts = load_lexicon("happenings")["kinds"].get(row.event.kind, {}).get("lasts")
        said = "said" if whose else "reported"
        told = f"{said}{' not' if row.event.negated else ''} {'to be so' if lasts else 'to have happened'}"
    elif row.event.realis is EventRealis.DENIED:
        told = "denied or ruled out"
    elif row.event.negated:
        told = f"{told} not to happen"
    return f"{told}, {whose}" if whose else told


def tell_happening(row: EventRow) -> str:
    """The event and how it stands, as one sentence without its stop."""
    return f"{tell_event(row)}: {tell_standing(row)}"


def tell_place(row: EventRow) -> str:
    """Where it was, as printed; a dateline's capitals as a name."""
    places = (place.strip() for place in row.where.split(" … "))
    return ", ".join(dict.fromkeys(each.title() if each.isupper() and len(each) > 3 else each for each in places))


def _whose_word(row: EventRow) -> str:
    if row.claimant is None:
        return ""
    name = row.claimant.name or "somebody not named"
    return f"on the word of {'the ' + name.removeprefix('The ') if name.startswith('The ') else name}"


def _by_and_of(row: EventRow, by: str, of: str) -> str:
    doers = f" {by} {_list(row.who)}" if row.who else ""
    joint = of if of == ":" else f" {of}"
    return doers + (f"{joint} {_list(row.whom)}" if row.whom else "")


def _between(row: EventRow) -> str:
    parties = tuple(dict.fromkeys((*row.who, *row.whom)))
    if not parties:
        return ""
    return f" between {_list(parties)}" if len(parties) > 1 else f" with {parties[0]}"


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
