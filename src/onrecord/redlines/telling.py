"""Words of actors that may tell what became of a line of theirs: that it holds now, or that it is taken back.

Few sentences have such words, so each is looked for once, not once for every line of its speaker.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.records.redlines import Statement
from onrecord.records.spans import Span
from onrecord.redlines.drafts import has_words
from onrecord.redlines.evidence import statement_sentences
from onrecord.redlines.words import without_month

Sentence = tuple[Span, str]  # where it stands in its document, and its words


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement with its sentences that put something as holding now, take something back, or say what it covers.

    around: the paragraph of each sentence that takes something back: it may only point at what ("we take it back").
    """

    statement: Statement
    invoking: tuple[Sentence, ...]
    withdrawing: tuple[Sentence, ...]
    clarifying: tuple[Sentence, ...]
    around: tuple[str, ...]


def index_words(told: Iterable[Telling], people: Mapping[str, str]) -> Mapping[str, tuple[Telling, ...]]:
    """Telling words by every key of their actor. people: see people.unify_people."""
    index: dict[str, list[Telling]] = {}
    for telling in told:
        for key in keys_of(telling, people):
            index.setdefault(key, []).append(telling)
    return {key: tuple(listed) for key, listed in index.items()}


def keys_of(telling: Telling, people: Mapping[str, str]) -> frozenset[str]:
    """The key of the actor whose words they are, and that of other spellings of the name."""
    key = telling.statement.actor
    return frozenset() if key is None else frozenset((key, people.get(key, key)))


def find_tellings(statements: Iterable[Statement], text: str) -> Iterator[Telling]:
    """The telling words among the statements of one document; those of nobody known are left out."""
    for statement in statements:
        found = _find_telling(statement, text) if statement.actor is not None else None
        if found is not None:
            yield found


def _find_telling(statement: Statement, text: str) -> Telling | None:
    sentences = tuple(statement_sentences(statement, text))
    invoking = () if statement.conditions else tuple(each for each in sentences if _says_now(each[1]))
    withdrawing = tuple(each for each in sentences if has_words("withdrawn", each[1]))
    clarifying = tuple(each for each in sentences if has_words("clarified", each[1]))
    around = tuple(_paragraph_of(text, span) for span, _ in withdrawing)
    telling = Telling(statement, invoking, withdrawing, clarifying, around)
    return telling if invoking or withdrawing or clarifying else None


def _paragraph_of(text: str, span: Span) -> str:
    """The line of text that a span stands in."""
    end = text.find("\n", span.end)
    return text[text.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(text)]


def _says_now(words: str) -> bool:
    return has_words("as_announced", words) or (
        has_words("invoked", words) and not has_words("conditional", without_month(words))
    )
