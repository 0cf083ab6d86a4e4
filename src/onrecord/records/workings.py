"""What relating worked out and keeps, so that another day costs what is in it. Derived: dropped and made again at need.

A ledger keeps these as they are and knows nothing of what they mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workings:
    """What was kept when the red lines on record were formed, but for what is found by clues.

    step: how often it was added to. facts: days of documents and what reviewers settled, each with how many tell it.
    """

    step: int
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is kept as text, and the words that it is to be found by."""

    body: str
    clues: frozenset[str]


@dataclass(frozen=True, slots=True)
class NewWorkings:
    """What to keep beside new red lines.

    version: of the rules that formed them: workings of others are of no use. follows: the step of the workings that it
    adds to; None where it stands in place of all that is kept. facts: by how much each count grows.
    families: the drafts and lines, or the actors, that must be looked at together, by id; None for one that is no more.
    documents: the drafts of each document, by its id; clues are added to those it is found by already.
    """

    version: str
    follows: int | None
    facts: Mapping[str, int]
    families: Mapping[str, Kept | None]
    documents: Mapping[str, Kept]
