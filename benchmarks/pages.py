"""How fast the pages answer: requests a second and latency, by 16 clients, while documents are being added.

    python -m benchmarks.pages --documents 100000 --processes 2 --seconds 20 [--datasette COMMAND]

Makes a ledger of invented articles first (kept in --folder and used again), serves it in processes of its own, and asks
for document pages (some of them again and again, and each as for the first time), statement pages, lists and searches
in turn, at random. With `--datasette`, its pages of the same documents' rows in the same file are asked for in the same
way; it belongs in an environment of its own. Prints one line a kind of page; `cpu` is what the server itself used for a
request, which a busy machine changes least.
"""

import argparse
import asyncio
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
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
    """Latencies in seconds, ascending, how long it took in all, and the processor seconds that the server used."""

    latencies: tuple[float, ...]
    seconds: float
    failed: int
    processor: float

    def line(self, name: str) -> str:
        """One row of the table."""
        rate = len(self.latencies) / self.seconds
        told = "".join(f"{self.slowest_of(part) * 1000:>9.1f} ms" for part in (0.5, 0.95, 0.99))
        processor = self.processor / len(self.latencies) * 1000
        return f"{name:<20}{rate:>8.0f}/s{told}{processor:>9.2f} ms{self.failed:>8}"

    def slowest_of(self, part: float) -> float:
        """The longest latency among the fastest `part` of them."""
        return self.latencies[min(len(self.latencies) - 1, int(part * len(self.latencies)))]


def processor_seconds(server: int) -> float:
    """What a process and its children have used so far, in user and system mode."""
    used = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            if server in (int(stat.parent.name), int(fields[1])):
                used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


async def measure(port: int, server: int, choose: Callable[[], str], seconds: float) -> Measured:
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

    begun, used = time.perf_counter(), processor_seconds(server)
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    taken = time.perf_counter() - begun
    return Measured(tuple(sorted(latencies)), taken, failed, processor_seconds(server) - used)


async def ask_for(port: int, pages: Sequence[str]) -> None:
    """Ask for each of the pages on every connection."""

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for page in pages:
            writer.write(f"GET {page} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\naccept: text/html\r\n\r\n".encode())
            await _read_answer(reader)
        writer.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))


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
    for _ in range(3000):  # five minutes: a busy machine takes its time
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
    options.add_argument("--read", type=int, default=2000, help="how many documents are read again and again")
    options.add_argument("--folder", type=Path, default=Path("benchmark-data"))
    options.add_argument("--datasette", default=shutil.which("datasette"), help="the command that runs it")
    asked = options.parse_args()
    asked.folder.mkdir(exist_ok=True)
    path = asked.folder / f"pages-{asked.documents}.db"
    make_ledger(path, asked.documents)
    view = open_ledger(path, read_only=True).view()
    held = view.counts().documents
    chance = random.Random(1)
    stored = [row.document[7:19] for row in view.urls().rows]
    ids = chance.sample(stored, min(asked.read, len(stored)))
    said = [row.statement.id for row in view.statements().rows]
    times = count()
    kinds: dict[str, Callable[[], str]] = {
        "document": lambda: f"/sources/{chance.choice(ids)}",
        # A query that no page reads: another address each time, so that none has been kept.
        "document, not kept": lambda: f"/sources/{chance.choice(ids)}?time={next(times)}",
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
    print(f"{'page':<20}{'rate':>10}{'p50':>12}{'p95':>12}{'p99':>12}{'cpu':>12}{'failed':>8}")
    try:
        first = [f"/sources/{each}" for each in ids]
        run_own(path, asked.processes, asked.seconds, kinds, first)
        run_datasette(asked.datasette, path, asked.seconds, chance)
    finally:
        stop.set()
        adding.join()


def run_own(
    path: Path, processes: int, seconds: float, kinds: dict[str, Callable[[], str]], first: Sequence[str]
) -> None:
    """Measure our pages. first: what is asked for beforehand, by each of the clients, so that every process has it."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(path), str(port), str(processes)])
    try:
        wait_for(port, server)
        asyncio.run(ask_for(port, first))
        for name, choose in kinds.items():
            asyncio.run(measure(port, server.pid, choose, 2))
            print(asyncio.run(measure(port, server.pid, choose, seconds)).line(name), flush=True)
    finally:
        server.terminate()
        server.wait(20)


def run_datasette(command: str | None, path: Path, seconds: float, chance: random.Random) -> None:
    """Measure Datasette's page of one document's row on the same file."""
    if command is None:
        print("datasette is not installed: nothing to compare with")
        return
    port, name = free_port(), path.stem
    served = ["serve", str(path), "-p", str(port), "--setting", "num_sql_threads", "2"]
    server = subprocess.Popen([command, *served], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def choose() -> str:
        return f"/{name}/document/{chance.randrange(1, 2000)}"

    try:
        wait_for(port, server)
        asyncio.run(measure(port, server.pid, choose, 2))
        print(asyncio.run(measure(port, server.pid, choose, seconds)).line("datasette document"), flush=True)
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
