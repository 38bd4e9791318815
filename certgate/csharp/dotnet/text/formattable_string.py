"""``System.FormattableString``: what an interpolated string is where one is asked for. Its text is made when it is
read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.text.composite import Formattable, format_composite
from certgate.csharp.types import define
from certgate.csharp.values import NetArray, array

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATTABLE = define(
    "System.FormattableString",
    bases=("IFormattable",),
    abstract=True,
    known="ArgumentCount CurrentCulture Equals Format GetArgument GetArguments GetHashCode GetType Invariant "
    "ReferenceEquals ToString",
)
FACTORY = define(
    "System.Runtime.CompilerServices.FormattableStringFactory",
    kind="static",
    known="Create Equals ReferenceEquals",
)
CONCRETE = define(
    "System.Runtime.CompilerServices.FormattableStringFactory+ConcreteFormattableString",
    bases=("System.FormattableString",),
)


class FormattableText(Formattable):
    """A format string and its arguments."""

    __slots__ = ("arguments", "template")

    net_type = CONCRETE.type

    def __init__(self, template: str, arguments: Sequence[Any]) -> None:
        self.template = template
        self.arguments = array(types.OBJECT, arguments)

    def to_text(self) -> str:
        return format_composite(self.template, self.arguments.items)

    def format(self, spec: str) -> str:
        """The format string given has no meaning here."""
        return self.to_text()


@FACTORY.method("static FormattableString Create(string format, params object[] arguments)")
def create(template: str | None, arguments: NetArray | None) -> FormattableText:
    if template is None:
        raise faults.argument_null("format")
    if arguments is None:
        raise faults.argument_null("arguments")
    made = FormattableText(template, ())
    made.arguments = arguments
    return made


@FORMATTABLE.property("string Format { get; }")
def template_of(self: FormattableText) -> str:
    return self.template


@FORMATTABLE.property("int ArgumentCount { get; }")
def argument_count(self: FormattableText) -> int:
    return len(self.arguments)


@FORMATTABLE.method("object[] GetArguments()")
def get_arguments(self: FormattableText) -> NetArray:
    return self.arguments


@FORMATTABLE.method("object GetArgument(int index)")
def get_argument(self: FormattableText, index: int) -> Any:
    try:
        return self.arguments.get(index)
    except IndexError:
        raise faults.index_outside_array() from None


@FORMATTABLE.method("string ToString()")
def to_string(self: FormattableText) -> str:
    return self.to_text()


@FORMATTABLE.method("string ToString(IFormatProvider formatProvider)")
def to_string_provider(self: FormattableText, provider: Any) -> str:
    return self.to_text()


@FORMATTABLE.method("static string Invariant(FormattableString formattable)")
@FORMATTABLE.method("static string CurrentCulture(FormattableString formattable)")
def invariant(text: FormattableText | None) -> str:
    if text is None:
        raise faults.argument_null("formattable")
    return text.to_text()
