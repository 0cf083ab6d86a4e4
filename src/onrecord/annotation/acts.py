"""What a speaker does with their words: threaten, demand, promise, refuse, accuse ...

The verb that hands the words over often says it ("threatened to"). Where it does not ("said"), the conditions, the
wordings of lexicon/acts.yml and the events in the content decide, in this order. Every act but `other` and `position`
carries its PLOVER type and CAMEO code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from onrecord.annotation.clauses import reporting
from onrecord.annotation.triggers import Trigger, find_triggers
from onrecord.annotation.words import Kind, Word, read_words, verb_forms, word_classes
from onrecord.lexicon.asking import only_asks
from onrecord.lexicon.loader import load_lexicon
from onrecord.lexicon.patterns import in_small_letters, small_letters
from onrecord.records.actors import Actor
from onrecord.records.documents import Basis, DateRange, Document
from onrecord.records.findings import DRAWN, Act, Attribution, Condition, EventCode, Form, Realis, TimeExpression
from onrecord.records.spans import Span, Spans, cover, overlaps, quote_spans

Words = Sequence[Word]
Names = frozenset[str]

LONGEST_CONTENT = 1500  # characters of a content that are looked at; what decides stands at its beginning
FEW_WORDS = 4  # "their so-called red lines": fewer name no line
ADDRESSEE_REACH = 8  # words of a name behind a cue
ADDRESSEE_LOOK = 120  # characters behind a cue in which such a name stands
NAME_BEGINS = 5  # letters that a state's name and its adjective share
OWN_REACH = 3  # words at the beginning of a consequence in which its doer is named
_DEADLINE_WORDS = re.compile(
    r"\b(?:by|until|till|before|within|in the next|no later than)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_FUTURE = frozenset({"will", "would", "shall", "won't", "wouldn't", "'ll", "may", "could", "can", "might"})
_NEGATIONS = frozenset(
    {"not", "n't", "never", "no", "nothing", "won't", "can't", "cannot", "wouldn't", "couldn't", "nobody", "longer"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An act with its code and what led to it."""

    act: Act
    code: EventCode | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Verb:
    act: Act
    plover: str | None
    cameo: str | None
    weak: bool
    not_before_to: bool
    particles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    name: str
    act: Act
    code: EventCode | None
    pattern: re.Pattern[str]


def classify_acts(
    document: Document,
    attributions: tuple[Attribution, ...],
    conditions: tuple[Condition, ...],
    times: tuple[TimeExpression, ...] = (),
    actors: tuple[Actor, ...] = (),
) -> tuple[Attribution, ...]:
    """The attributions with act, code, addressee and, for ultimatums, deadline filled in.

    times: time expressions of the document, from which a deadline is resolved; without them it stays unknown. Who
    relays another's threat does not threaten: words within words count for the one whose they are. actors: those of
    the document, by whose names a deed of the speaker's own side is known; without them only "we" and "he" are.
    """
    held: dict[str, list[Condition]] = {}
    for condition in conditions:
        if condition.attribution is not None:
            held.setdefault(condition.attribution, []).append(condition)
    relayed = _relayed(document.text, attributions)
    by_id = {actor.id: actor for actor in actors}
    return tuple(
        _classified(
            document,
            each,
            held.get(each.id, []),
            times,
            relayed.get(each.id, ()),
            _names_of(by_id.get(id or "") for id in (each.speaker.actor, each.speaker.on_behalf_of)),
        )
        for each in attributions
    )


def _names_of(actors: Iterable[Actor | None]) -> Names:
    """How the names of actors begin, so that "Orlia" is known in "the Orlian navy"."""
    forms = (form for actor in actors if actor is not None for form in (actor.name, *actor.printed))
    words = (word for form in forms for word in form.split() if word[:1].isupper() and len(word) >= NAME_BEGINS)
    return frozenset(word[:NAME_BEGINS].lower() for word in words)


