"""What a proxy is to the gateway: the headers that it writes for a client, and whether it lets that client through.

Knows nothing of any one proxy: they are the rows of ``proxies.py``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.registry import did_you_mean
from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from certgate.pki.certificate import Certificate

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
"""The name of a header (RFC 9110 section 5.1)."""


@frozen
class Client:
    """Whom a proxy speaks for: the certificate, and what the client sent beside it, in its order."""

    certificate: Certificate
    others: tuple[Certificate, ...] = ()

    @property
    def chain(self) -> tuple[Certificate, ...]:
        return (self.certificate, *self.others)


@frozen
class Proxy:
    """One way in which a proxy passes a certificate on. `names`: what ``--behind`` calls it, the first is its own."""

    names: tuple[str, ...]
    title: str
    holds: str
    """What the header holds, in one phrase."""
    value: Callable[[Client], str] | None = None
    """What is put into the header; None: nothing is."""
    header: str | None = None
    """Its usual name; None: whoever sets the proxy up chooses one."""
    beside: Callable[[Client], Mapping[str, str]] | None = None
    """Headers that go with it."""
    absent: str | None = None
    """What the header holds for a client without certificate; None: it is not sent."""
    absent_beside: Mapping[str, str] = field(default_factory=dict)
    """Headers that go to the gateway for a client without certificate."""
    strict: bool = False
    """Ends the request of a client whose certificate it does not trust."""
    assumed: tuple[str, ...] = ()
    """Assumptions that the headers rest on."""
    assumed_name: str | None = None
    """The assumption that the usual name of the header rests on."""

    @property
    def name(self) -> str:
        return self.names[0]


@frozen
class Behind:
    """``NAME[:HEADER]`` read: the proxy, and the name of its header, where it has one."""

    proxy: Proxy
    header: str | None
    assumed: tuple[str, ...] = ()
    """Assumptions that the headers of a client with a certificate rest on."""

    def headers(self, client: Client | None) -> dict[str, str]:
        """What the proxy adds to the request of a client; None: one that presents no certificate."""
        proxy, found = self.proxy, dict[str, str]()
        if client is None:
            if proxy.absent is not None and self.header is not None:
                found[self.header] = proxy.absent
            return {**found, **proxy.absent_beside}
        if proxy.value is not None and self.header is not None:
            found[self.header] = proxy.value(client)
        return {**found, **(proxy.beside(client) if proxy.beside else {})}

    @property
    def loses(self) -> bool:
        """Whether nothing of the certificate goes on."""
        return (self.proxy.value is None or self.header is None) and self.proxy.beside is None


@lru_cache(maxsize=64)
def parse(text: str) -> Behind:
    """Read ``NAME[:HEADER]``. Raises UsageError ``value-unknown``, ``behind-header``."""
    from certgate.gateway.fronting.proxies import PROXIES

    name, colon, header = text.partition(":")
    known = {each: proxy for proxy in PROXIES for each in proxy.names}
    proxy = known.get(name.strip().lower())
    if proxy is None:
        own = [each.name for each in PROXIES]
        hint = did_you_mean(name, list(known)) or f"known are {', '.join(own)}"
        raise UsageError(f"'{name[:60]}' is no value of behind", code="value-unknown", hint=hint)
    header = header.strip()
    if colon and not _TOKEN.fullmatch(header):
        raise UsageError(
            f"behind: '{header[:60]}' cannot be the name of a header",
            code="behind-header",
            hint=f"write {proxy.name}:X-Client-Certificate",
        )
    named = (proxy.assumed_name,) if proxy.assumed_name and not header else ()
    return Behind(proxy, header or proxy.header, (*named, *proxy.assumed))
