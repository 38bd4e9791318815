"""Statement blocks for the tests beside it, at the fixed moment of ``evaluation.py``."""

from __future__ import annotations

from typing import Any

from certgate.csharp import Environment, Evaluation
from certgate.csharp import compile as compile_expression
from tests.csharp.dotnet.evaluation import NOW


def block(text: str) -> Any:
    """The value of ``@{ text }``, the allow-list lifted."""
    compilation = compile_expression(f"@{{ {text} }}", Environment(unrestricted=True))
    assert compilation.expression is not None, compilation.diagnostics
    return compilation.expression.run(Evaluation({}, NOW, NOW.tzinfo))  # type: ignore[arg-type]


def block_throws(text: str) -> tuple[str, str]:
    """Type and message of the exception that ``@{ text }`` ends in."""
    from certgate.csharp import ThrownException

    try:
        value = block(text)
    except ThrownException as error:
        return error.type_name, error.message
    raise AssertionError(f"no exception but {value!r}")
