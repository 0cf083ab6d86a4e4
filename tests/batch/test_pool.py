"""A pool of processes gives what the plain loop gives, whatever happens to its workers."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.batch.batch_stand_in import load, load_nothing, load_telling, made_document

from onrecord.batch.annotating import Annotated, Loop
from onrecord.batch.pool import Limits, Pool
from onrecord.errors import ModelError
from onrecord.records.documents import Document, Rejected
from onrecord.settings import Settings

QUICK = Limits(seconds=10.0, data=600_000_000)  # on a busy machine a worker takes seconds to start


def in_pool(documents: list[Document], workers: int = 2) -> list[Annotated | Rejected]:
    with Pool(Settings(), workers, load=load, limits=QUICK) as pool:
        return list(pool.run(documents))


def codes(results: list[Annotated | Rejected]) -> list[str]:
    return [each.code if isinstance(each, Rejected) else "done" for each in results]


def test_a_pool_gives_what_the_loop_gives_in_the_same_order() -> None:
    words = ("", "slow", "bad", "", "", "slow")
    documents = [made_document(f"{place}", words[place % len(words)]) for place in range(40)]
    assert in_pool(documents) == list(Loop(load(Settings())).run(documents))


def test_attack_46_a_document_that_ends_its_worker_is_quarantined_and_the_run_goes_on() -> None:
    documents = [made_document("a"), made_document("b", "crash"), made_document("c"), made_document("d")]
    results = in_pool(documents)
    assert codes(results) == ["done", "worker_killed", "done", "done"]
    assert isinstance(results[1], Rejected)
    assert results[1].path == "b.txt"


def test_a_document_that_takes_too_long_is_refused_at_once_and_the_run_goes_on() -> None:
    began = time.monotonic()
    results = in_pool([made_document("a"), made_document("b", "hang"), made_document("c")])
    assert codes(results) == ["done", "timeout", "done"]
    assert results[1] == Rejected("b.txt", "annotation", "timeout", "b.txt: took longer than 10 s")
    assert time.monotonic() - began < 2 * QUICK.seconds  # waited for once, not twice


def test_a_document_that_wants_too_much_memory_is_rejected_and_takes_none() -> None:
    assert codes(in_pool([made_document("a", "fill"), made_document("b")])) == ["worker_killed", "done"]


def test_attack_47_a_worker_killed_from_outside_costs_no_document(tmp_path: Path) -> None:
    documents = [made_document("a", f"once {tmp_path / 'mark'}"), made_document("b")]
    assert codes(in_pool(documents, workers=1)) == ["done", "done"]
    assert (tmp_path / "mark").exists()


def test_an_error_that_is_no_document_s_fault_ends_the_run() -> None:
    with Pool(Settings(), 2, load=load_nothing) as pool, pytest.raises(ModelError):
        list(pool.run([made_document("a")]))


def test_attack_48_leaving_early_ends_the_workers_at_once() -> None:
    began = time.monotonic()

    def leave(pool: Pool) -> None:
        next(pool.run(iter([made_document("a"), *(made_document(f"{n}", "hang") for n in range(3))])))
        raise KeyboardInterrupt

    pool = Pool(Settings(), 2, load=load)
    pids = pool.processes
    with pytest.raises(KeyboardInterrupt), pool:
        leave(pool)
    assert time.monotonic() - began < 5 + 5  # as many again for two interpreters to start on a busy machine
    assert not any(_lives(pid) for pid in pids)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_documents_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield made_document(f"{taken}")

    with Pool(Settings(), 2, load=load) as pool:
        results = pool.run(endless())
        for _ in range(3):
            next(results)
    assert taken < 40


def test_workers_have_read_the_word_lists_before_their_first_document() -> None:
    with Pool(Settings(), 2, load=load_telling) as pool:
        read = [int(code) for code in codes(list(pool.run([made_document("a"), made_document("b")])))]
    assert min(read) > 10


def test_no_documents_are_no_results() -> None:
    assert in_pool([]) == []


def test_workers_leave_interrupts_to_their_parent() -> None:
    with Pool(Settings(), 1, load=load) as pool:
        results = pool.run(made_document(f"{place}", "slow") for place in range(4))
        next(results)
        os.kill(pool.processes[0], signal.SIGINT)
        assert codes(list(results)) == ["done"] * 3
