"""Every engine writes the same bytes, whatever breaks: `python -m benchmarks.engines [ARTICLES [WORDS [KILLS]]]`.

By default 100 articles of 60 words and 3 kills; the run of 5,000: `python -m benchmarks.engines 5000 60 5`.

Generated articles as JSON Lines and Parquet, with damaged lines, a file that is cut off and, for the engines with
processes of their own, a record that kills its worker. The plain loop runs undisturbed. Then each engine runs into a
folder of its own: its driver is killed (SIGKILL) again and again and started anew, and a worker now and then. The
folders must be identical, file by file; the exit code is 1 where they are not.
"""

import gzip
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pyarrow
from pyarrow import parquet

from benchmarks.generate import make_article
from benchmarks.measuring import ROOT, describe
from onrecord.batch.annotating import Annotate, Annotated, load_annotator
from onrecord.batch.running import ENGINES, Job, run_batch
from onrecord.batch.sets import hash_file, list_manifests
from onrecord.pipeline import load_resources
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings

LINES = 25  # articles of one input
DEADLY = "dreadnought"  # a word in a text that ends the process which annotates it
RUN = "import sys; from benchmarks.engines import drive; drive(*sys.argv[1:])"
WORKERS = "ONRECORD_BENCHMARK_WORKERS"  # the folder in which workers leave their process ids
PAUSE = 0.2  # seconds between two looks at what is done
APART = 2.0  # seconds between two killed workers: the same document must not be hit twice, or it is quarantined


def load_watched(settings: Settings) -> Annotate:
    """The annotator of a worker that says which process it is, and dies of a deadly word."""
    annotate = load_annotator(settings)
    (Path(os.environ[WORKERS]) / str(os.getpid())).touch()

    def annotate_mortally(document: Document) -> Annotated | Rejected:
        if DEADLY in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return annotate(document)

    return annotate_mortally


@dataclass
class Disturbed:
    """One engine's run: its kills, and the seconds it took with them."""

    engine: str
    drivers: int = 0
    workers: int = 0
    seconds: float = 0.0
    differing: list[str] = field(default_factory=list)


def write_inputs(articles: int, words: int, folder: Path) -> tuple[list[Path], Path]:
    """Inputs with articles and damage, and one more with a record that kills its worker."""
    folder.mkdir()
    for first in range(0, articles, LINES):
        rows = [_cut(make_article(place), words) for place in range(first, min(first + LINES, articles))]
        name = folder / f"{first:06}"
        if first // LINES % 4 == 3:
            parquet.write_table(pyarrow.Table.from_pylist([*rows, {"text": None}]), name.with_suffix(".parquet"))
        else:
            lines = [json.dumps(row) for row in rows]
            name.with_suffix(".jsonl").write_text("\n".join([*lines, '{"text": "torn', lines[0]]) + "\n")
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(os.urandom(2_000), mtime=0)[:1_000])
    deadly = folder.parent / "deadly.jsonl"
    said = [f"The harbour office said on Monday that ferry {number} would be late again." for number in range(6)]
    said[3] += f" The {DEADLY} is in port."
    deadly.write_text("".join(json.dumps({"text": each}) + "\n" for each in said))
    return sorted(folder.iterdir()), deadly


def _cut(article: dict[str, str], words: int) -> dict[str, str]:
    kept: list[str] = []
    for paragraph in article["text"].strip().split("\n\n"):
        kept.append(paragraph)
        if sum(len(each.split()) for each in kept) >= words:
            break
    return article | {"text": "\n\n".join(kept) + "\n"}


def contents(out: Path) -> dict[str, str]:
    """Every file of a folder with its hash."""
    return {str(path.relative_to(out)): hash_file(path) for path in sorted(out.rglob("*")) if path.is_file()}