def _relayed(text: str, attributions: Sequence[Attribution]) -> Mapping[str, Spans]:
    """What each attribution only passes on, by its id: the words of others that stand within its own."""
    by_id = {each.id: each for each in attributions}
    relayed: dict[str, Spans] = {}
    for each in attributions:
        outer = by_id.get(each.within or "")
        if outer is not None and each.source and not _is_same_side(text, outer, each):
            relayed[outer.id] = (*relayed.get(outer.id, ()), *each.cue, *each.content)
    for each in attributions:
        own = (match for piece in each.content for match in _recalled().finditer(text, piece.start, piece.end))
        ends = (Span(match.start(), each.content[-1].end) for match in own)
        relayed[each.id] = (*relayed.get(each.id, ()), *ends)
    return relayed


@cache
def _recalled() -> re.Pattern[str]:
    """A relative clause that recalls another's words: "the very step that Orlia had warned (would end the talks)"."""
    verbs = "|".join(sorted(map(re.escape, word_classes().speech), key=len, reverse=True))
    return re.compile(rf"\b(?:that|which|what)\s(?:the\s)?[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*\sha[sd]\s(?:{verbs})\b")


def _is_same_side(text: str, outer: Attribution, inner: Attribution) -> bool:
    """Whether words within words are the speaker's own or of the own side: "we will never sign, Bek said"."""
    own = {outer.speaker.actor, outer.speaker.on_behalf_of} - {None}
    return inner.speaker.actor in own or quote_spans(text, inner.source).lower() in _OWN


def _classified(
    document: Document,
    attribution: Attribution,
    conditions: Sequence[Condition],
    times: tuple[TimeExpression, ...],
    relayed: Spans = (),
    own: Names = frozenset(),
) -> Attribution:
    text = document.text
    content = _words(text, attribution.content)
    content = tuple(word for word in content if not any(overlaps(word.span, span) for span in relayed))
    content = (*_affirmed(text, conditions), *content)
    cue = _words(text, attribution.cue)
    reading = read_act(text, cue, content, conditions, own)
    deadline = _deadline(document, attribution, times) if reading.act in _WITH_DEADLINE else None
    if deadline is not None and reading.act is not Act.PROMISE:
        reading = replace(reading, act=Act.ULTIMATUM, code=EventCode("THREATEN", None, None, "139"))
    return replace(
        attribution,
        act=reading.act,
        code=reading.code,
        addressee=_addressee(text, attribution),
        deadline=deadline if reading.act is Act.ULTIMATUM else None,
    )


def _affirmed(text: str, conditions: Sequence[Condition]) -> tuple[Word, ...]:
    """The words of a question that the speaker says yes to: they are then as good as said."""
    asked = (each for each in conditions if "affirmed" in each.flags)
    return _words(text, sorted(span for each in asked for span in (*each.condition[0], *each.consequence)))


_WITH_DEADLINE = frozenset({Act.ULTIMATUM, Act.THREAT})


def _words(text: str, spans: Sequence[Span]) -> tuple[Word, ...]:
    cut = (Span(span.start, min(span.end, span.start + LONGEST_CONTENT)) for span in spans)
    return tuple(word for span in cut for word in read_words(text, span))


@cache
def _verbs() -> Mapping[str, tuple[_Verb, ...]]:
    """Cue verbs by form, those with particles first."""
    found: dict[str, list[_Verb]] = {}
    for entry in load_lexicon("acts")["verbs"]:
        for name in entry["verbs"]:
            base, *particles = name.split()
            verb = _Verb(
                Act(entry["act"]),
                entry.get("plover"),
                entry.get("cameo"),
                bool(entry.get("weak")),
                bool(entry.get("not_before_to")),
                tuple(particles),
            )
            for form in dict.fromkeys(verb_forms(base)):
                found.setdefault(form, []).append(verb)
    return {form: tuple(sorted(verbs, key=lambda verb: -len(verb.particles))) for form, verbs in found.items()}


@cache
def _wordings() -> tuple[_Wording, ...]:
    return tuple(_wording(entry) for entry in load_lexicon("acts")["contents"])


def _wording(entry: Mapping[str, Any]) -> _Wording:
    code = EventCode(entry["plover"], None, None, entry["cameo"]) if "plover" in entry else None
    return _Wording(entry["name"], Act(entry["act"]), code, in_small_letters(entry["pattern"]))


