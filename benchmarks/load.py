"""`add` under load, with kills: `python -m benchmarks.load [ARTICLES [KILLS [WORDS]]]`, by default 2000 8 200.

The run of 10,000: `python -m benchmarks.load 10000 10 60`. Articles of 60 words cost a third of those of 200.

Generated articles as text files, pages and JSON Lines, and 2% bad inputs of eight kinds. `add` is killed (SIGKILL, the
whole group of processes) again and again while it runs, then ends by itself; then a tenth more articles come in and two
`add`s take them at once. A reader asks all the while. What must hold is checked; the exit code is 1 where it does not.
"""

import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.generate import make_article
from benchmarks.measuring import describe
from onrecord.errors import OnRecordError
from onrecord.ledger import check, open_ledger
from onrecord.records.rows import Filter

RUN = "import sys; from onrecord.cli.door import run; sys.exit(run(sys.argv[1:]))"
BAD_SHARE = 0.02
LATE_SHARE = 0.1
LINES = 20  # articles of one JSON Lines file
PAUSE = 0.25  # seconds between two looks at memory, and between two rounds of the reader
SOME_FAILED = 4


def _torn_docx() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("word/document.xml", "<w:document>" + "torn " * 400)
    return stream.getvalue()[:300]


# Name, bytes and the code under which it must be listed.
BAD: tuple[tuple[str, bytes, str], ...] = (
    ("empty.txt", b"", "empty"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "wrong_type"),
    ("nested.html", b"<html><body>" + b"<div>" * 60_000 + b"words", "too_deep"),
    ("wordless.html", b"<html><body><img src='a.png'></body></html>", "no_text"),
    ("entities.rss", b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss><channel><title>&a;</title></channel></rss>", "entities"),
    ("broken.jsonl", b'{"title": "Weir", "text": \n', "bad_json"),
    ("cut.txt.gz", gzip.compress(b"The weir stays open, the board said. " * 200, mtime=0)[:60], "truncated"),
    ("torn.docx", _torn_docx(), "damaged"),
)  # fmt: skip


@dataclass
class Found:
    """What the run came to."""

    kills: int = 0
    lost: int = 0
    unsound: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    documents: int = 0
    listed: Counter[str] = field(default_factory=Counter)  # bad inputs by the code under which they were listed
    samples: list[tuple[int, float, float]] = field(default_factory=list)  # documents, MB of all, MB of the largest


@dataclass
class Reader:
    """Someone who looks at the ledger all the while, from a thread of this process."""

    ledger: Path
    rounds: int = 0
    documents: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Ask until told to stop."""
        while not self.stopped.wait(PAUSE):
            if self.ledger.exists() and self.ledger.stat().st_size:
                self._ask()

    def _ask(self) -> None:
        began = time.monotonic()
        try:
            with open_ledger(self.ledger, read_only=True) as opened, opened.view() as view:
                self.documents = view.counts().documents
                view.statements(Filter(limit=50))
                view.lines(Filter(limit=50))
                view.search("harbour wall")
                view.timeline(Filter(limit=50))
        except OnRecordError as error:
            if error.code != "ledger_version" or self.documents:  # the tables are just being made
                self.failures[error.code] += 1
        self.rounds += 1
        self.seconds.append(time.monotonic() - began)


def write_inputs(articles: int, words: int, folder: Path, random: Random) -> dict[str, str]:
    """Good articles and bad inputs in `early` and `late`; the codes that must be listed, by file name."""
    early, late = folder / "early", folder / "late"
    early.mkdir()
    late.mkdir()
    codes: dict[str, str] = {}
    first_late = articles - int(articles * LATE_SHARE)
    lines: list[str] = []
    for place in range(articles):
        home = late if place >= first_late else early
        text = _cut(make_article(place)["text"], words)
        if place % 10 == 9 and home is early:
            lines.append(json.dumps({"text": text}))
        elif place % 10 == 4:
            (home / f"{place:06}.html").write_text(_page(text), encoding="utf-8")
        else:
            (home / f"{place:06}.txt").write_text(text, encoding="utf-8")
    for number in range(0, len(lines), LINES):
        block = "".join(f"{line}\n" for line in lines[number : number + LINES])
        (early / f"{random.randrange(articles):06}-{number}.jsonl").write_text(block, encoding="utf-8")
    for number in range(int(articles * BAD_SHARE)):
        name, raw, code = BAD[number % len(BAD)]
        named = f"{random.randrange(articles):06}-bad{number}-{name}"
        (early / named).write_bytes(raw)
        codes[named] = code
    return codes


def _cut(text: str, words: int) -> str:
    kept: list[str] = []
    for paragraph in text.strip().split("\n\n"):
        kept.append(paragraph)
        if sum(len(each.split()) for each in kept) >= words:
            break
    return "\n\n".join(kept) + "\n"


def _page(text: str) -> str:
    title, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    head = f"<title>{escape(title)}</title>"
    return f"<html lang='en'><head>{head}</head><body><article><h1>{escape(title)}</h1>{body}</article></body></html>"


def start(places: list[Path], ledger: Path, home: Path) -> "subprocess.Popen[bytes]":
    """`add` in a group of its own; what it says goes to a file."""
    said = (home / f"said-{time.monotonic_ns()}").open("wb")
    command = [sys.executable, "-c", RUN, "add", *map(str, places), "--ledger", str(ledger)]
    return subprocess.Popen(command, stderr=said, start_new_session=True)


def memory_of(group: int) -> tuple[float, float]:
    """Resident MB of all processes of a group together, and of the largest."""
    sizes = [size for pid in _processes() if (size := _size_in(pid, group))]
    return sum(sizes), max(sizes, default=0.0)


def _processes() -> Iterator[str]:
    return (name for name in os.listdir("/proc") if name.isdigit())


def _size_in(pid: str, group: int) -> float:
    try:
        if os.getpgid(int(pid)) != group:
            return 0.0
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def watch_run(child: "subprocess.Popen[bytes]", reader: Reader, found: Found, enough: Callable[[], bool]) -> bool:
    """Sample memory until the run ends, or there is enough; whether it ended by itself."""
    while child.poll() is None:
        if enough():
            return False
        found.samples.append((reader.documents, *memory_of(child.pid)))
        time.sleep(PAUSE)
    return True


def ids_in(ledger: Path) -> set[str]:
    """The documents that a reader sees now."""
    if not ledger.exists():
        return set()
    with open_ledger(ledger) as opened, opened.view() as view:
        return {each.document.id for each in view.all_findings()}


def kill_often(kills: int, articles: int, home: Path, reader: Reader, found: Found, random: Random) -> None:
    """Kill runs at random moments, the next a little further on; nothing that was seen may be gone."""
    for number in range(kills):
        target = (number + random.random()) * 0.8 * articles / kills
        child = start([home / "early"], reader.ledger, home)
        ended = watch_run(child, reader, found, lambda target=target: reader.documents > target)  # type: ignore[misc]
        if ended:
            print(f"  run {number + 1} ended before its kill")
            continue
        time.sleep(random.random())
        seen = ids_in(reader.ledger)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        found.kills += 1
        found.lost += len(seen - ids_in(reader.ledger))
        checked = check(reader.ledger)
        found.unsound += [f"after kill {found.kills}: {each.place} {each.what}" for each in checked.problems]
        print(f"  kill {found.kills}: {len(seen)} documents seen, {checked.documents} after, {found.lost} lost so far")


def finish(places: list[Path], runs: int, home: Path, reader: Reader, found: Found) -> float:
    """So many runs at once, to their end; seconds that took."""
    began = time.monotonic()
    children = [start(places, reader.ledger, home) for _ in range(runs)]
    for child in children:
        watch_run(child, reader, found, lambda: False)
        if child.returncode != SOME_FAILED:
            found.wrong.append(f"needed exit code {SOME_FAILED} with bad inputs there, got {child.returncode}")
    return time.monotonic() - began


def check_end(articles: int, codes: dict[str, str], ledger: Path, found: Found) -> None:
    """Every good article once, every bad input listed by its code, the ledger sound."""
    checked = check(ledger)
    found.unsound += [f"at the end: {each.place} {each.what}" for each in checked.problems]
    with open_ledger(ledger, read_only=True) as opened, opened.view() as view:
        stored = view.counts().documents
        listed = {Path(each.path.split("#")[0]).name: each.code for each in view.runs()[0].rejected}
    found.documents, found.listed = stored, Counter(listed.values())
    if stored != articles:
        found.wrong.append(f"needed {articles} documents, got {stored}")
    for name in sorted(codes.keys() | listed.keys()):
        if codes.get(name) != listed.get(name):
            found.wrong.append(f"{name}: needed code {codes.get(name)}, got {listed.get(name)}")


def tell_memory(found: Found) -> None:
    """Memory by tenths of the documents stored, and its peak."""
    most = max(documents for documents, _, _ in found.samples) or 1
    print("\ndocuments stored   MB, all processes   MB, the largest   (peaks of the tenth)")
    for tenth in range(10):
        low, high = most * tenth / 10, most * (tenth + 1) / 10
        inside = [each for each in found.samples if low <= each[0] < high]
        if inside:
            print(
                f"{int(high):>16}   {max(each[1] for each in inside):>17.0f}   {max(each[2] for each in inside):>15.0f}"
            )
    whole = (max(each[1] for each in found.samples), max(each[2] for each in found.samples))
    print(f"{'whole run':>16}   {whole[0]:>17.0f}   {whole[1]:>15.0f}")


def main(arguments: list[str]) -> int:
    """Print what was done and what came of it."""
    articles, kills, words = [int(each) for each in (*arguments, *("2000", "8", "200")[len(arguments) :])]
    random, found = Random(7), Found()
    print(
        f"{describe()}\n{articles} articles of about {words} words, {int(articles * BAD_SHARE)} bad inputs", flush=True
    )
    with TemporaryDirectory() as held:
        home = Path(held)
        codes = write_inputs(articles, words, home, random)
        reader = Reader(home / "load.db")
        thread = threading.Thread(target=reader.run, daemon=True)
        thread.start()
        began = time.monotonic()
        kill_often(kills, articles, home, reader, found, random)
        alone = finish([home / "early"], 1, home, reader, found)
        print(f"the run after the last kill ended in {alone:.0f} s; {time.monotonic() - began:.0f} s since the start")
        both = finish([home / "early", home / "late"], 2, home, reader, found)
        print(f"two runs at once ended in {both:.0f} s; {time.monotonic() - began:.0f} s since the start")
        reader.stopped.set()
        thread.join()
        check_end(articles, codes, reader.ledger, found)
        size = reader.ledger.stat().st_size / 1e6
    tell_memory(found)
    cuts = quantiles(reader.seconds, n=100)
    print(f"\ndocuments stored {found.documents} of {articles}, kills {found.kills}, documents lost {found.lost}")
    print(f"bad inputs listed {found.listed.total()} of {len(codes)}: ", end="")
    print(", ".join(f"{code} {number}" for code, number in sorted(found.listed.items())))
    print(f"ledger {size:.0f} MB")
    print(f"reader: {reader.rounds} rounds of six questions, {sum(reader.failures.values())} failures", end="")
    print(f" {dict(reader.failures)}; seconds a round: median {cuts[49]:.3f}, 95% within {cuts[94]:.3f}")
    for problem in found.unsound + found.wrong:
        print(f"FAILED {problem}")
    print(
        "all held" if not (found.lost or found.unsound or found.wrong or reader.failures) else "SOMETHING DID NOT HOLD"
    )
    return int(bool(found.lost or found.unsound or found.wrong or reader.failures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
