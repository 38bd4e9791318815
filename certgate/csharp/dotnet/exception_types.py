"""``System.Exception`` and the exceptions that expressions meet; the gateway lets them use only the first."""

from __future__ import annotations

from typing import Any

from certgate.csharp import types
from certgate.csharp.dotnet.dictionary import DictionaryValue
from certgate.csharp.exceptions import ExceptionValue
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import text_of

_KNOWN = (
    "Data Equals GetBaseException GetHashCode GetObjectData GetType HResult HelpLink InnerException "
    "Message ReferenceEquals Source "
    "StackTrace TargetSite ToString"
)
EXCEPTION = define("System.Exception", allowed=True, known=_KNOWN)

_HIERARCHY = """\
System.ArrayTypeMismatchException System.SystemException {array}
System.SystemException System.Exception System error.
System.ApplicationException System.Exception Error in the application.
System.ArgumentException System.SystemException Value does not fall within the expected range.
System.ArgumentNullException System.ArgumentException Value cannot be null.
System.ArgumentOutOfRangeException System.ArgumentException Specified argument was out of the range of valid values.
System.ArithmeticException System.SystemException Overflow or underflow in the arithmetic operation.
System.DivideByZeroException System.ArithmeticException Attempted to divide by zero.
System.OverflowException System.ArithmeticException Arithmetic operation resulted in an overflow.
System.FormatException System.SystemException One of the identified items was in an invalid format.
System.UriFormatException System.FormatException One of the identified items was in an invalid format.
System.IndexOutOfRangeException System.SystemException Index was outside the bounds of the array.
System.InvalidCastException System.SystemException Specified cast is not valid.
System.InvalidOperationException System.SystemException Operation is not valid due to the current state of the object.
System.ObjectDisposedException System.InvalidOperationException Cannot access a disposed object.
System.NotImplementedException System.SystemException The method or operation is not implemented.
System.NotSupportedException System.SystemException Specified method is not supported.
System.PlatformNotSupportedException System.NotSupportedException Operation is not supported on this platform.
System.NullReferenceException System.SystemException Object reference not set to an instance of an object.
System.OutOfMemoryException System.SystemException Insufficient memory to continue the execution of the program.
System.RankException System.SystemException Attempted to operate on an array with the incorrect number of dimensions.
System.TimeoutException System.SystemException The operation has timed out.
System.TimeZoneNotFoundException System.Exception Exception of type 'System.TimeZoneNotFoundException' was thrown.
System.UnauthorizedAccessException System.SystemException Attempted to perform an unauthorized operation.
System.OperationCanceledException System.SystemException The operation was canceled.
System.AggregateException System.Exception One or more errors occurred.
System.Collections.Generic.KeyNotFoundException System.SystemException The given key was not present in the dictionary.
System.IO.IOException System.SystemException I/O error occurred.
System.IO.InvalidDataException System.SystemException Found invalid data while decoding.
System.Security.Cryptography.CryptographicException System.SystemException {crypto}
"""

_TEXTS = {
    "{array}": "Attempted to access an element as a type incompatible with the array.",
    "{crypto}": "Error occurred during a cryptographic operation.",
}
"""Default messages that are too long for the table."""

_ARGUMENTS = frozenset(
    {"System.ArgumentException", "System.ArgumentNullException", "System.ArgumentOutOfRangeException"}
)
_OWN = _ARGUMENTS | {"System.AggregateException", "System.ObjectDisposedException"}
"""The types whose constructors are not the usual three."""


def _declare(full_name: str, base: str, default: str) -> TypeDefinition:
    definition = define(
        full_name, bases=(base,), known=_KNOWN + " ParamName ActualValue InnerExceptions Flatten ObjectName"
    )
    name = full_name.rpartition(".")[2]
    definition.constructor(f"{name}()")(lambda: ExceptionValue(full_name, default))
    if full_name not in _OWN:
        _usual(definition, full_name, default)
    return definition


def _usual(definition: TypeDefinition, full_name: str, default: str) -> None:
    name = full_name.rpartition(".")[2]
    definition.constructor(f"{name}(string message)")(lambda message: ExceptionValue(full_name, _or(message, default)))
    definition.constructor(f"{name}(string message, System.Exception innerException)")(
        lambda message, inner: ExceptionValue(full_name, _or(message, default), inner)
    )


def _or(message: str | None, default: str) -> str:
    return default if message is None else message


EXCEPTION.constructor("Exception()")(
    lambda: ExceptionValue("System.Exception", "Exception of type 'System.Exception' was thrown.")
)
_usual(EXCEPTION, "System.Exception", "Exception of type 'System.Exception' was thrown.")

DEFAULTS: dict[str, str] = {}
TYPES: dict[str, TypeDefinition] = {}
for _line in _HIERARCHY.splitlines():
    _name, _base, _text = _line.split(" ", 2)
    _text = DEFAULTS[_name] = _TEXTS.get(_text, _text)
    TYPES[_name] = _declare(_name, _base, _text)


