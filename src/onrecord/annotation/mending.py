"""Faults of the tagger that a rule sees at once; each rule holds on PolNeAR train, and its count stands beside it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.annotation.words import Kind, Word, read_words, word_classes
from onrecord.records.changing import changed
from onrecord.records.findings import Attribution, Directness
from onrecord.records.spans import Span, cover, overlaps

# 0 of 18,404 sources with such a cue stand before it: who "was asked" is the one spoken to
ASKED = re.compile(
    r"\b(?:was|were|is|are|been|being)\s+(?:\w+\s+)?(?:asked|told|warned|urged|pressed|questioned|informed|advised)\b",
    re.IGNORECASE,
)
# 0 of 18,404 sources stand between such a cue and their content: who is told stands there
TELLS = re.compile(
    r"(?:\w+\s)?(?:warn|remind|assure|inform|urge|ask|advise|order|invite|tell|notifie)s?(?:e?d)?|told|call(?:s|ed)?\s(?:up)?on",
    re.IGNORECASE,
)
LOOSE_TAIL = re.compile(
    r",\s+[a-z]+ly$|,\s+almost$|,\s(?:almost|nearly|largely|mostly|partly|entirely)\s[^,]*,?$"
)  # "the governor of the region, almost": the rest was not seen

NUMBER = r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]"  # of an item of a list: "3.", "(b)", "iv)"
ITEM = re.compile(rf"{NUMBER}\s?")
REST_OF_WORD = re.compile(r"[-‑’']?\w[\w-]*")
# 0 of 18,404 sources of PolNeAR train that are whole end so.
LEADING = re.compile(r"(?:\A|\s)(?:of|in|at|from|for|to|with|by|on|near|inside|the|an?|The|An?)\Z")
LOOSE_WHO = re.compile(r",?\s(?:who|which|that|whose|whom),?\Z")
# What a preposition or an article leads: names, or words up to the next verb, comma or stop.
LED = re.compile(r"\s(?:the\s)?(?:[A-Z][\w’'.-]*(?:\s(?:of\s(?:the\s)?|and\s)?[A-Z][\w’'-]*){0,5})")
ASIDE_OPENS = re.compile(r",\s(?P<which>which|who|whom),?\s\Z")
# Who is asked is no part of a question: 0 of 22,948 pieces of content (3 before "was asked to name": who is to do so).
QUESTION = re.compile(r"(?:how|what|whether|if|why|when|where|who|which)\b", re.IGNORECASE)
NEW_ASIDE = re.compile(r",\s(?:which|who|whose|whom)\s[^,.;:\n]{3,120},\s")
SENTENCE_END = re.compile(r"[.;!?](?=\s|\Z)|\n|[”\"]")
SENTENCE_BEGINS = re.compile(r"\A|[.!?][”\"]?\s+(?=\S)|\n+")
RELATIVE = re.compile(r"(?:that|which|who|whom)\b")

LEFT_WORDS = re.compile(r"(?:\s[\w’'-]+){1,4}(?=,\s$)")  # between content and its own cue or source: 7 of 5,805
SECOND_NAME = re.compile(r",\s(?:[A-Z][\w’'-]+\s){0,3}[A-Z][\w’'-]+:\s")  # in a headline: somebody else's words follow
# 23 of 22,948 pieces of content end in the first seven, none in the others, where a word follows.
LEFT_OPEN = re.compile(
    r"(?:\A|\s)(?:an?|the|in|on|at|of|with|after|before|since|because|if|until|unless|from|to|by|for|into|under|"
    r"against|between|during|while)\Z"
)
JOINED_SUBJECT = re.compile(r",?\s(?:as|while)\s(?=[^\s,.;:“”\"]+(?:\s[^\s,.;:“”\"]+){0,4}\Z)")
TELLER = 4  # words of whoever ends a headline
LEFT_JOINED = re.compile(r",?\s(?:and|but|or)\Z")  # 2 of 22,948 pieces of content end so

# A name inside the cue is whose words they are: "brushing aside a Vadian warning that", "brushing off Vadia's warning
# that" (0 of 22,070 cues).
WHOSE = re.compile(
    r"\b(?:(?:an?|the)\s(?P<people>[A-Z][\w’'-]+)|(?P<name>[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,3}['’]s))\s"
    r"(?P<cue>(?:repeated\s|earlier\s)?(?:warning|threat|claim|demand|"
    r"call|promise|offer|pledge|accusation|denial|request|proposal|statement|announcement)s?)\Z"
)
# Which words go on to a name that did not speak: "a plan seen by the paper speaks of"; 0 of 18,404 sources stand so.
SEEN_BY = re.compile(
    r"(?P<thing>\b(?:an?|the)\s[\w’'-]+(?:\s[\w’'-]+)?)\s"
    r"(?:seen|obtained|reviewed|viewed|read|cited|leaked|shown|sent|given)\s(?:by|to)\s(?:the\s)?\Z",
    re.IGNORECASE,
)

# 0 of 19,881 cues without a source are followed so: who asks is named.
BY_WHOM = re.compile(
    r"\s+by\s+(?P<who>[\w’'-]+(?:\s[\w’'-]+){0,3}?)(?=,|\s(?:what|whether|if|how|why|about|when|to)\b)"
)
PASSIVE = re.compile(r"\b(?:asked|told|warned|urged|pressed|questioned|advised)\Z", re.IGNORECASE)

# A name or title right before the cue, from where its clause begins.
SUBJECT = re.compile(
    r"(?:\A|[\n,;:.]\s*|\sthat\s|\b(?:year|month|week|today|yesterday|\w+day)\s)(?P<who>(?:[Tt]he\s)?[A-Z][\w’'-]+(?:\s(?:of\s|the\s)?[A-Z][\w’'-]+){0,4})\s\Z"
)
PASSIVE_CUE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s(?:\w+\s)?\w+(?:ed|en|wn|ld|id)\b", re.IGNORECASE)

# "The council, parts of which sit abroad, urged": 0 of 18,404 sources are such a clause.
# A later piece of content opens so in 0 of 3,017 contents in pieces.
CARRIED = re.compile(r"(?:as|how)\s(?:\w+\s){0,3}?(?:report(?:s|ed)?|inform(?:s|ed)?|relay(?:s|ed)?|tells?)\b")
ON_DAY = re.compile(r"\s(?:on|late on|early on)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z")
ASIDE = re.compile(r"(?:[\w’'-]+\s){1,3}of\s(?:which|whom|whose)\s[^,;:]+,?", re.IGNORECASE)
# "The monitors, who watched from the mainland, counted": 0 of 18,404 sources are a clause behind a comma.
WHO_ASIDE = re.compile(r"(?<=,\s)(?:who|which)\s[\w’'-]+\s[^,;:]+,?")
NOUN_BEFORE = re.compile(
    r"(?:^|[,;:.]\s|\bthat\s)(?P<noun>(?:(?:an?|the|its|his|her|their)\s)?(?:(?!that\b)[\w’'-]+\s?){1,9}),\s\Z",
    re.IGNORECASE,
)


def mend(text: str, attribution: Attribution) -> Attribution:
    """The attribution with the faults put right that its own words show."""
    for rule in (
        free_asked,
        free_told,
        drop_number,
        finish_word,
        finish_source,
        drop_asked,
        find_asker,
        find_owner,
        find_subject,
        find_teller,
        cut_tail,
        skip_aside,
        take_document,
        finish_headline,
        finish_opening,
        cut_open,
        cut_joined,
        keep_aside,
        end_clause,
        finish_clause,
        begin_clause,
        drop_between,
        drop_agency,
        cut_day,
        cut_comma,
    ):
        attribution = rule(text, attribution)
    return attribution


def free_asked(text: str, attribution: Attribution) -> Attribution:
    """Who was asked or told did not say it: the source goes, unless it stands behind the cue ("by reporters")."""
    cue, source = attribution.cue, attribution.source
    if not source or not cue or source[0].start > cue[0].start:
        return attribution
    said = text[cue[0].start : cue[-1].end]
    return replace(attribution, source=()) if ASKED.search(said) and not said.endswith(" that") else attribution


def free_told(text: str, attribution: Attribution) -> Attribution:
    """Whom words are said to did not say them: "Warns | Vale | that he must go"."""
    cue, source, content = attribution.cue, attribution.source, attribution.content
    if len(source) != 1 or not cue or not content or text[cue[-1].end : source[0].start].strip():
        return attribution
    told = source[0].start > cue[-1].start and content[0].start > source[0].end
    verb = TELLS.fullmatch(text, cue[0].start, cue[-1].end) if told else None
    return replace(attribution, source=()) if verb else attribution


def drop_asked(text: str, attribution: Attribution) -> Attribution:
    """Who was asked is no part of the question: "| Vale | was asked | how the port would pay"."""
    cue, content = attribution.cue, attribution.content
    asked = bool(cue) and ASKED.search(text, cue[0].start, cue[-1].end) is not None
    if not asked or not any(piece.start > cue[-1].start and QUESTION.match(text, piece.start) for piece in content):
        return attribution
    before = [piece for piece in content if piece.end <= cue[0].start and not text[piece.end : cue[0].start].strip()]
    return changed(attribution, content=tuple(piece for piece in content if piece not in before))


def drop_number(text: str, attribution: Attribution) -> Attribution:
    """The number of a list's item is nobody: "3. Agreed that"."""
    source = tuple(each for each in attribution.source if not ITEM.fullmatch(text, *each))
    return changed(attribution, source=source)


