"""How fast the pages answer: requests a second and latency, by 16 clients, while documents are being added.

    python benchmarks/pages.py --documents 100000 --processes 2 --seconds 20

Makes a ledger of invented articles first (kept in --folder and used again), serves it in processes of its own, and asks
for document pages, statement pages, lists and searches in turn, each at random. Where `datasette` is installed, its row
pages on the same file are asked for in the same way. Prints one line a kind of page.
"""

import argparse
import asyncio
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from onrecord.ledger import open_ledger
from onrecord.records.actors import Actor, ActorType, LinkBasis
from onrecord.records.documents import Basis, DateRange, Document, Outlet, Part, PartKind, hash_text
from onrecord.records.findings import Act, Attribution, Directness, Findings, Speaker
from onrecord.records.spans import Span
from onrecord.redlines.statements import form_statements

CLIENTS = 16
ADDED_EACH_SECOND = 5
WORDS = ["harbour", "council", "envoy", "treaty", "convoy", "border", "strait", "vote", "garrison", "bridge", "valley",
         "island", "accord", "ferry", "radar", "pilot", "grain", "fishing", "market", "storm", "winter", "summer",
         "minister", "speaker", "mayor", "teacher", "doctor", "builder", "reporter", "witness"]  # fmt: skip
NAMES = tuple(f"{first} {last}" for first in ("Ana", "Bo", "Ida", "Oto", "Mia") for last in ("Marsh", "Venn", "Holt"))
SERVE = (
    "import sys; from onrecord.web import serve; "
    "serve(sys.argv[1], port=int(sys.argv[2]), open_browser=False, processes=int(sys.argv[3]))"
)


