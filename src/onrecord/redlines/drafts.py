"""Which conditions are lines, whose they are, and how each reads: one draft a condition and alternative.

A counterfactual, a question and advice to nobody in particular are no lines. What is only supposed, or has already
happened, draws no line either, but may belong to one that is drawn elsewhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from onrecord.lexicon.asking import only_asks
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.actors import Actor, ActorType, MentionKind
from onrecord.records.documents import Basis, DateRange, PartKind
from onrecord.records.findings import DRAWN, Act, Attribution, Condition, Directness, Findings, Form, Operator, Realis
from onrecord.records.ids import form_id
from onrecord.records.redlines import LineMention, Statement
from onrecord.records.said_days import date_before
from onrecord.records.spans import Span, Spans, contains, cover, overlaps, quote_span, quote_spans
from onrecord.redlines.announcing import announces_deed, find_vows, foretells, is_asked, is_kind, looks_on, spares
from onrecord.redlines.concepts import Phrases, listed_phrases
from onrecord.redlines.gist import Gist, Part, Stage, read_gist, turn
from onrecord.redlines.names import Kind, known_key
from onrecord.redlines.sentences import sentence_around
from onrecord.redlines.words import Word, list_forms, split_words, stem

LINE_ACTS = frozenset({Act.RED_LINE, Act.THREAT, Act.ULTIMATUM, Act.PRECONDITION, Act.REFUSAL})
FRIENDLY_ACTS = frozenset({Act.PROMISE, Act.OFFER})
PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "who", "this", "these", "those", "both", "one"})
POINTING = frozenset({"it", "this", "that", "these", "those", "such", "so", "then", "they", "he", "she"})
FORETOLD = "said by one who stands for a side to follow for what another does"
FORETELLING = frozenset({Form.IF, Form.INVERSION, Form.UNLESS})
TELLING_WORDS = 4  # of a condition in which no list knows what happens
READ_SO = "worded as a line that is drawn, in the encoder's reading"
ANNOUNCED = "announced to be done then"  # why a condition is a line where nobody calls it a threat
TELLING = 1.0  # weight of one rare word: "it goes up" has less, and means what stands before it
ARTICLE = 4  # characters that may stand before a subject that opens a clause: "the ", or a quotation mark
CONTEXT = 300  # characters before "such a step" in which what it means is looked for: two sentences of news


def plain_refusal() -> Gist:
    """What follows where the words are a plain refusal."""
    return read_gist("unacceptable")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who draws the line. keys: every key under which the same issuer may be met, the state it speaks for included.

    behalf: the key of the one spoken for; names: the names of both. person_key: one key for all spellings of a person.
    """

    key: str | None
    name: str
    behalf: str | None
    names: tuple[str, ...]
    person: bool
    keys: frozenset[str]
    person_key: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One alternative of one condition, read as a mention of a line that is yet to be formed.

    condition: what it says, for comparison with events. compared: what must happen, for comparison with other mentions:
    "unless they leave" and "if they do not leave" are one; in a plain refusal ("we will never recognise the valley")
    the refused act belongs to it. refused: that act.
    live: whether it can draw a line by itself. borrowed: its condition only points back ("such a step"), and its gist
    was taken from the text before it. siblings: names the sentence's condition, shared by its alternatives.
    cue, passage, refusal: the words of the attribution's cue, of the whole passage, and of a plain refusal.
    """

    mention: LineMention
    issuer: Issuer
    act: Act
    directness: Directness | None
    condition: Gist
    compared: Gist
    refused: frozenset[str]
    consequence: Gist | None
    live: bool
    borrowed: bool
    siblings: str
    cue: str
    passage: str
    refusal: str
    reason: str


def draft_lines(
    findings: Findings, statements: Mapping[str, Statement], people: Mapping[str, str] | None = None
) -> tuple[Draft, ...]:
    """The drafts of one document, in the order of its conditions.

    statements: the statements of this document by attribution id. people: see people.unify_people.
    """
    attributions = {each.id: each for each in findings.attributions}
    drafts: list[Draft] = []
    for condition in findings.conditions:
        attribution = attributions.get(condition.attribution or "")
        statement = statements.get(condition.attribution or "")
        for draft in _draft(findings, condition, attribution, statement):
            unified = _unify_issuer(draft, people or {})
            drafts.append(_resolve_pointing(unified, drafts))
    return tuple(drafts)


def _unify_issuer(draft: Draft, people: Mapping[str, str]) -> Draft:
    """The draft with the key added under which the same person stands in other documents."""
    keys = draft.issuer.keys | {people[key] for key in draft.issuer.keys if key in people}
    return replace(draft, issuer=replace(draft.issuer, keys=keys, person_key=people.get(draft.issuer.key or "")))


def with_sides(draft: Draft, sides: Mapping[str, frozenset[str]]) -> Draft:
    """The draft with the keys added of those its issuer speaks for in other documents.

    Where the document itself does not tell for whom, and the others tell of one alone, it is that one.
    """
    issuer = draft.issuer
    found = frozenset(side for key in issuer.keys for side in sides.get(key, ())) - issuer.keys
    if any(_is_state(key) for key in issuer.keys):  # nobody speaks for two states: else the other's deeds were its own
        found = frozenset(side for side in found if not _is_state(side))
    if not found:
        return draft
    open_side = issuer.behalf is None or (issuer.key is None and issuer.behalf in sides)  # for a minister's spokesman
    behalf = next(iter(found)) if open_side and len(found) == 1 else issuer.behalf
    return replace(draft, issuer=replace(issuer, behalf=behalf, keys=issuer.keys | found))


def _is_state(key: str) -> bool:
    known = known_key(key)
    return key.endswith("|state") or (known is not None and known.kind is Kind.STATE)


def _resolve_pointing(draft: Draft, before: Sequence[Draft]) -> Draft:
    """Where the condition only points back, and the same speaker drew a line right before it: that line's condition."""
    if not draft.borrowed:
        return draft
    near = [
        other
        for other in before
        if other.issuer.keys & draft.issuer.keys
        and 0 <= draft.mention.passage.start - other.mention.passage.end <= CONTEXT
        and not other.borrowed
    ]
    return replace(draft, condition=near[-1].condition, compared=near[-1].compared) if near else draft


