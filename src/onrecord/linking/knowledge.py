"""What is known of states, bodies, outlets, places and people in office: the shipped lists and a user's own.

A user's file has the sections of lexicon/states.yml, bodies.yml and people.yml (any of them) and is added to ours; an
entry of the same name and kind replaces ours; one that means ours by its Wikidata id or ISO code, under another name,
extends it. A wrong file is refused whole, with its line and field.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from onrecord.errors import LexiconError
from onrecord.lexicon.loader import load_lexicon
from onrecord.linking.agreeing import QID, extend, find_fault, find_meant, index_shipped
from onrecord.linking.names import fold, surname
from onrecord.records.actors import ActorType


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office with its holder's days in it, both ends included; None where open or not known.

    office: its kind (`head_of_state`); of: a state's ISO code or a body's name.
    """

    office: str
    title: str
    of: str
    since: date | None = None
    until: date | None = None

    def covers(self, first: date | None, last: date | None) -> bool:
        """Whether the office was held on some day between the two; open ends of the question count as covered."""
        begun = self.since is None or last is None or self.since <= last
        return begun and (self.until is None or first is None or first <= self.until)


@dataclass(frozen=True, slots=True)
class Entry:
    """One known actor. key: its Wikidata id where known, else folded name and type."""

    name: str
    type: ActorType
    key: str
    country: str | None = None
    qid: str | None = None
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    offices: tuple[Tenure, ...] = ()
    stands_for: str | None = None  # seats: the state's code or the body's name whose words these are
    unsure: tuple[str, ...] = ()  # forms that often mean something else
    capitals: tuple[str, ...] = ()  # states: cities that stand for them when they speak
    demonyms: tuple[str, ...] = ()  # states: adjectives and peoples

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its other spellings; one that begins with "the" is found without it as well."""
        bare = (alias.removeprefix("the ") for alias in self.aliases if alias.startswith("the "))
        return tuple(dict.fromkeys((self.name, *self.aliases, *bare)))


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """The known actors by what is printed of them. Compared by identity: it is loaded once and large.

    known_until: last day on which the list of offices was complete. added: digits that tell the user's list from
    another; None where there is none.
    """

    entries: tuple[Entry, ...]
    known_until: date | None = None
    by_name: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)  # folded
    by_surname: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)  # folded last word of a person's name
    states: Mapping[str, Entry] = field(default_factory=dict)  # ISO code
    demonyms: Mapping[str, str] = field(default_factory=dict)  # "russian", "russians" -> RU
    seats: Mapping[str, str] = field(default_factory=dict)  # folded name of a capital or seat -> code or body's name
    ministries: Mapping[str, str] = field(default_factory=dict)  # folded "ministry of defence" -> "Defence Ministry"
    posts: Mapping[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict)  # (office, of) -> its holders
    added: str | None = None

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries of that name or spelling."""
        return self.by_name.get(fold(name), ())

    def holders(self, office: str, of: str, first: date | None, last: date | None) -> tuple[Entry, ...]:
        """Who held the office of that state or body on some day between the two."""
        found = self.posts.get((office, of), ())
        return tuple(entry for entry in found if _held(entry, office, of, first, last))

    def surface_types(self) -> Mapping[str, ActorType]:
        """Every printed name with its type, for annotation.mentions; a capital is a place until it speaks."""
        capitals = {city: ActorType.PLACE for entry in self.entries for city in entry.capitals}
        return capitals | {name: entry.type for entry in self.entries for name in entry.names}


def _held(entry: Entry, office: str, of: str, first: date | None, last: date | None) -> bool:
    return any(tenure.covers(first, last) for tenure in entry.offices if tenure.office == office and tenure.of == of)


def entry_key(name: str, kind: ActorType, qid: str | None) -> str:
    """How an actor is recognised across documents."""
    return qid or f"{fold(name)}|{kind.value}"


def load_knowledge(extra: Path | None = None) -> Knowledge:
    """The shipped lists, with the user's file added. Cached until the file is another.

    Raises LexiconError naming file, line and field where the user's file is wrong.
    """
    return _load(extra, _read_text(extra) if extra else "")


@lru_cache(maxsize=4)
def _load(extra: Path | None, text: str) -> Knowledge:
    states, bodies, people = load_lexicon("states"), load_lexicon("bodies"), load_lexicon("people")
    placed = list(_read_entries({**states, **bodies, **people}, _Lines("the shipped lists", {})))
    placed += _regions(bodies["regions"])
    added: list[_Placed] = []
    digits = None
    if extra is not None:
        sections, lines = _parse(extra, text)
        added = list(_read_entries(sections, lines))
        _check_doubles(added, lines)
        digits = _hash_sections(sections)
        placed = _add_entries(placed, added)
    entries = tuple(each.entry for each in placed)
    known = replace(_index(entries, bodies["ministries"], people["known_until"]), added=digits)
    _check_seats(placed, known)
    _check_countries(added, known)
    return known


