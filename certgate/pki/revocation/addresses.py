"""The addresses that a certificate names for lists, OCSP and its issuer's certificate, as far as .NET uses them.

.NET uses the first http address of each kind, and no other scheme.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.pki import extensions, oids
from certgate.pki.extension_list import Broken, decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.pki.chains.facts import Facts
    from certgate.pki.structure import RawExtension

_MAX_REMEMBERED = 512
"""SECURITY: the most bytes of an extension whose address is remembered, so that strangers cannot fill the memory."""


def crl_url(element: Facts) -> str | None:
    """The address of a revocation list; relative names are for directories and lead nowhere."""
    if element.sound:
        for extension in element.certificate.outline.extensions:
            if extension.oid == oids.CRL_DISTRIBUTION_POINTS:
                small = len(extension.value) <= _MAX_REMEMBERED
                return _remembered_list(extension) if small else _list(extension)
    return None


def _list(extension: RawExtension) -> str | None:
    points = decode(extension, extensions.distribution_points)
    return None if isinstance(points, Broken) else _first(url for point in points for url in point.urls)


# Certificates of one authority name the same address, in the same bytes.
_remembered_list = lru_cache(maxsize=128)(_list)


def ocsp_url(element: Facts) -> str | None:
    """The address of an OCSP responder."""
    try:
        return _first(element.certificate.ocsp_urls)
    except InputError:
        return None


def issuer_url(element: Facts) -> str | None:
    """The address of the issuer's certificate."""
    try:
        return _first(element.certificate.ca_issuer_urls)
    except InputError:
        return None


def _first(urls: Iterable[str]) -> str | None:
    """The first http address, None where it is no plain text.

    SECURITY: addresses come from strangers and are shown on terminals. One that is left out must not hand its place to
    the next: the gateway asks the first.
    """
    for url in urls:
        if url[:7].lower() == "http://" and len(url) > 7:
            return url if url.isascii() and url.isprintable() else None
    return None
