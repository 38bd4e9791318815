"""``Newtonsoft.Json.Linq.Extensions``: what can be asked of a sequence of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp.conversions import derives_from
from certgate.csharp.dotnet.json.containers import Container, ObjectToken
from certgate.csharp.dotnet.json.results import converted, given, is_of, itokens, lazily
from certgate.csharp.dotnet.json.token import around
from certgate.csharp.dotnet.json.tokens import Token, ValueToken
from certgate.csharp.dotnet.json.types import EXTENSIONS, IJENUMERABLE, JENUMERABLE, PROPERTY, TOKEN, TOKENS
from certgate.csharp.dotnet.system import faults
from certgate.csharp.values import NetSequence, iterate, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certgate.csharp.types import NetType

_SEQUENCE = "System.Collections.Generic.IEnumerable"
_OF = f"this {_SEQUENCE}<T> source"


@EXTENSIONS.method(f"static U Value<U>(this {TOKENS} value)", generic=True)
def value_from(arguments: tuple[NetType, ...], source: Any) -> Any:
    token = given(source, "value")
    if not isinstance(token, Token):
        raise faults.argument("Source value must be a JToken.")
    return converted(token, arguments[0])


@EXTENSIONS.method(f"static U Value<T, U>(this {_SEQUENCE}<T> value) where T : JToken", generic=True)
def value_from_of(arguments: tuple[NetType, ...], source: Any) -> Any:
    return value_from(arguments[1:], source)


def _below(token: Token) -> Iterator[Token]:
    return iter((token,)) if isinstance(token, ValueToken) else iter(token)


def _values(kind: NetType, source: Any, key: Any) -> Iterator[Any]:
    for token in iterate(source):
        if key is None:
            for child in _below(token):
                yield converted(child, kind)
        else:
            found = token.get(key)
            if found is not None:
                yield converted(found, kind)


@EXTENSIONS.method(f"static IJEnumerable<JToken> Values(this {TOKENS} source)")
def values_from(source: Any) -> NetSequence:
    given(source, "source")
    return itokens(lambda: _values(TOKEN.type, source, None))


@EXTENSIONS.method(f"static IJEnumerable<JToken> Values(this {TOKENS} source, object key)")
def values_by(source: Any, key: Any) -> NetSequence:
    given(source, "source")
    return itokens(lambda: _values(TOKEN.type, source, key))


@EXTENSIONS.method(f"static {_SEQUENCE}<U> Values<U>(this {TOKENS} source, object key)", generic=True)
def values_by_as(arguments: tuple[NetType, ...], source: Any, key: Any) -> NetSequence:
    given(source, "source")
    return lazily(arguments[0], lambda: _values(arguments[0], source, key))


@EXTENSIONS.method(f"static {_SEQUENCE}<U> Values<U>(this {TOKENS} source)", generic=True)
def values_as(arguments: tuple[NetType, ...], source: Any) -> NetSequence:
    return values_by_as(arguments, source, None)


@EXTENSIONS.method(f"static IJEnumerable<JToken> Children<T>({_OF}) where T : JToken", generic=True)
def children_from(arguments: tuple[NetType, ...], source: Any) -> NetSequence:
    given(source, "source")
    return itokens(lambda: (child for token in iterate(source) for child in token))


@EXTENSIONS.method(f"static {_SEQUENCE}<U> Children<T, U>({_OF}) where T : JToken", generic=True)
def children_as(arguments: tuple[NetType, ...], source: Any) -> NetSequence:
    given(source, "source")
    kind = arguments[1]
    return lazily(kind, lambda: (converted(child, kind) for token in iterate(source) for child in token))


@EXTENSIONS.method(f"static IJEnumerable<JProperty> Properties(this {_SEQUENCE}<JObject> source)")
def properties_from(source: Any) -> NetSequence:
    given(source, "source")

    def walk() -> Iterator[Token]:
        for token in iterate(source):
            if isinstance(token, ObjectToken):
                yield from token.children()

    return lazily(PROPERTY.type, walk, JENUMERABLE)


def _ancestors(source: Any, with_self: bool) -> NetSequence:
    given(source, "source")

    def walk() -> Iterator[Token]:
        for token in iterate(source):
            if with_self:
                yield token
            yield from around(token)

    return itokens(walk)


def _descendants(source: Any, with_self: bool) -> NetSequence:
    given(source, "source")

    def walk() -> Iterator[Token]:
        for token in iterate(source):
            if with_self:
                yield token
            if isinstance(token, Container):
                yield from token.descendants()

    return itokens(walk)


@EXTENSIONS.method(f"static IJEnumerable<JToken> Ancestors<T>({_OF}) where T : JToken", generic=True)
def ancestors_from(arguments: tuple[NetType, ...], source: Any) -> NetSequence:
    return _ancestors(source, with_self=False)


@EXTENSIONS.method(f"static IJEnumerable<JToken> AncestorsAndSelf<T>({_OF}) where T : JToken", generic=True)
def ancestors_and_self_from(arguments: tuple[NetType, ...], source: Any) -> NetSequence:
    return _ancestors(source, with_self=True)


@EXTENSIONS.method(f"static IJEnumerable<JToken> Descendants<T>({_OF}) where T : JContainer", generic=True)
def descendants_from(arguments: tuple[NetType, ...], source: Any) -> NetSequence:
    return _descendants(source, with_self=False)


@EXTENSIONS.method(f"static IJEnumerable<JToken> DescendantsAndSelf<T>({_OF}) where T : JContainer", generic=True)
def descendants_and_self_from(arguments: tuple[NetType, ...], source: Any) -> NetSequence:
    return _descendants(source, with_self=True)


@EXTENSIONS.method(f"static IJEnumerable<JToken> AsJEnumerable(this {TOKENS} source)")
def as_jenumerable(source: Any) -> Any:
    if source is None or derives_from(type_of(source), IJENUMERABLE.of(TOKEN.type)):
        return source
    return itokens(lambda: (token for token in iterate(source) if is_of(token, TOKEN.type)))
