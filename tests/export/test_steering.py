import pytest

from onrecord.export.steering import show_controls


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain “text” é 🚢", "plain “text” é 🚢"),
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\x00b\x7f\x9b", "a␀b⟨U+007F⟩⟨U+009B⟩"),
        ("a\tb\nc", "a b\nc"),
        ("no\u00a0break", "no\u00a0break"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_no_text_can_steer_a_terminal(text: str, shown: str) -> None:
    assert show_controls(text) == shown
