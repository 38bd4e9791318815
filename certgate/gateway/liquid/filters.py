"""The filters that the ``set-body`` page lists, as DotLiquid has them in its C# mode.

Each takes the value and its arguments. An argument that DotLiquid would not take raises UnsupportedReached: what it
writes instead, certgate does not simulate.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import TYPE_CHECKING, Any

from certgate.csharp.runtime import ThrownException, UnsupportedReached, charge_size, charge_steps
from certgate.csharp.values import Long, NetObject, text_of
from certgate.gateway.liquid import values
from certgate.gateway.liquid.values import Hash, Xml, XmlText

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.runtime import Evaluation

FILTERS: dict[str, Callable[..., Any]] = {}
"""By name. Those in `AMBIENT` are given the evaluation first."""
AMBIENT = frozenset({"Date"})

_DECIMALS = Context(prec=28, traps=[DivisionByZero, InvalidOperation, Overflow])


def _filter(call: Callable[..., Any]) -> Callable[..., Any]:
    FILTERS["".join(part.capitalize() for part in call.__name__.strip("_").split("_"))] = call
    return call


def _text(value: Any) -> str | None:
    """An argument of type string: ``Convert.ChangeType(value, typeof(string))``."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return text_of(value)
    if isinstance(value, int | float | Decimal | NetObject):
        return values.plain(value)
    raise UnsupportedReached("certgate does not simulate Liquid's error where a filter of texts is given none")


def _whole(value: Any) -> int:
    """An argument of type int."""
    try:
        return round(value) if isinstance(value, float | Decimal) else int(value)
    except (TypeError, ValueError, OverflowError):
        raise UnsupportedReached(
            "certgate does not simulate Liquid's error where a filter is given no number"
        ) from None


def _blank(text: str | None) -> bool:
    return text is None or not text.strip()


def _made(text: str) -> str:
    charge_size(len(text))
    return text


# -- texts ---------------------------------------------------------------------------------------


@_filter
def append(value: Any, more: Any) -> Any:
    text = _text(value)
    return None if text is None else _joined(text, _text(more) or "")


@_filter
def prepend(value: Any, more: Any) -> Any:
    text = _text(value)
    return None if text is None else _joined(_text(more) or "", text)


def _joined(one: str, other: str) -> str:
    charge_size(len(one) + len(other))
    return one + other


@_filter
def upcase(value: Any) -> Any:
    from certgate.csharp.dotnet.text import casing

    text = _text(value)
    return None if text is None else casing.upper(_made(text))


@_filter
def downcase(value: Any) -> Any:
    from certgate.csharp.dotnet.text import casing

    text = _text(value)
    return None if text is None else casing.lower(_made(text))


@_filter
def capitalize(value: Any) -> Any:
    """The first letter of every word. .NET Framework and .NET part over words that hold capitals or apostrophes."""
    text = _text(value)
    if _blank(text):
        return text
    assert text is not None  # noqa: S101 - not blank
    if not text.isascii() or "'" in text or re.search(r"[A-Za-z0-9_][A-Z_]", text):
        raise UnsupportedReached("certgate does not know how the gateway's .NET capitalizes this text")
    return re.sub(r"\b([a-z])", lambda found: found[1].upper(), _made(text))


@_filter
def strip(value: Any) -> Any:
    text = _text(value)
    return None if text is None else text.strip()


@_filter
def lstrip(value: Any) -> Any:
    text = _text(value)
    return None if text is None else text.lstrip()


@_filter
def rstrip(value: Any) -> Any:
    text = _text(value)
    return None if text is None else text.rstrip()


@_filter
def escape(value: Any) -> Any:
    from certgate.csharp.dotnet.net import webutility

    return webutility.html_encode(_text(value))


FILTERS["H"] = escape


@_filter
def url_encode(value: Any) -> Any:
    from certgate.csharp.dotnet.net import webutility

    return webutility.url_encode(_text(value))


