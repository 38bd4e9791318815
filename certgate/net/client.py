"""One GET of one address over the network, within limits. With `connection` the only module that knows requests.

Follows nothing, keeps nothing, decides nothing: which addresses may be asked is said by `guard`.

SECURITY: the peer is a stranger. What it sends is read as bytes and never unpacked, no more of it than allowed, and all
of it together (name, connection, TLS, headers, body) within one time: who sends a byte a second ends at the deadline.
Nothing of the user goes out: no cookies, no ``.netrc``, no credentials of the address, no Referer.
"""

from __future__ import annotations

import errno
import os
import socket
from contextlib import closing, suppress
from http.client import BadStatusLine, HTTPException, IncompleteRead
from ssl import SSLCertVerificationError, SSLError
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import HTTPError, InvalidChunkLength, LocationValueError, ProxyError

from certgate.core.value import replace
from certgate.net import guard
from certgate.net.connection import Adapter
from certgate.net.reply import CONNECTION, REDIRECTS, TIMEOUT, Reply, Silence
from certgate.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.net.connection import Dial
    from certgate.net.guard import Resolve, Target

    _Kinds = type[BaseException] | tuple[type[BaseException], ...]

USER_AGENT = f"certgate/{__version__}"
LATE = "it gives no whole answer in time"

_CHUNK = 64 * 1024
_SLICE = 0.2
"""Seconds between looks at the keyboard: on Windows a wait is not ended by Ctrl-C."""
_CAUSES = 20
_PROXY_LOGIN = 407
_PROXY = "it cannot be asked: the proxy of the environment "
_FULL = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
"""What this machine may run out of; the gateway has its own."""
_CA_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
"""Variables that name the authorities to believe, as requests and curl know them."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def get(url: str, *, seconds: float, limit: int, private: bool, resolve: Resolve = resolve) -> Reply | Silence:
    """The reply of an address, within `seconds`; `limit` is in bytes, `private` lets private networks be asked.

    Raises nothing but KeyboardInterrupt.
    """
    task = _Task(url, limit, private, resolve, monotonic() + seconds)
    try:
        # A thread, since some of the waiting cannot be given an end: the resolver's, and that for one more byte.
        Thread(target=task.run, name="certgate-get", daemon=True).start()
        while not task.done.wait(max(0.0, min(_SLICE, task.left()))):
            if task.left() <= 0:
                return replace(task.late, size=task.size)
        return task.found if isinstance(task.found, Reply) else replace(task.found, size=task.size)
    except RuntimeError:
        return Silence("", "it cannot be asked: the system gives no more threads")
    finally:
        task.end()


class _Task:
    """One GET in the making."""

    def __init__(self, url: str, limit: int, private: bool, resolve: Resolve, deadline: float) -> None:
        self.done = Event()
        self.found: Reply | Silence = Silence("", "it cannot be asked")
        self.late = Silence(TIMEOUT, LATE)
        """What it is when the time is over."""
        self.size = 0
        self._url = url
        self._limit = limit
        self._private = private
        self._resolve = resolve
        self._deadline = deadline
        self._lock = Lock()
        self._ended = False
        self._handle: socket.socket | None = None

    def left(self) -> float:
        return self._deadline - monotonic()

    def run(self) -> None:
        try:
            self.found = self._asked()
        except guard.Refused as refused:
            self.found = Silence("", refused.words, refused.settle)
        except Exception as error:
            # Whatever a peer brings about becomes words, never a traceback.
            self.found = _silence(error)
        finally:
            self.done.set()

    def end(self) -> None:
        """Close what is open: a thread that still reads then stops."""
        with self._lock:
            self._ended = True
            handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError), closing(handle):
                handle.shutdown(socket.SHUT_RDWR)

    def _asked(self) -> Reply | Silence:
        to = guard.target(self._url)
        proxies = get_environ_proxies(self._url)
        proxy = select_proxy(self._url, proxies) or ""
        proxied = bool(proxy)
        if proxied:
            # Its connection is made by urllib3 and another library, past `dial`.
            if proxy.lower().startswith("socks"):
                raise guard.Refused(f"{_PROXY}speaks SOCKS, which certgate does not")
            self.late = Silence("", f"{_PROXY}is not reached in time")
        addresses = guard.addresses(to, self._resolve, private=self._private, proxied=proxied)
        request = requests.Request("GET", _bare(self._url, to), headers={"User-Agent": USER_AGENT}).prepare()
        with closing(Adapter(self._dialling(addresses, proxied))) as adapter:
            wait = max(0.001, self.left())
            verify = next((os.environ[name] for name in _CA_BUNDLES if os.environ.get(name)), True)
            response = adapter.send(request, stream=True, timeout=(wait, wait), verify=verify, proxies=proxies)
            with closing(response):
                if proxied and response.status_code == _PROXY_LOGIN:
                    return Silence("", f"{_PROXY}asks for a user and a password")
                return self._read(response)

    def _dialling(self, addresses: list[str], proxied: bool) -> Dial:
        """How to connect: to the addresses that were looked at, or to the proxy, which the user chose.

        SECURITY: the name is not resolved a second time; a resolver may give another answer each time it is asked.
        """

        def dial(host: str, port: int) -> socket.socket:
            reason: OSError = ConnectionError("it has no address")
            for address in [host] if proxied else addresses:
                try:
                    connected = socket.create_connection((address, port), max(0.001, self.left()))
                    self.late = Silence(TIMEOUT, LATE)
                    return self._watched(connected)
                except OSError as error:
                    reason = error
            raise reason

        return dial

    def _watched(self, connected: socket.socket) -> socket.socket:
        """The socket, with a second handle on its connection for :meth:`end`: TLS takes the first one over."""
        with self._lock:
            if self._ended:
                connected.close()
                raise TimeoutError
            if self._handle is not None:
                self._handle.close()
            self._handle = connected.dup()
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected

    def _read(self, response: requests.Response) -> Reply | Silence:
        body = bytearray()
        if 101 < response.status_code < 200:
            return Silence("", f"it answers {response.status_code}, and certgate does not wait for what follows")
        if response.status_code not in REDIRECTS:
            announced = response.headers.get("Content-Length", "")
            if announced.isdecimal() and int(announced[:20]) > self._limit:
                return self._too_large()
            for chunk in response.raw.stream(_CHUNK, decode_content=False):
                body += chunk
                self.size = len(body)
                if len(body) > self._limit:
                    return self._too_large()
        headers = {name: tuple(response.raw.headers.getlist(name)) for name in response.raw.headers}
        return Reply(response.status_code, response.reason or "", headers, bytes(body))

    def _too_large(self) -> Silence:
        return Silence(
            "", f"it answers with more than the {self._limit} bytes that certgate reads", ("--max-size BYTES",)
        )


def _bare(url: str, to: Target) -> str:
    """The address without its credentials and its fragment, as .NET asks it."""
    parts = urlsplit(url)
    return urlunsplit((to.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def _silence(error: Exception) -> Silence:
    """Why there is no reply, from the first cause in the chain of errors that says it. SECURITY: in certgate's words
    only; what the peer sent is not repeated."""
    # What requests raises is an OSError too, and says less than what stands behind it. One without a number is about a
    # setting of this machine, and says nothing of the peer.
    causes = [
        cause
        for cause in _causes(error)
        if not isinstance(cause, requests.RequestException) and not (type(cause) is OSError and cause.errno is None)
    ]
    if any(isinstance(cause, OSError) and cause.errno in _FULL for cause in causes):
        return Silence("", "it cannot be asked: this machine has no room for one more connection")
    for kinds, known, words in _WORDS:
        for cause in causes:
            if isinstance(cause, kinds):
                return Silence(known, words(cause))
    return Silence("", "it cannot be asked, or its answer cannot be read")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what stands behind it, wherever requests and urllib3 put that."""
    waiting, seen = [error], set[int]()
    while waiting and len(seen) < _CAUSES:
        cause = waiting.pop(0)
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        behind = (cause.__cause__, cause.__context__, getattr(cause, "reason", None), *cause.args)
        waiting += [each for each in behind if isinstance(each, BaseException)]


