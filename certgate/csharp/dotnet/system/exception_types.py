"""``System.Exception`` and the exceptions that expressions meet; the gateway lets them use only the first.

Knows the types, their constructors, default messages and numbers. What an exception holds: ``csharp/exceptions.py``.
"""

from __future__ import annotations

from typing import Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.exception_table import ROWS
from certgate.csharp.exceptions import ExceptionValue, UnknownText
from certgate.csharp.runtime import charge_size
from certgate.csharp.types import TypeDefinition, define
from certgate.csharp.values import array, iterate, text_of

_OBJECT = "Equals GetHashCode GetType ToString ReferenceEquals"
EXCEPTION = define(
    "System.Exception",
    allowed=True,
    known=f"Data GetBaseException GetObjectData HResult HelpLink InnerException Message Source StackTrace TargetSite "
    f"{_OBJECT}",
)
_EXCEPTION = "System.Exception"
_AGGREGATE = "System.AggregateException"
_MEMBERS = {
    "System.ArgumentException": "ParamName ThrowIfNullOrEmpty ThrowIfNullOrWhiteSpace",
    "System.ArgumentNullException": "ThrowIfNull",
    "System.ArgumentOutOfRangeException": "ActualValue ThrowIfZero ThrowIfNegative ThrowIfNegativeOrZero ThrowIfEqual "
    "ThrowIfNotEqual ThrowIfGreaterThan ThrowIfGreaterThanOrEqual ThrowIfLessThan ThrowIfLessThanOrEqual",
    _AGGREGATE: "InnerExceptions Flatten GetBaseException Handle",
    "System.ObjectDisposedException": "ObjectName ThrowIf",
    "System.NotFiniteNumberException": "OffendingNumber",
    "System.IO.FileNotFoundException": "FileName FusionLog",
    "System.IO.FileLoadException": "FileName FusionLog",
    "System.BadImageFormatException": "FileName FusionLog",
    "System.OperationCanceledException": "CancellationToken",
    "System.Threading.Tasks.TaskCanceledException": "Task",
    "System.TypeLoadException": "TypeName",
    "System.TypeInitializationException": "TypeName",
    "System.Globalization.CultureNotFoundException": "InvalidCultureId InvalidCultureName",
    "System.Text.DecoderFallbackException": "BytesUnknown Index",
    "System.Text.EncoderFallbackException": "CharUnknown CharUnknownHigh CharUnknownLow Index IsUnknownSurrogate",
    "System.Security.SecurityException": "Action Demanded DenySetInstance FailedAssemblyInfo FirstPermissionThatFailed "
    "GrantedSet Method PermissionState PermissionType PermitOnlySetInstance RefusedSet Url Zone",
}
"""Public members that the types have besides those of their base."""
_OWN_MESSAGE_NAMES = (
    "System.ArgumentException System.ArgumentOutOfRangeException System.Globalization.CultureNotFoundException "
    "System.ObjectDisposedException System.AggregateException System.BadImageFormatException "
    "System.IO.FileNotFoundException System.IO.FileLoadException System.MissingMemberException "
    "System.MissingFieldException System.MissingMethodException System.TypeLoadException"
)
_OWN_MESSAGE = frozenset(_OWN_MESSAGE_NAMES.split())
"""Types with a ``Message`` of their own: what counts for the gateway is the type that declares a member."""


def _was_thrown(default: str) -> str:
    return default or "Exception of type '{0}' was thrown."


def default_message(full_name: str) -> str:
    """What ``new X().Message`` says."""
    return _was_thrown(ROWS[full_name].message).replace("{0}", full_name)


def hresult(full_name: str) -> int:
    """The HResult of a type: its own, or that of the nearest base that has one."""
    name = full_name
    while name in ROWS and not ROWS[name].number:
        name = ROWS[name].base
    number = ROWS[name].number if name in ROWS else 0x80131500
    return number - (1 << 32)


def new(full_name: str, message: str, inner: ExceptionValue | None = None, **data: Any) -> ExceptionValue:
    """An exception that a constructor makes."""
    made = ExceptionValue(full_name, message, inner, **data)
    made.was_thrown = False
    return made


def _or(message: str | None, full_name: str) -> str:
    return default_message(full_name) if message is None else message


def _constructors(definition: TypeDefinition) -> None:
    """The constructors of a type: the usual three, where it has no others."""
    name, full = definition.name, definition.full_name
    if full != "System.TypeInitializationException":
        definition.constructor(f"{name}()")(lambda: _empty(full))
    if full in ("System.ArgumentNullException", "System.ArgumentOutOfRangeException"):
        definition.constructor(f"{name}(string paramName)")(lambda parameter: argument(full, None, parameter))
        definition.constructor(f"{name}(string paramName, string message)")(
            lambda parameter, message: argument(full, message, parameter)
        )
    elif full == "System.ObjectDisposedException":
        definition.constructor(f"{name}(string objectName)")(
            lambda object_name: disposed(object_name, default_message(full))
        )
        definition.constructor(f"{name}(string objectName, string message)")(disposed)
    elif full != "System.TypeInitializationException":
        definition.constructor(f"{name}(string message)")(lambda message: new(full, _or(message, full)))
    if full == "System.TypeInitializationException":
        definition.constructor(f"{name}(string fullTypeName, System.Exception innerException)")(
            lambda type_name, inner: new(
                full, f"The type initializer for '{text_of(type_name)}' threw an exception.", inner, TypeName=type_name
            )
        )
    elif full != _AGGREGATE:
        definition.constructor(f"{name}(string message, System.Exception innerException)")(
            lambda message, inner: new(full, _or(message, full), inner)
        )