@_filter
def url_decode(value: Any) -> Any:
    from certgate.csharp.dotnet.net import webutility

    return webutility.url_decode(_text(value))


@_filter
def strip_html(value: Any) -> Any:
    """Takes out what stands between a ``<`` and the next ``>`` of the same line."""
    text = _text(value)
    if text is None:
        return None
    return "\n".join(map(_without_tags, _made(text).split("\n")))


def _without_tags(line: str) -> str:
    parts, at = [], 0
    while (start := line.find("<", at)) >= 0 and (end := line.find(">", start)) >= 0:
        parts.append(line[at:start])
        at = end + 1
    return "".join(parts) + line[at:]


@_filter
def strip_newlines(value: Any) -> Any:
    text = _text(value)
    return text if _blank(text) else re.sub(r"\r?\n", "", _made(text or ""))


@_filter
def newline_to_br(value: Any) -> Any:
    text = _text(value)
    return text if _blank(text) else _made(re.sub(r"(\r?\n)", r"<br />\1", text or ""))


@_filter
def replace(value: Any, pattern: Any, replacement: Any = "") -> Any:
    """By regular expression, as the older rules of DotLiquid have it, which published templates rely on."""
    return _regex(value, pattern, replacement, lambda found, text: found.expand(text) if "$" in text else text, -1)


@_filter
def replace_first(value: Any, pattern: Any, replacement: Any = "") -> Any:
    return _regex(value, pattern, replacement, lambda found, text: text, 1)


@_filter
def remove_first(value: Any, pattern: Any) -> Any:
    text = _text(value)
    return text if _blank(text) else replace_first(text, pattern)


def _regex(value: Any, pattern: Any, replacement: Any, write: Callable[[Any, str], str], count: int) -> Any:
    from certgate.csharp.dotnet.regex import regex

    text, wanted, other = _text(value), _text(pattern), _text(replacement) or ""
    if not text or not wanted:
        return text
    try:
        return regex.create(wanted).replace(text, lambda found: write(found, other), count, 0)
    except ThrownException as error:
        raise values.guarded(error) from None


@_filter
def remove(value: Any, part: Any) -> Any:
    text, gone = _text(value), _text(part)
    if _blank(text):
        return text
    if not gone:
        raise UnsupportedReached("certgate does not simulate Liquid's error where Remove is given no text")
    return _made(text or "").replace(gone, "")


@_filter
def slice_(value: Any, start: Any, length: Any = 1) -> Any:
    text, first, count = _text(value), _whole(start), _whole(length)
    if text is None or first > len(text):
        return None
    if first < 0:
        first += len(text)
        if first < 0:
            count = max(0, count + first)
            first = 0
    return text[first : first + max(count, 0)]


@_filter
def split(value: Any, pattern: Any) -> Any:
    text, by = _text(value), _text(pattern)
    if _blank(text):
        return [text]
    if not by:
        raise UnsupportedReached("certgate does not know how the gateway's DotLiquid splits a text by nothing")
    charge_size(len(text or ""))
    return [part for part in (text or "").split(by) if part]


@_filter
def truncate(value: Any, length: Any = 50, end: Any = "...") -> Any:
    text, most, tail = _text(value), _whole(length), _text(end) or ""
    if not text:
        return text
    if most < 0:
        return tail
    return text[: max(most - len(tail), 0)] + tail if len(text) > most else text


@_filter
def truncate_words(value: Any, words: Any = 15, end: Any = "...") -> Any:
    text, most, tail = _text(value), _whole(words), _text(end) or ""
    if not text:
        return text
    if most <= 0:
        return tail
    parts = _made(text).split(" ")
    return " ".join(parts[:most]) + tail if len(parts) > most else text


@_filter
def default(value: Any, other: Any) -> Any:
    text = _text(value)
    return _text(other) if _blank(text) else text


@_filter
def currency(value: Any, culture: Any = None) -> Any:
    raise UnsupportedReached("certgate does not know the culture by which the gateway writes amounts of money")


