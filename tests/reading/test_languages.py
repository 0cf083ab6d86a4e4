"""Which language a text is in."""

import subprocess
import sys

import pytest

from onrecord.reading.languages import ENGLISH_SHARE, english_share, identify_language
from onrecord.reading.oddities import find_mixed_words, find_oddities

LANGUAGES = [
    (
        "en",
        "The minister said that talks would begin in the autumn, because nobody had answered his letter.",
    ),
    (
        "nl",
        "De minister zei dat de gesprekken pas in de herfst zouden beginnen, want de buren hadden nog niet geantwoord.",
    ),
    (
        "de",
        "Der Minister sagte, die Gespräche würden erst im Herbst beginnen, weil niemand geantwortet habe.",
    ),
    (
        "fr",
        "Le ministre a déclaré que les pourparlers ne commenceraient qu'à l'automne, car personne n'avait répondu.",
    ),
    (
        "es",
        "El ministro dijo que las conversaciones no empezarían hasta el otoño, porque nadie había respondido.",
    ),
    (
        "pl",
        "Minister powiedział, że rozmowy rozpoczną się dopiero jesienią, ponieważ sąsiedzi jeszcze nie odpowiedzieli.",
    ),
    ("ru", "Министр заявил, что переговоры начнутся только осенью, потому что соседи ещё не ответили на письмо."),
    ("uk", "Міністр заявив, що переговори почнуться лише восени, бо сусіди ще не відповіли на його лист."),
    ("ar", "قال الوزير إن المحادثات ستبدأ في الخريف فقط لأن الجيران لم يردوا بعد على رسالته"),
]


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_languages_are_told_apart(language: str, text: str) -> None:
    assert identify_language(text) == language


@pytest.mark.parametrize("text", ["Premier: no deal", "Talks off", "If they vote, we leave", "Harbour shut"])
def test_short_english_is_english(text: str) -> None:
    assert identify_language(text) == "en"


def test_a_text_without_letters_has_no_language() -> None:
    assert identify_language("2031 – 14 : 3") == "und"


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_only_english_passes_without_the_model(language: str, text: str) -> None:
    assert (english_share(text.lower().split()) >= ENGLISH_SHARE) is (language == "en")


def test_importing_the_room_loads_neither_the_language_model_nor_the_page_parsers() -> None:
    slow = ("py3langid", "trafilatura", "lxml", "numpy", "pypdf")
    check = f"import sys, onrecord.reading; print([name for name in {slow} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


ODDITIES = [
    ("plain words, “quoted” and – dashed", ()),
    ("she said \u202eopen\u202c the gate", ("mixed_direction:2",)),
    ("\u2067he said\u2069", ("mixed_direction:2",)),
    ("the premier, Lіnd, and M\u0430rsh", ("mixed_script:2",)),  # Cyrillic і and а
    ("Ωmega and Α words", ("mixed_script:1",)),
    ("Линд and Lind", ()),
    ("the pre\u200bmier", ("hidden_characters:1",)),
    ("👩\u200d🚀 said", ()),
]


@pytest.mark.parametrize(("text", "notes"), ODDITIES)
def test_attack_25_26_direction_controls_and_look_alike_letters_are_noted(text: str, notes: tuple[str, ...]) -> None:
    assert find_oddities(text) == notes


def test_attack_26_the_mixed_word_itself_is_found() -> None:
    text = "Premier L\u0456nd left"
    assert [text[span.start : span.end] for span in find_mixed_words(text)] == ["L\u0456nd"]
