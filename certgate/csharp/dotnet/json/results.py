"""What the declarations of Newtonsoft's types share: sequences of tokens, and a token as a value of another type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.conversions import derives_from
from certgate.csharp.dotnet.json.tokens import BigInteger, Token, ValueToken
from certgate.csharp.dotnet.json.types import JENUMERABLE, TOKEN
from certgate.csharp.dotnet.numbers.convert_type import KEYWORDS
from certgate.csharp.dotnet.numbers.convert_values import convert
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import nullable_inner
from certgate.csharp.values import NetSequence, default_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from certgate.csharp.types import NetType, TypeDefinition


def sequence(element: NetType, items: Iterable[Any]) -> NetSequence:
    """A sequence of what is there now."""
    found = list(items)
    return NetSequence(element, lambda: iter(found))


def tokens(items: Iterable[Token]) -> NetSequence:
    return sequence(TOKEN.type, items)


def lazily(
    element: NetType, start: Callable[[], Iterator[Any]], definition: TypeDefinition | None = None
) -> NetSequence:
    """A sequence that is made when it is enumerated; `definition`: IJEnumerable or JEnumerable."""
    made = NetSequence(element, start)
    if definition is not None:
        made.net_type = definition.of(element)
    return made


def jtokens(start: Callable[[], Iterator[Token]]) -> NetSequence:
    """A ``JEnumerable<JToken>``."""
    return lazily(TOKEN.type, start, JENUMERABLE)


def itokens(start: Callable[[], Iterator[Token]]) -> NetSequence:
    """An ``IJEnumerable<JToken>``: a boxed ``JEnumerable<JToken>``."""
    return lazily(TOKEN.type, start, JENUMERABLE)


def given(value: Any, name: str) -> Any:
    if value is None:
        raise faults.argument_null(name)
    return value


def is_of(token: Token, kind: NetType) -> bool:
    return kind is types.OBJECT or derives_from(type_of(token), kind)


_NOT_CAST = ("System.IComparable", "System.IFormattable")


def converted(token: Token | None, kind: NetType) -> Any:
    """A token as a value of another type, as ``Value<T>`` gives it. InvalidCastException, FormatException."""
    if token is None:
        return default_of(kind)
    if kind.full_name not in _NOT_CAST and is_of(token, kind):
        return token
    if not isinstance(token, ValueToken):
        # Newtonsoft names the type it asked for the token, not the one that was wanted of it.
        raise faults.invalid_cast(f"Cannot cast {token.net_type.full_name} to {TOKEN.type.full_name}.")
    value = token.value
    inner = nullable_inner(kind)
    if value is None:
        if kind.is_value and inner is None:
            raise faults.invalid_cast("Null object cannot be converted to a value type.")
        return None
    wanted = inner or kind
    return value if type_of(value) is wanted else change_type(value, wanted)


def change_type(value: Any, kind: NetType) -> Any:
    """``Convert.ChangeType`` of a value that is not null."""
    name = kind.reflection_name.removeprefix("System.")
    source = type_of(value).reflection_name
    if isinstance(value, BigInteger) or source in ("System.DateTimeOffset", "System.TimeSpan", "System.Guid"):
        if kind.kind == "interface":
            return value
        raise faults.invalid_cast("Object must implement IConvertible.")
    if kind.kind == "interface":
        raise UnsupportedReached(f"a JSON value as {kind.display} is not simulated")
    if name == "DateTime":
        return _date(value)
    if name in KEYWORDS:
        return convert(value, name)
    if not derives_from(type_of(value), types.named("System.IConvertible")):
        raise faults.invalid_cast("Object must implement IConvertible.")
    raise faults.invalid_cast(f"Invalid cast from '{source}' to '{kind.reflection_name}'.")


def _date(value: Any) -> Any:
    if type(value) is not str:
        return convert(value, "DateTime")
    from datetime import UTC

    from certgate.csharp.dotnet.dates import date_parse
    from certgate.csharp.dotnet.dates.date_values import DateTimeValue, local

    read = date_parse.parse_date(value, (1, 1, 1))
    if read.ticks < 365 * 24 * 36_000_000_000:
        raise UnsupportedReached("certgate does not simulate reading a time without its day from a JSON text")
    return DateTimeValue(read.ticks) if read.offset is None else local(read.ticks - read.offset, UTC)