def finish_word(text: str, attribution: Attribution) -> Attribution:
    """No source ends within a word: "Han Ji-|won"."""

    def finish(piece: Span) -> Span:
        rest = REST_OF_WORD.match(text, piece.end)
        within = rest is not None and (text[piece.end - 1].isalnum() or text[piece.end - 1] in "-‑’'")
        return Span(piece.start, rest.end()) if rest is not None and within else piece

    return changed(attribution, source=tuple(map(finish, attribution.source)))


def finish_source(text: str, attribution: Attribution) -> Attribution:
    """A source that ends in a preposition or an article takes in what these lead; a "who" at its end goes."""
    if not attribution.source:
        return attribution
    *before, last = attribution.source
    who = LOOSE_WHO.search(text, *last)
    if who is not None and who.start() > last.start:
        return replace(attribution, source=(*before, Span(last.start, who.start())))
    if not LEADING.search(text[last.start : last.end]):
        return attribution
    led = LED.match(text, last.end)
    others = (*attribution.cue, *attribution.content)
    free = led is not None and not any(overlaps(Span(last.end, led.end()), piece) for piece in others)
    return replace(attribution, source=(*before, Span(last.start, led.end()))) if led and free else attribution


def cut_tail(text: str, attribution: Attribution) -> Attribution:
    """A source without the adverb after its last comma."""
    if not attribution.source:
        return attribution
    *before, last = attribution.source
    tail = LOOSE_TAIL.search(text, last.start, last.end)
    return replace(attribution, source=(*before, Span(last.start, tail.start()))) if tail else attribution


