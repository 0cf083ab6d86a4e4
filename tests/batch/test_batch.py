"""Sets of files: the same from every engine, whole or not there, re-run to the same; and their way into a ledger."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet
from tests.batch.batch_stand_in import load

from onrecord.batch.distributing import APART, connected, knock, next_row, receive
from onrecord.batch.importing import Wanted, check_sets
from onrecord.batch.running import Job, Outcome, run_batch
from onrecord.batch.sets import hash_file, list_manifests
from onrecord.cli.door import Exit, exit_code
from onrecord.errors import ExportError, MismatchError
from onrecord.ledger import open_ledger
from onrecord.settings import Settings

ROOT = Path(__file__).parents[2]
RAY = importlib.util.find_spec("ray") is not None


def line(number: int, words: str = "") -> str:
    text = f"Ferry {number} is late\nThe harbour office said that ferry {number} would be late again. {words}\n"
    day = f"2024-0{1 + number % 3}-07"
    return json.dumps({"text": text, "title": f"Ferry {number}", "outlet": "Harbour Post", "published": day})


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    """A file of lines (one damaged, one the stand-in refuses), a Parquet file, a text, and a WARC cut off."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    lines = [line(n, "bad" if n == 3 else "") for n in range(8)]
    (folder / "lines.jsonl").write_text("\n".join([*lines[:5], '{"text": ', *lines[5:]]) + "\n")
    rows = [json.loads(line(n)) for n in range(20, 26)] + [{"text": None}]
    parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "rows.parquet")
    (folder / "one.txt").write_text(json.loads(line(40))["text"])
    (folder / "cut.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 500\r\n\r\nHTTP/1.1 200")
    (folder / "wrong.parquet").write_bytes(parquet_without_text(tmp_path))
    return sorted(folder.iterdir())


def parquet_without_text(folder: Path) -> bytes:
    parquet.write_table(pyarrow.table({"body": ["x"]}), folder / "made.parquet")
    return (folder / "made.parquet").read_bytes()


def job(out: Path) -> Job:
    return Job(out, "stand-in", Settings(), load)


def run(inputs: list[Path], out: Path, engine: str = "loop") -> list[Outcome]:
    return sorted(run_batch(inputs, job(out), engine=engine, workers=2), key=lambda each: each.input)


def contents(out: Path) -> dict[str, str]:
    """Every file of a folder and its hash."""
    return {str(path.relative_to(out)): hash_file(path) for path in sorted(out.rglob("*")) if path.is_file()}


def test_a_set_holds_every_document_and_every_failure_with_its_code(inputs: list[Path], tmp_path: Path) -> None:
    outcomes = {Path(each.input).name: each for each in run(inputs, tmp_path / "out")}
    assert {name: each.documents for name, each in outcomes.items()} == {
        "cut.warc": 0,
        "lines.jsonl": 7,
        "one.txt": 1,
        "rows.parquet": 6,
        "wrong.parquet": 0,
    }
    codes = {name: sorted(failure.code for failure in each.failures) for name, each in outcomes.items()}
    assert codes["lines.jsonl"] == ["bad_json", "record"]
    assert codes["wrong.parquet"] == ["wrong_schema"]
    assert len(codes["cut.warc"]) == len(codes["rows.parquet"]) == 1
    assert len(list_manifests(tmp_path / "out")) == 5


