"""A document's words made safe to show: what steers a terminal or reorders a line becomes visible."""

import re

STEERING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control signs, but for the line break
    "\u2028\u2029"  # line and paragraph separators
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"  # direction marks, embeddings, overrides, isolates
)


def show_controls(text: str) -> str:
    r"""The text with control and direction signs made visible: no article may steer a terminal or reorder a line.

    `\x1b` becomes `␛`, U+202E becomes `⟨U+202E⟩`; line breaks stay, a tab becomes a space.
    """
    return STEERING.sub(_show_sign, text)


def _show_sign(found: re.Match[str]) -> str:
    sign = found.group()
    if sign == "\t":
        return " "
    if ord(sign) < 0x20:
        return chr(0x2400 + ord(sign))  # Unicode's pictures of control signs
    return f"⟨U+{ord(sign):04X}⟩"
