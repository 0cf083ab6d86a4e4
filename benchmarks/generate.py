"""Generated articles of about 600 words: invented disputes, told by several outlets over months.

python -m benchmarks.generate 1000 articles.jsonl

The same number and seed give the same articles. Each hundred articles tell of one dispute with its own places
and people (a state or town may come again in another), so that what grows with the archive is what would grow: more
disputes, not ever more coverage of one.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from onrecord.lexicon.loader import load_lexicon

DISPUTE = 100  # articles of one dispute
WORDS = 600
FIRST = date(2021, 1, 4)
OUTLETS = ("Harbour Post", "Delta Wire", "Evening Lantern", "Northern Ledger", "Radio Estuary", "The Ropewalk")
STATES = tuple(  # those with one name, seat and adjective that mean nothing else
    (state["name"], state["seats"][0], state["adjectives"][0])
    for state in load_lexicon("states")["states"]
    if len(state.get("seats", ())) == 1 and state.get("adjectives") and not state.keys() & {"unsure", "aliases"}
)
GIVEN = ("Ilva", "Tomas", "Oren", "Marit", "Celio", "Wanjiru", "Anselm", "Pilar", "Duc", "Efua", "Rauno", "Nadja")
ONSETS = ("Bra", "Dosk", "Eld", "Fenn", "Gora", "Hal", "Ist", "Jor", "Kval", "Lind", "Mar", "Nev", "Ost", "Prad", "Qui",
          "Rov", "Sad", "Tam", "Ur", "Vol", "Wess", "Yar", "Zel", "Ok")  # fmt: skip
CODAS = ("ano", "berg", "ello", "ett", "iki", "insky", "lund", "mann", "qvist", "rini", "sson", "thorn", "uk", "vary")
HEADS = ("Vell", "Tarn", "Kess", "Orm", "Sall", "Brae", "Dun", "Hark", "Lisk", "Mord", "Pell", "Rusk", "Skar", "Thorn")
MIDDLES = ("", "a", "en", "ing", "o", "ar", "el", "un")
TAILS = ("moor", "dal", "wick", "sund", "ford", "ea", "stead", "gate", "holm")
ROLES = ("foreign minister", "prime minister", "defence minister", "president", "interior minister")
DEEDS = (
    ("{who} holds a vote in {place}", "a vote in {place}"),
    ("a single patrol boat enters {place}", "patrols off {place}"),
    ("the {place} dam is closed", "the closing of the {place} dam"),
    ("troops are moved to {place}", "troops in {place}"),
    ("the {place} crossing is fenced off", "a fence at the {place} crossing"),
    ("one more tanker is held at {place}", "another tanker held at {place}"),
)  # fmt: skip
ENDS = (
    "leave the talks", "recall our ambassador", "close the strait to shipping", "stop all grain deliveries",
    "suspend the fisheries treaty", "call up the reserve", "cut the power line",
)  # fmt: skip
SAID = ("said", "warned", "told reporters", "insisted", "told parliament", "declared", "repeated")
FILLER = (
    "Rain fell on the quay in {place} all morning, and the market closed an hour before its time.",
    "Nobody at the ferry office would comment on the state of the harbour wall.",
    "The road to {place} was repaired twice last winter, at a cost nobody has published.",
    "Fishermen here remember the last dispute, which ended with a handshake and a long lunch.",
    "A school in the old town has moved its lessons to the afternoon because of the noise.",
    "The price of bread in {capital} rose again, the third time since spring.",
    "Two bakeries, a chandler and a garage share the square where the demonstrations usually begin.",
    "Trains between {capital} and the coast ran late, as they have for most of the season.",
    "The archive of the port authority burned in a small fire years ago, and its maps are lost.",
    "A choir from {place} sang at the memorial, and the crowd went home before dark.",
    "Engineers spent the week measuring the old bridge, whose piers date from another century.",
    "The local paper printed a letter about dogs on the beach and another about the tax on boats.",
)
FIGURES = (
    "About {n} per cent of households in {place} were without power, the network operator said.",
    "The port handled {n},000 tonnes in March, according to the customs office.",
    "At least {n} people were injured, the hospital in {place} reported.",
    "Some {n} vessels waited outside the harbour on {weekday}.",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def make_articles(number: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """So many articles as objects of JSON Lines, in the order of their disputes."""
    for place in range(number):
        yield make_article(place, seed)


def make_article(place: int, seed: int = 1) -> dict[str, str]:
    """The article with this number. It does not depend on how many are made."""
    return _Article(Random(f"{seed}-{place}"), make_dispute(place // DISPUTE, seed), place).write()


def make_dispute(number: int, seed: int = 1) -> "Dispute":
    """The dispute with this number. It does not depend on how many are made."""
    return Dispute(Random(f"{seed}-dispute-{number}"))


class Dispute:
    """What one dispute is about: its places, sides, people and threats."""

    def __init__(self, dice: Random) -> None:
        self.places = ["".join(map(dice.choice, (HEADS, MIDDLES, TAILS))) for _ in range(3)]
        self.sides = dice.sample(STATES, 2)
        self.people = [_name(dice) for _ in self.sides for _ in range(2)]
        self.roles = dice.sample(ROLES, 4)
        self.deeds = dice.sample(DEEDS, 3)
        self.ends = dice.sample(ENDS, 3)
        self.begins = FIRST + timedelta(days=dice.randrange(900))


def _name(dice: Random) -> str:
    return f"{dice.choice(GIVEN)} {dice.choice(ONSETS)}{dice.choice(CODAS)}"


class _Article:
    """One article in the making: the dispute it belongs to, and what its own dice say."""

    def __init__(self, random: Random, dispute: Dispute, number: int) -> None:
        self.random, self.number = random, number
        self.places, self.sides, self.people = dispute.places, dispute.sides, dispute.people
        self.roles, self.deeds, self.ends = dispute.roles, dispute.deeds, dispute.ends
        self.day = dispute.begins + timedelta(days=3 * (number % DISPUTE))

    def write(self) -> dict[str, str]:
        """The article."""
        paragraphs = [self._lead()]
        while sum(len(each.split()) for each in paragraphs) < WORDS:
            paragraphs.append(self._paragraph())
        title = f"{self.sides[0][0]} and {self.sides[1][0]} at odds over {self.places[0]}, report {self.number}"
        text = "\n\n".join((title, *paragraphs)) + "\n"
        outlet = self.random.choice(OUTLETS)
        return {"title": title, "text": text, "outlet": outlet, "published": self.day.isoformat()}

    def _lead(self) -> str:
        state, capital, _ = self.random.choice(self.sides)
        other = self.random.choice(self.sides)[0]
        weekday = WEEKDAYS[self.day.weekday()]
        return (
            f"{capital.upper()} - The dispute between {state} and {other} over {self.places[0]} went on on {weekday}."
        )

    def _paragraph(self) -> str:
        kinds = (self._filler, self._filler, self._filler, self._threat, self._said, self._event, self._figure)
        return " ".join(self.random.choice(kinds)() for _ in range(self.random.randint(2, 4)))

    def _speaker(self) -> tuple[str, str]:
        which = self.random.randrange(4)
        side = self.sides[which // 2]
        return self.people[which], f"{side[2]} {self.roles[which]} {self.people[which]}"

    def _threat(self) -> str:
        which = self.random.randrange(3)
        person, full = self._speaker()
        deed = self.deeds[which][0].format(place=self.places[which], who=self.random.choice(self.sides)[0])
        end, said = self.ends[which], self.random.choice(SAID)
        noun = self.deeds[which][1].format(place=self.places[which])
        return self.random.choice((
            f"“If {deed}, we will {end},” the {full} {said}.",
            f"{person} {said} that the government would {end} if {deed}.",
            f"The {full} {said}: “The day {deed}, we {end}.”",
            f"“{noun[0].upper()}{noun[1:]} is a red line,” {person} {said}.",
        ))  # fmt: skip

    def _said(self) -> str:
        person, full = self._speaker()
        said = self.random.choice(SAID)
        return self.random.choice((
            f"The {full} {said} that the talks had been useful and would go on.",
            f"“We have heard all this before,” {person} {said}. “Nothing in it is new.”",
            f"According to the {full}, the other side has not answered three letters.",
            f"{person} denied that any ship had been turned back.",
        ))  # fmt: skip

    def _event(self) -> str:
        which = self.random.randrange(3)
        deed = self.deeds[which][1].format(place=self.places[which])
        return self.random.choice((
            f"Residents reported {deed} on {self.random.choice(WEEKDAYS)}.",
            f"{self.sides[0][0]} announced {deed} for next month.",
            f"Police broke up a small protest in {self.places[which]}.",
        ))  # fmt: skip

    def _figure(self) -> str:
        return self.random.choice(FIGURES).format(
            n=self.random.randint(2, 97), place=self.random.choice(self.places), weekday=self.random.choice(WEEKDAYS)
        )

    def _filler(self) -> str:
        return self.random.choice(FILLER).format(
            place=self.random.choice(self.places), capital=self.random.choice(self.sides)[1]
        )


def write_articles(number: int, path: Path, seed: int = 1, first: int = 0) -> None:
    """Articles `first` to `first + number`, one a line."""
    with path.open("w", encoding="utf-8") as stream:
        for place in range(first, first + number):
            stream.write(json.dumps(make_article(place, seed), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    write_articles(int(sys.argv[1]), Path(sys.argv[2]))
