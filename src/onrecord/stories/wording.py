"""Which outlet words a thing how: terms with counts, base counts and passages, in its own voice and in others' words.

No shares, no scores, no sides: a count stands beside the number of uses it was counted among.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records.documents import Outlet
from onrecord.records.findings import Attribution, Findings, WordingUse
from onrecord.records.redlines import Passage
from onrecord.records.spans import Span, contains, cover, quote_spans

VERB = "attribution_verb"  # the thing under which verbs that hand over words are kept
_AROUND = 80  # characters on either side of a use that its passage shows, up to a space


@dataclass(frozen=True, slots=True)
class TermUse:
    """One term of an outlet for a thing.

    own: uses in the outlet's own voice, its paraphrases of others included; quoted: in someone's own words; distanced:
    those of both in scare quotes or behind "so-called". passages: one for each use, with its surroundings.
    """

    term: str
    own: int
    quoted: int
    distanced: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class OutletWording:
    """How one outlet words a thing. documents: articles that name it; uses: how often, the base of the counts."""

    outlet: Outlet
    documents: int
    uses: int
    terms: tuple[TermUse, ...]


@dataclass(frozen=True, slots=True)
class ThingWording:
    """One thing with all outlets that name it, and the terms of all, most frequent first."""

    thing: str
    terms: tuple[str, ...]
    outlets: tuple[OutletWording, ...]


@dataclass(frozen=True, slots=True)
class SpeakerVerbs:
    """By which verbs one outlet hands over the words of one speaker. uses: the base of the counts.

    speaker: the actor's key, None where unlinked; name: as the first article prints it.
    """

    outlet: Outlet
    speaker: str | None
    name: str
    uses: int
    verbs: tuple[TermUse, ...]


@dataclass(frozen=True, slots=True)
class _Use:
    findings: Findings
    use: WordingUse


def compare_wording(coverage: Sequence[Findings]) -> tuple[ThingWording, ...]:
    """The things that the coverage words in more than one way, or at a distance, the most used first.

    Singular and plural of a term are counted as one, under the form that is used first.
    """
    by_thing: Mapping[str, list[_Use]] = _group(_uses(coverage), lambda each: each.use.thing)
    things = [_thing(name, uses) for name, uses in by_thing.items() if name != VERB]
    told = [thing for thing in things if len(thing.terms) > 1 or _is_distanced(thing)]
    return tuple(sorted(told, key=lambda thing: (-sum(each.uses for each in thing.outlets), thing.thing)))


def compare_verbs(coverage: Sequence[Findings]) -> tuple[SpeakerVerbs, ...]:
    """The verbs that each outlet gives each speaker ("said", "claimed"), by outlet and number of uses.

    Words whose speaker was not named are left out.
    """
    found: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for each in _uses(coverage):
        attribution = _attribution(each) if each.use.thing == VERB else None
        if attribution is not None and attribution.speaker.name is not None:
            found[(_outlet_key(each.findings), _speaker_key(each.findings, attribution))].append(each)
    told = [_speaker_verbs(uses) for uses in found.values()]
    return tuple(sorted(told, key=lambda each: (each.outlet.name or "", -each.uses, each.name)))


def _uses(coverage: Sequence[Findings]) -> Iterable[_Use]:
    return (_Use(findings, use) for findings in coverage for use in findings.wordings)


def _group(uses: Iterable[_Use], key: Callable[[_Use], str]) -> dict[str, list[_Use]]:
    groups: dict[str, list[_Use]] = defaultdict(list)
    for each in uses:
        groups[key(each)].append(each)
    return groups


def _outlet_key(findings: Findings) -> str:
    """The outlet's name without case; articles of unknown outlets stand together."""
    return (findings.document.outlet.name or "").casefold()


def _thing(name: str, uses: Sequence[_Use]) -> ThingWording:
    outlets = [_outlet(group) for group in _group(uses, lambda each: _outlet_key(each.findings)).values()]
    counts: dict[str, int] = defaultdict(int)
    for outlet in outlets:
        for term in outlet.terms:
            counts[_stem(term.term)] += term.own + term.quoted
    first = {_stem(each.use.term): each.use.term for each in reversed(uses)}
    terms = tuple(first[stem] for stem in sorted(counts, key=lambda stem: (-counts[stem], stem)))
    return ThingWording(name, terms, tuple(sorted(outlets, key=lambda each: (-each.uses, each.outlet.name or ""))))


def _outlet(uses: Sequence[_Use]) -> OutletWording:
    documents = {each.findings.document.id for each in uses}
    return OutletWording(uses[0].findings.document.outlet, len(documents), len(uses), _terms(uses))


def _terms(uses: Sequence[_Use]) -> tuple[TermUse, ...]:
    terms = [_term(group) for group in _group(uses, lambda each: _stem(each.use.term)).values()]
    return tuple(sorted(terms, key=lambda term: (-(term.own + term.quoted), term.term)))


def _stem(term: str) -> str:
    """The term without its plural: "referendums" and "referendum" are one wording."""
    for ending, singular in (("ies", "y"), ("referenda", "referendum"), ("s", "")):
        if term.endswith(ending) and not term.endswith("ss"):
            return term.removesuffix(ending) + singular
    return term


def _term(uses: Sequence[_Use]) -> TermUse:
    own = sum(not each.use.quoted for each in uses)
    distanced = sum(each.use.distanced is not None for each in uses)
    return TermUse(uses[0].use.term, own, len(uses) - own, distanced, tuple(_passage(each) for each in uses))


def _passage(each: _Use) -> Passage:
    """The use with some words around it, within its line."""
    text, span = each.findings.document.text, each.use.span
    line = Span(text.rfind("\n", 0, span.start) + 1, _line_end(text, span.end))
    start = max(line.start, text.rfind(" ", 0, max(0, span.start - _AROUND)) + 1)
    end = line.end if line.end <= span.end + _AROUND else text.rfind(" ", span.end, span.end + _AROUND + 1)
    whole = cover((span, Span(start, max(end, span.end))))
    return Passage(each.findings.document.id, (whole,), quote_spans(text, (whole,)))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _is_distanced(thing: ThingWording) -> bool:
    return any(term.distanced for outlet in thing.outlets for term in outlet.terms)


def _attribution(each: _Use) -> Attribution | None:
    """The attribution that a verb introduces."""
    known = (held for held in each.findings.attributions if held.id == each.use.attribution)
    return next((held for held in known if any(contains(cue, each.use.span) for cue in held.cue)), None)


def _speaker_key(findings: Findings, attribution: Attribution) -> str:
    """The actor's key, or the name where nobody is linked or others speak with the actor ("Orlia and its allies")."""
    names = {actor.id: (actor.name, actor.key) for actor in findings.actors}
    printed = attribution.speaker.name or ""
    name, key = names.get(attribution.speaker.actor or "", ("", printed.casefold()))
    return f"{key} {printed}" if name and printed.startswith(f"{name} and ") else key


def _speaker_verbs(uses: Sequence[_Use]) -> SpeakerVerbs:
    first = _attribution(uses[0])
    assert first is not None  # only uses with an attribution are grouped
    keys = {actor.id: actor.key for actor in uses[0].findings.actors}
    speaker = keys.get(first.speaker.actor or "")
    outlet = uses[0].findings.document.outlet
    return SpeakerVerbs(outlet, speaker, first.speaker.name or "", len(uses), _terms(uses))
