"""Request and response of one call. :class:`Exchange` is the one mutable object of a run.

Knows HTTP's shapes: addresses, headers, bodies. Does not know policies or what decides anything.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from certgate.core.errors import UsageError
from certgate.core.value import field, frozen, slotted
from certgate.core.world import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from certgate.pki.certificate import Certificate

DEFAULT_URL = "https://gateway.invalid/"
DEFAULT_BACKEND = "https://backend.invalid"
MAX_URL = 16 * 1024
"""Characters. SECURITY: no address is longer; the gateway has the same limit."""

_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""What a relative time is tried on before it is known what it counts from."""

STATUSES = range(100, 1000)
"""The numbers of three digits that can be the status of an answer (RFC 9112 section 4)."""


@frozen
class Request:
    """What the client sends. None: not given, so the context file or the default (a plain GET) says it.

    `headers` are name to texts. Raises UsageError ``url-invalid`` for an address that is not absolute http or https,
    ``method-invalid``, ``ip-invalid``, ``time-invalid``.
    """

    method: str | None = None
    url: str | None = None
    headers: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    body: bytes | str | None = None
    ip: str | None = None
    at: datetime | str | None = None
    """When it is sent: a moment, ISO 8601, or relative to that of the world (``+1h``). None: at that of the world."""
    context: Mapping[str, object] = field(default_factory=dict)
    """What ``context`` holds for this request, in the shape of a context file, laid over the gateway's."""

    def __post_init__(self) -> None:
        if self.url is not None:
            Url.parse(self.url)
        if self.method is not None and not (self.method.isascii() and self.method.replace("-", "").isalpha()):
            raise UsageError(f"'{self.method[:40]}' is no HTTP method", code="method-invalid")
        if self.ip is not None:
            _check_address(self.ip)
        if isinstance(self.at, str):
            moment(self.at, _SOME_DAY)

    def moment(self, now: datetime) -> datetime:
        """When it is sent, in a world where it is `now`. Raises UsageError ``time-invalid``."""
        match self.at:
            case None:
                return now
            case str():
                return moment(self.at, now)
        return self.at.replace(tzinfo=UTC) if self.at.tzinfo is None else self.at.astimezone(UTC)


def _check_address(text: str) -> None:
    from ipaddress import ip_address

    try:
        ip_address(text)
    except ValueError:
        raise UsageError(f"'{text[:60]}' is no IP address", code="ip-invalid") from None


