from datetime import date

import pytest

from onrecord.annotation.mentions import find_mentions
from onrecord.annotation.sentences import split_sentences
from onrecord.linking.actors import link_actors
from onrecord.linking.knowledge import load_knowledge
from onrecord.linking.speakers import link_pronouns, link_speakers
from onrecord.records.actors import Actor, LinkBasis
from onrecord.records.documents import Basis, DateRange, Document, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Speaker
from onrecord.records.scores import empty_scores
from onrecord.records.spans import Span, Spans

NOBODY = Speaker(None, None, LinkBasis.NONE)


def marked(text: str) -> tuple[str, list[dict[str, Spans]]]:
    """A text with {s:...}, {c:...} and {w:...} (source, cue, content) taken out; one attribution a {c:...}."""
    plain, found = "", []
    current: dict[str, Spans] = {}
    rest = text
    while "{" in rest:
        before, rest = rest.split("{", 1)
        inside, rest = rest.split("}", 1)
        plain += before
        if inside == "|":
            found.append(current)
            current = {}
            continue
        role, words = inside.split(":", 1)
        current[role] = (*current.get(role, ()), Span(len(plain), len(plain) + len(words)))
        plain += words
    found.append(current)
    return plain + rest, [each for each in found if each]


def attribution(number: int, spans: dict[str, Spans], within: str | None = None) -> Attribution:
    source, cue, content = (spans.get(role, ()) for role in "scw")
    return Attribution(
        f"s{number}", source, cue, content, Directness.DIRECT, NOBODY, Act.OTHER, within, None, 1.0, "hand"
    )


def speakers_of(text: str, day: date | None = date(2022, 9, 20)) -> tuple[list[Speaker], dict[str, Actor]]:
    plain, spans = marked(text)
    published = DateRange(day, day, Basis.GIVEN) if day else DateRange()
    document = Document(hash_text(plain), "invented.txt", "", plain, published=published)
    sentences = split_sentences(document)
    attributions = tuple(attribution(number, each) for number, each in enumerate(spans, 1))
    knowledge = load_knowledge()
    mentions, actors, _ = link_actors(document, find_mentions(document, sentences, empty_scores()), knowledge)
    linked = link_speakers(document, sentences, attributions, mentions, actors, knowledge)
    return [each.speaker for each in linked], {actor.id: actor for actor in actors}


def last_speaker(text: str, day: date | None = date(2022, 9, 20)) -> Speaker:
    return speakers_of(text, day)[0][-1]


def test_a_pronoun_for_one_without_a_name_is_told_by_the_office() -> None:
    found = last_speaker("{s:Moldova's defence minister} {c:said} {w:no}. {|}{s:He} {c:warned} {w:of a price}.")
    assert (found.actor, found.name, found.basis) == (None, "Moldova's defence minister", LinkBasis.NONE)
    assert found.on_behalf_of is not None
    assert "has no name" in found.reason


