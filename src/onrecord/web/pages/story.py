"""The overview: what the coverage tells in a few sentences, drawn, and as a table of its red lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.ledger.contract import View
from onrecord.lexicon.days import EN_DASH, month_words, range_words
from onrecord.lexicon.labels import LINK_BASIS
from onrecord.records.actors import Join, LinkBasis
from onrecord.records.documents import DateRange
from onrecord.records.findings import Act
from onrecord.records.redlines import RedLine, Status, StatusEntry
from onrecord.records.rows import ALL, Counts, Filter, LineRow, Review
from onrecord.web.pages.figures import FigureGroup, compare_figures
from onrecord.web.pages.lines import LINE_COLUMNS, carriers, line_row
from onrecord.web.pages.strip import StripShown, strip_of
from onrecord.web.render import Row, plural
from onrecord.web.sheets import Sheet
from onrecord.web.shown import ArticleShown, LineShown, show_line

MOST_LINES = 25
MOST_FIGURES = 100
MOST_GROUPS = 8
DREW = {
    Act.RED_LINE: "drew a red line",
    Act.THREAT: "made a threat",
    Act.ULTIMATUM: "set an ultimatum",
    Act.DEMAND: "made a demand",
    Act.PRECONDITION: "set a condition",
    Act.PROMISE: "made a promise",
    Act.OFFER: "made an offer",
    Act.REFUSAL: "refused",
}
TOLD = {
    Status.REITERATED: "it was said again",
    Status.CLARIFIED: "it was made clearer",
    Status.HARDENED: "it was hardened",
    Status.SOFTENED: "it was softened",
    Status.WITHDRAWN: "it was taken back",
    Status.CONDITION_ANNOUNCED: "the condition was announced",
    Status.CONDITION_REPORTED: "the condition was reported met",
    Status.CONDITION_DISPUTED: "whether the condition was met was disputed",
    Status.TESTED_BELOW_THRESHOLD: "something short of the condition was reported",
    Status.CONSEQUENCE_INVOKED: "the consequence was invoked, in words",
    Status.CONSEQUENCE_REPORTED: "the consequence was reported carried out",
    Status.NOT_ENFORCED: "it was reported not enforced",
    Status.SUPERSEDED: "another line was named",
    Status.LAPSED_INFERRED: "it lapsed",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause of the summary and the step it rests on; `words` are ours."""

    words: str
    href: str
    when: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """The story so far. telling: the line with most steps, in clauses that each lead to a passage."""

    title: str
    period: str
    counts: Counts
    outlets: int
    reviewed: int
    lead: LineShown | None
    telling: tuple[Telling, ...]
    successor: LineShown | None
    strip: StripShown
    lines: tuple[LineShown, ...]
    more_lines: bool
    articles: tuple[ArticleShown, ...]
    figures: tuple[FigureGroup, ...]


def story_page(view: View) -> StoryPage:
    """Everything on record as one story."""
    found = view.lines(Filter(limit=MOST_LINES))
    rows = sorted(found.rows, key=_weight, reverse=True)  # the line that is told below comes first
    strip = strip_of(view, rows)
    lead, telling = tell_lead(rows)
    successor = next((row for row in rows if lead and row.line.successor_of == lead.line.id), None)
    counts = view.counts()
    figures = view.figures(Filter(limit=MOST_FIGURES)).rows
    groups = compare_figures(view, figures)
    return StoryPage(
        title=title_of(tuple(row.line for row in rows), counts, view.joins()),
        period=period_of([item.when for item in strip.articles.points]),
        counts=counts,
        outlets=len(view.facets(ALL).outlet),
        reviewed=_reviewed(view),
        lead=show_line(lead) if lead else None,
        telling=telling,
        successor=show_line(successor) if successor else None,
        strip=strip,
        lines=tuple(show_line(row) for row in rows),
        more_lines=found.next is not None,
        articles=carriers(view, rows),
        figures=vouched_first(group for group in groups if group.known)[:MOST_GROUPS],
    )


def vouched_first(groups: Iterable[FigureGroup]) -> tuple[FigureGroup, ...]:
    """The figures worth a look first: those in conflict, then those that somebody claims, then what outlets state."""
    return tuple(sorted(groups, key=_figure_place))


