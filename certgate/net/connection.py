"""Connections for requests: made by whom one likes, and replies read no more leniently than .NET reads them.

Knows nothing of who may be asked, nor for how long.
"""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.response import assert_header_parsing

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from io import BufferedReader

    Dial = Callable[[str, int], socket.socket]
    """Connects to a host, or a proxy, and a port."""

_HEADERS = 64 * 1024
"""Bytes of all headers together: .NET's number."""
_LINE = 64 * 1024
"""SECURITY: bytes of a line between the parts of a body; not every release of urllib3 has a limit there."""


class Adapter(HTTPAdapter):
    """Sends one request over a connection that `dial` makes."""

    def __init__(self, dial: Dial) -> None:
        self._pools = {
            "http": _pool(HTTPConnectionPool, HTTPConnection, dial),
            "https": _pool(HTTPSConnectionPool, HTTPSConnection, dial),
        }
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **named)
        manager.pool_classes_by_scheme = self._pools
        return manager


def _pool(pool: type[HTTPConnectionPool], connection: type[HTTPConnection], dial: Dial) -> type[HTTPConnectionPool]:
    """Such a pool, whose connections are made by `dial`."""

    def connect(self: HTTPConnection) -> socket.socket:
        return dial(self.host, self.port)

    made = type("Connection", (connection,), {"response_class": _Response, "_new_conn": connect})
    return type("Pool", (pool,), {"ConnectionCls": made})


class _Response(HTTPResponse):
    """A reply that .NET would take too: Python's own reader and urllib3 overlook more."""

    def begin(self) -> None:
        super().begin()
        assert_header_parsing(self.msg)
        if sum(len(name) + len(value) + 4 for name, value in self.msg.items()) > _HEADERS:
            raise HTTPException
        if self.chunked:
            self.fp = _Lines(self.fp)  # type: ignore[assignment]


class _Lines:
    """A stream whose lines are whole: a body in parts that ends before its last line is none."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream

    def readline(self, limit: int = _LINE) -> bytes:
        line = self._stream.readline(limit)
        if not line.endswith(b"\n"):
            raise HTTPException if len(line) >= limit else IncompleteRead(line)
        return line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
