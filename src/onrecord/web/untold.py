"""What the coverage does not tell about a red line: said plainly, so that silence is not taken for an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from onrecord.lexicon.days import day_words
from onrecord.records.redlines import Hole, RedLine, Status
from onrecord.web.timeline import span_words

CONDITION_STEPS = frozenset({Status.CONDITION_REPORTED, Status.CONDITION_ANNOUNCED, Status.TESTED_BELOW_THRESHOLD})
ENDED = frozenset({Status.WITHDRAWN, Status.SUPERSEDED, Status.LAPSED_INFERRED})


@dataclass(frozen=True, slots=True)
class HoleShown:
    """A stretch without an article: its last day before, its first day after, its length in words."""

    after: str
    before: str
    length: str


def show_hole(hole: Hole) -> HoleShown:
    """A hole in words."""
    return HoleShown(_day(hole.after), _day(hole.before), span_words(hole.days))


def _day(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text))
    except ValueError:
        return text


def untold(line: RedLine, articles: int) -> tuple[str, ...]:
    """One sentence for each thing a reader might suppose and no passage of these articles says."""
    told = frozenset(entry.status for entry in line.history if not entry.inferred)
    sayings: tuple[Callable[[RedLine, frozenset[Status]], str | None], ...] = (
        _of_condition,
        _of_consequence,
        _of_end,
        _of_days,
    )
    own = [saying(line, told) for saying in sayings]
    return (*(sentence for sentence in own if sentence), *_of_holes(line.holes), *_of_base(articles))


def _of_condition(_line: RedLine, told: frozenset[Status]) -> str | None:
    return None if told & CONDITION_STEPS else "Whether the condition was met: no passage reports it."


def _of_consequence(_line: RedLine, told: frozenset[Status]) -> str | None:
    if Status.CONSEQUENCE_REPORTED in told or Status.NOT_ENFORCED in told:
        return None
    if Status.CONSEQUENCE_INVOKED in told:
        return "Whether the consequence followed in deeds: the passages show words only."
    return "Whether the consequence followed." if told & CONDITION_STEPS else None


def _of_end(_line: RedLine, told: frozenset[Status]) -> str | None:
    return None if told & ENDED else "Whether the line still stands or was withdrawn after its last step here."


def _of_days(line: RedLine, _told: frozenset[Status]) -> str | None:
    stated = [entry for entry in line.history if entry.status is not Status.UNKNOWN]
    loose = sum(1 for entry in stated if not entry.when.is_day)
    if not loose:
        return None
    return "The exact day of " + ("one step." if loose == 1 else f"{loose} steps.")


def _of_holes(holes: tuple[Hole, ...]) -> tuple[str, ...]:
    if not holes:
        return ()
    told = [f"{hole.after} to {hole.before} ({hole.length})" for hole in map(show_hole, holes)]
    return (f"Anything from {_list(told)}: no article of this coverage falls in that time.",)


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _of_base(articles: int) -> tuple[str, ...]:
    return ("Whether others report it differently: only one article carries the line.",) if articles == 1 else ()