def read_act(
    text: str, cue: Words, content: Words, conditions: Sequence[Condition] = (), own: Names = frozenset()
) -> Reading:
    """The act of one attribution, from the words of its cue and content and the conditions in it.

    own: how the names of the speaker's side begin, in small letters.
    """
    if cue and content and only_asks(_text_of(text, cue), _text_of(text, content)):
        return Reading(Act.OTHER, None, "question")
    verb, form = _cue_verb(cue, content)
    if verb is not None and verb.not_before_to and content and content[0].lower == "to":
        verb = None
    if verb is not None and verb.act in _ONLY_NOW and any(word.lower in _AHEAD for word in cue):
        return Reading(Act.OTHER, None, f"ahead {form}")
    triggers = find_triggers(content)
    if verb is not None and _is_negated(cue):
        return _negated(verb, form, triggers)
    priced = verb is not None and verb.act is Act.DEMAND and any("demand" in each.flags for each in conditions)
    if verb is not None and not verb.weak and not priced:
        return _coded(verb.act, verb.plover, verb.cameo, triggers, f"verb:{form}")
    conditional = _from_conditions(text, content, conditions, triggers, own)
    if conditional is not None:
        return conditional
    if verb is not None and verb.act is Act.THREAT and any(_is_own_step(content, each, own) for each in conditions):
        return _coded(Act.THREAT, verb.plover, verb.cameo, triggers, f"verb:{form}")
    worded = _from_wordings(text, _told_in(cue, content) if verb is None else content, triggers)
    planned = _from_plans(content, triggers)
    if verb is not None and verb.act is Act.THREAT and _withholds(worded, planned):
        return _coded(Act.THREAT, verb.plover, verb.cameo, triggers, f"verb:{form}")
    if worded is not None and not _is_mild(worded, verb):
        return worded
    if planned is not None:
        return planned
    if verb is not None and verb.act is not Act.THREAT and verb.act is not Act.OTHER:
        return _coded(verb.act, verb.plover, verb.cameo, triggers, f"verb:{form}")
    return worded or Reading(Act.OTHER, None, "none")


_ONLY_NOW = frozenset({Act.DEMAND, Act.ACCUSATION, Act.DENIAL})  # who "will ask for" something has not asked yet
_AHEAD = frozenset({"will", "would", "shall", "'ll", "may", "might", "could"})


def _is_own_step(content: Words, condition: Condition, own: Names) -> bool:
    """Whether what somebody warns of is a step of the own side: "warned that his country would leave if ..."."""
    main = [word for word in content if any(overlaps(word.span, span) for span in condition.consequence)]
    live = condition.realis is Realis.OPEN and "concessive" not in condition.flags
    return bool(main) and live and _is_announced(main) and _is_own(main, own)


def _text_of(text: str, words: Words) -> str:
    return text[slice(*cover(word.span for word in words))]


def _told_in(cue: Words, content: Words) -> Words:
    """Cue and content together, where a cue without a verb of speech runs on into it: "will never recognise | them"."""
    runs_on = bool(cue and content) and 0 <= content[0].start - cue[-1].end <= 1
    return (*cue, *content) if runs_on else content


def _is_negated(cue: Words) -> bool:
    return any(word.lower in ("not", "n't", "never") or word.lower.endswith("n't") for word in cue)


def _negated(verb: _Verb, form: str, triggers: Sequence[Trigger]) -> Reading:
    """Read "has not agreed" as a refusal, "has not ruled out" as leaving it open; other denied verbs say nothing."""
    if verb.act in (Act.PROMISE, Act.OFFER):
        return _coded(Act.REFUSAL, "REJECT", "120", triggers, f"not {form}")
    return Reading(Act.POSITION if verb.act in (Act.REFUSAL, Act.DENIAL) else Act.OTHER, None, f"not {form}")


def _withholds(worded: Reading | None, planned: Reading | None) -> bool:
    """Whether a warning says that something will no longer be given or borne."""
    return any(each is not None and each.act is Act.REFUSAL for each in (worded, planned))


def _is_mild(reading: Reading, verb: _Verb | None) -> bool:
    """Whether wordings of blame or position yield to a verb that does more ("promised to end the aggression")."""
    return reading.act in (Act.ACCUSATION, Act.POSITION) and verb is not None and verb.act is Act.PROMISE


