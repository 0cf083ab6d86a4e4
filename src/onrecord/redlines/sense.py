"""How likely what a sentence tells is what a line names, by sense: fitted weights, under plain conditions.

No list knows every verb of the news. The vector of a sentence is near that of what it tells in other words, but also
near that of its contrary and of its theme; so the two must share a word or happening beside it, and nothing may speak
against it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp
from typing import Any

from onrecord.lexicon.loader import load_lexicon
from onrecord.redlines.alignment import LAND, TELLING, kin_happenings, share_happenings
from onrecord.redlines.features import find_contradictions
from onrecord.redlines.flow import STOPS, denies, goes_on, read_flow, undone_words
from onrecord.redlines.gist import Gist, plain, read_gist, scope_names
from onrecord.redlines.marks import read_known, write_known
from onrecord.redlines.names import Known, Relation, relate_names
from onrecord.redlines.vectors import Vectors
from onrecord.redlines.weights import word_weight
from onrecord.redlines.words import split_words

ALONE = 0.55  # cosine from which it tells what is done, where no word or happening of it is shared
TELLS = 0.3  # weight of a word from which its being undone counts: "of" and "the" have less
GROUNDS = 2  # "3,200 dockers are affected" shares one thing with "if a docker is replaced", and says nothing of it


@dataclass(frozen=True, slots=True)
class Sense:
    """How alike two texts are. near: cosine. words: part of the wanted words, by weight. things: telling ones shared.

    happening: whether a happening is shared. flow: 1 where both come to a stand, -1 where one does and the other goes
    on. placed: whether both name one place or party beside the doer.
    """

    near: float
    words: float
    things: int
    happening: float
    flow: int
    placed: bool

    @property
    def grounds(self) -> int:
        """How much beside the cosine speaks for it: what is done, each of two things it is done to, and where."""
        return int(self.acts) + min(self.things, 2) + int(self.placed)

    @property
    def acts(self) -> bool:
        """Whether what is done agrees, and not only what it is done to."""
        return self.happening > 0 or self.flow > 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What a told text holds that may speak for its being near another, without signs; least: see `least_near`.

    names: those that tell where, whose or to whom. contrary: whether it may say that something was not done.
    """

    terms: frozenset[str]
    happenings: frozenset[str]
    names: tuple[Known, ...]
    flow: int
    contrary: bool
    least: float


