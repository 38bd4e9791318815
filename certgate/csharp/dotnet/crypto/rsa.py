"""``RSA`` and ``RSACryptoServiceProvider``: making one, its numbers, its XML. What is done with it: ``rsa_use.py``."""

from __future__ import annotations

import re
from typing import Any

from certgate.csharp.dotnet.crypto import rsa_use
from certgate.csharp.dotnet.crypto.asymmetric import (
    ALGORITHM,
    BAD_KEY,
    KeyValue,
    bring,
    charge_check,
    declare_key_size,
    pem,
    private_key,
    public_key,
)
from certgate.csharp.dotnet.crypto.cipher_modes import legal
from certgate.csharp.dotnet.crypto.rsa_parameters import ParametersValue, parameters
from certgate.csharp.dotnet.crypto.rsa_types import CNG, OPENSSL, PROVIDER, RSA, WRAPPER
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.values import ByteArray

PARTS = (rsa_use,)
"""The module that declares more members of the same types."""
_SIZES = ((512, 16384, 8),)
_DEFAULT_SIZE = 2048
_PROVIDER_SIZE = 1024


@RSA.method("static RSA Create()")
def create() -> KeyValue:
    return KeyValue(WRAPPER, _DEFAULT_SIZE)


@RSA.method("static RSA Create(int keySizeInBits)")
def create_sized(size: int) -> KeyValue:
    if not legal(size, _SIZES):
        raise faults.cryptographic(BAD_KEY)
    return KeyValue(WRAPPER, size)


@RSA.method("static RSA Create(RSAParameters parameters)")
def create_of(given: ParametersValue) -> KeyValue:
    made = create()
    import_parameters(made, given)
    return made


@OPENSSL.constructor("RSAOpenSsl()")
def make_openssl() -> KeyValue:
    return KeyValue(OPENSSL, _DEFAULT_SIZE)


@CNG.constructor("RSACng()")
def make_cng() -> KeyValue:
    message = "Windows Cryptography Next Generation (CNG) is not supported on this platform."
    raise faults.thrown("System.PlatformNotSupportedException", message)


@PROVIDER.constructor("RSACryptoServiceProvider()")
def make_provider() -> KeyValue:
    return KeyValue(PROVIDER, _PROVIDER_SIZE)


@PROVIDER.constructor("RSACryptoServiceProvider(int dwKeySize)")
def make_provider_sized(size: int) -> KeyValue:
    if size < 0:
        raise faults.negative("dwKeySize", size)
    made = create_sized(size or _PROVIDER_SIZE)
    return KeyValue(PROVIDER, made.size)


# -- numbers ---------------------------------------------------------------------------------------


