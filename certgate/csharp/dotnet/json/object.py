"""Members of JObject and JArray."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.json.containers import (
    ArrayToken,
    ConstructorToken,
    ListToken,
    ObjectToken,
    PropertyToken,
    add_content,
)
from certgate.csharp.dotnet.json.results import given, jtokens, lazily
from certgate.csharp.dotnet.json.tokens import Token, null
from certgate.csharp.dotnet.json.types import ARRAY, CONSTRUCTOR, OBJECT, PROPERTY, TOKEN
from certgate.csharp.dotnet.linq import iterators as linq_iterators
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import NetArray, NetSequence

if TYPE_CHECKING:
    from certgate.csharp.dotnet.json.containers import Container
    from certgate.csharp.values import EnumValue


def _filled(made: Container, added: NetArray | None) -> Any:
    """What ``params object[]`` brings: null stands for one null."""
    for item in added.items if added is not None else (None,):
        add_content(made, item)
    return made


_ORDINAL = 4

# JObject


@OBJECT.constructor("JObject()")
def create_object() -> ObjectToken:
    return ObjectToken()


@OBJECT.constructor("JObject(JObject other)")
def copy_object(other: ObjectToken | None) -> Token:
    return given(other, "other").clone()  # type: ignore[no-any-return]


@OBJECT.constructor("JObject(object content)")
def create_object_of(added: Any) -> ObjectToken:
    made = ObjectToken()
    add_content(made, added)
    return made


@OBJECT.constructor("JObject(params object[] content)")
def create_object_with(added: NetArray | None) -> ObjectToken:
    return _filled(ObjectToken(), added)  # type: ignore[no-any-return]


@OBJECT.indexer("JToken this[string propertyName] { get; set; }")
def get_property(self: ObjectToken, name: str | None) -> Token | None:
    return self.value_of(given(name, "propertyName"))


@get_property.set
def put_property(self: ObjectToken, name: str | None, value: Token | None) -> None:
    self.put(given(name, "propertyName"), value)


@OBJECT.method("void Add(string propertyName, JToken value)")
def add_property(self: ObjectToken, name: str | None, value: Token | None) -> None:
    self.add(PropertyToken(given(name, "name"), value if value is not None else null()))


@OBJECT.method("bool Remove(string propertyName)")
def remove_property(self: ObjectToken, name: str | None) -> bool:
    found = self.properties.get(given(name, "propertyName"))
    if found is not None:
        self.remove_child(found)
    return found is not None


@OBJECT.method("bool ContainsKey(string propertyName)")
def contains_key(self: ObjectToken, name: str | None) -> bool:
    return given(name, "propertyName") in self.properties


@OBJECT.method("bool TryGetValue(string propertyName, out JToken value)")
def try_get_value(self: ObjectToken, name: str | None) -> tuple[bool, Token | None]:
    found = None if name is None else self.value_of(name)
    return found is not None, found


@OBJECT.method("JToken GetValue(string propertyName)")
def get_value(self: ObjectToken, name: str | None) -> Token | None:
    return None if name is None else self.value_of(name)


@OBJECT.method("JToken GetValue(string propertyName, StringComparison comparison)")
def get_value_by(self: ObjectToken, name: str | None, comparison: EnumValue) -> Token | None:
    found = find_property(self, name, comparison)
    return None if found is None else found.content


@OBJECT.method("bool TryGetValue(string propertyName, StringComparison comparison, out JToken value)")
def try_get_value_by(self: ObjectToken, name: str | None, comparison: EnumValue) -> tuple[bool, Token | None]:
    found = get_value_by(self, name, comparison)
    return found is not None, found


def find_property(self: ObjectToken, name: str | None, comparison: EnumValue) -> PropertyToken | None:
    """The property of exactly that name, else the first that is equal by `comparison`."""
    from certgate.csharp.dotnet.text.string_comparison import mode, same

    if name is None:
        return None
    exact = self.properties.get(name)
    how = comparison.value
    if exact is not None or how == _ORDINAL or not self.properties:
        return exact
    how = mode(comparison)
    charge_steps(len(self.properties))
    return next((child for known, child in self.properties.items() if same(known, name, how)), None)


@OBJECT.method("System.Collections.Generic.IEnumerable<JProperty> Properties()")
def properties(self: ObjectToken) -> NetSequence:
    found = lazily(PROPERTY.type, lambda: iter(self))
    return linq_iterators.named(found, "CastICollectionIterator", PROPERTY.type)


@OBJECT.method("JProperty Property(string name)")
def property_of(self: ObjectToken, name: str | None) -> PropertyToken | None:
    return None if name is None else self.properties.get(name)


@OBJECT.method("JProperty Property(string name, StringComparison comparison)")
def property_by(self: ObjectToken, name: str | None, comparison: EnumValue) -> PropertyToken | None:
    return find_property(self, name, comparison)


@OBJECT.method("JEnumerable<JToken> PropertyValues()")
def property_values(self: ObjectToken) -> NetSequence:
    return jtokens(self.contents)


@OBJECT.method(
    "System.Collections.Generic.IEnumerator<System.Collections.Generic.KeyValuePair<string, JToken>> GetEnumerator()"
)
def get_enumerator(self: ObjectToken) -> Any:
    from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue

    pair = types.named("System.Collections.Generic.KeyValuePair", types.STRING, TOKEN.type)
    return EnumeratorValue(lazily(pair, self.pairs), types.named("System.Collections.Generic.IEnumerator", pair))


# JArray


@ARRAY.constructor("JArray()")
def create_array() -> ArrayToken:
    return ArrayToken()


@ARRAY.constructor("JArray(JArray other)")
def copy_array(other: ArrayToken | None) -> Token:
    return given(other, "other").clone()  # type: ignore[no-any-return]


@ARRAY.constructor("JArray(object content)")
def create_array_of(added: Any) -> ArrayToken:
    made = ArrayToken()
    add_content(made, added)
    return made


@ARRAY.constructor("JArray(params object[] content)")
def create_array_with(added: NetArray | None) -> ArrayToken:
    return _filled(ArrayToken(), added)  # type: ignore[no-any-return]


@ARRAY.indexer("JToken this[int index] { get; set; }")
def get_item(self: ArrayToken, index: int) -> Token | None:
    return self.get(index)


@get_item.set
def put_item(self: ArrayToken, index: int, value: Token | None) -> None:
    self.set(index, value)


@ARRAY.method("void Add(JToken item)")
def add_item(self: ArrayToken, item: Token | None) -> None:
    self.add(item if item is not None else null())


@ARRAY.method("void Insert(int index, JToken item)")
def insert(self: ArrayToken, index: int, item: Token | None) -> None:
    self.insert(index, item if item is not None else null())


@ARRAY.method("void RemoveAt(int index)")
def remove_at(self: ArrayToken, index: int) -> None:
    self.remove_child(self.items[self.check(index)])


@ARRAY.method("bool Remove(JToken item)")
def remove_item(self: ArrayToken, item: Token | None) -> bool:
    found = item is not None and self.position(item) >= 0
    if item is not None and found:
        self.remove_child(item)
    return found


@ARRAY.method("bool Contains(JToken item)")
def contains(self: ArrayToken, item: Token | None) -> bool:
    return item is not None and self.position(item) >= 0


@ARRAY.method("int IndexOf(JToken item)")
def index_of(self: ArrayToken, item: Token | None) -> int:
    return -1 if item is None else self.position(item)


@ARRAY.method("void Clear()")
def clear(self: ArrayToken) -> None:
    for child in tuple(self.items):
        self.remove_child(child)


@ARRAY.method("void CopyTo(JToken[] array, int arrayIndex)")
def copy_to(self: ListToken, target: NetArray | None, index: int) -> None:
    given(target, "array")
    if index < 0:
        raise faults.out_of_range("arrayIndex is less than 0.", "arrayIndex")
    assert target is not None  # noqa: S101 - asked above
    if index >= len(target) and index != 0:
        raise faults.argument("arrayIndex is equal to or greater than the length of array.")
    if len(self.items) > len(target) - index:
        raise faults.argument(
            "The number of elements in the source JObject is greater than the available space from arrayIndex to the "
            "end of the destination array."
        )
    target.items[index : index + len(self.items)] = self.items


@ARRAY.property("bool IsReadOnly")
def is_read_only(self: ArrayToken) -> bool:
    return False


@ARRAY.method("System.Collections.Generic.IEnumerator<JToken> GetEnumerator()")
def items_of(self: ArrayToken) -> Any:
    from certgate.csharp.dotnet.collections.enumerators import EnumeratorValue

    kind = types.named("System.Collections.Generic.IEnumerator", TOKEN.type)
    return EnumeratorValue(lazily(TOKEN.type, lambda: iter(self)), kind)


# JConstructor


@CONSTRUCTOR.constructor("JConstructor()")
def create_constructor() -> ConstructorToken:
    return ConstructorToken(None)


@CONSTRUCTOR.constructor("JConstructor(JConstructor other)")
def copy_constructor(other: ConstructorToken | None) -> Token:
    return given(other, "other").clone()  # type: ignore[no-any-return]


@CONSTRUCTOR.constructor("JConstructor(string name, params object[] content)")
def create_constructor_with(name: str | None, added: NetArray | None) -> ConstructorToken:
    return _filled(_named(name), added)  # type: ignore[no-any-return]


@CONSTRUCTOR.constructor("JConstructor(string name, object content)")
def create_constructor_of(name: str | None, added: Any) -> ConstructorToken:
    made = _named(name)
    add_content(made, added)
    return made


@CONSTRUCTOR.constructor("JConstructor(string name)")
def create_constructor_named(name: str | None) -> ConstructorToken:
    return _named(name)


def _named(name: str | None) -> ConstructorToken:
    if given(name, "name") == "":
        raise faults.argument("Constructor name cannot be empty.", "name")
    return ConstructorToken(name)


@CONSTRUCTOR.property("string Name { get; set; }")
def constructor_name(self: ConstructorToken) -> str | None:
    return self.name


@constructor_name.set
def set_constructor_name(self: ConstructorToken, name: str | None) -> None:
    self.name = name
