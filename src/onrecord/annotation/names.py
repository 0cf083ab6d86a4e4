"""Names: runs of capitalised words, told from sentence openings and headline capitals, typed by what they show.

Works without a model. Where the encoder's name labels are at hand they decide doubtful words and types.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.tokens import Token
from onrecord.lexicon.vocabulary import Gazetteer, Vocabulary, demonyms, load_vocabulary
from onrecord.records.actors import ActorType
from onrecord.records.documents import Document, PartKind
from onrecord.records.scores import NAME_LABELS, Float, WordScores
from onrecord.records.spans import Span

HEADLINE_SHARE = 0.6  # a title-case line: at least this share of its longer words is capitalised
SURE = 0.6  # an encoder label is taken at this mean probability
TOLD = 0.8  # a type that lists, titles or given names tell at this score is kept whatever the encoder says


@dataclass(frozen=True, slots=True)
class Name:
    """Words `first` to `end` (exclusive) of the document's words. `title`: where a title before the name begins."""

    first: int
    end: int
    type: ActorType
    score: float
    title: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """What names are judged by: the words, which of them stand in a headline, and what the document shows elsewhere."""

    tokens: tuple[Token, ...]
    shouting: frozenset[int]  # words of title-case or upper-case lines
    inner: frozenset[str]  # forms that are capitalised where no sentence opens
    lowered: frozenset[str]  # forms that also stand in lower case
    labels: "Labels | None"
    vocabulary: Vocabulary
    gazetteer: Gazetteer


class Labels:
    """The encoder's name labels by character offset."""

    def __init__(self, scores: WordScores) -> None:
        self._starts = np.array([span.start for span in scores.words], dtype=np.int64)
        self._kinds = _kind_scores(scores)

    def of(self, token: Token) -> Float:
        """float32 [5]: O, person, place, organization, other, of the encoder's word under this one."""
        at = int(np.searchsorted(self._starts, token.start, side="right")) - 1
        row: Float = self._kinds[max(at, 0)]
        return row


def _kind_scores(scores: WordScores) -> Float:
    """float32 [words, 5]: B and I of a kind added up."""
    columns = [[0]] + [[i for i, label in enumerate(NAME_LABELS) if label.endswith(kind)] for kind in _ENCODER_KINDS]
    return np.stack([scores.name[:, each].sum(axis=1) for each in columns], axis=1)


_ENCODER_KINDS = {
    "person": ActorType.PERSON,
    "place": ActorType.PLACE,
    "organization": ActorType.BODY,
    "other": ActorType.UNKNOWN,
}


def read_labels(scores: WordScores) -> Labels | None:
    """The encoder's labels; None where it has said nothing (no words, or O everywhere)."""
    if not scores.words or not len(scores.name) or float(scores.name[:, 1:].max()) < SURE / 2:
        return None
    return Labels(scores)


def build_scene(
    document: Document, tokens: tuple[Token, ...], scores: WordScores, vocabulary: Vocabulary, gazetteer: Gazetteer
) -> Scene:
    """One pass over the words that gathers what single names are judged by."""
    shouting = _shouting(document, tokens)
    quiet = [token for i, token in enumerate(tokens) if i not in shouting]
    return Scene(
        tokens,
        shouting,
        frozenset(token.text for token in quiet if token.capital and not token.opens),
        frozenset(token.low for token in quiet if not token.capital),
        read_labels(scores),
        vocabulary,
        gazetteer,
    )


def _shouting(document: Document, tokens: tuple[Token, ...]) -> frozenset[int]:
    """Indexes of words in lines whose capitals say nothing: headlines in title case, lines in upper case."""
    found: set[int] = set()
    for line in _lines(document, tokens):
        long = [tokens[i] for i in line if len(tokens[i].text) > 3 and tokens[i].text[0].isalpha()]
        titled = len(long) > 2 and sum(token.capital for token in long) >= HEADLINE_SHARE * len(long)
        words = [tokens[i].text for i in line if tokens[i].text[0].isalpha()]
        if titled or (len(words) > 2 and all(word.isupper() for word in words)):
            found.update(line)
    return frozenset(found)


def _lines(document: Document, tokens: tuple[Token, ...]) -> Iterator[range]:
    """Token ranges of headlines and headings, or of every line where the parts are unknown."""
    heads = [part.span for part in document.parts if part.kind in (PartKind.HEADLINE, PartKind.HEADING)]
    spans = heads if document.parts else _unstopped_lines(document.text)
    at = 0
    for span in spans:
        while at < len(tokens) and tokens[at].start < span.start:
            at += 1
        first = at
        while at < len(tokens) and tokens[at].start < span.end:
            at += 1
        yield range(first, at)


