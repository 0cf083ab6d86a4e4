"""Dates → the geometry of a drawn timeline: ranges stay ranges, and a hole in the coverage is drawn as a hole.

Everything here is in SVG user units (about one CSS pixel at full width); templates only draw what this says.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from onrecord.lexicon.days import MONTHS, day_words, range_words
from onrecord.records.documents import DateRange

LEFT = 208.0  # room for the names of the rows and a good part of the condition
WIDTH = 1120.0
TOP = 30.0
LANE = 22.0  # height of one lane of signs
SIGN = 8.0  # half the size of a sign
COLUMN = 30.0  # height of the highest column
GAP_WIDTH = 92.0  # a folded hole, wide enough for its words
LEAST_HOLE = 60  # days without an article that are worth drawing; a monthly outlet stays below it
FOLDED_SHARE = 0.25  # a hole that takes more of the strip than this is folded
LEAST_FOLDED = 120  # days; shorter holes are never folded
LETTER = 6.4  # mean width of a letter at 12 px, generous (Noto Sans, DejaVu Sans)
TICK_ROOM = 58.0


@dataclass(frozen=True, slots=True)
class Dated:
    """Something to draw at a date: `shape` is a sign's name, `label` a word or two, `href` where it leads.

    earliest, latest: its days, None where an end is not known: then it has no place on the strip.
    tail: not a day that is not known exactly, but all the days after a last step; its sign stands at their end.
    count: for a column over those days instead of a sign, how many it stands for.
    """

    id: str
    label: str
    shape: str
    earliest: date | None
    latest: date | None
    href: str
    title: str = ""
    tail: bool = False
    count: int = 0

    @property
    def when(self) -> DateRange:
        """Its days as a range."""
        return DateRange(self.earliest, self.latest)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the drawing: a name, a second line in small, and what happened."""

    name: str
    note: str
    href: str
    points: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A month's beginning."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in the coverage, folded where it is very long. `words` is two short lines."""

    x: float
    width: float
    words: tuple[str, str]
    folded: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A sign at `x`, `y`; `first`..`last` is the range of days it stands for (equal for one day).

    height: of a column that stands on `y` + SIGN instead of a sign; 0 for a sign.
    """

    item: Dated
    x: float
    y: float
    first: float
    last: float
    label_x: float
    label_y: float
    anchor: str
    labelled: bool
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row with its place; `spine` joins its first to its last sign, or is None."""

    row: Row
    y: float
    bottom: float
    name: str
    note: str
    spine: tuple[float, float] | None
    points: tuple[Point, ...]
    undated: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing."""

    width: float
    height: float
    left: float
    ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    rows: tuple[DrawnRow, ...]
    words: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days drawn to one scale, both ends included, and where they lie."""

    first: date
    last: date
    x: float = 0.0
    width: float = 0.0


def draw_timeline(articles: Row, lines: Sequence[Row]) -> Timeline | None:
    """The drawing of a story's articles and lines, or None where no date at all is known."""
    rows = (articles, *lines)
    days = sorted({day for row in rows for item in row.points if has_place(item) for day in _days(item.when)})
    if not days:
        return None
    stretches = _place_stretches(_cut_stretches(days))
    width = stretches[-1].x + stretches[-1].width
    holes = find_holes(item.when for item in articles.points if has_place(item))
    gaps = _draw_gaps(holes, stretches)
    drawn = _draw_rows(rows, stretches, width)
    return Timeline(
        width=width + 12,
        height=drawn[-1].bottom + 6,
        left=LEFT,
        ticks=tuple(tick for stretch in stretches for tick in _ticks(stretch)),
        gaps=gaps,
        rows=drawn,
        words=_in_words(lines, holes),
    )


def has_place(item: Dated) -> bool:
    """Whether both ends of its days are known; half a range would be drawn as a day that nobody named."""
    return item.earliest is not None and item.latest is not None


def _days(when: DateRange) -> tuple[date, ...]:
    return tuple(day for day in (when.earliest, when.latest) if day is not None)


def _month_start(day: date) -> date:
    return day.replace(day=1)


def _month_end(day: date) -> date:
    if (day.year, day.month) == (9999, 12):
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)


def _cut_stretches(days: Sequence[date]) -> list[_Stretch]:
    """Whole months around the days, cut where nothing is dated for so long that the rest would be crushed."""
    total = max((days[-1] - days[0]).days, 1)
    starts, ends = [days[0]], []
    for before, after in pairwise(days):
        empty = (after - before).days
        if empty >= LEAST_FOLDED and empty / total > FOLDED_SHARE:
            ends.append(before)
            starts.append(after)
    ends.append(days[-1])
    return [_Stretch(_month_start(start), _month_end(end)) for start, end in zip(starts, ends, strict=True)]


