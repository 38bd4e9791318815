"""The second opinion: OpenSSL, through pyOpenSSL, on a path of issuers that certgate accepted.

SECURITY: path validation decides who gets in, so two independent implementations must both accept. OpenSSL may turn an
acceptance into a rejection, never the reverse. It sees the issuers only, once for a path and a moment, so its price is
not paid per end certificate.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from certgate.pki.names import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certgate.pki.certificate import Certificate

_Path = tuple[bytes, ...]

_MAX_REMEMBERED = 64 * 1024
"""SECURITY: the most bytes of a path that is remembered, so that strangers cannot fill the memory."""


def objection(path: tuple[Certificate, ...], now: datetime, *, whole: bool = False) -> str | None:
    """What OpenSSL has against this path, issuers first and the trust anchor last; None when it accepts it.

    Its time check, signatures, CA and name rules apply; no purpose, no revocation. The answer is remembered. `whole`
    keeps it from being asked part by part.
    """
    small = sum([len(certificate.der) for certificate in path]) <= _MAX_REMEMBERED
    return _remembered(path, now, whole) if small else _asked(path, now, whole)


def _asked(path: tuple[Certificate, ...], now: datetime, whole: bool) -> str | None:
    parts = [path] if whole else list(_parts(path))
    for part in parts:
        found = _objection(tuple(certificate.der for certificate in part), now, part is not parts[-1])
        if found is not None:
            return found
    return None


_remembered = lru_cache(maxsize=128)(_asked)


def _parts(path: tuple[Certificate, ...]) -> Iterator[tuple[Certificate, ...]]:
    """The path, cut where a name comes again further up, as it does when an authority has changed its key.

    OpenSSL looks issuers up by name, key identifiers notwithstanding since version 4, and would take the wrong one.
    """
    subjects = [canonical(certificate.subject_name.raw) for certificate in path]
    start = 0
    for at in range(1, len(path) - 1):
        if subjects[at] in subjects[at + 1 :]:
            yield path[start : at + 1]
            start = at
    yield path[start:]


def _objection(path: _Path, now: datetime, partial: bool) -> str | None:
    """`partial` says that the last certificate of this part is no root: it is judged in the next part."""
    from OpenSSL import crypto

    try:
        certificates = [crypto.load_certificate(crypto.FILETYPE_ASN1, encoded) for encoded in path]
        store = crypto.X509Store()
        store.add_cert(certificates[-1])
        store.set_time(now)
        if partial:
            store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
        crypto.X509StoreContext(store, certificates[0], certificates[1:-1]).verify_certificate()
    except crypto.X509StoreContextError as error:
        return str(error)
    except crypto.Error:
        return "it cannot read one of the certificates"
    return None
