"""What names mean (C# specification 7.8 and 12.8.4): types, namespaces, variables and globals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, syntax, types
from certgate.csharp.binder.lookup import callee_of, find_member
from certgate.csharp.binder.session import Alias, binds
from certgate.csharp.bound import Variable

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


@binds(syntax.Name)
def simple_name(b: Binder, node: syntax.Name) -> bound.Expression:
    """A local, a parameter, a local function, a global, a type or a namespace, in that order."""
    name = node.text
    if node.arguments is None:
        found = b.scope.find(name)
        if isinstance(found, Variable):
            return _variable(b, node, found)
        if isinstance(found, Alias):
            return _alias(b, node, found)
        if found is not None:
            from certgate.csharp.binder.functions import group_of

            return group_of(b, node, found)
        if name in b.environment.globals:
            return bound.Global(node, global_type(b, name), name)
    elif b.generic and (function := b.scope.find(name)) is not None and not isinstance(function, Variable | Alias):
        from certgate.csharp.binder.functions import group_of

        return group_of(b, node, function)
    kind = _type_named(b, node, quiet=True)
    if kind is not None:
        return bound.TypeName(node, kind)
    if node.arguments is None and is_namespace(name):
        return bound.Namespace(node, types.UNKNOWN, name)
    if (
        b.report.diagnostics
        and b.report.diagnostics[-1].start == node.start
        and b.report.diagnostics[-1].code == "CS0104"
    ):
        return bound.Bad(node, types.UNKNOWN)
    if inherited := find_member(types.OBJECT, name):
        callees = tuple(callee_of(*pair) for pair in inherited.members)
        return bound.MethodGroup(node, types.METHOD_GROUP, None, name, callees, (), types.OBJECT, False)
    if elsewhere := _elsewhere(b, name, len(node.arguments or ())):
        return _not_imported(b, node, elsewhere)
    return b.bad(node, "CS0103", name)


def _elsewhere(b: Binder, name: str, arity: int) -> str | None:
    """The full name of a type of a namespace that is only imported where the allow-list is lifted."""
    from certgate.csharp.environment import UNRESTRICTED

    if b.environment.unrestricted:
        return None
    return next((f"{space}.{name}" for space in UNRESTRICTED if exists(f"{space}.{name}", arity)), None)


def _not_imported(b: Binder, node: syntax.Node, full_name: str) -> bound.Expression:
    from certgate.csharp.binder.allow import allowed_type

    if allowed_type(full_name):
        name = full_name.rpartition(".")[2]
        b.refuse(node, f"The name '{name}' is not imported within expressions: write '{full_name}'")
    else:
        b.refuse(node, f"Usage of type '{full_name}' is not supported within expressions")
    return bound.Bad(node, types.UNKNOWN)


def _variable(b: Binder, node: syntax.Name, variable: Variable) -> bound.Expression:
    if not variable.declared:
        return b.bad(node, "CS0841", node.text)
    if variable.constant is not None:
        constant = variable.constant
        return bound.Constant(node, variable.type, constant.value) if isinstance(constant, bound.Constant) else constant
    if variable.type is types.UNKNOWN and variable.kind == "bad":
        return bound.Bad(node, types.UNKNOWN)
    return b.local(node, variable)


def _alias(b: Binder, node: syntax.Name, found: Alias) -> bound.Expression:
    """A range variable of a query, as a member of what holds it."""
    value: bound.Expression = b.local(node, found.variable)
    for name in found.path:
        kind = value.type
        if not isinstance(kind, types.AnonymousType):
            return b.unknown(node, value)
        index = kind.names.index(name)
        value = bound.Item(node, kind.types[index], value, index)
    return value


def global_type(b: Binder, name: str) -> NetType:
    """The type of a global of the environment."""
    known = b.environment.global_types
    if name not in known:
        from certgate.csharp.signatures import parse_type

        known[name] = parse_type(b.environment.globals[name])
    return known[name]


# Types


def bind_type(b: Binder, node: syntax.TypeSyntax) -> NetType:
    """The type that a type node names; UNKNOWN after an error or where certgate has not got it."""
    match node:
        case syntax.PredefinedType():
            return types.KEYWORDS[node.keyword]
        case syntax.Name():
            return _type_named(b, node, quiet=False) or types.UNKNOWN
        case syntax.QualifiedName():
            return _qualified(b, node)
        case syntax.AliasQualifiedName():
            return bind_type(b, node.name)
        case syntax.NullableType():
            return _nullable(b, node)
        case syntax.ArrayType():
            for rank in node.ranks:
                if any(rank.sizes):
                    b.error("CS0270", rank)
            return bind_array_type(b, node)
        case syntax.TupleType():
            elements = tuple(bind_type(b, element.type) for element in node.elements)
            from certgate.csharp.binder.tuples import check_names

            check_names(b, [(element.name, element.name_span) for element in node.elements])
            return types.tuple_type(elements, tuple(element.name for element in node.elements))
    if isinstance(node, syntax.PointerType):
        b.error("CS0214", node)
        return types.UNKNOWN
    b.unsupported(node, f"certgate does not know the type '{b.text[node.start : node.end]}'")
    return types.UNKNOWN


def bind_array_type(b: Binder, node: syntax.ArrayType) -> NetType:
    """The type of an array whatever stands in its brackets: after ``new`` that are sizes."""
    kind = bind_type(b, node.element)
    for rank in reversed(node.ranks):
        kind = kind.array(len(rank.sizes))
    return kind


def _nullable(b: Binder, node: syntax.NullableType) -> NetType:
    inner = bind_type(b, node.element)
    if inner.is_reference or types.nullable_inner(inner) is not None:
        if inner.is_reference:
            b.error("CS8370", node.question_span, "nullable reference types", "8.0")
        else:
            b.error("CS0453", node, "Nullable<T>", "T", inner.display)
        return types.UNKNOWN
    return inner if inner is types.UNKNOWN else types.nullable(inner)


def _type_named(b: Binder, node: syntax.Name, quiet: bool) -> NetType | None:
    """The type of a simple name. `quiet`: an unknown name is no error here."""
    arity = len(node.arguments or ())
    if node.text == "dynamic" and not arity and not quiet:
        return types.DYNAMIC
    if b.generic and not arity and (parameter := b.scope.find_type(node.text)) is not None:
        return parameter
    found = find_type_name(b, node.text, arity)
    if len(found) > 1:
        b.error("CS0104", node.name_span, node.text, found[0], found[1])
        return types.UNKNOWN if not quiet else None
    if found:
        return construct(b, node, found[0])
    if node.arguments is None or not quiet:
        other = _other_arity(b, node, arity)
        if other is not None:
            return other
    if not quiet:
        elsewhere = _elsewhere(b, node.text, arity)
        if elsewhere is not None:
            _not_imported(b, node, elsewhere)
            return types.UNKNOWN
        if node.text == "var" and not arity:
            b.error("CS0825", node)
            return None
        shown = f"{node.text}<{',' * (arity - 1)}>" if arity else node.text
        b.error("CS0246", node, shown)
    return None


def _other_arity(b: Binder, node: syntax.Name, arity: int) -> NetType | None:
    for other in (1, 2, 3, 4, 0):
        if other != arity and find_type_name(b, node.text, other):
            full = find_type_name(b, node.text, other)[0]
            definition = types.find(full, other)
            if other:
                parameters = ", ".join(one.display for one in definition.parameters) if definition else "T"
                b.error("CS0305", node, "type", f"{node.text}<{parameters}>", other)
            else:
                b.error("CS0308", node, node.text, "type")
            return types.UNKNOWN
    return None


def find_type_name(b: Binder, name: str, arity: int) -> tuple[str, ...]:
    """The full names of the imported types of that name."""
    known = b.environment.type_names
    found = known.get((name, arity))
    if found is None:
        spelled = (f"{space}.{name}" if space else name for space in b.environment.namespaces)
        found = tuple(full for full in spelled if exists(full, arity))
        if len(known) < 5_000:
            known[name, arity] = found
    return found


def exists(full_name: str, arity: int) -> bool:
    from certgate.csharp.dotnet.system.known_types import kind_of

    return types.find(full_name, arity) is not None or kind_of(full_name, arity) is not None


def construct(b: Binder, node: syntax.Name, full_name: str) -> NetType:
    """The type of a name with its type arguments."""
    if node.arguments and isinstance(node.arguments[0], syntax.OmittedType):
        definition = types.find(full_name, len(node.arguments))
        return definition.type if definition is not None else types.UNKNOWN
    arguments = tuple(bind_type(b, argument) for argument in node.arguments or ())
    if full_name == "System.Nullable" and arguments:
        return types.nullable(arguments[0]) if arguments[0].is_value else arguments[0]
    for argument, one in zip(arguments, node.arguments or (), strict=False):
        if argument.kind == "static":
            b.error("CS0718", one, argument.display)
        elif argument is types.VOID:
            b.error("CS1547", one)
    if full_name == "System.ValueTuple" and 2 <= len(arguments) < _WITH_REST:
        return types.tuple_type(arguments)
    return types.named(full_name, *arguments)


_WITH_REST = 8
"""A tuple of that many type arguments has the rest of its elements in the last one."""


def _qualified(b: Binder, node: syntax.QualifiedName) -> NetType:
    space = namespace_text(node.left)
    arity = len(node.name.arguments or ())
    if space is not None and exists(f"{space}.{node.name.text}", arity):
        return construct(b, node.name, f"{space}.{node.name.text}")
    if space is not None and is_namespace(space):
        b.error("CS0234", node.name, node.name.text, space)
        return types.UNKNOWN
    outer = bind_type(b, node.left)
    if outer is not types.UNKNOWN:
        nested = f"{outer.full_name}.{node.name.text}"
        if exists(nested, arity):
            return construct(b, node.name, nested)
        b.error("CS0117", node.name, outer.display, node.name.text)
    return types.UNKNOWN


def namespace_text(node: syntax.Node) -> str | None:
    """``A.B`` as text, where the node is a chain of plain names."""
    match node:
        case syntax.Name() if node.arguments is None:
            return node.text
        case syntax.QualifiedName() if node.name.arguments is None:
            left = namespace_text(node.left)
            return f"{left}.{node.name.text}" if left else None
        case syntax.AliasQualifiedName():
            return namespace_text(node.name)
    return None


def is_namespace(name: str) -> bool:
    """Whether a type that certgate knows lives in, or below, that namespace."""
    if not _namespaces:
        from certgate.csharp.dotnet import INDEX
        from certgate.csharp.dotnet.system.known_types import NAMES

        for full in (*NAMES, *(known.rpartition(".")[0] for known in INDEX)):
            parts = full.split(".")
            _namespaces.update(".".join(parts[:count]) for count in range(1, len(parts) + 1))
    return name in _namespaces


_namespaces: set[str] = set()


@binds(syntax.PredefinedType, syntax.NullableType, syntax.ArrayType, syntax.TupleType, syntax.QualifiedName)
def type_expression(b: Binder, node: syntax.TypeSyntax) -> bound.Expression:
    """A type where an expression stands: ``int.Parse``."""
    return bound.TypeName(node, bind_type(b, node))


@binds(syntax.AliasQualifiedName)
def alias(b: Binder, node: syntax.AliasQualifiedName) -> bound.Expression:
    """``global::System``."""
    return b.expression(node.name)
