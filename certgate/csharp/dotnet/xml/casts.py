"""The casts of XElement and XAttribute: ``(string)element``, ``(int?)attribute``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.system import faults
from certgate.csharp.dotnet.system.guid import parse_guid
from certgate.csharp.dotnet.text import casing
from certgate.csharp.dotnet.xml import schema_read as xml_schema_read
from certgate.csharp.dotnet.xml.tree import Attribute, Element
from certgate.csharp.dotnet.xml.types import ATTRIBUTE, ELEMENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.types import TypeDefinition


def _number(keyword: str) -> Callable[[str], Any]:
    return lambda text: xml_schema_read.read_number(text, keyword)


READERS: dict[str, Callable[[str], Any]] = {
    "bool": lambda text: xml_schema_read.read_boolean(casing.lower(text)),
    **{keyword: _number(keyword) for keyword in ("int", "uint", "long", "ulong", "float", "double", "decimal")},
    "System.DateTime": xml_schema_read.read_round_trip,
    "System.DateTimeOffset": xml_schema_read.read_date_time_offset,
    "System.TimeSpan": xml_schema_read.read_duration,
    "System.Guid": parse_guid,
}
"""C# type -> what makes a value of a text."""


def text_in(item: Element | Attribute) -> str:
    return item.value if isinstance(item, Attribute) else item.text()


def _declare(owner: TypeDefinition, parameter: str, kind: str, read: Callable[[str], Any]) -> None:
    @owner.operator(f"explicit operator {kind}({owner.name} {parameter})")
    def cast(item: Element | Attribute | None) -> Any:
        if item is None:
            raise faults.argument_null(parameter)
        return read(text_in(item))

    @owner.operator(f"explicit operator {kind}?({owner.name} {parameter})")
    def cast_or_null(item: Element | Attribute | None) -> Any:
        return None if item is None else read(text_in(item))


def _declare_text(owner: TypeDefinition, parameter: str) -> None:
    @owner.operator(f"explicit operator string({owner.name} {parameter})")
    def cast(item: Element | Attribute | None) -> str | None:
        return None if item is None else text_in(item)


for _owner, _parameter in ((ELEMENT, "element"), (ATTRIBUTE, "attribute")):
    _declare_text(_owner, _parameter)
    for _kind, _read in READERS.items():
        _declare(_owner, _parameter, _kind, _read)
