"""Mentions of the same line, across documents: which drafts belong together.

Only drafts of one issuer that share a word or group are compared, found through an index by issuer and term. The result
depends on the set of drafts alone, never on their order: pairs are joined from the best score down, and a veto between
any two members keeps their groups apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from onrecord.records.findings import Directness
from onrecord.redlines.drafts import Draft
from onrecord.redlines.features import Verdict, compare
from onrecord.redlines.vectors import Vectors

# Lowest scores at which two mentions are joined, chosen on evaluation/gold/redlines_tuning.yml.
SURE = 0.55  # same issuer, both consequences stated
WITHOUT_CONSEQUENCE = 0.62  # one of them does not say what follows
OTHER_PERSON = 0.60  # another person who speaks for the same state
REWORDED = 0.42  # in one document, one in the outlet's words, the other quoted: outlets reword what they quote below
BESIDE = 0.60  # in one document, both in the outlet's words
QUOTED_TWICE = 0.85  # in one document, both quoted: a speaker who names two conditions draws two lines
LEAST_MEAN = 0.35  # lowest mean score between all members of two groups that are joined through their best pair


@dataclass(frozen=True, slots=True)
class Link:
    """What joins a draft to its group: the draft on the other side, and the verdict."""

    to: Draft
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Group:
    """Drafts that word one line, in order of mention id, and the best link of each (none for a lone draft)."""

    drafts: tuple[Draft, ...]
    links: Mapping[str, Link]


def join_drafts(drafts: Iterable[Draft], vectors: Vectors) -> tuple[Group, ...]:
    """The groups of live drafts, then what is only supposed or has happened already, each put to its best group."""
    unique = {draft.mention.id: draft for draft in drafts}
    listed = tuple(unique[name] for name in sorted(unique))
    live = tuple(draft for draft in listed if draft.live and not _repeats_body(draft, listed))
    groups = _join_live(live, vectors)
    drawn = {draft.mention.id for draft in live}
    return _add_others(groups, tuple(draft for draft in listed if draft.mention.id not in drawn), vectors)


def _repeats_body(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether it is a headline over an article in which the same issuer draws a line: it draws none of its own."""
    return draft.mention.voice == "headline" and any(
        other.mention.document == draft.mention.document
        and other.live
        and other.mention.voice != "headline"
        and other.issuer.keys & draft.issuer.keys
        for other in drafts
    )


def find_candidates(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Every two drafts of one issuer that share a term of their conditions, each pair once."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        for key in draft.issuer.keys:
            for term in draft.compared.terms:
                index[key, term].append(place)
    seen = {couple for places in index.values() for couple in combinations(sorted(set(places)), 2)}
    yield from ((drafts[first], drafts[second]) for first, second in sorted(seen))


def needed_score(one: Draft, other: Draft) -> float:
    """The lowest score at which two drafts of one issuer are joined."""
    if one.issuer.person and other.issuer.person and not _same_person(one, other):
        return OTHER_PERSON
    silent = one.consequence is None or other.consequence is None
    if one.mention.document == other.mention.document and not (silent and _is_quoted(one) is _is_quoted(other)):
        return _needed_beside(one, other)
    return WITHOUT_CONSEQUENCE if silent else SURE


def _same_person(one: Draft, other: Draft) -> bool:
    first, second = one.issuer, other.issuer
    return first.key == second.key or (first.person_key is not None and first.person_key == second.person_key)


def _needed_beside(one: Draft, other: Draft) -> float:
    """The lowest score within one document."""
    if "headline" in (one.mention.voice, other.mention.voice) or _is_quoted(one) is not _is_quoted(other):
        return REWORDED
    return QUOTED_TWICE if _is_quoted(one) else BESIDE


def _is_quoted(draft: Draft) -> bool:
    quoted = (Directness.DIRECT, Directness.MIXED, Directness.UNMARKED)
    return draft.mention.voice == "speaker" and draft.directness in quoted


def _join_live(live: tuple[Draft, ...], vectors: Vectors) -> tuple[Group, ...]:
    verdicts = {
        (one.mention.id, other.mention.id): compare(one, other, vectors) for one, other in find_candidates(live)
    }
    by_id = {draft.mention.id: draft for draft in live}
    good = [
        (verdict.score, couple)
        for couple, verdict in verdicts.items()
        if verdict.veto is None
        and verdict.apart is None
        and verdict.score >= needed_score(by_id[couple[0]], by_id[couple[1]])
    ]
    members: dict[str, tuple[str, ...]] = {name: (name,) for name in by_id}
    for _score, (one, other) in sorted(good, key=lambda each: (-each[0], each[1])):
        first, second = members[one], members[other]
        if first != second and _may_join(first, second, verdicts):
            joined = tuple(sorted(first + second))
            members |= dict.fromkeys(joined, joined)
    return tuple(_form_group(names, by_id, verdicts) for names in sorted(set(members.values())))


def _may_join(first: Sequence[str], second: Sequence[str], verdicts: Mapping[tuple[str, str], Verdict]) -> bool:
    """Whether no two members exclude each other and the groups are near each other as a whole."""
    crossing = [verdicts.get(_couple(one, other)) for one in first for other in second]
    if any(verdict is not None and verdict.veto is not None for verdict in crossing):
        return False
    scores = [verdict.score if verdict is not None and verdict.apart is None else 0.0 for verdict in crossing]
    return sum(scores) / len(scores) >= LEAST_MEAN


def _couple(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _form_group(names: Sequence[str], by_id: Mapping[str, Draft], verdicts: Mapping[tuple[str, str], Verdict]) -> Group:
    links: dict[str, Link] = {}
    for name in names:
        known = [(verdicts[_couple(name, other)], other) for other in names if _couple(name, other) in verdicts]
        if known:
            verdict, other = max(known, key=lambda each: (each[0].score, each[1]))
            links[name] = Link(by_id[other], verdict)
    return Group(tuple(by_id[name] for name in names), links)


def _add_others(groups: tuple[Group, ...], others: tuple[Draft, ...], vectors: Vectors) -> tuple[Group, ...]:
    """The groups with the drafts that draw no line by themselves put to the group they fit best, if one fits."""
    added: dict[int, list[tuple[Draft, Link]]] = defaultdict(list)
    for draft in others:
        fits = [(link, number) for number, group in enumerate(groups) if (link := _best_link(draft, group, vectors))]
        if fits:
            link, number = max(fits, key=lambda fit: (fit[0].verdict.score, fit[0].to.mention.id))
            added[number].append((draft, link))
    return tuple(_extend(group, added[number]) for number, group in enumerate(groups))


def _best_link(draft: Draft, group: Group, vectors: Vectors) -> Link | None:
    links = [
        Link(other, compare(draft, other, vectors)) for other in group.drafts if draft.issuer.keys & other.issuer.keys
    ]
    if any(link.verdict.veto is not None for link in links):
        return None
    good = [link for link in links if not link.verdict.apart and link.verdict.score >= needed_score(draft, link.to)]
    return max(good, key=lambda link: (link.verdict.score, link.to.mention.id), default=None)


def _extend(group: Group, added: Sequence[tuple[Draft, Link]]) -> Group:
    drafts = sorted((*group.drafts, *(draft for draft, _ in added)), key=lambda draft: draft.mention.id)
    return Group(tuple(drafts), {**group.links, **{draft.mention.id: link for draft, link in added}})