def _draft(
    findings: Findings, condition: Condition, attribution: Attribution | None, statement: Statement | None
) -> Iterator[Draft]:
    if condition.realis is Realis.COUNTERFACTUAL or not any(condition.condition):
        return
    if _is_asked(findings.document.text, condition) or _is_part(findings, condition):
        return
    issuer = _find_issuer(findings, condition, attribution)
    if issuer is None:
        return
    reason = _why_line(findings, condition, attribution, issuer)
    if reason is None:
        return
    for alternative in _alternatives(condition):
        yield _form_draft(findings, condition, alternative, attribution, statement, issuer, reason)


def _alternatives(condition: Condition) -> tuple[tuple[Spans, ...], ...]:
    """What has a fate of its own: each alternative joined by "or"; those joined by "and" stay together."""
    filled = tuple(each for each in condition.condition if each)
    if condition.operator is Operator.OR:
        return tuple((each,) for each in filled)
    return (filled,)


def _is_part(findings: Findings, condition: Condition) -> bool:
    """Whether it only says more of what follows from another condition, to which its words point back.

    "Any boarding would mean war, and the boats that try it will be targets" draws one line.
    """
    text = findings.document.text
    words = {word.folded for spans in condition.condition for word in split_words(quote_spans(text, spans))}
    return bool(words & POINTING) and any(
        contains(whole, _whole(condition))
        for other in findings.conditions
        if other.id != condition.id and other.attribution == condition.attribution
        for whole in other.consequence
    )


def _is_asked(text: str, condition: Condition) -> bool:
    """Whether a word of asking opens the condition or stands right before it: a question draws no line."""
    start = min(spans[0].start for spans in (*condition.condition, condition.cue) if spans)
    if text[start:].casefold().startswith("whether"):
        return True
    before = split_words(text[max(0, start - 24) : start])[-2:]
    return any(hit.last == len(before) - 1 for hit in word_list("asked").find(before))


def word_list(name: str) -> Phrases[str]:
    """One of the plain lists of lexicon/redlines.yml, compared by form."""
    return listed_phrases("redlines", name)


@lru_cache(maxsize=50_000)
def has_words(name: str, text: str) -> bool:
    """Whether a text has a word or phrase of a list of lexicon/redlines.yml."""
    return word_list(name).stand_in(list_forms(text))