def form_shown(
    terms: Iterable[str], happenings: Iterable[str], names: Iterable[Known], flow: int, *, denies: bool, goes_on: bool
) -> Shown:
    """The same of what was read or kept."""
    least = _least_near(flow, denies=denies, goes_on=goes_on)
    known = tuple(dict.fromkeys(names))
    return Shown(frozenset(terms), frozenset(happenings), known, flow, denies or goes_on, least)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a told text must share with a wanted one for anything to come of comparing the two, without signs.

    things: its telling things. happenings: its own and those near them. names: those that tell where, whose or to
    whom; see `write_known`. follows: whether it is a consequence, of which it may be told that it was not done.
    """

    text: str
    things: tuple[str, ...]
    happenings: tuple[str, ...]
    names: tuple[str, ...]
    flow: int
    follows: bool

    @property
    def known(self) -> tuple[Known, ...]:
        """The names."""
        return tuple(map(read_known, self.names))


@lru_cache(maxsize=20_000)
def read_shown(text: str) -> Shown:
    """What a told text holds."""
    gist = read_gist(text)
    names = (name.known for name in scope_names(gist))
    terms, happenings = shown_terms(gist), plain(gist.events)
    return form_shown(terms, happenings, names, read_flow(text), denies=denies(text), goes_on=goes_on(text))


def shown_terms(gist: Gist) -> frozenset[str]:
    """Every term of a told text, and every group that a word of it stands for, without signs."""
    return plain((*gist.terms, *gist.forms))


def form_grounds(wanted: Gist, *, follows: bool) -> Grounds:
    """What a told text must share with this one."""
    own = plain(wanted.events)
    return Grounds(
        text=wanted.text,
        things=tuple(sorted(set(telling_things(wanted)))),
        happenings=tuple(sorted(own.union(*map(kin_happenings, own)))),
        names=tuple(sorted({write_known(name.known) for name in scope_names(wanted)})),
        flow=read_flow(wanted.text),
        follows=follows,
    )


def needed_cosine(told: Shown, wanted: Grounds) -> float | None:
    """The lowest cosine at which anything may come of comparing two texts; None where nothing can, however near."""
    things = len(told.terms.intersection(wanted.things))
    if wanted.follows and told.contrary and things:
        return told.least
    if told.flow * wanted.flow < 0:
        return None
    acts = told.flow == wanted.flow == STOPS or not told.happenings.isdisjoint(wanted.happenings)
    grounds = int(acts) + min(things, 2)
    if grounds < GROUNDS - 1 or (grounds < GROUNDS and not _agree(told.names, wanted.known)):
        return None
    return told.least if acts and things else max(told.least, ALONE)


def compare_sense(told: Gist, wanted: Gist, vectors: Vectors) -> Sense:
    """How alike a told text and a wanted one are."""
    total = sum(wanted.terms.values())
    shared = sum(weight for term, weight in wanted.terms.items() if term in told.terms)
    return Sense(
        near=vectors.cosine(told.text, wanted.text) or 0.0,
        words=shared / total if total else 0.0,
        things=len(shared_things(told, wanted)),
        happening=share_happenings(wanted.events, told.events) / max(1, len(wanted.events)),
        flow=_agree_in_flow(read_flow(told.text), read_flow(wanted.text)),
        placed=_name_one(told, wanted),
    )


def _agree_in_flow(told: int, wanted: int) -> int:
    """1 where both come to a stand, -1 where one does and the other goes on. That both go on says little of either."""
    return int(told == STOPS) if told == wanted else told * wanted


def _name_one(told: Gist, wanted: Gist) -> bool:
    return _agree([name.known for name in scope_names(told)], [name.known for name in scope_names(wanted)])


def _agree(told: Sequence[Known], wanted: Sequence[Known]) -> bool:
    return any(relate_names(mine, theirs) in (Relation.SAME, Relation.CONTAINED) for mine in told for theirs in wanted)


def shared_things(told: Gist, wanted: Gist) -> frozenset[str]:
    """The telling things of a wanted text that a told one names; what a happening only implies is named by neither."""
    return frozenset(term for term in telling_things(wanted) if term in told.forms and term in wanted.forms)


def telling_things(gist: Gist) -> Iterator[str]:
    """The things of a text that tell what it is about; land is left out, it stands in every line of a dispute."""
    return (term for term, weight in gist.objects.items() if weight >= TELLING and term not in LAND)


def likely(sense: Sense) -> float:
    """How likely a told text is what a wanted one names, 0..1; 0 where the two are not near enough to be compared."""
    listed = _model()
    moving = sense.flow > 0 and sense.things > 0
    if sense.near < listed["least_near_moving" if moving else "least_near"]:
        return 0.0
    values = {"near": sense.near, "words": sense.words, "things": min(sense.things, 2), "flow": sense.flow}
    weights: Mapping[str, float] = listed["weights"]
    total = listed["bias"] + sum(weights[name] * value for name, value in values.items())
    return float(1 / (1 + exp(-total)))


def is_near(told: Gist, wanted: Gist, vectors: Vectors) -> bool:
    """Whether two texts are near enough in sense for anything to come of comparing them."""
    return (vectors.cosine(told.text, wanted.text) or 0.0) >= least_near(told.text)


@lru_cache(maxsize=20_000)
def least_near(told: str) -> float:
    """The lowest cosine at which anything may come of comparing a told text: what asks for less must say more."""
    return _least_near(read_flow(told), denies=denies(told), goes_on=goes_on(told))


def _least_near(flow: int, *, denies: bool, goes_on: bool) -> float:
    listed, contrary = _model(), _model()["contrary"]
    enough = [listed["least_near"]]
    if flow == STOPS:
        enough.append(listed["least_near_moving"])
    if denies:
        enough.append(contrary["least_near"])
    if flow and (denies or goes_on):
        enough.append(contrary["least_near_moving"])
    return float(min(enough))


def speaks_against(told: Gist, wanted: Gist, sense: Sense) -> bool:
    """Whether something tells that a text is not what another names, or too little but its theme is shared."""
    whole = sense.acts and sense.things > 0  # "handed a leaflet to ships in the strait" is no toll on them
    if sense.flow < 0 or sense.grounds < GROUNDS or not (whole or sense.near >= ALONE):
        return True
    if next(find_contradictions(told, wanted), None) is not None or _undoes(told, wanted):
        return True
    unlike = told.negated is not wanted.negated or denies(told.text) is not denies(wanted.text)
    return unlike and not sense.flow


def tells_contrary(told: Gist, wanted: Gist, sense: Sense) -> bool:
    """Whether a told text says that a wanted thing goes on as it did, or that what is wanted was not done to it."""
    listed = _model()["contrary"]
    if not sense.things or undone_words(told.text):
        return False
    if sense.flow < 0:
        return sense.near >= listed["least_near_moving"] and (goes_on(told.text) or denies(told.text))
    return sense.near >= listed["least_near"] and not sense.flow and denies(told.text) and not denies(wanted.text)


def _undoes(told: Gist, wanted: Gist) -> bool:
    """Whether what a wanted text names is undone in a told one, and not in itself."""
    stems = {word.stem for word in split_words(wanted.text)}
    undone = undone_words(told.text) & stems
    return bool({stem for stem in undone if word_weight(stem) >= TELLS}) and not undone_words(wanted.text)


@cache
def _model() -> Mapping[str, Any]:
    listed: Mapping[str, Any] = load_lexicon("sense")
    return listed


def bar(name: str) -> float:
    """The lowest likelihood at which a sentence makes a step: `condition`, `consequence`, `told_by_another`."""
    return float(_model()["bars"][name])
