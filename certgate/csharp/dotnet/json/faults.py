"""The exceptions of Newtonsoft.Json, which name a path and, where it is known, a place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp.exceptions import ExceptionValue
from certgate.csharp.runtime import ThrownException

if TYPE_CHECKING:
    from typing import Any

READER = "Newtonsoft.Json.JsonReaderException"
WRITER = "Newtonsoft.Json.JsonWriterException"
SERIALIZATION = "Newtonsoft.Json.JsonSerializationException"


def located(
    name: str, message: str, path: str, place: tuple[int, int] | None = None, cause: ThrownException | None = None
) -> ThrownException:
    """The exception `name`; `place` is line and position, `cause` becomes its inner exception."""
    text = message
    if not text.endswith("\n"):
        text = text.strip(" \t\r\n")
        text += " " if text.endswith(".") else ". "
    text += f"Path '{path}'"
    if place is not None:
        text += f", line {place[0]}, position {place[1]}"
    text += "."
    line, position = place or (0, 0)
    data: dict[str, Any] = {"Path": path}
    if name != WRITER:
        data |= {"LineNumber": line, "LinePosition": position}
    inner = cause.value if cause is not None else None
    return ThrownException(name, text, ExceptionValue(name, text, inner, **data))
