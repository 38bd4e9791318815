"""Which types a context variable can hold (set-variable page, and the return types of the policy compiler)."""

from __future__ import annotations

_NUMBERS = ["sbyte", "byte", "short", "int", "long", "ushort", "uint", "ulong", "decimal", "float", "double"]
_ONCE = ["bool", "string", "object", "byte[]", "sbyte[]", "System.TimeSpan", "IResponse", "Jwt", "<null>"]
_NULLABLE = [*_NUMBERS, "char", "System.Guid", "System.DateTime"]
_STORABLE = frozenset([*_ONCE, *_NULLABLE, *(f"{name}?" for name in _NULLABLE)])
_JSON = "Newtonsoft.Json.Linq."


def storable(type_name: str) -> bool:
    """`type_name` as C# writes it, with namespaces; ``object`` may hold anything, so it passes until it runs."""
    return type_name in _STORABLE or type_name.startswith(_JSON)


def refusal(type_name: str) -> str:
    return f"set-variable cannot hold a value of type '{type_name}'"