def _find_issuer(findings: Findings, condition: Condition, attribution: Attribution | None) -> Issuer | None:
    actors = {actor.id: actor for actor in findings.actors}
    noun = _noun_before(findings, condition)
    owner = _owner_of_noun(findings, noun, actors) if noun is not None else None
    if owner is not None:
        return owner
    if attribution is None and noun is not None:
        return None  # "a warning that", and it is not said whose
    if attribution is None:
        return _vowing_issuer(findings, condition, actors) or _issuer_in_words(findings, condition, actors)
    speaker = actors.get(attribution.speaker.actor or "")
    behalf = actors.get(attribution.speaker.on_behalf_of or "")
    if _is_outlet(speaker) and behalf is None:
        return _issuer_in_words(findings, condition, actors)
    if speaker is None and behalf is None:
        told = _issuer_in_words(findings, condition, actors, said=attribution.source)
        others = _is_pronoun(attribution) or _befalls(findings, condition)  # "he warned that Beirut would pay"
        return _unlinked_issuer(findings, attribution) if told is None or others else told
    return _form_issuer(speaker, behalf, attribution.speaker.name)


def _is_pronoun(attribution: Attribution) -> bool:
    """Whether somebody speaks who was named before, though nobody knows by which name."""
    return (attribution.speaker.name or "").casefold() in PRONOUNS


def _befalls(findings: Findings, condition: Condition) -> bool:
    """Whether a consequence says what comes over its subject, whose line it then is not: "Beirut would pay for it"."""
    return has_words("befalling", quote_spans(findings.document.text, condition.consequence))


def _is_outlet(actor: Actor | None) -> bool:
    """Whether it is a newspaper or the like: what it prints is somebody's line, never its own."""
    return actor is not None and actor.type is ActorType.OUTLET


def _unlinked_issuer(findings: Findings, attribution: Attribution) -> Issuer | None:
    """A speaker without a link: a name that holds in this document only; None where there is not even a name."""
    name = attribution.speaker.name
    if not name:
        return None
    key = f"{findings.document.id}:{name.casefold()}"
    shown = f"speaker not linked (“{name}”)" if name.casefold() in PRONOUNS else name
    return Issuer(None, shown, None, (name,), True, frozenset((key, *_association(name))))


MOST_OF_NAME = 3  # telling words of an association's name: with more it is called otherwise


def _association(name: str) -> tuple[str, ...]:
    """A key under which an association is met however it is called, by whom it is of: "the dockers' federation"."""
    told = [stem(word.folded) for word in split_words(name) if word.folded not in _named("passing")]
    kind = [word for word in told if word in _named("associations")]
    whole = len(kind) == 1 and 1 < len(told) <= MOST_OF_NAME
    return (f"association:{' '.join(sorted(told))}",) if whole else ()


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("redlines")[name])


@cache
def _named(name: str) -> frozenset[str]:
    """The words of a list with their stems."""
    return _listed(name) | frozenset(map(stem, _listed(name)))


def _form_issuer(speaker: Actor | None, behalf: Actor | None, name: str | None) -> Issuer:
    main = speaker or behalf
    if main is None:
        raise ValueError("an issuer needs a speaker or the one spoken for")
    state = behalf or (main if main.type in (ActorType.STATE, ActorType.PLACE) else None)
    keys = {actor.key for actor in (speaker, behalf) if actor is not None}
    keys |= {f"state:{iso}" for actor in (speaker, behalf) if actor is not None for iso in _states_of(actor)}
    bodies = (actor for actor in (speaker, behalf) if actor is not None and actor.type is ActorType.BODY)
    keys |= {key for body in bodies for key in _association(body.name)}
    return Issuer(
        key=speaker.key if speaker is not None else None,
        name=(speaker.name if speaker is not None else name) or main.name,
        behalf=state.key if state is not None else None,
        names=tuple(dict.fromkeys(actor.name for actor in (speaker, behalf) if actor is not None)),
        person=speaker is None or speaker.type is ActorType.PERSON,
        keys=frozenset(keys),
    )


def _states_of(actor: Actor) -> frozenset[str]:
    known = known_key(actor.key)
    if known is not None and known.kind is Kind.STATE:
        return known.states
    speaks_for_state = actor.type in (ActorType.PERSON, ActorType.STATE) and (
        actor.offices or actor.type is ActorType.STATE
    )
    return frozenset((actor.country,)) if actor.country and speaks_for_state else frozenset()