def find_asker(text: str, attribution: Attribution) -> Attribution:
    """Who asked stands behind the cue: "When asked by reporters what …"."""
    cue = attribution.cue
    if attribution.source or not cue or not PASSIVE.search(text, cue[-1].start, cue[-1].end):
        return attribution
    by = BY_WHOM.match(text, cue[-1].end)
    return replace(attribution, source=(Span(*by.span("who")),)) if by else attribution


def find_owner(text: str, attribution: Attribution) -> Attribution:
    """Words named after a people or somebody are theirs, not those of who brushed them aside."""
    if len(attribution.cue) != 1:
        return attribution
    owned = WHOSE.search(text, *attribution.cue[0])
    if owned is None:
        return attribution
    who = owned.span("people") if owned["people"] else owned.span("name")
    return replace(attribution, source=(Span(*who),), cue=(Span(*owned.span("cue")),))


def find_subject(text: str, attribution: Attribution) -> Attribution:
    """The name that opens the clause right before a verb of saying in the active is its source where none was found."""
    if attribution.source or len(attribution.cue) != 1:
        return attribution
    (cue,) = attribution.cue
    named = SUBJECT.search(text[max(0, cue.start - 80) : cue.start])
    words = {word.lower for word in read_words(text, cue)}
    if named is None or words.isdisjoint(word_classes().speech) or PASSIVE_CUE.search(text, *cue):
        return attribution
    start = max(0, cue.start - 80) + named.start("who")
    who = Span(start, start + len(named["who"]))
    kinds = {word.kind for word in read_words(text, who) if word.lower not in ("the", "of")}
    return replace(attribution, source=(who,)) if kinds == {Kind.NOUN} else attribution


