"""Looking after the folder of a trust store: what is in it, what to add, what to remove, what is wrong with it.

Decides and names files; writing and deleting them is left to the caller. Nothing is ever overwritten.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from certgate.core.errors import InputError, UsageError
from certgate.core.source import Place
from certgate.core.value import frozen
from certgate.pki.extensions import KeyUsage
from certgate.pki.files.load import load, load_all
from certgate.pki.names import Name
from certgate.pki.revocation import crl
from certgate.pki.stores.trust import Part, StoredCrl, TrustStore, read_crls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from certgate.core.source import Source
    from certgate.pki.certificate import Certificate

_COMMON_NAME = "2.5.4.3"
_LIST = b"-----BEGIN X509 CRL-----"
_ID = re.compile(r"[^\x00-\x20/\\:*?\"<>|#&+.][^\x00-\x1f/\\:*?\"<>|#&+]{0,79}")
"""SECURITY: an id becomes a file name, hence nothing that leads out of the folder; API Management allows no more."""
_SLUG_LENGTH = 48


@frozen
class Entry:
    """One certificate or revocation list of a store. `id` only for uploaded certificates.

    For a revocation list `subject` is its issuer, `thumbprint` the SHA-1 of its DER and `not_after` its next update.
    """

    kind: Part
    id: str | None
    file: str
    subject: str
    thumbprint: str
    not_after: datetime | None


@frozen
class Addition:
    """A file to write: `data` is DER. Where `present` names a file that holds the same already, nothing is to do."""

    kind: Part
    path: Path
    data: bytes
    subject: str
    present: str | None = None


@frozen
class Plan:
    """What adding a file would write, and which of its certificates would be left out since they are no authorities."""

    additions: tuple[Addition, ...]
    left_out: tuple[Certificate, ...] = ()


def entries(store: TrustStore) -> list[Entry]:
    """Everything in a store, in the order of its parts and files."""
    return [
        *(_entry(Part.ROOT, None, one) for one in store.roots),
        *(_entry(Part.INTERMEDIATE, None, one) for one in store.intermediates),
        *(_entry(Part.CERTIFICATE, name, one) for name, one in _uploads(store)),
        *(_crl_entry(one) for one in store.crls),
    ]


def _uploads(store: TrustStore) -> Iterator[tuple[str, Certificate]]:
    """The uploaded certificates by id, of those that were renewed both versions."""
    for name, one in store.certificates.items():
        if name in store.rotations:
            yield name, store.rotations[name].old
        yield name, one


def _entry(kind: Part, identifier: str | None, certificate: Certificate) -> Entry:
    return Entry(kind, identifier, certificate.source, certificate.subject, certificate.thumbprint, expiry(certificate))


def _crl_entry(stored: StoredCrl) -> Entry:
    listed = crl.parse(stored.der)
    return Entry(Part.CRL, None, stored.source, Name(listed.issuer).text, _thumbprint(stored.der), listed.next_update)


def _thumbprint(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest().upper()


def expiry(certificate: Certificate) -> datetime | None:
    """``NotAfter``; None where it cannot be read."""
    try:
        return certificate.not_after
    except InputError:
        return None


def is_authority(certificate: Certificate) -> bool:
    """Whether a certificate may issue others: basic constraints say so, or it is a root from before there were any."""
    try:
        constraints = certificate.basic_constraints
    except InputError:
        return False
    if constraints is None:
        return certificate.version < 3 and is_self_issued(certificate)
    return constraints.certificate_authority


def is_self_issued(certificate: Certificate) -> bool:
    return certificate.subject_name.raw == certificate.issuer_name.raw


def is_self_signed(certificate: Certificate) -> bool:
    """Whether it names itself as its issuer and no other key as the one that signed it.

    Else an authority has changed its key, and its new or old certificate stands under the other one.
    """
    if not is_self_issued(certificate):
        return False
    # Imported here: most certificates name somebody else.
    from certgate.pki import signatures
    from certgate.pki.chains.facts import facts

    return facts(certificate).self_signed or signatures.issued(certificate, certificate)


def signs_lists(certificate: Certificate) -> bool:
    """Whether a certificate is no authority, but one for signing revocation lists: its key usage says so."""
    try:
        usage = certificate.key_usage
    except InputError:
        return False
    return usage is not None and KeyUsage.CRL_SIGN in usage and not is_authority(certificate)


def plan(
    source: Source,
    folder: Path,
    store: TrustStore,
    *,
    kind: Part | None = None,
    identifier: str | None = None,
    password: str | None = None,
    ask: Callable[[], str] | None = None,
) -> Plan:
    """What adding a file to a store would write, none of it written yet.

    Without `kind` the content tells: a self-signed CA certificate is a root, another one an intermediate, and so is one
    for signing revocation lists; a revocation list is a revocation list. Other certificates beside them (a PFX holds a
    leaf) are left out. Private keys are never written. Raises InputError ``not-a-ca``, ``id-taken`` and what
    :func:`load_all` raises; UsageError ``id-invalid``.
    """
    if identifier is not None and kind is None:
        kind = Part.CERTIFICATE
    if identifier is not None and kind is not Part.CERTIFICATE:
        raise UsageError("--id is for --as certificate; other entries have no id", code="id-invalid")
    match kind:
        case Part.CERTIFICATE:
            leaf = load(source, password, ask=ask).leaf
            return Plan((_uploaded(leaf, folder, store, identifier, source.name),))
        case Part.CRL:
            return _lists(source, folder, store)
        case Part.ROOT | Part.INTERMEDIATE:
            return _authorities(load_all(source, password, ask=ask), folder, store, kind, source.name)
        case None:
            return _told_by_content(source, folder, store, password, ask)


def _told_by_content(
    source: Source, folder: Path, store: TrustStore, password: str | None, ask: Callable[[], str] | None
) -> Plan:
    try:
        found = load_all(source, password, ask=ask)
    except InputError as error:
        if error.code != "is-crl":
            raise
        return _lists(source, folder, store)
    plan = _authorities(found, folder, store, None, source.name)
    if _LIST not in source.data:
        return plan
    return Plan((*plan.additions, *_lists(source, folder, store).additions), plan.left_out)


def _authorities(found: Sequence[Certificate], folder: Path, store: TrustStore, kind: Part | None, name: str) -> Plan:
    authorities = [one for one in found if is_authority(one) or (kind is not Part.ROOT and signs_lists(one))]
    if not authorities:
        raise InputError(
            f"is not a CA certificate: {found[0].subject or found[0].thumbprint}",
            code="not-a-ca",
            place=Place(name),
            hint="an uploaded certificate is added with: --as certificate --id ID",
        )
    additions = tuple(_authority(one, folder, store, kind) for one in authorities)
    return Plan(additions, tuple(one for one in found if one not in authorities))


def _authority(certificate: Certificate, folder: Path, store: TrustStore, kind: Part | None) -> Addition:
    kind = kind or (Part.ROOT if is_authority(certificate) and is_self_signed(certificate) else Part.INTERMEDIATE)
    there = store.roots if kind is Part.ROOT else store.intermediates
    present = next((one.source for one in there if one == certificate), None)
    name = f"{_slug(certificate.subject_name)}-{certificate.thumbprint[:8].lower()}.cer"
    return Addition(kind, folder / kind.folder / name, certificate.der, certificate.subject, present)


def _uploaded(certificate: Certificate, folder: Path, store: TrustStore, identifier: str | None, name: str) -> Addition:
    identifier = PurePath(name).stem if identifier is None else identifier
    if not _ID.fullmatch(identifier) or identifier.endswith((" ", ".")):
        raise UsageError(
            f"'{identifier}' cannot be the id of a certificate",
            code="id-invalid",
            hint="give one with --id: up to 80 characters that a file name may hold",
        )
    there = store.certificates.get(identifier)
    if there is not None and there != certificate:
        raise InputError(
            f"'{identifier}' is the id of another certificate: {there.subject}",
            code="id-taken",
            place=Place(there.source),
            hint=f"remove it first: certgate store remove {identifier}",
        )
    path = folder / Part.CERTIFICATE.folder / f"{identifier}.cer"
    source = there.source if there is not None else None
    return Addition(Part.CERTIFICATE, path, certificate.der, certificate.subject, source)


def _lists(source: Source, folder: Path, store: TrustStore) -> Plan:
    return Plan(tuple(_listed(one, folder, store) for one in read_crls(source)))


def _listed(stored: StoredCrl, folder: Path, store: TrustStore) -> Addition:
    present = next((one.source for one in store.crls if one.der == stored.der), None)
    issuer = Name(crl.parse(stored.der).issuer)
    name = f"{_slug(issuer)}-{_thumbprint(stored.der)[:8].lower()}.crl"
    return Addition(Part.CRL, folder / Part.CRL.folder / name, stored.der, issuer.text, present)


def _slug(name: Name) -> str:
    """A part of a file name that reminds of a subject: ``contoso-root-ca``."""
    values = [attribute for relative in name.attributes for attribute in relative]
    chosen = [one.text for one in values if one.oid == _COMMON_NAME] or [one.text for one in reversed(values)]
    plain = unicodedata.normalize("NFKD", chosen[0] if chosen else "").encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LENGTH].strip("-") or "certificate"


def find(store: TrustStore, wanted: str) -> Entry:
    """The entry that an id, a file name or the start of a thumbprint (8 digits or more) names.

    Raises InputError ``entry-unknown``, ``entry-ambiguous`` with the candidates, ``file-shared`` where a thumbprint
    names one of several certificates in a file.
    """
    everything = entries(store)
    digits = re.sub(r"[\s:]", "", wanted).upper()
    by_thumbprint = re.fullmatch(r"[0-9A-F]{8,40}", digits) is not None
    named = [one for one in everything if wanted == one.id or _names_file(wanted, one.file)]
    matches = named or [one for one in everything if by_thumbprint and one.thumbprint.startswith(digits)]
    files = sorted({one.file for one in matches})
    if len(files) == 1:
        if not named and any(one.file == files[0] and one not in matches for one in everything):
            message = f"{files[0]} holds other certificates too"
            raise InputError(message, code="file-shared", hint="name the file to remove all that it holds")
        return matches[0]
    if not files:
        raise InputError(
            f"nothing in the store is called '{wanted}'",
            code="entry-unknown",
            hint="give an id, a file name, or the first 8 digits of a thumbprint: certgate store list",
        )
    raise InputError(
        f"'{wanted}' may be {' or '.join(files)}", code="entry-ambiguous", hint="give the path of the file"
    )


def _names_file(wanted: str, file: str) -> bool:
    return wanted in (file, PurePath(file).name) or PurePath(wanted) == PurePath(file)