def _issuer_in_words(
    findings: Findings, condition: Condition, actors: Mapping[str, Actor], *, said: Spans | None = None
) -> Issuer | None:
    """In the outlet's own voice: the first one who can act that the consequence names, or "for X" beside it.

    said: the source, where somebody unknown says it; then only whoever the consequence has as its subject.
    """
    for spans in (
        (condition.consequence,) if said is not None else (condition.consequence, _sentence_before(findings, condition))
    ):
        for mention in findings.mentions:
            actor = actors.get(mention.actor or "")
            inside = any(overlaps(mention.span, span) for span in spans)
            lead = findings.document.text[cover(spans).start : mention.span.start] if inside else ""
            owns = findings.document.text.startswith(("'", "’"), mention.span.end)
            if owns or any(overlaps(mention.span, span) for span in said or ()):
                continue  # "Bekland's opposition" is not Bekland
            if inside and actor is not None and _may_issue(actor, lead, said is not None):
                return _form_issuer(actor, None, None)
    return None


def _vowing_issuer(findings: Findings, condition: Condition, actors: Mapping[str, Actor]) -> Issuer | None:
    """In the outlet's own voice: the subject of a vow, "Bekland's opposition has threatened to stop the trams".

    Where a name only says whose the subject is, the issuer is unlinked and called as printed.
    """
    text, vow = findings.document.text, _vow_around(findings, condition)
    if vow is None:
        return None
    sentence = sentence_around(text, _whole(condition))
    for mention in reversed([m for m in findings.mentions if m.kind is MentionKind.NAME]):
        actor = actors.get(mention.actor or "")
        if actor is None or not sentence.start <= mention.span.start < vow.start or actor.type is ActorType.OUTLET:
            continue
        gap = text[mention.span.end : vow.start]
        if _BEFORE_VOW.fullmatch(gap):
            return _form_issuer(actor, None, None)
        owned = _OWNED_SUBJECT.fullmatch(gap)
        if owned is not None:
            name = text[mention.span.start : mention.span.end + owned.end(1)]
            key = f"{findings.document.id}:{name.casefold()}"
            return Issuer(None, name, None, (name,), False, frozenset((key,)))
        return None
    return None


# What may stand between a name and the verb of a vow: an aside, "who once", "has again", "is".
_HELPING = r"(?:\s(?:has|have|had|is|was|stands|once|again|also|now|who|which)){0,4}\s"
_BEFORE_VOW = re.compile(rf"(?:,\s[^.;:]{{1,80}}?)?,?{_HELPING}")
_OWNED_SUBJECT = re.compile(rf"(['’]s?(?:\s[a-z-]+){{1,3}}?){_HELPING}")


def _vow_around(findings: Findings, condition: Condition, *, promised: bool = False) -> Span | None:
    """A verb of vowing in the consequence or right before it, up to what is vowed. promised: also of promising."""
    if not condition.consequence:
        return None
    text = findings.document.text
    sentence, last = sentence_around(text, _whole(condition)), cover(condition.consequence)
    for first, end, promise in find_vows(text[sentence.start : last.end]):
        vow = Span(sentence.start + first, sentence.start + end)
        right_before = vow.end <= last.start and text[vow.end : last.start] in ("", "to ", "of ", "that ")
        if (promised or not promise) and (right_before or contains(last, vow)):
            return vow
    return None


# "a Kestrian warning that", behind which the words of the warning stand
_NOUN_OF_SAYING = re.compile(
    r"(?:\w+['’]s?\s|\w+\s){0,2}(?:warning|threat|vow|pledge|demand|ultimatum|promise)s?\s(?:that|to)\s$"
)


def _noun_before(findings: Findings, condition: Condition) -> Span | None:
    """A noun of saying right before the words of a condition, with the two words before it."""
    end = _whole(condition).start
    found = _NOUN_OF_SAYING.search(findings.document.text[:end][-CONTEXT:])
    return Span(end - len(found.group()), end) if found is not None else None


