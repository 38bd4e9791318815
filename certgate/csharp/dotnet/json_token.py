"""Members of JToken and JContainer: the tree, its values and queries, and parsing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.dotnet import faults, json_path, json_reader, json_serialize
from certgate.csharp.dotnet.json_results import contents, converted, given, sequence, tokens
from certgate.csharp.dotnet.json_tokens import (
    ArrayToken,
    Container,
    ObjectToken,
    PropertyToken,
    Token,
    ValueToken,
    add_content,
    content,
    json_error,
    null,
)
from certgate.csharp.dotnet.json_types import ARRAY, CONTAINER, OBJECT, PROPERTY, TOKEN, TOKENS, VALUE
from certgate.csharp.dotnet.json_writer import write
from certgate.csharp.values import NetSequence, type_of

if TYPE_CHECKING:
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import NetType
    from certgate.csharp.values import EnumValue

# Parsing


@TOKEN.method("static JToken Parse(string json)", ambient=True)
def parse(evaluation: Evaluation, text: str | None) -> Token:
    return json_reader.parse(given(text, "s"), "", evaluation.zone)


@OBJECT.method("static JObject Parse(string json)", ambient=True)
def parse_object(evaluation: Evaluation, text: str | None) -> Token:
    return json_reader.parse(given(text, "s"), "Object", evaluation.zone)


@ARRAY.method("static JArray Parse(string json)", ambient=True)
def parse_array(evaluation: Evaluation, text: str | None) -> Token:
    return json_reader.parse(given(text, "s"), "Array", evaluation.zone)


@TOKEN.method("static JToken FromObject(object o)")
def from_object(value: Any) -> Token:
    return json_serialize.to_token(given(value, "o"))


@OBJECT.method("static JObject FromObject(object o)")
def object_from(value: Any) -> Token:
    return _expected(from_object(value), "Object", "JObject")


@ARRAY.method("static JArray FromObject(object o)")
def array_from(value: Any) -> Token:
    return _expected(from_object(value), "Array", "JArray")


def _expected(token: Token, kind: str, name: str) -> Token:
    if token.kind != kind:
        raise faults.argument(f"Object serialized to {token.kind}. {name} instance expected.")
    return token


# JToken


@TOKEN.property("JTokenType Type")
def kind(self: Token) -> EnumValue:
    return self.kind_value


@TOKEN.property("bool HasValues")
def has_values(self: Token) -> bool:
    return bool(self.children())


@TOKEN.property("JContainer Parent")
def parent(self: Token) -> Token | None:
    return self.parent


@TOKEN.property("JToken Root")
def root(self: Token) -> Token:
    token = self
    while token.parent is not None:
        token = token.parent
    return token


@TOKEN.property("string Path")
def path(self: Token) -> str:
    return self.path()


@TOKEN.property("JToken First")
def first(self: Token) -> Token | None:
    children = _inner(self)
    return children[0] if children else None


@TOKEN.property("JToken Last")
def last(self: Token) -> Token | None:
    children = _inner(self)
    return children[-1] if children else None


def _inner(self: Token) -> list[Token]:
    if isinstance(self, ValueToken):
        raise faults.invalid_operation(f"Cannot access child value on {VALUE.full_name}.")
    return self.children()


@TOKEN.property("JToken Next")
def following(self: Token) -> Token | None:
    return _sibling(self, 1)


@TOKEN.property("JToken Previous")
def preceding(self: Token) -> Token | None:
    return _sibling(self, -1)


def _sibling(self: Token, step: int) -> Token | None:
    if self.parent is None:
        return None
    siblings = self.parent.children()
    at = self.parent.position(self) + step
    return siblings[at] if 0 <= at < len(siblings) else None


@TOKEN.indexer("JToken this[object key] { get; set; }")
def get(self: Token, key: Any) -> Token | None:
    return self.get(key)


@get.set
def put(self: Token, key: Any, value: Token | None) -> None:
    self.set(key, value)


@TOKEN.method("T Value<T>(object key)", generic=True)
def value(arguments: tuple[NetType, ...], self: Token, key: Any) -> Any:
    return converted(self.get(key), arguments[0])


@TOKEN.method(f"{TOKENS} Children()")
def children(self: Token) -> NetSequence:
    return tokens(self.children())


@TOKEN.method("System.Collections.Generic.IEnumerable<T> Children<T>()", generic=True)
def children_of(arguments: tuple[NetType, ...], self: Token) -> NetSequence:
    return sequence(arguments[0], (child for child in self.children() if _is(child, arguments[0])))


def _is(token: Token, kind: NetType) -> bool:
    from certgate.csharp.conversions import derives_from

    return derives_from(type_of(token), kind)


@TOKEN.method("System.Collections.Generic.IEnumerable<T> Values<T>()", generic=True)
def values(arguments: tuple[NetType, ...], self: Token) -> NetSequence:
    return sequence(arguments[0], (converted(child, arguments[0]) for child in contents(_inner(self))))


@TOKEN.method(f"{TOKENS} Ancestors()")
def ancestors(self: Token) -> NetSequence:
    found: list[Token] = []
    holder = self.parent
    while holder is not None:
        found.append(holder)
        holder = holder.parent
    return tokens(found)


@TOKEN.method("JToken SelectToken(string path)")
def select_token(self: Token, where: str | None) -> Token | None:
    return json_path.select_one(self, given(where, "expression"), required=False)


@TOKEN.method("JToken SelectToken(string path, bool errorWhenNoMatch)")
def select_token_strictly(self: Token, where: str | None, strict: bool) -> Token | None:
    return json_path.select_one(self, given(where, "expression"), required=strict)


@TOKEN.method(f"{TOKENS} SelectTokens(string path)")
def select_tokens(self: Token, where: str | None) -> NetSequence:
    return tokens(json_path.select(self, given(where, "expression")))


@TOKEN.method(f"{TOKENS} SelectTokens(string path, bool errorWhenNoMatch)")
def select_tokens_strictly(self: Token, where: str | None, strict: bool) -> NetSequence:
    return tokens(json_path.select(self, given(where, "expression"), strict))


@TOKEN.method("string ToString()")
def to_string(self: Token) -> str:
    return self.to_text()


@TOKEN.method(
    "string ToString(Newtonsoft.Json.Formatting formatting, params Newtonsoft.Json.JsonConverter[] converters)"
)
def to_string_formatted(self: Token, formatting: EnumValue, converters: Any) -> str:
    return write(self, indented=formatting.value == 1)


@TOKEN.method("T ToObject<T>()", generic=True)
def to_object(arguments: tuple[NetType, ...], self: Token) -> Any:
    return json_serialize.from_token(self, arguments[0])


@TOKEN.method("JToken DeepClone()")
def deep_clone(self: Token) -> Token:
    return self.clone()


@TOKEN.method("static bool DeepEquals(JToken t1, JToken t2)")
def deep_equals(left: Token | None, right: Token | None) -> bool:
    if left is None or right is None:
        return left is right
    return left is right or left.same(right)


@TOKEN.method("void Remove()")
def remove(self: Token) -> None:
    self.remove()


@TOKEN.method("void Replace(JToken value)")
def replace(self: Token, new: Token | None) -> None:
    self.replace(new if new is not None else null())


@TOKEN.method("void AddAfterSelf(object content)")
def add_after(self: Token, added: Any) -> None:
    _add_beside(self, added, 1)


@TOKEN.method("void AddBeforeSelf(object content)")
def add_before(self: Token, added: Any) -> None:
    _add_beside(self, added, 0)


def _add_beside(self: Token, added: Any, step: int) -> None:
    if self.parent is None:
        raise faults.invalid_operation("The parent is missing.")
    _insert(self.parent, self.parent.position(self) + step, content(added))


def _insert(holder: Container, at: int, token: Token) -> None:
    if isinstance(holder, ArrayToken):
        holder.insert(at, token)
    elif isinstance(holder, ObjectToken):
        after = holder.children()[at:]
        holder.add(token)
        for child in after:
            if isinstance(child, PropertyToken):
                holder.properties[child.name] = holder.properties.pop(child.name)
    else:
        raise json_error(f"{PROPERTY.full_name} cannot have multiple values.")


# JContainer


@CONTAINER.property("int Count")
def count(self: Container) -> int:
    return len(self.children())


@CONTAINER.method("void Add(object content)")
def add(self: Container, added: Any) -> None:
    if not isinstance(self, ArrayToken | ObjectToken):
        raise json_error(f"{PROPERTY.full_name} cannot have multiple values.")
    add_content(self, added)


@CONTAINER.method("void AddFirst(object content)")
def add_first(self: Container, added: Any) -> None:
    _insert(self, 0, content(added))


@CONTAINER.method("void RemoveAll()")
def remove_all(self: Container) -> None:
    for child in tuple(self.children()):
        self.remove_child(child)


@CONTAINER.method(f"{TOKENS} Descendants()")
def descendants(self: Container) -> NetSequence:
    return tokens(self.descendants())


@CONTAINER.method(f"{TOKENS} DescendantsAndSelf()")
def descendants_and_self(self: Container) -> NetSequence:
    return tokens([self, *self.descendants()])


@CONTAINER.method("void Merge(object content)")
def merge(self: Container, other: Any) -> None:
    merge_into(self, other, "Concat")


def merge_into(target: Container, other: Any, arrays: str) -> None:
    """`other` into `target`: properties by name; arrays as `arrays` says (Concat, Union, Replace, Merge)."""
    if isinstance(target, ObjectToken) and isinstance(other, ObjectToken):
        for child in tuple(other.properties.values()):
            _merge_property(target, child, arrays)
    elif isinstance(target, ArrayToken) and isinstance(other, ArrayToken):
        for item in tuple(other.items):
            if arrays != "Union" or not any(item.same(known) for known in target.items):
                target.add(item.clone())


def _merge_property(target: ObjectToken, child: PropertyToken, arrays: str) -> None:
    known = target.properties.get(child.name)
    if known is None:
        target.add(PropertyToken(child.name, child.content.clone()))
    elif isinstance(known.content, Container) and known.content.kind == child.content.kind:
        merge_into(known.content, child.content, arrays)
    elif child.content.kind != "Null":
        known.put(child.content.clone())
