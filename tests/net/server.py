"""A server on this machine that answers byte by byte what a test wants, sound or not."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from types import TracebackType

Answering = Callable[[socket.socket], None]
BODY = b"\x30\x03\x02\x01\x01"
"""A body that might be something: the integer 1 in DER."""


def answer(body: bytes = BODY, status: str = "200 OK", *headers: str) -> Answering:
    """A sound answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def redirect(location: str, status: str = "302 Found") -> Answering:
    return answer(b"", status, f"Location: {location}")


def raw(data: bytes) -> Answering:
    """These bytes, and then the end."""
    return lambda connection: connection.sendall(data)


def trickling(start: bytes, each: bytes) -> Answering:
    """`start` at once, and then `each` again and again, a little later each time, without end."""

    def send(connection: socket.socket) -> None:
        connection.sendall(start)
        pause = threading.Event()
        while not pause.wait(0.05):
            connection.sendall(each)

    return send


def endless(start: bytes, each: bytes) -> Answering:
    """As fast as it is read."""

    def send(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(each)

    return send


class Server:
    """Answers each path by its own function, others with 404; `requests` holds the heads as they came.

    A `greeting` is sent to everybody who connects.
    """

    def __init__(
        self, answers: dict[str, Answering] | None = None, tls: ssl.SSLContext | None = None, greeting: bytes = b""
    ) -> None:
        self.answers = answers or {}
        self.requests: list[str] = []
        self._tls = tls
        self._greeting = greeting
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [head.split(" ")[1] for head in self.requests]

    def __enter__(self) -> Server:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Closing alone does not wake who waits in accept().
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _start(self, run: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=run, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        self._open.add(connection)
        with suppress(OSError, ssl.SSLError), closing(connection):
            if self._tls is None:
                self._answer(connection)
            else:
                with self._tls.wrap_socket(connection, server_side=True) as secured:
                    self._answer(secured)
        self._open.discard(connection)

    def _answer(self, connection: socket.socket) -> None:
        connection.sendall(self._greeting)
        head = b""
        while b"\r\n\r\n" not in head:
            received = connection.recv(65536)
            if not received:
                return
            head += received
        text = head.decode("latin-1")
        self.requests.append(text)
        self.answers.get(text.split(" ")[1], answer(b"no such thing", "404 Not Found"))(connection)