def start(engine: str, out: Path, inputs: Sequence[Path]) -> "subprocess.Popen[bytes]":
    """A driver in a process of its own."""
    command = [sys.executable, "-c", RUN, engine, str(out), *map(str, inputs)]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    watched = out.with_name(f"{out.name}-workers")
    watched.mkdir(exist_ok=True)
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path, WORKERS: str(watched)}, cwd=ROOT)


def drive(engine: str, out: str, *inputs: str) -> None:
    """What a driver does."""
    settings = Settings()
    job = Job(Path(out), load_resources(settings, threads=1).annotator, settings, load_watched)
    for _ in run_batch(map(Path, inputs), job, engine=engine, workers=2):
        pass


def run_through(engine: str, out: Path, inputs: Sequence[Path]) -> None:
    """An undisturbed run."""
    if start(engine, out, inputs).wait():
        sys.exit(f"needed an undisturbed run of the {engine} to end with 0")


def disturb(engine: str, out: Path, inputs: Sequence[Path], kills: int, dice: Random) -> Disturbed:
    """Run an engine to its end, over so many deaths of its driver and some of its workers."""
    run, began = Disturbed(engine), time.monotonic()
    marks = sorted(dice.random() * 0.9 * len(inputs) for _ in range(kills))
    while True:
        child = start(engine, out, inputs)
        mark = marks[run.drivers] if run.drivers < kills else float("inf")
        if _watch(child, out, mark, run):
            run.seconds = time.monotonic() - began
            return run


def _watch(child: "subprocess.Popen[bytes]", out: Path, mark: float, run: Disturbed) -> bool:
    """Kill a worker now and then, and the driver once so many inputs are done; whether it came to its end."""
    last = time.monotonic()
    while child.poll() is None:
        if len(list_manifests(out)) > mark:
            child.kill()
            child.wait()
            run.drivers += 1
            return False
        if run.engine != "loop" and time.monotonic() - last > APART and run.workers <= run.drivers:
            run.workers += _kill_worker(out.with_name(f"{out.name}-workers"))
            last = time.monotonic()
        time.sleep(PAUSE)
    if child.returncode:
        sys.exit(f"needed the {run.engine} to end with 0, got {child.returncode}")
    return True


def _kill_worker(watched: Path) -> bool:
    """Kill one of the workers that live; whether there was one."""
    for path in sorted(watched.iterdir(), key=lambda each: int(each.name)):
        path.unlink()
        try:
            os.kill(int(path.name), signal.SIGKILL)
        except ProcessLookupError:
            continue
        return True
    return False


def compare(left: dict[str, str], right: dict[str, str]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def main(arguments: list[str]) -> int:
    """Print what was done and what came of it."""
    articles, words, kills = [int(each) for each in (*arguments, *("100", "60", "3")[len(arguments) :])]
    engines = [each for each in ENGINES if each != "ray" or importlib.util.find_spec("ray")]
    print(f"{describe()}\n{articles} articles of about {words} words, {kills} kills of each driver", flush=True)
    with TemporaryDirectory() as held:
        home, dice = Path(held), Random(11)
        inputs, deadly = write_inputs(articles, words, home / "inputs")
        run_through("loop", home / "undisturbed", inputs)
        run_through("pool", home / "undisturbed-deadly", [deadly])
        sound, quarantined = contents(home / "undisturbed"), contents(home / "undisturbed-deadly")
        print(f"undisturbed: {len(sound)} files of {len(inputs)} inputs", flush=True)
        failed = False
        for engine in engines:
            out = home / engine
            run = disturb(engine, out, inputs if engine == "loop" else [*inputs, deadly], kills, dice)
            run.differing = compare(sound if engine == "loop" else sound | quarantined, contents(out))
            failed |= bool(run.differing)
            print(
                f"{engine}: driver killed {run.drivers} times, a worker {run.workers} times, {run.seconds:.0f} s;"
                f" {len(run.differing)} files differ {run.differing[:5]}",
                flush=True,
            )
    print("SOMETHING DIFFERS" if failed else f"all identical: {', '.join(engines)}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