def _empty(full_name: str) -> ExceptionValue:
    return aggregate(None, []) if full_name == _AGGREGATE else new(full_name, default_message(full_name))


def _declare(full_name: str) -> TypeDefinition:
    known = f"{_MEMBERS.get(full_name, '')} {'Message' if full_name in _OWN_MESSAGE else ''} {_OBJECT}"
    return define(full_name, bases=(ROWS[full_name].base,), known=known)


def argument(full_name: str, message: str | None, parameter: str | None, inner: Any = None) -> ExceptionValue:
    """An exception about an argument: its message names the parameter."""
    text = _or(message, full_name)
    text = f"{text} (Parameter '{parameter}')" if parameter else text
    return new(full_name, text, inner, ParamName=parameter)


def disposed(name: str | None, message: str | None) -> ExceptionValue:
    """The message of an ObjectDisposedException names the object on a line of its own."""
    text = _or(message, "System.ObjectDisposedException")
    shown = f"{text}\nObject name: '{name}'." if name else text
    return new("System.ObjectDisposedException", shown, ObjectName=name or "")


def aggregate(message: str | None, inner: list[Any]) -> ExceptionValue:
    """The message of an AggregateException has those of its inner exceptions behind it."""
    if any(one is None for one in inner):
        raise faults.argument("An element of innerExceptions was null.")
    from certgate.csharp.dotnet.collections.read_only import ReadOnlyList

    charge_size(sum(len(one.message) for one in inner))
    text = _or(message, _AGGREGATE) + "".join(f" ({one.message})" for one in inner)
    made = new(_AGGREGATE, text, inner[0] if inner else None)
    made.data["own"] = _or(message, _AGGREGATE)
    made.data["InnerExceptions"] = ReadOnlyList(array(EXCEPTION.type, inner), EXCEPTION.type)
    return made


_constructors(EXCEPTION)
TYPES: dict[str, TypeDefinition] = {name: _declare(name) for name in ROWS if name != _EXCEPTION}
for _definition in TYPES.values():
    _constructors(_definition)

_ARG, _RANGE = TYPES["System.ArgumentException"], TYPES["System.ArgumentOutOfRangeException"]
_DISPOSED, _MANY = TYPES["System.ObjectDisposedException"], TYPES[_AGGREGATE]


@_ARG.constructor("ArgumentException(string message, string paramName)")
def make_argument_named(message: str | None, parameter: str | None) -> ExceptionValue:
    return argument(_ARG.full_name, message, parameter)


@_ARG.constructor("ArgumentException(string message, string paramName, System.Exception innerException)")
def make_argument_all(message: str | None, parameter: str | None, inner: Any) -> ExceptionValue:
    return argument(_ARG.full_name, message, parameter, inner)


@_ARG.property("string ParamName")
def get_param_name(self: ExceptionValue) -> Any:
    return self.detail("ParamName")


@TYPES["System.ArgumentNullException"].method("static void ThrowIfNull(object argument, string paramName = null)")
def throw_if_null(value: Any, parameter: str | None) -> None:
    """The compiler gives the text of the argument where no name is written, which C# 7.3 does not."""
    if value is None:
        raise argument("System.ArgumentNullException", None, parameter).thrown()


def _throw_if_empty(value: str | None, parameter: str | None, blank: bool) -> None:
    throw_if_null(value, parameter)
    if value is not None and not (value.strip() if blank else value):
        what = "an empty string or composed entirely of whitespace" if blank else "an empty string"
        raise argument(_ARG.full_name, f"The value cannot be {what}.", parameter).thrown()


_ARG.method("static void ThrowIfNullOrEmpty(string argument, string paramName = null)")(
    lambda value, parameter: _throw_if_empty(value, parameter, False)
)
_ARG.method("static void ThrowIfNullOrWhiteSpace(string argument, string paramName = null)")(
    lambda value, parameter: _throw_if_empty(value, parameter, True)
)


@_RANGE.constructor("ArgumentOutOfRangeException(string paramName, object actualValue, string message)")
def make_range_actual(parameter: str | None, actual: Any, message: str | None) -> ExceptionValue:
    made = argument(_RANGE.full_name, message, parameter)
    made.message += "" if actual is None else f"\nActual value was {text_of(actual)}."
    made.data["ActualValue"] = actual
    return made


@_RANGE.property("object ActualValue")
def get_actual_value(self: ExceptionValue) -> Any:
    return self.data.get("ActualValue")


@_DISPOSED.property("string ObjectName")
def get_object_name(self: ExceptionValue) -> Any:
    return self.detail("ObjectName") or ""


