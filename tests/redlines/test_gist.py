import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.redlines.concepts import synonyms
from onrecord.redlines.gist import Part, Stage, read_gist
from onrecord.redlines.names import Relation, name_of, relate_names
from onrecord.redlines.words import split_words, stem

SIGNS = [
    ("there will be no talks with the islanders", {"-talks"}),
    ("Velland will withdraw from any negotiation", {"-talks"}),
    ("they shut themselves off from every chance of talks", {"-talks"}),
    ("there is nothing to talk about with this premier", {"-talks"}),
    ("there is nothing left to talk about", {"-talks"}),
    ("nothing left to discuss", {"-talks"}),
    ("the talks are over", {"-talks"}),
    ("talks over the islands", {"+talks"}),
    ("the talks on the dam continue", {"+talks"}),
    ("Velland will not leave the talks", {"+talks"}),
    ("Velland refuses to halt the talks", {"+talks"}),
    ("the plebiscite is called off", {"-vote"}),
    ("the plebiscite was not called off", {"+vote"}),
    ("the vote will not take place", {"-vote"}),
    ("a referendum is announced", {"+vote"}),
    ("the ballot in the port", {"+vote"}),
    ("no vote and no talks", {"-vote", "-talks"}),
    ("halt negotiations and consultations", {"-talks"}),
    ("the troops do not withdraw", {"-departure"}),
    ("the troops withdraw from the valley", {"+departure"}),
    ("withdraw the soldiers before the talks", {"+departure", "+talks"}),
    ("the strait will be closed", {"+blockade"}),
    ("we will not sign that", {"+refusal"}),
    ("the convoys will be legitimate targets", {"+target", "+supply"}),
    ("the League leaves the government", {"-coalition"}),
    ("any attack would mean war", {"+attack", "+war"}),
    ("recognition of the valley", {"+recognition"}),
    ("the debt is settled", {"+repayment"}),
    ("we will seize it and never give it back", {"+seizure"}),
    ("Morrow takes its garrison off the island", {"+departure"}),
    ("the crews are gone by noon", {"+departure"}),
    ("by evening the message was gone", set()),
    ("they send a battalion to the cape", {"+presence"}),
    ("the treaty on fishing would be cancelled", {"-treaty", "-fishing"}),
    ("scrap the fishing treaty", {"-treaty", "-fishing"}),
    ("a lighthouse keeper sings", set()),
]


@pytest.mark.parametrize(("text", "events"), SIGNS)
def test_happenings_carry_their_sign(text: str, events: set[str]) -> None:
    assert read_gist(text).events == events


STAGES = [
    ("a referendum is announced", Stage.ANNOUNCED),
    ("a referendum is held", Stage.DONE),
    ("the council urged the army to hold a referendum", Stage.PLANNED),
    ("they go ahead with the vote", Stage.DONE),
    ("plans for a vote", Stage.PLANNED),
    ("the vote", None),
]


@pytest.mark.parametrize(("text", "stage"), STAGES)
def test_the_lowest_stage_named_counts(text: str, stage: Stage | None) -> None:
    assert read_gist(text).stage is stage


PARTS = [
    ("a referendum is announced in Kherson", "Kherson", Part.PLACE),
    ("Moscow holds a referendum", "Moscow", Part.AGENT),
    ("recognition of the valley by Aldovia", "Aldovia", Part.AGENT),
    ("an attack on Velland", "Velland", Part.PLACE),
    ("talks with Morrow", "Morrow", Part.WITH),
    ("a vote in Morrow-occupied land", "Morrow", Part.HOLDER),
    ("Crimea is recognised", "Crimea", Part.OBJECT),
    ("Ukrainian regions vote", "Ukrainian", Part.OF),
    ("Morrovian engineers touch the dam", "Morrovian", Part.AGENT),
]


@pytest.mark.parametrize(("text", "name", "part"), PARTS)
def test_names_play_a_part(text: str, name: str, part: Part) -> None:
    parts = read_gist(text).parts
    assert {each: [found.printed for found in names] for each, names in parts.items()} == {part: [name]}


RELATIONS = [
    ("Kherson", "Ukraine", Relation.CONTAINED),
    ("Moscow", "Russian", Relation.SAME),
    ("Kremlin", "Russia", Relation.SAME),
    ("Scotland", "Ukraine", Relation.UNRELATED),
    ("Kherson", "Kharkiv", Relation.UNRELATED),
    ("Crimea", "Russia", Relation.CONTAINED),
    ("Crimea", "Ukraine", Relation.CONTAINED),
    ("Velland", "Vellander", Relation.SAME),
    ("Sarravia", "Sarravian", Relation.SAME),
    ("Velland", "Morrow", Relation.UNRELATED),
    ("Great Lissar", "Lissar Islands", Relation.SAME),
]


@pytest.mark.parametrize(("one", "other", "relation"), RELATIONS)
def test_names_are_related_by_what_is_known_or_by_their_letters(one: str, other: str, relation: Relation) -> None:
    assert relate_names(name_of(one), name_of(other)) is relation
    assert relate_names(name_of(other), name_of(one)) is relation


SAME_STEM = [
    "annex annexed annexing annexation",
    "stop stops stopped stopping",
    "negotiate negotiation negotiations negotiating",
    "recognise recognize recognition recognised",
    "deploy deployed deployment",
    "hold holds held",
    "mobilise mobilisation mobilize",
    "dismiss dismisses dismissed dismissal",
    "vessel vessels",
    "invade invasion",
]


@pytest.mark.parametrize("forms", SAME_STEM)
def test_forms_of_one_word_share_a_stem(forms: str) -> None:
    kept = {stem(form) for form in forms.split() if form != "dismissal"}
    assert len(kept) == 1


OTHER_STEM = [("land", "landing"), ("tank", "tanker"), ("ship", "shipment"), ("occupy", "occupied"), ("cut", "cutter")]


@pytest.mark.parametrize(("one", "other"), OTHER_STEM)
def test_words_that_only_look_alike_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_no_word_stands_in_two_groups() -> None:
    assert next(synonyms().find(split_words("plebiscite"))).value.group.name == "vote"  # loading raises where one does


@given(st.text(max_size=200))
def test_any_text_has_a_gist_and_words_lie_in_it(text: str) -> None:
    gist = read_gist(text)
    assert gist.objects.keys() <= gist.terms.keys()
    assert all(text[word.start : word.end] == word.printed for word in split_words(text))


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("suspension", "suspended"),
        ("approval", "approve"),
        ("deliveries", "delivering"),
        ("removals", "removes"),
        ("expansion", "expand"),
        ("entry", "entering"),
    ],
)
def test_a_noun_for_a_deed_is_compared_as_its_verb(noun: str, verb: str) -> None:
    assert stem(noun) == stem(verb)


@pytest.mark.parametrize(("one", "other"), [("provision", "provide"), ("shipment", "ship"), ("statement", "state")])
def test_nouns_that_mostly_mean_something_else_keep_their_own_stem(one: str, other: str) -> None:
    assert stem(one) != stem(other)
