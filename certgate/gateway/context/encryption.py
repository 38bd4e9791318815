"""``Encrypt`` and ``Decrypt``, which the gateway adds to byte arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.runtime import UnsupportedReached, null_reference
from certgate.gateway.context.extensions import EXTENSIONS

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.values import ByteArray

_ALGORITHM = "System.Security.Cryptography.SymmetricAlgorithm"


def _named(name: str | None) -> Any:
    from certgate.csharp.dotnet.crypto.symmetric_types import by_name

    found = by_name(name)
    if found is None:
        raise UnsupportedReached("certgate does not know what the gateway does with this name of an algorithm")
    return found


def _declare(verb: str) -> None:
    encrypts = verb == "Encrypt"

    def with_name(run: Evaluation, data: ByteArray | None, name: str | None, key: Any, iv: Any) -> ByteArray:
        return with_key(run, data, _named(name), key, iv)

    def with_key(run: Evaluation, data: ByteArray | None, algorithm: Any, key: Any, iv: Any) -> ByteArray:
        from certgate.csharp.dotnet.crypto import symmetric

        make = symmetric.create_encryptor_with if encrypts else symmetric.create_decryptor_with
        return _finish(_given(data), make(run, _given(algorithm), key, iv))

    def alone(run: Evaluation, data: ByteArray | None, algorithm: Any) -> ByteArray:
        from certgate.csharp.dotnet.crypto import symmetric

        make = symmetric.create_encryptor if encrypts else symmetric.create_decryptor
        return _finish(_given(data), make(run, _given(algorithm)))

    head = f"static byte[] {verb}(this byte[] input"
    EXTENSIONS.method(f"{head}, string alg, byte[] key, byte[] iv)", ambient=True)(with_name)
    EXTENSIONS.method(f"{head}, {_ALGORITHM} alg, byte[] key, byte[] iv)", ambient=True)(with_key)
    EXTENSIONS.method(f"{head}, {_ALGORITHM} alg)", ambient=True)(alone)


def _given(value: Any) -> Any:
    if value is None:
        raise null_reference()
    return value


def _finish(data: ByteArray, transform: Any) -> ByteArray:
    from certgate.csharp.values import ByteArray

    return ByteArray(transform.end(bytes(data)))


for _verb in ("Encrypt", "Decrypt"):
    _declare(_verb)
