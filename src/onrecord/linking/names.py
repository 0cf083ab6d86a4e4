"""Names compared by key: case, accents, alphabets and spelling conventions folded away."""

import unicodedata


def fold(name: str) -> str:
    """Lower case, without accents and stops, apostrophes dropped, everything else one space apart."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = plain.casefold().translate(_LETTERS)
    kept = "".join(c if c.isalnum() else "" if c in "'’ʼ`´." else " " for c in plain)
    return " ".join(kept.split())


_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})


def surname(name: str) -> str:
    """The folded word by which a person is named alone: the last one that is no suffix ("Jr."); empty for no word."""
    words = [word for word in fold(name).split() if word not in _SUFFIXES]
    return words[-1] if words else ""


_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
