"""Bytes → text, by one rule: a byte order mark, UTF-8, what the source declares, then the likeliest legacy charset.

UTF-7 is never used: it lets harmless-looking ASCII turn into markup. Nothing is lost silently: characters that could
not be decoded are U+FFFD and counted.
"""

import codecs
from dataclasses import dataclass

from onrecord.errors import ReadingError

# Longest first: UTF-32's mark begins with UTF-16's.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Charsets that a page or header may declare (WHATWG Encoding), by Python's name, and the superset that is meant by it.
# Others are not believed: codecs that run escapes, UTF-7, wide charsets without a mark.
DECLARED = {
    **{
        name: name
        for name in ("utf-8", "koi8-r", "koi8-u", "mac-cyrillic", "cp866", "cp874", "gb18030", "cp932", "cp949")
    },
    **{f"cp{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso8859-{number}": f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"},
    **{"gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949"},
    **{"big5": "big5hkscs", "big5hkscs": "big5hkscs", "euc_jp": "euc_jp", "iso2022_jp": "iso2022_jp"},
}
# Legacy charsets that news is found in; without a list the guesser proposes exotic ones for short texts.
LEGACY = [
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
]
MOSTLY_LATIN = 0.15  # at most this share of bytes above 127: a Latin text with curly quotes and accents
WIDE_SHARE = 0.3  # share of zero bytes at odd or even places that gives UTF-16 away
SAMPLE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was decoded with, and how many characters had to be replaced."""

    text: str
    encoding: str
    replacements: int

    @property
    def notes(self) -> tuple[str, ...]:
        """Codes for what was unusual."""
        unusual = (f"encoding:{self.encoding}",) if self.encoding != "utf-8" else ()
        return (*unusual, f"replacements:{self.replacements}") if self.replacements else unusual


def decode_bytes(raw: bytes, declared: str | None = None) -> Decoded:
    """The text of some bytes. declared: a charset named by a header or the page itself, if any."""
    marked = _decode_marked(raw) or _decode_wide(raw)
    if marked:
        return marked
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError:
        return _decode_declared(raw, declared) or _decode_damaged(raw) or _decode_legacy(raw)


def decode_text(raw: bytes, declared: str | None = None) -> Decoded:
    """As `decode_bytes`, but bytes that are no text raise ReadingError `wrong_type`."""
    decoded = decode_bytes(raw, declared)
    if looks_binary(decoded.text):
        raise ReadingError("needed text, got binary data", code="wrong_type")
    return decoded


def looks_binary(text: str) -> bool:
    """Whether control characters show that this is no text (NUL anywhere, or more than 1% others)."""
    if "\0" in text:
        return True
    sample = text[:SAMPLE]
    controls = sum(1 for character in sample if character < " " and character not in "\t\n\r\f\x0b\x1b")
    return controls * 100 > len(sample)


def _decode_marked(raw: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _decode_as(raw[len(mark) :], encoding)
    return None


def _decode_wide(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte of a Latin text is zero."""
    sample = raw[:SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return None
    zeros = {"utf-16-le": sample[1::2].count(0), "utf-16-be": sample[0::2].count(0)}
    encoding, most = max(zeros.items(), key=lambda item: item[1])
    if most / half < WIDE_SHARE or min(zeros.values()) * 10 > most:
        return None
    decoded = _decode_as(raw, encoding)
    return decoded if _is_mostly_ascii(decoded.text[:SAMPLE]) else None


def _is_mostly_ascii(text: str) -> bool:
    return 2 * sum(1 for character in text if "\t" <= character < "\x7f") > len(text)


def _decode_declared(raw: bytes, declared: str | None) -> Decoded | None:
    name = known_charset(declared)
    return _decode_as(raw, name) if name else None


def known_charset(declared: str | None) -> str | None:
    """Python's name for a declared charset that may be used, or None."""
    try:
        return DECLARED.get(codecs.lookup((declared or "").strip().strip("\"'")).name)
    except (LookupError, ValueError):
        return None


def _decode_damaged(raw: bytes) -> Decoded | None:
    """UTF-8 with some bad bytes: taken as such where good multi-byte characters are at least as many."""
    decoded = _decode_as(raw, "utf-8")
    others = sum(1 for character in decoded.text if character > "\x7f") - decoded.replacements
    return decoded if others >= decoded.replacements else None


def _decode_legacy(raw: bytes) -> Decoded:
    sample = raw[:SAMPLE]
    high = sum(1 for byte in sample if byte > 127)
    guess = None if high <= MOSTLY_LATIN * len(sample) else _guess_charset(sample)
    return _decode_as(raw, guess or "cp1252")


def _guess_charset(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    best = from_bytes(sample, cp_isolation=LEGACY).best()
    return best.encoding if best else None


def _decode_as(raw: bytes, encoding: str) -> Decoded:
    text = raw.decode(encoding, errors="replace")
    mark = "\ufffd".encode(encoding, errors="ignore")  # empty where the charset has no such character
    printed = raw.count(mark) if mark else 0
    name = "windows-1252" if encoding == "cp1252" else encoding
    return Decoded(text, name, max(0, text.count("\ufffd") - printed))