@CNG.method("void ImportParameters(RSAParameters parameters)")
@PROVIDER.method("void ImportParameters(RSAParameters parameters)")
@RSA.method("void ImportParameters(RSAParameters parameters)")
def import_parameters(self: KeyValue, given: ParametersValue) -> None:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateNumbers, RSAPublicNumbers

    numbers = given.numbers()
    size = numbers["Modulus"].bit_length()
    if size > 16384:
        raise UnsupportedReached("certgate does not take an RSA key of more than 16,384 bits")
    if given.private:
        charge_check(size * 1_200 // 2_048)
    public = RSAPublicNumbers(numbers["Exponent"], numbers["Modulus"])
    try:
        if given.private:
            p, q, d, dp, dq, inverse = (numbers[name] for name in ("P", "Q", "D", "DP", "DQ", "InverseQ"))
            self.take(RSAPrivateNumbers(p, q, d, dp, dq, inverse, public).private_key())
        else:
            self.take(public.public_key())
    except ValueError:
        raise UnsupportedReached("certgate does not know what .NET says of numbers that make no RSA key") from None


@CNG.method("RSAParameters ExportParameters(bool includePrivateParameters)")
@PROVIDER.method("RSAParameters ExportParameters(bool includePrivateParameters)")
@RSA.method("RSAParameters ExportParameters(bool includePrivateParameters)")
def export_parameters(self: KeyValue, private: bool) -> ParametersValue:
    public = self.public_key.public_numbers()
    numbers = {"Modulus": public.n, "Exponent": public.e}
    if private:
        own = self.outgoing.private_numbers()
        numbers |= {"D": own.d, "P": own.p, "Q": own.q, "DP": own.dmp1, "DQ": own.dmq1, "InverseQ": own.iqmp}
    return parameters(numbers)


_XML_NAMES = ("Modulus", "Exponent", "P", "Q", "DP", "DQ", "InverseQ", "D")
"""In the order in which they are written."""


@ALGORITHM.method("string ToXmlString(bool includePrivateParameters)")
@RSA.method("string ToXmlString(bool includePrivateParameters)")
def to_xml(self: KeyValue, private: bool) -> str:
    from base64 import b64encode

    if self.net_type.full_name.endswith("ECDsa"):
        raise faults.thrown(
            "System.NotImplementedException",
            "Method not supported. Derived class must override.",
        )
    parts = export_parameters(self, private).parts
    inner = "".join(
        f"<{name}>{b64encode(bytes(parts[name])).decode()}</{name}>" for name in _XML_NAMES if name in parts
    )
    return f"<RSAKeyValue>{inner}</RSAKeyValue>"


@ALGORITHM.method("void FromXmlString(string xmlString)")
@RSA.method("void FromXmlString(string xmlString)")
def from_xml(self: KeyValue, text: str | None) -> None:
    from base64 import b64decode

    if text is None:
        raise faults.argument_null("xmlString")
    charge_steps(len(text) >> 4)
    outer = re.fullmatch(r"\s*<RSAKeyValue>(.*)</RSAKeyValue>\s*", text, re.DOTALL)
    if outer is None:
        raise UnsupportedReached("certgate reads an RSA key from XML only as .NET writes it")
    parts: dict[str, ByteArray] = {}
    for name, content in re.findall(r"<(\w+)>([A-Za-z0-9+/=\s]*)</\1>", outer[1]):
        try:
            parts[name] = ByteArray(b64decode("".join(content.split()), validate=True))
        except ValueError:
            raise UnsupportedReached("certgate does not know what .NET says of this XML") from None
    import_parameters(self, ParametersValue({name: part for name, part in parts.items() if name in _XML_NAMES}))


# -- PKCS#1 ----------------------------------------------------------------------------------------


@RSA.method("void ImportRSAPublicKey(byte[] source, out int bytesRead)")
def import_public(self: KeyValue, source: ByteArray | None) -> tuple[None, int]:
    return bring(self, source, public_key)


@RSA.method("void ImportRSAPrivateKey(byte[] source, out int bytesRead)")
def import_private(self: KeyValue, source: ByteArray | None) -> tuple[None, int]:
    return bring(self, source, private_key)


@RSA.method("byte[] ExportRSAPublicKey()")
def export_public(self: KeyValue) -> ByteArray:
    return ByteArray(_public(self))


@RSA.method("byte[] ExportRSAPrivateKey()")
def export_private(self: KeyValue) -> ByteArray:
    return ByteArray(_private(self))


@RSA.method("string ExportRSAPublicKeyPem()")
def export_public_pem(self: KeyValue) -> str:
    return pem("RSA PUBLIC KEY", _public(self))


@RSA.method("string ExportRSAPrivateKeyPem()")
def export_private_pem(self: KeyValue) -> str:
    return pem("RSA PRIVATE KEY", _private(self))


def _public(self: KeyValue) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return bytes(self.public_key.public_bytes(Encoding.DER, PublicFormat.PKCS1))


def _private(self: KeyValue) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return bytes(self.outgoing.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()))


for _definition in (OPENSSL, CNG, PROVIDER):
    declare_key_size(_definition)


# -- what only the older class has -----------------------------------------------------------------


@PROVIDER.property("bool PublicOnly")
def get_public_only(self: KeyValue) -> bool:
    return not self.is_private


@PROVIDER.property("bool PersistKeyInCsp { get; set; }")
def get_persist(self: KeyValue) -> bool:
    return False


@get_persist.set
def set_persist(self: KeyValue, value: bool) -> Any:
    """There is no key store outside Windows."""


PROVIDER.property("string SignatureAlgorithm")(lambda self: "http://www.w3.org/2000/09/xmldsig#rsa-sha1")
