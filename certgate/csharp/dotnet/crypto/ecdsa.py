"""``ECDsa``: signatures by elliptic curves, in .NET's form of two numbers side by side unless DER is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.crypto.asymmetric import MEMBERS, NAMESPACE, KeyValue, bring, private_key, signed_part
from certgate.csharp.dotnet.crypto.entropy import mark
from certgate.csharp.dotnet.crypto.hash_names import HashNameValue
from certgate.csharp.dotnet.crypto.hashes import compute, given
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached, charge_steps
from certgate.csharp.types import define, define_enum
from certgate.csharp.values import ByteArray

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.values import EnumValue

ECDSA = define(
    f"{NAMESPACE}.ECDsa",
    bases=(f"{NAMESPACE}.AsymmetricAlgorithm",),
    abstract=True,
    known=MEMBERS + "ExportECPrivateKey ExportECPrivateKeyPem ExportExplicitParameters ExportParameters GenerateKey "
    "GetMaxSignatureSize ImportECPrivateKey ImportParameters SignData SignHash TryExportECPrivateKey TrySignData "
    "TrySignHash VerifyData VerifyHash",
)
OPENSSL = define(f"{NAMESPACE}.ECDsaOpenSsl", bases=(f"{NAMESPACE}.ECDsa",), known=f"{MEMBERS} DuplicateKeyHandle")
WRAPPER = define(f"{NAMESPACE}.ECDsaWrapper", bases=(f"{NAMESPACE}.ECDsa",), known=MEMBERS)
"""What ``ECDsa.Create()`` makes, a class that no program can name."""
CNG = define(f"{NAMESPACE}.ECDsaCng", bases=(f"{NAMESPACE}.ECDsa",), known=f"{MEMBERS} HashAlgorithm Key")
FORMAT = define_enum(
    f"{NAMESPACE}.DSASignatureFormat", {"IeeeP1363FixedFieldConcatenation": 0, "Rfc3279DerSequence": 1}
)
_SIDE_BY_SIDE, _DER = 0, 1
_DEFAULT_SIZE = 521
_STEPS = 2_000


@ECDSA.method("static ECDsa Create()")
def create() -> KeyValue:
    return KeyValue(WRAPPER, _DEFAULT_SIZE)


@ECDSA.method("void ImportECPrivateKey(byte[] source, out int bytesRead)")
def import_private(self: KeyValue, source: ByteArray | None) -> tuple[None, int]:
    return bring(self, source, private_key)


def _prehashed(hashed: bytes) -> Any:
    """The digest by its size: what is signed is the digest, whatever made it."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

    kinds: dict[int, Any] = {20: hashes.SHA1, 32: hashes.SHA256, 48: hashes.SHA384, 64: hashes.SHA512}
    kind = kinds.get(len(hashed))
    if kind is None:
        raise UnsupportedReached("certgate signs digests of 20, 32, 48 and 64 bytes only")
    return ec.ECDSA(Prehashed(kind()))


def sign(run: Evaluation, self: KeyValue, hashed: bytes, form: int = _SIDE_BY_SIDE) -> ByteArray:
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    charge_steps(_STEPS)
    mark(run)
    made = self.private_key.sign(hashed, _prehashed(hashed))
    if form == _DER:
        return ByteArray(made)
    width = (self.size + 7) // 8
    return ByteArray(b"".join(number.to_bytes(width, "big") for number in decode_dss_signature(made)))


def verify(self: KeyValue, hashed: bytes, signature: bytes, form: int = _SIDE_BY_SIDE) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    charge_steps(_STEPS)
    width = (self.size + 7) // 8
    if form == _SIDE_BY_SIDE:
        if len(signature) != 2 * width:
            return False
        halves = signature[:width], signature[width:]
        signature = encode_dss_signature(*(int.from_bytes(half, "big") for half in halves))
    try:
        self.public_key.verify(signature, hashed, _prehashed(hashed))
    except (InvalidSignature, ValueError):
        return False
    return True


def _form(value: EnumValue) -> int:
    if value.value not in (_SIDE_BY_SIDE, _DER):
        raise faults.not_valid("signatureFormat")
    return value.value


_NAME = "HashAlgorithmName hashAlgorithm"
_FORM = "DSASignatureFormat signatureFormat"


@ECDSA.method(f"byte[] SignData(byte[] data, {_NAME})", ambient=True)
def sign_data(run: Evaluation, self: KeyValue, data: ByteArray | None, name: HashNameValue) -> ByteArray:
    content = given(data, "data")
    return sign(run, self, compute(name.digest_name(), content))


@ECDSA.method(f"byte[] SignData(byte[] data, {_NAME}, {_FORM})", ambient=True)
def sign_data_as(
    run: Evaluation, self: KeyValue, data: ByteArray | None, name: HashNameValue, form: EnumValue
) -> ByteArray:
    content = given(data, "data")
    return sign(run, self, compute(name.digest_name(), content), _form(form))


@ECDSA.method(f"byte[] SignData(byte[] data, int offset, int count, {_NAME})", ambient=True)
def sign_part(
    run: Evaluation, self: KeyValue, data: ByteArray | None, offset: int, count: int, name: HashNameValue
) -> ByteArray:
    content = signed_part(data, offset, count)
    return sign(run, self, compute(name.digest_name(), content))


@ECDSA.method("byte[] SignHash(byte[] hash)", ambient=True)
def sign_hash(run: Evaluation, self: KeyValue, hashed: ByteArray | None) -> ByteArray:
    return sign(run, self, given(hashed, "hash"))


@ECDSA.method(f"byte[] SignHash(byte[] hash, {_FORM})", ambient=True)
def sign_hash_as(run: Evaluation, self: KeyValue, hashed: ByteArray | None, form: EnumValue) -> ByteArray:
    return sign(run, self, given(hashed, "hash"), _form(form))


@ECDSA.method(f"bool VerifyData(byte[] data, byte[] signature, {_NAME})")
def verify_data(self: KeyValue, data: Any, signature: Any, name: HashNameValue) -> bool:
    content, sealed = given(data, "data"), given(signature, "signature")
    return verify(self, compute(name.digest_name(), content), sealed)


@ECDSA.method(f"bool VerifyData(byte[] data, byte[] signature, {_NAME}, {_FORM})")
def verify_data_as(self: KeyValue, data: Any, signature: Any, name: HashNameValue, form: EnumValue) -> bool:
    content, sealed = given(data, "data"), given(signature, "signature")
    return verify(self, compute(name.digest_name(), content), sealed, _form(form))


@ECDSA.method("bool VerifyHash(byte[] hash, byte[] signature)")
def verify_hash(self: KeyValue, hashed: Any, signature: Any) -> bool:
    digest = given(hashed, "hash")
    return verify(self, digest, given(signature, "signature"))


@ECDSA.method(f"bool VerifyHash(byte[] hash, byte[] signature, {_FORM})")
def verify_hash_as(self: KeyValue, hashed: Any, signature: Any, form: EnumValue) -> bool:
    digest = given(hashed, "hash")
    return verify(self, digest, given(signature, "signature"), _form(form))
