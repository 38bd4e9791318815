"""JSON that a user gave, with the place of what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.core.errors import InputError
from certgate.core.source import Place

if TYPE_CHECKING:
    from certgate.core.source import Source


def read(source: Source, code: str) -> Any:
    """The value of a JSON text. Raises InputError with this code, and ``not-text``."""
    import json

    text = source.decode()
    try:
        return json.loads(text.text)
    except json.JSONDecodeError as error:
        place = text.span(error.pos, error.pos).place()
        raise InputError(f"is not JSON: {error.msg}", code=code, place=place) from None
    except (ValueError, RecursionError):
        # SECURITY: a number of thousands of digits, or brackets nested without end.
        raise InputError("is not JSON that certgate reads", code=code, place=Place(source.name)) from None