def _unstopped_lines(text: str) -> list[Span]:
    """Lines that end without a full stop, as headlines do."""
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.rstrip()[-1:] not in ("", ".", "!", "”", '"'):
            spans.append(Span(start, start + len(line)))
        start += len(line)
    return spans


def find_names(scene: Scene) -> tuple[Name, ...]:
    """The names in reading order, not overlapping. Headlines are read last, when the body's names are known."""
    runs = tuple(_runs(scene))
    body = [name for run in runs if run[0] not in scene.shouting for name in _names_in_run(scene, *run)]
    seen = frozenset(scene.tokens[i].text for name in body for i in range(name.first, name.end))
    informed = replace(scene, inner=scene.inner | seen)
    heads = [name for run in runs if run[0] in scene.shouting for name in _names_in_headline(informed, *run)]
    return _typed_by_surname(scene, tuple(sorted((*body, *heads), key=lambda name: name.first)))


def _runs(scene: Scene) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(scene.tokens):
        end = _run_end(scene, at)
        if end > at:
            yield at, end
        at = max(end, at + 1)


def _run_end(scene: Scene, at: int) -> int:
    """Where the run of name words beginning at `at` ends (exclusive); `at` itself where none begins."""
    tokens = scene.tokens
    if not (tokens[at].capital or tokens[at].text[0].isdigit()):
        return at
    known = scene.gazetteer.match(tokens, at)
    if known is None and not tokens[at].capital:
        return at
    end = known[0] if known else at + 1
    while end < len(tokens) and tokens[end].joined and (not tokens[end - 1].owns or _members_of(scene, at, end)):
        step = _step(scene, end)
        if not step:
            break
        end += step
    return end


def _members_of(scene: Scene, first: int, at: int) -> bool:
    """Whether a body at `at` is called after its members: "the Farmers' | Union", "the Bek Transporters' | League"."""
    tokens, words = scene.tokens, scene.vocabulary
    if tokens[at - 1].text == "People" and tokens[at].capital:
        return True  # "the Donetsk People's | Republic": what is called the people's goes on
    many = tokens[at - 1].text.lower().rstrip("'’").endswith("s")
    listed = tokens[at - 1].low in words.groups or (many and (first < at - 1 or tokens[first - 1].low == "the"))
    near = (i for i in (at, at + 1) if i == at or (i < len(tokens) and tokens[i].joined and tokens[at].capital))
    return listed and any(words.heads.get(tokens[i].text) is ActorType.BODY for i in near)


def _step(scene: Scene, end: int) -> int:
    """How many words the run grows by at `end`: a name word, or small words with a name word behind them."""
    tokens, words = scene.tokens, scene.vocabulary
    known = scene.gazetteer.match(tokens, end)
    if known is not None:
        return known[0] - end
    if tokens[end].capital:
        return 0 if tokens[end].text in words.never and tokens[end].text not in words.suffixes else 1
    if tokens[end].low in words.particles:
        return _over(tokens, end, words.particles)
    if _WITH_ARTICLE.match(tokens[end].text):
        return 1
    last = tokens[end - 1].text
    if tokens[end].low == "of" and _is_purpose(scene, end - 1):
        return _over(tokens, end, frozenset(("of", "the")))
    if (last in words.heads or last in words.other_heads) and tokens[end].low in ("of", "for", "on"):
        return _over(tokens, end, frozenset(("of", "for", "on", "the")))
    if tokens[end].low == "and" and (_of_body(scene, end) or _of_ministry(scene, end)):
        return _over(tokens, end, frozenset(("and",)))
    return 0


def _is_purpose(scene: Scene, at: int) -> bool:
    """Whether a word tells what the body before it is for: "Front for the | Liberation | of Bek"."""
    tokens = scene.tokens
    lead = at - 1 - (at > 1 and tokens[at - 1].low == "the")
    return (
        lead > 0 and tokens[lead].low == "for" and scene.vocabulary.heads.get(tokens[lead - 1].text) is ActorType.BODY
    )


