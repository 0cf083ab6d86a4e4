"""Which drafts reviewers settled to be one line, or not: these come before any score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onrecord.records.ids import drawn_id
from onrecord.records.redlines import LineMention
from onrecord.records.rulings import JoinRuling
from onrecord.redlines.drafts import Draft

Couple = tuple[str, str]  # ids of two mentions, in order


@dataclass(frozen=True, slots=True)
class Settled:
    """What reviewers settled among some drafts, by ids of mentions.

    together: couples of one line, with the reviewer. apart: couples of two lines, with the reviewer. alone: those taken
    off a line and put to no other: each stands by itself.
    """

    together: Mapping[Couple, str] = field(default_factory=dict)
    apart: Mapping[Couple, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()


def line_id(mention: LineMention) -> str:
    """The id of a line whose earliest mention this is."""
    return drawn_id(mention.document, mention.condition, mention.consequence)


def settle(drafts: Iterable[Draft], rulings: Iterable[JoinRuling]) -> Settled:
    """What rulings settle among these drafts. A ruling about a line or a passage that is no more settles nothing."""
    listed = tuple(rulings)
    drawn = {line_id(draft.mention): draft.mention.id for draft in drafts} if listed else {}
    held = frozenset(drawn.values())
    together: dict[Couple, str] = {}
    apart: dict[Couple, str] = {}
    alone: set[str] = set()
    for ruling in listed:
        line, to = drawn.get(ruling.line), drawn.get(ruling.to or "")
        if ruling.mention not in held or line is None:
            continue
        if to is not None and to != ruling.mention:
            together[in_order(ruling.mention, to)] = ruling.reviewer
        if ruling.to != ruling.line:
            if line != ruling.mention:
                apart[in_order(ruling.mention, line)] = ruling.reviewer
            if to is None:
                alone.add(ruling.mention)
    return Settled(together, {each: by for each, by in apart.items() if each not in together}, frozenset(alone))


def in_order(one: str, other: str) -> Couple:
    """Two mentions in order."""
    return (one, other) if one < other else (other, one)