@_filter
def date(evaluation: Evaluation, value: Any, spec: Any = None) -> Any:
    """By a .NET format. A text that is no date stays as it is."""
    from certgate.csharp.dotnet.dates import datetime_make
    from certgate.csharp.dotnet.dates.date_values import DateTimeValue

    wanted = _text(spec)
    if value is None:
        return None
    try:
        if isinstance(value, DateTimeValue):
            return text_of(value) if _blank(wanted) else value.format(wanted or "")
        text = _text(value) or ""
        if text.lower() in ("now", "today"):
            return date(evaluation, _now(evaluation), wanted)
        good, read = datetime_make.try_parse(evaluation, text)
        return text if not good or _blank(wanted) else read.format(wanted or "")
    except ThrownException as error:
        raise values.guarded(error) from None


def _now(evaluation: Evaluation) -> Any:
    from certgate.csharp.dotnet.dates.calendar import from_datetime
    from certgate.csharp.dotnet.dates.date_values import local

    return local(from_datetime(evaluation.now), evaluation.zone)


# -- numbers -------------------------------------------------------------------------------------


@_filter
def plus(value: Any, operand: Any) -> Any:
    """A text is joined, not added."""
    if isinstance(value, str):
        return _joined(value, "" if operand is None else values.plain(operand))
    return _calculated(value, operand, lambda one, other: one + other)


@_filter
def minus(value: Any, operand: Any) -> Any:
    return _calculated(value, operand, lambda one, other: one - other)


@_filter
def times(value: Any, operand: Any) -> Any:
    """A text is repeated."""
    if isinstance(value, str) and isinstance(operand, int) and not isinstance(operand, bool):
        charge_size(len(value) * max(operand, 0))
        return [value] * operand
    return _calculated(value, operand, lambda one, other: one * other)


@_filter
def divided_by(value: Any, operand: Any) -> Any:
    return _calculated(value, operand, _quotient)


@_filter
def modulo(value: Any, operand: Any) -> Any:
    return _calculated(value, operand, _remainder)


def _quotient(one: Any, other: Any) -> Any:
    if isinstance(one, Decimal):
        return _DECIMALS.divide(one, other)
    found = abs(one) // abs(other)
    return found if (one < 0) == (other < 0) else -found


def _remainder(one: Any, other: Any) -> Any:
    if isinstance(one, Decimal):
        return _DECIMALS.remainder(one, other)
    return one - other * _quotient(one, other)


def _calculated(value: Any, operand: Any, of: Callable[[Any, Any], Any]) -> Any:
    """Whole numbers stay whole; where one is not, both are decimals."""
    if value is None or operand is None:
        return None
    for each in (value, operand):
        if isinstance(each, bool) or not isinstance(each, int | float | Decimal):
            raise UnsupportedReached(
                "certgate does not simulate Liquid's error where a filter calculates with no number"
            )
    try:
        if isinstance(value, int) and isinstance(operand, int):
            return _fitting(of(int(value), int(operand)), _is_long(value) or _is_long(operand))
        return of(_exact(value), _exact(operand))
    except ArithmeticError:
        raise UnsupportedReached("certgate does not simulate how Liquid writes an error of arithmetic") from None


def _is_long(value: int) -> bool:
    """Whether a whole number has 64 bits, as those of JSON have; those of the template have where they need them."""
    return isinstance(value, Long) or not -(2**31) <= value < 2**31


def _fitting(number: int, long: bool) -> int:
    bits = 63 if long else 31
    if not -(2**bits) <= number < 2**bits:
        raise UnsupportedReached("certgate does not simulate Liquid's overflow of whole numbers")
    return Long(number) if long else number


def _exact(value: float | Decimal) -> Decimal:
    """``Convert.ToDecimal``: of a double, fifteen digits."""
    return Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)


@_filter
def round_(value: Any, places: Any = None) -> Any:
    try:
        digits = 0 if places is None else int(places)
        number = _exact(value if isinstance(value, int | float | Decimal) else Decimal(str(value).strip()))
        return number.quantize(Decimal(1).scaleb(-digits), context=_DECIMALS) if 0 <= digits <= 28 else None
    except (ArithmeticError, ValueError, TypeError):
        return None