def _of_ministry(scene: Scene, at: int) -> bool:
    """Whether "and" at `at` parts the matters of one body: "Roads | and | Dams Research Institute"."""
    tokens, words = scene.tokens, scene.vocabulary
    if at < 1 or at + 2 >= len(tokens) or not (tokens[at + 1].joined and tokens[at + 2].joined):
        return False
    matters = _is_matter(scene, at - 1) and _is_matter(scene, at + 1)
    if tokens[at - 1].text in words.heads or not tokens[at - 1].capital:
        return False
    end = at + 2
    while end < len(tokens) and end < at + 4 and tokens[end].joined and tokens[end].capital:
        if tokens[end].text in _MINISTRIES or words.heads.get(tokens[end].text) is ActorType.BODY:
            return matters
        end += 1
    return False


def _is_matter(scene: Scene, at: int) -> bool:
    """Whether a word tells what a body is for: an everyday one, or one behind the name of a state or people."""
    tokens, words = scene.tokens, scene.vocabulary
    if scene.gazetteer.match(tokens, at) or tokens[at].low in demonyms():
        return False
    led = at > 0 and tokens[at].joined and not tokens[at - 1].owns
    if led and (tokens[at - 1].low in demonyms() or scene.gazetteer.match(tokens, at - 1) is not None):
        return True
    everyday = tokens[at].low in words.common or tokens[at].low in _departments() or tokens[at - 1].low == "and"
    return everyday and not _is_given(scene, at)


@cache
def _departments() -> frozenset[str]:
    return frozenset(load_lexicon("settling")["departments"])


_MINISTRIES = frozenset({"Ministry", "Department", "Ministries", "Directorate", "Commission", "Committee"})


_WITH_ARTICLE = re.compile(r"(?:a[dlnrstz]|ash|el)-[^\W\d_a-z]")  # "Majid al-Rashid"


def _over(tokens: tuple[Token, ...], at: int, small: frozenset[str]) -> int:
    end = at
    while end < len(tokens) and tokens[end].low in small and tokens[end].joined and not tokens[end].capital:
        end += 1
    if end == at or end >= len(tokens) or not tokens[end].joined or tokens[end].text in load_vocabulary().never:
        return 0
    return end + 1 - at if tokens[end].capital else 0


def _of_body(scene: Scene, at: int) -> bool:
    """Whether "and" at `at` stands inside a body's name: "Ministry of Justice and Order"."""
    tokens = scene.tokens
    return (
        at >= 3
        and tokens[at - 1].capital
        and tokens[at - 2].low in ("of", "for")
        and tokens[at - 3].text in scene.vocabulary.heads
    )


def _names_in_run(scene: Scene, first: int, end: int) -> Iterator[Name]:
    first = _skip_opening(scene, first, end)
    if _is_title(scene, first, end) or _is_portfolio(scene, first, end):
        return
    titled = _end_of_title(scene, first, end)
    if titled is not None:
        yield from _plain_name(scene, titled, end, first)
    elif first < end:
        yield from _names_in_quiet_run(scene, first, end)


def _is_title(scene: Scene, first: int, end: int) -> bool:
    """Whether a run is a title and nothing more: "the Deputy Minister of Trade"."""
    lows = [token.low for token in scene.tokens[first:end]]
    return len(lows) > 1 and lows[0] in _BELOW and all(low in scene.vocabulary.roles for low in lows[1:])


def _is_portfolio(scene: Scene, first: int, end: int) -> bool:
    """Whether a run is what a minister is in charge of: "the Minister of | Economy"."""
    tokens, words = scene.tokens, scene.vocabulary
    if first > 3 and tokens[first - 1].low == "and" and tokens[first - 2].capital:
        return _is_portfolio(scene, first - 2, end)  # "the Minister of Labour and | Employment"
    if first < 2 or end <= first or tokens[first - 1].low not in ("of", "for"):
        return False
    if tokens[first - 2].low not in ("minister", "ministers", "secretary", "secretaries"):
        return False
    known = words.common | _IN_PORTFOLIO | _departments()
    plain = all(token.low in known for token in tokens[first:end])
    return plain and scene.gazetteer.match(tokens, first) is None


_IN_PORTFOLIO = frozenset({"and", "of", "for", "defence", "defense"})  # the last two are in no list of common words
_BELOW = frozenset({"deputy", "vice", "acting", "assistant", "executive", "first", "chief"})


