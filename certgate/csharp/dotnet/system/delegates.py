"""Delegate types of the namespace System: Func, Action, Predicate, Comparison and Converter.

The recordings let an expression call a Func or an Action, but not a Predicate.
"""

from __future__ import annotations

from certgate.csharp.types import define

_NAMES = [f"T{number}" for number in range(1, 17)]


def _inputs(count: int) -> tuple[str, str]:
    """Type parameters and parameters of a delegate that takes `count` arguments."""
    names = ["T"] if count == 1 else _NAMES[:count]
    parameters = ", ".join(f"{name} arg{name[1:]}" for name in names)
    return ", ".join(f"in {name}" for name in names), parameters


for _count in range(17):
    _types, _parameters = _inputs(_count)
    _func = f"{_types}, out TResult" if _types else "out TResult"
    define(f"System.Func<{_func}>", kind="delegate", allowed=True, invoke=f"TResult ({_parameters})")
    _action = f"System.Action<{_types}>" if _types else "System.Action"
    define(_action, kind="delegate", allowed=True, invoke=f"void ({_parameters})")

define("System.Predicate<in T>", kind="delegate", invoke="bool (T obj)")
define("System.Comparison<in T>", kind="delegate", invoke="int (T x, T y)")
define("System.Converter<in TInput, out TOutput>", kind="delegate", invoke="TOutput (TInput input)")
