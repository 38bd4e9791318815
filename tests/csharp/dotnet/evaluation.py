"""Runs one expression at a fixed moment, for the tests beside it."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from certgate.csharp import Environment, Evaluation
from certgate.csharp import compile as compile_expression

NOW = datetime(2026, 3, 1, 10, 20, 30, tzinfo=UTC)


def run(
    text: str,
    zone: tzinfo = UTC,
    globals_: dict[str, tuple[str, Any]] | None = None,
    verify: Any = None,
    entropy: Any = None,
) -> Any:
    """The value of ``@(text)``, or of a block. `globals_`: name -> C# type name and value. The allow-list is lifted."""
    given = globals_ or {}
    environment = Environment({name: kind for name, (kind, _) in given.items()}, unrestricted=True)
    compilation = compile_expression(f"@{text}" if text.startswith("{") else f"@({text})", environment)
    assert compilation.expression is not None, compilation.diagnostics
    return compilation.expression.run(
        Evaluation({name: value for name, (_, value) in given.items()}, NOW, zone, verify, entropy=entropy)
    )


def thrown(text: str, **options: Any) -> tuple[str, str]:
    """Type and message of the exception that ``@(text)`` ends in."""
    from certgate.csharp import ThrownException

    try:
        value = run(text, **options)
    except ThrownException as error:
        return error.type_name, error.message
    raise AssertionError(f"no exception but {value!r}")