def _end_of_title(scene: Scene, first: int, end: int) -> int | None:
    """Where the name begins in "(Secretary of) State Ana Bek"; None where no title runs into this run."""
    tokens, words = scene.tokens, scene.vocabulary
    if first < 2 or tokens[first - 1].low not in ("of", "for") or tokens[first - 2].low not in words.roles:
        return None
    if scene.gazetteer.match(tokens, first):
        return None
    at = first
    while at < end - 1 and tokens[at].low in words.common and not _is_given(scene, at):
        at += 1
    return at if at > first else None


def _names_in_headline(scene: Scene, first: int, end: int) -> Iterator[Name]:
    """Only words the body or the lists know: in a headline every word may be capitalised."""
    at = first
    while at < end:
        known = scene.gazetteer.match(scene.tokens, at)
        stop = known[0] if known else at
        while known is None and stop < end and _known_in_body(scene, stop, at):
            stop += 1
        if stop > at:
            yield from _names_in_quiet_run(scene, at, stop)
        at = max(stop, at + 1)


def _known_in_body(scene: Scene, at: int, first: int) -> bool:
    """Whether the headline's word is one the body capitalises too, or a given name, or goes on after one."""
    token = scene.tokens[at]
    if not token.capital or token.low in scene.lowered:
        return False
    if token.text in scene.inner or token.text in scene.vocabulary.given:
        return True
    return at == first + 1 and _is_given(scene, first) and token.low not in scene.vocabulary.common


def _skip_opening(scene: Scene, first: int, end: int) -> int:
    """Past opening words that are capitalised only because a sentence begins."""
    while first < end and scene.tokens[first].opens and not _opens_name(scene, first, end):
        first += 1
        if first < end and not scene.tokens[first].opens:
            break
    return first


def _opens_name(scene: Scene, at: int, end: int) -> bool:
    token, words = scene.tokens[at], scene.vocabulary
    if scene.gazetteer.match(scene.tokens, at) or token.text in scene.inner and token.low not in words.function:
        return True
    if token.text in words.given and token.low not in scene.lowered:
        return True
    if token.low in words.function or token.text in words.never or token.low in words.pronouns:
        return False
    if (
        token.low in words.roles
        or token.low in words.modifiers
        or token.low in demonyms()
        or token.low in words.honorifics
    ):
        return True  # a title, sorted out later
    if end - at == 1 and _is_everyday_form(scene, at):
        return False
    if token.low.endswith("ing") and end - at > 1 and scene.tokens[at + 1].text in scene.inner:
        return False  # "Neighbouring Bekland", where Bekland stands alone elsewhere
    if end - at > 1 and scene.tokens[end - 1].text in words.heads:
        return True
    return token.low not in words.common and token.low not in scene.lowered


def _is_everyday_form(scene: Scene, at: int) -> bool:
    """Whether an opening word is an everyday one in a form no list has, and no name that speaks or is told of.

    "Exporters, meanwhile", "Salutes the citizens": a noun in number, or a verb before what it takes.
    """
    tokens, words = scene.tokens, scene.vocabulary
    stems = {tokens[at].low.removesuffix(ending) for ending in ("s", "es", "ers", "ors")} - {tokens[at].low}
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    told = behind is None or behind.low in words.saying or behind.low in words.verbs
    verb = tokens[at].low.endswith("s") and behind is not None and behind.low in _OPENS_OBJECT
    return verb or (bool(stems & words.common) and not tokens[at].owns and not told)


_OPENS_OBJECT = frozenset({"the", "that", "upon"})  # behind a name stands none of these


def _names_in_quiet_run(scene: Scene, first: int, end: int) -> Iterator[Name]:
    tokens, words = scene.tokens, scene.vocabulary
    known = scene.gazetteer.match(tokens, first)
    if known is not None and known[0] >= end:
        yield Name(first, known[0], known[1], 0.98)
        return
    if tokens[first].low == "the":  # "The Hague" is known; any other article is cut off
        first += 1
    role = _last_role(scene, first, end)
    if role is not None:
        yield from _prefix_names(scene, first, role)
        yield from _plain_name(scene, role + 1, end, first)
    elif end - first > 1 and _closes_title(scene, end) and not _is_given(scene, first):
        yield from _prefix_names(scene, first, end - 1)  # "House Speaker": a title without a name
    elif end - first == 1 and _opens_role(scene, first):
        return  # "Police colonel Ana Bek"
    elif first < end and tokens[end - 1].text in words.heads:
        kind = ActorType.PLACE if _is_water(scene, first, end) else words.heads[tokens[end - 1].text]
        yield _checked(scene, Name(first, end, kind, 0.85))
    elif known is not None and (_is_given(scene, known[0]) or (_acronym(tokens[known[0]]) and known[0] + 1 == end)):
        yield Name(first, known[0], known[1], 0.95)
        yield from _plain_name(scene, known[0], end, None)
    elif first < end:
        yield from _plain_name(scene, first, end, None)


