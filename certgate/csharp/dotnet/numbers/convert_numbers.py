"""Members of ``System.Convert`` that make a number, a bool, a char or a DateTime of something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.conversions import derives_from
from certgate.csharp.dotnet.dates import datetime_make
from certgate.csharp.dotnet.numbers import radix
from certgate.csharp.dotnet.numbers.convert_type import CONVERT, KEYWORDS, TYPE_CODE
from certgate.csharp.dotnet.numbers.convert_values import INTEGERS, convert
from certgate.csharp.dotnet.system import faults
from certgate.csharp.types import OBJECT, named
from certgate.csharp.values import EnumValue, enum_value, type_of

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import NetType

_TARGETS = [name for name in KEYWORDS if name not in ("DateTime", "String")]


def _declare(name: str) -> None:
    result = KEYWORDS[name]
    for source in KEYWORDS.values():
        CONVERT.method(f"static {result} To{name}({source} value)")(lambda value: convert(value, name))
    CONVERT.method(f"static {result} To{name}(object value)")(lambda value: convert(value, name))
    CONVERT.method(f"static {result} To{name}(string value, IFormatProvider provider)")(
        lambda value, _: convert(value, name)
    )
    CONVERT.method(f"static {result} To{name}(object value, IFormatProvider provider)")(
        lambda value, _: convert(value, name)
    )
    if name in INTEGERS:
        CONVERT.method(f"static {result} To{name}(string value, int fromBase)")(
            lambda value, base: radix.parse_radix(value, base, name)
        )


for _name in _TARGETS:
    _declare(_name)


@CONVERT.method("static System.DateTime ToDateTime(string value)", ambient=True)
def to_date_time(run: Evaluation, value: str | None) -> Any:
    return convert(None, "DateTime") if value is None else datetime_make.parse(run, value)


@CONVERT.method("static System.DateTime ToDateTime(string value, IFormatProvider provider)", ambient=True)
def to_date_time_provider(run: Evaluation, value: str | None, provider: Any) -> Any:
    return to_date_time(run, value)


@CONVERT.method("static System.DateTime ToDateTime(System.DateTime value)")
def to_date_time_same(value: Any) -> Any:
    return value


@CONVERT.method("static System.DateTime ToDateTime(object value)", ambient=True)
def to_date_time_object(run: Evaluation, value: Any) -> Any:
    return to_date_time(run, value) if type(value) is str else convert(value, "DateTime")


@CONVERT.method("static object ChangeType(object value, System.Type conversionType)", ambient=True)
def change_type(run: Evaluation, value: Any, kind: Any) -> Any:
    if kind is None:
        raise faults.argument_null("conversionType")
    target: NetType = kind.of
    if value is None:
        if target.is_value:
            raise faults.invalid_cast("Null object cannot be converted to a value type.")
        return None
    source = type_of(value)
    if not derives_from(source, named("System.IConvertible")):
        if target is source:
            return value
        raise faults.invalid_cast("Object must implement IConvertible.")
    name = target.reflection_name.removeprefix("System.")
    if target is source or target is OBJECT:
        return value
    if name not in KEYWORDS:
        from certgate.csharp.dotnet.system.type_ import full_name

        raise faults.invalid_cast(f"Invalid cast from '{full_name(source)}' to '{full_name(target)}'.")
    return to_date_time_object(run, value) if name == "DateTime" else convert(value, name)


@CONVERT.method(
    "static object ChangeType(object value, System.Type conversionType, IFormatProvider provider)", ambient=True
)
def change_type_provider(run: Evaluation, value: Any, kind: Any, provider: Any) -> Any:
    return change_type(run, value, kind)


@CONVERT.method("static object ChangeType(object value, System.TypeCode typeCode)", ambient=True)
def change_type_code(run: Evaluation, value: Any, code: EnumValue) -> Any:
    name = code.to_text()
    if value is None and name in ("Empty", "String", "Object"):
        return None
    if value is None or not derives_from(type_of(value), named("System.IConvertible")):
        raise faults.invalid_cast("Object must implement IConvertible.")
    if name in ("DBNull", "Empty"):
        raise faults.invalid_cast(f"Object cannot be cast to {name}.")
    if name == "Object":
        return value
    if name not in KEYWORDS:
        raise faults.argument("Unknown TypeCode value.")
    return to_date_time_object(run, value) if name == "DateTime" else convert(value, name)


@CONVERT.method("static TypeCode GetTypeCode(object value)")
def get_type_code(value: Any) -> EnumValue:
    if value is None:
        return enum_value(TYPE_CODE, "Empty")
    name = type_of(value).reflection_name.removeprefix("System.")
    return enum_value(TYPE_CODE, name if name in TYPE_CODE.constants else "Object")
