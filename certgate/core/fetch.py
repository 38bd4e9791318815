"""Fetching, as the rest sees it: what an address answered, and the one who may ask it.

Knows neither networks nor files: :mod:`certgate.net` does the asking, and is handed down to those who need an answer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    Fresh = Callable[[bytes, datetime], bool]
    """Whether a kept body, fetched at that moment, may stand in for a new answer."""


class Kind(StrEnum):
    """What is asked for."""

    CRL = "crl"
    OCSP = "ocsp"
    ISSUER = "issuer"


class Given(StrEnum):
    """Who gave an answer."""

    RESPONSES = "responses"
    CACHE = "cache"
    NETWORK = "network"
    NOBODY = "nobody"


@frozen
class Answer:
    """What an address answered. `body` None: it gave none, and `error` says why; in that clause the address is "it".

    `known` is False where certgate does not know what the gateway would get: it may not ask, would not ask, or stopped
    at a limit of its own. SECURITY: an answer that is not known is never a good one. `settle` are the options that
    would change that.
    """

    url: str
    given: Given
    body: bytes | None = field(default=None, repr=False)
    status: int | None = None
    error: str = ""
    known: bool = True
    settle: tuple[str, ...] = ()
    fetched: datetime | None = None
    seconds: float | None = None


@frozen
class Recorded:
    """What recorded answers say of an address. `error` is ``timeout`` or ``connection`` where it gives no answer."""

    status: int = 200
    reason: str = ""
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)
    error: str = ""


class Fetcher(Protocol):
    """Who asks addresses: recorded answers, the cache, the network, in this order, as far as each is given."""

    def ask(self, url: str, kind: Kind, *, trusted: bool, fresh: Fresh) -> Answer:
        """The answer to a GET of `url`; the same address is asked once.

        `trusted` says that the certificate which names the address chains to the trust store; where it does not,
        addresses of private networks are not asked. Never raises.
        """

    def kept(self, url: str, kind: Kind) -> Answer | None:
        """What the cache holds for this address, fresh or not; None when nothing."""

    def listed(self, url: str) -> Recorded | None:
        """What the recorded answers say of this address, 404 where they do not list it; None where none are given.
        Redirects are not followed."""
