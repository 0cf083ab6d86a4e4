"""Our own invented coverage with what hangs on what marked in it (training/coverage/*.txt): marks → spans.

Blocks are divided by a line of three dashes. In a block

    [ ]   a condition that somebody lays down, without its conditional word; [= ] an ordinary one (a rule, a habit, a
          forecast); [! ] one against the facts
    { }   what is said to follow; it is of the kind of the nearest condition
    « »   what somebody is reported to say or think; < > who; ~ ~ the words of saying

Marks may nest. None of these signs is used otherwise.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

CLOSING = {"[": "]", "{": "}", "<": ">", "«": "»"}
LABELS = {"[": "condition", "{": "consequence", "<": "source", "«": "content"}
KINDS = {"=": "ordinary-", "!": "contrary-"}


class Mark(NamedTuple):
    """Characters `[start, end)` of the text without marks. kind: "", "ordinary-" or "contrary-", of a condition."""

    label: str
    start: int
    end: int
    kind: str = ""


def read_blocks(folder: Path) -> list[str]:
    """The blocks of all files, in the order of their names."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    blocks = [block.strip() for text in texts for block in f"\n{text}\n".split("\n---\n")]
    return [block for block in blocks if block]


def read_marks(block: str) -> tuple[str, list[Mark]]:
    """The text of a block and its marks. Raises ValueError where one is not closed, or nothing opened it."""
    text, marks = "", []
    opened: list[tuple[str, int, str]] = []
    for sign, before in zip(block, " " + block[:-1], strict=True):
        if sign in KINDS and before == "[":
            opened[-1] = (*opened[-1][:2], KINDS[sign])
        elif sign in CLOSING or (sign == "~" and all(each[0] != "~" for each in opened)):
            opened.append((sign, len(text), ""))
        elif sign in CLOSING.values() or sign == "~":
            place = _last_open(opened, sign, text)
            opening, start, kind = opened.pop(place)
            marks.append(Mark(LABELS.get(opening, "cue"), start, len(text), kind))
        else:
            text += sign
    if opened:
        raise ValueError(f"not closed: {opened[-1][0]} before {text[opened[-1][1] :][:40]!r}")
    return text, marks


def _last_open(opened: Sequence[tuple[str, int, str]], sign: str, text: str) -> int:
    for place in range(len(opened) - 1, -1, -1):
        if CLOSING.get(opened[place][0], "~") == sign:
            return place
    raise ValueError(f"nothing opened the {sign} after {text[-40:]!r}")


def named(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Conditions and consequences with their kind in the label: "ordinary-consequence"."""
    conditions = [mark for mark in marks if mark.label == "condition"]
    for mark in marks:
        if mark.label == "condition":
            yield mark._replace(label=mark.kind + mark.label)
        elif mark.label == "consequence":
            nearest = min(conditions, key=lambda each: _between(mark, each), default=mark)
            yield mark._replace(label=nearest.kind + mark.label)


def _between(one: Mark, other: Mark) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
