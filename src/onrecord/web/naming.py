"""Whom a reviewer means by a name that was typed: somebody of the article, somebody on record, or somebody new."""

from onrecord.ledger.contract import View
from onrecord.linking.knowledge import entry_key
from onrecord.records.actors import Actor, ActorType
from onrecord.records.rows import Found, LinkRow, StatementRow
from onrecord.web.problems import RequestError

NAMED = {"link": "actor", "statement": "speaker"}  # the field that names somebody, by kind of record
MOST_NAMED = 6  # people named in a question which of them is meant


def name_meant(view: View, found: Found, changed: dict[str, object]) -> dict[str, object]:
    """The corrected fields, with the key and kind of whoever was named.

    Raises RequestError where several people on record have that name.
    """
    name = changed.get(NAMED.get(found.kind, ""))
    if not isinstance(name, str):
        return changed
    meant = _in_article(view, found, name) or _on_record(view, name)
    kind, shown, key = meant or (_kind_before(found), name, "")
    return {**changed, NAMED[found.kind]: shown, "key": key or entry_key(name, kind, None), "type": kind.value}


def names_in_article(view: View, found: Found) -> tuple[str, ...]:
    """Whom the article names, to choose from."""
    return tuple(sorted({actor.name for actor in _actors(view, found)})) if found.kind in NAMED else ()


def _actors(view: View, found: Found) -> tuple[Actor, ...]:
    return view.stored(found.passages[0].document).actors


def _in_article(view: View, found: Found, name: str) -> tuple[ActorType, str, str] | None:
    folded = name.casefold()
    named = {
        (actor.type, actor.name, actor.key)
        for actor in _actors(view, found)
        if folded in {each.casefold() for each in (actor.name, actor.key, *actor.printed)}
    }
    return named.pop() if len(named) == 1 else None


def _on_record(view: View, name: str) -> tuple[ActorType, str, str] | None:
    people = view.who(name)
    if len(people) > 1:
        several = "; ".join(f"{each.name} ({each.key})" for each in people[:MOST_NAMED])
        raise RequestError(422, "several", f"“{name}” can mean {several}. Type the name in full, or what stands in ( )")
    return (people[0].type, people[0].name, people[0].key) if people else None


def _kind_before(found: Found) -> ActorType:
    """The kind of whoever was meant before: a name that nobody on record has is most often another of that kind."""
    record = found.record
    if isinstance(record, LinkRow) and record.actor is not None:
        return record.actor.type
    assert isinstance(record, LinkRow | StatementRow)
    return ActorType.PERSON
