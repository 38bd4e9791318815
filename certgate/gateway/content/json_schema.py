"""JSON held against a JSON Schema, as OpenAPI and the gateway use them, with the words of Newtonsoft's library.

The keywords of draft 4 and of OpenAPI's own (``nullable``) are known; any other that could refuse something raises
NotSimulated where it is met. SECURITY: bounded in depth and steps; a pattern runs in the bounded engine of expressions.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.dotnet.json.containers import ArrayToken, ObjectToken
from certgate.csharp.dotnet.json.tokens import ValueToken
from certgate.csharp.dotnet.json.writer import write
from certgate.csharp.runtime import charge_steps
from certgate.csharp.values import from_utf16, to_utf16
from certgate.gateway.content.json_formats import fits
from certgate.gateway.content.schemas import JsonSchema, NotSimulated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certgate.csharp.dotnet.json.tokens import Token

MAX_ERRORS = 100
_MAX_DEPTH = 120

_SILENT = (
    *("$schema", "$id", "id", "title", "description", "default", "example", "examples", "deprecated", "readOnly"),
    *("writeOnly", "xml", "externalDocs", "discriminator", "definitions", "$defs", "components", "contentMediaType"),
    *("contentEncoding", "$comment", "collectionFormat"),
)
"""Keywords that refuse nothing."""


@frozen
class Fault:
    """What does not fit: the words, and where in the text."""

    message: str
    line: int = 0
    position: int = 0

    @property
    def text(self) -> str:
        return f"{self.message} Line: {self.line}, Position: {self.position}"


@frozen
class How:
    """`additional`: whether members beyond the schema's are allowed, whatever it says; None: as it says. `fold`: names
    of members have no case."""

    additional: bool | None = None
    fold: bool = False


def faults(token: Token, schema: JsonSchema, how: How) -> tuple[Fault, ...]:
    """Everything that does not fit, the first hundred. Raises NotSimulated."""
    found = []
    for fault in _Checker(schema, how).check(token, schema.node, 0):
        found.append(fault)
        if len(found) == MAX_ERRORS:
            break
    return tuple(found)


class _Checker:
    def __init__(self, schema: JsonSchema, how: How) -> None:
        self.schema = schema
        self.how = how

    def check(self, token: Token, node: Any, depth: int) -> Iterator[Fault]:
        charge_steps(4)
        if depth > _MAX_DEPTH:
            raise NotSimulated(f"certgate follows no schema beyond {_MAX_DEPTH} levels")
        if isinstance(node, bool):
            if not node:
                yield self._fault(token, "Schema always fails validation.")
            return
        if not isinstance(node, dict):
            raise NotSimulated("the schema holds something that is no schema")
        if isinstance(reference := node.get("$ref"), str):
            yield from self.check(token, self.schema.at(reference).node, depth + 1)
            return
        if node.get("nullable") is True and _kind(token) == "Null":
            return
        for keyword, rule in node.items():
            try:
                yield from self._keyword(token, node, keyword, rule, depth)
            except (TypeError, AttributeError, ValueError, ArithmeticError):
                raise NotSimulated(f"the keyword '{keyword[:40]}' of the schema does not say what it should") from None
        if self.how.additional is False and "additionalProperties" not in node and _is_of_objects(node):
            yield from self.additional(token, node, False, depth)

    def _keyword(self, token: Token, node: dict[str, Any], keyword: str, rule: Any, depth: int) -> Iterator[Fault]:
        if keyword in _SILENT or keyword.startswith("x-"):
            return
        if keyword in _WITH_SCHEMAS:
            yield from _WITH_SCHEMAS[keyword](self, token, node, rule, depth)
        elif keyword in _PLAIN:
            message = _PLAIN[keyword](token, rule, node)
            if message:
                yield self._fault(token, message)
        elif keyword not in _TOGETHER:
            raise NotSimulated(f"certgate does not simulate the keyword '{keyword[:40]}' of JSON Schema")

    def _fault(self, token: Token, message: str) -> Fault:
        line, position = token.place or (0, 0)
        return Fault(from_utf16(message), line, position)

    # -- objects and arrays ----------------------------------------------------------------------

    def _name(self, text: str) -> str:
        return text.lower() if self.how.fold else text

    def members(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        if not isinstance(token, ObjectToken):
            return
        schemas = {self._name(name): each for name, each in rule.items()}
        for member in token.properties.values():
            schema = schemas.get(self._name(from_utf16(member.name)))
            if schema is not None:
                yield from self.check(member.value, schema, depth + 1)

    def additional(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        """Members that no other keyword names; where the policy says what of them, that counts."""
        if not isinstance(token, ObjectToken):
            return
        allowed = rule if self.how.additional is None else self.how.additional
        if allowed is True:
            return
        known = {self._name(name) for name in node.get("properties") or {}}
        patterns = list(node.get("patternProperties") or {})
        for member in token.properties.values():
            name = from_utf16(member.name)
            if self._name(name) in known or any(_matches(member.name, pattern) for pattern in patterns):
                continue
            if allowed is False:
                message = f"Property '{name}' has not been defined and the schema does not allow additional properties."
                yield self._fault(member, message)
            else:
                yield from self.check(member.value, allowed, depth + 1)

    def patterned(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        if isinstance(token, ObjectToken):
            for member in token.properties.values():
                for pattern, schema in rule.items():
                    if _matches(member.name, pattern):
                        yield from self.check(member.value, schema, depth + 1)

    def required(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        # An old OpenAPI document may say of a member itself whether it is required.
        if not isinstance(token, ObjectToken) or not isinstance(rule, list):
            return
        given = {self._name(from_utf16(member.name)) for member in token.properties.values()}
        missing = [name for name in rule if self._name(str(name)) not in given]
        if missing:
            yield self._fault(token, f"Required properties are missing from object: {', '.join(map(str, missing))}.")

    def items(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        if not isinstance(token, ArrayToken):
            return
        if isinstance(rule, list):
            raise NotSimulated("certgate does not simulate schemas of arrays by position")
        for each in token.children():
            yield from self.check(each, rule, depth + 1)

    # -- several schemas -------------------------------------------------------------------------

    def _fits(self, token: Token, schema: Any, depth: int) -> bool:
        return next(self.check(token, schema, depth + 1), None) is None

    def all_of(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        wrong = [str(at) for at, schema in enumerate(rule) if not self._fits(token, schema, depth)]
        if wrong:
            message = f"JSON does not match all schemas from 'allOf'. Invalid schema indexes: {', '.join(wrong)}."
            yield self._fault(token, message)

    def any_of(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        if not any(self._fits(token, schema, depth) for schema in rule):
            yield self._fault(token, "JSON does not match any schemas from 'anyOf'.")

    def one_of(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        right = [str(at) for at, schema in enumerate(rule) if self._fits(token, schema, depth)]
        if len(right) > 1:
            start = "JSON is valid against more than one schema from 'oneOf'. Valid schema indexes:"
            yield self._fault(token, f"{start} {', '.join(right)}.")
        elif not right:
            yield self._fault(token, "JSON is valid against no schemas from 'oneOf'.")

    def not_(self, token: Token, node: dict[str, Any], rule: Any, depth: int) -> Iterator[Fault]:
        if self._fits(token, rule, depth):
            yield self._fault(token, "JSON is valid against schema from 'not'.")


def _is_of_objects(node: dict[str, Any]) -> bool:
    return "properties" in node or node.get("type") == "object"


# -- plain keywords ------------------------------------------------------------------------------


def _kind(token: Token) -> str:
    match token:
        case ObjectToken():
            return "Object"
        case ArrayToken():
            return "Array"
        case ValueToken(value=None):
            return "Null"
        case ValueToken(value=bool()):
            return "Boolean"
        case ValueToken(value=str()):
            return "String"
        case ValueToken(value=int()):
            return "Integer"
        case ValueToken(value=float()):
            return "Number"
    return {"Integer": "Integer", "Float": "Number"}.get(token.kind, token.kind)


def _type(token: Token, rule: Any, node: dict[str, Any]) -> str:
    wanted = [str(each).capitalize() for each in (rule if isinstance(rule, list) else [rule])]
    kind = _kind(token)
    if kind in wanted or (kind == "Integer" and "Number" in wanted):
        return ""
    if kind == "Number" and "Integer" in wanted and float(_number(token) or 0).is_integer():
        raise NotSimulated("certgate does not know whether the gateway takes 1.0 for an integer")
    return f"Invalid type. Expected {', '.join(wanted)} but got {kind}."


def _number(token: Token) -> Decimal | None:
    if _kind(token) not in ("Integer", "Number"):
        return None
    try:
        return Decimal(write(token))
    except InvalidOperation:
        return None


def _bound(keyword: str, crossed: Callable[[Decimal, Decimal], bool], words: str) -> Callable[..., str]:
    def check(token: Token, rule: Any, node: dict[str, Any]) -> str:
        number, exclusive = _number(token), node.get(f"exclusive{keyword.capitalize()}")
        if number is None:
            return ""
        limit = Decimal(str(rule))
        sort = "Integer" if _kind(token) == "Integer" else "Float"
        if crossed(number, limit):
            return f"{sort} {write(token)} {words} of {rule}."
        if exclusive is True and number == limit:
            return f"{sort} {write(token)} equals {keyword} value of {rule} and exclusive {keyword} is true."
        return ""

    return check


def _exclusive(keyword: str) -> Callable[..., str]:
    def check(token: Token, rule: Any, node: dict[str, Any]) -> str:
        number = _number(token)
        if isinstance(rule, bool) or number is None:
            return ""
        limit = Decimal(str(rule))
        sort = "Integer" if _kind(token) == "Integer" else "Float"
        if number == limit:
            return f"{sort} {write(token)} equals {keyword} value of {rule} and exclusive {keyword} is true."
        if number < limit if keyword == "minimum" else number > limit:
            return f"{sort} {write(token)} {_CROSSED[keyword]} of {rule}."
        return ""

    return check


_CROSSED = {"minimum": "is less than minimum value", "maximum": "exceeds maximum value"}


def _text(token: Token) -> str | None:
    return token.value if isinstance(token, ValueToken) and isinstance(token.value, str) else None


def _length(words: str, crossed: Callable[[int, int], bool]) -> Callable[..., str]:
    def check(token: Token, rule: Any, node: dict[str, Any]) -> str:
        text = _text(token)
        return "" if text is None or not crossed(len(text), rule) else f"String '{text}' {words} of {rule}."

    return check


def _count(kind: type, subject: str, words: str, crossed: Callable[[int, int], bool]) -> Callable[..., str]:
    def check(token: Token, rule: Any, node: dict[str, Any]) -> str:
        if not isinstance(token, kind):
            return ""
        count = len(token.children())
        return f"{subject} count {count} {words} count of {rule}." if crossed(count, rule) else ""

    return check


def _matches(text: str, pattern: str) -> bool:
    from certgate.csharp.dotnet.regex import regex

    return regex.is_match_of(text, to_utf16(pattern))


def _pattern(token: Token, rule: Any, node: dict[str, Any]) -> str:
    text = _text(token)
    if text is None or _matches(text, str(rule)):
        return ""
    return f"String '{text}' does not match regex pattern '{rule}'."


def _format(token: Token, rule: Any, node: dict[str, Any]) -> str:
    text = _text(token)
    return "" if text is None or fits(text, rule) else f"String '{text}' does not validate against format '{rule}'."


def _enum(token: Token, rule: Any, node: dict[str, Any]) -> str:
    from certgate.gateway.content.json_values import token_of

    if any(token.same(token_of(each)) for each in rule):
        return ""
    return f"Value {write(token)} is not defined in enum."


def _const(token: Token, rule: Any, node: dict[str, Any]) -> str:
    from certgate.gateway.content.json_values import token_of

    return "" if token.same(token_of(rule)) else f"Value {write(token)} does not match const."


def _multiple(token: Token, rule: Any, node: dict[str, Any]) -> str:
    number = _number(token)
    try:
        if number is None or number % Decimal(str(rule)) == 0:
            return ""
    except InvalidOperation:
        raise NotSimulated("certgate does not simulate multipleOf for numbers of this size") from None
    return f"{'Integer' if _kind(token) == 'Integer' else 'Float'} {write(token)} is not a multiple of {rule}."


def _unique(token: Token, rule: Any, node: dict[str, Any]) -> str:
    if rule is not True or not isinstance(token, ArrayToken):
        return ""
    seen: set[str] = set()
    for at, each in enumerate(token.children()):
        text = write(each)
        if text in seen:
            return f"Non-unique array item at index {at}."
        seen.add(text)
    return ""


def _more(count: int, limit: int) -> bool:
    return count > limit


def _less(count: int, limit: int) -> bool:
    return count < limit


_PLAIN: dict[str, Callable[..., str]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "format": _format,
    "pattern": _pattern,
    "multipleOf": _multiple,
    "uniqueItems": _unique,
    "minimum": _bound("minimum", lambda number, limit: number < limit, _CROSSED["minimum"]),
    "maximum": _bound("maximum", lambda number, limit: number > limit, _CROSSED["maximum"]),
    "exclusiveMinimum": _exclusive("minimum"),
    "exclusiveMaximum": _exclusive("maximum"),
    "minLength": _length("is less than minimum length", _less),
    "maxLength": _length("exceeds maximum length", _more),
    "minItems": _count(ArrayToken, "Array item", "is less than minimum", _less),
    "maxItems": _count(ArrayToken, "Array item", "exceeds maximum", _more),
    "minProperties": _count(ObjectToken, "Object property", "is less than minimum", _less),
    "maxProperties": _count(ObjectToken, "Object property", "exceeds maximum", _more),
}
_WITH_SCHEMAS: dict[str, Callable[[_Checker, Token, dict[str, Any], Any, int], Iterator[Fault]]] = {
    "properties": _Checker.members,
    "patternProperties": _Checker.patterned,
    "additionalProperties": _Checker.additional,
    "required": _Checker.required,
    "items": _Checker.items,
    "allOf": _Checker.all_of,
    "anyOf": _Checker.any_of,
    "oneOf": _Checker.one_of,
    "not": _Checker.not_,
}
_TOGETHER = frozenset({"nullable"})
"""Keywords that another one reads."""
