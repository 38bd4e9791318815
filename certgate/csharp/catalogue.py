"""What is declared: types by name, their members with signatures, what the gateway allows and what is simulated.

Made of the declarations alone, for `certgate list`, completion and the documentation. Types of others than .NET's are
there once their module is loaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from certgate.csharp import types
from certgate.csharp.listed import Listed, ListedType

if TYPE_CHECKING:
    from certgate.csharp.members import Member
    from certgate.csharp.types import NetType, TypeDefinition

_CONSTRUCTOR = ".ctor"
_INHERITED = frozenset({"Equals", "GetHashCode", "GetType", "ReferenceEquals", "ToString"})
"""What every type has of System.Object."""


# -- types -----------------------------------------------------------------------------------------


def load_all() -> tuple[TypeDefinition, ...]:
    """Every declared type that has a name in C#, by full name; all modules are loaded for it."""
    from certgate.csharp.dotnet import EXTENSIONS, MODULES

    for module in (*MODULES, *EXTENSIONS):
        import_module(f"certgate.csharp.dotnet.{module}")
    found = [each for each in types.declared().values() if each.declared and not each.opaque and _is_public(each)]
    return tuple(sorted(found, key=lambda each: (each.namespace, each.name, len(each.parameters))))


def _is_public(definition: TypeDefinition) -> bool:
    """Whether C# has the name; certgate has types of its own too, for what .NET keeps to itself."""
    from certgate.csharp.dotnet.system.known_types import kind_of

    if definition.keyword is not None:
        return definition.keyword != "void"
    if not definition.namespace or definition.kind == "delegate":
        return True
    return kind_of(definition.full_name, len(definition.parameters)) is not None


def listed(definition: TypeDefinition) -> ListedType:
    """A type as it is listed; its members are counted by name."""
    rows = members(definition)
    have = {row.name for row in rows if row.simulated}
    allowed = {row.name for row in rows if row.allowed}
    return ListedType(
        definition.type.display,
        definition.full_name,
        definition.namespace,
        definition.kind,
        members=len({row.name for row in rows}),
        simulated=len(have),
        allowed=len(allowed),
    )


def known_only() -> tuple[ListedType, ...]:
    """The .NET types that certgate knows by name alone, without their members."""
    from certgate.csharp.dotnet.system.known_types import KINDS, NAMES, is_allowed

    have = {definition.metadata_name for definition in load_all()}
    found = []
    for namespace, rows in NAMES.items():
        for row in rows.split():
            name, _, letter = row.partition(":")
            if f"{namespace}.{name}" not in have:
                simple, _, arity = name.partition("`")
                shown = f"{simple}<{', '.join(f'T{number + 1}' for number in range(int(arity)))}>" if arity else simple
                full = f"{namespace}.{simple}"
                found.append(
                    ListedType(shown, full, namespace, KINDS[letter], allowed=int(is_allowed(full)), declared=False)
                )
    return tuple(found)


def found(name: str) -> tuple[TypeDefinition, ...]:
    """The types that a person means: a simple or full name, in any case, with or without type arguments."""
    head, _, arguments = name.partition("<")
    head = head.strip().removesuffix("?").rstrip("[]")
    arity = _arity(arguments) if arguments else None
    folded = head.casefold()
    rows = [each for each in load_all() if arity is None or len(each.parameters) == arity]
    exact = [each for each in rows if head in (each.name, each.full_name, each.keyword)]
    return tuple(exact or [each for each in rows if folded in _names(each)])


def names() -> tuple[str, ...]:
    """What may be asked for, to correct a misspelled name."""
    return tuple({each.name: None for each in load_all()})


def _names(definition: TypeDefinition) -> set[str]:
    return {name.casefold() for name in (definition.name, definition.full_name, definition.keyword) if name}


def _arity(arguments: str) -> int:
    depth, count = 0, 1
    for char in arguments:
        depth += (char == "<") - (char == ">")
        count += char == "," and not depth
    return count


# -- members ---------------------------------------------------------------------------------------


def members(definition: TypeDefinition) -> tuple[Listed, ...]:
    """What a type declares itself: declared members, enum constants, then names that are known and no more."""
    rows = [_listed(definition, member) for member in definition]
    rows += [
        Listed(name, "constant", f"{name} = {number}", definition.full_name, True, _allows(definition, name), True)
        for name, number in definition.constants.items()
    ]
    have = {row.name for row in rows} | _INHERITED | _declared_below(definition)
    for name in sorted((definition.known or frozenset()) - have):
        rows.append(Listed(name, "known", name, definition.full_name, False, _allows(definition, name), False))
    return tuple(sorted(rows, key=_order))


def _declared_below(definition: TypeDefinition) -> set[str]:
    """The names that its bases declare."""
    from certgate.csharp.conversions import bases_of

    return {
        name for base in bases_of(definition.type) if base.definition is not None for name in base.definition.names()
    }


def inherited(definition: TypeDefinition) -> tuple[tuple[NetType, tuple[Listed, ...]], ...]:
    """The base types and what they declare that the type does not hide; what a class owes its interfaces it has."""
    from certgate.csharp.conversions import bases_of

    seen = {row.name for row in members(definition)}
    rows = []
    for base in bases_of(definition.type):
        if base.definition is None or (base.kind == "interface" and definition.kind != "interface"):
            continue
        own = tuple(
            row
            for row in members(base.definition)
            if row.name not in seen and row.kind not in ("constructor", "operator")
        )
        seen |= {row.name for row in own}
        if own:
            rows.append((base, own))
    return tuple(rows)


def extensions(kind: NetType) -> tuple[Listed, ...]:
    """The extension methods that can be called on a value of that type, told by their first parameter."""
    from certgate.csharp.conversions import bases_of

    load_all()
    heads = {_head(each) for each in (kind, *bases_of(kind))}
    return tuple(
        _listed(owner, member)
        for owner in types.EXTENSION_CLASSES
        for member in owner
        if (parameters := member.signature.parameters)
        and parameters[0].mode == "this"
        and (_head(parameters[0].type) in heads or parameters[0].type.kind == "parameter")
    )


def _head(kind: NetType) -> str:
    return kind.definition.metadata_name if kind.definition is not None else kind.full_name


def _listed(definition: TypeDefinition, member: Member) -> Listed:
    simulated = member.call is not None or member.kind == "constant"
    text = " ".join(member.text.split())
    is_static = member.kind in ("constant", "constructor", "operator") or text.startswith("static ")
    if member.kind == "property" and "{" not in text:
        text += " { get; }"
    return Listed(
        member.name,
        member.kind,
        text,
        definition.full_name,
        is_static,
        _allows(definition, member.name) and not member.refused,
        simulated,
    )


def _allows(definition: TypeDefinition, name: str) -> bool:
    """The gateway's verdict on a use of the member (fact sheet 7.2.1); it looks at no operator."""
    if definition.type is types.OBJECT:
        return name == _CONSTRUCTOR
    allowed = definition.allowed
    return allowed if isinstance(allowed, bool) else name in allowed


_KINDS = ("constructor", "constant", "field", "property", "indexer", "method", "operator", "known")


def _order(row: Listed) -> tuple[int, str]:
    return _KINDS.index(row.kind), "" if row.kind == "constant" else row.name
