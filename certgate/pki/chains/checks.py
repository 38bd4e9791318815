"""The checks on a path: extensions, keys, signatures, dates and names, all faults of all elements.

Each fault carries the flag that .NET on Linux sets for it and a sentence that says why. Knows nothing of revocation or
of the purpose a certificate is wanted for. Source: RFC 5280 section 6, as OpenSSL 3 applies it inside .NET.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from certgate.pki import signatures
from certgate.pki.chains.facts import Authority
from certgate.pki.der import DerError
from certgate.pki.extension_rules import PROXY, RESOURCES
from certgate.pki.verdict import ChainStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certgate.pki.chains.facts import Facts
    from certgate.pki.chains.name_constraints import Breach
    from certgate.pki.chains.path import Path

MAX_COMPARISONS = 1 << 20
"""SECURITY: the most comparisons of names with constraints that one chain may cost; OpenSSL bounds each pair so."""
_MAX_REMEMBERED = 64 * 1024
"""SECURITY: the most bytes of issuers whose faults are remembered, so that strangers cannot fill the memory."""


class Stage(IntEnum):
    """The checks in the order they are made: the first fault of all decides whether .NET asks for revocation."""

    PATH = 0
    EXTENSIONS = 1
    KEYS = 2
    SIGNATURES = 3
    NAMES = 4


class Fault(NamedTuple):
    """`depth` is the element, 0 for the end certificate. `thrown` says that .NET throws instead of setting a flag."""

    depth: int
    stage: Stage
    status: ChainStatus
    reason: str
    thrown: bool = False


def faults(path: Path, now: datetime) -> tuple[Fault, ...]:
    """All that is wrong with a path, in the order in which it is found."""
    elements = path.elements
    found = [*_end(path), *issuer_faults(elements[1:], now), *leaf_faults(elements, now)]
    return tuple(sorted(found, key=_order)) if len(found) > 1 else tuple(found)


def _order(fault: Fault) -> tuple[int, int]:
    """Extensions are checked from the end certificate up, signatures and names from the top down."""
    return fault.stage, fault.depth if fault.stage <= Stage.KEYS else -fault.depth


def _end(path: Path) -> Iterator[Fault]:
    if path.trusted:
        return
    depth, last = len(path.elements) - 1, path.elements[-1]
    if path.too_long:
        reason = "the path is longer than .NET follows, and no trusted root has been reached"
        yield Fault(depth, Stage.PATH, ChainStatus.PARTIAL_CHAIN, reason, thrown=True)
    elif last.self_signed:
        reason = f"{title(last)} is self-signed, and is not among the trusted roots"
        yield Fault(depth, Stage.PATH, ChainStatus.UNTRUSTED_ROOT, reason)
    else:
        yield Fault(depth, Stage.PATH, ChainStatus.PARTIAL_CHAIN, _missing_issuer(last))


def _missing_issuer(last: Facts) -> str:
    if not last.sound:
        return f"{title(last)} has a broken extension, so no issuer of it can be found"
    name = last.certificate.issuer or "an empty name"
    return f"the issuer is missing: no certificate at hand fits, by name and key, as the issuer {name}"


def title(element: Facts) -> str:
    """How a certificate is called in a sentence."""
    return element.certificate.subject or "the certificate without a name"


def issuer_faults(issuers: tuple[Facts, ...], now: datetime) -> tuple[Fault, ...]:
    """What is wrong above the end certificate; remembered, since many end certificates share it."""
    small = sum([len(issuer.certificate.der) for issuer in issuers]) <= _MAX_REMEMBERED
    return _remembered_issuer_faults(issuers, now) if small else _issuer_faults(issuers, now)


def _issuer_faults(issuers: tuple[Facts, ...], now: datetime) -> tuple[Fault, ...]:
    found: list[Fault] = []
    budget = [MAX_COMPARISONS]
    length = 0
    for at, element in enumerate(issuers):
        depth = at + 1
        last = at == len(issuers) - 1
        found += _extension_faults(element, depth)
        found += _authority_faults(element, depth, last, length)
        found += _key_faults(element, depth)
        if not last:
            found += _signature_faults(element, issuers[at + 1], depth)
        elif element.self_signed:
            found += _own_signature_faults(element, depth)
        if not last or element.self_signed:
            found += _time_faults(element, depth, now)
        if not element.self_issued:
            found += _name_faults(element, issuers[depth:], depth, budget)
            length += 1
    return tuple(found)


_remembered_issuer_faults = lru_cache(maxsize=128)(_issuer_faults)


def leaf_faults(elements: tuple[Facts, ...], now: datetime) -> Iterator[Fault]:
    """What is wrong with the end certificate of a path, the first of these."""
    leaf = elements[0]
    yield from _extension_faults(leaf, 0)
    yield from _key_faults(leaf, 0, alone=len(elements) == 1)
    if len(elements) > 1:
        yield from _signature_faults(leaf, elements[1], 0)
    elif leaf.self_signed:
        yield from _own_signature_faults(leaf, 0)
    yield from _time_faults(leaf, 0, now)
    yield from _name_faults(leaf, elements[1:], 0, [MAX_COMPARISONS])


def _extension_faults(element: Facts, depth: int) -> Iterator[Fault]:
    if element.unknown_critical:
        reason = f"the critical extension {element.unknown_critical[0]} is not understood"
        yield Fault(depth, Stage.EXTENSIONS, ChainStatus.HAS_NOT_SUPPORTED_CRITICAL_EXTENSION, reason)
    kinds = element.kinds.found
    if PROXY in kinds:
        reason = "it is a proxy certificate, and these are not allowed"
        yield Fault(depth, Stage.EXTENSIONS, ChainStatus.INVALID_EXTENSION, reason, thrown=True)
    if depth == 0 and not RESOURCES.isdisjoint(kinds):
        # SECURITY: .NET accepts these only where every issuer holds the same resources; here they are always refused.
        reason = "it claims internet addresses (RFC 3779), which are not evaluated here"
        yield Fault(depth, Stage.EXTENSIONS, ChainStatus.INVALID_EXTENSION, reason)


def _authority_faults(element: Facts, depth: int, last: bool, length: int) -> Iterator[Fault]:
    """`length` is how many issuers below are not self-issued."""
    status = ChainStatus.INVALID_BASIC_CONSTRAINTS
    if element.authority is Authority.NO:
        why = (
            "its key usage does not let it sign certificates" if not element.may_sign else "it is not a CA certificate"
        )
        yield Fault(depth, Stage.EXTENSIONS, status, f"{why}, yet it issued the one below")
    elif element.authority is not Authority.YES and not last:
        reason = "nothing but a basic constraints extension makes an intermediate certificate a CA, and it has none"
        yield Fault(depth, Stage.EXTENSIONS, status, reason)
    allowed = element.path_length
    if depth > 1 and allowed is not None and length > allowed:
        reason = f"it allows {allowed} CA certificates below it, and there are {length}"
        yield Fault(depth, Stage.EXTENSIONS, status, reason)


def _key_faults(element: Facts, depth: int, alone: bool = False) -> Iterator[Fault]:
    if not element.readable_key:
        reason = "its public key cannot be read"
        yield Fault(depth, Stage.KEYS, ChainStatus.NOT_SIGNATURE_VALID, reason, thrown=True)
    elif element.spells_curve_out and not alone:
        reason = "its public key spells its curve out instead of naming it, which is not allowed in a chain"
        yield Fault(depth, Stage.EXTENSIONS, ChainStatus.NOT_SIGNATURE_VALID, reason, thrown=True)


def _signature_faults(element: Facts, issuer: Facts, depth: int) -> Iterator[Fault]:
    if not issuer.may_sign:
        reason = "its key usage does not let it sign certificates"
        yield Fault(depth + 1, Stage.SIGNATURES, ChainStatus.INVALID_BASIC_CONSTRAINTS, reason)
    if not signatures.issued(element.certificate, issuer.certificate):
        reason = f"its signature was not made by the key of {title(issuer)}"
        yield Fault(depth, Stage.SIGNATURES, ChainStatus.NOT_SIGNATURE_VALID, reason)


def _own_signature_faults(element: Facts, depth: int) -> Iterator[Fault]:
    constraints = element.certificate.basic_constraints
    if constraints is not None and constraints.certificate_authority and not element.may_sign:
        reason = "its key usage does not let it sign certificates, itself included"
        yield Fault(depth, Stage.SIGNATURES, ChainStatus.INVALID_BASIC_CONSTRAINTS, reason)
    if not signatures.issued(element.certificate, element.certificate):
        reason = "it is self-signed, but the signature was not made by its own key"
        yield Fault(depth, Stage.SIGNATURES, ChainStatus.NOT_SIGNATURE_VALID, reason)


def _time_faults(element: Facts, depth: int, now: datetime) -> Iterator[Fault]:
    if element.in_time(now):
        return
    # Imported here: most certificates are in time.
    from certgate.core.duration import span

    start, end = element.not_before, element.not_after
    if start is None or end is None:
        reason = "one of its dates cannot be read"
    elif start > now:
        reason = f"becomes valid in {span(start - now)} ({start:%Y-%m-%d %H:%M} UTC)"
    else:
        reason = f"expired {span(now - end)} ago ({end:%Y-%m-%d %H:%M} UTC)"
    yield Fault(depth, Stage.SIGNATURES, ChainStatus.NOT_TIME_VALID, reason)


def _name_faults(element: Facts, above: tuple[Facts, ...], depth: int, budget: list[int]) -> Iterator[Fault]:
    """`budget` is what is left of the comparisons, in its only member."""
    for issuer in reversed(above):
        constraints = issuer.name_constraints
        if constraints is None:
            continue
        try:
            names = element.names
        except DerError:
            reason = "its names cannot be read, so nothing can be said about the name constraints above it"
            yield Fault(depth, Stage.NAMES, ChainStatus.INVALID_NAME_CONSTRAINTS, reason)
            return
        # Imported here: few authorities have name constraints.
        from certgate.pki.chains import name_constraints

        budget[0] -= name_constraints.cost(names, constraints)
        if budget[0] < 0:
            # SECURITY: a few thousand names against as many constraints would take minutes.
            reason = "there are too many names and name constraints to compare"
            yield Fault(depth, Stage.NAMES, ChainStatus.INVALID_NAME_CONSTRAINTS, reason, thrown=True)
            return
        if match := name_constraints.breach(names, constraints, depth == 0):
            yield Fault(depth, Stage.NAMES, _status(match.breach), f"{match} of {title(issuer)}")


def _status(breach: Breach) -> ChainStatus:
    from certgate.pki.chains.name_constraints import Breach

    match breach:
        case Breach.NOT_PERMITTED:
            return ChainStatus.HAS_NOT_PERMITTED_NAME_CONSTRAINT
        case Breach.EXCLUDED:
            return ChainStatus.HAS_EXCLUDED_NAME_CONSTRAINT
        case Breach.LIMITS | Breach.KIND:
            return ChainStatus.HAS_NOT_SUPPORTED_NAME_CONSTRAINT
        case Breach.SYNTAX:
            return ChainStatus.INVALID_NAME_CONSTRAINTS