def _owner_of_noun(findings: Findings, words: Span, actors: Mapping[str, Actor]) -> Issuer | None:
    """Whose warning or threat it is, by the name or adjective before the noun; None where it is not said."""
    named = (m for m in findings.mentions if m.kind is MentionKind.NAME and contains(words, m.span))
    owners = (actors.get(mention.actor or "") for mention in named)
    owner = next((actor for actor in owners if actor is not None and actor.type is not ActorType.OUTLET), None)
    return _form_issuer(owner, None, None) if owner is not None else None


_PREDICATE = re.compile(r"\b(?:will|would|shall|could|can|may|might|is|are|was|were|has|have|had)\b")


def _may_issue(actor: Actor, lead: str, said: bool) -> bool:
    """Whether one named in a consequence can be whose it is: no outlet, and a place only where it is the subject.

    lead: what stands before the name; behind a verb nobody is meant, as in "would hold a vote on joining Peru", unless
    it is done by them.
    """
    unsure = said or actor.type in (ActorType.PLACE, ActorType.UNKNOWN)
    done = _PREDICATE.search(lead) is not None and not lead.endswith(("by ", "by the "))
    return actor.type is not ActorType.OUTLET and not done and (not unsure or len(lead) <= ARTICLE)


def _sentence_before(findings: Findings, condition: Condition) -> Spans:
    """What stands in the same line of text before the condition, back to the last full stop."""
    start = cover(span for each in condition.condition for span in each).start
    text = findings.document.text
    begin = max(text.rfind(mark, 0, start) + 1 for mark in (". ", "\n", "? ", "! "))
    return (Span(begin, start),) if begin < start else ()


def _why_line(findings: Findings, condition: Condition, attribution: Attribution | None, issuer: Issuer) -> str | None:
    """Why this condition is a line, in words; None if it is none."""
    text = findings.document.text
    around = quote_span(text, sentence_around(text, _whole(condition)))
    consequence = quote_spans(text, condition.consequence)
    if all(quote_spans(text, each).casefold() in _listed("thin_conditions") for each in condition.condition):
        return None
    if has_words("no_line", quote_spans(text, condition.cue)) or is_asked(consequence) or spares(consequence):
        return None
    if attribution is not None and (looks_on(quote_spans(text, attribution.source)) or _only_asks(text, attribution)):
        return None
    if attribution is not None and has_words("fearing", quote_spans(text, attribution.cue)):
        return None
    if condition.form is Form.NOMINAL and has_words("line_words", around):
        return "the text calls it a red line, or the like"
    asks = attribution is not None and attribution.act is Act.PRECONDITION
    if asks and condition.form is Form.NOMINAL and not _tells_what(text, condition):
        return None
    if attribution is not None and attribution.act in LINE_ACTS and _is_only_condition(findings, attribution):
        return f"the speaker's act is a {attribution.act.value.replace('_', ' ')}"
    if attribution is not None and attribution.act in FRIENDLY_ACTS and not _is_harsh(text, condition, attribution):
        return None
    threat = _why_threat(findings, condition, attribution, issuer)
    told = threat or _why_announced(findings, condition, attribution, issuer)
    return told or (READ_SO if _is_read_so(findings, condition, attribution, issuer) else None)


def _is_harsh(text: str, condition: Condition, attribution: Attribution) -> bool:
    """Whether what was taken for a promise or an offer is none: nobody calls it one, and nothing in it helps."""
    consequence, cue = quote_spans(text, condition.consequence), quote_spans(text, attribution.cue)
    if is_kind(split_words(consequence)):
        return False
    costs = bool(read_gist(consequence).events & threats("by_anyone").keys())
    offered = attribution.act is Act.PROMISE or has_words("offering", cue)
    return costs or has_words("vowing", cue) or not offered


def _is_read_so(findings: Findings, condition: Condition, attribution: Attribution | None, issuer: Issuer) -> bool:
    """Whether the encoder reads a line where no list knows the words; "the article" tells too little."""
    text = findings.document.text
    if DRAWN not in condition.flags or "concessive" in condition.flags or not condition.consequence:
        return False  # "even if they stay away, we will meet": nothing hangs on it
    if has_words("judging", quote_spans(text, condition.consequence)):
        return False
    alone = has_words("my_words", quote_spans(text, condition.consequence))  # "I'll burn wood": a private matter
    if alone and not _can_act(findings, condition, attribution, issuer):
        return False
    longest = max(len(split_words(quote_spans(text, spans))) for spans in condition.condition)
    return longest >= TELLING_WORDS or _tells_what(text, condition)


