"""Wording: listed terms, scare quotes, "so-called", spellings and verbs, on texts of our own."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.wordings import VERB, find_wordings
from onrecord.lexicon.loader import load_lexicon
from onrecord.records.actors import Actor, ActorType, LinkBasis, Mention, MentionKind
from onrecord.records.documents import Document, Part, PartKind
from onrecord.records.findings import Act, Attribution, Directness, Speaker, WordingUse
from onrecord.records.spans import Span, quote_span


def wordings_in(text: str, *attributions: Attribution, parts: tuple[Part, ...] = ()) -> tuple[WordingUse, ...]:
    document = Document("d", "", "", text, parts=parts)
    return find_wordings(document, split_sentences(document), attributions)


def handed_over(text: str, cue: str, words: str, identifier: str = "s1") -> Attribution:
    spans = [(Span(text.index(part), text.index(part) + len(part)),) for part in (cue, words)]
    nobody = Speaker(None, None, LinkBasis.NONE)
    return Attribution(
        identifier, (), spans[0], spans[1], Directness.INDIRECT, nobody, Act.OTHER, None, None, 1.0, "by hand"
    )


CASES = (
    ("The referendum was held.", "vote: referendum"),
    ("Both referenda and a plebiscite were held.", "vote: referenda; vote: plebiscite"),
    ("They held pseudo-referendums.", "vote: pseudo-referendums"),
    ("A sham vote was held.", "vote: sham vote"),
    ('They call it a "referendum".', "vote: referendum (scare_quotes)"),
    ("They call it a ‘referendum’ there.", "vote: referendum (scare_quotes)"),
    ("They describe it as “sham.”", "vote: sham (scare_quotes)"),
    ("The so-called referendum was held.", "vote: referendum (so_called)"),
    ("A self-proclaimed new people's republic rose.", "territory: people's republic (so_called)"),
    ("What the chancery calls a special military operation began.", "war: special military operation (so_called)"),
    ("The full-scale invasion began.", "war: full-scale invasion"),
    ("Kiev fell silent; Kyiv did not.", "kyiv: Kiev; kyiv: Kyiv"),
    ("Troops took Lugansk and Luhansk.", "luhansk: Lugansk; luhansk: Luhansk"),
    ("The junta, or regime, fell.", "government: junta; government: regime"),
    ("The ceasefire became a truce.", "truce: ceasefire; truce: truce"),
    (
        "They voted to join Moldova, and the so-called referendum on joining Latvia failed.",
        "annexation: joining; vote: referendum (so_called); annexation: joining",
    ),
    ("Voters would become part of Moldova.", "annexation: becoming part of"),
    ("They hope to join the talks and are part of a plan.", ""),
    # words of no list that stand at a distance
    ("The mayor was sent to a “wellness centre” in May.", "wellness centre: wellness centre (scare_quotes)"),
    ("A so-called harbour council met.", "harbour council: harbour council (so_called)"),
    ("Troops announced the seizure of the town.", "capture: seizure"),
    ('Orlia protested over the so-called "abductions" there.', "abduction: abductions (so_called)"),
    ('The leaders of what they call a "strike" left.', "strike: strike (scare_quotes)"),
    ("The blockade of the mine goes on.", "blocking: blockade"),
    ('They fear a so-called "Crimean menu" there.', "Crimean menu: Crimean menu (so_called)"),
    ('They fear a so-called "Moldovan scenario" there.', "Moldovan scenario: Moldovan scenario (so_called)"),
    ("The Moldovan Liberation Front met the Unification Minister Ana Bek.", ""),  # capitals inside a name or a title
    ("Moldova's dictator left; the ruler stayed.", "leader: dictator; leader: ruler"),
    # other things
    ('Orlia accused the other side of "counting the rain".', ""),
    ("She won 48.2 of the votes.", ""),
    ("The leaflet was withdrawn “for review” then.", ""),
    ("She was elected with 519 votes; the motion needs 66 of the 130 votes.", ""),
    ("Orlia has lodged nine protests with Vadia.", ""),
    ("It would be an act of war, the former colonial ruler said.", ""),
    ('The envoy, who called the ballot "a bad joke", left.', ""),
    ("The mayor alleged in a speech that the owner was “bullying a lamp” again.", ""),
    ("The crew told the owner to “sling its hook” again.", ""),
    ("Boarding would mean war under a war flag.", ""),
    ("Both governments agreed.", ""),
    ("World War II crimes were war crimes.", ""),
    ("They vote to leave and vote for it.", ""),
    ("She said “never.” Then she said “go home now, all of you.”", ""),
    ("The “Insurgency Wiki” was read.", ""),
    ("It is called “yes”.", ""),
    ("Turkey and turkeys; a kiev of chicken.", "turkey: Turkey"),
    ("His uncles' 'boat' and rock 'n' roll.", "boat: boat (scare_quotes)"),
)


NAMES = (
    ('The council calls the move a "return".', "calls", 'the move a "return"', "move: return, quoted"),
    ("The council calls the levy a robbery.", "calls", "the levy a robbery", "levy: robbery"),
    ('What Vesna calls a "mission" began.', "calls", 'a "mission"', "mission: mission, quoted"),
    (
        "They described the closure as “an insult”.",
        "described",
        "the closure as “an insult”",
        "closure: insult, quoted",
    ),
    ("Vadia, which calls it Dorn, claims the shoal.", "calls", "it Dorn", "dorn: dorn"),
    ("She would not call the letter a threat.", "would not call", "the letter a threat", ""),
    ("Each calls the other one guilty for the pause.", "calls", "the other one guilty for the pause", ""),
    ("She called for calm.", "called for", "calm", ""),
    ("She called the vote a farce.", "called", "the vote a farce", "vote: vote; vote: farce"),
    ("She called the deal what nobody had dared to say.", "called", "the deal what nobody had dared to say", ""),
)


@pytest.mark.parametrize(("text", "cue", "words", "expected"), NAMES)
def test_a_name_that_somebody_gives_is_theirs(text: str, cue: str, words: str, expected: str) -> None:
    found = [each for each in wordings_in(text, handed_over(text, cue, words)) if each.thing != VERB]
    told = [f"{each.thing}: {each.term}{', quoted' if each.quoted else ''}" for each in found]
    assert "; ".join(told) == expected
    assert all(each.attribution == "s1" for each in found)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_terms_are_found(text: str, expected: str) -> None:
    found = [
        f"{each.thing}: {each.term}" + (f" ({each.distanced})" if each.distanced else "") for each in wordings_in(text)
    ]
    assert "; ".join(found) == expected


def test_a_term_inside_someones_words_is_theirs() -> None:
    text = "The envoy said the referendum was over. The plebiscite had failed."
    uses = wordings_in(text, handed_over(text, "said", "the referendum was over"))
    assert [(each.term, each.attribution) for each in uses if each.thing == "vote"] == [
        ("referendum", "s1"),
        ("plebiscite", None),
    ]


def test_a_paraphrased_term_is_not_its_sources_own_word() -> None:
    text = "The envoy said the sham vote was over. “A farce,” she added. She called the vote a “plebiscite” and so on."
    told = (
        handed_over(text, "said", "the sham vote was over", "s1"),
        replace(handed_over(text, "added", "“A farce,”", "s2"), directness=Directness.DIRECT),
        replace(handed_over(text, "called", "the vote a “plebiscite”", "s3"), directness=Directness.MIXED),
    )
    found = [(each.term, each.attribution, each.quoted) for each in wordings_in(text, *told) if each.thing == "vote"]
    assert found == [
        ("sham vote", "s1", False),
        ("farce", "s2", True),
        ("vote", "s3", False),
        ("plebiscite", "s3", True),
    ]


def test_so_called_in_a_paraphrase_is_the_outlets_distance_and_what_they_call_is_theirs() -> None:
    text = "The envoy praised the so-called referendum. The junta led what the envoy calls a liberation."
    told = (
        handed_over(text, "praised", "the so-called referendum", "s1"),
        handed_over(text, "calls", "what the envoy calls a liberation", "s2"),
    )
    found = [(each.term, each.attribution, each.quoted) for each in wordings_in(text, *told) if each.distanced]
    assert found == [("referendum", None, False), ("liberation", "s2", True)]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("The Vadian government fell.", ["government of Vadia"]),
        ("The regime in Sarn shot back.", ["government"]),
        ("The Sarn regime shot back.", ["government of Vadia"]),
        ("The government of Vadia fell.", ["government of Vadia"]),
        ("Vadia's government fell.", ["government of Vadia"]),
        ("The government fell.", []),
    ],
)
def test_governments_are_compared_by_their_state(text: str, things: list[str]) -> None:
    state = Actor("a1", "Vadia", ActorType.STATE, "vadia|state", "XA")
    seat = Actor("a2", "Sarn", ActorType.PLACE, "sarn|place", "XA")
    named = (("Vadian", "a1"), ("Sarn", "a2"), ("Vadia", "a1"))
    mentions = [
        Mention(f"m{number}", Span(at, at + len(name)), ActorType.STATE, MentionKind.NAME, actor, 0.9, "made")
        for number, (name, actor) in enumerate(named, 1)
        if (at := text.find(name)) >= 0 and not text[at + len(name)].isalpha()
    ]
    document = Document("d", "", "", text)
    found = find_wordings(document, split_sentences(document), (), (state, seat), mentions)
    assert [each.thing for each in found] == things


def test_a_spelling_is_the_outlets_whoever_speaks() -> None:
    text = "The envoy said Kiev held a referendum."
    uses = wordings_in(text, handed_over(text, "said", "Kiev held a referendum"))
    assert [(use.term, use.attribution) for use in uses if use.thing != "attribution_verb"] == [
        ("Kiev", None),
        ("referendum", "s1"),
    ]


def test_of_nested_words_the_innermost_own_the_term() -> None:
    text = "The agency said the envoy called the referendum over."
    outer = handed_over(text, "said", "the envoy called the referendum over", "s1")
    inner = handed_over(text, "called", "the referendum over", "s2")
    assert [each.attribution for each in wordings_in(text, outer, inner) if each.thing == "vote"] == ["s2"]


def test_verbs_of_attribution_are_kept_with_what_they_introduce() -> None:
    text = "Holt alleged fraud. According to Brandt, it rained."
    first, second = handed_over(text, "alleged", "fraud", "s1"), handed_over(text, "According to", "it rained", "s2")
    verbs = [(each.term, each.attribution) for each in wordings_in(text, first, second) if each.thing == VERB]
    assert verbs == [("alleged", "s1"), ("according to", "s2")]


@pytest.mark.parametrize(
    ("cue", "verb"),
    [
        ("said in a post on the wall", "said"),
        ("suggested last week", "suggested"),
        ("wrote on", "wrote"),
        ("called for", "called for"),
        ("went on to say", "went on to say"),
        ("has been saying since March", "has been saying"),
        ("also demanded", "demanded"),
        ("told Plain Wire", "told"),
        ("has frequently cautioned", "has cautioned"),
        ("has not ruled out", "has not ruled out"),
        ("said only", "said"),
        ("replied:", "replied"),
    ],
)
def test_a_verb_is_kept_without_its_circumstances(cue: str, verb: str) -> None:
    text = f"The envoy {cue} that it was over."
    (found,) = wordings_in(text, handed_over(text, cue, "it was over"))
    assert (found.thing, found.term) == (VERB, verb)


def test_a_colon_is_no_verb() -> None:
    text = "Holt: no deal"
    assert wordings_in(text, handed_over(text, ":", "no deal")) == ()


def test_site_furniture_has_no_wording() -> None:
    text = "More on the referendum\nThe plebiscite was held."
    parts = (Part(Span(0, 22), PartKind.FURNITURE),)
    assert [each.term for each in wordings_in(text, parts=parts)] == ["plebiscite"]


def test_a_quotation_of_a_speaker_is_no_scare_quote_of_the_outlet() -> None:
    text = "She demanded a “wellness centre” at once."
    assert [each.thing for each in wordings_in(text, handed_over(text, "demanded", "a “wellness centre” at once"))] == [
        VERB
    ]


def test_no_term_stands_for_two_things() -> None:
    groups = load_lexicon("wordings")
    terms = [term for group in groups["things"].values() for term in group["terms"]]
    names = [name for listed in groups["names"].values() for name in listed]
    assert len(terms) == len(set(terms))
    assert len(names) == len(set(names))
    assert all(term == term.lower() for term in terms)


PIECES = st.lists(
    st.sampled_from(
        [
            "“",
            "”",
            '"',
            "'",
            "‘",
            "’",
            "so-called",
            "what",
            "the",
            "mayor",
            "calls",
            "a",
            "referendum",
            "war",
            "Kiev",
            " ",
            ".",
            "\n",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(st.one_of(PIECES, st.text(max_size=80)))
def test_any_text_gives_ordered_uses_that_quote_it(text: str) -> None:
    uses = wordings_in(text)
    assert [each.span for each in uses] == sorted(each.span for each in uses)
    assert all(each.term.lower().split() == _plainly(text, each) for each in uses)


def _plainly(text: str, use: WordingUse) -> list[str]:
    return quote_span(text, use.span).lower().replace("’", "'").split()


@pytest.mark.parametrize("unit", ['"', "'", "“", "so-called ", "what the ", "referendum ", '"a" ', '"referendum" '])
def test_attack_28_a_long_run_of_marks_takes_linear_time(unit: str) -> None:
    began = process_time()
    wordings_in(unit * (100_000 // len(unit)))
    assert process_time() - began < 10.0