def _cue_verb(cue: Words, content: Words = ()) -> tuple[_Verb | None, str]:
    """The first verb of the cue that the list knows; its particle may stand among the content's first words."""
    lead = tuple(word.lower for word in content[:ADDRESSEE_REACH])
    for place, word in enumerate(cue):
        for verb in _verbs().get(word.lower, ()):
            following = tuple(each.lower for each in cue[place + 1 : place + 1 + len(verb.particles)])
            if following == verb.particles or (verb.particles == ("against",) and "against" in lead):
                return verb, " ".join((word.lower, *verb.particles))
    return None, ""


def _coded(act: Act, plover: str | None, cameo: str | None, triggers: Sequence[Trigger], rule: str) -> Reading:
    """The reading with the code made exact by the first event in the content that the codebook knows for this act."""
    if plover is None:
        return Reading(act, None, rule)
    about: Mapping[str, str] = load_lexicon("acts")["about"].get(act.value, {})
    kind = next((trigger.rule.kind for trigger in triggers if trigger.rule.kind in about), None)
    return Reading(act, EventCode(plover, None, None, about[kind] if kind else cameo), rule)


def _from_conditions(
    text: str, content: Words, conditions: Sequence[Condition], triggers: Sequence[Trigger], own: Names
) -> Reading | None:
    for condition in conditions:
        if condition.realis in (Realis.COUNTERFACTUAL, Realis.HYPOTHETICAL) and "frame" not in condition.flags:
            continue
        if "frame" in condition.flags:  # what is only imagined is no act of threatening
            return Reading(Act.OTHER, None, f"condition:{condition.produced_by}")
        reading = _from_condition(text, content, condition, triggers, own)
        if reading is not None:
            return reading
    return None


def _from_condition(
    text: str, content: Words, condition: Condition, triggers: Sequence[Trigger], own: Names
) -> Reading | None:
    rule = f"condition:{condition.produced_by}"
    if "red_line" in condition.flags:
        return Reading(Act.RED_LINE, EventCode("THREATEN", None, None, "130"), rule)
    if "precondition" in condition.flags:
        return _coded(Act.PRECONDITION, "DEMAND", "100", triggers, rule)
    if "offer" in condition.flags:
        return _coded(Act.OFFER, "AGREE", "030", triggers, rule)
    if "refusal" in condition.flags:
        return _coded(Act.REFUSAL, "REJECT", "120", triggers, rule)
    if "proviso" in condition.flags:  # own means, not another's conduct: announced, not threatened
        return _provided(content, triggers, rule)
    if "agentless" in condition.flags:
        return Reading(Act.THREAT, EventCode("THREATEN", None, None, "138"), rule)
    within = [
        trigger
        for trigger in triggers
        if any(overlaps(content[trigger.first].span, span) for span in condition.consequence)
    ]
    main = [word for word in content if any(overlaps(word.span, span) for span in condition.consequence)]
    hostile = _has_tone(text, main, "hostile") or any(each.rule.tone == "hostile" for each in within)
    if condition.produced_by == "command:then" and not hostile:  # "Lift the levy, then we will talk"
        return _coded(Act.PRECONDITION, "DEMAND", "100", triggers, rule)
    if "demand" in condition.flags and not _is_friendly(text, main, within):
        return _coded(Act.THREAT, "THREATEN", "130", within, rule)
    if _relieves(text, main) and _is_wanted(text, content, condition):
        return _coded(Act.OFFER, "AGREE", "030", within, rule)
    reading = _from_consequence(text, main, within, rule) or _from_conduct(text, content, condition, main, rule, own)
    if reading is not None:
        reading = _shaped(reading, condition, main, within, rule)
    elif condition.form in _WITHHOLDING and _is_withheld(main) and _is_announced(main):
        return _coded(Act.REFUSAL, "REJECT", "120", within, rule)
    if reading is not None and reading.act is Act.THREAT and condition.realis is Realis.FACTUAL:
        return _coded(Act.REFUSAL, "REJECT", "120", within, rule)  # the condition is met: what was threatened is done
    return reading


def _is_armed(main: Words) -> bool:
    """Whether a force does it: "the Orlian Navy will tow them"."""
    return any(word.lower in load_lexicon("acts")["armed"] for word in main[: OWN_REACH + 1])


@cache
def _own_bodies() -> frozenset[str]:
    """What "his" and "their" go with where somebody speaks of the own side."""
    return frozenset(load_lexicon("acts")["own_bodies"])


