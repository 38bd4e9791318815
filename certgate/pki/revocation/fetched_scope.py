"""Whether a list that was fetched is about a certificate, and for which reasons: as OpenSSL compares the two.

The first distribution point of the certificate that agrees with the list decides. How RFC 5280 has it stands in
`scopes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.pki import der
from certgate.pki.der import DerError
from certgate.pki.general_names import NameKind
from certgate.pki.names import canonical, same_name
from certgate.pki.revocation.crl import ALL_REASONS

if TYPE_CHECKING:
    from certgate.pki.chains.facts import Facts
    from certgate.pki.extensions import DistributionPoint
    from certgate.pki.general_names import GeneralName
    from certgate.pki.revocation.crl import RevocationList

    _Names = frozenset[tuple[NameKind, object]]


def reasons_covered(element: Facts, found: RevocationList) -> frozenset[int] | None:
    """The reasons for which a list by the certificate's issuer speaks of it; None where it is out of the scope."""
    scope = found.scope
    constraints = element.certificate.basic_constraints if element.sound else None
    authority = constraints is not None and constraints.certificate_authority
    if scope.only_attributes or (scope.only_users if authority else scope.only_authorities):
        return None
    # SECURITY: compared as sets. A certificate may have thousands of points, and a list as many names.
    theirs = _names(scope.names, scope.relative_name, found.issuer)
    for point in element.points if element.sound else ():
        if _by(point, found.issuer) and _agree(point, element, theirs if scope.point else None):
            return ALL_REASONS if point.reasons is None else point.reasons & ALL_REASONS
    return None if scope.point else ALL_REASONS


def _by(point: DistributionPoint, issuer: bytes) -> bool:
    """Whether the list of this distribution point is to be by this issuer."""
    return not point.crl_issuer or any(
        name.kind is NameKind.DIRECTORY and same_name(name.content, issuer) for name in point.crl_issuer
    )


def _agree(point: DistributionPoint, element: Facts, theirs: _Names | None) -> bool:
    """Whether the names of both distribution points have one in common; where one of them has none, they do."""
    if theirs is None or not (point.full_name or point.relative_name):
        return True
    named = [name.content for name in point.crl_issuer if name.kind is NameKind.DIRECTORY]
    above = named[0] if named else element.certificate.issuer_name.raw
    return not theirs.isdisjoint(_names(point.full_name, point.relative_name, above))


def _names(names: tuple[GeneralName, ...], relative: bytes | None, above: bytes) -> _Names:
    """The names of a distribution point as they are compared; a relative one is composed with the name above it."""
    if relative is None:
        return frozenset((name.kind, _compared(name.kind, name.content)) for name in names)
    try:
        composed = der.wrap(der.SEQUENCE, der.read(above).content + relative)
    except DerError:
        return frozenset()
    return frozenset({(NameKind.DIRECTORY, _compared(NameKind.DIRECTORY, composed))})


def _compared(kind: NameKind, content: bytes) -> object:
    if kind is not NameKind.DIRECTORY:
        return content
    try:
        return canonical(content)
    except DerError:
        return content
