"""What a user may set. Passed as an argument; nothing is read on import."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the ledger is, how sure a record must be to be kept, and how much an input may cost.

    threshold: lowest score, 0..1, of an attribution that is kept. On PolNeAR dev 0.4 keeps words and speaker with
    precision 81 and recall 67; 0.3 gives 75 and 70, 0.56 gives 86 and 61 (evaluation/attribution.py).
    condition_threshold: lowest score of a condition that is kept.
    most_bytes: largest input file read. parse_seconds, parse_bytes: limits of the child process that parses pages.
    """

    ledger: Path = Path("onrecord.db")
    knowledge: Path | None = None  # the user's own actors, added to ours
    threshold: float = 0.4
    condition_threshold: float = 0.5
    most_bytes: int = 50_000_000
    parse_seconds: float = 10.0
    parse_bytes: int = 1_500_000_000


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Settings as the environment says: `ONRECORD_LEDGER`, `ONRECORD_KNOWLEDGE`."""
    ledger = Path(environment.get("ONRECORD_LEDGER") or "onrecord.db")
    knowledge = environment.get("ONRECORD_KNOWLEDGE")
    return Settings(ledger=ledger, knowledge=Path(knowledge) if knowledge else None)
