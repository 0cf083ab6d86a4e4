"""Whether two mentions word the same line: a table of features, each with its weight and its reason.

What has no value (no event is named, no consequence is stated) is left out and the other weights count for more. Vetoes
stand above the table: whatever the score, texts that exclude each other are two lines.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from onrecord.records.findings import Operator
from onrecord.redlines.accounts import AGREEING, SAME, account_text
from onrecord.redlines.alignment import align, are_of_a_kind, different_things, share_happenings
from onrecord.redlines.concepts import are_opposite, kin_of
from onrecord.redlines.drafts import Draft
from onrecord.redlines.gist import Gist, Part, scope_names
from onrecord.redlines.names import Kind, Name, Relation, relate_names
from onrecord.redlines.vectors import Vectors
from onrecord.redlines.words import split_words

NEAR, FAR = 0.75, 0.15  # cosines of sentence vectors that count as the same and as nothing in common
ALIKE = 0.45  # cosine of two consequences from which they may be the same in other words
LEAST_COMMON = 0.25  # share of the things two consequences name from which they may be the same
SAME_WORDS = 0.95  # part of the shorter condition that the other one must have for both to be one
MOST = 0.6  # share of words from which a negation in one of two conditions makes them contraries
VAGUE = frozenset({"+answer"})
# Told again on any day: of the seen pairs of one issuer with no veto, those this near in sense are of one line in all
# but one of a hundred (evaluation/gold/redlines_tuning*.yml and the two measuring files that were looked at).
RETOLD, RETOLD_CONDITION, RETOLD_WORDS = 0.62, 0.50, 0.35
ALIKE_MENTIONS = 0.5  # score of two mentions that are joined for another reason than their words
OTHER_CONSEQUENCES = "different consequences"
BORROWED = 0.9  # what is left of a score whose condition only points back


@dataclass(frozen=True, slots=True)
class Pair:
    """Two drafts to compare, and the vectors of their texts."""

    one: Draft
    other: Draft
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Feature:
    """A comparison with a name, a weight and a function that gives 0..1, or None where there is nothing to compare."""

    name: str
    weight: float
    compare: Callable[[Pair], float | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The score of a comparison, 0..1, the reason in words, and the veto if there is one.

    apart: why the two are not joined directly, though a third mention may stand between them. account: two accounts of
    one day's words, each the other's nearest (see accounts.py).
    """

    score: float
    reason: str
    veto: str | None
    apart: str | None = None
    account: bool = False


def share(one: Mapping[str, float], other: Mapping[str, float]) -> float | None:
    """How much weight two sets of terms share: the mean of Jaccard and the smaller one's part; None if one is empty."""
    if not one or not other:
        return None
    shared = sum(weight for term, weight in one.items() if term in other)
    less = min(sum(one.values()), sum(other.values()))
    every = sum({**one, **other}.values())
    return (shared / every + shared / less) / 2


def share_events(one: Gist, other: Gist) -> float | None:
    """How far two texts name the same happenings with the same sign; None if one names none."""
    if not one.events or not other.events:
        return None
    shared = min(share_happenings(one.events, other.events), share_happenings(other.events, one.events))
    less, every = min(len(one.events), len(other.events)), len(one.events) + len(other.events)
    return (shared / less + shared / (every - shared)) / 2


def scale_cosine(cosine: float | None) -> float | None:
    """A cosine as a value 0..1."""
    return None if cosine is None else min(1.0, max(0.0, (cosine - FAR) / (NEAR - FAR)))


def _condition_events(pair: Pair) -> float | None:
    return share_events(pair.one.compared, pair.other.compared)


def _shorter_words(pair: Pair) -> float | None:
    found = align(pair.one.compared, pair.other.compared, pair.vectors)
    return found.of_smaller if found is not None else None


def _all_words(pair: Pair) -> float | None:
    found = align(pair.one.compared, pair.other.compared, pair.vectors)
    return found.of_both if found is not None else None