def _only_asks(text: str, attribution: Attribution) -> bool:
    """Whether the words are a question, told as one: "asked if they would fight"."""
    return only_asks(quote_spans(text, attribution.cue), quote_spans(text, attribution.content))


def _tells_what(text: str, condition: Condition) -> bool:
    """Whether a condition names something that happens or does not.

    "Security assurances" and "the outcome of the talks" leave open what would meet them.
    """
    alternatives = [quote_spans(text, spans) for spans in condition.condition]
    named = (words for words in alternatives if not has_words("open_ended", words))
    return any(gist.events or gist.acts for gist in map(read_gist, named))


def _is_only_condition(findings: Findings, attribution: Attribution) -> bool:
    """Whether the act of an attribution can only be meant of one condition: a longer speech has more than one act."""
    return sum(1 for each in findings.conditions if each.attribution == attribution.id) == 1


def _why_threat(
    findings: Findings, condition: Condition, attribution: Attribution | None, issuer: Issuer
) -> str | None:
    """Where the act does not tell: a consequence that costs the other side something, from one who can act."""
    if not condition.consequence or not _can_act(findings, condition, attribution, issuer):
        return None
    consequence = quote_spans(findings.document.text, condition.consequence)
    events = read_gist(consequence).events
    for event in sorted(events & threats("by_anyone").keys()):
        return f"the consequence is {threats('by_anyone')[event]}"
    if condition.form is Form.UNLESS and read_gist(consequence).stage is Stage.ANNOUNCED:
        return "announced to follow unless something is done"
    if not (_own_act(findings, condition, issuer, consequence) or _names_nobody(findings, condition, attribution)):
        return None
    for event in sorted(events & threats("by_issuer").keys()):
        return f"the consequence is the speaker's own: {threats('by_issuer')[event]}"
    return None


def _names_nobody(findings: Findings, condition: Condition, attribution: Attribution | None) -> bool:
    """Whether one who threatens names nobody whose deed the consequence were: "the corridor closes the same day"."""
    cue = quote_spans(findings.document.text, attribution.cue) if attribution is not None else ""
    warned = has_words("warning", cue) or has_words("vowing", cue)
    threatening = warned or (attribution is not None and attribution.act in (Act.THREAT, Act.ULTIMATUM))
    named = any(contains(span, mention.span) for mention in findings.mentions for span in condition.consequence)
    return threatening and not named


def _why_announced(
    findings: Findings, condition: Condition, attribution: Attribution | None, issuer: Issuer
) -> str | None:
    """Where no list knows the consequence: one that somebody announces as a deed of the own side."""
    text = findings.document.text
    if not condition.consequence or has_words("proviso", quote_spans(text, condition.cue)):
        return None
    if attribution is None:
        vowed = _what_is_vowed(findings, condition, promised=condition.form is Form.UNLESS)
        return ANNOUNCED if vowed and not is_kind(split_words(vowed)) else None
    somebody = issuer.key is not None or issuer.behalf is not None
    alone = has_words("my_words", quote_spans(text, condition.consequence))  # "I'll burn wood": a private matter
    if (alone or not somebody) and not _can_act(findings, condition, attribution, issuer):
        return None
    told = attribution.directness is Directness.INDIRECT and has_words("vowing", quote_spans(text, attribution.cue))
    if _own_condition(condition, text) and not told:  # where another vows, "we" are the outlet's readers
        return None
    consequence = _what_is_vowed(findings, condition, promised=True) or quote_spans(text, condition.consequence)
    start = cover(condition.consequence).start
    if text[:start].endswith("to ") and has_words("vowing", quote_spans(text, attribution.cue)):
        consequence = f"to {consequence}"  # "Bekland vowed | to | leave"
    if announces_deed(consequence, _own_act(findings, condition, issuer, consequence)):
        return ANNOUNCED
    return FORETOLD if _is_foretold(findings, condition, attribution, issuer) else None


def _what_is_vowed(findings: Findings, condition: Condition, *, promised: bool) -> str:
    """The words behind a vow that hands over the consequence: "to leave"; empty where none does."""
    vow = _vow_around(findings, condition, promised=promised)
    return findings.document.text[vow.end : cover(condition.consequence).end] if vow is not None else ""