LINKED = [
    ("{s:Ilona Bek} {c:said} {w:the pier is safe}.", "Ilona Bek", LinkBasis.NAME),
    ("{s:Ilona Bek} {c:said} {w:it is safe}. {|}“{w:We checked},” {s:she} {c:said}.", "Ilona Bek", LinkBasis.PRONOUN),
    ("Moldovan President Ana Lor met reporters. {s:The president} {c:said} {w:no}.", "Ana Lor", LinkBasis.ROLE),
    ("{w:Pier to close}, {s:mayor} {c:says}\n\nMayor Ilona Bek told nobody why.", "Ilona Bek", LinkBasis.ROLE),
    ("The guild, {s:whose head, Ilona Bek,} {c:hopes for} {w:a pier}, met.", "Ilona Bek", LinkBasis.NAME),
    (
        "Petra Vos left.\n\n{s:ILONA BEK}{c::} {w:Petra Vos wrote to us. She said no.}{|} {s:She} {c:said} {w:no}.",
        "Petra Vos",
        LinkBasis.PRONOUN,
    ),
    (
        "Moldovan President Ana Lor came. {s:Petra Vos} {c:spoke}. {|}{s:The President of Moldova} {c:said} {w:no}.",
        "Ana Lor",
        LinkBasis.ROLE,
    ),
    ("{s:The commissioner of the islands Petra Vos} {c:said} {w:no}.", "Petra Vos", LinkBasis.NAME),
    ("Moldovan President Ana Sucre spoke. {s:Sucre} {c:said} {w:no}.", "Ana Sucre", LinkBasis.NAME),
    (
        "Press secretary Ana Lor spoke. She left. {s:The press secretary} {c:said} {w:no}.",
        "Ana Lor",
        LinkBasis.ROLE,
    ),
    ("{s:Moscow} {c:announced} {w:a pause}.", "Russia", LinkBasis.METONYM),
    ("{s:Kiev and its allies} {c:refused}.", "Ukraine and its allies", LinkBasis.METONYM),
    ("{s:Moscow and Kiev} {c:traded} blame.", "Russia and Ukraine", LinkBasis.METONYM),
    ("{s:Moldova and some of its partners} {c:agreed}.", "Moldova and some of its partners", LinkBasis.NAME),
    ("{s:The Kremlin} {c:denied} {w:it}.", "Russia", LinkBasis.METONYM),
    ("{s:Petra Vos, 59, who runs the yard,} {c:said} {w:yes}.", "Petra Vos", LinkBasis.NAME),
    ("{s:Harbour Office press aide Petra Vos} {c:said} {w:yes}.", "Petra Vos", LinkBasis.NAME),
    ("{s:Ana Lor} {c:spoke}. {|}According to {s:her}, {w:it is over}.", "Ana Lor", LinkBasis.PRONOUN),
    ("The crew heard Ilona Bek, {s:who} {c:promised} {w:a new pier}.", "Ilona Bek", LinkBasis.PRONOUN),
    (
        "{s:Latvia} {c:warned} {w:them}. {|}{s:It} {c:claimed} {w:that the strait is closed}.",
        "Latvia",
        LinkBasis.PRONOUN,
    ),
    (
        "{s:Ilona Bek} {c:said} {w:no}. She left the hall. {|}{s:The actress} {c:called} {w:it late}.",
        "Ilona Bek",
        LinkBasis.ROLE,
    ),
    (
        "{s:Petra Vos} {c:said} {w:no}. {|}{s:The real estate mogul} {c:wants} {w:a pier}.",
        "Petra Vos",
        LinkBasis.ROLE,
    ),
    (
        "The Northern Farmers Association met. {|}{s:The group} {c:wants} {w:a pier}.",
        "Northern Farmers Association",
        LinkBasis.ROLE,
    ),
    (
        "Petra Vos came. The Vos campaign rested. {|}{s:The campaign} {c:wants} {w:a pier}.",
        "Vos campaign",
        LinkBasis.ROLE,
    ),
    ("{s:Ilona Bek} {c:said} {w:no}, {|}{c:adding} {w:that she was tired}.", "Ilona Bek", LinkBasis.CONTINUED),
]


@pytest.mark.parametrize(("text", "name", "basis"), LINKED)
def test_a_source_is_linked_with_its_basis(text: str, name: str, basis: LinkBasis) -> None:
    found = last_speaker(text)
    assert (found.name, found.basis) == (name, basis)
    assert found.actor is not None
    assert found.reason


