"""Members of ``System.String`` that make one text of several: Concat, Join and Format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.composite import format_composite
from certgate.csharp.dotnet.text.string_type import STRING
from certgate.csharp.runtime import charge_size
from certgate.csharp.values import NetArray, iterate, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def _joined(separator: str | None, values: Iterable[Any]) -> str:
    texts = []
    for value in values:
        text = text_of(value)
        charge_size(len(text) + 1)
        texts.append(text)
    between = str.__str__(separator or "")
    charge_size(len(between) * max(len(texts) - 1, 0))
    return between.join(texts)


@STRING.method("static string Concat(object arg0)")
@STRING.method("static string Concat(object arg0, object arg1)")
@STRING.method("static string Concat(object arg0, object arg1, object arg2)")
@STRING.method("static string Concat(string str0, string str1)")
@STRING.method("static string Concat(string str0, string str1, string str2)")
@STRING.method("static string Concat(string str0, string str1, string str2, string str3)")
def concat(*values: Any) -> str:
    return _joined("", values)


@STRING.method("static string Concat(params object[] args)")
def concat_objects(args: NetArray | None) -> str:
    return _joined("", _given(args, "args"))


@STRING.method("static string Concat(params string[] values)")
def concat_strings(values: NetArray | None) -> str:
    return _joined("", _given(values, "values"))


@STRING.method("static string Concat(System.Collections.Generic.IEnumerable<string> values)")
@STRING.method("static string Concat<T>(System.Collections.Generic.IEnumerable<T> values)")
def concat_sequence(values: Any) -> str:
    return _joined("", _given(values, "values"))


def _given(values: Any, parameter: str) -> Iterable[Any]:
    if values is None:
        raise faults.argument_null(parameter)
    return iterate(values)


@STRING.method("static string Join(string separator, params string[] value)")
@STRING.method("static string Join(char separator, params string[] value)")
def join_strings(separator: str | None, value: NetArray | None) -> str:
    return _joined(separator, _given(value, "value"))


@STRING.method("static string Join(string separator, params object[] values)")
@STRING.method("static string Join(char separator, params object[] values)")
@STRING.method("static string Join(string separator, System.Collections.Generic.IEnumerable<string> values)")
@STRING.method("static string Join<T>(string separator, System.Collections.Generic.IEnumerable<T> values)")
@STRING.method("static string Join<T>(char separator, System.Collections.Generic.IEnumerable<T> values)")
def join_values(separator: str | None, values: Any) -> str:
    return _joined(separator, _given(values, "values"))


@STRING.method("static string Join(string separator, string[] value, int startIndex, int count)")
@STRING.method("static string Join(char separator, string[] value, int startIndex, int count)")
def join_some(separator: str | None, value: NetArray | None, start: int, count: int) -> str:
    if value is None:
        raise faults.argument_null("value")
    if start < 0:
        raise faults.negative("startIndex", start)
    if count < 0:
        raise faults.negative("count", count)
    if start > len(value) - count:
        raise faults.too_large("startIndex", start, len(value) - count)
    return _joined(separator, value.items[start : start + count])


@STRING.method("static string Format(string format, object arg0)")
@STRING.method("static string Format(string format, object arg0, object arg1)")
@STRING.method("static string Format(string format, object arg0, object arg1, object arg2)")
def format_values(template: str | None, *args: Any) -> str:
    return _format(template, args)


@STRING.method("static string Format(string format, params object[] args)")
def format_array(template: str | None, args: NetArray | None) -> str:
    if args is None:
        raise faults.argument_null("format" if template is None else "args")
    return _format(template, tuple(args.items))


@STRING.method("static string Format(IFormatProvider provider, string format, object arg0)")
@STRING.method("static string Format(IFormatProvider provider, string format, object arg0, object arg1)")
@STRING.method("static string Format(IFormatProvider provider, string format, object arg0, object arg1, object arg2)")
def format_provider(provider: Any, template: str | None, *args: Any) -> str:
    return _format(template, args)


@STRING.method("static string Format(IFormatProvider provider, string format, params object[] args)")
def format_provider_array(provider: Any, template: str | None, args: NetArray | None) -> str:
    return format_array(template, args)


def _format(template: str | None, args: tuple[Any, ...]) -> str:
    if template is None:
        raise faults.argument_null("format")
    return format_composite(template, args)