def _place_stretches(stretches: Sequence[_Stretch]) -> tuple[_Stretch, ...]:
    """Each stretch in proportion to its days, none narrower than a month's name."""
    room = WIDTH - LEFT - GAP_WIDTH * (len(stretches) - 1)
    lengths = [(stretch.last - stretch.first).days + 1 for stretch in stretches]
    scale = room / sum(lengths)
    placed: list[_Stretch] = []
    x = LEFT
    for stretch, length in zip(stretches, lengths, strict=True):
        width = max(length * scale, 110.0)
        placed.append(_Stretch(stretch.first, stretch.last, x, width))
        x += width + GAP_WIDTH
    return tuple(placed)


def _x(day: date, stretches: Sequence[_Stretch]) -> float:
    """Where a day lies: in the middle of its own width, or in the fold it falls into."""
    for stretch in stretches:
        if day < stretch.first:
            return stretch.x - GAP_WIDTH / 2
        if day <= stretch.last:
            length = (stretch.last - stretch.first).days + 1
            return stretch.x + stretch.width * ((day - stretch.first).days + 0.5) / length
    return stretches[-1].x + stretches[-1].width


STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12_000, 120_000)  # months between two ticks


def _ticks(stretch: _Stretch) -> list[Tick]:
    """Beginnings of months, so many that their names do not touch; the year stands where it changes."""
    months = (stretch.last.year - stretch.first.year) * 12 + stretch.last.month - stretch.first.month + 1
    step = next(step for step in STEPS if stretch.width / months * step >= TICK_ROOM or step >= months)
    return [_tick(stretch, index, named=index == 0 or step >= 12) for index in range(0, months, step)]