def _is_foretold(findings: Findings, condition: Condition, attribution: Attribution, issuer: Issuer) -> bool:
    """Whether one who stands for a side says what will befall another that does something: no kindness, no forecast."""
    text = findings.document.text
    form = condition.form in FORETELLING or has_words("that_day", quote_spans(text, condition.cue))
    vowed = has_words("vowing", quote_spans(text, attribution.cue))
    told = (attribution.act in (Act.OTHER, Act.POSITION) or vowed) and form
    if not told or has_words("forecasting", quote_spans(text, attribution.cue)):
        return False
    doing = any(_is_conduct(quote_spans(text, spans)) for spans in condition.condition)
    consequence = quote_spans(text, condition.consequence)
    return doing and foretells(consequence) and (vowed or _can_act(findings, condition, attribution, issuer))


def _is_conduct(condition: str) -> bool:
    """Whether a condition is what somebody does or leaves: a listed happening, or one that somebody is named for."""
    gist = read_gist(condition)
    return bool(gist.events or gist.acts or gist.named(Part.AGENT)) and not has_words("nature", condition)


def _own_condition(condition: Condition, text: str) -> bool:
    """Whether the condition is the speaker's own doing: "if we win", a plan and no line."""
    openings = [split_words(quote_spans(text, spans))[:3] for spans in condition.condition if spans]
    return any(opening[0].folded in ("we", "i") and not _is_passive(opening[1:]) for opening in openings if opening)


def _is_passive(words: Sequence[Word]) -> bool:
    """Whether a verb says what is done to its subject: "(we) are rerouted"."""
    being = bool(words) and words[0].folded in ("are", "am", "were", "was", "get")
    return being and len(words) > 1 and words[1].folded.endswith(("ed", "en"))


@cache
def threats(kind: str) -> Mapping[str, str]:
    """Signed events that are threats, with the reason: `by_anyone` or `by_issuer`."""
    return {str(each["event"]): str(each["reason"]) for each in load_lexicon("redlines")["threats"][kind]}


def _can_act(findings: Findings, condition: Condition, attribution: Attribution | None, issuer: Issuer) -> bool:
    """Whether the speaker stands for a side: a state, a body, an office, or "we" in the consequence."""
    text = findings.document.text
    actor = next((each for each in findings.actors if each.key == issuer.key), None)
    stands = actor is not None and (actor.type is not ActorType.PERSON or bool(actor.offices))
    source = quote_spans(text, attribution.source) if attribution is not None and attribution.source else ""
    return (
        stands
        or issuer.behalf is not None
        or has_words("our_words", quote_spans(text, condition.consequence))
        or has_words("office_words", source)
    )


def _own_act(findings: Findings, condition: Condition, issuer: Issuer, consequence: str) -> bool:
    """Whether the consequence is said of the speaker, or of those the speaker stands for."""
    if has_words("own_words", consequence):
        return True
    sides = {actor.id for actor in findings.actors if actor.key in issuer.keys or _states_of(actor) & _iso(issuer)}
    inside = [
        mention for mention in findings.mentions if any(contains(span, mention.span) for span in condition.consequence)
    ]
    return bool(inside) and min(inside, key=lambda mention: mention.span).actor in sides


def _iso(issuer: Issuer) -> frozenset[str]:
    return frozenset(key.removeprefix("state:") for key in issuer.keys if key.startswith("state:"))


def _whole(condition: Condition) -> Span:
    return cover((*condition.cue, *condition.consequence, *(span for each in condition.condition for span in each)))


def _form_draft(
    findings: Findings,
    condition: Condition,
    alternative: tuple[Spans, ...],
    attribution: Attribution | None,
    statement: Statement | None,
    issuer: Issuer,
    reason: str,
) -> Draft:
    mention = _form_mention(findings, condition, alternative, statement)
    gist, borrowed = _condition_gist(findings, mention)
    acts, refused = _refused_act(findings, mention)
    return Draft(
        mention=mention,
        issuer=issuer,
        act=Act.POSITION if reason in (ANNOUNCED, FORETOLD) else _act_of(condition, attribution, mention),
        directness=attribution.directness if attribution is not None else None,
        condition=refused or gist,
        compared=refused or (turn(gist) if mention.negated else gist),
        refused=acts,
        consequence=plain_refusal() if refused is not None else _consequence_gist(mention),
        live=condition.realis is Realis.OPEN,
        borrowed=borrowed,
        siblings=f"{findings.document.id}:{condition.id}",
        cue=quote_spans(findings.document.text, attribution.cue) if attribution is not None else "",
        passage=findings.document.text[mention.passage.start : mention.passage.end],
        refusal=quote_spans(findings.document.text, mention.cue) if refused is not None else "",
        reason=reason,
    )


