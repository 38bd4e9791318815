"""SECURITY: secret named values leave no trace in an outcome: every text in it is masked, at any depth."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from certgate.core.value import field_names, is_value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.gateway.outcome import Outcome

T = TypeVar("T")


def redacted(outcome: Outcome, mask: Callable[[str], str]) -> Outcome:
    """The outcome with `mask` applied to every text. The verdict stays: it holds certificates, no policy's text."""
    return replace(_masked(replace(outcome, verdict=None), mask), verdict=outcome.verdict)


def _masked(value: T, mask: Callable[[str], str]) -> T:
    result: Any = value
    match value:
        case None | Enum() | bool() | int():
            pass
        case str():
            result = mask(value)
        case tuple():
            result = tuple(_masked(each, mask) for each in value)
        case Mapping():
            result = {mask(name): _masked(each, mask) for name, each in value.items()}
        case _ if is_value(value):
            result = replace(value, **{name: _masked(getattr(value, name), mask) for name in field_names(value)})
        case _:
            # SECURITY: what is not known to be masked never leaves.
            raise TypeError(f"{type(value).__name__} cannot be masked")
    return result  # type: ignore[no-any-return]
