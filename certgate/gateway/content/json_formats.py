"""The ``format`` of JSON Schema: which texts fit. Knows nothing of schemas.

A format that no draft has, such as OpenAPI's ``int32``, refuses nothing, as the drafts say.
"""

from __future__ import annotations

import re
from datetime import date

from certgate.gateway.content.schemas import NotSimulated

_CHECKED = {
    "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "date-time": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
    r"([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)",
    "ipv4": r"((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}",
    # SECURITY: one pass back from the end; three runs of the same characters would take the square of a long text.
    "email": r"[^@\s]+@(?=[^@\s]+\Z).+\..+",
}
"""What the gateway is taken to check."""

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{0,3}}"
_GROUP = "[0-9A-Fa-f]{1,4}"
_NONE = r"(?!)"
_SURE = {
    "hostname": _HOST,
    "ipv6": rf"(?:{_GROUP}:){{7}}{_GROUP}|(?:{_GROUP}(?::{_GROUP}){{0,3}})?::{_GROUP}",
    "uri": rf"https?://{_HOST}(?::[0-9]{{1,4}})?(?:/[A-Za-z0-9._~/-]*)?(?:\?[A-Za-z0-9._~=&-]*)?",
    "uuid": r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    **dict.fromkeys(("color", "duration", "host-name", "idn-email", "idn-hostname", "ip-address", "iri"), _NONE),
    **dict.fromkeys(("iri-reference", "json-pointer", "phone", "regex", "relative-json-pointer", "style"), _NONE),
    **dict.fromkeys(("time", "uri-reference", "uri-template", "utc-millisec"), _NONE),
}
"""Formats that the gateway may check or not, and texts that fit them by any rules."""


def fits(text: str, name: str) -> bool:
    """Raises NotSimulated. SECURITY: a text that only some rules refuse is never taken for one that fits."""
    if pattern := _CHECKED.get(name):
        return re.fullmatch(pattern, text, re.ASCII) is not None and (not name.startswith("date") or _is_day(text[:10]))
    if name in _SURE and not re.fullmatch(_SURE[name], text, re.ASCII):
        raise NotSimulated(f"certgate does not know whether the gateway checks the format '{name}'")
    return True


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