NAMED_BEHIND = [
    ("{s:The council's spokeswoman, Major Ilona Bek,} {c:said} {w:no}.", "Ilona Bek"),
    (
        "On Friday the Minister of Works and Roads of Vosland, Ilona Bek, came. {s:The Minister} {c:said} {w:no}.",
        "Ilona Bek",
    ),
    ("{s:Ilona Bek} {c:hit} back. {|}“{w:We will sail},” {s:the Roads Secretary} {c:told} the house.", "Ilona Bek"),
    ("{s:The head of the barley growers of Lower Vos, Erik Stam,} {c:said} {w:no}.", "Erik Stam"),
    ("{s:The mayor of Sund in Vosland, Ilona Bek,} {c:said} {w:no}.", "Ilona Bek"),
    ("{w:No}, {c:said} {s:a spokesman for the insurer, Erik Stam}.", "Erik Stam"),
    ("{s:Moldova's minister for Sund affairs, Erik Stam,} {c:said} {w:no}.", "Erik Stam"),
    ("{s:Committee chairman MP Dr Erik Stam} {c:said} {w:no}.", "Erik Stam"),
    ("{s:The Special Adviser to the President on Media, Mr. Erik Stam,} {c:said} {w:no}.", "Erik Stam"),
    ("{s:Peru's High Commissioner to Kenya, Ambassador Erik Stam,} {c:said} {w:no}.", "Erik Stam"),
    ("{s:President of Vosland Damir Stamov} {c:said} {w:no}.", "Damir Stamov"),
    ("{s:The former minister of Vosland Damir Stamov} {c:said} {w:no}.", "Damir Stamov"),
    ("{s:Sund’s Erik Stam} {c:accused} {w:Mr Hale of sleeping}.", "Erik Stam"),
    ("{s:Harbour’s Erik Stam} {c:accused} {w:Mr Hale}. {|}“{w:We will pay for it},” {s:he} {c:said}.", "Erik Stam"),
]


@pytest.mark.parametrize(("text", "name"), NAMED_BEHIND)
def test_a_name_behind_a_role_is_its_bearers_over_words_that_say_of_what(text: str, name: str) -> None:
    assert last_speaker(text).name == name


FOR_SOMEBODY = [
    ("{s:A spokeswoman for Transport Minister Ilona Bek} {c:said} {w:no}.", "Ilona Bek"),
    ("{s:A spokeswoman for the mayor, Ilona Bek,} {c:said} {w:no}.", "Ilona Bek"),
]


@pytest.mark.parametrize(("text", "name"), FOR_SOMEBODY)
def test_who_speaks_for_somebody_with_a_title_is_not_that_somebody(text: str, name: str) -> None:
    said, actors = speakers_of(text)
    assert said[-1].actor is None
    assert actors[said[-1].on_behalf_of or ""].name == name


def test_those_set_apart_from_a_state_do_not_speak_for_it() -> None:
    said, actors = speakers_of(
        "{s:Officials in Latvia} {c:said} {w:no}. {|}{s:Authorities in occupied Latvia} {c:said} {w:yes}."
    )
    assert actors[said[0].on_behalf_of or ""].name == "Latvia"
    assert said[1].on_behalf_of is None


@pytest.mark.parametrize(
    "source",
    [
        "Latvian engineers",
        "Latvian news agencies",
        "Two in three of the Latvians",
        "The herders who fled to Latvia",
        "A plan seen by Latvia",
    ],
)
def test_who_has_a_state_s_name_beside_them_need_not_speak_for_it(source: str) -> None:
    said, _ = speakers_of("Latvia slept. {s:" + source + "} {c:said} {w:no}.")
    assert (said[0].actor, said[0].on_behalf_of) == (None, None)


ANOTHERS_OFFICE = [
    "Prime Minister Ilona Bek came. Rain fell. {s:The finance minister} {c:said} {w:no}.",
    "Press spokeswoman Ilona Bek said no. {s:The finance minister} {c:signed} {w:it}.",
    "Ana Lor, President of Moldova, came. {s:The President of the Harbour Commission} {c:said} {w:no}.",
]


@pytest.mark.parametrize("text", ANOTHERS_OFFICE)
def test_who_holds_one_office_is_not_meant_by_another(text: str) -> None:
    assert last_speaker(text).actor is None