@cache
def _conduct() -> Mapping[str, re.Pattern[str]]:
    """How conduct is worded that a speaker does not want, or wants."""
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in load_lexicon("acts")["conduct"].items()}


def _from_conduct(
    text: str, content: Words, condition: Condition, main: Words, rule: str, own: Names
) -> Reading | None:
    """What the own side announces for conduct of another: a threat where that is unwanted, else a promise.

    Only where the consequence is the speaker's own deed, nobody's in particular, or read as what somebody lays down:
    what else happens to third parties is a forecast. What the own side, or a force, will do *unless* something happens
    is a threat whatever it is.
    """
    if not main or "concessive" in condition.flags:
        return None
    laid_down = DRAWN in condition.flags and _is_announced(main)
    announced = _is_announced(main) and _is_own(main, own)
    if condition.form is Form.UNLESS and not _is_withheld(main) and (announced or (laid_down and _is_armed(main))):
        return _coded(Act.THREAT, "THREATEN", "130", (), rule)
    start, end = cover(word.span for word in main)
    ended = _conduct()["ended"].search(text[start:end]) is not None
    wanted = _is_wanted(text, content, condition) if announced or ended or laid_down else None
    if wanted is False:
        return _coded(Act.THREAT, "THREATEN", "130", (), rule)
    if not wanted or not announced or _is_withheld(main):
        return None
    return _coded(Act.PROMISE, "AGREE", "030", (), rule)


def _relieves(text: str, main: Words) -> bool:
    """Whether a consequence ends what burdens the other side: "the filling of the reservoir could be suspended"."""
    return bool(main) and _conduct()["relief"].search(text, *cover(word.span for word in main)) is not None


def _is_wanted(text: str, content: Words, condition: Condition) -> bool | None:
    """Whether a speaker wants the condition to come about; None where its words do not tell."""
    within = [word for word in content if any(overlaps(word.span, span) for span in condition.condition[0])]
    if not within or within[0].lower in _OWN:
        return None  # what one does oneself
    whole = cover(word.span for word in within)
    tones = {trigger.rule.tone for trigger in find_triggers(within)}
    unwanted = _conduct()["unwanted"].search(text, *whole) is not None
    wanted = "friendly" in tones or (not unwanted and _conduct()["wanted"].search(text, *whole) is not None)
    if not wanted and "hostile" in tones:  # but "stop the shelling" is wanted
        unwanted = True
    if unwanted == wanted or (unwanted and condition.form is Form.UNLESS):  # "will go ahead unless you stay away"
        return None
    denied = any(word.lower in ("not", "n't", "no") or word.lower.endswith("n't") for word in within)
    turned = wanted and (denied or condition.negated)
    return wanted and not turned


_OWN = frozenset({"we", "i", "our", "my", "we'll", "i'll", "we'd", "i'd", "we've"})
_HIS = frozenset({"his", "her", "their", "its"})
_TELLERS = frozenset({"he", "she", "it", "they", "no", "not", "nobody"})


def _is_own(main: Words, own: Names = frozenset()) -> bool:
    """Whether a consequence is the deed of the speaker ("we", "he" in reported words), of the own side ("his country",
    "the Orlian navy"), or done by nobody in particular.
    """
    if any(word.capital and word.lower[:NAME_BEGINS] in own for word in main[:OWN_REACH]):
        return True
    if len(main) > 1 and main[0].lower in _HIS and main[1].lower in _own_bodies():
        return True
    for place, word in enumerate(main[:-1]):
        if word.lower == "be":
            done = main[place + 1].kind in (Kind.PARTICIPLE, Kind.FINITE)
            return done and not any(each.lower == "by" for each in main[place + 2 : place + 4])
    return main[0].lower in _OWN or main[0].lower in _TELLERS or _is_infinitive(main)


def _is_infinitive(main: Words) -> bool:
    """Whether a consequence is what somebody vowed: "to stop it"."""
    return len(main) > 1 and main[0].lower == "to" and main[1].kind is Kind.BASE


def _is_announced(main: Words) -> bool:
    own = main[0].lower in ("we", "i") and len(main) > 1 and main[1].kind is Kind.FINITE
    own = own and main[1].lower not in word_classes().speech
    return (
        own
        or _is_infinitive(main)
        or any(
            word.lower in ("will", "shall", "won't", "would", "wouldn't") or word.lower.endswith(("'ll", "'d"))
            for word in main
        )
    )