def _condition_vectors(pair: Pair) -> float | None:
    if pair.one.borrowed or pair.other.borrowed:
        return None
    return scale_cosine(pair.vectors.cosine(pair.one.compared.text, pair.other.compared.text))


def _consequence(pair: Pair) -> float | None:
    one, other = pair.one.consequence, pair.other.consequence
    if one is None or other is None:
        return None
    if _leave_talks(one, other):
        return 1.0
    events = share(dict.fromkeys(as_kin(one), 1.0), dict.fromkeys(as_kin(other), 1.0))
    return events if events is not None else share(one.terms, other.terms)


def _leave_talks(one: Gist, other: Gist) -> bool:
    """Whether one leaves the place by which the other names the talks it quits: "leave Orle", "end the Orle talks"."""
    return any(
        "+departure" in leaving.events
        and "-talks" in ending.events
        and any(_agree(*names) for names in _couples(leaving.named(Part.OBJECT, Part.FROM), ending.named(Part.OF)))
        for leaving, ending in ((one, other), (other, one))
    )


def as_kin(consequence: Gist) -> frozenset[str]:
    """The happenings of a consequence, those that threaten alike as one."""
    return frozenset(kin_of(event) for event in consequence.events)


def _consequence_vectors(pair: Pair) -> float | None:
    one, other = pair.one.consequence, pair.other.consequence
    return None if one is None or other is None else scale_cosine(pair.vectors.cosine(one.text, other.text))


def _names(pair: Pair) -> float | None:
    """1 where a place or party is named alike; None where none is: names that exclude each other are a veto."""
    one, other = scope_names(pair.one.compared), scope_names(pair.other.compared)
    return 1.0 if any(_agree(*names) for names in _couples(one, other)) else None


# Weights: chosen on evaluation/gold/redlines_tuning.yml, then rounded; `python -m evaluation.redlines` prints
# what joining scores with them.
JOINING = (
    Feature("what would happen", 0.15, _condition_events),
    Feature("words of the shorter condition", 0.35, _shorter_words),
    Feature("words of both conditions", 0.15, _all_words),
    Feature("sense of the condition", 0.15, _condition_vectors),
    Feature("consequence", 0.15, _consequence),
    Feature("sense of the consequence", 0.05, _consequence_vectors),
    Feature("places and parties", 0.10, _names),
)


class Verdicts:
    """The verdicts on drafts. Drafts in the same words are compared once, however many they are.

    The order of two drafts does not matter. accounts: see accounts.py; alike: see deeds.py; retold: see retold.py.
    words: verdicts that compared the words before, so that nothing is compared again.
    """

    def __init__(
        self,
        vectors: Vectors,
        accounts: Mapping[tuple[str, str], float],
        alike: Mapping[tuple[str, str], str] | None = None,
        retold: Mapping[tuple[str, str], float] | None = None,
        words: "Verdicts | None" = None,
    ) -> None:
        self.vectors = vectors
        self.accounts = accounts
        self._alike = alike or {}
        self._retold = retold or {}
        self.couples = frozenset(self._alike.keys() | accounts.keys() | self._retold.keys())
        self._numbers: dict[Wording, int] = {} if words is None else words._numbers
        self._worded: dict[str, int] = {} if words is None else words._worded
        self._compared: dict[tuple[int, int, bool], Verdict] = {} if words is None else words._compared
        self._known: dict[tuple[int, int, bool, bool, bool, str | None, float | None], Verdict] = {}
        self._given: dict[tuple[str, str], Verdict] = {}  # by couple: grouping asks for each several times

    def on(self, one: Draft, other: Draft) -> Verdict:
        """Whether two drafts word the same line."""
        first, second = (one, other) if one.mention.id <= other.mention.id else (other, one)
        couple = (first.mention.id, second.mention.id)
        verdict = self._given.get(couple)
        if verdict is None:
            verdict = self._given[couple] = self._judged(first, second, couple)
        return verdict

    def _judged(self, first: Draft, second: Draft, couple: tuple[str, str]) -> Verdict:
        words = self._number(first), self._number(second)
        stand = _same_day(first, second), first.mention.document == second.mention.document
        beside = first.siblings == second.siblings
        key = (*words, *stand, beside, self._alike.get(couple), self.accounts.get(couple))
        verdict = self._known.get(key)
        if verdict is None:
            compared = self._compared.get(key[:3])
            if compared is None:
                compared = self._compared[key[:3]] = compare(Pair(first, second, self.vectors))
            verdict = _judge(Pair(first, second, self.vectors), compared, key[-1])
            verdict = self._known[key] = _as_alike(verdict, key[-2]) if key[-2] is not None else verdict
        sense = self._retold.get(couple)
        return verdict if sense is None else _as_near(verdict, sense)

    def are_accounts(self, one: Draft, other: Draft) -> bool:
        """Whether two drafts may be one line for another reason than their words."""
        first, second = one.mention.id, other.mention.id
        return (min(first, second), max(first, second)) in self.couples

    def _number(self, draft: Draft) -> int:
        """One number for all drafts in the same words."""
        found = self._worded.get(draft.mention.id)
        if found is None:
            found = self._worded[draft.mention.id] = self._numbers.setdefault(_wording_of(draft), len(self._numbers))
        return found


