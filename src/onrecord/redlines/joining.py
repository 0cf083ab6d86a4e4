"""Mentions of the same line, across documents: which drafts belong together.

Only drafts of one issuer that share a word or group are compared, found through an index by issuer and term. The result
depends on the set of drafts alone, never on their order: pairs are joined from the best score down, and a veto between
any two members keeps their groups apart.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, combinations_with_replacement, product
from math import inf
from typing import TypeVar

from onrecord.records.rulings import JoinRuling
from onrecord.redlines.accounts import find_accounts
from onrecord.redlines.deeds import find_alike, is_quoted
from onrecord.redlines.drafts import Draft
from onrecord.redlines.features import OTHER_CONSEQUENCES, Verdict, Verdicts, exclude_by_names
from onrecord.redlines.gist import Gist, Part
from onrecord.redlines.names import Known
from onrecord.redlines.retold import MEAN, find_retold, whole_sense
from onrecord.redlines.settled import Settled, in_order, settle
from onrecord.redlines.vectors import Vectors

# Lowest scores at which two mentions are joined, chosen on evaluation/gold/redlines_tuning.yml.
SURE = 0.55  # same issuer, both consequences stated
WITHOUT_CONSEQUENCE = 0.62  # one of them does not say what follows
OTHER_PERSON = 0.60  # another person who speaks for the same state
REWORDED = 0.42  # in one document, one in the outlet's words, the other quoted: outlets reword what they quote below
BESIDE = 0.60  # in one document, both in the outlet's words
QUOTED_TWICE = 0.85  # in one document, both quoted: a speaker who names two conditions draws two lines
NEAR = 0.25  # from here on a reader is told that two may be one; what comes of it stands in docs/method.md
CERTAIN = inf  # settled by a reviewer
LEAST_MEAN = 0.35  # lowest mean score between all members of two groups that are joined through their best pair

Told = TypeVar("Told")
Names = tuple[tuple[Part, tuple[Known, ...]], ...]
Good = tuple[float, Draft, Draft]  # a pair that may join two groups, with its score
Members = tuple[str, ...]  # ids of the mentions of a group, in order


@dataclass(frozen=True, slots=True)
class Link:
    """What joins a draft to its group: the draft on the other side, and the verdict."""

    to: Draft
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Group:
    """Drafts that word one line, in order of mention id, and the best link of each (none for a lone draft).

    near: for each draft its likeness to drafts of other groups, where nothing keeps the two apart.
    """

    drafts: tuple[Draft, ...]
    links: Mapping[str, Link]
    near: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why two drafts may be one line beside their words: see accounts.py, deeds.py and retold.py."""

    words: Verdicts
    accounts: Mapping[tuple[str, str], float]
    alike: Mapping[tuple[str, str], str]
    retold: Mapping[tuple[str, str], float]

    def judge(self, names: Collection[str] | None = None) -> Verdicts:
        """The verdicts on drafts, by words and by these reasons; names: of the mentions that count, else all."""
        accounts, retold = _among(self.accounts, names), _among(self.retold, names)
        return Verdicts(self.words.vectors, accounts, _among(self.alike, names), retold, self.words)


def _among(listed: Mapping[tuple[str, str], Told], names: Collection[str] | None) -> Mapping[tuple[str, str], Told]:
    """What is listed of couples of these mentions."""
    if names is None:
        return listed
    return {couple: each for couple, each in listed.items() if couple[0] in names and couple[1] in names}


def find_reasons(drawing: Sequence[Draft], vectors: Vectors) -> Reasons:
    """Why any two of these may be one line. drawing: see `list_drawing`."""
    words = Verdicts(vectors, {})
    return Reasons(words, find_accounts(drawing, vectors), find_alike(drawing, words), find_retold(drawing, words))


