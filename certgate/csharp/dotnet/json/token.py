"""Members of JToken and JContainer: the tree, its values and queries, and parsing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.dotnet.json import deserialize as json_deserialize
from certgate.csharp.dotnet.json import path as json_path
from certgate.csharp.dotnet.json import reader as json_reader
from certgate.csharp.dotnet.json import serialize as json_serialize
from certgate.csharp.dotnet.json import settings as json_settings
from certgate.csharp.dotnet.json.casts import CASTS
from certgate.csharp.dotnet.json.casts import to_string as cast_to_string
from certgate.csharp.dotnet.json.containers import (
    Container,
    add_content,
)
from certgate.csharp.dotnet.json.reading import ReadOptions
from certgate.csharp.dotnet.json.results import converted, given, is_of, jtokens, lazily, tokens
from certgate.csharp.dotnet.json.tokens import Token, ValueToken, null
from certgate.csharp.dotnet.json.types import (
    ARRAY,
    CONSTRUCTOR,
    CONTAINER,
    IJENUMERABLE,
    JENUMERABLE,
    OBJECT,
    PROPERTY,
    TOKEN,
    TOKENS,
    VALUE,
)
from certgate.csharp.dotnet.json.writer import write
from certgate.csharp.dotnet.system import faults
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.values import EnumValue, NetSequence, TypeValue, enum_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.dotnet.json.settings import LoadSettings, SelectSettings
    from certgate.csharp.runtime import Evaluation
    from certgate.csharp.types import NetType, TypeDefinition

# Parsing


def _declare_parsing(definition: TypeDefinition, wanted: str, name: str) -> None:
    settings = "Newtonsoft.Json.Linq.JsonLoadSettings settings"

    def parse(evaluation: Evaluation, text: str | None) -> Token:
        return json_reader.parse(given(text, "s"), wanted, evaluation.zone)

    def parse_with(evaluation: Evaluation, text: str | None, chosen: LoadSettings | None) -> Token:
        load = json_settings.load_options(chosen)
        return json_reader.parse(given(text, "s"), wanted, evaluation.zone, load=load)

    if wanted not in ("Constructor", "Property"):
        definition.method(f"static {name} Parse(string json)", ambient=True)(parse)
        definition.method(f"static {name} Parse(string json, {settings})", ambient=True)(parse_with)
    definition.signatures(
        f"static {name} Load(Newtonsoft.Json.JsonReader reader)",
        f"static {name} Load(Newtonsoft.Json.JsonReader reader, {settings})",
    )


for _definition, _wanted in (
    (TOKEN, ""),
    (OBJECT, "Object"),
    (ARRAY, "Array"),
    (CONSTRUCTOR, "Constructor"),
    (PROPERTY, "Property"),
):
    _declare_parsing(_definition, _wanted, _definition.name)


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


@TOKEN.method("JEnumerable<JToken> Children()")
def children(self: Token) -> NetSequence:
    return jtokens(lambda: iter(self))


@TOKEN.method("JEnumerable<T> Children<T>() where T : JToken", generic=True)
def children_of(arguments: tuple[NetType, ...], self: Token) -> NetSequence:
    kind = arguments[0]
    return lazily(kind, lambda: (child for child in self if is_of(child, kind)), JENUMERABLE)


@TOKEN.method("System.Collections.Generic.IEnumerable<T> Values<T>()", generic=True)
def values(arguments: tuple[NetType, ...], self: Token) -> NetSequence:
    _inner(self)
    return lazily(arguments[0], lambda: (converted(child, arguments[0]) for child in self))


def around(self: Token) -> Iterator[Token]:
    """The containers around a token, from the inside out."""
    holder = self.parent
    while holder is not None:
        yield holder
        holder = holder.parent


@TOKEN.method(f"{TOKENS} Ancestors()")
def ancestors(self: Token) -> NetSequence:
    return tokens(around(self))


@TOKEN.method(f"{TOKENS} AncestorsAndSelf()")
def ancestors_and_self(self: Token) -> NetSequence:
    return tokens([self, *around(self)])


@TOKEN.method(f"{TOKENS} AfterSelf()")
def after_self(self: Token) -> NetSequence:
    return tokens(self.parent.children()[self.parent.position(self) + 1 :] if self.parent is not None else ())


@TOKEN.method(f"{TOKENS} BeforeSelf()")
def before_self(self: Token) -> NetSequence:
    return tokens(self.parent.children()[: self.parent.position(self)] if self.parent is not None else ())


def _get_of_each(self: Any, key: Any) -> NetSequence:
    from certgate.csharp.dotnet.json.extensions import values_by

    return values_by(self, key)


for _definition in (IJENUMERABLE, JENUMERABLE):
    _definition.indexer("IJEnumerable<JToken> this[object key]")(_get_of_each)


@TOKEN.method("JToken SelectToken(string path)")
def select_token(self: Token, where: str | None) -> Token | None:
    return json_path.select_one(self, given(where, "expression"), required=False)


@TOKEN.method("JToken SelectToken(string path, bool errorWhenNoMatch)")
def select_token_strictly(self: Token, where: str | None, strict: bool) -> Token | None:
    return json_path.select_one(self, given(where, "expression"), required=strict)


@TOKEN.method("JToken SelectToken(string path, Newtonsoft.Json.Linq.JsonSelectSettings settings)")
def select_token_with(self: Token, where: str | None, settings: SelectSettings | None) -> Token | None:
    return json_path.select_one(self, given(where, "expression"), required=_strict(settings))


@TOKEN.method(f"{TOKENS} SelectTokens(string path)")
def select_tokens(self: Token, where: str | None) -> NetSequence:
    return _selected(self, where, strict=False)


@TOKEN.method(f"{TOKENS} SelectTokens(string path, bool errorWhenNoMatch)")
def select_tokens_strictly(self: Token, where: str | None, strict: bool) -> NetSequence:
    return _selected(self, where, strict)


@TOKEN.method(f"{TOKENS} SelectTokens(string path, Newtonsoft.Json.Linq.JsonSelectSettings settings)")
def select_tokens_with(self: Token, where: str | None, settings: SelectSettings | None) -> NetSequence:
    return _selected(self, where, _strict(settings))


def _strict(settings: SelectSettings | None) -> bool:
    if settings is not None and settings.values.get("RegexMatchTimeout") is not None:
        raise UnsupportedReached("JsonSelectSettings.RegexMatchTimeout is not simulated")
    return settings is not None and settings.values.get("ErrorWhenNoMatch") is True


def _selected(self: Token, where: str | None, strict: bool) -> NetSequence:
    path = given(where, "expression")
    json_path.parsed(path)
    return lazily(TOKEN.type, lambda: json_path.select(self, path, strict))


@TOKEN.method("string ToString()")
def to_string(self: Token) -> str:
    return self.to_text()


@TOKEN.method(
    "string ToString(Newtonsoft.Json.Formatting formatting, params Newtonsoft.Json.JsonConverter[] converters)"
)
def to_string_formatted(self: Token, formatting: EnumValue, converters: Any) -> str:
    if converters is not None and len(converters):
        raise UnsupportedReached("converters of JSON are not simulated here")
    return write(self, indented=formatting.value == 1)


@TOKEN.method("T ToObject<T>()", generic=True, ambient=True)
def to_object(evaluation: Evaluation, arguments: tuple[NetType, ...], self: Token) -> Any:
    return _as_object(evaluation, self, arguments[0])


@TOKEN.method("object ToObject(System.Type objectType)", ambient=True)
def to_object_of(evaluation: Evaluation, self: Token, kind: TypeValue | None) -> Any:
    return _as_object(evaluation, self, given(kind, "type").of)


def _as_object(evaluation: Evaluation, self: Token, kind: NetType) -> Any:
    cast = CASTS.get(kind)
    if cast is not None:
        return cast(self)
    plain = types.nullable_inner(kind) or kind
    if plain.kind == "enum" and self.kind in ("String", "Integer"):
        return _as_enum(self, plain)
    return json_deserialize.from_token(self, kind, ReadOptions(zone=evaluation.zone))


def _as_enum(self: Token, kind: NetType) -> Any:
    definition = kind.definition
    assert definition is not None and isinstance(self, ValueToken)  # noqa: S101 - an enum has one
    if self.kind == "Integer":
        return enum_value(definition, int(self.value))
    try:
        return json_deserialize.parse_enum(self.value, definition)
    except ThrownException:
        raise faults.argument(f"Could not convert '{cast_to_string(self)}' to {definition.name}.") from None


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
    add_content(self.parent, added, self.parent.position(self) + step)


TOKEN.signatures(
    "static JToken ReadFrom(Newtonsoft.Json.JsonReader reader)",
    "static JToken ReadFrom(Newtonsoft.Json.JsonReader reader, Newtonsoft.Json.Linq.JsonLoadSettings settings)",
    "static JToken FromObject(object o, Newtonsoft.Json.JsonSerializer jsonSerializer)",
    "T ToObject<T>(Newtonsoft.Json.JsonSerializer jsonSerializer)",
    "object ToObject(System.Type objectType, Newtonsoft.Json.JsonSerializer jsonSerializer)",
    "Newtonsoft.Json.JsonReader CreateReader()",
    "void WriteTo(Newtonsoft.Json.JsonWriter writer, params Newtonsoft.Json.JsonConverter[] converters)",
    "void AddAnnotation(object annotation)",
    "T Annotation<T>() where T : class",
    "object Annotation(System.Type type)",
    "System.Collections.Generic.IEnumerable<T> Annotations<T>() where T : class",
    "System.Collections.Generic.IEnumerable<object> Annotations(System.Type type)",
    "void RemoveAnnotations<T>() where T : class",
    "void RemoveAnnotations(System.Type type)",
)


# JContainer


@CONTAINER.property("int Count")
def count(self: Container) -> int:
    return len(self.children())


@CONTAINER.method("void Add(object content)")
def add(self: Container, added: Any) -> None:
    add_content(self, added)


@CONTAINER.method("void AddFirst(object content)")
def add_first(self: Container, added: Any) -> None:
    add_content(self, added, 0)


@CONTAINER.method("void RemoveAll()")
def remove_all(self: Container) -> None:
    self.clear()


@CONTAINER.method("void ReplaceAll(object content)")
def replace_all(self: Container, added: Any) -> None:
    self.clear()
    add_content(self, added)


@CONTAINER.method(f"{TOKENS} Descendants()")
def descendants(self: Container) -> NetSequence:
    return lazily(TOKEN.type, self.descendants)


@CONTAINER.method(f"{TOKENS} DescendantsAndSelf()")
def descendants_and_self(self: Container) -> NetSequence:
    def walk() -> Iterator[Token]:
        yield self
        yield from self.descendants()

    return lazily(TOKEN.type, walk)


CONTAINER.signatures("Newtonsoft.Json.JsonWriter CreateWriter()")