@_MANY.constructor("AggregateException(string message, System.Exception innerException)")
def make_aggregate_one(message: str | None, inner: Any) -> ExceptionValue:
    if inner is None:
        raise faults.argument_null("innerException")
    return aggregate(message, [inner])


def _all(inner: Any) -> list[Any]:
    if inner is None:
        raise faults.argument_null("innerExceptions")
    return list(iterate(inner))


_SEVERAL = "System.Collections.Generic.IEnumerable<System.Exception> innerExceptions"
for _parameters in (_SEVERAL, "params System.Exception[] innerExceptions"):
    _MANY.constructor(f"AggregateException({_parameters})")(lambda inner: aggregate(None, _all(inner)))
    _MANY.constructor(f"AggregateException(string message, {_parameters})")(
        lambda message, inner: aggregate(message, _all(inner))
    )


@_MANY.property("System.Collections.ObjectModel.ReadOnlyCollection<System.Exception> InnerExceptions")
def get_inner_exceptions(self: ExceptionValue) -> Any:
    return self.data["InnerExceptions"]


@_MANY.method("System.AggregateException Flatten()")
def flatten(self: ExceptionValue) -> ExceptionValue:
    """All exceptions that are no AggregateException, level by level."""
    found: list[ExceptionValue] = []
    waiting = [self]
    for one in waiting:
        for inner in one.inner_exceptions():
            charge_size(8)
            (waiting if "InnerExceptions" in inner.data else found).append(inner)
    return aggregate(self.data["own"], found)


@_MANY.method("void Handle(System.Func<System.Exception, bool> predicate)")
def handle(self: ExceptionValue, predicate: Any) -> None:
    if predicate is None:
        raise faults.argument_null("predicate")
    rest = [one for one in self.inner_exceptions() if not predicate(one)]
    if rest:
        raise aggregate(self.message, rest).thrown()


@_MANY.method("System.Exception GetBaseException()")
def get_aggregate_base(self: ExceptionValue) -> ExceptionValue:
    """Down through those with one inner exception."""
    found = self
    while "InnerExceptions" in found.data and len(found.inner_exceptions()) == 1 and found.inner is not None:
        found = found.inner
    return found


def _declare_file(definition: TypeDefinition) -> None:
    """The exceptions about a file, which has a name."""
    full, name = definition.full_name, definition.name
    definition.constructor(f"{name}(string message, string fileName)")(
        lambda message, file: new(full, _or(message, full), FileName=file)
    )
    definition.constructor(f"{name}(string message, string fileName, System.Exception innerException)")(
        lambda message, file, inner: new(full, _or(message, full), inner, FileName=file)
    )
    definition.property("string FileName")(lambda self: self.data.get("FileName"))


for _name in ("System.IO.FileNotFoundException", "System.IO.FileLoadException", "System.BadImageFormatException"):
    _declare_file(TYPES[_name])


@EXCEPTION.property("string Message")
def get_message(self: ExceptionValue) -> str:
    return self.message


for _name in _OWN_MESSAGE:
    TYPES[_name].property("string Message")(get_message.call)  # type: ignore[arg-type]


@EXCEPTION.property("System.Exception InnerException")
def get_inner(self: ExceptionValue) -> ExceptionValue | None:
    return self.inner


@EXCEPTION.method("System.Exception GetBaseException()")
def get_base(self: ExceptionValue) -> ExceptionValue:
    if "InnerExceptions" in self.data:
        return get_aggregate_base(self)
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
        from certgate.csharp.dotnet.collections.hashtable import ListDictionary

        self.data["Data"] = ListDictionary()
    return self.data["Data"]


@EXCEPTION.property("int HResult { get; set; }")
def get_hresult(self: ExceptionValue) -> int:
    if "HResult" not in self.data:
        self.data["HResult"] = hresult(self.net_type.full_name)
    return int(self.data["HResult"])


@get_hresult.set
def set_hresult(self: ExceptionValue, value: int) -> None:
    self.data["HResult"] = value


@EXCEPTION.property("string HelpLink { get; set; }")
def get_help_link(self: ExceptionValue) -> Any:
    return self.data.get("HelpLink")


@get_help_link.set
def set_help_link(self: ExceptionValue, value: str | None) -> None:
    self.data["HelpLink"] = value


@EXCEPTION.property("string Source { get; set; }")
def get_source(self: ExceptionValue) -> Any:
    """The assembly that threw it: not null once it was thrown."""
    own = self.data.get("Source")
    return UnknownText("Exception.Source") if own is None and self.was_thrown else own


@get_source.set
def set_source(self: ExceptionValue, value: str | None) -> None:
    self.data["Source"] = value


@EXCEPTION.property("string StackTrace")
def get_stack_trace(self: ExceptionValue) -> Any:
    return UnknownText("Exception.StackTrace") if self.was_thrown else None


@EXCEPTION.property("System.Reflection.MethodBase TargetSite")
def get_target_site(self: ExceptionValue) -> Any:
    if not self.was_thrown:
        return None
    from certgate.csharp.runtime import UnsupportedReached

    raise UnsupportedReached("Exception.TargetSite is not simulated")