def _judge(pair: Pair, verdict: Verdict, cosine: float | None) -> Verdict:
    """The verdict of the words, beside where both stand. cosine: of two accounts of one day's words, else None."""
    one, other = pair.one, pair.other
    if one.siblings == other.siblings and one.mention.operator is Operator.OR:
        return replace(verdict, veto="alternatives of one sentence, joined by “or”")
    told = cosine is not None and (cosine >= SAME or verdict.score >= AGREEING)
    if one.mention.document == other.mention.document and "headline" not in (one.mention.voice, other.mention.voice):
        told = told and verdict.apart is None  # in one article other words for the thing are other things
    if told and cosine is not None:
        return _as_account(verdict, cosine, pair)
    whole = _retold(pair, verdict)
    return verdict if whole is None else _as_retold(verdict, whole, _names(pair) is not None and not _of_a_kind(pair))


def _as_alike(verdict: Verdict, why: str) -> Verdict:
    """The verdict on two mentions that are one line for another reason than their words; see deeds.py."""
    veto = None if verdict.veto == OTHER_CONSEQUENCES else verdict.veto
    if veto is not None or verdict.account:
        return verdict
    score, reason = max(verdict.score, ALIKE_MENTIONS), f"{why}; {verdict.reason}"
    return replace(verdict, score=score, reason=reason, veto=None, apart=None, account=True)


def _as_near(verdict: Verdict, sense: float) -> Verdict:
    """The verdict on two mentions that are each the other's nearest in sense; see retold.py."""
    if verdict.veto is not None or verdict.account:
        return verdict
    reason = f"each nearest to the other in sense, {sense:.2f}; {verdict.reason}"
    return replace(verdict, score=max(verdict.score, sense), reason=reason, apart=None, account=True)


def _as_account(verdict: Verdict, cosine: float, pair: Pair) -> Verdict:
    """The verdict on two accounts of one day's words: their sense counts, other words for the thing do not.

    Outlets pick different parts of what follows, so only the conditions can keep them apart.
    """
    veto = next(find_condition_vetoes(pair), None) if verdict.veto is not None else None
    reason = f"two accounts of one day's words, each nearest to the other: sense of the whole {cosine:.2f}"
    score = max(verdict.score, round(cosine, 3))
    return replace(verdict, score=score, reason=f"{reason}; {verdict.reason}", veto=veto, apart=None, account=True)


