"""Constructors of ``X509Certificate`` and ``X509Certificate2``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.x509.door import load_certificate
from certgate.csharp.dotnet.x509.values import (
    CERTIFICATE,
    CERTIFICATE_BASE,
    STORAGE_FLAGS,
    CertificateValue,
    OlderCertificateValue,
)
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.values import EnumValue, enum_value, text_of

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import TypeDefinition
    from certgate.csharp.values import ByteArray

_PERSISTENT, _EPHEMERAL = 16, 32
_ALL_FLAGS = 63


def _declare(definition: TypeDefinition, made: type[CertificateValue], data: str, other_name: str) -> None:
    """The constructors that both classes have; `data` and `other_name` are parameters named differently."""
    name = definition.name

    @definition.constructor(f"{name}(byte[] {data})", ambient=True)
    def make(run: Evaluation, content: ByteArray | None) -> CertificateValue:
        """No bytes make a certificate whose members throw."""
        return made(load_certificate(bytes(content)) if content else None, run.zone)

    @definition.constructor(f"{name}(byte[] rawData, string password)", ambient=True)
    def make_protected(run: Evaluation, content: ByteArray | None, password: str | None) -> CertificateValue:
        if not content:
            raise faults.argument("Array may not be empty or null.", "rawData")
        return made(load_certificate(bytes(content), password), run.zone)

    @definition.constructor(
        f"{name}(byte[] rawData, string password, X509KeyStorageFlags keyStorageFlags)", ambient=True
    )
    def make_stored(
        run: Evaluation, content: ByteArray | None, password: str | None, flags: EnumValue
    ) -> CertificateValue:
        """Where the key would be stored changes nothing that an expression sees."""
        if content:
            _check(flags.value)
        return make_protected(run, content, password)

    @definition.constructor(f"{name}(X509Certificate {other_name})")
    def make_copy(other: CertificateValue | None) -> CertificateValue:
        if other is None:
            raise faults.argument_null("cert")
        return made(other.held, other.zone)

    @definition.constructor(f"{name}()")
    def make_empty() -> CertificateValue:
        return made(None)

    for parameters in ("", ", string password", ", string password, X509KeyStorageFlags keyStorageFlags"):
        definition.constructor(f"{name}(string fileName{parameters})")(_from_file)


def _from_file(*_: object) -> CertificateValue:
    """SECURITY: no expression reads a file."""
    raise UnsupportedReached("certgate reads no certificate from a file of the gateway")


def _check(flags: int) -> None:
    if flags & ~_ALL_FLAGS:
        raise faults.argument("Value of flags is invalid.", "keyStorageFlags")
    both = _PERSISTENT | _EPHEMERAL
    if flags & both == both:
        names = text_of(enum_value(STORAGE_FLAGS, both))
        raise faults.argument(f"The flags '{names}' may not be specified together.", "keyStorageFlags")


_declare(CERTIFICATE_BASE, OlderCertificateValue, "data", "cert")
_declare(CERTIFICATE, CertificateValue, "rawData", "certificate")
