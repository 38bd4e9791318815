"""The texts of a certificate: ``ToString`` and the members of ``X509Certificate2`` one by one.

Dates are printed as the invariant culture prints them, in the zone that is asked for.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.pki import oids
from certgate.pki.der import DerError
from certgate.pki.extensions import KeyUsage
from certgate.pki.keys import key_size
from certgate.pki.name_info import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.pki.certificate import Certificate

_SHOWN_NAMES = {"Simple": "SimpleName", "Email": "EmailName", "UPN": "UpnName", "DNS": "DnsName"}
_SIGNING = KeyUsage.DIGITAL_SIGNATURE | KeyUsage.NON_REPUDIATION | KeyUsage.KEY_CERT_SIGN | KeyUsage.CRL_SIGN
_EXCEPTION = "System.Security.Cryptography.CryptographicException"
_BROKEN_KEY = {"error": _EXCEPTION, "message": "ASN1 corrupted data."}
_BROKEN_DATE = {"error": _EXCEPTION, "message": "Error occurred during a cryptographic operation."}


def date_text(moment: datetime, zone: tzinfo | None = None) -> str:
    """``MM/dd/yyyy HH:mm:ss`` in `zone`, by default UTC: what ``GetEffectiveDateString`` gives."""
    local = moment.astimezone(zone or UTC)
    return f"{local:%m/%d/}{local.year:04}{local: %H:%M:%S}"


def to_string(certificate: Certificate, verbose: bool = False, zone: tzinfo | None = None) -> str:
    """``ToString()`` and ``ToString(true)``."""
    sections = list(_sections(certificate, zone))
    if verbose:
        sections = [*_verbose_sections(certificate, sections)]
    return "\n".join(f"[{title}]\n{text}\n" for title, text in sections)


def _sections(certificate: Certificate, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    yield "Subject", f"  {certificate.subject}"
    yield "Issuer", f"  {certificate.issuer}"
    yield "Serial Number", f"  {certificate.serial_number}"
    yield "Not Before", f"  {date_text(certificate.not_before, zone)}"
    yield "Not After", f"  {date_text(certificate.not_after, zone)}"
    yield "Thumbprint", f"  {certificate.thumbprint}"


def _verbose_sections(certificate: Certificate, sections: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield "Version", f"  V{certificate.version}"
    for title, text in sections:
        names = _names(certificate, title == "Issuer") if title in ("Subject", "Issuer") else ""
        yield title, text + names
    algorithm = certificate.signature_algorithm
    yield "Signature Algorithm", f"  {algorithm.friendly_name or ''}({algorithm.value})"
    yield "Public Key", _public_key(certificate)
    if certificate.has_private_key:
        yield "Private Key", ""
    if certificate.extensions:
        yield "Extensions", "\n".join(_extensions(certificate))


def _names(certificate: Certificate, issuer: bool) -> str:
    shown = ((title, certificate.name_info(kind, issuer)) for title, kind in _SHOWN_NAMES.items())
    return "".join(f"\n  {title} Name: {name}" for title, name in shown if name)


def _public_key(certificate: Certificate) -> str:
    key = certificate.public_key
    length = key.size if key.oid.value == oids.RSA and key.size is not None else ""
    parameters = (key.parameters or b"").hex().upper()
    return (
        f"  Algorithm: {key.oid.friendly_name or ''}\n  Length: {length}\n"
        f"  Key Blob: {key.key.hex().upper()}\n  Parameters: {parameters}"
    )


def _extensions(certificate: Certificate) -> Iterator[str]:
    for extension in certificate.extensions:
        yield f"* {extension.friendly_name or ''}({extension.oid}):\n  {extension.format(True)}"


def properties(certificate: Certificate, zone: tzinfo | None = None) -> dict[str, object]:
    """Each public member as text, number or boolean; byte arrays in upper-case hex, times in ISO 8601 UTC."""
    key, algorithm = certificate.public_key, certificate.signature_algorithm
    parameters = None if key.parameters is None else key.parameters.hex().upper()
    return {
        "Subject": certificate.subject,
        "Issuer": certificate.issuer,
        "SubjectName.Name": certificate.subject_name.text,
        "IssuerName.Name": certificate.issuer_name.text,
        "SubjectName.Format(true)": certificate.subject_name.format(True),
        "Thumbprint": certificate.thumbprint,
        "GetCertHashString(SHA256)": certificate.hash("sha256").hex().upper(),
        "SerialNumber": certificate.serial_number,
        "GetSerialNumberString": certificate.serial_number,
        "GetSerialNumber": certificate.serial_bytes[::-1].hex().upper(),
        "NotBefore": _or_error(lambda: _iso(certificate.not_before)),
        "NotAfter": _or_error(lambda: _iso(certificate.not_after)),
        "NotBefore.Kind": "Local",
        "Version": certificate.version,
        "GetEffectiveDateString": _or_error(lambda: date_text(certificate.not_before, zone)),
        "GetExpirationDateString": _or_error(lambda: date_text(certificate.not_after, zone)),
        "SignatureAlgorithm.Value": algorithm.value,
        "SignatureAlgorithm.FriendlyName": algorithm.friendly_name,
        "PublicKey.Oid.Value": key.oid.value,
        "PublicKey.Oid.FriendlyName": key.oid.friendly_name,
        "PublicKey.EncodedParameters": parameters,
        "GetKeyAlgorithm": key.oid.value,
        "GetKeyAlgorithmParametersString": parameters,
        "GetPublicKeyString": key.key.hex().upper(),
        "KeySize": _key_size(certificate),
        "GetFormat": "X509",
        "FriendlyName": "",
        "HasPrivateKey": certificate.has_private_key,
        "Archived": False,
        "ToString()": _or_error(lambda: to_string(certificate, False, zone)),
        "ToString(true)": _or_error(lambda: to_string(certificate, True, zone)),
        **{
            f"GetNameInfo({kind},{str(issuer).lower()})": certificate.name_info(kind, issuer)
            for kind in KINDS
            for issuer in (False, True)
        },
    }


def _or_error(read: Callable[[], str]) -> str | dict[str, str]:
    """What a member that needs a date gives; what .NET throws where the date is none."""
    try:
        return read()
    except InputError:
        return _BROKEN_DATE


def _iso(moment: datetime) -> str:
    return f"{moment.year:04}{moment:-%m-%dT%H:%M:%SZ}"


def _key_size(certificate: Certificate) -> int | dict[str, str] | None:
    """The size of the RSA, ECDSA or DSA key. An elliptic key that may only agree on keys is none of these to .NET."""
    key = certificate.public_key
    try:
        if key.oid.value == oids.EC and not _may_sign(certificate.key_usage):
            return None
        return key_size(key.oid.value, key.parameters, key.key)
    except (DerError, InputError):
        return _BROKEN_KEY


def _may_sign(usage: KeyUsage | None) -> bool:
    return usage is None or KeyUsage.KEY_AGREEMENT not in usage or bool(usage & _SIGNING)