def _retold(pair: Pair, verdict: Verdict) -> float | None:
    """The cosine of two mentions where both sides of it are near in sense and the words agree a little; else None.

    A speaker who names two conditions in one breath draws two lines, however near they are.
    """
    one, other = pair.one, pair.other
    both = one.consequence is not None and other.consequence is not None and not (one.borrowed or other.borrowed)
    beside = one.mention.document == other.mention.document and one.directness == other.directness
    if not both or beside or verdict.score < RETOLD_WORDS or not (_condition_events(pair) or _all_words(pair)):
        return None
    whole = pair.vectors.cosine(account_text(one), account_text(other)) or 0.0
    condition = pair.vectors.cosine(one.compared.text, other.compared.text) or 0.0
    return whole if whole >= RETOLD and condition >= RETOLD_CONDITION else None


def _of_a_kind(pair: Pair) -> bool:
    things = different_things(pair.one.compared, pair.other.compared, pair.vectors)
    return things is not None and are_of_a_kind(things, pair.vectors)


def _as_retold(verdict: Verdict, cosine: float, placed: bool) -> Verdict:
    """The verdict on words told again on another day: near in sense, with no word that speaks against it.

    placed: whether both name the same place or party, and no two things of a kind there, such as a bridge and a ferry:
    then other words for the thing are no other thing.
    """
    reason = f"told again in other words: sense of the whole {cosine:.2f}"
    score, apart = max(verdict.score, round(cosine, 3)), None if placed else verdict.apart
    return replace(verdict, score=score, reason=f"{reason}; {verdict.reason}", apart=apart, account=apart is None)


Wording = tuple[object, ...]


def _wording_of(draft: Draft) -> Wording:
    """All of a draft that decides, but its place and day. What a gist holds follows from its text, events and sign."""
    gist, mention = draft.compared, draft.mention
    consequence = draft.consequence.text if draft.consequence is not None else None
    compared = gist.text, gist.events, gist.negated, consequence, draft.refused, draft.borrowed, mention.negated
    return *compared, account_text(draft), draft.directness, mention.operator, mention.voice == "headline"


def compare(pair: Pair) -> Verdict:
    """Whether the words of two drafts word the same line. Whether they stand as alternatives is not asked."""
    score, reason = weigh(JOINING, pair)
    if pair.one.borrowed or pair.other.borrowed:
        score *= BORROWED
    return Verdict(round(score, 3), reason, next(find_vetoes(pair), None), _why_apart(pair))


def _why_apart(pair: Pair) -> str | None:
    """Other things in two conditions: no contradiction, but nothing that joins them either."""
    one, other = pair.one, pair.other
    if one.borrowed or other.borrowed or _points(one) or _points(other):
        return None
    things = different_things(one.compared, other.compared, pair.vectors)
    return f"other things: {things[0]}, {things[1]}" if things is not None else None


def weigh(features: tuple[Feature, ...], pair: Pair) -> tuple[float, str]:
    """The weighted mean of the features that have a value, and the reason that lists them."""
    values = [(feature, feature.compare(pair)) for feature in features]
    known = [(feature, value) for feature, value in values if value is not None]
    total = sum(feature.weight for feature, _ in known)
    if not total:
        return 0.0, "nothing to compare"
    score = sum(feature.weight * value for feature, value in known) / total
    return score, "; ".join(f"{feature.name} {value:.2f}" for feature, value in known)


def find_vetoes(pair: Pair) -> Iterator[str]:
    """Why the two cannot be one line, whatever their score."""
    yield from find_condition_vetoes(pair)
    yield from find_consequence_vetoes(pair)


def find_condition_vetoes(pair: Pair) -> Iterator[str]:
    """Why their conditions alone keep two drafts apart."""
    one, other = pair.one, pair.other
    yield from find_contradictions(one.compared, other.compared)
    if _holds_otherwise(one, other):
        yield "one holds where the condition fails, the other where it is met"
    if _denies(one.compared, other.compared):
        yield "one denies what the other names"
    if _refuses_another(one, other) or _refuses_another(other, one):
        yield "the same act refused to different things"


