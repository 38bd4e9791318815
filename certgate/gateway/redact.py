"""SECURITY: secret named values leave no trace in an outcome: every text in it is masked, at any depth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

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
        case Enum():
            pass
        case str():
            result = mask(value)
        case tuple():
            result = tuple(_masked(each, mask) for each in value)
        case Mapping():
            result = {mask(name): _masked(each, mask) for name, each in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            result = replace(value, **{each.name: _masked(getattr(value, each.name), mask) for each in fields(value)})
    return result  # type: ignore[no-any-return]