def _figure_place(group: FigureGroup) -> tuple[bool, bool, bool]:
    vague = all(any(flag.words == "vague" for flag in figure.flags) for figure in group.figures)
    claimed = any(figure.claimant.basis != LINK_BASIS[LinkBasis.OUTLET] for figure in group.figures)
    return not group.conflict, vague, not claimed


def tell_lead(rows: Sequence[LineRow]) -> tuple[LineRow | None, tuple[Telling, ...]]:
    """The line most worth telling, and its history in clauses."""
    lead = max(rows, key=_weight, default=None)
    return lead, tell(lead.line) if lead else ()


def _weight(row: LineRow) -> tuple[int, int, float]:
    """The line most worth telling: rejected ones last, then by kinds of step, steps and articles."""
    kinds = len({entry.status for entry in row.line.history})
    return (row.review.review != Review.REJECTED, kinds, len(row.line.history) + len(row.documents) + row.line.score)


def _reviewed(view: View) -> int:
    return sum(facet.count for facet in view.facets(ALL).review if facet.value != Review.SUGGESTED)


def title_of(lines: tuple[RedLine, ...], counts: Counts, joins: tuple[Join, ...] = ()) -> str:
    """A heading that says whose lines these are, those with most steps first; nothing is interpreted.

    joins: keys of one actor, who is named once.
    """
    one = {join.key: join.into for join in joins}
    steps: Counter[str] = Counter()
    names: dict[str, str] = {}
    for line in (line for line in lines if line.issuer is not None):
        key = one.get(str(line.issuer), str(line.issuer))
        steps[key] += len(line.history)
        names[key] = line.issuer_name if key == line.issuer else names.get(key, line.issuer_name)
    if steps:
        return f"The red lines of {_list([names[key] for key, _ in steps.most_common(3)])}"
    if lines:
        return f"{plural(len(lines), 'red line')}, whose is not known"
    return "No red line on record yet" if counts.documents else "Nothing on record yet"


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def period_of(ranges: list[DateRange]) -> str:
    """The months that the dates span; a date that is open to one side says nothing about either."""
    closed = [(shown.earliest, shown.latest) for shown in ranges if shown.earliest and shown.latest]
    days = sorted(day for ends in closed for day in ends if day)
    if not days:
        return "dates not known"
    first, last = month_words(days[0]), month_words(days[-1])
    return first if first == last else f"{first} – {last}"


def tell(line: RedLine) -> tuple[Telling, ...]:
    """The line's history in clauses, in order; steps of one kind are told once, with how often they come again."""
    kinds: dict[Status, list[StatusEntry]] = defaultdict(list)
    for entry in line.history[1:]:
        kinds[entry.status].append(entry)
    first = [_first_clause(line.history[0], line)] if line.history else []
    return tuple(first + [_clause(entries, line) for status, entries in kinds.items() if status in TOLD])


def _first_clause(entry: StatusEntry, line: RedLine) -> Telling:
    words = f"{line.issuer_name} {DREW.get(line.act, 'stated this')}"
    return Telling(words, f"/lines/{line.id}#s{entry.id}", time_phrase(entry.when))


def _clause(entries: list[StatusEntry], line: RedLine) -> Telling:
    # A day that is open to one side tells the reader least; the others of the kind stand in their order.
    first = min(entries, key=lambda entry: entry.when.earliest is None or entry.when.latest is None)
    inferred = " (inferred)" if first.inferred else ""
    again = f", and {times_again(len(entries) - 1)}" if len(entries) > 1 else ""
    return Telling(TOLD[first.status], f"/lines/{line.id}#s{first.id}", time_phrase(first.when) + inferred + again)


def times_again(more: int) -> str:
    """`once more`, `3 more times`."""
    return "once more" if more == 1 else f"{more:,} more times"


def time_phrase(when: DateRange) -> str:
    """The time as it stands in a sentence: "on 11 Mar 2023", "in Aug 2023", "(4–11 Mar 2023)"."""
    words = range_words(when)
    if when.is_day:
        return f"on {words}"
    if when.earliest is None or when.latest is None:
        return f"({words})"
    return f"in {words}" if words[0].isalpha() and EN_DASH not in words else f"({words})"


def _rows(page: StoryPage) -> list[Row]:
    return [line_row(line) for line in page.lines]


STORY = Sheet("story", "/", "story.html", StoryPage, story_page, LINE_COLUMNS, _rows, "story", "The story so far")