def test_sets_lie_by_annotator_year_and_month(inputs: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(inputs, out)
    folders = {str(path.parent.relative_to(out)) for path in out.rglob("documents/**/*.parquet")}
    dated = {f"documents/annotator=stand-in/year=2024/month=0{month}" for month in (1, 2, 3)}
    assert folders == {*dated, "documents/annotator=stand-in/year=unknown/month=unknown"}
    table = parquet.read_table(out / "documents")
    assert table.num_rows == 14


def test_the_pool_writes_what_the_loop_writes(inputs: list[Path], tmp_path: Path) -> None:
    run(inputs, tmp_path / "loop")
    run(inputs, tmp_path / "pool", "pool")
    assert contents(tmp_path / "loop") == contents(tmp_path / "pool")


def test_finished_sets_are_not_made_again_and_a_changed_input_is(inputs: list[Path], tmp_path: Path) -> None:
    run(inputs, tmp_path / "out")
    before = contents(tmp_path / "out")
    assert all(each.skipped for each in run(inputs, tmp_path / "out"))
    assert contents(tmp_path / "out") == before
    text = next(each for each in inputs if each.name == "one.txt")
    text.write_text(json.loads(line(41))["text"])
    assert [Path(each.input).name for each in run(inputs, tmp_path / "out") if not each.skipped] == ["one.txt"]
    assert parquet.read_table(tmp_path / "out" / "documents").num_rows == 14


def test_attack_47_a_driver_killed_at_any_moment_leaves_what_a_re_run_completes(
    inputs: list[Path], tmp_path: Path
) -> None:
    run(inputs, tmp_path / "undisturbed", "pool")
    for delay in (1.0, 2.0, 3.0):
        out = tmp_path / f"killed-{delay}"
        with started(inputs, out) as child:
            time.sleep(delay)
            child.send_signal(signal.SIGKILL)
        run(inputs, out, "pool")
        assert contents(out) == contents(tmp_path / "undisturbed")


def started(inputs: list[Path], out: Path) -> "subprocess.Popen[bytes]":
    code = "import sys; from tests.batch.test_batch import run_slowly; run_slowly(sys.argv[1:])"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", code, str(out), *map(str, inputs)], env=environment)


def run_slowly(arguments: list[str]) -> None:
    """Run a batch in a process of its own, to be killed."""
    for _ in run_batch([Path(each) for each in arguments[1:]], job(Path(arguments[0])), engine="pool", workers=2):
        time.sleep(0.3)


def test_a_folder_that_cannot_be_written_to_is_said_in_one_line(inputs: list[Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="needed a folder") as raised:
        run(inputs, tmp_path / "file" / "out")
    assert raised.value.code == "unwritable"


@pytest.mark.skipif(not RAY, reason="needs Ray: pip install 'onrecord[ray]'")
def test_ray_writes_what_the_loop_writes_also_where_a_record_kills_its_worker(
    inputs: list[Path], tmp_path: Path
) -> None:
    with inputs[1].open("a") as stream:
        stream.write(line(60, "crash") + "\n")
    run(inputs, tmp_path / "pool", "pool")
    code = "import sys; from tests.batch.test_batch import run_on_ray; run_on_ray(sys.argv[1:])"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "default"}
    command = [sys.executable, "-c", code, str(tmp_path / "ray"), *map(str, inputs)]
    subprocess.run(command, env=environment, check=True, timeout=300)
    assert contents(tmp_path / "ray") == contents(tmp_path / "pool")


def run_on_ray(arguments: list[str]) -> None:
    """Run a batch by Ray, in a process of its own: its libraries warn of much."""
    list(run_batch([Path(each) for each in arguments[1:]], job(Path(arguments[0])), engine="ray", workers=2))


@pytest.mark.skipif(not RAY, reason="needs Ray: pip install 'onrecord[ray]'")
def test_what_stops_a_worker_of_ray_stops_the_batch_with_its_own_line_and_no_other_ray_starts(
    inputs: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "documents").write_text("something else")
    code = (
        "import sys; from tests.batch.test_batch import run_on_ray\n"
        "from onrecord.errors import ExportError\n"
        "try: run_on_ray(sys.argv[1:])\n"
        "except ExportError as error: print(error.code, error)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, str(out), *map(str, inputs)]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=300)
    assert told.stdout.startswith("unwritable ")
    assert "cannot be written" in told.stdout
    assert "Started a local Ray instance" not in told.stderr


@pytest.mark.skipif(not RAY, reason="needs Ray: pip install 'onrecord[ray]'")
def test_a_raylet_that_is_killed_is_said_in_one_line_and_the_next_run_goes_on(
    inputs: list[Path], tmp_path: Path
) -> None:
    for number in range(4):
        slow = tmp_path / "inputs" / f"slow{number}.jsonl"
        slow.write_text("\n".join(line(100 * number + place, "slow") for place in range(10)) + "\n")
        inputs.append(slow)
    run(inputs, tmp_path / "pool", "pool")
    code = (
        "import sys; from tests.batch.test_batch import run_on_ray\n"
        "from onrecord.errors import ExportError\n"
        "try: run_on_ray(sys.argv[1:])\n"
        "except ExportError as error: print(error.code, error)"
    )
    out = tmp_path / "ray"
    started = subprocess.Popen(
        [sys.executable, "-c", code, str(out), *map(str, inputs)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_for(lambda: any(out.glob("done/*/*.json")), started)
        os.kill(find_below(started.pid, "raylet"), signal.SIGKILL)
        told, noise = started.communicate(timeout=120)
    finally:
        started.kill()
    assert told.startswith("cluster_lost Ray stopped (")
    assert told.count("\n") == 1
    assert noise == ""
    kept = {path: path.read_bytes() for path in out.glob("done/*/*.json")}
    run(inputs, out, "pool")
    assert contents(out) == contents(tmp_path / "pool")
    assert kept == {path: path.read_bytes() for path in kept}


def wait_for(reached: Callable[[], bool], process: "subprocess.Popen[str]", seconds: float = 240) -> None:
    """Until something is so, while a process runs."""
    deadline = time.monotonic() + seconds
    while not reached():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)


def find_below(process: int, name: str) -> int:
    """The process of this name that another one started, at whatever remove."""
    for child in map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()):
        if Path(f"/proc/{child}/comm").read_text().strip() == name:
            return child
        if found := find_below(child, name):
            return found
    return 0


def test_a_driver_of_ray_that_is_gone_is_said_in_one_line() -> None:
    ours, theirs = APART.Pipe()
    driver = APART.Process(target=os._exit, args=(1,))
    driver.start()
    theirs.close()
    with pytest.raises(ExportError, match=r"Ray stopped \([^\n]* ended with 1\); [^\n]*the same command") as raised:
        receive(ours, driver)
    assert raised.value.code == "cluster_lost"


class RayStandIn:
    """What Ray raises where a cluster does not start, or is lost while it works."""

    class exceptions:
        RayError = type("RayError", (Exception,), {})
        RayTaskError = type("RayTaskError", (RayError,), {})
        UserCodeException = type("UserCodeException", (RayError,), {})
        ActorDiedError = type("ActorDiedError", (RayError,), {})
        NodeDiedError = type("NodeDiedError", (RayError,), {})
        ObjectStoreFullError = type("ObjectStoreFullError", (RayError,), {})
        GetTimeoutError = type("GetTimeoutError", (RayError, TimeoutError), {})

    class data:
        class exceptions:
            ExecutionTimeoutError = type("ExecutionTimeoutError", (Exception,), {})


LOST: list[Exception] = [
    RayStandIn.exceptions.ActorDiedError("the actor died\nand much more"),
    RayStandIn.exceptions.NodeDiedError("the node died"),
    RayStandIn.exceptions.ObjectStoreFullError("the object store is full"),
    RayStandIn.exceptions.GetTimeoutError("no answer in time"),
    RayStandIn.data.exceptions.ExecutionTimeoutError("no progress"),
    ConnectionRefusedError("connection refused"),
]


@pytest.mark.parametrize("error", LOST, ids=lambda error: type(error).__name__)
def test_a_cluster_that_is_lost_while_it_works_is_said_in_one_line(error: Exception) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        yield {"outcome": "{}"}
        raise error

    came = rows()
    assert next_row(RayStandIn, came) == {"outcome": "{}"}
    with pytest.raises(ExportError, match=rf"Ray stopped \({type(error).__name__}: [^\n]*the same command") as raised:
        next_row(RayStandIn, came)
    assert raised.value.code == "cluster_lost"
    assert exit_code(raised.value) == Exit.USAGE


def test_a_bug_of_ours_in_a_worker_of_ray_stays_what_it_is() -> None:
    for kind in (RayStandIn.exceptions.RayTaskError, RayStandIn.exceptions.UserCodeException):
        with pytest.raises(kind):
            next_row(RayStandIn, iter(map(_raise, [kind("KeyError in our code")])))
    assert next_row(RayStandIn, iter(())) is None


def _raise(error: Exception) -> dict[str, Any]:
    raise error


@pytest.mark.parametrize(
    "error",
    [Exception("The current node timed out during startup."), OSError("no memory"), ConnectionError("refused")],
    ids=lambda error: type(error).__name__,
)
def test_a_ray_that_does_not_start_is_said_in_one_line(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    ray = ModuleType("ray")
    ray.data = ModuleType("ray.data")  # type: ignore[attr-defined]
    ray.init = lambda **_given: _raise(error)  # type: ignore[attr-defined]
    for name, module in {"ray": ray, "ray.data": ray.data, "ray.data.exceptions": ModuleType("none")}.items():
        monkeypatch.setitem(sys.modules, name, module)
    for name in ("RAY_USAGE_STATS_ENABLED", "RAY_DATA_DISABLE_PROGRESS_BARS", "RAY_ENABLE_AUTO_CONNECT"):
        monkeypatch.setenv(name, "0")
    with pytest.raises(ExportError, match=f"needed a Ray cluster at this machine: {type(error).__name__}") as raised:
        connected(2, None).__enter__()
    assert raised.value.code == "unreachable"


@pytest.mark.skipif(not RAY, reason="needs Ray: pip install 'onrecord[ray]'")
def test_a_cluster_that_does_not_answer_is_said_at_once() -> None:
    code = (
        "import pathlib, sys; from tests.batch.test_batch import job\n"
        "from onrecord.batch.running import run_batch\n"
        "from onrecord.errors import ExportError\n"
        "try: list(run_batch([], job(pathlib.Path(sys.argv[1])), engine='ray', address='127.0.0.1:9'))\n"
        "except ExportError as error: print(error.code)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, os.devnull.replace("null", "shm/onrecord-none")],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert out.stdout.strip() == "unreachable", out.stderr


@pytest.mark.parametrize("address", ["nonsense", ":6379", "host:", "ray://host:port"])
def test_an_address_that_is_none_is_said_as_it_should_be(address: str) -> None:
    with pytest.raises(ExportError, match=f"as HOST:PORT, got {address}") as raised:
        knock(address)
    assert raised.value.code == "unreachable"


def test_a_damaged_file_of_a_set_is_named_and_made_again_once_it_is_removed(inputs: list[Path], tmp_path: Path) -> None:
    run(inputs, tmp_path / "whole")
    for path, told in (
        (documents_file(tmp_path / "whole"), MismatchError),
        (list_manifests(tmp_path / "whole")[0], ExportError),
    ):
        before = contents(tmp_path / "whole")
        path.write_bytes(path.read_bytes()[:30])
        with pytest.raises(told, match="remove it and run the batch again"):
            check_sets(tmp_path / "whole")
        path.unlink()
        run(inputs, tmp_path / "whole")
        assert contents(tmp_path / "whole") == before


# The way into a ledger


@pytest.fixture
def sets(inputs: list[Path], tmp_path: Path) -> Path:
    run(inputs, tmp_path / "sets")
    return tmp_path / "sets"


def bring_in(sets: Path, ledger: Path, wanted: Wanted | None = None) -> int:
    """How many documents were new."""
    with open_ledger(ledger).writer() as writer:
        return sum(writer.add(*each) for each in check_sets(sets).read(wanted or Wanted()))


def test_an_import_brings_every_document_in_once(sets: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "new.db"
    assert (bring_in(sets, ledger), bring_in(sets, ledger)) == (14, 0)
    with open_ledger(ledger, read_only=True).view() as view:
        assert view.counts().documents == 14
        assert view.verify().holds


def test_an_import_can_be_narrowed(sets: Path, tmp_path: Path) -> None:
    wanted = Wanted(outlet="Harbour Post", since=date(2024, 2, 1), until=date(2024, 2, 28))
    assert bring_in(sets, tmp_path / "new.db", wanted) == 5


def documents_file(sets: Path) -> Path:
    return next(iter(sorted(sets.rglob("documents/**/year=2024/**/*.parquet"))))


def write_again(sets: Path, path: Path, table: pyarrow.Table) -> None:
    """Another table in a file's place, with a manifest that agrees."""
    former = hash_file(path)
    parquet.write_table(table, path)
    for manifest in list_manifests(sets):
        manifest.write_text(manifest.read_text().replace(former, hash_file(path)))


def test_attack_36_a_file_with_another_hash_is_refused(sets: Path) -> None:
    with documents_file(sets).open("ab") as stream:
        stream.write(b" ")
    with pytest.raises(MismatchError, match="its hash is another"):
        check_sets(sets)


@pytest.mark.parametrize("column", ["text", "findings"])
def test_attack_36_a_row_that_was_changed_is_refused_also_where_the_manifest_agrees(sets: Path, column: str) -> None:
    path = documents_file(sets)
    table = parquet.read_table(path, partitioning=None)
    changed = [each.replace("erry", "airy") for each in table[column].to_pylist()]
    place = table.schema.get_field_index(column)
    write_again(sets, path, table.set_column(place, table.schema.field(column), pyarrow.array(changed)))
    with pytest.raises(MismatchError):
        check_sets(sets)


def test_attack_36_a_file_with_another_schema_is_refused(sets: Path) -> None:
    path = documents_file(sets)
    write_again(sets, path, parquet.read_table(path, partitioning=None).drop_columns(["hash"]))
    with pytest.raises(ExportError, match="needed the columns of documents") as raised:
        check_sets(sets)
    assert raised.value.code == "wrong_schema"


def test_sets_of_several_annotators_ask_for_a_choice(sets: Path, inputs: list[Path]) -> None:
    list(run_batch(inputs, Job(sets, "another", Settings(), load), engine="loop"))
    with pytest.raises(ExportError, match="--annotator") as raised:
        check_sets(sets)
    assert raised.value.code == "mixed_annotators"
    assert check_sets(sets, "another").annotator == "another"


def test_a_folder_without_sets_and_one_with_a_file_missing_are_refused(sets: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(ExportError, match="found none"):
        check_sets(tmp_path / "none")
    documents_file(sets).unlink()
    with pytest.raises(ExportError, match="not there"):
        check_sets(sets)