def _opens_role(scene: Scene, at: int) -> bool:
    """Whether a lone noun that opens a sentence only tells what kind of role the next word is."""
    tokens, words = scene.tokens, scene.vocabulary
    behind = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].joined else None
    plain = tokens[at].opens and not tokens[at].owns and (tokens[at].low in words.modifiers | words.bodies)
    return plain and behind is not None and not behind.capital and behind.low in words.roles


def _is_water(scene: Scene, first: int, end: int) -> bool:
    """Whether a name that ends like a station's is a strait's: "in the Bek Channel"."""
    tokens, waters = scene.tokens, load_lexicon("no_actors")["also_waters"]
    led = first > 1 and tokens[first - 1].low == "the" and tokens[first - 2].low in waters["behind"]
    return tokens[end - 1].text in waters["names"] and led


def _closes_title(scene: Scene, end: int) -> bool:
    """Whether a run ends in a title's noun: "House Speaker", but not "Court of Justice"."""
    last = scene.tokens[end - 1]
    matter = last.text in load_lexicon("no_actors")["also_matters"] and scene.tokens[end - 2].low == "of"
    return last.low in scene.vocabulary.roles and not matter


def _is_given(scene: Scene, at: int) -> bool:
    return scene.tokens[at].text in scene.vocabulary.given


def _last_role(scene: Scene, first: int, end: int) -> int | None:
    """Index of the last title word with a name behind it in the run: "Foreign Minister | Ana Bek"."""
    tokens, words = scene.tokens, scene.vocabulary
    if tokens[end - 1].text in words.heads and not _is_given(scene, min(end - 2, first)):
        return None
    if any(_is_body_of(scene, at) for at in range(first + 1, end - 2)):
        return None  # "Supreme Council for Maritime Affairs"
    for at in range(end - 2, first - 1, -1):
        title = tokens[at].low.rsplit("-", 1)[-1] in words.roles or tokens[at].low in words.honorifics
        if title and not (tokens[at].text in words.given and at + 2 == end and tokens[at].low not in words.honorifics):
            return at if _runs_on(tokens, at) else None
    opening = first
    while opening < end - 1 and (tokens[opening].low in words.modifiers or tokens[opening].low in demonyms()):
        opening += 1
    inner = tokens[opening].text in scene.inner and tokens[opening].low not in words.common  # no "New | Year"
    named = _is_given(scene, opening) or (inner and _may_end_name(tokens[end - 1], words))
    return opening - 1 if opening > first and named else None


def _may_end_name(token: Token, words: Vocabulary) -> bool:
    """Whether a person's name may end so: not with a role, a group, a body's or an event's noun."""
    noun = token.low in words.roles or token.low in words.groups or token.low in words.bodies
    return not noun and token.text not in words.heads and token.text not in words.other_heads


def _is_body_of(scene: Scene, at: int) -> bool:
    """Whether a body's noun stands at `at`, with "of" or "for" behind it."""
    tokens = scene.tokens
    return scene.vocabulary.heads.get(tokens[at].text) is ActorType.BODY and tokens[at + 1].low in ("of", "for", "on")


def _runs_on(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at + 1].low not in ("of", "for", "on", "and", "the")


def _prefix_names(scene: Scene, first: int, role: int) -> Iterator[Name]:
    """Names inside a title: "NATO" in "NATO Secretary General", "Harbour Party" in "Harbour Party Chairman"."""
    words, at = scene.vocabulary, first
    while at < role and scene.tokens[at].low in _BELOW:
        at += 1  # "Chief Cabinet Secretary"
    while at < role:
        known = scene.gazetteer.match(scene.tokens, at)
        if known is not None and known[0] <= role + 1:
            yield Name(at, known[0], known[1], 0.95)
            at = known[0]
            continue
        if _is_acronym_of_body(scene, at):
            yield Name(at, at + 1, ActorType.BODY, 0.75)  # "the NLU President"
            at += 1
            continue
        stop = next((i + 1 for i in range(at, role) if _ends_body(scene, i, role)), None)
        if stop is not None and stop - at > 1:
            yield Name(at, stop, words.heads[scene.tokens[stop - 1].text], 0.8)
        at = stop or at + 1