def find_consequence_vetoes(pair: Pair) -> Iterator[str]:
    """Why their consequences keep two drafts apart."""
    one, other = pair.one, pair.other
    mine, theirs = one.consequence, other.consequence
    if mine is not None and theirs is not None and not mine.events & theirs.events:  # in "end the treaty on fishing"
        yield from _turned_events(mine, theirs)  # fishing is but the theme
    if _disjoint(pair):
        yield OTHER_CONSEQUENCES


def find_contradictions(one: Gist, other: Gist) -> Iterator[str]:
    """Why two conditions exclude each other."""
    yield from _turned_events(one, other)
    if _undoes(one) is not _undoes(other):
        yield "one undoes what the other does"
    if one.contraries and other.contraries:
        yield from _contrary_words(one, other)
    for mine, theirs in _excluding_names(one, other):
        yield f"other places or parties: {mine.printed}, {theirs.printed}"
    agents = list(_couples(one.named(Part.AGENT), other.named(Part.AGENT)))
    if agents and all(_exclude_known(*couple) for couple in agents):
        yield f"other doers: {agents[0][0].printed}, {agents[0][1].printed}"


def _undoes(gist: Gist) -> bool:
    """Whether something is undone: "the bridge is not reopened" undoes nothing."""
    return gist.undoing and not _fails(gist)


def exclude_by_names(one: Gist, other: Gist) -> bool:
    """Whether their places or parties alone show that two conditions exclude each other."""
    return next(_excluding_names(one, other), None) is not None


def _excluding_names(one: Gist, other: Gist) -> Iterator[tuple[Name, Name]]:
    """Of each part in which all names exclude each other, the first two, unless the other text has one elsewhere."""
    for couples in _comparable(one, other):
        if all(_exclude(*couple) for couple in couples) and not _stand_elsewhere(couples, one, other):
            yield couples[0]


def _stand_elsewhere(couples: Sequence[tuple[Name, Name]], one: Gist, other: Gist) -> bool:
    """Whether a name of one text stands in another part of the other ("the schools of X", "X's schools in Y")."""
    return any(
        _agree(*names)
        for mine, theirs in couples
        for names in (*_couples((mine,), scope_names(other)), *_couples((theirs,), scope_names(one)))
    )


def _turned_events(one: Gist, other: Gist) -> Iterator[str]:
    """The happenings that one text has and the other denies, breaks off, or names the contrary of."""
    for event in sorted(one.events):
        if _turned(event) in other.events and event not in other.events and _turned(event) not in one.events:
            yield f"{event[1:]} in one, none in the other"
    if not one.events & other.events:
        for mine, theirs in product(sorted(one.events), sorted(other.events)):
            if mine[0] == theirs[0] and are_opposite(mine[1:], theirs[1:]):
                yield f"{mine[1:]} in one, {theirs[1:]} in the other"


def _contrary_words(one: Gist, other: Gist) -> Iterator[str]:
    sets = {number for number, _ in one.contraries} & {number for number, _ in other.contraries}
    for number in sorted(sets):
        mine = {stem for place, stem in one.contraries if place == number}
        theirs = {stem for place, stem in other.contraries if place == number}
        if not mine & theirs:
            yield f"contraries: {min(mine)}, {min(theirs)}"


def _denies(one: Gist, other: Gist) -> bool:
    """Whether two conditions whose happening no list knows share most words, and one of them denies it."""
    same = (share(one.terms, other.terms) or 0.0) >= MOST
    return same and not one.events and not other.events and one.negated is not other.negated


def _holds_otherwise(one: Draft, other: Draft) -> bool:
    """Whether one is worded with "unless", and the two say the contrary where no happening carries the sign."""
    unlike = one.mention.negated is not other.mention.negated
    return (
        unlike
        and not one.compared.events & other.compared.events
        and _fails(one.compared) is not _fails(other.compared)
    )


def _fails(condition: Gist) -> bool:
    """Whether a condition is that something does not happen, be it told by a negation or by a happening's sign."""
    return condition.negated or any(event.startswith("-") for event in condition.events)