def _tick(stretch: _Stretch, index: int, *, named: bool) -> Tick:
    beyond = stretch.first.month - 1 + index
    month = date(stretch.first.year + beyond // 12, beyond % 12 + 1, 1)
    x = stretch.x + stretch.width * (month - stretch.first).days / ((stretch.last - stretch.first).days + 1)
    name = MONTHS[month.month - 1]
    return Tick(x, f"{name} {month.year}" if named or month.month == 1 else name)


Hole = tuple[date, date]


def find_holes(ranges: Iterable[DateRange]) -> tuple[Hole, ...]:
    """The last day before and the first day after each stretch of LEAST_HOLE days or more without an article."""
    covered = sorted((days[0], days[-1]) for days in map(_days, ranges) if days)
    holes: list[Hole] = []
    latest = covered[0][1] if covered else date.min
    for first, last in covered:
        if (first - latest).days - 1 >= LEAST_HOLE:
            holes.append((latest, first))
        latest = max(latest, last)
    return tuple(holes)


def _draw_gaps(holes: Sequence[Hole], stretches: Sequence[_Stretch]) -> tuple[Gap, ...]:
    """The holes as boxes; one in which a fold lies is drawn as the fold."""
    gaps: list[Gap] = []
    for before, after in holes:
        words = (span_words((after - before).days - 1), "no article")
        folded = [stretch for stretch in stretches[1:] if before < stretch.first <= after]
        if folded:
            gaps.append(Gap(folded[0].x - GAP_WIDTH + 8, GAP_WIDTH - 16, words, folded=True))
        else:
            x = _x(before, stretches) + SIGN
            gaps.append(Gap(x, _x(after, stretches) - SIGN - x, words, folded=False))
    return tuple(gaps)


def span_words(days: int) -> str:
    """A number of days in the unit a reader would use: "9 days", "14 weeks", "29 months"."""
    if days < 28:
        return f"{days} day{'' if days == 1 else 's'}"
    if days < 120:
        return f"{days // 7} weeks"
    return f"{round(days / 30.44)} months"


def _draw_rows(rows: Iterable[Row], stretches: Sequence[_Stretch], width: float) -> tuple[DrawnRow, ...]:
    drawn: list[DrawnRow] = []
    y = TOP
    for row in rows:
        drawn.append(_draw_row(row, y, stretches, width))
        y = drawn[-1].bottom
    return tuple(drawn)


def _draw_row(row: Row, top: float, stretches: Sequence[_Stretch], width: float) -> DrawnRow:
    dated = sorted(filter(has_place, row.points), key=lambda item: (_days(item.when)[0], item.tail))
    lanes = [0] * len(dated) if any(item.count for item in dated) else _assign_lanes(dated, stretches)
    base = top + 26
    bare = [_place(item, lane, base, stretches) for item, lane in zip(dated, lanes, strict=True)]
    centres = [point.x for point in bare if not point.item.tail]
    spine = (min(centres), max(centres)) if len(centres) > 1 else None
    points = _draw_columns(bare) if any(item.count for item in dated) else _label_points(bare, spine, base, width)
    bottom = base + LANE * max(lanes, default=0) + 30
    return DrawnRow(
        row=row,
        y=base,
        bottom=bottom,
        name=shorten(row.name, LEFT - 12, LETTER * 1.08),
        note=shorten(row.note, LEFT - 12, LETTER),
        spine=spine,
        points=points,
        undated=tuple(item for item in row.points if not has_place(item)),
    )


def _draw_columns(points: Sequence[Point]) -> tuple[Point, ...]:
    """Columns whose areas grow with their counts: a month with four times as many is twice as high."""
    most = max(point.item.count for point in points)
    return tuple(replace(point, height=COLUMN * math.sqrt(point.item.count / most)) for point in points)


def _ends(item: Dated, stretches: Sequence[_Stretch]) -> tuple[float, float]:
    days = _days(item.when)
    return _x(days[0], stretches), _x(days[-1], stretches)


def _assign_lanes(items: Sequence[Dated], stretches: Sequence[_Stretch]) -> list[int]:
    """The lowest lane in which each sign touches none placed before it."""
    taken: list[list[float]] = []
    lanes: list[int] = []
    for item in items:
        x, apart = _centre(item, stretches), 7.0 if item.shape == "bar" else 2.4 * SIGN
        lane = next((lane for lane, xs in enumerate(taken) if all(abs(x - other) >= apart for other in xs)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(x)
        lanes.append(lane)
    return lanes


def _centre(item: Dated, stretches: Sequence[_Stretch]) -> float:
    first, last = _ends(item, stretches)
    return last if item.tail else (first + last) / 2


def _place(item: Dated, lane: int, base: float, stretches: Sequence[_Stretch]) -> Point:
    first, last = _ends(item, stretches)
    x = _centre(item, stretches)
    return Point(item, x, base + lane * LANE, first, last, 0.0, 0.0, "start", labelled=False)


_Box = tuple[float, float, float, float]  # left, top, right, bottom


def _label_points(
    points: Sequence[Point], spine: tuple[float, float] | None, base: float, width: float
) -> tuple[Point, ...]:
    """Each label in the first place beside its sign that is free; where none is, the sign stands alone."""
    taken: list[_Box] = [(point.x - SIGN, point.y - SIGN, point.x + SIGN, point.y + SIGN) for point in points]
    taken += [(point.first, point.y - 3, point.last, point.y + 3) for point in points if point.last > point.first]
    if spine is not None:
        taken.append((spine[0], base - 2, spine[1], base + 2))
    labelled: list[Point] = []
    for point in points:
        placed = next((option for option in _label_options(point) if _is_free(option, taken, width)), None)
        if placed is None:
            labelled.append(point)
            continue
        taken.append(_label_box(placed))
        labelled.append(placed)
    return tuple(labelled)


def _label_options(point: Point) -> Iterable[Point]:
    """The label beside its sign and range, above, below, or slanted off."""
    right = max(point.last - point.x, SIGN) + 5
    left = min(point.first - point.x, -SIGN) - 5
    beside = ((0.0, -SIGN - 5, "middle"), (right, 4.0, "start"), (left, 4.0, "end"), (0.0, SIGN + 14, "middle"))
    slanted = ((SIGN, -SIGN - 3, "start"), (-SIGN, -SIGN - 3, "end"), (SIGN, SIGN + 13, "start"))
    for dx, dy, anchor in (*beside, *slanted):
        yield replace(point, label_x=point.x + dx, label_y=point.y + dy, anchor=anchor, labelled=True)


def _label_box(point: Point) -> _Box:
    wide = len(point.item.label) * LETTER
    left = {"start": point.label_x, "middle": point.label_x - wide / 2, "end": point.label_x - wide}[point.anchor]
    return left, point.label_y - 10, left + wide, point.label_y + 3


def _is_free(point: Point, taken: Sequence[_Box], width: float) -> bool:
    left, top, right, bottom = _label_box(point)
    if left < LEFT - 8 or right > width + 12:
        return False
    return not any(
        left < east and west < right and top < south and north < bottom for west, north, east, south in taken
    )


def shorten(text: str, room: float, letter: float = LETTER) -> str:
    """The text, cut between words with an ellipsis where it would not fit into `room`."""
    most = int(room / letter)
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") if " " in text[:most] else ""
    return (cut or text[: most - 1]) + "…"


def _in_words(lines: Sequence[Row], holes: Sequence[Hole]) -> str:
    """What the drawing shows, for those who do not see it."""
    told = [
        f"{row.name}: " + ", ".join(f"{item.label} {range_words(item.when)}" for item in row.points)
        for row in lines
        if row.points
    ]
    missing = [f"No article between {day_words(before)} and {day_words(after)}" for before, after in holes]
    return ". ".join((*told, *missing)) + "." if told or missing else "Articles only."
