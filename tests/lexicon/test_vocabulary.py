from onrecord.lexicon.tokens import find_tokens
from onrecord.lexicon.vocabulary import Gazetteer, demonyms, known_names, load_vocabulary
from onrecord.records.actors import ActorType
from onrecord.records.spans import Span


def test_the_longest_known_name_wins() -> None:
    names = {"Harbour": ActorType.PLACE, "Harbour Office": ActorType.BODY, "Harbour Office Press": ActorType.OUTLET}
    text = "Harbour Office closed"
    tokens = find_tokens(text, (Span(0, len(text)),))
    assert Gazetteer(names).match(tokens, 0) == (2, ActorType.BODY)
    assert Gazetteer(names).match(tokens, 2) is None


def test_a_name_does_not_run_over_a_comma_or_a_possessive() -> None:
    names = {"Harbour Office": ActorType.BODY}
    for text in ("Harbour, Office", "Harbour's Office"):
        tokens = find_tokens(text, (Span(0, len(text)),))
        assert Gazetteer(names).match(tokens, 0) is None


def test_known_names_have_the_types_that_matter() -> None:
    names = known_names()
    kinds = [names[name] for name in ("Ukraine", "Kiev", "Kremlin", "Reuters", "Donetsk", "NATO")]
    state, place, body, outlet = ActorType.STATE, ActorType.PLACE, ActorType.BODY, ActorType.OUTLET
    assert kinds == [state, place, body, outlet, place, body]


def test_demonyms_name_their_state() -> None:
    assert [demonyms()[word] for word in ("russian", "dutch", "ukrainians")] == ["RU", "NL", "UA"]
    assert "us" not in demonyms()


def test_one_member_of_a_listed_group_is_a_person_and_a_body_is_none() -> None:
    words = load_vocabulary()
    assert {"official", "staffer", "spokeswoman", "mother"} <= words.roles
    assert not {"bank", "school", "state", "troop"} & words.persons
