"""From a file to certificates, whatever the format: it is told by the content, never by a switch or a name.

PEM, DER, base64 without armour, PKCS#7, PFX, and the JSON of Key Vault and ARM, one inside another. Knows what comes
out of a file (one is the leaf), not how it is read (`containers`, `texts`); knows nothing of trust.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.value import frozen
from certgate.pki.certificate import Certificate
from certgate.pki.files.armour import alone
from certgate.pki.files.containers import Opener, is_binary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from certgate.core.source import Source
    from certgate.pki.files.containers import Held


@frozen
class Certificates:
    """The certificates of one file: the leaf, and the others in the order of the file. Iterates over all, leaf first.

    `format` is for people: ``PEM``, ``PFX``, ``Key Vault secret (PFX)``; `source` is the file as typed.
    """

    leaf: Certificate
    others: tuple[Certificate, ...] = ()
    format: str = ""
    source: str = ""

    def __iter__(self) -> Iterator[Certificate]:
        yield self.leaf
        yield from self.others

    def __len__(self) -> int:
        return 1 + len(self.others)


def load(source: Source, password: str | None = None, *, ask: Callable[[], str] | None = None) -> Certificates:
    """The certificates of a file. `password` is for a PFX; `ask` is called once when a PFX needs one and none is given.

    Raises InputError (``file-empty``, ``file-truncated``, ``file-damaged``, ``pem-broken``, ``not-a-certificate``,
    ``private-key-only``, ``is-csr``, ``is-crl``, ``is-public-key``, ``leaf-ambiguous``, ``certificate-invalid``,
    ``algorithm-unsupported``, ``limit-exceeded``, ``file-too-large``) and PasswordError (``password-missing``,
    ``password-wrong``).
    """
    if (certificate := _alone(source.within())) is not None:
        return Certificates(certificate, (), "PEM", source.name)
    held = _read(Opener(source.name, password, ask), source.data)
    chosen = _leaf(held.certificates, source.name)
    others = tuple(one for one in held.certificates if one is not chosen)
    if held.unread_key and not any(one.has_private_key for one in held.certificates):
        chosen = Certificate(chosen.der, True, source.name)
    return Certificates(chosen, others, held.name, source.name)


def _alone(source: Source) -> Certificate | None:
    """The certificate of a file that is one block of armour and nothing else, as most are.

    None where it is not that or the certificate is broken: the readers for all files then say what it is.
    """
    if not source.data.startswith(b"-----BEGIN CERTIFICATE-----"):
        return None
    encoded = alone(source.data)
    try:
        return None if encoded is None else Certificate(encoded, source=source.name)
    except InputError:
        return None


def _leaf(certificates: Sequence[Certificate], source: str) -> Certificate:
    if len(certificates) == 1:
        return certificates[0]
    from certgate.pki.files.leaf import choose

    return choose(certificates, source)


def load_all(
    source: Source, password: str | None = None, *, ask: Callable[[], str] | None = None
) -> tuple[Certificate, ...]:
    """All certificates of a file in its order, none preferred; at least one. Raises as :func:`load` does."""
    if (certificate := _alone(source.within())) is not None:
        return (certificate,)
    return _read(Opener(source.name, password, ask), source.data).certificates


def _read(opener: Opener, data: bytes) -> Held:
    if is_binary(data):
        return opener.open(data)
    # Imported here, as the reader of every format but DER is: a file pays for its own.
    from certgate.pki.files import texts

    return texts.read(opener, data)