def find_teller(text: str, attribution: Attribution) -> Attribution:
    """Who stands behind the verb at the end of a headline said it: "No more aid, says donor"."""
    if attribution.source or len(attribution.cue) != 1 or len(attribution.content) != 2:
        return attribution
    (cue,), (said, who) = attribution.cue, attribution.content
    words = read_words(text, who)
    follows = text[said.end : cue.start].strip(" ,") == "" and text[cue.end : who.start] == " "
    named = len(words) <= TELLER and all(word.kind in (Kind.NOUN, Kind.DETERMINER, Kind.PARTICIPLE) for word in words)
    ends = who.end == len(text) or text[who.end] == "\n"
    return replace(attribution, source=(who,), content=(said,)) if follows and named and ends else attribution


def skip_aside(text: str, attribution: Attribution) -> Attribution:
    """The subject stands before a relative clause that was taken for it: "The council, parts of which …, urged"."""
    if len(attribution.source) != 1 or not attribution.cue:
        return attribution
    (aside,) = attribution.source
    taken = ASIDE.fullmatch(text, *aside) or WHO_ASIDE.fullmatch(text, *aside)
    if aside.start > attribution.cue[0].start or not taken:
        return attribution
    line = text.rfind("\n", 0, aside.start) + 1
    noun = NOUN_BEFORE.search(text[max(line, aside.start - 120) : aside.start])
    if noun is None:
        return replace(attribution, source=())
    start = max(line, aside.start - 120) + noun.start("noun")
    words = read_words(text, Span(start, start + len(noun["noun"])))
    plural = words[-1].lower.endswith("s")  # "the monitors" may be a verb by its form
    if any(word.is_finite for word in (words[:-1] if plural else words)):
        return replace(attribution, source=())
    return replace(attribution, source=(Span(start, start + len(noun["noun"])),))


def take_document(text: str, attribution: Attribution) -> Attribution:
    """A paper that somebody saw is what speaks, not who saw it: "a plan seen by the daily speaks of"."""
    if len(attribution.source) != 1 or not attribution.cue:
        return attribution
    (source,) = attribution.source
    seen = SEEN_BY.search(text[max(0, source.start - 80) : source.start])
    if seen is None or text[source.end : attribution.cue[0].start].strip():
        return attribution
    start = max(0, source.start - 80) + seen.start("thing")
    return replace(attribution, source=(Span(start, source.end),))


def finish_headline(text: str, attribution: Attribution) -> Attribution:
    """In a headline, what follows a name and a colon reaches to the end of the line (79 of 79), and is all they say."""
    line = text.find("\n")
    attribution = _without_second_name(text, attribution, line)
    cue, place = attribution.cue, cover(attribution.content)
    if [text[span.start : span.end] for span in cue] != [":"] or place.end > line or place.end <= cue[0].end:
        return attribution
    source = attribution.source
    named = len(source) == 1 and source[0].end == cue[0].start
    if not named and text[cue[0].end : place.start].strip():
        return attribution
    start = cue[0].end + len(text[cue[0].end : line]) - len(text[cue[0].end : line].lstrip())
    if not named:
        start = place.start
    end = start + len(text[start:line].rstrip(" .\t\xa0"))
    return replace(attribution, content=(Span(start, max(end, place.end)),))


def _without_second_name(text: str, attribution: Attribution, line: int) -> Attribution:
    """The words in a headline up to another name with a colon: "Orlia Warns Of Floods, Mayor Vale: We Told You"."""
    if len(attribution.content) != 1 or attribution.content[0].end > line:
        return attribution
    (place,) = attribution.content
    second = SECOND_NAME.search(text, place.start, place.end)
    before = attribution.source and attribution.source[0].end <= place.start
    return replace(attribution, content=(Span(place.start, second.start()),)) if second and before else attribution


def finish_opening(text: str, attribution: Attribution) -> Attribution:
    """Content takes in the few words that part it from the comma before its own cue or source ("At the same time,")."""
    own = sorted((*attribution.source, *attribution.cue))

    def finish(piece: Span) -> Span:
        following = next((span.start for span in own if span.start >= piece.end), piece.end)
        left = LEFT_WORDS.match(text, piece.end, following)
        return Span(piece.start, left.end()) if left else piece

    return changed(attribution, content=tuple(map(finish, attribution.content)))