@frozen
class Url:
    """An absolute address in its parts; `query` is as written, with its ``?``."""

    text: str
    scheme: str
    host: str
    port: int
    path: str
    query_string: str

    @classmethod
    @lru_cache(maxsize=64)
    def parse(cls, text: str) -> Url:
        """Raises UsageError ``url-invalid``."""
        try:
            parts = urlsplit(text)
            port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        except (ValueError, KeyError):
            parts, port = urlsplit(""), 0
        if not parts.hostname or parts.username is not None or len(text) > MAX_URL or not text.isprintable():
            raise UsageError(
                f"'{text[:200]}' is not an address",
                code="url-invalid",
                hint="write an absolute one: https://api.contoso.com/orders?id=1",
            )
        query = f"?{parts.query}" if parts.query else ""
        return cls(text, parts.scheme, parts.hostname, port, parts.path or "/", query)

    @property
    def authority(self) -> str:
        """What a ``Host`` header says."""
        usual = {"http": 80, "https": 443}[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == usual else f"{host}:{self.port}"

    @property
    def query(self) -> dict[str, list[str]]:
        """Parameters decoded, in the order of their first appearance; names are compared without regard to case."""
        names: dict[str, str] = {}
        values: dict[str, list[str]] = {}
        pairs = parse_qsl(self.query_string[1:], keep_blank_values=True)
        for name, value in pairs:
            values.setdefault(names.setdefault(name.lower(), name), []).append(value)
        return values


class Headers:
    """Header fields: names without regard to case, kept in the spelling and order in which they first came."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, str | Sequence[str]] | None = None) -> None:
        self._fields: dict[str, tuple[str, list[str]]] = {}
        for name, values in (fields or {}).items():
            self.append(name, [values] if isinstance(values, str) else values)

    def get(self, name: str) -> list[str] | None:
        found = self._fields.get(name.lower())
        return found[1] if found else None

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._fields

    def __iter__(self) -> Iterator[tuple[str, list[str]]]:
        return iter(self._fields.values())

    def __len__(self) -> int:
        return len(self._fields)

    def set(self, name: str, values: Sequence[str]) -> None:
        self._fields[name.lower()] = (name, list(values))

    def append(self, name: str, values: Sequence[str]) -> None:
        self._fields.setdefault(name.lower(), (name, []))[1].extend(values)

    def delete(self, name: str) -> None:
        self._fields.pop(name.lower(), None)

    def frozen(self) -> dict[str, tuple[str, ...]]:
        """As they are shown and sent."""
        return {name: tuple([_shown(value) for value in values]) for name, values in self}


def _shown(value: str) -> str:
    return value if type(value) is str else value.replace(UNSEEN, NOT_KNOWN)


@slotted
class Body:
    """The content of a message. Reading it consumes it, unless the reader asks to preserve it."""

    data: bytes
    consumed: bool = False

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")

    @property
    def left(self) -> bytes:
        """What is still there to be sent: nothing once it was read and not preserved (fact sheet §5.5)."""
        return b"" if self.consumed else self.data


UNSEEN = "\ue000unseen\ue000"
"""What stands inside a run where something does that nobody knows. Nobody writes these characters."""

NOT_KNOWN = "***"
"""What is shown in its place."""


class Unknown(str):
    """A text with `UNSEEN` in it: the gateway has something there that nobody here knows, such as a token that another
    service gives. `maker` is the element that put it there. SECURITY: nothing may be decided by it."""

    __slots__ = ("maker",)

    def __new__(cls, shown: str, maker: str) -> Unknown:
        made = super().__new__(cls, shown)
        made.maker = maker
        return made

    maker: str


@slotted
class Incoming:
    """The request as the policies see and change it. `body` None: there is none."""

    method: str
    url: Url
    original_url: Url
    headers: Headers
    body: Body | None
    ip: str
    certificate: Certificate | None
    matched: Mapping[str, str] = field(default_factory=dict)


@slotted
class Outgoing:
    """A request that a policy makes, as the elements in it change it. `certificate` is the thumbprint of what goes with
    it."""

    method: str = "GET"
    headers: Headers = field(default_factory=Headers)
    body: Body | None = None
    certificate: str | None = None


@slotted
class Response:
    """An answer. `reason` None: the standard phrase of the status."""

    status: int = 200
    reason: str | None = None
    headers: Headers = field(default_factory=Headers)
    body: Body | None = None


@slotted
class Route:
    """Where the request is sent, as far as policies say so. `service` is the base address, `entity` the id of the
    backend entity it comes from, `scope` where that was chosen, `path` what follows it in place of the caller's own
    path; `certificate` is the thumbprint of what goes with it."""

    service: str | None = None
    entity: str | None = None
    scope: str | None = None
    path: str | None = None
    certificate: str | None = None


@slotted
class Exchange:
    """The messages that a run may change: the request, the answer that is being made, and what is no longer known.

    `unknown`: part of the exchange -> the element that put something into it that nobody knows (``request.headers``,
    …); `revealed`: an expression is given the mark that stands there. `held` are the bodies of responses that variables
    hold.
    """

    request: Incoming
    response: Response | None = None
    route: Route = field(default_factory=Route)
    unknown: dict[str, str] = field(default_factory=dict)
    revealed: bool = False
    held: list[Body] = field(default_factory=list)

    @property
    def bodies(self) -> list[Body]:
        """The bodies that an expression can read."""
        messages = (self.request, self.response)
        return [message.body for message in messages if message is not None and message.body is not None] + self.held