def _is_future(main: Words) -> bool:
    return any(word.lower in _FUTURE or word.lower.endswith(("'ll", "'d")) for word in main)


def _shaped(reading: Reading, condition: Condition, main: Words, triggers: Sequence[Trigger], rule: str) -> Reading:
    """The reading as the form of the condition turns it.

    What is withheld until, unless or without something is refused now; what is given only if or only after something
    has its price named.
    """
    if reading.act is Act.THREAT and condition.form in _WITHHOLDING and _is_withheld(main):
        return _coded(Act.REFUSAL, "REJECT", "120", triggers, rule)
    if reading.act in (Act.OFFER, Act.PROMISE) and condition.form is Form.ONLY_IF:
        return _coded(Act.PRECONDITION, "DEMAND", "100", triggers, rule)
    own = any(word.lower in ("i", "we", "our") or word.lower.startswith(("we'", "i'")) for word in main)
    if reading.act is Act.OFFER and condition.form in (Form.AFTER, Form.AS_LONG_AS):
        return replace(reading, act=Act.PROMISE)
    return replace(reading, act=Act.PROMISE) if reading.act is Act.OFFER and own and _is_firm(main) else reading


_WITHHOLDING = frozenset({Form.UNTIL, Form.WITHOUT, Form.AS_LONG_AS, Form.UNLESS})


def _is_firm(main: Words) -> bool:
    """Whether a consequence says that it will come, not that it could."""
    return any(word.lower in _FIRM or word.lower.endswith("'ll") for word in main)


_FIRM = frozenset({"will", "shall", "prepared", "ready", "willing"})


def _is_withheld(main: Words) -> bool:
    return any(word.lower in _NEGATIONS or word.lower.endswith("n't") for word in main)


@cache
def _tones() -> Mapping[str, re.Pattern[str]]:
    """What hostile and friendly consequences are worded with."""
    listed = load_lexicon("acts")["tones"]
    return {
        tone: re.compile("|".join(f"(?:{each['pattern']})" for each in entries), re.IGNORECASE)
        for tone, entries in listed.items()
    }


def _has_tone(text: str, main: Words, tone: str) -> bool:
    return bool(main) and _tones()[tone].search(text, *cover(word.span for word in main)) is not None


def _is_friendly(text: str, main: Words, triggers: Sequence[Trigger]) -> bool:
    """Whether what follows helps the one it falls on."""
    tones = {trigger.rule.tone for trigger in triggers}
    if "hostile" in tones or _has_tone(text, main, "hostile") or _is_withheld(main):
        return False
    return "friendly" in tones or _has_tone(text, main, "friendly")


def _provided(content: Words, triggers: Sequence[Trigger], rule: str) -> Reading | None:
    """Read "depending on deliveries, we would advance" as a promise, with the code of what is planned."""
    planned = _from_plans(content, triggers)
    return Reading(Act.PROMISE, planned.code, rule) if planned is not None else None


def _from_consequence(text: str, main: Words, triggers: Sequence[Trigger], rule: str) -> Reading | None:
    """A consequence is a threat where it harms or withholds, an offer where it helps."""
    withheld = _is_withheld(main)
    future = _is_future(main)
    tones = {trigger.rule.tone for trigger in triggers}
    worded = _from_wordings(text, main, triggers)
    if worded is not None and worded.act is Act.THREAT:
        return worded
    harms = "hostile" in tones and not withheld
    withholds = withheld and ("friendly" in tones or (worded is not None and worded.act is Act.REFUSAL))
    if harms or withholds:
        return _coded(Act.THREAT, "THREATEN", "130", triggers, rule)
    forced = any(one.lower == "by" and other.lower == "force" for one, other in pairwise(main))
    turned = _has_tone(text, main, "hostile") and (forced or not _has_tone(text, main, "friendly"))
    if future and "friendly" in tones and not turned:  # "would empty our chairs at the talks" offers none
        return _coded(Act.OFFER, "AGREE", "030", triggers, rule)
    if withheld:
        return _coded(Act.THREAT, "THREATEN", "130", triggers, rule) if _withholds_good(text, main) else None
    if _has_tone(text, main, "hostile"):
        return _coded(Act.THREAT, "THREATEN", "130", triggers, rule)
    if _has_tone(text, main, "friendly") and (future or _is_firm(main)):
        return _coded(Act.OFFER, "AGREE", "030", triggers, rule)
    return None


