"""Reads the C# signatures that members are declared with: ``static bool TryParse(string s, out int result)``.

Knows types by their simple name wherever only one namespace declares it; a full name works always. What is wrong here
is a mistake in a declaration, hence a plain ValueError.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from certgate.csharp import types
from certgate.csharp.members import MISSING, Parameter, Signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.types import NetType, TypeDefinition, TypeParameter

_TOKEN = re.compile(r"\s*([A-Za-z_@][\w.]*|-?\d[\w.]*|\"[^\"]*\"|'[^']*'|[^\s\w])")
_MODES = ("out", "ref", "in", "params", "this")
_MODIFIERS = ("static", "readonly", "const", "virtual", "abstract", "override", "public", "implicit", "explicit")


class _Reader:
    def __init__(self, text: str, owner: TypeDefinition | None, scope: Sequence[TypeParameter]) -> None:
        self.text = text
        self.tokens: list[str] = _TOKEN.findall(text)
        self.at = 0
        self.owner = owner
        self.scope = {parameter.display: parameter for parameter in scope}

    def fail(self, why: str) -> ValueError:
        return ValueError(f"{self.text!r}: {why}")

    def peek(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.tokens[index] if index < len(self.tokens) else ""

    def next(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def accept(self, token: str) -> bool:
        if self.peek() == token:
            self.at += 1
            return True
        return False

    def expect(self, token: str) -> None:
        if not self.accept(token):
            raise self.fail(f"expected {token!r} and not {self.peek()!r}")

    def type(self) -> NetType:
        kind = self._tuple() if self.peek() == "(" else self._named()
        while True:
            if self.peek() == "?" and (kind.is_value or kind.kind == "parameter"):
                self.next()
                kind = types.nullable(kind)
            elif self.peek() == "?":
                self.next()
            elif self.peek() == "[" and self.peek(1) in ("]", ","):
                self.next()
                rank = 1
                while self.accept(","):
                    rank += 1
                self.expect("]")
                kind = kind.array(rank)
            else:
                return kind

    def _tuple(self) -> NetType:
        self.expect("(")
        elements: list[NetType] = []
        names: list[str | None] = []
        while True:
            elements.append(self.type())
            names.append(self.next() if self.peek() not in (",", ")") else None)
            if not self.accept(","):
                break
        self.expect(")")
        return types.tuple_type(tuple(elements), tuple(names))

    def _named(self) -> NetType:
        name = self.next()
        if found := types.KEYWORDS.get(name):
            return found
        if name == "dynamic":
            return types.DYNAMIC
        if parameter := self.scope.get(name):
            return parameter
        arguments: list[NetType] = []
        if self.accept("<"):
            while True:
                arguments.append(self.type())
                if not self.accept(","):
                    break
            self.expect(">")
        return types.named(full_name(name, len(arguments), self.owner), *arguments)

    def parameters(self, closing: str) -> tuple[Parameter, ...]:
        found: list[Parameter] = []
        while not self.accept(closing):
            mode = self.next() if self.peek() in _MODES else ""
            kind = self.type()
            name = self.next().lstrip("@")
            default = self._default(kind) if self.accept("=") else MISSING
            found.append(Parameter(name, kind, mode, default))
            if self.peek() != closing:
                self.expect(",")
        return tuple(found)

    def _default(self, kind: NetType) -> Any:
        from certgate.csharp.values import convert_literal

        sign = "-" if self.accept("-") else ""
        return convert_literal(sign + self.next(), kind)


def full_name(name: str, arity: int, owner: TypeDefinition | None = None) -> str:
    """The full name behind a simple one, looked for beside `owner` first. ValueError: it is ambiguous or unknown."""
    if "." in name:
        return name
    from certgate.csharp.dotnet import SIMPLE_NAMES

    key = f"{name}`{arity}" if arity else name
    if owner is not None:
        beside = f"{owner.namespace}.{name}" if owner.namespace else name
        if types.find(beside, arity) is not None:
            return beside
    found = SIMPLE_NAMES.get(key, ())
    if len(found) == 1:
        return found[0]
    if not found:
        if types.find(name, arity) is not None:
            return name
        # Imported here: a large table, and most names are found before.
        from certgate.csharp.dotnet.system.known_types import namespaces_of

        namespaces = namespaces_of(name, arity)
        if namespaces:
            return f"{namespaces[0]}.{name}"
    raise ValueError(f"type name {key!r} is {'ambiguous' if found else 'not known'}: write it with its namespace")


def parse_type(text: str, owner: TypeDefinition | None = None, scope: Sequence[TypeParameter] = ()) -> NetType:
    """The type that a C# type name spells; `scope` are the type parameters that it may use."""
    reader = _Reader(text, owner, scope)
    kind = reader.type()
    if reader.peek():
        raise reader.fail(f"unexpected {reader.peek()!r}")
    return kind


