"""What a time expression means, and the pieces that its readers share."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from onrecord.annotation.times.calendar import Period, Unit, move
from onrecord.annotation.times.grammar import RuleMatch, read_number
from onrecord.annotation.times.scene import Scene

PUBLISHED, PREVIOUS = "published", "previous"
AS_PRINTED = "as printed"  # the reason of a day that the text prints whole


@dataclass(frozen=True, slots=True)
class Meaning:
    """TIMEX3 type and value, first and last day covered (None: open or unknown), and what it was read against.

    period: what later expressions may refer to. tokens: [start, end) where it is less than the whole match.
    """

    type: str
    value: str
    first: date | None = None
    last: date | None = None
    anchor: str | None = None
    period: Period | None = None
    reason: str = ""
    tokens: tuple[int, int] | None = None


Meanings = Iterable[Meaning]


Reader = Callable[[RuleMatch, Scene], Meanings]


UNKNOWN = {
    Unit.DAY: "XXXX-XX-XX",
    Unit.WEEK: "XXXX-WXX",
    Unit.WEEKEND: "XXXX-WXX-WE",
    Unit.MONTH: "XXXX-XX",
    Unit.QUARTER: "XXXX-QX",
    Unit.SEASON: "XXXX-XX",
    Unit.HALF: "XXXX-HX",
}
CLOCKS = (Unit.SECOND, Unit.MINUTE, Unit.HOUR)


def dated(period: Period, anchor: str | None = None, reason: str = AS_PRINTED) -> Meaning:
    """The meaning of a calendar period."""
    return Meaning("DATE", period.value, period.first, period.last, anchor, period, reason)


def compared(period: Period, reason: str) -> Meaning:
    """The meaning of a period that another is only held against: what follows goes on from the other."""
    return replace(dated(period, PREVIOUS, reason), period=None)


def undated(value: str, reason: str = "no date to count from") -> Meaning:
    """A date whose days cannot be told; its value has X for what is missing."""
    return Meaning("DATE", value, reason=reason)


def edged(meaning: Meaning, match: RuleMatch, scene: Scene) -> Meaning:
    """The meaning narrowed by "early", "mid", "late", "earlier" or "later"; its value stays."""
    edge = match.worth("edge", "EDGE", "FRINGE")
    if edge is None or meaning.first is None or meaning.last is None or meaning.first == meaning.last:
        return meaning
    first, last = meaning.first, meaning.last
    if edge in ("BEFORE", "AFTER"):
        return _split_at(meaning, edge, scene.published)
    length = (last - first).days + 1
    third = timedelta(days=length // 3)
    narrow = {"START": (first, first + third), "MID": (first + third, last - third), "END": (last - third, last)}
    first, last = narrow[edge]
    return replace(meaning, first=first, last=last, reason=f"{meaning.reason}; a third of it for {match.word('edge')}")


def _split_at(meaning: Meaning, edge: str, published: date | None) -> Meaning:
    if published is None or meaning.first is None or meaning.last is None:
        return meaning
    if not meaning.first <= published <= meaning.last:
        return meaning
    if edge == "BEFORE":
        return replace(meaning, last=published)
    return replace(meaning, first=published)


def base_day(scene: Scene, anchor: str, unit: Unit) -> tuple[date | None, str]:
    """The day to count from and the anchor it is: the wished one, or the day of publication where nothing was named."""
    previous = scene.previous(unit) if anchor == PREVIOUS or scene.narrative else None
    if previous is not None:
        return previous.first, PREVIOUS
    return scene.published, PUBLISHED


def relation(match: RuleMatch) -> tuple[int, str] | None:
    """How many units from which anchor "last", "this past", "that same" mean; None without such a word."""
    if match.word("rel") == "latest":
        return -1, PUBLISHED  # the one that is over
    worths = [token.kinds["REL"] for token in match.group("rel") if "REL" in token.kinds]
    if not worths:
        return None
    shift_by = next((count for count, _ in worths if count), 0)
    anchor = PREVIOUS if any(anchor == PREVIOUS for _, anchor in worths) else PUBLISHED
    return shift_by, anchor


def relative(match: RuleMatch, scene: Scene, unit: Unit) -> Meaning:
    """As in "last week", "that year", "the following month"."""
    count, anchor = relation(match) or (0, PREVIOUS)
    article_before_next = match.word("rel") == "next" and any(
        t.word == "the" for t in match.tokens[match.start : match.end]
    )
    if match.word("rel") == "next" and (unit is Unit.DAY or article_before_next):
        anchor = PREVIOUS
    base, found = base_day(scene, anchor, unit)
    period = move(base, count, unit) if base else None
    unnamed = anchor == PREVIOUS and found == PUBLISHED and count > 0  # the week following what? If past, not today
    if period is None or (unnamed and scene.tells_past):
        return undated(UNKNOWN.get(unit, "XXXX"))
    anchor = found
    return dated(period, anchor, f"{count:+d} {unit.name.lower()} from {anchor} {base}")


def printed_year(match: RuleMatch) -> int | None:
    """The year printed in the match."""
    tokens = match.group("y")
    if not tokens:
        return None
    digits = int(tokens[0].word.replace("'s", "").lstrip("'"))
    return digits if digits >= 100 else whole_year(digits)


def whole_year(digits: int) -> int:
    """The year that two digits mean: of the last century, or of this one up to 39."""
    return digits + (2000 if digits < 40 else 1900)


def month_number(match: RuleMatch) -> int:
    """The month printed in the match, 1 to 12."""
    return int(match.worth("m", "MONTH", "MAYBE_MONTH"))


def day_number(match: RuleMatch, name: str) -> int:
    """The digits of a day or ordinal; 0 if it has none."""
    digits = re.match(r"\d+", match.word(name))
    return int(digits.group()) if digits else match.worth(name, "ORDINAL") or 0


def read_unit(match: RuleMatch, name: str = "u") -> tuple[Unit, int]:
    """The unit captured and how many of it the word stands for (a fortnight is two weeks)."""
    letters = str(match.worth(name, "UNIT", "UNITS", "QUARTERLY", "QUARTERS", "BRIEF"))
    if letters == "2W":
        return Unit.WEEK, 2
    return Unit(letters), 1


def read_count(match: RuleMatch) -> Decimal | None:
    """How many units: the number captured, one for "the day before", None for "days later" and "a few"."""
    if match.has("n") and match.worth("u", "UNITS") and all("A" in token.kinds for token in match.group("n")):
        return None  # "a years-long fight"
    if match.has("n"):
        number = read_number(match.group("n"))
        return number + Decimal("0.5") if number is not None and match.has("half") else number
    return None if match.worth("u", "UNITS") else Decimal(1)


YEARS = {Unit.DECADE: 10, Unit.CENTURY: 100}

# Counts beyond this are no lengths of time that news tells.
_MOST = 1_000_000


def _written(number: Decimal) -> str:
    return format(number.normalize(), "f")


def length_value(number: Decimal | None, unit: Unit, times: int = 1) -> str:
    """`P3D`, `PT90M`, `PXW`; parts of an hour count in minutes, parts of a decade or century in years."""
    written = "X" if number is None else _written(number * times)
    if number is not None and number % 1 and unit in YEARS:
        return f"P{_written(number * YEARS[unit])}Y"
    if unit in CLOCKS:
        if number is not None and number % 1 and unit is Unit.HOUR:
            hours, minutes = divmod(number * 60, 60)
            return f"PT{_written(hours)}H{_written(minutes)}M" if hours else f"PT{_written(minutes)}M"
        return f"PT{written}{unit.value.upper()}"
    return f"P{written}{unit.value}"
