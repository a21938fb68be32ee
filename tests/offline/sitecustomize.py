"""Refuse every connection that would leave this machine, in any Python started with this folder.

The test command puts this folder on the path of the notebooks' kernels; tests/conftest.py uses the
same guard inside pytest.
"""

import ipaddress
import socket


class LeftTheMachine(OSError):
    """A test tried to reach another machine."""


def is_local(family, address):
    """Whether a socket address is on this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True  # a socket of the file system
    host = address[0]
    if host in ("", "localhost"):
        return True
    try:
        ip = ipaddress.ip_address(host.split("%")[0])
    except ValueError:
        return False
    return ip.is_loopback or ip.is_unspecified


def _refuse(host):
    raise LeftTheMachine(f"No request may leave this machine, but one was made to {host!r}.")


class LocalSocket(socket.socket):
    """A socket that connects to this machine only."""

    def connect(self, address):
        if not is_local(self.family, address):
            _refuse(address[0])
        return super().connect(address)

    def connect_ex(self, address):
        if not is_local(self.family, address):
            _refuse(address[0])
        return super().connect_ex(address)

    def sendto(self, data, *where):
        if where and not is_local(self.family, where[-1]):
            _refuse(where[-1][0])
        return super().sendto(data, *where)


_getaddrinfo = socket.getaddrinfo


def local_getaddrinfo(host, *args, **kwargs):
    """Resolve names of this machine only: asking for another's is a request too."""
    name = host.decode() if isinstance(host, bytes) else host
    if name and not is_local(socket.AF_INET, (name,)) and name != socket.gethostname():
        _refuse(name)
    return _getaddrinfo(host, *args, **kwargs)


def block():
    """Put the guard in place for this process."""
    socket.socket = LocalSocket
    socket.getaddrinfo = local_getaddrinfo


block()
