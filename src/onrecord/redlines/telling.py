"""Words of actors that may tell what became of a line of theirs: that it holds now, or that it is taken back.

Few sentences have such words, so each is looked for once, not once for every line of its speaker.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.records.redlines import Statement
from onrecord.records.spans import Span
from onrecord.redlines.drafts import has_words
from onrecord.redlines.evidence import statement_sentences

Sentence = tuple[Span, str]  # where it stands in its document, and its words


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement with its sentences that put something as holding now, and those that take something back."""

    statement: Statement
    invoking: tuple[Sentence, ...]
    withdrawing: tuple[Sentence, ...]


def index_words(
    statements: Iterable[Statement], texts: Mapping[str, str], people: Mapping[str, str]
) -> Mapping[str, tuple[Telling, ...]]:
    """Telling words by their actor's key, and by that of other spellings; those of nobody known are left out.

    texts: of the documents. people: see people.unify_people.
    """
    index: dict[str, list[Telling]] = {}
    for statement in statements:
        found = _find_telling(statement, texts[statement.document]) if statement.actor is not None else None
        if found is not None and statement.actor is not None:
            for key in {statement.actor, people.get(statement.actor, statement.actor)}:
                index.setdefault(key, []).append(found)
    return {key: tuple(listed) for key, listed in index.items()}


def _find_telling(statement: Statement, text: str) -> Telling | None:
    sentences = tuple(statement_sentences(statement, text))
    invoking = () if statement.conditions else tuple(each for each in sentences if _says_now(each[1]))
    withdrawing = tuple(each for each in sentences if has_words("withdrawn", each[1]))
    return Telling(statement, invoking, withdrawing) if invoking or withdrawing else None


def _says_now(words: str) -> bool:
    return has_words("invoked", words) and not has_words("conditional", words)
