"""`serve` before any page is answered: what it says where it cannot listen."""

import socket
from typing import Any


def test_a_port_that_is_taken_is_said_and_no_address_is_given(onrecord: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = onrecord("serve", "--port", str(port), "--no-browser")
    assert (said.code, said.out) == (2, "")
    assert f"needed a free port; another program listens on {port} of 127.0.0.1" in said.err
    assert "The pages are at" not in said.err
    assert said.err.count("Error") == 1