def _is_acronym_of_body(scene: Scene, at: int) -> bool:
    token, words = scene.tokens[at], scene.vocabulary
    return (
        _acronym(token) and len(token.text) > 2 and token.text not in words.never and token.low not in words.honorifics
    )


def _ends_body(scene: Scene, at: int, role: int) -> bool:
    """Whether a body's name ends there, and no title goes on with it: not in "Defence Cabinet | Secretary"."""
    return scene.tokens[at].text in scene.vocabulary.heads and not (
        at == role - 1 and scene.tokens[at].low == "cabinet"
    )


def _plain_name(scene: Scene, first: int, end: int, title: int | None) -> Iterator[Name]:
    tokens, words = scene.tokens, scene.vocabulary
    party = title is None and end - first > 1 and _leads_party(scene, first)
    if party and tokens[first].low in demonyms():
        yield Name(first, end, ActorType.BODY, 0.75)
        return
    while first < end and title is None and tokens[first].low in demonyms() and end - first > 1:
        first += 1  # "Russian forces" in capitals
    led = _is_inhabitant(scene, first) if title is None else False
    if end - first == 3 and (led or _is_headed(scene, first)) and _is_given(scene, first + 1):
        first += 1  # "Vermonter Ana Bek", "President of Orlia Ana Bek"
    if first >= end or (end - first == 1 and _no_name(scene, first, title)):
        return
    known = scene.gazetteer.match(tokens, first)
    if known is not None and known[0] >= end:
        kind, score = known[1], 0.97
    else:
        kind, score = _guess_type(scene, first, end, title)
    if (
        end - first == 1
        and kind is ActorType.UNKNOWN
        and tokens[first].low in words.common
        and tokens[first].low in scene.lowered
    ):
        return
    yield _checked(scene, Name(first, end, kind, score, title))


def _leads_party(scene: Scene, first: int) -> bool:
    """Whether the word before says that a party's name follows: "the ruling | Orlian Dawn"."""
    tokens = scene.tokens
    leads = load_lexicon("no_actors")["before_parties"]
    led = first > 0 and tokens[first].joined and tokens[first - 1].low in leads
    return led and tokens[first + 1].low not in load_lexicon("roles")["offices"]


def _is_inhabitant(scene: Scene, at: int) -> bool:
    """Whether a word ends as the names of a place's people do, or only describes: "Vermonter", "Fed-up"; no "Said"."""
    word = scene.tokens[at].text
    describes = re.search(r"-[a-z]", word) is not None
    return (describes or word.lower().endswith(_INHABITANTS)) and not _is_given(scene, at)


def _is_headed(scene: Scene, at: int) -> bool:
    """Whether a word is what somebody right behind it heads: "President of | Orlia | Ana Bek"."""
    tokens, words = scene.tokens, scene.vocabulary
    of = at > 1 and tokens[at - 1].low == "of" and tokens[at].joined
    return of and tokens[at - 2].low in words.roles and not _is_given(scene, at)


_INHABITANTS = ("er", "or", "ian", "ean", "an", "ese", "ite", "ish")


def _no_name(scene: Scene, at: int, title: int | None) -> bool:
    """Whether a single capitalised word is no name: an adjective of a state, a role, a month, a headline's word."""
    token, words = scene.tokens[at], scene.vocabulary
    if scene.gazetteer.match(scene.tokens, at):
        return False
    if _is_adjective(token, words) or token.text in words.never or token.low in words.pronouns:
        return True
    if _CONTRACTED.sub("", token.low) in words.function:  # "They're"
        return True
    if title is None and (token.low in words.roles or token.low in words.groups or token.low in words.bodies):
        return True
    head = token.text in words.other_heads or (token.text in words.heads and title is None)
    return head or token.low in words.honorifics or token.low in words.function or not token.text[0].isalpha()


_CONTRACTED = re.compile(r"['’ʼ].*")


def _is_adjective(token: Token, words: Vocabulary) -> bool:
    """Whether it only describes: "Russian", "Crimean", "Kremlin-backed", "Franco-German"."""
    last = token.text.rsplit("-", 1)[-1]
    told = token.low in demonyms() or token.low in words.peoples
    return told or (last != token.text and (last[:1].islower() or last.lower() in demonyms()))


