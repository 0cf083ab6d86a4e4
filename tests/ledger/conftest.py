import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

# The invented coverage is also run by child processes that are killed, so it is a module beside the tests.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.ledger.ledger_server import find_programs, running_server

NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server. Under CI it must be there; elsewhere the tests that need it say why they are left out."""
    if find_programs() is None:
        if os.environ.get("CI"):
            pytest.fail("needed a PostgreSQL server to test with: apt-get install postgresql")
        pytest.skip("needs a PostgreSQL server: apt-get install postgresql")
    with running_server() as address:
        yield address


@pytest.fixture
def address(server: str) -> str:
    """The address of an empty database."""
    import psycopg

    name = f"ledger_{next(NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?")
