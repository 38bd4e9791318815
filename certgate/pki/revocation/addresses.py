"""The addresses that a certificate names for lists, OCSP and its issuer's certificate, as far as .NET uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError

if TYPE_CHECKING:
    from certgate.pki.facts import Facts


def crl_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of revocation lists. .NET uses the first, and no other scheme."""
    points = element.points if element.sound else ()
    return tuple(url for point in points for url in point.urls if _is_http(url))


def ocsp_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of OCSP responders. .NET uses the first, and no other scheme."""
    try:
        return tuple(filter(_is_http, element.certificate.ocsp_urls))
    except InputError:
        return ()


def issuer_urls(element: Facts) -> tuple[str, ...]:
    """The http addresses of the issuer's certificate. .NET uses the first, and no other scheme."""
    try:
        return tuple(filter(_is_http, element.certificate.ca_issuer_urls))
    except InputError:
        return ()


def _is_http(url: str) -> bool:
    # SECURITY: addresses come from strangers and are shown on terminals, so nothing but plain text counts as one.
    return url[:7].lower() == "http://" and len(url) > 7 and url.isascii() and url.isprintable()
