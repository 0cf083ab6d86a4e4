"""What relating worked out and keeps, so that another day costs what is in it. Derived: dropped and made again at need.

A ledger keeps these as they are and knows nothing of what they mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workings:
    """What was kept when the red lines on record were formed.

    step: how often it was added to. facts: what documents tell of who is who, each with how many tell it.
    families: bodies by id, of the drafts and lines that must be looked at together.
    """

    step: int
    facts: Mapping[str, int]
    families: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NewWorkings:
    """What to keep beside new red lines.

    version: of the rules that formed them: workings of others are of no use. follows: the step of the workings that it
    adds to; None where it stands in place of all that is kept. facts: by how much each count grows.
    families: bodies by id; None for one that is no more. clues: by document (id), the words it is to be found by.
    """

    version: str
    follows: int | None
    facts: Mapping[str, int]
    families: Mapping[str, str | None]
    clues: Mapping[str, frozenset[str]]
