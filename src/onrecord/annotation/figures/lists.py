"""Lists of parts of a whole, whose later items leave out what the first one told; sums given in two currencies."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.annotation.figures.drafts import OF_THEM, PARTS, Draft
from onrecord.annotation.figures.phrases import Phrase
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.spans import Span

LISTED = "listed"  # a passing mark on later items of a list; no flag of the figure


def join_lists(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts with what a list lets its later items share, and conversions marked."""
    done: list[Draft] = []
    base: Phrase | None = None
    for before, draft in zip((None, *drafts), drafts, strict=False):
        listed = before is not None and _are_listed(text, before, draft)
        base = base if listed else None
        item = _as_item(draft, base) if listed else draft
        base = base or draft.base
        item = _as_part_of_those(done[-1] if done else None, item)
        done.append(_as_conversion(text, before, item) if before else item)
    return _share_predicate(_share_compared(text, _share_unit(text, done)))


def _as_part_of_those(before: Draft | None, draft: Draft) -> Draft:
    """A part of what the figure before it counts, marked as inferred: "14 lorries, three of them new"."""
    if OF_THEM not in draft.flags or before is None or before.counts is None:
        return draft
    if draft.unit in PARTS:
        whole = Phrase(before.counts, before.unit or "")
        return replace(draft, base=whole, flags=(*draft.flags, "base_inferred"))
    if draft.counts is not None:
        return draft
    flags = (*(flag for flag in draft.flags if flag != "missing_unit"), "unit_inferred")
    return replace(draft, counts=before.counts, unit=before.unit, flags=flags)


def _share_unit(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """What it rose from has the unit of what it rose to: "from 16 to 22 crowns"."""
    done = list(drafts)
    for at, (one, other) in enumerate(pairwise(drafts)):
        changed = re.fullmatch(r"\s+to\s+", text[one.number.span.end : other.span.start]) is not None
        changed = changed and re.search(r"\bfrom\s+\Z", text[max(0, one.span.start - 8) : one.span.start]) is not None
        if changed and one.unit is None and other.unit is not None:
            flags = (*(flag for flag in one.flags if flag != "missing_unit"), "unit_inferred")
            done[at] = replace(one, unit=other.unit, flags=flags)
    return done


def _share_compared(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """What a number is compared with tells of the same: "61 percent, up from 54", "40 boats, compared with 22"."""
    done = list(drafts)
    for at in range(1, len(done)):
        one, other = done[at - 1], done[at]
        between = text[one.number.span.end : other.span.start]
        named = _GAPPED.fullmatch(between)
        if named and one.counts and one.unit == other.unit and one.unit in PARTS and not (other.counts or other.base):
            first = one.number.span.end + named.start(1)
            done[at] = replace(other, counts=Span(first, first + len(named.group(1))))
            continue
        if one.counts and not (other.counts or other.base) and _AND_BY.fullmatch(between):
            done[at] = replace(
                other, counts=one.counts
            )  # "fell by 62 percent here and by 48.5 there": no unit is carried over
            continue
        if other.counts is not None or other.base is not None or not _is_compared(between, one, other):
            continue
        flags = other.flags
        if other.unit is None and one.unit is not None:
            flags = (*(flag for flag in flags if flag != "missing_unit"), "unit_inferred")
        shares = one.base is not None and one.unit == other.unit
        flags = (*flags, "base_inferred") if shares else flags
        base = one.base if shares else None
        done[at] = replace(other, unit=other.unit or one.unit, counts=one.counts, base=base, flags=flags)
    return done


_AND_BY = re.compile(r"[^,;:.()“”\"]{0,60}\s+and\s+(?:by|to|at)\s+")
# "food climbed 14 per cent, energy 31 per cent": the second leaves its verb out
_GAPPED = re.compile(r"\s?(?:%|per\s?cent|percent),\s+(?:and\s+)?((?:[a-z]+\s){0,2}[a-z]+)\s+(?:by\s+)?")


def _is_compared(between: str, one: Draft, other: Draft) -> bool:
    """Whether nothing but words of comparison and a few that end the first one's clause stand between."""
    alike = other.unit in (None, one.unit) or (other.unit, one.unit) == ("percentage points", "percent")
    compared = alike and _COMPARED.fullmatch(between) is not None
    return compared or (other.unit == "percent" and _TURNED.fullmatch(between) is not None)


_TURNED = re.compile(r"[^,;:.()“”\"]{0,40},\s+(?:up|down)\s+(?:by\s+)?")  # "$640 last year, down 6 percent"


# "61 percent in May, up from", "6,000 residents remain there, down from"
_COMPARED = re.compile(
    r"[^,;:.()“”\"]{0,60}(?:,\s+|\s+)(?:(?:but|and)\s+)?(?:(?:up|down)(?:\s+(?:sharply|slightly))?(?:\s+(?:from|by))?|(?:as\s)?compared\s(?:with|to)|"
    r"(?:as\s)?against|versus|from)\s+(?:the\s+)?(?:some\s+)?"
)


def _as_item(draft: Draft, base: Phrase | None) -> Draft:
    """A later item of a list whose first base is `base`."""
    if draft.base is None and base is not None:
        return replace(draft, base=base, flags=(*draft.flags, "base_inferred"))
    differs = ("base_differs",) if draft.base and base and draft.base.head != base.head else ()
    return replace(draft, flags=(*draft.flags, *differs, LISTED))


def _as_conversion(text: str, before: Draft, draft: Draft) -> Draft:
    if not _is_conversion(text, before, draft):
        return draft
    known = before.number.currency or before.counts is None or before.counts.start < before.number.span.start
    counts = before.counts if known else None  # "40 million selms ($5m)": what stands behind the first is its money
    return replace(draft, counts=counts, flags=(*draft.flags, "conversion"))


def _are_listed(text: str, one: Draft, other: Draft) -> bool:
    """Whether two parts of a whole follow each other with nothing but commas and "and" between."""
    parts = one.unit in PARTS or one.base is not None
    between = text[one.end : other.span.start]
    return parts and other.unit in PARTS and _LIST_JOINT.fullmatch(between) is not None


# ", ", " on Great Lissar and "
_LIST_JOINT = re.compile(
    r"(?:\s+(?:in|on|at|for)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3})?[\s,;]*(?:(?:and|or|while|with)\s+)?"
)


def _is_conversion(text: str, one: Draft, other: Draft) -> bool:
    """As in "£950m (€1.1 billion)": the same sum in another currency."""
    lexicon = load_lexicon("figures")
    money = one.number.currency or one.unit in (*lexicon["currencies"]["codes"], *lexicon["monies"], "kroner", "kronor")
    between = text[one.number.span.end : other.span.start]
    if not (other.number.currency or other.unit in load_lexicon("figures")["currencies"]["codes"]):
        return False
    if money and re.search(r"(?:\(|, or |\bor )\s*\Z", between):
        return True
    bracketed = re.fullmatch(r"(?:\s\w+){0,2}\s\(\s*", between) and text[other.span.end : other.span.end + 1] == ")"
    return bool(bracketed) and one.unit not in (None, "people", *PARTS)


def _share_predicate(drafts: list[Draft]) -> list[Draft]:
    """What all items of a list did stands behind the last one."""
    done: list[Draft] = []
    told: Span | None = None
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        is_listed = LISTED in draft.flags or "base_inferred" in draft.flags
        if draft.counts is None and told is not None:
            draft = replace(draft, counts=told)
        told = draft.counts if is_listed else None
        done.insert(0, draft)
    return done
