"""The binary files that hold several certificates: PKCS#7 and PFX; and the errors for those that cannot be read.

Knows which password is tried when; knows nothing of how either format is built (`pkcs7`, `pkcs12`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.errors import InputError, PasswordError
from certgate.pki.der import DerError
from certgate.pki.files.containers import Held, from_ber
from certgate.pki.files.kinds import Kind
from certgate.pki.files.pkcs7 import CONTENT_NAMES, SIGNED_DATA, content_info, signed_data

if TYPE_CHECKING:
    from certgate.core.source import Place
    from certgate.pki.der import Node
    from certgate.pki.files.containers import Opener
    from certgate.pki.files.pbe import Effort
    from certgate.pki.files.pkcs12 import Contents


def pkcs7(opener: Opener, node: Node, place: Place) -> Held:
    """The certificates of PKCS#7. Raises InputError."""
    try:
        certificates, crls = _bag(opener, node, place)
    except DerError:
        # BER may begin as DER does and differ inside.
        try:
            certificates, crls = _bag(opener, from_ber(node.raw), place)
        except DerError as error:
            raise opener.error("file-damaged", f"is damaged PKCS#7: {error}", place=place) from None
    if not certificates:
        raise opener.instead([Kind.CRL] if crls else [], place)
    return Held("PKCS#7", opener.distinct([opener.certificate(one, place) for one in certificates]))


def _bag(opener: Opener, node: Node, place: Place) -> tuple[list[bytes], list[bytes]]:
    content_type, content = content_info(node)
    if content_type != SIGNED_DATA:
        held = CONTENT_NAMES.get(content_type, content_type)
        raise opener.error("not-a-certificate", f"is PKCS#7 that holds {held}, not certificates", place=place)
    return signed_data(content)


def pfx(opener: Opener, data: bytes, place: Place) -> Held:
    """The certificates of a PFX, those with a key marked so. Raises InputError, PasswordError."""
    from certgate.pki.files import pbe

    opener.effort = opener.effort or pbe.Effort()
    try:
        contents = _unlocked(opener, data, opener.effort, place)
    except PasswordError:
        raise
    except InputError as error:
        raise opener.error(error.code, error.message, error.hint, place) from None
    except pbe.Unsupported as error:
        message = f"is protected in a way that certgate cannot read: {error}"
        hint = "export it again with a password and AES, as Windows and OpenSSL 3 do by default"
        raise opener.error("algorithm-unsupported", message, hint, place) from None
    except pbe.LimitExceeded as error:
        raise opener.error("limit-exceeded", str(error), place=place) from None
    except ValueError as error:
        raise opener.error("file-damaged", f"is a damaged PFX: {_reason(error)}", place=place) from None
    if not contents.entries:
        raise opener.instead([Kind.PRIVATE_KEY] if contents.keys else [], place)
    certificates = [
        opener.certificate(entry.der, place, entry.has_private_key, entry.private_key) for entry in contents.entries
    ]
    return Held("PFX", opener.distinct(certificates))


def _unlocked(opener: Opener, data: bytes, effort: Effort, place: Place) -> Contents:
    """Open with the password given; where none is given try without, then ask. Raises PasswordError."""
    from certgate.pki.files.pbe import WrongPassword

    try:
        return _read_pfx(data, opener.password, effort)
    except WrongPassword:
        if opener.password is None and opener.ask is None:
            raise _password_missing(place) from None
    if opener.password is None and opener.ask is not None:
        opener.password = opener.ask()
        try:
            return _read_pfx(data, opener.password, effort)
        except WrongPassword:
            pass
    raise PasswordError("the password is wrong", code="password-wrong", place=place)


def _reason(error: ValueError) -> str:
    """What is wrong, where it is known in words."""
    return str(error) if isinstance(error, DerError) else "its parts do not fit together"


def _password_missing(place: Place) -> PasswordError:
    return PasswordError(
        "is a PFX that needs a password, and none is given",
        code="password-missing",
        place=place,
        hint="give it with --password-env NAME or --password-file F",
    )


def _read_pfx(data: bytes, password: str | None, effort: Effort) -> Contents:
    from certgate.pki.files import pkcs12

    try:
        return pkcs12.read(data, password, effort)
    except DerError:
        # BER may begin as DER does and differ inside.
        return pkcs12.read(from_ber(data).raw, password, effort)