def _real(value: Any) -> float | None:
    """``Double.TryParse(value.ToString())``."""
    if value is None:
        raise UnsupportedReached("certgate does not simulate Liquid's error where a filter of numbers is given none")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return float(value)
    found = re.fullmatch(r"[+-]?(\d[\d,]*)?(\.\d*)?", (_text(value) or "").strip())
    return float(found[0].replace(",", "")) if found and any(map(str.isdigit, found[0])) else None


@_filter
def abs_(value: Any) -> Any:
    number = _real(value)
    return 0.0 if number is None else abs(number)


@_filter
def at_least(value: Any, least: Any) -> Any:
    number, other = _real(value), _real(least)
    return value if number is None or other is None else max(number, other)


@_filter
def at_most(value: Any, most: Any) -> Any:
    number, other = _real(value), _real(most)
    return value if number is None or other is None else min(number, other)


# -- arrays --------------------------------------------------------------------------------------


@_filter
def size(value: Any) -> Any:
    return len(value) if isinstance(value, str | Hash) else len(values.elements(value))


@_filter
def first(value: Any) -> Any:
    return next(iter(values.elements(value)), None)


@_filter
def last(value: Any) -> Any:
    found = values.elements(value)
    return found[-1] if found else None


@_filter
def join(value: Any, glue: Any = " ") -> Any:
    if value is None:
        return None
    parts = ["" if each is None else values.plain(each) for each in values.elements(value)]
    between = _text(glue) or ""
    charge_size(sum(map(len, parts)) + len(between) * len(parts))
    return between.join(parts)


@_filter
def map_(value: Any, name: Any) -> Any:
    if value is None:
        return None
    found = []
    for each in values.elements(value):
        if not isinstance(each, Hash | Xml):
            raise UnsupportedReached("certgate does not know what Liquid maps of elements that have no members")
        try:
            found.append(each[name])
        except KeyError:
            found.append(None)
    return found


@_filter
def sort(value: Any, name: Any = None) -> Any:
    from functools import cmp_to_key

    if value is None:
        return None
    found = _flat(value) if isinstance(value, list) else [value]
    charge_steps(len(found) * len(found).bit_length())
    if name is None:
        return sorted(found, key=cmp_to_key(_order))
    members = [each for each in found if isinstance(each, Hash)]
    if len(members) < len(found):
        raise UnsupportedReached("certgate does not know how Liquid sorts elements that have no members")

    def order(one: Hash, other: Hash) -> int:
        return _order(one.get(name), other.get(name))

    return sorted(members, key=cmp_to_key(order))


def _order(left: Any, right: Any) -> int:
    """``Comparer.Default.Compare``: null first, and values of one type."""
    if left is None or right is None:
        return (left is not None) - (right is not None)
    if _type(left) is not _type(right):
        raise UnsupportedReached("certgate does not simulate how Liquid sorts values of several types")
    return values.compare(left, right) or 0


def _type(value: Any) -> type:
    return str if isinstance(value, XmlText) else type(value)


def _flat(value: list[Any]) -> list[Any]:
    found: list[Any] = []
    for each in value:
        found += _flat(each) if isinstance(each, list) else [each]
    charge_size(len(found))
    return found


@_filter
def uniq(value: Any) -> Any:
    """Values of one type and of equal value once."""
    if value is None:
        return None
    seen: dict[Any, Any] = {}
    for each in _flat(value) if isinstance(value, list) else [value]:
        if isinstance(each, Hash | Xml):
            raise UnsupportedReached("certgate does not know which objects Liquid takes for equal")
        seen.setdefault((_type(each), values.plain(each) if each is not None else None), each)
    return list(seen.values())


@_filter
def compact(value: Any) -> Any:
    if value is None:
        return None
    return [each for each in (_flat(value) if isinstance(value, list) else [value]) if each is not None]