def _guess_type(scene: Scene, first: int, end: int, title: int | None) -> tuple[ActorType, float]:
    """The type by what the words themselves and their neighbours show."""
    tokens, words = scene.tokens, scene.vocabulary
    name = tokens[first:end]
    if title is not None:
        return ActorType.PERSON, 0.97
    if name[-1].text in words.heads:
        return words.heads[name[-1].text], 0.85
    if any(token.text in words.heads for token in name) and any(token.low in ("of", "for", "on") for token in name):
        return next(words.heads[token.text] for token in name if token.text in words.heads), 0.85
    if any(token.text in words.other_heads for token in (name[-1], *(name[:-2] if len(name) > 2 else ()))):
        return ActorType.UNKNOWN, 0.7
    if len(name) > 1 and end < len(tokens) and not tokens[end].joined and _is_short_for(tokens[end], name):
        return ActorType.BODY, 0.9  # "Bekar Vosan Dal (BVD)": people have no initials in brackets
    if len(name) > 1 and (name[0].text in words.given or name[-1].text in words.suffixes or _initial(name)):
        return ActorType.PERSON, 0.93
    return _guess_by_neighbours(scene, first, end)


def _is_short_for(token: Token, name: tuple[Token, ...]) -> bool:
    """Whether a word in capitals has the first letters of a name's words."""
    return token.text.isupper() and token.text == "".join(each.text[0] for each in name if each.capital)


def _initial(name: tuple[Token, ...]) -> bool:
    return any(len(token.text) == 2 and token.text[1] == "." for token in name)


def _guess_by_neighbours(scene: Scene, first: int, end: int) -> tuple[ActorType, float]:
    tokens, words = scene.tokens, scene.vocabulary
    before = tokens[first - 1] if first and tokens[first].joined else None
    after = tokens[end] if end < len(tokens) and tokens[end].joined else None
    if before is not None and (before.low in words.honorifics or before.low in words.roles):
        return ActorType.PERSON, 0.9
    if _acronym(tokens[first]) and end - first == 1:
        return ActorType.BODY, 0.75
    if (after is not None and after.low in words.saying) or (before is not None and before.low in words.saying):
        return ActorType.PERSON, 0.7
    if (
        before is not None
        and before.low in words.locating
        and not any(t.text in words.given for t in tokens[first + 1 : end])
    ):
        return ActorType.PLACE, 0.6
    if tokens[first].text in words.given and end - first == 1 and tokens[first].low not in words.common:
        return ActorType.PERSON, 0.75
    name = tokens[first:end]
    person = _may_end_name(name[-1], words) and not any(t.low in words.common or _acronym(t) for t in name)
    if len(name) in (2, 3) and person and not any(scene.gazetteer.match(tokens, i) for i in range(first, end)):
        return ActorType.PERSON, 0.65
    return ActorType.UNKNOWN, 0.5


def _acronym(token: Token) -> bool:
    return token.text.isupper() and 2 <= len(token.text.replace(".", "")) <= 6


def _checked(scene: Scene, name: Name) -> Name:
    """The name with the encoder's word on its type, where it has one and no list or title decided."""
    if scene.labels is None or name.score >= TOLD:
        return name
    mean = np.mean([scene.labels.of(token) for token in scene.tokens[name.first : name.end]], axis=0)
    best = int(np.argmax(mean[1:])) + 1
    if mean[best] < SURE:
        return name
    kind = list(_ENCODER_KINDS.values())[best - 1]
    if kind is ActorType.BODY and name.type is ActorType.OUTLET:
        kind = ActorType.OUTLET
    return Name(name.first, name.end, kind, float(mean[best]), name.title)


def _typed_by_surname(scene: Scene, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Single words that end a person's full name elsewhere are that kind of name too."""
    surnames: Mapping[str, bool] = {
        scene.tokens[name.end - 1].text: True
        for name in names
        if name.type is ActorType.PERSON and name.end - name.first > 1
    }
    return tuple(_as_surname(scene, name, surnames) for name in names)


def _as_surname(scene: Scene, name: Name, surnames: Mapping[str, bool]) -> Name:
    alone = name.end - name.first == 1 and scene.tokens[name.first].text in surnames
    if not alone or name.type is ActorType.PERSON or name.type is ActorType.STATE:
        return name
    return Name(name.first, name.end, ActorType.PERSON, 0.9, name.title)
