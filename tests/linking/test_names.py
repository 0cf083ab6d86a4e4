import pytest

from onrecord.linking.names import fold, is_mixed_script, same_person, skeletons, surname

SAME = [
    ("Volodymyr Hrushko", "Vladimir Grushko"),
    ("Oleh Shcherbyna", "Oleg Schtscherbina"),
    ("Mykola Tkachenko", "Nikolai Tkaczenko"),
    ("Andriy Zhovtenko", "Andrzej Żowtenko"),
    ("Dmytro Ivanovych Lysak", "Dmitry Lysak"),
    ("Ana Marković", "Ana Markovic"),
    ("Yuriy Bilozir", "Jurij Bilozirs"),
    ("P. Vos", "Petra Vos"),
    ("Ruvik Stahl", "Ruvik Shtal"),
    ("Ilona Lysenko", "Ilona Lysenková"),
    ("Anvar Qaddouri", "Anvar Gaddouri"),
    ("Abdel-Karim al-Bashari", "Abdel Karim el-Baschari"),
]
DIFFERENT = [
    ("Tom Clarke", "Tim Clarke"),
    ("Oleh Hryb", "Oleh Ryb"),  # an h that opens a word is heard
    ("Ilona Bek", "Anton Bek"),
    ("Serhiy Vlasenko", "Serhiy Leshchenko"),
    ("Petra Vos", "Petra Lind"),
    ("Dmytro Ivanenko", "Dmytro Ivanchuk"),
    ("Dmytro Lysenko", "Dmytro Lysov"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_person_are_alike(one: str, other: str) -> None:
    assert same_person(one, other).same
    assert same_person(other, one).same


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_people_stay_two(one: str, other: str) -> None:
    assert not same_person(one, other).same


def test_an_h_that_only_makes_a_vowel_long_is_not_compared() -> None:
    assert same_person("Ruvik Stahl", "Ruvik Shtal").score > 0.9
    assert skeletons("Stahl") & skeletons("Shtal")  # or the two would never be compared


def test_a_match_gives_its_reason() -> None:
    assert "given names alike" in same_person("Ilona Bek", "Anton Bek").reason


def test_attack_26_a_homoglyph_name_is_never_the_same() -> None:
    latin, mixed = "Ilona Bek", "Ilon\u0430 Bek"  # Cyrillic а
    assert is_mixed_script(mixed)
    assert not is_mixed_script(latin)
    assert same_person(latin, mixed).score == 0.0


def test_folding_drops_case_accents_and_apostrophes() -> None:
    assert fold("Łucja D’Ørsted-Çelik") == "lucja dorsted celik"
    assert surname("Petra Vos Jr.") == "vos"
