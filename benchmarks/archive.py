"""How an archive of many disputes grows: `python -m benchmarks.archive [own] [ARTICLES ...]`, by default 300 1000 3000.

Short articles (about 130 words) of disputes that last from one article to forty, each with its own states, people,
places, matter and words, as an archive has them; seven in ten tell of a line. 600 are generated and annotated; more
are these told again under other names and later, round by round. Articles come in the order of their days, in portions
of PORTION. Printed at each size are processor seconds to store and to relate one more day of DAY and to relate all
before, the lines, memory, the ledger's size, and milliseconds a query. Sentence vectors count words here.

With `own`, each dispute told again has words of its own as well, drawn from VOCABULARY invented ones (a few of them
often, most seldom), and rounds begin STEP days apart, so that 50 articles come a day and disputes overlap.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.generate import CODAS, GIVEN, OUTLETS, ROLES, SAID, STATES, TAILS, WEEKDAYS
from benchmarks.growth import QUERIES
from benchmarks.measuring import describe, most_memory
from benchmarks.relating import CountedWords, timed
from benchmarks.renaming import exchange_names, rename
from onrecord.cli.coverage import relate_all
from onrecord.ledger import View, Writer, open_ledger
from onrecord.pipeline import Resources, annotate, load_resources
from onrecord.reading import read_text
from onrecord.records.documents import Basis, DateRange, Document, Outlet
from onrecord.records.findings import Findings
from onrecord.redlines.statements import form_statements
from onrecord.settings import Settings

BASE = 600  # articles that are annotated
DAY, PORTION = 50, 500
LASTING = (1, 1, 2, 2, 3, 4, 6, 9, 14, 40)  # articles of a dispute: one of these
FIRST, SPAN = date(2021, 1, 4), 120  # days on which the disputes of one round begin
AWAY = 1000  # disputes of another round are numbered so far from those of the one before
STEP = 12  # days from one round to the next, where each dispute has its own words
VOCABULARY, COMMON = 4000, 20  # invented words; the one of rank r is drawn 1 / (r + COMMON) as often
LAST = ("k", "n", "rt", "m", "lt", "d", "sk", "p")  # ends of invented words
THINGS = (
    "ferry line", "salt works", "grain terminal", "coal pier", "radio mast", "copper mine", "sugar mill", "fish market",
    "border post", "weather station", "tram depot", "cement plant", "oil depot", "customs house", "river lock",
    "rail yard", "gas plant", "cable station", "timber port", "cattle market", "tunnel", "lighthouse", "airfield",
    "hospital ship", "water tower", "cotton exchange", "seed bank", "printing house", "paper mill", "tea auction",
)  # fmt: skip
DONE = (
    "is sold", "is searched", "is closed", "is shelled", "is handed to the army", "is fenced off", "is flooded",
    "is taken over", "loses its licence", "is cut off from the grid", "stops paying its dues", "is raided again",
)  # fmt: skip
TOLD = (
    "was sold", "was searched", "was closed", "was shelled", "was handed to the army", "was fenced off", "was flooded",
    "was taken over", "lost its licence", "was cut off from the grid", "stopped paying its dues", "was raided again",
)  # fmt: skip
ENDS = (
    "leave the talks", "recall the ambassador", "stop all deliveries of {other}", "raise the duty on {other}",
    "suspend the treaty on {other}", "call up the reserve", "freeze the accounts", "expel the envoys",
    "break off the loan", "ban every cargo of {other}", "take the case to the court", "withdraw from the council",
)  # fmt: skip
GOODS = ("timber", "sugar", "cement", "wool", "coffee", "steel", "barley", "tin", "rubber", "salt", "oranges", "paper")
WHO = (
    "A retired pilot", "The choir", "A baker", "The night watchman", "A cartographer", "The school board", "A plumber",
    "The chess club", "A taxi driver", "The museum", "A beekeeper", "The brass band", "A widow", "The bookseller",
)  # fmt: skip
DOES = (
    "painted the stairs green", "lost a dog", "bought a second piano", "counted herons", "mended the clock",
    "sold umbrellas", "planted limes", "complained about the bus", "opened a reading room", "baked for the fair",
    "wrote to the mayor", "rented a boat", "found an old map", "cleaned the fountain", "waited for the post",
)  # fmt: skip


OBJECTS = (
    "stairs", "dog", "piano", "herons", "clock", "umbrellas", "limes", "bus", "fair", "boat", "map", "fountain",
)  # fmt: skip
SHARED = frozenset({"a", "the", "of", "night", "board", "brass"})  # words of THINGS and WHO that every dispute keeps


class Dispute:
    """What one dispute is about: sides, people, places, its matter and what is threatened."""

    def __init__(self, number: int) -> None:
        dice = Random(f"archive-{number}")
        self.places = [_invent(dice) + dice.choice(TAILS) for _ in range(3)]
        self.sides = dice.sample(STATES, 2)
        self.people = [
            f"{dice.choice(GIVEN)} {_invent(dice)}{dice.choice(CODAS)}" for _ in self.sides for _ in range(2)
        ]

    def form_matters(self, number: int) -> list[tuple[str, str, str]]:
        """What may be done to which thing, the same as told, and what would follow: two of each dispute.

        number: of the dispute, in its first round: names change from round to round, matters do not.
        """
        dice, matters = Random(f"matter-{number}"), []
        for thing, done, end, place in zip(
            dice.sample(THINGS, 2),
            dice.sample(range(len(DONE)), 2),
            dice.sample(ENDS, 2),
            self.places,
            strict=False,
        ):
            subject = f"the {thing} of {place}"
            matters.append((f"{subject} {DONE[done]}", f"{subject} {TOLD[done]}", end.format(other=dice.choice(GOODS))))
        return matters


def _invent(dice: Random) -> str:
    """The beginning of a name: few of many are alike."""
    return "".join(dice.choice(letters) for letters in ("bdfghjklmnprstvz", "aeiou") * 2).capitalize()


@cache
def list_articles() -> tuple[tuple[date, int, int], ...]:
    """Day, dispute and number within the dispute of the annotated articles, by day."""
    found: list[tuple[date, int, int]] = []
    for dispute in range(BASE):
        dice = Random(f"lasting-{dispute}")
        day = FIRST + timedelta(days=dice.randrange(SPAN))
        for report in range(dice.choice(LASTING)):
            found.append((day, dispute, report))
            day += timedelta(days=dice.choice((0, 1, 1, 2, 4)))
        if len(found) >= BASE:
            break
    return tuple(sorted(found[:BASE]))


def write_article(dispute: int, report: int) -> str:
    """The text of one article."""
    about, dice = Dispute(dispute), Random(f"article-{dispute}-{report}")
    roles = Random(f"roles-{dispute}").sample(ROLES, 4)
    done, told, end = dice.choice(about.form_matters(dispute))
    which = dice.randrange(4)
    side, person = about.sides[which // 2], about.people[which]
    full, said = f"{side[2]} {roles[which]} {person}", dice.choice(SAID)
    aside = f"{dice.choice(WHO)} in {dice.choice(about.places)} {dice.choice(DOES)} on {dice.choice(WEEKDAYS)}."
    more = f"{dice.choice(WHO)} near {dice.choice(about.places)} {dice.choice(DOES)} and {dice.choice(DOES)}."
    threat = dice.choice(
        (
            f"“If {done}, we will {end},” the {full} {said}.",
            f"The {full} {said} that {side[0]} would {end} if {done}.",
        )
    )
    event = f"On {dice.choice(WEEKDAYS)} {told}, residents said." if dice.random() < 0.25 else aside
    reply = f"The {full} {said} that the letters of {dice.choice(about.places)} had been read with care."
    body = [threat if dice.random() < 0.7 else reply, event, more, f"{person} did not say when the next round begins."]
    dice.shuffle(body)
    title = f"{about.places[report % 3]}: {dice.choice(WHO).lower()} and the {dice.choice(THINGS)}"
    return f"{title}\n\n" + "\n\n".join(f"{each} {_fill(dice, about)}" for each in body) + "\n"


def _fill(dice: Random, about: Dispute) -> str:
    one, other = dice.choice(THINGS), dice.choice(THINGS)
    return (
        f"{dice.choice(WHO)} from {dice.choice(about.places)} {dice.choice(DOES)}, and the {one} beside the {other} "
        f"sells {dice.choice(GOODS)} for {dice.randint(2, 90)} crowns."
    )


def make_document(day: date, dispute: int, report: int) -> Document:
    """One article as a document with its outlet and day."""
    read = read_text(write_article(dispute, report), f"{dispute}-{report}.txt")
    outlet = Outlet(Random(f"outlet-{dispute}-{report}").choice(OUTLETS), Basis.GIVEN)
    return replace(read, outlet=outlet, published=DateRange(day, day, Basis.GIVEN))


def tell_again(base: Sequence[Findings], number: int) -> Findings:
    """The findings of the article with this number: those of the base in turn, each round under new names and later."""
    round_, place = divmod(number, len(base))
    if not round_:
        return base[place]
    _, dispute, _ = list_articles()[place]
    names = exchange_names(Dispute(dispute), Dispute(AWAY * round_ + dispute))
    return rename(base[place], names, timedelta(days=round_ * SPAN))


Tell = Callable[[Sequence[Findings], int], Findings]  # the findings of the article with a number, from those annotated


def tell_in_own_words(base: Sequence[Findings], number: int) -> Findings:
    """The same in the order of days of a world in which rounds overlap and each dispute has words of its own."""
    _, round_, place = list_overlapping(number // 1000 + 1)[number]
    if not round_:
        return base[place]
    _, dispute, _ = list_articles()[place]
    names = exchange_names(Dispute(dispute), Dispute(AWAY * round_ + dispute)) | own_words(AWAY * round_ + dispute)
    return rename(base[place], names, timedelta(days=round_ * STEP))


@cache
def list_overlapping(thousands: int) -> tuple[tuple[date, int, int], ...]:
    """Day, round and place in the round of the articles of enough rounds for so many thousands, by day."""
    rounds = thousands * 1000 // BASE + 1 + SPAN // STEP * 2
    return tuple(
        sorted(
            (day + timedelta(days=STEP * round_), round_, place)
            for round_ in range(rounds)
            for place, (day, _, _) in enumerate(list_articles())
        )
    )


def own_words(dispute: int) -> dict[str, str]:
    """What each noun of the annotated articles is in a dispute with words of its own."""
    drawn = Random(f"words-{dispute}").choices(_vocabulary(), cum_weights=_frequencies(), k=len(_nouns()))
    return {
        form(old): form(new)
        for old, new in zip(_nouns(), drawn, strict=True)
        for form in (str.lower, str.capitalize, str.upper)
    }


@cache
def _nouns() -> tuple[str, ...]:
    words = {word.lower() for phrase in (*THINGS, *GOODS, *WHO, *OBJECTS) for word in phrase.split()}
    return tuple(sorted(words - SHARED))


@cache
def _vocabulary() -> tuple[str, ...]:
    dice = Random("vocabulary")
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found[_invent(dice).lower() + dice.choice(LAST)] = None
    return tuple(found)


@cache
def _frequencies() -> tuple[float, ...]:
    return tuple(accumulate(1 / (rank + COMMON) for rank in range(VOCABULARY)))


def add(writer: Writer, tell: Callable[[int], Findings], first: int, last: int) -> None:
    """Store these articles."""
    for number in range(first, last):
        findings = tell(number)
        writer.add(findings, form_statements(findings))


def measure(tell: Callable[[int], Findings], sizes: Sequence[int], resources: Resources) -> None:
    """Print one row a size."""
    with (
        TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "archive.db") as ledger,
        ledger.writer() as writer,
        ledger.view() as view,
    ):
        held, spent = 0, 0.0
        for size in sizes:
            while held < size:
                some = min(size, held + PORTION)
                add(writer, tell, held, some)
                spent += timed(lambda: relate_all(resources, writer, view))
                held = some
            stored = timed(partial(add, writer, tell, held, held + DAY))
            day = timed(lambda: relate_all(resources, writer, view))
            held += DAY
            print(row(view, Path(folder) / "archive.db", held, (stored, day, spent)), flush=True)


def row(view: View, path: Path, held: int, spent: tuple[float, ...]) -> str:
    """The figures at one size. spent: processor seconds to store the day, to relate it, to relate all before."""
    size = path.stat().st_size
    asked = [median(timed(partial(query, view)) for _ in range(5)) * 1000 for query in QUERIES.values()]
    numbers = (*spent, size / 1e6, size / 1000 / held, most_memory(), *asked)
    return f"{held:10}{view.counts().lines:10}" + "".join(f"{each:11.2f}" for each in numbers)


def main(arguments: list[str]) -> None:
    """Print the table."""
    resources = load_resources(Settings(), threads=1)
    began = time.process_time()
    base = [annotate(make_document(*each), resources) for each in list_articles()]
    words = sum(len(each.document.text.split()) for each in base) / len(base)
    print(f"{describe()}\n{len(base)} articles of {words:.0f} words annotated: {time.process_time() - began:.0f} s\n")
    heads = ("store day", "relate day", "all before", "MB", "kB/doc", "memory MB", *QUERIES)
    print(f"{'articles':>10}{'lines':>10}" + "".join(f"{head:>11}" for head in heads), flush=True)
    sizes = [int(each) for each in arguments if each != "own"] or [300, 1000, 3000]
    tell: Tell = tell_in_own_words if "own" in arguments else tell_again
    measure(partial(tell, base), sizes, replace(resources, encoder=CountedWords()))


if __name__ == "__main__":
    main(sys.argv[1:])
