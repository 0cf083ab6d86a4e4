"""Coverage-guided fuzzing by atheris: `python -m tests.fuzz HARNESS [options of libFuzzer]`.

`python3 dev.py fuzz [SECONDS]` runs every harness in turn. A new input that breaks something is written to
tests/fuzz/crashes/HARNESS/, where the test suite takes it up.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

HERE = Path(__file__).parent
SLOWEST = 20  # seconds for one input


def main(arguments: list[str]) -> None:
    """Fuzz one harness until an option ends it."""
    name, *options = arguments
    with atheris.instrument_imports(include=["onrecord", "trafilatura", "htmldate", "defusedxml"]):
        from tests.fuzz.harnesses import HARNESSES
    from tests.fuzz.corpus import seeds_of

    crashes = HERE / "crashes" / name
    crashes.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as held:
        for number, seed in enumerate(seeds_of(name)):
            (Path(held) / str(number)).write_bytes(seed)
        limits = [f"-timeout={SLOWEST}", "-rss_limit_mb=3000", f"-artifact_prefix={crashes}/"]
        atheris.Setup([sys.argv[0], *limits, *options, held], HARNESSES[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