def _argument(full_name: str, message: str | None, parameter: str | None, inner: Any = None) -> ExceptionValue:
    text = _or(message, DEFAULTS[full_name])
    text = f"{text} (Parameter '{parameter}')" if parameter else text
    return ExceptionValue(full_name, text, inner, ParamName=parameter)


_ARG, _NULL, _RANGE = (TYPES[f"System.Argument{suffix}Exception"] for suffix in ("", "Null", "OutOfRange"))


@_ARG.constructor("ArgumentException(string message)")
def make_argument(message: str | None) -> ExceptionValue:
    return _argument(_ARG.full_name, message, None)


@_ARG.constructor("ArgumentException(string message, string paramName)")
def make_argument_named(message: str | None, parameter: str | None) -> ExceptionValue:
    return _argument(_ARG.full_name, message, parameter)


@_ARG.constructor("ArgumentException(string message, System.Exception innerException)")
def make_argument_inner(message: str | None, inner: Any) -> ExceptionValue:
    return _argument(_ARG.full_name, message, None, inner)


@_ARG.constructor("ArgumentException(string message, string paramName, System.Exception innerException)")
def make_argument_all(message: str | None, parameter: str | None, inner: Any) -> ExceptionValue:
    return _argument(_ARG.full_name, message, parameter, inner)


def _declare_named(definition: TypeDefinition) -> None:
    name = definition.name
    definition.constructor(f"{name}(string paramName)")(
        lambda parameter: _argument(definition.full_name, None, parameter)
    )
    definition.constructor(f"{name}(string paramName, string message)")(
        lambda parameter, message: _argument(definition.full_name, message, parameter)
    )
    definition.constructor(f"{name}(string message, System.Exception innerException)")(
        lambda message, inner: _argument(definition.full_name, message, None, inner)
    )


_declare_named(_NULL)
_declare_named(_RANGE)


@_RANGE.constructor("ArgumentOutOfRangeException(string paramName, object actualValue, string message)")
def make_range_actual(parameter: str | None, actual: Any, message: str | None) -> ExceptionValue:
    made = _argument(_RANGE.full_name, message, parameter)
    made.message += "" if actual is None else f"\nActual value was {text_of(actual)}."
    made.data["ActualValue"] = actual
    return made


@_RANGE.property("object ActualValue")
def get_actual_value(self: ExceptionValue) -> Any:
    return self.data.get("ActualValue")


@_ARG.property("string ParamName")
def get_param_name(self: ExceptionValue) -> Any:
    return self.data.get("ParamName")


_DISPOSED = TYPES["System.ObjectDisposedException"]


@_DISPOSED.constructor("ObjectDisposedException(string objectName)")
def make_disposed(name: str | None) -> ExceptionValue:
    return make_disposed_message(name, DEFAULTS[_DISPOSED.full_name])


@_DISPOSED.constructor("ObjectDisposedException(string objectName, string message)")
def make_disposed_message(name: str | None, message: str | None) -> ExceptionValue:
    text = message or ""
    return ExceptionValue(_DISPOSED.full_name, f"{text}\nObject name: '{name}'." if name else text)


_AGGREGATE = TYPES["System.AggregateException"]


@_AGGREGATE.constructor("AggregateException(string message)")
def make_aggregate(message: str | None) -> ExceptionValue:
    return ExceptionValue(_AGGREGATE.full_name, _or(message, DEFAULTS[_AGGREGATE.full_name]))


@_AGGREGATE.constructor("AggregateException(params System.Exception[] innerExceptions)")
def make_aggregate_of(inner: Any) -> ExceptionValue:
    return make_aggregate_all(DEFAULTS[_AGGREGATE.full_name], inner)


@_AGGREGATE.constructor("AggregateException(string message, params System.Exception[] innerExceptions)")
def make_aggregate_all(message: str | None, inner: Any) -> ExceptionValue:
    text = _or(message, DEFAULTS[_AGGREGATE.full_name]) + "".join(f" ({one.message})" for one in inner)
    first = next(iter(inner), None)
    return ExceptionValue(_AGGREGATE.full_name, text, first)


@EXCEPTION.property("string Message")
def get_message(self: ExceptionValue) -> str:
    return self.message


@EXCEPTION.property("System.Exception InnerException")
def get_inner(self: ExceptionValue) -> ExceptionValue | None:
    return self.inner


@EXCEPTION.method("System.Exception GetBaseException()")
def get_base(self: ExceptionValue) -> ExceptionValue:
    found = self
    while found.inner is not None:
        found = found.inner
    return found


@EXCEPTION.method("string ToString()")
def to_string(self: ExceptionValue) -> str:
    return self.to_text()


@EXCEPTION.property("System.Collections.IDictionary Data")
def get_data(self: ExceptionValue) -> Any:
    if "Data" not in self.data:
        self.data["Data"] = DictionaryValue(types.OBJECT, types.OBJECT)
    return self.data["Data"]
