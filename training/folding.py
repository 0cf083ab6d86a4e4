"""Long lists of words as the folded text (`>-`) that the word lists hold them in."""

import textwrap
from collections.abc import Iterable

WIDTH, INDENT = 118, "  "


def fold_words(words: Iterable[str]) -> str:
    """The words in indented lines of at most WIDTH signs, none broken."""
    lines = textwrap.wrap(
        " ".join(words),
        WIDTH,
        initial_indent=INDENT,
        subsequent_indent=INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines) + "\n"
