"""OpenID configurations: the issuer and the keys that an identity provider publishes, as recorded answers say them.

SECURITY: certgate asks no provider, whatever else it may fetch; without recorded answers its keys are unknown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from certgate.core.value import frozen
from certgate.gateway.sending.calls import SETTLE
from certgate.gateway.tokens.keys import MAX_KEYS, Key, TooMany, key_set
from certgate.gateway.tokens.reasons import OTHER, Invalid, Unknown, library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.gateway.run import Run

MAX_DOCUMENT = 1_000_000
"""SECURITY: bytes of a document."""


@frozen
class Provider:
    issuer: str
    keys: tuple[Key, ...]


class _Unavailable(Exception):
    """The gateway would not get a configuration from there."""


def providers(run: Run, urls: Sequence[str]) -> tuple[Provider, ...] | Invalid | Unknown:
    """Those that answer; a refusal where none of them does."""
    fetcher = run.situation.fetcher
    if fetcher is None or fetcher.listed(urls[0]) is None:
        message = f"what {urls[0]} publishes is not known: certgate asks no identity provider"
        return Unknown(message, tuple(urls), SETTLE)
    found = []
    for url in urls:
        try:
            found.append(_provider(run, url))
        except _Unavailable:
            run.assume("openid-unavailable")
        except TooMany:
            return Unknown(f"{url} has more than {MAX_KEYS} keys or {MAX_DOCUMENT} bytes: certgate reads no more")
    if found:
        return tuple(found)
    return library(OTHER, f"IDX20803: Unable to obtain configuration from: '{urls[0]}'.")


def _provider(run: Run, url: str) -> Provider:
    """_Unavailable, TooMany."""
    try:
        document = json.loads(_document(run, url))
        issuer, address = document["issuer"], document["jwks_uri"]
        if not isinstance(issuer, str) or not isinstance(address, str):
            raise _Unavailable
        return Provider(issuer, key_set(_document(run, address)))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _Unavailable from error


def _document(run: Run, url: str) -> bytes:
    """_Unavailable, TooMany."""
    fetcher = run.situation.fetcher
    recorded = fetcher.listed(url) if fetcher else None
    if recorded is None or recorded.error or recorded.status != 200:
        raise _Unavailable
    if len(recorded.body) > MAX_DOCUMENT:
        raise TooMany
    return recorded.body
