"""Finds members by name (C# specification 12.5): along the base types, hidden ones left out, then extension methods."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from certgate.csharp import types
from certgate.csharp.conversions import bases_of
from certgate.csharp.members import Parameter
from certgate.csharp.node import NodeType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.csharp.bound import Function
    from certgate.csharp.members import Member
    from certgate.csharp.types import NetType, TypeParameter


class Callee(metaclass=NodeType):
    """Something that can be called: its parameters, with the type arguments of the declaring type filled in.

    `member` is None for delegates and local functions. `extension`: the first parameter is the receiver.
    """

    name: str
    parameters: tuple[Parameter, ...]
    returns: NetType
    type_parameters: tuple[TypeParameter, ...] = ()
    member: Member | None = None
    owner: NetType | None = None
    static: bool = False
    extension: bool = False
    function: Function | None = None

    @property
    def expandable(self) -> bool:
        return bool(self.parameters) and self.parameters[-1].mode == "params"

    @property
    def text(self) -> str:
        """As the compiler names it in its errors: ``Math.Round(decimal)``."""
        return f"{self.owner.display}.{self.short}" if self.owner is not None else self.short

    @property
    def full_text(self) -> str:
        owner = f"{self.owner.full_name}." if self.owner is not None else ""
        return f"{owner}{self.spelled}({', '.join(_spell(parameter, full=True) for parameter in self.parameters)})"

    @property
    def spelled(self) -> str:
        if self.name == ".ctor" and self.owner is not None and self.owner.definition is not None:
            return self.owner.definition.name
        if not self.type_parameters:
            return self.name
        return f"{self.name}<{', '.join(parameter.display for parameter in self.type_parameters)}>"

    @property
    def short(self) -> str:
        return f"{self.spelled}({', '.join(_spell(parameter) for parameter in self.parameters)})"


def _spell(parameter: Parameter, full: bool = False) -> str:
    name = parameter.type.full_name if full else parameter.type.display
    return f"{parameter.mode} {name}" if parameter.mode in ("out", "ref", "in", "params") else name


def hierarchy(kind: NetType) -> tuple[NetType, ...]:
    """The types whose members a value of this type has, nearest first, object last."""
    found = _hierarchies.get(kind)
    if found is None:
        found = (kind, *bases_of(kind))
        if kind.kind != "interface":
            found = tuple(base for base in found if base is kind or base.kind != "interface")
        if kind is not types.OBJECT:
            found = (*found, types.OBJECT)
        _hierarchies[kind] = found
    return found


_hierarchies: dict[NetType, tuple[NetType, ...]] = {}


def mapping_of(owner: NetType) -> Mapping[TypeParameter, NetType]:
    """Type parameters of the definition -> type arguments of `owner`."""
    definition = owner.definition
    return dict(zip(definition.parameters, owner.arguments, strict=True)) if definition and owner.arguments else {}


def callee_of(member: Member, owner: NetType) -> Callee:
    """The member of a constructed type as something to call."""
    key = (id(member), owner)
    found = _callees.get(key)
    if found is None:
        signature = member.signature
        mapping = mapping_of(owner)
        parameters = signature.parameters
        if mapping:
            parameters = tuple(
                Parameter(one.name, types.substitute(one.type, mapping), one.mode, one.default) for one in parameters
            )
        extension = bool(parameters) and parameters[0].mode == "this"
        found = Callee(
            member.name,
            parameters,
            types.substitute(signature.returns, mapping),
            signature.type_parameters,
            member,
            owner,
            signature.static,
            extension,
        )
        if len(_callees) > 20_000:
            _callees.clear()
        _callees[key] = found
    return found


_callees: dict[tuple[int, NetType], Callee] = {}


class Found(metaclass=NodeType):
    """What a name means in a type: methods (one list over all bases), or one other member, with the type that
    declares it."""

    members: tuple[tuple[Member, NetType], ...]

    @property
    def is_method(self) -> bool:
        return self.members[0][0].kind == "method"


def find_member(kind: NetType, name: str) -> Found | None:
    """The members of that name that a value of `kind`, or the type itself, has."""
    key = (kind, name)
    if key not in _found:
        if len(_found) > 20_000:
            _found.clear()
        _found[key] = _find_member(kind, name)
    return _found[key]


_found: dict[tuple[NetType, str], Found | None] = {}


def _find_member(kind: NetType, name: str) -> Found | None:
    methods: list[tuple[Member, NetType]] = []
    seen: set[tuple[NetType, ...]] = set()
    for owner in hierarchy(kind):
        if owner.definition is None:
            continue
        mapping = mapping_of(owner)
        for member in owner.definition.members(name):
            if member.kind != "method":
                if not methods:
                    return Found(((member, owner),))
                continue
            signature = member.signature
            if signature.parameters and signature.parameters[0].mode == "this" and owner is not kind:
                continue
            shape = tuple(types.substitute(one.type, mapping) for one in signature.parameters)
            key = (*shape, *([types.VOID] * len(signature.type_parameters)))
            if key not in seen:
                seen.add(key)
                methods.append((member, owner))
    return Found(tuple(methods)) if methods else None


def is_known(kind: NetType, name: str) -> bool | None:
    """Whether .NET's type has a public member of that name that is not declared here; None where that is not known."""
    sure = True
    for owner in hierarchy(kind):
        definition = owner.definition
        if definition is None:
            continue
        if definition.known is None and definition.constants:
            if name in definition.constants:
                return True
        elif definition.known is None:
            sure = sure and owner is types.OBJECT
        elif name in definition.known:
            return True
    return False if sure else None


_OBJECT = frozenset(("Equals", "GetHashCode", "GetType", "ToString"))
"""Members of object that arrays leave as they are."""


def uncertain(kind: NetType, name: str) -> bool:
    """Whether .NET may have overloads of a method, nearer than those that are declared here."""
    for owner in hierarchy(kind):
        definition = owner.definition
        if definition is None or owner is types.OBJECT or (isinstance(kind, types.ArrayType) and name in _OBJECT):
            continue
        if definition.members(name):
            return False
        if definition.known is None or name in definition.known:
            return True
    return False


def extension_methods(name: str) -> list[tuple[Member, NetType]]:
    """All extension methods of that name that are in scope."""
    from certgate.csharp.dotnet import EXTENSIONS

    for module, names in EXTENSIONS.items():
        if name in _words(names):
            import_module(f"certgate.csharp.dotnet.{module}")
    found: list[tuple[Member, NetType]] = []
    for definition in types.EXTENSION_CLASSES:
        members = definition.declared_so_far(name)
        found += [(one, definition.type) for one in members if one.kind == "method" and "this " in one.text]
    return found


def _words(text: str) -> frozenset[str]:
    found = _split.get(text)
    if found is None:
        found = _split[text] = frozenset(text.split())
    return found


_split: dict[str, frozenset[str]] = {}
