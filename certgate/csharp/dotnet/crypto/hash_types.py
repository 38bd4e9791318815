"""The digests that .NET has: SHA1 to SHA512, MD5, their older classes and their HMACs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from certgate.csharp.dotnet.crypto.entropy import draw
from certgate.csharp.dotnet.crypto.hashes import (
    BITS,
    KEYED_MEMBERS,
    MEMBERS,
    NAMESPACE,
    HashValue,
    compute,
    given,
    rest_of,
)
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import ByteArray

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import TypeDefinition

_STATIC = "HashData HashDataAsync HashSizeInBits HashSizeInBytes TryHashData "
_KEY_SIZES = {"SHA384": 128, "SHA512": 128}
"""Bytes of the key that .NET makes where none is given; 64 for the others."""
_MAKERS: dict[str, Callable[[Evaluation], HashValue]] = {}
"""Name by which ``HashAlgorithm.Create`` knows an algorithm, in upper case -> what makes one."""


def by_name(run: Evaluation, name: str | None) -> HashValue | None:
    """What the configuration of .NET calls by that name; null for a name that it has not."""
    if name is None:
        raise faults.argument_null("name")
    maker = _MAKERS.get(name.removeprefix(f"{NAMESPACE}.").upper())
    return maker(run) if maker is not None else None


def _digest_by_name(definition: TypeDefinition, run: Evaluation, name: str | None) -> HashValue | None:
    """The same where the result has to be this digest."""
    found = by_name(run, name)
    if found is not None and found.digest != definition.name.lower():
        raise UnsupportedReached(f"certgate does not know what {definition.name}.Create makes of {name}")
    return found


def _compute(digest: str, source: ByteArray | None) -> ByteArray:
    return ByteArray(compute(digest, given(source, "source")))


def _compute_keyed(digest: str, key: ByteArray | None, source: ByteArray | None) -> ByteArray:
    secret = given(key, "key")
    return ByteArray(compute(digest, given(source, "source"), secret))


def _declare_digest(name: str) -> None:
    digest, bits = name.lower(), BITS[name]
    base = define(f"{NAMESPACE}.{name}", bases=(f"{NAMESPACE}.HashAlgorithm",), allowed=True, known=MEMBERS + _STATIC)
    inner = define(f"{NAMESPACE}.{name}.Implementation", bases=(base.full_name,), allowed=True, known=MEMBERS)
    base.method(f"static {name} Create()")(lambda: HashValue(inner, digest))
    base.method(f"static {name} Create(string hashName)", ambient=True)(partial(_digest_by_name, base))
    base.method("static byte[] HashData(byte[] source)")(partial(_compute, digest))
    base.method("static byte[] HashData(System.IO.Stream source)")(
        lambda source: ByteArray(compute(digest, rest_of(source, "source")))
    )
    base.constant("int HashSizeInBits", bits)
    base.constant("int HashSizeInBytes", bits // 8)
    older = {}
    for suffix, allowed in (("Managed", name != "MD5"), ("CryptoServiceProvider", False)):
        if name == "MD5" and suffix == "Managed":
            continue
        kind = define(f"{NAMESPACE}.{name}{suffix}", bases=(f"{NAMESPACE}.{name}",), allowed=allowed, known=MEMBERS)
        kind.constructor(f"{name}{suffix}()")(partial(HashValue, kind, digest))
        older[suffix] = kind
    first = name in ("SHA1", "MD5")
    configured = older["CryptoServiceProvider" if first else "Managed"]
    for spelled in (name, name if first else name.replace("SHA", "SHA-")):
        _MAKERS[spelled] = lambda run: HashValue(configured, digest)


def _declare_hmac(name: str) -> None:
    digest, size = name.lower(), _KEY_SIZES.get(name, 64)
    known = MEMBERS + _STATIC + KEYED_MEMBERS
    keyed = define(f"{NAMESPACE}.HMAC{name}", bases=(f"{NAMESPACE}.HMAC",), allowed=True, known=known)

    def random_key(run: Evaluation) -> HashValue:
        return HashValue(keyed, digest, draw(run, size))

    keyed.constructor(f"HMAC{name}(byte[] key)")(lambda key: HashValue(keyed, digest, given(key, "key")))
    keyed.constructor(f"HMAC{name}()", ambient=True)(random_key)
    keyed.method("static byte[] HashData(byte[] key, byte[] source)")(partial(_compute_keyed, digest))
    keyed.constant("int HashSizeInBits", BITS[name])
    keyed.constant("int HashSizeInBytes", BITS[name] // 8)
    _MAKERS[f"HMAC{name}"] = random_key
    if name == "SHA1":
        keyed.constructor("HMACSHA1(byte[] key, bool useManagedSha1)")(
            lambda key, managed: HashValue(keyed, digest, given(key, "key"))
        )
        _MAKERS["HMAC"] = _MAKERS["KEYEDHASHALGORITHM"] = random_key


for _name in BITS:
    _declare_digest(_name)
    _declare_hmac(_name)
_MAKERS["SHA"] = _MAKERS["HASHALGORITHM"] = _MAKERS["SHA1"]