def _points(draft: Draft) -> bool:
    """Whether a pronoun may stand for the thing that the condition is about ("if they poison it")."""
    return any(word.folded in ("it", "them", "this", "these") for word in split_words(draft.compared.text))


def _refuses_another(one: Draft, other: Draft) -> bool:
    """Whether both speak of one refused act, and one refuses it to a happening that the other does not name.

    Not to recognise a vote is not the same as not to recognise a border.
    """
    shared = one.refused & other.compared.events
    return bool(shared) and bool(one.compared.events - one.refused - other.compared.events)


def _disjoint(pair: Pair) -> bool:
    """Whether both consequences name happenings and have nothing in common: no happening, no thing, no sense.

    A threat that says nothing in particular ("we will respond") fits any.
    """
    one, other = pair.one.consequence, pair.other.consequence
    if one is None or other is None or not one.events or not other.events:
        return False
    mine, theirs = as_kin(one), as_kin(other)
    if _same_condition(pair):
        return False
    if (
        _leave_talks(one, other)
        or share_happenings(mine, theirs)
        or mine <= VAGUE
        or theirs <= VAGUE
        or _same_words_same_day(pair)
    ):
        return False
    cosine = pair.vectors.cosine(one.text, other.text) or 0.0
    return cosine < ALIKE and (share(one.objects, other.objects) or 0.0) < LEAST_COMMON


def _same_condition(pair: Pair) -> bool:
    """Whether one condition has all words and happenings of the other: then the consequence alone may have changed."""
    one, other = pair.one, pair.other
    if one.borrowed or other.borrowed or not one.compared.events or _points(one) or _points(other):
        return False
    found = align(one.compared, other.compared, pair.vectors)
    if found is None or found.of_smaller < SAME_WORDS:
        return False
    cosine = pair.vectors.cosine(one.compared.text, other.compared.text) or 0.0
    return found.of_both >= SAME_WORDS or (one.compared.events == other.compared.events and cosine >= NEAR)


def _same_words_same_day(pair: Pair) -> bool:
    """Whether both report one day's words with one condition: outlets may each pick another part of what follows."""
    same = _same_day(pair.one, pair.other)
    found = align(pair.one.compared, pair.other.compared, pair.vectors) if same else None
    return found is not None and found.of_smaller >= SAME_WORDS


def _same_day(one: Draft, other: Draft) -> bool:
    mine, theirs = one.mention.said_on, other.mention.said_on
    return mine.earliest == theirs.earliest and mine.latest == theirs.latest and mine.is_day


def _turned(event: str) -> str:
    return ("-" if event[0] == "+" else "+") + event[1:]


def _couples(one: tuple[Name, ...], other: tuple[Name, ...]) -> Iterator[tuple[Name, Name]]:
    yield from ((mine, theirs) for mine in one for theirs in other)


def _comparable(one: Gist, other: Gist) -> Iterator[list[tuple[Name, Name]]]:
    """The names to compare: those in like parts, and where both name places within states, those with each other."""
    for parts in ((Part.PLACE, Part.OF), (Part.TO,), (Part.FROM,), (Part.WITH,), (Part.OBJECT,)):
        couples = list(_couples(one.named(*parts), other.named(*parts)))
        if couples:
            yield couples
    places = list(_couples(_known_places(one), _known_places(other)))
    if places:
        yield places


def _known_places(gist: Gist) -> tuple[Name, ...]:
    return tuple(name for name in scope_names(gist) if name.known.kind is Kind.PLACE)


def _agree(one: Name, other: Name) -> bool:
    return relate_names(one.known, other.known) in (Relation.SAME, Relation.CONTAINED)


def _exclude(one: Name, other: Name) -> bool:
    return relate_names(one.known, other.known) is Relation.UNRELATED


def _exclude_known(one: Name, other: Name) -> bool:
    """Doers exclude each other only where both are known: a capital unknown to the lists may stand for its state."""
    return bool(one.known.states and other.known.states) and _exclude(one, other)