def _add_entries(shipped: "list[_Placed]", added: "list[_Placed]") -> "list[_Placed]":
    """The shipped entries and the user's: of one name and kind the user's alone, of one id or code both as one.

    Raises LexiconError where an entry contradicts a shipped one.
    """
    held = index_shipped(each.entry for each in shipped)
    taken = {(fold(each.entry.name), each.entry.type) for each in added}
    joined = []
    for each in added:
        fault = find_fault(each.entry, held)
        if fault is not None:
            raise each.lines.error(each.section, each.number, fault)
        meant = find_meant(each.entry, held)
        if meant is not None and fold(meant.name) != fold(each.entry.name):
            taken.add((fold(meant.name), meant.type))
            joined.append(replace(each, entry=extend(meant, each.entry)))
        else:
            joined.append(each)
    return [each for each in shipped if (fold(each.entry.name), each.entry.type) not in taken] + joined


def _hash_sections(sections: Mapping[str, Any]) -> str:
    """The first digits of a hash over the user's entries; comments and the order of fields make no difference."""
    listed = {section: sections[section] for section in _FIELDS if sections.get(section)}
    return sha256(json.dumps(listed, sort_keys=True, default=str).encode("utf-8")).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class _Placed:
    """An entry with its place in its file."""

    entry: Entry
    section: str
    number: int
    lines: "_Lines"


class _Lines:
    """Where each entry of a file stands, for messages."""

    def __init__(self, file: str, lines: Mapping[tuple[str, int], int]) -> None:
        self._file = file
        self._lines = lines

    def error(self, section: str, number: int, wrong: str) -> LexiconError:
        line = self._lines.get((section, number))
        where = f"{self._file}, line {line}" if line else f"{self._file}, {section}[{number}]"
        return LexiconError(f"{where}: {wrong}")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise LexiconError(f"needed a readable file of actors at {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path} is not YAML: {error}") from error


def _parse(path: Path, text: str) -> tuple[Mapping[str, Any], _Lines]:
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        _check_fields(tree, str(path))
        sections = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise LexiconError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(sections, dict) or not isinstance(tree, yaml.MappingNode):
        raise LexiconError(f"{path}, line 1: needed sections such as `people:`, got {_kind_of(sections)}")
    lines = _Lines(str(path), _line_numbers(tree))
    for name in sections:
        if name not in _FIELDS and name != "version":
            raise lines.error(str(name), _SECTION, f"no such section: {name!r}; there are {', '.join(_FIELDS)}")
    return sections, lines


