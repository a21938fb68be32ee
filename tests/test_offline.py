"""The guard itself: what leaves the machine is refused, what stays on it is not."""

import os
import socket
import subprocess
import sys

import pytest
from house import ROOT

# 192.0.2.0/24 and .invalid are set aside for documentation and tests: nobody answers there.
OUTSIDE = "192.0.2.1"


def test_a_connection_to_another_machine_is_refused():
    with pytest.raises(OSError, match="No request may leave this machine"):
        socket.create_connection((OUTSIDE, 80), timeout=1)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
        pytest.raises(OSError, match="No request may leave this machine"),
    ):
        sock.sendto(b"hello", (OUTSIDE, 53))


def test_asking_for_the_address_of_another_machine_is_refused():
    with pytest.raises(OSError, match="No request may leave this machine"):
        socket.getaddrinfo("course.invalid", 443)


def test_this_machine_may_speak_to_itself():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(("localhost", server.getsockname()[1]), timeout=5) as client:
            client.sendall(b"hello")
            with server.accept()[0] as answer:
                assert answer.recv(5) == b"hello"


def test_a_python_started_with_the_guard_is_held_too():
    done = subprocess.run(
        [sys.executable, "-c", f"import urllib.request as u; u.urlopen('http://{OUTSIDE}')"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests" / "offline"), "no_proxy": "*"},
        capture_output=True,
        text=True,
    )
    assert done.returncode
    assert "No request may leave this machine" in done.stderr
