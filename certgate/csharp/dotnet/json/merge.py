"""``JContainer.Merge``: one tree put into another, by Newtonsoft's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet.json.containers import (
    ArrayToken,
    ConstructorToken,
    Container,
    ListToken,
    ObjectToken,
    PropertyToken,
)
from certgate.csharp.dotnet.json.object import find_property
from certgate.csharp.dotnet.json.tokens import Token, ValueToken, content
from certgate.csharp.dotnet.json.types import CONTAINER
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import ByteArray, enum_value, iterate, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certgate.csharp.dotnet.json.settings import MergeSettings
    from certgate.csharp.values import EnumValue


@CONTAINER.method("void Merge(object content)")
def merge(self: Container, other: Any) -> None:
    merge_with(self, other, None)


@CONTAINER.method("void Merge(object content, Newtonsoft.Json.Linq.JsonMergeSettings settings)")
def merge_with(self: Container, other: Any, settings: MergeSettings | None) -> None:
    if other is None:
        return
    if not isinstance(other, Token) and not _is_list(other):
        message = f"Could not determine JSON object type for type {type_of(other).reflection_name}."
        raise faults.argument(message, "content")
    _Merge(settings).into(self, other)


def _is_list(value: Any) -> bool:
    return isinstance(value, ArrayToken) or (
        not isinstance(value, (str, Token, ByteArray)) and hasattr(value, "__iter__")
    )


def _is_null(token: Token) -> bool:
    return isinstance(token, ValueToken) and token.value is None


class _Merge:
    def __init__(self, settings: MergeSettings | None) -> None:
        self.arrays = settings.name_of("MergeArrayHandling", "Concat") if settings is not None else "Concat"
        self.nulls = settings is not None and settings.name_of("MergeNullValueHandling", "Ignore") == "Merge"
        chosen = settings.values.get("PropertyNameComparison") if settings is not None else None
        self.comparison: EnumValue = chosen or enum_value("System.StringComparison", "Ordinal")

    def into(self, target: Token, other: Any) -> None:
        charge_steps(1)
        match target:
            case ObjectToken() if isinstance(other, ObjectToken):
                for child in tuple(other.properties.values()):
                    self._property(target, child)
            case ConstructorToken() if isinstance(other, ConstructorToken):
                target.name = other.name if other.name is not None else target.name
                self._list(target, other.items)
            case ArrayToken() if _is_list(other):
                self._list(target, other)
            case PropertyToken() if isinstance(other, PropertyToken) and other.content.kind != "Null":
                target.put(other.content)

    def _property(self, target: ObjectToken, child: PropertyToken) -> None:
        known = find_property(target, child.name, self.comparison)
        if known is None:
            target.add(PropertyToken(child.name, child.content))
        elif isinstance(known.content, Container) and known.content.kind == child.content.kind:
            self.into(known.content, child.content)
        elif not _is_null(child.content) or self.nulls:
            known.put(child.content)

    def _list(self, target: ListToken, other: Iterable[Any]) -> None:
        if self.arrays == "Replace":
            if target is other:
                return
            items = list(iterate(other))
            target.clear()
            for item in items:
                target.add(content(item))
            return
        for place, item in enumerate(list(iterate(other))):
            if self.arrays == "Union":
                made = content(item)
                charge_steps(len(target.items))
                if not any(made.same(known) for known in target.items):
                    target.add(made)
            elif self.arrays == "Merge" and place < len(target.items):
                self._item(target, place, item)
            else:
                target.add(content(item))

    def _item(self, target: ListToken, place: int, item: Any) -> None:
        known = target.items[place]
        if isinstance(known, Container):
            if item is not None:
                self.into(known, item)
        elif item is not None:
            made = content(item)
            if made.kind != "Null":
                target.set(place, made)
