"""The addresses that a certificate names for lists, OCSP and its issuer's certificate, as far as .NET uses them.

.NET uses the first http address of each kind, and no other scheme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.pki.facts import Facts


def crl_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of revocation lists; relative names are for directories and lead nowhere."""
    points = element.points if element.sound else ()
    return _http(url for point in points for url in point.urls)


def ocsp_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of OCSP responders."""
    try:
        return _http(element.certificate.ocsp_urls)
    except InputError:
        return ()


def issuer_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of the issuer's certificate."""
    try:
        return _http(element.certificate.ca_issuer_urls)
    except InputError:
        return ()


def _http(urls: Iterable[str]) -> tuple[str, ...]:
    """The http addresses up to the first that is no plain text.

    SECURITY: addresses come from strangers and are shown on terminals. One that is left out must not hand its place to
    the next: the gateway asks the first.
    """
    found: list[str] = []
    for url in urls:
        if url[:7].lower() == "http://" and len(url) > 7:
            if not (url.isascii() and url.isprintable()):
                break
            found.append(url)
    return tuple(found)
