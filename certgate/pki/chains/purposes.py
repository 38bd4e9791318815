"""What can be asked for as a purpose: an object identifier. Knows the names that people use instead, for the hint."""

from __future__ import annotations

import re

from certgate.core.errors import UsageError

PURPOSES = {
    "serverAuth": "1.3.6.1.5.5.7.3.1",
    "clientAuth": "1.3.6.1.5.5.7.3.2",
    "codeSigning": "1.3.6.1.5.5.7.3.3",
    "emailProtection": "1.3.6.1.5.5.7.3.4",
    "timeStamping": "1.3.6.1.5.5.7.3.8",
    "OCSPSigning": "1.3.6.1.5.5.7.3.9",
}
_OID = re.compile(r"[01](\.([0-9]|[1-3][0-9]))(\.(0|[1-9][0-9]{0,38})){1,30}|2(\.(0|[1-9][0-9]{0,38})){2,31}")


def check(purpose: str, key: str = "purpose") -> None:
    """Raise UsageError ``value-unknown`` for what is no object identifier; `key` is what it was given as."""
    if _OID.fullmatch(purpose):
        return
    named = {name.casefold(): oid for name, oid in PURPOSES.items()}.get(purpose.casefold())
    hint = f"{purpose} is {named}" if named else "such as 1.3.6.1.5.5.7.3.2 for client authentication"
    raise UsageError(f"{key}: '{purpose[:60]}' is no OID", code="value-unknown", hint=hint)