def list_drawing(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts that draw a line by themselves; see `repeating_headlines`."""
    repeating = repeating_headlines(drafts)
    return tuple(draft for draft in drafts if draft.live and draft.mention.id not in repeating)


def join_drafts(
    drafts: Iterable[Draft],
    vectors: Vectors,
    beside: Iterable[Draft] = (),
    rulings: Iterable[JoinRuling] = (),
    reasons: Reasons | None = None,
) -> tuple[Group, ...]:
    """The groups of live drafts, then what is only supposed or has happened already, each put to its best group.

    beside: the other drafts of the same documents, among which accounts look for the nearest.
    rulings: what reviewers settled comes before any score. reasons: those of all these drafts, where they are known.
    """
    unique = {draft.mention.id: draft for draft in drafts}
    listed = tuple(unique[name] for name in sorted(unique))
    every = {draft.mention.id: draft for draft in (*beside, *listed)}
    whole = tuple(every[name] for name in sorted(every))
    drawing = list_drawing(whole)
    live = tuple(draft for draft in drawing if draft.mention.id in unique)
    settled = settle(listed, rulings)
    scored = {draft.mention.id for draft in live} - settled.alone
    verdicts = (reasons or find_reasons(drawing, vectors)).judge(scored)
    groups = _join_live(tuple(draft for draft in live if draft.mention.id in scored), verdicts, settled)
    groups += tuple(Group((draft,), {}) for draft in live if draft.mention.id in settled.alone)
    drawn = {draft.mention.id for draft in live} | settled.alone
    return _add_others(groups, tuple(draft for draft in listed if draft.mention.id not in drawn), verdicts, settled)


def repeating_headlines(drafts: Sequence[Draft]) -> frozenset[str]:
    """The headlines over articles in which the same issuer draws a line: they draw none of their own."""
    drawing: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        if draft.live and draft.mention.voice != "headline":
            drawing[draft.mention.document] |= draft.issuer.keys
    headlines = (draft for draft in drafts if draft.mention.voice == "headline")
    return frozenset(each.mention.id for each in headlines if drawing[each.mention.document] & each.issuer.keys)


def find_candidates(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """Every two drafts of one issuer that share a term and whose names do not exclude each other, each pair once.

    Drafts stand in the index by issuer and term, and there by names: what names other places is passed over whole.
    """
    index: dict[tuple[str, str], dict[Names, list[int]]] = defaultdict(lambda: defaultdict(list))
    held: dict[Names, Gist] = {}
    for place, draft in enumerate(drafts):
        names = names_in(draft.compared)
        held.setdefault(names, draft.compared)
        for key in draft.issuer.keys:
            for term in draft.compared.terms:
                index[key, term][names].append(place)
    excluding: dict[tuple[Names, Names], bool] = {}
    seen: set[tuple[int, int]] = set()
    for by_names in index.values():
        for one, other in combinations_with_replacement(by_names, 2):
            if (one, other) not in excluding:
                excluding[one, other] = excluding[other, one] = exclude_by_names(held[one], held[other])
            if not excluding[one, other]:
                couples = product(by_names[one], by_names[other])
                seen.update((min(couple), max(couple)) for couple in couples if couple[0] != couple[1])
    yield from ((drafts[first], drafts[second]) for first, second in sorted(seen))


def names_in(gist: Gist) -> Names:
    """The names of a condition, by the parts they play."""
    return tuple((part, tuple(name.known for name in names)) for part, names in sorted(gist.parts.items()))


def are_candidates(one: Draft, other: Draft) -> bool:
    """Whether two drafts are of one issuer and share a term."""
    shared = one.issuer.keys & other.issuer.keys
    return bool(shared) and not one.compared.terms.keys().isdisjoint(other.compared.terms)


def needed_score(one: Draft, other: Draft) -> float:
    """The lowest score at which two drafts of one issuer are joined."""
    if one.issuer.person and other.issuer.person and not _same_person(one, other):
        return OTHER_PERSON
    silent = one.consequence is None or other.consequence is None
    if one.mention.document == other.mention.document and not (silent and is_quoted(one) is is_quoted(other)):
        return _needed_beside(one, other)
    return WITHOUT_CONSEQUENCE if silent else SURE


def _same_person(one: Draft, other: Draft) -> bool:
    first, second = one.issuer, other.issuer
    return first.key == second.key or (first.person_key is not None and first.person_key == second.person_key)


def _needed_beside(one: Draft, other: Draft) -> float:
    """The lowest score within one document."""
    if "headline" in (one.mention.voice, other.mention.voice) or is_quoted(one) is not is_quoted(other):
        return REWORDED
    return QUOTED_TWICE if is_quoted(one) else BESIDE


def _join_live(live: tuple[Draft, ...], verdicts: Verdicts, settled: Settled) -> tuple[Group, ...]:
    """Groups hang together through good pairs alone, so each stretch of drafts that does is grouped by itself."""
    judged = [(one, other, verdicts.on(one, other)) for one, other in _couples(live, verdicts)]
    good = [(verdict.score, one, other) for one, other, verdict in judged if draw_together(one, other, verdict)]
    by_id = {draft.mention.id: draft for draft in live}
    good += [(CERTAIN, by_id[one], by_id[other]) for one, other in settled.together if {one, other} <= by_id.keys()]
    stretches = _hanging_together(live, good)
    groups = [group for drafts, pairs in stretches for group in _group(drafts, pairs, verdicts, settled)]
    near = [
        (one, other, verdict)
        for one, other, verdict in judged
        if are_near(one, other, verdict) and in_order(one.mention.id, other.mention.id) not in settled.apart
    ]
    groups = _with_near(groups, near)
    return tuple(sorted(groups, key=lambda group: [draft.mention.id for draft in group.drafts]))


def are_near(one: Draft, other: Draft, verdict: Verdict) -> bool:
    """Whether two drafts may be of one line, for a reader to say; one speaker's two lines in one breath are not."""
    in_one_breath = one.mention.document == other.mention.document and one.directness == other.directness
    return verdict.score >= NEAR and verdict.veto is None and not in_one_breath


def _with_near(groups: Sequence[Group], couples: Sequence[tuple[Draft, Draft, Verdict]]) -> list[Group]:
    """The groups with what is near their drafts in other groups."""
    number = {draft.mention.id: place for place, group in enumerate(groups) for draft in group.drafts}
    near: dict[str, list[Link]] = defaultdict(list)
    for one, other, verdict in couples:
        if number[one.mention.id] != number[other.mention.id]:
            near[one.mention.id].append(Link(other, verdict))
            near[other.mention.id].append(Link(one, verdict))
    return [
        replace(group, near={name: tuple(near[name]) for name in _names_of(group) if name in near}) for group in groups
    ]


def _names_of(group: Group) -> Iterator[str]:
    return (draft.mention.id for draft in group.drafts)


def _couples(live: Sequence[Draft], verdicts: Verdicts) -> Iterator[tuple[Draft, Draft]]:
    """The drafts to compare: those that share a term, and those that may be one line for another reason."""
    yield from find_candidates(live)
    by_id = {draft.mention.id: draft for draft in live}
    for couple in sorted(verdicts.couples):
        one, other = by_id[couple[0]], by_id[couple[1]]
        if not are_candidates(one, other) or exclude_by_names(one.compared, other.compared):
            yield one, other


def draw_together(one: Draft, other: Draft, verdict: Verdict) -> bool:
    """Whether a verdict is good enough to join two groups through these drafts."""
    enough = verdict.account or verdict.score >= needed_score(one, other)
    return enough and verdict.veto is None and verdict.apart is None


def _hanging_together(live: Sequence[Draft], good: Sequence[Good]) -> Iterator[tuple[list[Draft], list[Good]]]:
    """The drafts that good pairs link, however far around, with their pairs; a draft without one by itself."""
    around: dict[str, list[Draft]] = defaultdict(list)
    pairs: dict[str, list[Good]] = defaultdict(list)
    for pair in good:
        _score, one, other = pair
        around[one.mention.id].append(other)
        around[other.mention.id].append(one)
        pairs[one.mention.id].append(pair)
    seen: set[str] = set()
    for draft in live:
        reached, waiting = [], [draft]
        while waiting:
            each = waiting.pop()
            if each.mention.id not in seen:
                seen.add(each.mention.id)
                reached.append(each)
                waiting += around[each.mention.id]
        if reached:
            yield reached, [pair for each in reached for pair in pairs[each.mention.id]]


def _group(drafts: Sequence[Draft], good: Sequence[Good], verdicts: Verdicts, settled: Settled) -> Iterator[Group]:
    """The groups of drafts that hang together: the best pair first, as far as no two members exclude each other."""
    by_id = {draft.mention.id: draft for draft in drafts}
    nearness = _Nearness(drafts, verdicts, settled)
    members: dict[str, Members] = {name: (name,) for name in by_id}
    ordered = sorted((-score, one.mention.id, other.mention.id) for score, one, other in good)
    for less, one, other in ordered:
        first, second = members[one], members[other]
        if first != second and (less == -CERTAIN or nearness.allows(first, second)):
            joined = tuple(sorted(first + second))
            nearness.merge(first, second, joined)
            members |= dict.fromkeys(joined, joined)
    for names in set(members.values()):
        yield _form_group(names, by_id, verdicts, settled)


class _Nearness:
    """How near groups are to each other: the sum of their members' scores, kept while groups grow.

    Sums are of thousandths, to which scores are rounded, so that they do not depend on the order of adding. Where
    several documents tell, sense counts where words say less: what joins the groups is one good pair, not this.
    """

    def __init__(self, drafts: Sequence[Draft], verdicts: Verdicts, settled: Settled) -> None:
        self._between: dict[Members, dict[Members, tuple[int, bool]]] = {(draft.mention.id,): {} for draft in drafts}
        several = len({draft.mention.document for draft in drafts}) > 1
        for one, other in combinations(drafts, 2):
            if several or are_candidates(one, other) or verdicts.are_accounts(one, other):
                verdict = verdicts.on(one, other)
                near, veto = 0.0 if verdict.apart is not None else verdict.score, verdict.veto
                if several and verdict.apart is None and veto in (None, OTHER_CONSEQUENCES):
                    near = max(near, whole_sense(one, other, verdicts.vectors))
                    veto = None if veto == OTHER_CONSEQUENCES and near >= MEAN else veto
                self._set((one.mention.id,), (other.mention.id,), (round(near * 1000), veto is not None))
        for first, second in settled.apart:
            if (first,) in self._between and (second,) in self._between:
                self._set((first,), (second,), (0, True))

    def _set(self, one: Members, other: Members, between: tuple[int, bool]) -> None:
        self._between[one][other] = self._between[other][one] = between

    def allows(self, one: Members, other: Members) -> bool:
        """Whether no two members exclude each other and the groups are near each other as a whole."""
        near, vetoed = self._between[one].get(other, (0, False))
        return not vetoed and near >= round(LEAST_MEAN * 1000) * len(one) * len(other)

    def merge(self, one: Members, other: Members, joined: Members) -> None:
        """Two groups become one."""
        first, second = self._between.pop(one), self._between.pop(other)
        self._between[joined] = {}
        for group in (first.keys() | second.keys()) - {one, other}:
            mine, theirs = first.get(group, (0, False)), second.get(group, (0, False))
            self._between[group].pop(one, None)
            self._between[group].pop(other, None)
            self._set(joined, group, (mine[0] + theirs[0], mine[1] or theirs[1]))


def _form_group(names: Sequence[str], by_id: Mapping[str, Draft], verdicts: Verdicts, settled: Settled) -> Group:
    links: dict[str, Link] = {}
    for name in names:
        draft, others = by_id[name], [by_id[other] for other in names if other != name]
        near = (each for each in others if are_candidates(draft, each) or verdicts.are_accounts(draft, each))
        known = [(verdicts.on(draft, other), other) for other in near]
        if known:
            verdict, other = max(known, key=lambda each: (each[0].score, each[1].mention.id))
            links[name] = Link(other, verdict)
    for (one, two), reviewer in settled.together.items():
        if one in by_id.keys() & set(names) and two in names:
            links |= {one: _settled_link(by_id[two], reviewer), two: _settled_link(by_id[one], reviewer)}
    return Group(tuple(by_id[name] for name in names), links)


def _settled_link(to: Draft, reviewer: str) -> Link:
    return Link(to, Verdict(1.0, f"settled by {reviewer or 'a reviewer'}", None))


def _add_others(
    groups: tuple[Group, ...], others: tuple[Draft, ...], verdicts: Verdicts, settled: Settled
) -> tuple[Group, ...]:
    """The groups with the drafts that draw no line by themselves put to the group they fit best, if one fits."""
    by_issuer: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for key in {key for draft in group.drafts for key in draft.issuer.keys}:
            by_issuer[key].add(number)
    added: dict[int, list[tuple[Draft, Link]]] = defaultdict(list)
    for draft in others:
        numbers = sorted({number for key in draft.issuer.keys for number in by_issuer[key]})
        fits = [(link, number) for number in numbers if (link := _best_link(draft, groups[number], verdicts, settled))]
        fits = [
            (_settled_link(other, settled.together[found]), number)
            for number, group in enumerate(groups if settled.together else ())
            for other in group.drafts
            if (found := in_order(draft.mention.id, other.mention.id)) in settled.together
        ] or fits
        if fits:
            link, number = max(fits, key=lambda fit: (fit[0].verdict.score, fit[0].to.mention.id))
            added[number].append((draft, link))
    return tuple(_extend(group, added[number]) for number, group in enumerate(groups))


def _best_link(draft: Draft, group: Group, verdicts: Verdicts, settled: Settled) -> Link | None:
    if any(in_order(draft.mention.id, other.mention.id) in settled.apart for other in group.drafts):
        return None
    links = [Link(other, verdicts.on(draft, other)) for other in group.drafts if draft.issuer.keys & other.issuer.keys]
    if any(link.verdict.veto is not None for link in links):
        return None
    good = [link for link in links if belongs_beside(draft, link.to, link.verdict)]
    return max(good, key=lambda link: (link.verdict.score, link.to.mention.id), default=None)


def belongs_beside(draft: Draft, other: Draft, verdict: Verdict) -> bool:
    """Whether a draft that draws no line by itself may belong to the line of another."""
    return are_candidates(draft, other) and not verdict.apart and verdict.score >= needed_score(draft, other)


def _extend(group: Group, added: Sequence[tuple[Draft, Link]]) -> Group:
    drafts = sorted((*group.drafts, *(draft for draft, _ in added)), key=lambda draft: draft.mention.id)
    links = {**group.links, **{draft.mention.id: link for draft, link in added}}
    return replace(group, drafts=tuple(drafts), links=links)
