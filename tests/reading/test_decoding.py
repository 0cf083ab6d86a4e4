"""Bytes become text by one rule, and nothing is lost silently."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ReadingError
from onrecord.reading.decoding import decode_bytes, decode_text, known_charset

LATIN = "Señor Müller said: “the quay is ours” – and left."
CYRILLIC = "Премьер сказал, что мост останется закрытым до голосования в северных городах, и уехал домой."

RULES = [
    (LATIN.encode(), None, LATIN, "utf-8", 0),
    (b"\xef\xbb\xbf" + LATIN.encode(), "windows-1252", LATIN, "utf-8", 0),
    (b"\xff\xfe" + LATIN.encode("utf-16-le"), None, LATIN, "utf-16-le", 0),
    (b"\xfe\xff" + LATIN.encode("utf-16-be"), None, LATIN, "utf-16-be", 0),
    (b"\xff\xfe\0\0" + LATIN.encode("utf-32-le"), None, LATIN, "utf-32-le", 0),
    (LATIN.encode("utf-16-le"), None, LATIN, "utf-16-le", 0),
    (LATIN.encode("utf-16-be"), "utf-8", LATIN, "utf-16-be", 0),
    (LATIN.encode("cp1252"), None, LATIN, "windows-1252", 0),
    (LATIN.encode("cp1252"), "iso-8859-1", LATIN, "windows-1252", 0),
    (LATIN.encode("cp1252"), "no-such-charset", LATIN, "windows-1252", 0),
    (CYRILLIC.encode("cp1251"), "windows-1251", CYRILLIC, "cp1251", 0),
    (CYRILLIC.encode("koi8-r") * 3, None, CYRILLIC * 3, "koi8_r", 0),
    (LATIN.encode(), "koi8-r", LATIN, "utf-8", 0),  # valid UTF-8 is UTF-8 whatever a header says
    (b"", None, "", "utf-8", 0),
]


@pytest.mark.parametrize(("raw", "declared", "text", "encoding", "replacements"), RULES)
def test_attack_21_charsets_are_decoded_by_rule(
    raw: bytes, declared: str | None, text: str, encoding: str, replacements: int
) -> None:
    decoded = decode_bytes(raw, declared)
    assert (decoded.text, decoded.encoding, decoded.replacements) == (text, encoding, replacements)


def test_attack_21_bad_bytes_in_utf_8_are_replaced_and_counted() -> None:
    raw = "The quay – “ours” – is shut.".encode() + b" \xff\xc3( end"
    decoded = decode_bytes(raw)
    assert decoded.text == "The quay – “ours” – is shut. \ufffd\ufffd( end"
    assert decoded.notes == ("replacements:2",)


def test_attack_21_mixed_charsets_keep_the_larger_part() -> None:
    raw = "“One”, “two”, “three”, said Lind. ".encode() + "“four”".encode("cp1252")
    decoded = decode_bytes(raw)
    assert decoded.text.startswith("“One”, “two”, “three”")
    assert decoded.replacements == 2


def test_replacement_characters_of_the_source_itself_are_not_counted() -> None:
    assert decode_bytes("torn \ufffd text".encode()).replacements == 0


def test_undefined_bytes_of_windows_1252_are_replaced_and_counted() -> None:
    decoded = decode_bytes(b"caf\xe9 \x81 end", "windows-1252")
    assert (decoded.text, decoded.notes) == ("café \ufffd end", ("encoding:windows-1252", "replacements:1"))


def test_attack_21_utf_7_is_never_used() -> None:
    raw = b"+ADw-script+AD4- said the minister"
    assert decode_bytes(raw, "utf-7").text == raw.decode("ascii")
    assert known_charset("utf-7") is None


@pytest.mark.parametrize(
    "name", ["unicode_escape", "rot13", "zip", "idna", "utf-16", "utf-32", "punycode", "\0", "x" * 999, ""]
)
def test_codecs_that_are_no_charset_of_text_are_not_believed(name: str) -> None:
    assert known_charset(name) is None


@pytest.mark.parametrize("raw", [b"MZ\x90\0\3", bytes(range(1, 32)) * 20, b"words and then \0 a hole"])
def test_attack_22_binary_data_is_no_text(raw: bytes) -> None:
    with pytest.raises(ReadingError, match="binary") as caught:
        decode_text(raw)
    assert caught.value.code == "wrong_type"


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.one_of(st.none(), st.sampled_from(["utf-8", "cp1251", "utf-7", "shift_jis", "bogus"]), st.text(max_size=12)),
)
def test_any_bytes_with_any_declaration_decode_to_storable_text(raw: bytes, declared: str | None) -> None:
    decoded = decode_bytes(raw, declared)
    assert decoded.replacements >= 0
    decoded.text.encode("utf-8")


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff")))
def test_utf_8_text_comes_back_exactly(text: str) -> None:
    assert decode_bytes(text.encode()).text == text