_GOOD = re.compile(
    r"\b(?:talks?|negotiat\w+|dialogue|deal|treat(?:y|ies)|agreements?|elections?|recogni[sz]\w+|sign\w*|ratif\w+"
    r"|peace|truce|discuss\w*|meet(?:ing)?s?|round|return\w*|basis|question of|cease-?fire|withdraw\w*"
    r"|release\w*|visit\w*|settlement)\b",
    re.IGNORECASE,
)


def _withholds_good(text: str, main: Words) -> bool:
    """Whether a consequence with a "no" denies what the other side would want."""
    return bool(main) and _GOOD.search(text, *cover(word.span for word in main)) is not None


def _from_wordings(text: str, content: Words, triggers: Sequence[Trigger]) -> Reading | None:
    if not content:
        return None
    small = small_letters(text)
    whole = min(word.start for word in content), max(word.end for word in content)
    for wording in _wordings():
        if wording.pattern.search(small, *whole) and not (wording.act is Act.RED_LINE and _is_only_named(content)):
            if wording.code is None:
                return Reading(wording.act, None, f"wording:{wording.name}")
            exact = _coded(wording.act, wording.code.plover, wording.code.cameo, triggers, f"wording:{wording.name}")
            return exact if wording.code.cameo in ("100", "120", "130") else replace(exact, code=wording.code)
    return None


def _is_only_named(content: Words) -> bool:
    """Whether nothing is said but that there are lines: "Vadian “red lines” (were stressed)"."""
    words = [word for word in content if word.lower.isalpha()]
    return len(words) <= FEW_WORDS and not any(word.is_finite for word in words)


def _from_plans(content: Words, triggers: Sequence[Trigger]) -> Reading | None:
    """Something the content says will be done: a promise or a threat by its tone, a refusal where it will not be."""
    for trigger in triggers:
        if trigger.nominal:
            continue
        lead = content[max(0, trigger.first - 5) : trigger.first]
        if not any(word.lower in _FUTURE or word.lower.endswith("'ll") for word in lead):
            continue
        if any(word.lower in ("have", "'ve") for word in lead):  # "would have attacked" is no plan
            continue
        if any(word.lower in _NEGATIONS or word.lower.endswith("n't") for word in lead):
            return _coded(Act.REFUSAL, "REJECT", "120", [trigger], f"plan:{trigger.rule.kind}")
        if trigger.rule.tone == "hostile":
            return _coded(Act.THREAT, "THREATEN", "130", [trigger], f"plan:{trigger.rule.kind}")
        if trigger.rule.tone == "friendly":
            return _coded(Act.PROMISE, "AGREE", "030", [trigger], f"plan:{trigger.rule.kind}")
    return None


def _addressee(text: str, attribution: Attribution) -> str | None:
    """The one spoken to: the name behind a verb that takes one, or the subject of what is demanded."""
    if not attribution.cue:
        return None
    cue = _words(text, attribution.cue)
    for place in range(len(cue) - 1, -1, -1):
        for particles in _addressing().get(cue[place].lower, ()):
            following = (*cue[place + 1 :], *_words_behind(text, cue[-1].end))
            if tuple(word.lower for word in following[: len(particles)]) == particles:
                return _name_at(text, following[len(particles) :])
    return None


def _words_behind(text: str, end: int) -> tuple[Word, ...]:
    """The words behind a cue, of its line."""
    stop = text.find("\n", end, end + ADDRESSEE_LOOK)
    return read_words(text, Span(end, stop if stop > 0 else min(len(text), end + ADDRESSEE_LOOK)))


@cache
def _addressing() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Particles of the verbs that take an addressee, by verb form, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in load_lexicon("acts")["addressed"]:
        base, *particles = name.split()
        for form in dict.fromkeys(verb_forms(base)):
            found.setdefault(form, []).append(tuple(particles))
    return {form: tuple(sorted(each, key=len, reverse=True)) for form, each in found.items()}