_WORDS: tuple[tuple[_Kinds, str, Callable[[Any], str]], ...] = (
    (ProxyError, "", lambda cause: f"{_PROXY}cannot be reached"),
    (LocationValueError, "", lambda cause: "it, or the proxy of the environment, is no address that certgate can ask"),
    (SSLCertVerificationError, CONNECTION, lambda it: f"its TLS certificate is not trusted ({it.verify_message})"),
    (SSLError, CONNECTION, lambda cause: "TLS with it fails"),
    (ConnectionRefusedError, CONNECTION, lambda cause: "it refuses the connection"),
    (TimeoutError, TIMEOUT, lambda cause: LATE),
    (InvalidChunkLength, CONNECTION, lambda cause: "it does not answer in sound HTTP"),
    (IncompleteRead, CONNECTION, lambda cause: "it breaks its answer off"),
    (
        (ConnectionResetError, ConnectionAbortedError, BrokenPipeError),
        CONNECTION,
        lambda cause: "it closes the connection",
    ),
    (ConnectionError, CONNECTION, str),
    (BadStatusLine, CONNECTION, lambda cause: "it does not answer in HTTP"),
    (HTTPException, CONNECTION, lambda cause: "it does not answer in sound HTTP"),
    (OSError, CONNECTION, lambda cause: f"it cannot be reached ({cause.strerror})"),
    (HTTPError, CONNECTION, lambda cause: "it does not answer in sound HTTP"),
)
"""Kinds of errors, the most telling first; whether it is known that there is no answer, and what is said of it."""
