"""Members of JObject and JArray."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.json_results import given, sequence, tokens
from certgate.csharp.dotnet.json_tokens import ArrayToken, ObjectToken, PropertyToken, Token, add_content, null
from certgate.csharp.dotnet.json_types import ARRAY, OBJECT, PROPERTY, TOKEN, TOKENS
from certgate.csharp.values import NetArray, NetSequence

if TYPE_CHECKING:
    from certgate.csharp.values import EnumValue

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
def create_object_with(added: NetArray) -> ObjectToken:
    made = ObjectToken()
    for item in added.items:
        add_content(made, item)
    return made


@OBJECT.indexer("JToken this[string propertyName] { get; set; }")
def get_property(self: ObjectToken, name: str | None) -> Token | None:
    return self.value_of(given(name, "propertyName"))


@get_property.set
def put_property(self: ObjectToken, name: str | None, value: Token | None) -> None:
    self.set(given(name, "propertyName"), value)


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
    from certgate.csharp.dotnet import casing

    if name is None:
        return None
    exact = self.properties.get(name)
    if exact is not None or comparison.value % 2 == 0:
        return exact
    wanted = casing.fold(name)
    return next((child for known, child in self.properties.items() if casing.fold(known) == wanted), None)


@OBJECT.method("System.Collections.Generic.IEnumerable<JProperty> Properties()")
def properties(self: ObjectToken) -> NetSequence:
    return sequence(PROPERTY.type, self.properties.values())


@OBJECT.method("JProperty Property(string name)")
def property_of(self: ObjectToken, name: str | None) -> PropertyToken | None:
    return None if name is None else self.properties.get(name)


@OBJECT.method("JProperty Property(string name, StringComparison comparison)")
def property_by(self: ObjectToken, name: str | None, comparison: EnumValue) -> PropertyToken | None:
    return find_property(self, name, comparison)


@OBJECT.method(f"{TOKENS} PropertyValues()")
def property_values(self: ObjectToken) -> NetSequence:
    return tokens(child.content for child in self.properties.values())


@OBJECT.method(
    "System.Collections.Generic.IEnumerator<System.Collections.Generic.KeyValuePair<string, JToken>> GetEnumerator()"
)
def pairs(self: ObjectToken) -> Any:
    from certgate.csharp.dotnet.collection_interfaces import EnumeratorValue
    from certgate.csharp.dotnet.dictionary import PairValue

    pair = types.named("System.Collections.Generic.KeyValuePair", types.STRING, TOKEN.type)
    items = sequence(pair, [PairValue(pair, name, child.content) for name, child in self.properties.items()])
    return EnumeratorValue(items, types.named("System.Collections.Generic.IEnumerator", pair))


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
def create_array_with(added: NetArray) -> ArrayToken:
    made = ArrayToken()
    for item in added.items:
        add_content(made, item)
    return made


@ARRAY.indexer("JToken this[int index] { get; set; }")
def get_item(self: ArrayToken, index: int) -> Token:
    return self.items[self.check(index)]


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