_OBJECT_PRONOUNS = frozenset({"him", "her", "them", "us", "me", "himself", "herself", "themselves", "it"})
_NAMING = frozenset({Kind.NOUN, Kind.NUMBER, Kind.PARTICIPLE, Kind.ING})


def _name_at(text: str, words: Words) -> str | None:
    """The noun phrase that begins at the first word, at most ADDRESSEE_REACH words; None for pronouns and clauses."""
    if words and words[0].lower in _OBJECT_PRONOUNS:
        return None
    last = 0
    for place, word in enumerate(words[:ADDRESSEE_REACH]):
        joins = (
            word.lower in ("and", "of") and place + 1 < len(words) and (word.lower == "of" or words[place + 1].capital)
        )
        opens = place == 0 and word.kind is Kind.DETERMINER and word.lower not in ("that", "this", "these", "those")
        if not (
            word.kind in _NAMING
            or joins
            or opens
            or (word.kind is Kind.DETERMINER and words[place - 1].lower in ("and", "of"))
        ):
            break
        last = place + 1
    while last and words[last - 1].kind is not Kind.NOUN:
        last -= 1
    return text[words[0].start : words[last - 1].end] if last else None


def _deadline(document: Document, attribution: Attribution, times: Sequence[TimeExpression]) -> DateRange | None:
    """The time behind "by", "until", "within" in the content; a duration counts from publication."""
    for time in times:
        inside = any(overlaps(time.span, span) for span in attribution.content)
        if not inside or not _DEADLINE_WORDS.search(document.text, max(0, time.span.start - 24), time.span.start):
            continue
        if time.type == "DURATION":
            return _after_publication(document, time)
        if time.resolved.is_known:
            return time.resolved
    return None


_DURATION = re.compile(r"P(?:(\d+)D|(\d+)W|T(\d+)H)\Z")


def _after_publication(document: Document, time: TimeExpression) -> DateRange | None:
    match = _DURATION.match(time.value)
    latest = document.published.latest
    if match is None or latest is None:
        return None
    days, weeks, hours = (int(group or 0) for group in match.groups())
    end = latest + timedelta(days=days, weeks=weeks, hours=hours)
    return DateRange(None, end, Basis.INFERRED, f"{time.value} counted from publication")


def code_sentence(text: str, sentence: Span, conditions: Sequence[Condition] = ()) -> tuple[EventCode, ...]:
    """The codes of what a sentence reports, in reading order, acts and deeds alike; a report behind it is left out."""
    words = without_closing_report(read_words(text, sentence))
    held = [each for each in conditions if overlaps(each.condition[0][0], sentence)]
    found: list[EventCode] = []
    first = 0
    for place, size, reading in _spoken(text, words, held):
        if place < first:  # within what was said before
            continue
        found += _deeds(words, first, place)
        if reading.code is not None:
            found.append(reading.code)
            first = len(words)
        else:
            first = place + size
    return (*found, *_deeds(words, first, len(words)))


def _deeds(words: Words, first: int, last: int) -> Iterator[EventCode]:
    """Codes of the events named in a stretch; what only will be done counts as an intention."""
    triggers = find_triggers(words[first:last])
    planned = _from_plans(words[first:last], triggers[:1])
    if planned is not None and planned.code is not None:
        yield planned.code
        triggers = triggers[1:]
    for trigger in triggers:
        if trigger.rule.code is not None:
            yield trigger.rule.code


def _spoken(text: str, words: Words, conditions: Sequence[Condition]) -> Iterator[tuple[int, int, Reading]]:
    """Each verb of speech with what is said behind it, read as an act."""
    for place, word in enumerate(words):
        if word.kind not in _SPOKEN_KINDS or word.lower not in _verbs():
            continue
        verb, form = _cue_verb(words[place : place + 3])
        size = len(form.split())
        if verb is not None and form.split()[0] == word.lower:
            yield place, size, read_act(text, words[place : place + size], words[place + size :], conditions)


_SPOKEN_KINDS = frozenset({Kind.FINITE, Kind.PARTICIPLE, Kind.ING})


def without_closing_report(words: Words) -> Words:
    """The sentence without ", officials said on Monday." behind it."""
    last = len(words)
    for place in range(last - 1, 0, -1):
        if words[place].lower == "," and reporting(words, place + 1, last):
            return words[:place]
    return words
