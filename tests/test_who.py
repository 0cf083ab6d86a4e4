"""Who is who over a growing ledger: what another day changes is found by its kin, and is what all documents tell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.linking.joining import may_be_spellings
from onrecord.linking.knowledge import entry_key
from onrecord.linking.names import (
    LIKENESS,
    skeletons,
    sounding_marks,
    spelling_marks,
    spelling_marks_sought,
    surname,
    surnames_alike,
)
from onrecord.linking.settling import CAPITAL_OF, INFERRED_STATE, SPEAKS
from onrecord.records.actors import Actor, ActorType, LinkBasis, Office
from onrecord.records.documents import Document, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Findings, Speaker
from onrecord.records.workings import Kept
from onrecord.redlines.people import tell_sides
from onrecord.who import Known, Meeting, Roll, Told, Who, keep_groups, tell, who_is_who

WORDS = st.text("abcdefghijklmnoprstuvxyzšž", min_size=1, max_size=14)


@given(WORDS, st.lists(st.tuples(st.integers(0, 20), st.sampled_from("abehikloprstuv")), max_size=3))
def test_words_that_sound_alike_share_a_mark(word: str, changes: list[tuple[int, str]]) -> None:
    other = word
    for place, letter in changes:
        other = other[:place] + letter + other[place + len(letter) * (place % 2) :]
    if surnames_alike(word, other) >= LIKENESS:
        assert sounding_marks(word) & sounding_marks(other)


GIVEN = ("Ana", "Anna", "A.", "Aleksandr", "Alexander", "Oleksandr", "Ilva", "Jon", "John", "J.", "Jean-Luc")
LAST = ("Bek", "Beck", "Bekk", "Zelensky", "Zelenskyi", "Selenskyj", "Kovalenko", "Kovalchuk", "Orr", "Bek Jr.")
FULL = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(LAST))


@given(FULL, FULL)
def test_spellings_of_one_name_share_a_mark(one: str, other: str) -> None:
    if may_be_spellings(one, other) and skeletons(surname(one)) & skeletons(surname(other)):
        assert spelling_marks_sought(one) & spelling_marks(other)
        assert spelling_marks_sought(other) & spelling_marks(one)


# A growing ledger

PEOPLE = ("Ana Bek", "Anna Bek", "A. Bek", "Jon Bek", "Bek", "Beck", "Ana Beck", "Orr", "Jon Orr", "Ilva Orr", "Orlia")
LANDS = ("Orlia", "Orlian", "Orlians", "Tarn", "Tarnia", "Tarnian", "Bek", "Beckia")
TITLES = ("foreign minister", "minister", "president", "mayor")


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """Somebody or something with one of a few names, so that many documents tell of the same."""
    kinds = [*ActorType, *[ActorType.PERSON] * 4, ActorType.UNKNOWN, ActorType.STATE]
    kind = draw(st.sampled_from(kinds))
    person = kind is ActorType.PERSON
    name = draw(st.sampled_from(PEOPLE if person else LANDS))
    listed = st.builds(Office, st.sampled_from(TITLES), st.sampled_from([None, *LANDS]))
    offices = tuple(draw(st.lists(listed, max_size=2))) if person else ()
    flags = draw(st.sets(st.sampled_from([SPEAKS, INFERRED_STATE, "gender:male", f"{CAPITAL_OF}tarnia"]), max_size=2))
    country = draw(st.sampled_from([None, None, "OR", "TA"]))
    known = draw(st.sampled_from([None] * 6 + ["Q1", "Q2"]))
    key = known or entry_key(name, kind, None)
    return Actor("", name, kind, key, country, offices=offices, flags=tuple(sorted(flags)))


@st.composite
def documents(draw: st.DrawFn) -> Findings:
    """A document that names some actors, some of whom speak for others of them."""
    held = tuple(replace(each, id=f"a{n}") for n, each in enumerate(draw(st.lists(actors(), min_size=1, max_size=4))))
    ids = st.sampled_from([each.id for each in held])
    spoken = tuple(said(*pair, n) for n, pair in enumerate(draw(st.lists(st.tuples(ids, st.none() | ids), max_size=2))))
    text = f"{draw(st.integers(0, 10**9))}"
    return Findings(Document(hash_text(text), "x", "", text), actors=held, attributions=spoken)


def said(speaker: str, side: str | None, number: int) -> Attribution:
    who = Speaker(speaker, speaker, LinkBasis.NAME, on_behalf_of=side)
    return Attribution(f"t{number}", (), (), (), Directness.INDIRECT, who, next(iter(Act)), None, None, 1.0, "test")


@dataclass
class Shelf:
    """What a ledger keeps of who is who, and its documents."""

    kept: dict[str, Kept] = field(default_factory=dict)
    held: dict[str, Findings] = field(default_factory=dict)

    def families_under(self, clues: Any) -> Mapping[str, frozenset[str]]:
        under = {clue: frozenset(id for id, each in self.kept.items() if clue in each.clues) for clue in clues}
        return {clue: ids for clue, ids in under.items() if ids}

    def families(self, ids: Any) -> Mapping[str, str]:
        return {id: self.kept[id].body for id in ids}

    def whole(self) -> tuple[Told, Who]:
        """What all documents tell, and who is who by it."""
        told = tell(self.held.values())
        who = who_is_who(told)
        told.sides.update(pair for found in self.held.values() for pair in tell_sides(who.settle(found)))
        return told, who

    def relate(self, come: Sequence[Findings], gone: Sequence[Findings]) -> tuple[Meeting, frozenset[str]]:
        """Let documents come and go, as a day does; the meeting, and who now speaks for others."""
        for found in gone:
            del self.held[found.document.id]
        meeting = Meeting(self, tell(come), tell(gone))
        changed = {key for key in meeting.met if meeting.old.of(key) != meeting.new.of(key)}
        renamed = [found for found in self.held.values() if changed & {actor.key for actor in found.actors}]
        sides = Counter(pair for found in (*come, *renamed) for pair in tell_sides(meeting.new.settle(found)))
        sides.subtract(pair for found in (*gone, *renamed) for pair in tell_sides(meeting.old.settle(found)))
        turned = meeting.count_sides(sides)
        self.held |= {found.document.id: found for found in come}
        for id in meeting.regrouped:
            self.kept.pop(id, None)
        self.kept |= keep_groups(meeting.new.roll.fresh.values())
        return meeting, turned


def all_of(who: Who, told: Told) -> dict[str, tuple[Any, ...]]:
    """All that is worked out for each key."""
    joins = {join.key: join for join in who.joins}
    sides = who.cast(told.sides).sides
    found = {}
    for key in told.people():
        root = who.joined.get(key, key)
        first = who.unified.get(root, root)
        found[key] = (
            joins.get(key),
            (root, who.sides.get(root), who.unified.get(root)),
            who.names.get(root),
            who.names.get(first),
            who.unified.get(first),
            sides.get(root),
            sides.get(first),
        )
    return found


def known_of(shelf: Shelf, keys: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """The same for these keys, by their kin alone; each asked for by itself."""
    found = {}
    for key in keys:
        known = Known(Roll(shelf))
        known.learn([key])
        root = known.joined.get(key, key)
        first = known.unified.get(root, root)
        known.learn([first])
        sides = known.cast().sides
        found[key] = (
            known.joins.get(key),
            known.of(key),
            known.names.get(root),
            known.names.get(first),
            known.unified.get(first),
            sides.get(root),
            sides.get(first),
        )
    return found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(documents(), min_size=1, max_size=4), min_size=1, max_size=4), st.data())
def test_whatever_comes_and_goes_who_is_who_by_kin_is_who_is_who_by_all(
    days: list[list[Findings]], data: st.DataObject
) -> None:
    shelf = Shelf()
    told, before = shelf.whole()
    for day in days:
        news = list({found.document.id: found for found in day}.values())
        held = sorted(shelf.held)
        gone = data.draw(st.sets(st.sampled_from(held), max_size=2)) if held else set()
        past, sided = all_of(before, told), before.cast(told.sides).sides
        old = told
        meeting, turned = shelf.relate(
            [each for each in news if each.document.id not in shelf.held], [shelf.held[id] for id in sorted(gone)]
        )
        told, before = shelf.whole()
        now = all_of(before, told)
        found = known_of(shelf, sorted(now))
        assert {key: (found[key], now[key]) for key in now if found[key] != now[key]} == {}
        moved = {key for key in past.keys() & now.keys() if past[key][:3] != now[key][:3]}
        assert moved <= meeting.met
        since = before.cast(told.sides).sides
        people = old.people() & told.people()
        assert {key for key in people if sided.get(key) != since.get(key)} <= turned