def cut_open(text: str, attribution: Attribution) -> Attribution:
    """Content without the article, preposition or "and" at its end; what these lead was not taken for part of it."""

    def cut(piece: Span) -> Span:
        joined = LEFT_JOINED.search(text, piece.start, piece.end)
        if joined is not None and joined.start() > piece.start:
            return Span(piece.start, joined.start())
        left = LEFT_OPEN.search(text[piece.start : piece.end])
        goes_on = left is not None and re.compile(r"[^\S\n]+\w").match(text, piece.end)
        return Span(piece.start, piece.start + left.start()) if left is not None and goes_on else piece

    pieces = tuple(piece for piece in map(cut, attribution.content) if piece.end > piece.start)
    return changed(attribution, content=pieces or attribution.content)


def cut_joined(text: str, attribution: Attribution) -> Attribution:
    """Words with a verb lose the subject of a clause joined to them: "to hold a vote | as troops | fight".

    1 of 19,881 contents ends so.
    """

    def cut(piece: Span) -> Span:
        joint = JOINED_SUBJECT.search(text, piece.start, piece.end)
        if joint is None or text[piece.end : piece.end + 1] not in (" ", "\xa0"):
            return piece
        before = Span(piece.start, joint.start())
        clause = read_words(text, Span(joint.end(), min(len(text), piece.end + 40)))
        subject = [word for word in clause if word.end <= piece.end]
        goes_on = clause[len(subject) : len(subject) + 1]
        acts = text.endswith(" to ", 0, piece.start) or any(
            word.is_finite or word.kind is Kind.BASE for word in read_words(text, before)
        )
        verb = any(word.is_finite or word.lower in word_classes().base for word in goes_on)
        alone = acts and verb and not any(word.is_finite for word in subject)
        return before if alone else piece

    return changed(attribution, content=tuple(map(cut, attribution.content)))


def end_clause(text: str, attribution: Attribution) -> Attribution:
    """What is told in a relative clause ends with it: "the tug that she promised | to bring | lay at anchor"."""
    if not attribution.content or not attribution.cue:
        return attribution
    *before, last = attribution.content
    led = any(text.endswith((" that ", " which "), 0, each.start) for each in attribution.source)
    if not RELATIVE.fullmatch(text, *attribution.content[0]) and not led:
        return attribution
    if last.start < attribution.cue[-1].end:
        return attribution
    words = read_words(text, last)
    infinitive = bool(words) and words[0].lower == "to"
    told = False
    for place, (one, other) in enumerate(pairwise(words)):
        verb = other.is_finite or _is_verb_of(one, words[place + 1 :])
        if (infinitive or told) and verb and (one.kind is Kind.NOUN or one.lower == ","):
            end = one.start if one.lower == "," else one.end
            return replace(attribution, content=(*before, Span(last.start, end)))
        if other.kind is Kind.SUBORDINATOR:
            return attribution
        told = told or one.is_finite
    return attribution


def _is_verb_of(noun: Word, words: Sequence[Word]) -> bool:
    """Whether a word that may be a noun is the verb of the plural before it: "the waters lay at"."""
    leads = len(words) > 1 and words[1].kind in (Kind.PREPOSITION, Kind.DETERMINER)
    return leads and noun.lower.endswith("s") and words[0].lower in word_classes().base


def keep_aside(text: str, attribution: Attribution) -> Attribution:
    """Who speaks in a relative clause says nothing that stands before it: "the dam, which | Bek | says | is full",
    "the dam, which, | according to | Bek | is full".
    """
    if len(attribution.source) != 1 or not attribution.cue or not attribution.content:
        return attribution
    first, *_, last = sorted((*attribution.source, *attribution.cue))
    opened = ASIDE_OPENS.search(text[max(0, first.start - 12) : first.start])
    if opened is None:
        return attribution
    which = max(0, first.start - 12) + opened.start("which")
    if all(piece.start >= which for piece in attribution.content):
        return attribution
    kept = [piece for piece in attribution.content if piece.start >= last.end]
    behind = last.end + 1
    kept += [Span(behind, each.end) for each in attribution.content if each.start < behind - 1 and behind < each.end]
    pieces = (Span(which, which + len(opened["which"])), *sorted(kept))
    return replace(attribution, content=pieces) if kept else attribution