def _act_of(condition: Condition, attribution: Attribution | None, mention: LineMention) -> Act:
    if has_words("line_words", f"{mention.condition_text} {mention.consequence_text}"):
        return Act.RED_LINE
    return attribution.act if attribution is not None and attribution.act in LINE_ACTS else Act.THREAT


def _form_mention(
    findings: Findings, condition: Condition, alternative: tuple[Spans, ...], statement: Statement | None
) -> LineMention:
    document = findings.document
    return LineMention(
        id=form_id("line mention", document.id, alternative, condition.consequence),
        document=document.id,
        attribution=condition.attribution,
        condition_id=condition.id,
        statement=statement.id if statement is not None else None,
        cue=condition.cue,
        condition=alternative,
        operator=condition.operator,
        consequence=condition.consequence,
        condition_text=" and ".join(quote_spans(document.text, each) for each in alternative),
        consequence_text=quote_spans(document.text, condition.consequence),
        passage=_whole(condition),
        form=condition.form,
        realis=condition.realis,
        negated=condition.negated,
        voice=_voice(findings, condition, statement),
        said_on=_date_mention(findings, statement),
        outlet=document.outlet,
        rule="first",
        score=condition.score,
        reason="",
    )


def _voice(findings: Findings, condition: Condition, statement: Statement | None) -> str:
    passage = _whole(condition)
    for part in findings.document.parts:
        if part.kind is PartKind.HEADLINE and contains(part.span, passage):
            return "headline"
    return "speaker" if statement is not None else "outlet"


def _date_mention(findings: Findings, statement: Statement | None) -> DateRange:
    if statement is not None:
        return statement.said_on
    published = findings.document.published
    return date_before(published) if published.is_known else DateRange(basis=Basis.UNKNOWN, reason="undated")


def _consequence_gist(mention: LineMention) -> Gist | None:
    """The gist of the consequence; None where it is not stated, or only says "red line"."""
    gist = read_gist(mention.consequence_text)
    only_line = gist.events <= {"+refusal"} and has_words("line_words", mention.consequence_text) and not gist.objects
    return None if only_line or not gist.terms else gist


def _refused_act(findings: Findings, mention: LineMention) -> tuple[frozenset[str], Gist | None]:
    """In a nominal line without a consequence, the act that its cue refuses, and that act with what it is done to.

    "Will never recognise" + "the valley" draws the same line as "recognition of the valley is a red line".
    """
    cue = quote_spans(findings.document.text, mention.cue) if mention.cue else ""
    if mention.form is not Form.NOMINAL or mention.consequence or not cue or has_words("line_words", cue):
        return frozenset(), None
    acts = frozenset(f"+{event[1:]}" for event in read_gist(cue).events)
    return acts, as_refused(read_gist(f"{cue} {mention.condition_text}"))


def as_refused(gist: Gist) -> Gist:
    """The gist of words that refuse an act, as that of the act."""
    events = {event: f"+{event[1:]}" for event in gist.events}
    terms = {events.get(term, term): weight for term, weight in gist.terms.items()}
    return replace(gist, events=frozenset(events.values()), terms=terms, negated=False)


def _condition_gist(findings: Findings, mention: LineMention) -> tuple[Gist, bool]:
    """The gist of the condition; where it only points back ("it", "such a step"), of the text right before it."""
    own = read_gist(mention.condition_text)
    words = [word.folded for word in split_words(mention.condition_text)]
    bare = not own.terms and bool(POINTING & set(words))
    if not bare and not (words[0] in POINTING and not own.events and sum(own.terms.values()) < TELLING):
        return own, False
    start = mention.passage.start
    return read_gist(findings.document.text[max(0, start - CONTEXT) : start]), True