def parse_signature(text: str, kind: str, owner: TypeDefinition) -> Signature:
    """The signature of a member of `owner`; `kind` as in :class:`~certgate.csharp.members.Member`."""
    head, _, constraints = text.partition(" where ")
    scope = (*owner.parameters, *(_method_parameters(head, constraints) if kind == "method" else ()))
    reader = _Reader(head, owner, scope)
    modifiers = set()
    while reader.peek() in _MODIFIERS:
        modifiers.add(reader.next())
    static = "static" in modifiers or kind in ("operator", "constructor") or (kind == "constant")
    match kind:
        case "method":
            return _method(reader, scope[len(owner.parameters) :], static)
        case "operator":
            return _operator(reader, modifiers)
        case "constructor":
            reader.next()
            while not reader.accept("("):
                reader.next()
            return Signature(".ctor", owner.type, reader.parameters(")"), static=True)
        case "indexer":
            returns = reader.type()
            reader.expect("this")
            reader.expect("[")
            parameters = reader.parameters("]")
            return Signature("Item", returns, parameters, readonly="set" not in reader.tokens[reader.at :])
    returns = reader.type()
    name = reader.next()
    is_field = kind != "property"
    readonly = "readonly" in modifiers or kind == "constant" if is_field else "set" not in reader.tokens[reader.at :]
    return Signature(name, returns, static=static, readonly=readonly, field=is_field)


def _method(reader: _Reader, type_parameters: tuple[TypeParameter, ...], static: bool) -> Signature:
    returns = reader.type()
    name = reader.next()
    while not reader.accept("("):
        reader.next()
    parameters = reader.parameters(")")
    static = static or bool(parameters and parameters[0].mode == "this")
    return Signature(name, returns, parameters, type_parameters, static)


def _operator(reader: _Reader, modifiers: set[str]) -> Signature:
    if modifiers & {"implicit", "explicit"}:
        reader.expect("operator")
        returns = reader.type()
        name = "implicit" if "implicit" in modifiers else "explicit"
    else:
        returns = reader.type()
        reader.expect("operator")
        name = reader.next()
        while reader.peek() != "(":
            name += reader.next()
    reader.expect("(")
    return Signature(name, returns, reader.parameters(")"), static=True)


_GENERIC = r"\w+\s*<([\w\s,]*)>\s*\("


def _method_parameters(head: str, constraints: str) -> tuple[TypeParameter, ...]:
    found = re.search(_GENERIC, head)
    if found is None:
        return ()
    limits: dict[str, tuple[str, ...]] = {}
    for clause in constraints.split(" where "):
        name, _, wanted = clause.partition(":")
        limits[name.strip()] = tuple(word.strip() for word in wanted.split(",") if word.strip())
    names = [name.strip() for name in found.group(1).split(",")]
    return tuple(types.TypeParameter(name, limits.get(name, ())) for name in names)


def invoke_signature(definition: TypeDefinition) -> Signature:
    """The signature of a delegate's ``Invoke``, from the `invoke` it was declared with (``bool (T value)``)."""
    if definition.invoke_signature is None:
        raise ValueError(f"{definition.full_name} is no delegate with a signature")
    reader = _Reader(definition.invoke_signature, definition, definition.parameters)
    returns = reader.type()
    reader.expect("(")
    return Signature("Invoke", returns, reader.parameters(")"))