def finish_clause(text: str, attribution: Attribution) -> Attribution:
    """Content that stops before a relative clause goes on where its own verb stands: "that the dam, which …, would"."""
    if not attribution.content or not attribution.cue or attribution.content[-1].start < attribution.cue[-1].end:
        return attribution
    *before, last = attribution.content
    aside = NEW_ASIDE.match(text, last.end - (text[last.end - 1] == ","))
    if aside is None or any(word.is_finite for word in read_words(text, _last_clause(text, last))):
        return attribution
    behind = read_words(text, Span(aside.end(), aside.end() + 40))
    if not behind or not behind[0].is_finite:
        return attribution
    end = SENTENCE_END.search(text, aside.end())
    return replace(attribution, content=(*before, Span(last.start, end.start() if end else len(text))))


def _last_clause(text: str, piece: Span) -> Span:
    """The last clause that "that" opens in a piece, or all of it."""
    opened = max(text.rfind(" that ", *piece), text.rfind(", ", piece.start, piece.end - 1), piece.start)
    return Span(opened, piece.end)


def begin_clause(text: str, attribution: Attribution) -> Attribution:
    """Reported words that open with a verb take in its subject before them: "Stahl, a deputy, | wrote that ..., | the
    agency | reported". 0 of 22,948 contents leave such a subject out.
    """
    if not attribution.content or not attribution.cue:
        return attribution
    first, *rest = attribution.content
    if first.end > min(attribution.cue[0].start, *(piece.start for piece in attribution.source), len(text)):
        return attribution
    opening = read_words(text, Span(first.start, min(first.end, first.start + 40)))
    begun = max(
        (each.end() for each in SENTENCE_BEGINS.finditer(text, first.start - 200, first.start)), default=first.start
    )
    before = read_words(text, Span(begun, first.start))
    if not opening or not before:
        return attribution
    told = next((place for place, word in enumerate(before) if word.is_finite), len(before))
    verb = told == len(before) and opening[0].kind is Kind.FINITE
    # the subject and its verb of saying both stand before: "Stahl wrote on his page | that it was so"
    saying = 0 < told < len(before) and before[told].lower in word_classes().speech
    saying = saying and opening[0].lower == "that" and not any(word.is_finite for word in before[told + 1 :])
    return replace(attribution, content=(Span(begun, first.end), *rest)) if verb or saying else attribution


def drop_between(text: str, attribution: Attribution) -> Attribution:
    """What the speaker did before a comma and the verb of saying is not said: "Vale sets a date for the | vote |, says
    | fee will return". 0 of 3,017 contents in pieces have such a piece.
    """
    if not attribution.source or not attribution.cue:
        return attribution
    behind, before = attribution.source[-1].end, attribution.cue[0].start
    done = [
        piece
        for piece in attribution.content
        if behind <= piece.start and piece.end < before and not text[piece.end : before].strip(", \xa0")
    ]
    said = tuple(piece for piece in attribution.content if piece not in done)
    return replace(attribution, content=said) if done and said[-1:] > attribution.cue[:1] else attribution


def drop_agency(text: str, attribution: Attribution) -> Attribution:
    """Who carried the words is no part of them: "“Never,” he wrote, as the agency reports citing his page"."""
    carried = [piece for piece in attribution.content[1:] if CARRIED.match(text, *piece)]
    return changed(attribution, content=tuple(piece for piece in attribution.content if piece not in carried))


def cut_comma(text: str, attribution: Attribution) -> Attribution:
    """Reported words behind their cue end before a comma, not with it: 41 of 16,727 contents there keep one."""
    if attribution.directness is not Directness.INDIRECT or not attribution.content or not attribution.cue:
        return attribution
    *before, last = attribution.content
    end = last.start + len(text[last.start : last.end].rstrip(",; \xa0"))
    behind = last.start > attribution.cue[-1].end and end > last.start
    return changed(attribution, content=(*before, Span(last.start, end))) if behind else attribution


def cut_day(text: str, attribution: Attribution) -> Attribution:
    """What is named and not told holds no day of the telling: "dismissed | the charge as baseless | on Tuesday"."""
    if attribution.directness is not Directness.INDIRECT or not attribution.content or not attribution.cue:
        return attribution
    *before, last = attribution.content
    day = ON_DAY.search(text, *last)
    if day is None or last.start < attribution.cue[-1].end:
        return attribution
    if any(word.is_finite or word.kind in (Kind.PARTICIPLE, Kind.ING, Kind.BASE) for word in read_words(text, last)):
        return attribution
    return replace(attribution, content=(*before, Span(last.start, day.start())))
