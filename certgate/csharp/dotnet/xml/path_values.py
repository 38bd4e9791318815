"""The values of XPath 1.0 (node-sets, numbers, texts, Booleans), their conversions, and its functions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.xml.chars import WHITESPACE
from certgate.csharp.dotnet.xml.path_read import xpath_fault
from certgate.csharp.dotnet.xml.tree import Attribute, Container, Element, Instruction, Worded
from certgate.csharp.float_text import float_text
from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def text_of_node(node: Any) -> str:
    """The string-value of a node."""
    if isinstance(node, Container):
        return node.text()
    if isinstance(node, Instruction):
        return node.data
    return node.value if isinstance(node, (Attribute, Worded)) else ""


def as_text(value: Any) -> str:
    if isinstance(value, list):
        return text_of_node(value[0]) if value else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number_text(value)
    return str(value)


def _number_text(value: float) -> str:
    if math.isnan(value) or math.isinf(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if not 1e-4 <= abs(value) < 1e15:
        raise UnsupportedReached("certgate does not simulate how XPath prints such a number")
    return float_text(value)


def as_number(value: Any) -> float:
    if isinstance(value, (bool, float)):
        return float(value)
    text = as_text(value).strip(WHITESPACE)
    body = text.removeprefix("-")
    if not body.replace(".", "", 1).isdigit() or not body.isascii():
        return math.nan
    return float(text)


def as_boolean(value: Any) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def nodes(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise xpath_fault("Expression must evaluate to a node-set.")
    return value


def compare(sign: str, left: Any, right: Any) -> bool:
    """Node-sets are compared by any of their nodes that fits."""
    if isinstance(left, list) and isinstance(right, list):
        others = [text_of_node(node) for node in right]
        charge_steps(len(left) * len(others))
        return any(_compare_plain(sign, text_of_node(node), other) for node in left for other in others)
    if isinstance(left, list) or isinstance(right, list):
        return _compare_set(sign, left, right)
    return _compare_plain(sign, left, right)


def _compare_set(sign: str, left: Any, right: Any) -> bool:
    other = right if isinstance(left, list) else left
    if isinstance(other, bool):
        return _compare_plain(sign, as_boolean(left), as_boolean(right))
    for node in left if isinstance(left, list) else right:
        charge_steps(1)
        text: Any = text_of_node(node)
        value = as_number(text) if isinstance(other, float) else text
        pair = (value, other) if isinstance(left, list) else (other, value)
        if _compare_plain(sign, *pair):
            return True
    return False


def _compare_plain(sign: str, left: Any, right: Any) -> bool:
    if sign in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            same = as_boolean(left) == as_boolean(right)
        elif isinstance(left, float) or isinstance(right, float):
            same = as_number(left) == as_number(right)
        else:
            same = as_text(left) == as_text(right)
        return same == (sign == "=")
    one, two = as_number(left), as_number(right)
    return {"<": one < two, "<=": one <= two, ">": one > two, ">=": one >= two}[sign]


def arithmetic(sign: str, left: float, right: float) -> float:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right == 0 or math.isnan(right) or math.isinf(left):
        if sign == "mod" or left == 0 or math.isnan(left) or math.isnan(right):
            return math.nan
        return math.copysign(math.inf, left) * math.copysign(1.0, right)
    return left / right if sign == "div" else math.fmod(left, right)


# -- functions -----------------------------------------------------------------------------------


def _substring(text: Any, start: Any, length: Any = None) -> str:
    first = _round(as_number(start))
    last = math.inf if length is None else first + _round(as_number(length))
    return "".join(char for at, char in enumerate(as_text(text), 1) if first <= at < last)


def _round(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _before(text: Any, mark: Any) -> str:
    head, found, _ = as_text(text).partition(as_text(mark)) if as_text(mark) else ("", "", "")
    return head if found else ""


def _after(text: Any, mark: Any) -> str:
    return as_text(text).partition(as_text(mark))[2] if as_text(mark) else as_text(text)


def _translate(text: Any, source: Any, target: Any) -> str:
    letters = as_text(target)
    table: dict[str, str] = {}
    for at, char in enumerate(as_text(source)):
        table.setdefault(char, letters[at : at + 1])
    return "".join(table.get(char, char) for char in as_text(text))


def _concat(*parts: Any) -> str:
    found = "".join(map(as_text, parts))
    charge_size(len(found))
    return found


def _sum(value: Any) -> float:
    return math.fsum(map(as_number, map(text_of_node, nodes(value))))


def name_of(node: Any) -> Any:
    return node.name if isinstance(node, (Element, Attribute)) else None


FUNCTIONS: dict[str, tuple[int, int, Callable[..., Any]]] = {
    "boolean": (1, 1, as_boolean),
    "ceiling": (1, 1, lambda value: float(_whole(as_number(value), math.ceil))),
    "concat": (2, 99, _concat),
    "contains": (2, 2, lambda text, part: as_text(part) in as_text(text)),
    "count": (1, 1, lambda value: float(len(nodes(value)))),
    "false": (0, 0, lambda: False),
    "floor": (1, 1, lambda value: float(_whole(as_number(value), math.floor))),
    "not": (1, 1, lambda value: not as_boolean(value)),
    "round": (1, 1, lambda value: float(_round(as_number(value)))),
    "starts-with": (2, 2, lambda text, part: as_text(text).startswith(as_text(part))),
    "substring": (2, 3, _substring),
    "substring-after": (2, 2, _after),
    "substring-before": (2, 2, _before),
    "sum": (1, 1, _sum),
    "translate": (3, 3, _translate),
    "true": (0, 0, lambda: True),
}
"""Name -> fewest and most arguments, and the function."""


def _whole(number: float, way: Callable[[float], int]) -> float:
    return way(number) if math.isfinite(number) else number


def normalize(text: str) -> str:
    return " ".join(text.split())


TEXT_FUNCTIONS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "string-length": lambda text: float(len(text)),
    "normalize-space": normalize,
    "number": as_number,
}
"""Functions of one text, that of the context node where there is no argument."""


def call(name: str, values: Sequence[Any]) -> Any:
    found = FUNCTIONS.get(name)
    if found is None:
        raise UnsupportedReached(f"certgate does not simulate the XPath function '{name}'")
    fewest, most, function = found
    if not fewest <= len(values) <= most:
        raise UnsupportedReached(f"certgate does not simulate what .NET says of the arguments of '{name}'")
    return function(*values)