def _check_fields(tree: yaml.Node | None, file: str) -> None:
    """Raise LexiconError for a field given twice, whose first value YAML would drop, and for a day of no calendar."""
    nodes, seen = [tree], set[int]()
    while nodes:
        node = nodes.pop()
        if id(node) in seen or not isinstance(node, yaml.CollectionNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            nodes += node.value
            continue
        given: set[str] = set()
        for key, value in node.value:
            where = f"{file}, line {key.start_mark.line + 1}: field {key.value}"
            if str(key.value) in given:
                raise LexiconError(f"{where}: given twice")
            given.add(str(key.value))
            if value.tag == "tag:yaml.org,2002:timestamp" and not _is_day(value):
                raise LexiconError(f"{where}: no calendar has a day {value.value}")
            nodes.append(value)


def _is_day(node: yaml.ScalarNode) -> bool:
    try:
        yaml.constructor.SafeConstructor().construct_yaml_timestamp(node)
    except ValueError:
        return False
    return True


_SECTION = -1  # the number under which a section's own line is kept


def _line_numbers(tree: yaml.MappingNode) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for key, value in tree.value:
        found[(str(key.value), _SECTION)] = key.start_mark.line + 1
        items = value.value if isinstance(value, yaml.SequenceNode) else []
        found |= {(str(key.value), item): node.start_mark.line + 1 for item, node in enumerate(items)}
    return found


_FIELDS: Mapping[str, frozenset[str]] = {
    "states": frozenset(("iso", "iso3", "qid", "name", "aliases", "seats", "adjectives", "people", "unsure")),
    "bodies": frozenset(("name", "qid", "country", "aliases", "adjectives", "unsure")),
    "seats": frozenset(("name", "qid", "aliases", "stands_for", "unsure")),
    "outlets": frozenset(("name", "qid", "country", "aliases", "agency", "unsure")),
    "places": frozenset(("name", "qid", "country", "aliases", "unsure")),
    "blocs": frozenset(("name", "qid", "aliases", "unsure")),
    "people": frozenset(("name", "qid", "country", "gender", "aliases", "offices", "unsure")),
}
_KINDS = {
    "states": ActorType.STATE,
    "bodies": ActorType.BODY,
    "seats": ActorType.BODY,
    "outlets": ActorType.OUTLET,
    "places": ActorType.PLACE,
    "blocs": ActorType.GROUP,
    "people": ActorType.PERSON,
}


def _read_entries(sections: Mapping[str, Any], lines: _Lines) -> Iterator[_Placed]:
    for section in _FIELDS:
        for number, raw in enumerate(_listed(sections, section, lines)):
            yield _Placed(_read_entry(section, number, raw, lines), section, number, lines)


def _regions(regions: Mapping[str, list[str]]) -> Iterator[_Placed]:
    for country, names in regions.items():
        for number, name in enumerate(names):
            yield _Placed(_plain(name, ActorType.PLACE, {"country": country}), "regions", number, _Lines("regions", {}))


def _listed(sections: Mapping[str, Any], section: str, lines: _Lines) -> list[Any]:
    listed = sections.get(section) or []
    if not isinstance(listed, list):
        raise lines.error(section, _SECTION, f"section {section}: needed a list, got {_kind_of(listed)}")
    return listed


def _kind_of(value: object) -> str:
    """What stands in a file, in its writer's words."""
    kinds = {type(None): "nothing", list: "a list", dict: "fields", str: "words", bool: "yes or no"}
    return kinds.get(type(value), "a number")


def _read_entry(section: str, number: int, raw: Any, lines: _Lines) -> Entry:
    if not isinstance(raw, dict):
        raise lines.error(section, number, f"needed fields such as `name:`, got {_kind_of(raw)}")
    for name in raw:
        if name not in _FIELDS[section]:
            known = ", ".join(sorted(_FIELDS[section]))
            raise lines.error(section, number, f"field {name}: not known in {section}; there are {known}")
    if not isinstance(raw.get("name"), str) or not raw["name"].strip():
        raise lines.error(section, number, "field name: needed a name in words")
    for name, value in raw.items():
        if name in _LISTS and not _is_list_of_text(value):
            raise lines.error(section, number, f"field {name}: needed a list of names, got {value!r}")
    if raw.get("qid") is not None and not (isinstance(raw["qid"], str) and QID.fullmatch(raw["qid"])):
        raise lines.error(section, number, f"field qid: needed a Wikidata id such as Q64, got {raw['qid']!r}")
    if section == "states" and not (isinstance(raw.get("iso"), str) and len(raw["iso"]) == 2):
        raise lines.error(section, number, f"field iso: needed a two-letter code, got {raw.get('iso')!r}")
    if raw.get("gender") not in (None, "male", "female"):
        raise lines.error(section, number, f"field gender: needed male or female, got {raw['gender']!r}")
    if section == "seats" and not isinstance(raw.get("stands_for"), str):
        raise lines.error(section, number, "field stands_for: needed a state's code or a body's name")
    entry = _plain(raw["name"], _KINDS[section], raw)
    return replace(entry, offices=tuple(_tenure(each, section, number, lines) for each in raw.get("offices") or ()))


_LISTS = ("aliases", "adjectives", "people", "seats", "unsure")


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _plain(name: str, kind: ActorType, raw: Mapping[str, Any]) -> Entry:
    return Entry(
        name,
        kind,
        entry_key(name, kind, raw.get("qid")),
        country=raw.get("country") or raw.get("iso"),
        qid=raw.get("qid"),
        aliases=tuple(raw.get("aliases") or ()),
        gender=raw.get("gender"),
        stands_for=raw.get("stands_for"),
        unsure=tuple(raw.get("unsure") or ()),
        capitals=tuple(raw.get("seats") or ()),
        demonyms=(*(raw.get("adjectives") or ()), *(raw.get("people") or ())),
    )


_OF_OFFICES = frozenset(("office", "title", "of", "since", "until"))


def _tenure(raw: Any, section: str, number: int, lines: _Lines) -> Tenure:
    if not isinstance(raw, dict) or not all(isinstance(raw.get(name), str) for name in ("office", "title", "of")):
        raise lines.error(section, number, "field offices: each needs office, title and of")
    days = [raw.get(name) for name in ("since", "until")]
    for name, day in zip(("since", "until"), days, strict=True):
        if day is not None and not isinstance(day, date):
            raise lines.error(section, number, f"field offices.{name}: needed a day such as 2019-05-20, got {day!r}")
    if days[0] and days[1] and days[0] > days[1]:
        raise lines.error(section, number, f"field offices: since {days[0]} lies after until {days[1]}")
    for name in raw:
        if name not in _OF_OFFICES:
            known = ", ".join(sorted(_OF_OFFICES))
            raise lines.error(section, number, f"field offices.{name}: not known; there are {known}")
    return Tenure(raw["office"], raw["title"], raw["of"], *days)


def _check_doubles(added: list[_Placed], lines: _Lines) -> None:
    seen: dict[tuple[str, ActorType], _Placed] = {}
    ids: dict[str, _Placed] = {}
    for each in added:
        first = ids.setdefault(each.entry.qid or "", each) if each.entry.qid else each
        if first is not each:
            wrong = f"field qid: {each.entry.qid} already belongs to {first.entry.name!r}"
            raise lines.error(each.section, each.number, wrong)
        for name in each.entry.names:
            other = seen.setdefault((fold(name), each.entry.type), each)
            if other is not each:
                raise lines.error(each.section, each.number, f"field name: {name!r} already means {other.entry.name!r}")
    _check_states([each for each in added if each.entry.type is ActorType.STATE], lines)


def _check_states(states: list[_Placed], lines: _Lines) -> None:
    """Two states share no code, no capital and no people's name: whose words are meant could not be told."""
    held: dict[tuple[str, str], str] = {}
    for each in states:
        fields = {"iso": [each.entry.country or ""], "seats": each.entry.capitals, "adjectives": each.entry.demonyms}
        for field_name, values in fields.items():
            for value in values:
                owner = held.setdefault((field_name, fold(value)), each.entry.name)
                if owner != each.entry.name:
                    wrong = f"field {field_name}: {value!r} already belongs to {owner!r}"
                    raise lines.error(each.section, each.number, wrong)


def _check_countries(added: list[_Placed], known: Knowledge) -> None:
    """A country is a state's code, of the shipped lists or of the file."""
    for each in added:
        code = each.entry.country
        if code is not None and code not in known.states:
            raise each.lines.error(each.section, each.number, f"field country: no state has the code {code!r}")


def _check_seats(placed: list[_Placed], known: Knowledge) -> None:
    """Every seat must lead to a state or a body; unknown ends and circles are refused."""
    for each in placed:
        at, passed = each.entry.stands_for, {fold(each.entry.name)}
        while at is not None and fold(at) in known.seats and at not in known.states:
            if fold(at) in passed:
                wrong = f"field stands_for: {each.entry.name!r} stands for itself in a circle"
                raise each.lines.error(each.section, each.number, wrong)
            passed.add(fold(at))
            at = known.seats[fold(at)]
        if at is not None and at not in known.states and not known.named(at):
            raise each.lines.error(each.section, each.number, f"field stands_for: nothing is known as {at!r}")


def _index(entries: tuple[Entry, ...], ministries: Mapping[str, list[str]], known_until: date | None) -> Knowledge:
    by_name: dict[str, list[Entry]] = {}
    by_surname: dict[str, list[Entry]] = {}
    posts: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for key in dict.fromkeys(fold(name) for name in entry.names):
            by_name.setdefault(key, []).append(entry)
        if entry.type is ActorType.PERSON:
            for key in dict.fromkeys(key for name in entry.names for key in _surnames(name, entry.country)):
                by_surname.setdefault(key, []).append(entry)
        for post in dict.fromkeys((tenure.office, tenure.of) for tenure in entry.offices):
            posts.setdefault(post, []).append(entry)
    return Knowledge(
        entries,
        known_until,
        {key: tuple(found) for key, found in by_name.items()},
        {key: tuple(found) for key, found in by_surname.items()},
        {entry.country: entry for entry in entries if entry.type is ActorType.STATE and entry.country},
        _demonyms(entries),
        _seats(entries),
        {fold(form): name for name, forms in ministries.items() for form in forms},
        {key: tuple(found) for key, found in posts.items()},
    )


_SURNAME_FIRST = frozenset(("CN", "KR", "KP", "VN", "TW", "JP", "HU"))  # the last two are printed both ways


def _surnames(name: str, country: str | None) -> tuple[str, ...]:
    """The word by which a person is named alone; both ends where the country's order puts the surname first."""
    last = surname(name)
    return (fold(name).split()[0], last) if country in _SURNAME_FIRST else (last,)


def _demonyms(entries: tuple[Entry, ...]) -> Mapping[str, str]:
    return {form.lower(): entry.country for entry in entries if entry.country for form in entry.demonyms}


def _seats(entries: tuple[Entry, ...]) -> Mapping[str, str]:
    """Folded names of capitals and seats, with the state or body whose words are laid to them."""
    capitals = {fold(name): entry.country for entry in entries if entry.country for name in entry.capitals}
    seats = {fold(name): entry.stands_for for entry in entries if entry.stands_for for name in entry.names}
    return capitals | seats