UNLINKED = [
    ("{s:Officials} {c:said} {w:no}.", "group"),
    ("{s:Sources} {c:said} {w:no}.", "group"),
    ("{s:The two sides} {c:agreed} {w:to rest}.", "group"),
    ("It was {c:announced} {w:that the pier is closed}.", "names nobody"),
    ("Asked by {s:journalists} {c:about} {w:the pier}, she left.", "group"),
    ("{s:A spokesman} {c:declined} {w:to comment}.", "not named"),
    ("Ana Lor and Petra Vos sat down. {s:She} {c:said} {w:no}.", "could be"),
    ("A woman met Ilona Bek. Bek left. {s:The woman} {c:said} {w:no}.", "not named"),
    ("An actress met Ilona Bek. Bek left. {s:The actress} {c:said} {w:no}.", "not named"),
    ("Moldovan President Ana Lor spoke. {s:Latvia's president} {c:said} {w:no}.", "not named"),
    ("Ana Lor chaired the bank. Petra Vos left. {s:Its chairwoman} {c:said} {w:no}.", "not named"),
    ("The Northern Farmers Association met. {s:The company} {c:said} {w:no}.", "group"),
    ("{s:The Bek poll} {c:shows} {w:a lead}.", "no name"),
]


@pytest.mark.parametrize(("text", "reason"), UNLINKED)
def test_an_unsure_source_stays_unlinked_with_its_reason(text: str, reason: str) -> None:
    found = last_speaker(text)
    assert (found.actor, found.basis) == (None, LinkBasis.NONE)
    assert reason in found.reason


def test_a_spokeswoman_without_a_name_speaks_for_her_ministry() -> None:
    speakers, actors = speakers_of(
        "The Moldovan Foreign Ministry met. {s:A Moldovan Foreign Ministry spokeswoman} {c:said} {w:no}."
    )
    assert speakers[0].actor is None
    assert actors[speakers[0].on_behalf_of or ""].name == "Foreign Ministry of Moldova"


@pytest.mark.parametrize("source", ["The ministry's spokeswoman", "A spokeswoman for the ministry"])
def test_the_ministry_of_an_unnamed_spokeswoman_is_the_one_named_before(source: str) -> None:
    speakers, actors = speakers_of("The Moldovan Foreign Ministry met. {s:" + source + "} {c:said} {w:no}.")
    assert speakers[0].actor is None
    assert actors[speakers[0].on_behalf_of or ""].name == "Foreign Ministry of Moldova"


def test_a_head_of_state_speaks_for_the_state() -> None:
    speakers, actors = speakers_of("Ukraine waited. {s:Volodymyr Zelensky} {c:said} {w:no}.")
    assert actors[speakers[0].on_behalf_of or ""].name == "Ukraine"


def test_i_and_we_inside_speech_are_the_speaker_of_the_speech() -> None:
    plain = "“I think we must wait,” Ilona Bek said. Anton Vos listened."
    outer: dict[str, Spans] = {"s": (Span(24, 33),), "c": (Span(34, 38),), "w": (Span(0, 23),)}
    inner: dict[str, Spans] = {"s": (Span(1, 2),), "c": (Span(3, 8),), "w": (Span(9, 21),)}
    document = Document(hash_text(plain), "invented.txt", "", plain)
    sentences, knowledge = split_sentences(document), load_knowledge()
    mentions, actors, _ = link_actors(document, find_mentions(document, sentences, empty_scores()), knowledge)
    given = (attribution(1, outer), attribution(2, inner, within="s1"))
    found = link_speakers(document, sentences, given, mentions, actors, knowledge)
    assert [each.speaker.name for each in found] == ["Ilona Bek", "Ilona Bek"]
    assert found[1].speaker.reason == "“i” inside Ilona Bek's words"


def test_pronouns_of_the_text_are_linked_for_later_stages() -> None:
    plain = "Ilona Bek closed the pier. Later she opened it."
    document = Document(hash_text(plain), "invented.txt", "", plain)
    sentences, knowledge = split_sentences(document), load_knowledge()
    mentions, actors, _ = link_actors(document, find_mentions(document, sentences, empty_scores()), knowledge)
    linked, links = link_pronouns(document, sentences, (), mentions, actors, knowledge)
    she = next(each for each in linked if plain[each.span.start : each.span.end] == "she")
    assert she.actor == actors[0].id
    assert [plain[each.span.start : each.span.end] for each in links] == ["she", "it"]


def test_a_quotation_that_opens_the_next_paragraph_goes_on() -> None:
    text = "“{w:The pier is safe},” {s:Ilona Bek} {c:said}.\n\n{|}“{w:Nobody fell in.}”\n"
    found = last_speaker(text)
    assert (found.name, found.basis) == ("Ilona Bek", LinkBasis.CONTINUED)


