"""The expression language of policies: C# 7.3, bound statically. Never heard of API Management."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from certgate.csharp.diagnostic import Diagnostic as Diagnostic
    from certgate.csharp.environment import Environment as Environment
    from certgate.csharp.expression import Compilation as Compilation
    from certgate.csharp.expression import Expression as Expression
    from certgate.csharp.expression import Unsupported as Unsupported
    from certgate.csharp.expression import compile as compile
    from certgate.csharp.runtime import BudgetExceeded as BudgetExceeded
    from certgate.csharp.runtime import Evaluation as Evaluation
    from certgate.csharp.runtime import Limits as Limits
    from certgate.csharp.runtime import ThrownException as ThrownException
    from certgate.csharp.runtime import UnsupportedReached as UnsupportedReached
    from certgate.csharp.trace import Explained as Explained
    from certgate.csharp.trace import Trace as Trace

_HOMES = {
    "BudgetExceeded": "runtime",
    "Compilation": "expression",
    "Diagnostic": "diagnostic",
    "Environment": "environment",
    "Evaluation": "runtime",
    "Explained": "trace",
    "Expression": "expression",
    "Limits": "runtime",
    "ThrownException": "runtime",
    "Trace": "trace",
    "Unsupported": "expression",
    "UnsupportedReached": "runtime",
    "compile": "expression",
}


def __getattr__(name: str) -> Any:
    """Load a name when it is first used: commands that evaluate nothing pay for nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"certgate.csharp.{home}"), name)
