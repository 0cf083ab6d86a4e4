"""When a line was worded: mentions of one utterance, in one article or in several, are one occasion.

A second outlet's report of the same words is not the issuer saying them again, and a report whose day is not known is
not taken for another occasion where a known day fits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onrecord.records.documents import Basis, DateRange
from onrecord.records.findings import Directness, Realis
from onrecord.records.redlines import LineMention
from onrecord.redlines.drafts import Draft, has_words

NEVER = date.max
NARROW = timedelta(days=31)  # a wider range of days tells nothing of the occasion
VOICES = {"speaker": 0, "outlet": 2, "headline": 3}


@dataclass(frozen=True, slots=True)
class Occasion:
    """One utterance: its day or days, every draft that reports it, and the one that shows its words best."""

    when: DateRange
    drafts: tuple[Draft, ...]
    best: Draft


def group_occasions(drafts: Iterable[Draft]) -> tuple[Occasion, ...]:
    """The occasions of one line, in order of time; undated ones last."""
    listed = sorted(drafts, key=lambda draft: time_key(draft.mention))
    days: dict[date, list[Draft]] = {}
    for draft in listed:
        said = draft.mention.said_on
        if said.is_day and said.earliest is not None:
            days.setdefault(said.earliest, []).append(draft)
    ranges: list[list[Draft]] = []
    for draft in listed:
        if draft.mention.said_on.is_day or not is_narrow(draft.mention.said_on):
            continue
        day = _day_within(draft, days)
        if day is not None:
            days[day].append(draft)
        else:
            _add_to_range(draft, ranges)
    groups = [*days.values(), *ranges]
    _add_undated([draft for draft in listed if not is_narrow(draft.mention.said_on)], groups)
    return tuple(sorted((_form(group) for group in groups), key=lambda occasion: time_key(occasion.best.mention)))


def time_key(mention: LineMention) -> tuple[date, date, int, str]:
    """Orders mentions by the latest day they can be of, then by how near they are to the speaker's own words."""
    said = mention.said_on
    return (said.latest or NEVER, said.earliest or NEVER, VOICES[mention.voice], mention.id)


def is_narrow(when: DateRange) -> bool:
    """Whether the days are few enough to tell one occasion from another."""
    return when.earliest is not None and when.latest is not None and when.latest - when.earliest <= NARROW


def nearness(draft: Draft) -> tuple[int, int, int]:
    """0 first: how near a draft is to the speaker's own words, and how complete it is."""
    reported = draft.directness is Directness.INDIRECT and draft.mention.voice == "speaker"
    voice = 1 if reported else VOICES[draft.mention.voice]
    return (voice, int(draft.borrowed), int(not draft.mention.consequence))


def _day_within(draft: Draft, days: dict[date, list[Draft]]) -> date | None:
    """The known day that a range of days most likely stands for: of the same article first, else the last one in it."""
    said = draft.mention.said_on
    inside = [day for day in days if (said.earliest or date.min) <= day <= (said.latest or NEVER) and said.is_known]
    same = [day for day in inside if any(each.mention.document == draft.mention.document for each in days[day])]
    return max(same or inside, default=None)


def _add_to_range(draft: Draft, ranges: list[list[Draft]]) -> None:
    for group in ranges:
        same = any(each.mention.document == draft.mention.document for each in group)
        if same or _common_days([*group, draft]) is not None:
            group.append(draft)
            return
    ranges.append([draft])


def _add_undated(undated: Sequence[Draft], groups: list[list[Draft]]) -> None:
    """Undated words are no occasion of their own where dated ones are known, and go with the first.

    Where the text says that they were said again, they are one, a document at a time.
    """
    again: dict[str, list[Draft]] = {}
    for draft in undated:
        if groups and has_words("again", draft.cue):
            again.setdefault(draft.mention.document, []).append(draft)
    rest = [draft for draft in undated if draft.mention.document not in again or not has_words("again", draft.cue)]
    if rest and groups:
        min(groups, key=lambda group: time_key(group[0].mention)).extend(rest)
    elif rest:
        groups.append(rest)
    groups.extend(again.values())


def _common_days(drafts: Sequence[Draft]) -> tuple[date, date] | None:
    known = [draft.mention.said_on for draft in drafts if draft.mention.said_on.is_known]
    first = max((said.earliest or date.min for said in known), default=date.min)
    last = min((said.latest or NEVER for said in known), default=NEVER)
    return (first, last) if first <= last else None


def _form(drafts: Sequence[Draft]) -> Occasion:
    ordered = tuple(sorted(drafts, key=lambda draft: (nearness(draft), time_key(draft.mention))))
    open_ones = [draft for draft in ordered if draft.mention.realis is not Realis.HYPOTHETICAL]
    best = (open_ones or ordered)[0]
    return Occasion(_when(ordered), ordered, best)


def _when(drafts: Sequence[Draft]) -> DateRange:
    """The day, where one draft knows it; else the days that all ranges share."""
    known = [draft.mention.said_on for draft in drafts if is_narrow(draft.mention.said_on)]
    for said in known:
        if said.is_day:
            return said
    if not known:
        return drafts[0].mention.said_on
    common = _common_days(drafts)
    if common is None or len(known) == 1:
        return known[0]
    first, last = common
    return replace(
        known[0],
        earliest=first if first != date.min else None,
        latest=last if last != NEVER else None,
        basis=Basis.INFERRED,
        reason=f"the days that {len(known)} reports of these words share",
    )