def test_words_in_the_next_paragraph_without_marks_do_not_go_on() -> None:
    text = "“{w:The pier is safe},” {s:Ilona Bek} {c:said}.\n\n{|}{w:Nobody fell in.}\n"
    assert last_speaker(text).actor is None


def test_a_homeless_pronoun_prefers_nobody_to_a_stranger() -> None:
    text = "{s:A retired captain} {c:laughed}. Ilona Bek waved from afar. {|}“{w:It is late},” {s:he} {c:said}."
    assert last_speaker(text).actor is None


def test_the_state_whose_minister_speaks_does_not_speak_beside_the_minister() -> None:
    text = "Latvia and Estonia met. “{w:No},” {s:Ilona Bek, Latvia's harbour minister,} {c:told} reporters."
    assert last_speaker(text).name == "Ilona Bek"
    both = "{s:Ilona Bek, Estonia and Latvia's crews} {c:said} {w:no}."
    assert last_speaker(both).name == "Ilona Bek and Estonia"


def test_a_new_paragraph_about_somebody_else_takes_the_pronoun_with_it() -> None:
    text = (
        "{s:Petra Vos} {c:said} {w:the pier is shut}. {|}{s:She} {c:added} {w:that it was old}.\n\n"
        "Interior Minister Ilona Bek drew a further line. {|}“{w:The ferry stays},” {s:she} {c:told} the crews."
    )
    assert last_speaker(text).name == "Ilona Bek"
    beside = text.replace("\n\n", " ")
    assert last_speaker(beside).name != "Ilona Bek"


@pytest.mark.parametrize(("cue", "linked"), [("went on to say", True), ("also said", True), ("said", False)])
def test_a_verb_of_going_on_means_whoever_spoke_last(cue: str, linked: bool) -> None:
    text = (
        "Ana Bek met the board. Ana Bek left.\n\n"
        '{w:"Suppose the port sends its tugs,"} {s:Jan Lor, a former premier,} {c:wrote} on a wall.{|} '
        '"Who will come then? Nobody."\n\n{s:He} {c:' + cue + "} {w:it was late}."
    )
    assert (last_speaker(text).name == "Jan Lor") is linked


def test_of_two_people_with_a_title_between_them_the_last_speaks() -> None:
    text = "In a call with the envoy, {s:Ana Bek, Prime Minister Jan Lor} {c:said} {w:it was late}."
    assert last_speaker(text).name == "Jan Lor"
    listed = "{s:Ana Bek and Prime Minister Jan Lor} {c:said} {w:it was late}."
    assert (last_speaker(listed).name or "").startswith("Ana Bek")


def test_a_body_s_letters_before_a_title_speak_for_nobody_beside() -> None:
    assert last_speaker("{s:Ana Bek, EUX spokeswoman for the sea,} {c:said} {w:it was late}.").name == "Ana Bek"


def test_an_unnamed_source_is_shown_without_the_comma_that_closes_it() -> None:
    found = last_speaker("{s:A retired captain, tired of waiting,} {c:said} {w:no}.")
    assert (found.actor, found.name) == (None, "A retired captain, tired of waiting")


def test_it_is_the_body_that_begins_the_sentence_before() -> None:
    speaker = last_speaker("The Harbour Council also met on Friday. {s:It} {c:said} {w:that the gates stay shut}.")
    assert speaker.name == "Harbour Council"
    speaker = last_speaker("The advert quotes the Harbour Council. {s:It} {c:says} {w:that the gates stay shut}.")
    assert speaker.actor is None


def test_whom_he_meant_is_no_she() -> None:
    text = "Mayor Ardo Venn spoke. {s:He} {c:said} {w:no}.{|} It rained. {s:She} {c:said} {w:yes}."
    assert last_speaker(text).actor is None


def test_a_role_that_begins_a_sentence_is_whom_the_one_before_named() -> None:
    text = "And Ana Bek? The minister left the hall in May. {s:She} {c:said} {w:that it closes}."
    assert last_speaker(text).name == "Ana Bek"
