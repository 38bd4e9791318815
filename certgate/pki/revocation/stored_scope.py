"""Which certificates a list is about: kinds, distribution points and reasons (RFC 5280 section 6.3.3, steps b and d).

Compares what a certificate and a list say of themselves; knows nothing of dates, signatures or entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from certgate.core.errors import InputError
from certgate.pki import der
from certgate.pki.chains.facts import Authority
from certgate.pki.der import DerError
from certgate.pki.general_names import NameKind
from certgate.pki.names import canonical
from certgate.pki.revocation.crl import ALL_REASONS, REASON_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.pki.chains.facts import Facts
    from certgate.pki.extensions import DistributionPoint
    from certgate.pki.general_names import GeneralName
    from certgate.pki.revocation.crl import Scope

NameForm = tuple[object, ...]
"""A distinguished name in the form in which names are compared."""
Key = tuple[NameKind, object]
"""A general name in the form in which names of distribution points are compared."""

NONE: frozenset[int] = frozenset()
MAX_POINTS = 100
"""SECURITY: the most distribution points of a certificate that are compared with those of lists."""
MAX_NAMES = 10_000
"""SECURITY: the most names that all of them together have."""


class Point(NamedTuple):
    """A distribution point of a certificate: `issuers` are those of its lists, None where it is the certificate's."""

    names: frozenset[Key]
    issuers: frozenset[NameForm] | None
    reasons: frozenset[int]


def too_many_points(element: Facts) -> bool:
    """Whether a certificate has more distribution points than are looked at."""
    given = element.points if element.sound else ()
    return len(given) > MAX_POINTS or sum(len(one.full_name) + len(one.crl_issuer) for one in given) > MAX_NAMES


def points(element: Facts) -> tuple[Point, ...]:
    """The distribution points of a certificate, and last the one that every certificate has: its issuer's names.

    Raises no error: of a certificate that is not sound, or has too many, only the last one counts.
    """
    given = () if not element.sound or too_many_points(element) else element.points
    certificate = element.certificate
    try:
        others = certificate.issuer_alternative_names
    except InputError:
        others = ()
    own = frozenset({(NameKind.DIRECTORY, element.issuer), *map(_key, others)})
    implied = Point(own, None, ALL_REASONS)
    if not given:
        return (implied,)
    return (*(_point(point, certificate.issuer_name.raw) for point in given), implied)


def _point(point: DistributionPoint, issuer: bytes) -> Point:
    named = [name.content for name in point.crl_issuer if name.kind is NameKind.DIRECTORY]
    names = frozenset(map(_key, point.full_name))
    if point.relative_name is not None:
        # With several names it is not said to which of them the name is relative, so RFC 5280 forbids it.
        anchors = (named if len(named) == 1 else []) if point.crl_issuer else [issuer]
        names = frozenset(_composed(anchor, point.relative_name) for anchor in anchors)
    elif not point.full_name:
        names = frozenset(map(_key, point.crl_issuer))
    issuers = frozenset(filter(None, map(_canonical, named))) if point.crl_issuer else None
    return Point(names, issuers, ALL_REASONS if point.reasons is None else point.reasons & ALL_REASONS)


def point_names(scope: Scope, issuer: bytes) -> frozenset[Key] | None:
    """The names of a list's distribution point, None where it has none; `issuer` is the list's (DER)."""
    if not scope.point:
        return None
    if scope.relative_name is not None:
        return frozenset({_composed(issuer, scope.relative_name)})
    return frozenset(map(_key, scope.names))


def _key(name: GeneralName) -> Key:
    match name.kind:
        case NameKind.DIRECTORY:
            return name.kind, _canonical(name.content) or name.content
        case NameKind.URI:
            return name.kind, _folded(name.content)
        case NameKind.DNS:
            return name.kind, name.content.lower()
        case _:
            return name.kind, name.content


def _canonical(name: bytes) -> NameForm | None:
    try:
        return canonical(name)
    except DerError:
        return None


def _composed(issuer: bytes, relative: bytes) -> Key:
    """The name that an issuer's name and a relative one make together, both DER."""
    whole = der.wrap(der.SEQUENCE, der.read(issuer).content + relative)
    return NameKind.DIRECTORY, _canonical(whole) or whole


def _folded(url: bytes) -> bytes:
    """Case does not count in scheme and host (RFC 5280 section 7.4)."""
    scheme, colon, rest = url.partition(b"://")
    host, slash, path = rest.partition(b"/")
    return scheme.lower() + colon + host.lower() + slash + path


class Coverage(NamedTuple):
    """The reasons for which a list tells a certificate's status; without any, `why` is a half-sentence on the cause."""

    reasons: frozenset[int]
    why: str = ""


EVERYTHING = Coverage(ALL_REASONS)


def coverage(
    scope: Scope, names: frozenset[Key] | None, issuer: NameForm, element: Facts, given: Iterable[Point]
) -> Coverage:
    """For which reasons a list is about a certificate; `names` and `issuer` are the list's, `given` are its points."""
    if scope.only_attributes or _wrong_kind(scope, element):
        return Coverage(NONE, "it is not about certificates of this kind")
    reasons = NONE
    why = ""
    for point in given:
        if not (issuer == element.issuer if point.issuers is None else scope.indirect and issuer in point.issuers):
            continue
        if names is not None and names.isdisjoint(point.names):
            why = "it covers another distribution point than the certificate names"
            continue
        reasons |= point.reasons if scope.reasons is None else point.reasons & scope.reasons
    if reasons:
        return Coverage(reasons)
    return Coverage(NONE, why or _not_for_it(scope, issuer, element))


def _not_for_it(scope: Scope, issuer: NameForm, element: Facts) -> str:
    if scope.reasons is not None and issuer == element.issuer:
        return "it lists certificates revoked for none of the reasons that count"
    return "the certificate names its issuer as the issuer of its lists, and the list is not an indirect one"


def _wrong_kind(scope: Scope, element: Facts) -> bool:
    return (scope.only_users and _is_authority(element)) or (scope.only_authorities and not _is_authority(element))


def _is_authority(element: Facts) -> bool:
    constraints = element.certificate.basic_constraints if element.sound else None
    return constraints.certificate_authority if constraints is not None else element.authority is Authority.OLD_ROOT


def spelled(reasons: Iterable[int]) -> str:
    """The names of reasons, for a sentence."""
    return ", ".join(REASON_FLAGS[reason] for reason in sorted(reasons))
