"""A ledger with the hand-made story, and a client for its pages."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

# The hand-made story is also served by child processes, so it is a module beside the tests.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.web.web_made import make_ledger

from onrecord.web import create_app

BROWSER = {"origin": "http://127.0.0.1", "accept": "text/html,*/*"}


@pytest.fixture(scope="session")
def read_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that tests only read."""
    return make_ledger(tmp_path_factory.mktemp("read") / "onrecord.db")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger that a test may change."""
    return make_ledger(tmp_path / "onrecord.db")


@pytest.fixture(scope="session")
def client(read_ledger: Path) -> Iterator[TestClient]:
    with TestClient(create_app(read_ledger), base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture
def writing(ledger: Path) -> Iterator[TestClient]:
    """A client whose ledger may be changed, and that says where it comes from."""
    app = create_app(ledger)
    with TestClient(app, base_url="http://127.0.0.1", headers=BROWSER, follow_redirects=False) as made:
        yield made