def make_findings(number: int) -> Findings:
    """One invented article: a headline, eleven paragraphs, three quotations."""
    chance = random.Random(number)
    speakers = tuple(
        Actor(f"a{place}", name, ActorType.PERSON, f"person:{name.lower()}", printed=(name,))
        for place, name in enumerate(chance.sample(NAMES, 3), 1)
    )
    text = f"Report {number} on {' '.join(chance.choices(WORDS, k=5))}"
    parts = [Part(Span(0, len(text)), PartKind.HEADLINE)]
    said: list[Attribution] = []
    for paragraph in range(11):
        start = len(text) + 2
        text += "\n\n" + " ".join(chance.choices(WORDS, k=32)) + "."
        if paragraph % 4 == 1:
            text, attribution = _say(text, speakers[paragraph // 4], len(said) + 1, chance)
            said.append(attribution)
        parts.append(Part(Span(start, len(text)), PartKind.BODY))
    day = date(2015, 1, 1) + timedelta(chance.randrange(3650))
    document = Document(
        hash_text(text), f"{number}.txt", f"Report {number}", text, outlet=Outlet(f"Outlet {number % 40}", Basis.GIVEN),
        published=DateRange(day, day, Basis.GIVEN), parts=tuple(parts),
    )  # fmt: skip
    return Findings(document, (), speakers, tuple(said), annotator="benchmark")


def _say(text: str, speaker: Actor, number: int, chance: random.Random) -> tuple[str, Attribution]:
    quote = Span(len(text) + 1, len(text) + 1)
    words = "“" + " ".join(chance.choices(WORDS, k=14)) + ",”"
    quote = Span(quote.start, quote.start + len(words))
    source = Span(quote.end + 1, quote.end + 1 + len(speaker.name))
    cue = Span(source.end + 1, source.end + 5)
    attribution = Attribution(
        f"s{number}", (source,), (cue,), (quote,), Directness.DIRECT, Speaker(speaker.id, speaker.name, LinkBasis.NAME),
        chance.choice(list(Act)), None, None, round(chance.random(), 3), "benchmark",
    )  # fmt: skip
    return f"{text} {words} {speaker.name} said.", attribution


def make_ledger(path: Path, documents: int) -> None:
    """A ledger with at least so many documents; what is there already is kept."""
    with open_ledger(path).writer() as writer:
        held = open_ledger(path, read_only=True).view().counts().documents
        for number in range(held, documents):
            findings = make_findings(number)
            writer.add(findings, form_statements(findings))
            if number % 5000 == 0:
                print(f"  {number} documents", flush=True)


@dataclass(frozen=True, slots=True)
class Measured:
    """Latencies in seconds, ascending, and how long it took in all."""

    latencies: tuple[float, ...]
    seconds: float
    failed: int

    def line(self, name: str) -> str:
        """One row of the table."""
        rate = len(self.latencies) / self.seconds
        told = "".join(f"{self.slowest_of(part) * 1000:>9.1f} ms" for part in (0.5, 0.95, 0.99))
        return f"{name:<12}{rate:>8.0f}/s{told}{self.failed:>8}"

    def slowest_of(self, part: float) -> float:
        """The longest latency among the fastest `part` of them."""
        return self.latencies[min(len(self.latencies) - 1, int(part * len(self.latencies)))]


async def measure(port: int, choose: Callable[[], str], seconds: float) -> Measured:
    """What CLIENTS clients get in so many seconds, each asking again as soon as it is answered."""
    latencies: list[float] = []
    failed = 0
    ends = time.perf_counter() + seconds

    async def client() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < ends:
            begun = time.perf_counter()
            writer.write(f"GET {choose()} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept: text/html\r\n\r\n".encode())
            status = await _read_answer(reader)
            latencies.append(time.perf_counter() - begun)
            failed += status != 200
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return Measured(tuple(sorted(latencies)), time.perf_counter() - begun, failed)


async def _read_answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    found = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    if found:
        await reader.readexactly(int(found[1]))
    else:
        while size := int(await reader.readline(), 16):  # chunked
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(head.split()[1])


def free_port() -> int:
    """A port that nothing listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server listens."""
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("the server ended before it listened")
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def add_meanwhile(path: Path, first: int, stop: threading.Event) -> None:
    """Add documents at an even pace until told to stop."""
    with open_ledger(path).writer() as writer:
        while not stop.wait(1 / ADDED_EACH_SECOND):
            findings = make_findings(first)
            writer.add(findings, form_statements(findings))
            first += 1


def main() -> None:
    """Make, serve, measure, print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=100_000)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--seconds", type=float, default=15)
    options.add_argument("--folder", type=Path, default=Path("benchmark-data"))
    asked = options.parse_args()
    asked.folder.mkdir(exist_ok=True)
    path = asked.folder / f"pages-{asked.documents}.db"
    make_ledger(path, asked.documents)
    view = open_ledger(path, read_only=True).view()
    held = view.counts().documents
    chance = random.Random(1)
    ids = [
        hash_text(make_findings(number).document.text)[7:19]
        for number in chance.sample(range(asked.documents), min(2000, asked.documents))
    ]
    said = [row.statement.id for row in view.statements().rows]
    kinds: dict[str, Callable[[], str]] = {
        "document": lambda: f"/sources/{chance.choice(ids)}",
        "statement": lambda: f"/statements/{chance.choice(said)}",
        "list": lambda: f"/statements?act={chance.choice(list(Act))}",
        "search": lambda: (
            f"/search?q={chance.choice(WORDS)}+{chance.choice(WORDS)}+{chance.randrange(asked.documents)}"
        ),
    }
    stop = threading.Event()
    adding = threading.Thread(target=add_meanwhile, args=(path, held + 1_000_000, stop))
    adding.start()
    told = f"{held} documents, {CLIENTS} clients, {asked.processes} processes"
    print(f"{told}, {ADDED_EACH_SECOND} documents added a second")
    print(f"{'page':<12}{'rate':>10}{'p50':>12}{'p95':>12}{'p99':>12}{'failed':>8}")
    try:
        run_own(path, asked.processes, asked.seconds, kinds)
        run_datasette(path, asked.seconds, chance)
    finally:
        stop.set()
        adding.join()


def run_own(path: Path, processes: int, seconds: float, kinds: dict[str, Callable[[], str]]) -> None:
    """Measure our pages."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(path), str(port), str(processes)])
    try:
        wait_for(port, server)
        time.sleep(2)
        for name, choose in kinds.items():
            asyncio.run(measure(port, choose, 2))
            print(asyncio.run(measure(port, choose, seconds)).line(name), flush=True)
    finally:
        server.terminate()
        server.wait(20)


def run_datasette(path: Path, seconds: float, chance: random.Random) -> None:
    """Measure Datasette's row page on the same file, where it is installed."""
    if shutil.which("datasette") is None:
        print("datasette is not installed: nothing to compare with")
        return
    port = free_port()
    server = subprocess.Popen(["datasette", "serve", str(path), "-p", str(port)], stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        name = path.stem
        print(
            asyncio.run(measure(port, lambda: f"/{name}/document/{chance.randrange(1, 2000)}", seconds)).line(
                "datasette row"
            )
        )
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
