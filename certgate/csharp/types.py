"""The C# types of the simulated program and the registry of their definitions (C# specification, chapter 8).

Knows which types there are, how they are spelled and what they derive from; members are declared on a
:class:`TypeDefinition` (``members.py``), one line each, with their C# signature, which is read when first asked for.
Does not know values, conversions or the gateway. Types are interned: equal types are the same object.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from certgate.csharp.depth import MAX_NAME, TooDeep
from certgate.csharp.members import MemberTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Kind = str
"""``class``, ``static``, ``struct``, ``interface``, ``enum``, ``delegate``, ``array``, ``parameter`` or ``special``."""


class NetType:
    """A C# type. `display` is its short C# spelling, `full_name` the one with namespaces, `reflection_name` .NET's."""

    __slots__ = ("_array", "_bases", "_nullable", "display", "full_name", "kind", "reflection_name")

    kind: Kind
    display: str
    full_name: str
    reflection_name: str

    def __init__(self, kind: Kind, display: str, full_name: str, reflection_name: str) -> None:
        if len(reflection_name) > MAX_NAME:
            raise TooDeep
        self.kind = kind
        self.display = display
        self.full_name = full_name
        self.reflection_name = reflection_name
        self._array: dict[int, ArrayType] = {}
        self._nullable: NamedType | None = None
        self._bases: tuple[NetType, ...] | None = None

    def __repr__(self) -> str:
        return f"<{self.full_name}>"

    @property
    def is_value(self) -> bool:
        return self.kind in ("struct", "enum")

    @property
    def is_reference(self) -> bool:
        return self.kind in ("class", "interface", "delegate", "array", "static")

    @property
    def arguments(self) -> tuple[NetType, ...]:
        return ()

    @property
    def definition(self) -> TypeDefinition | None:
        return None

    @property
    def bases(self) -> tuple[NetType, ...]:
        """The base class first (object is left out), then the interfaces that it names itself."""
        if self._bases is None:
            self._bases = self._find_bases()
        return self._bases

    def _find_bases(self) -> tuple[NetType, ...]:
        return ()

    def array(self, rank: int = 1) -> ArrayType:
        found = self._array.get(rank)
        if found is None:
            found = self._array[rank] = ArrayType(self, rank)
        return found


class NamedType(NetType):
    """A definition with its type arguments: ``int``, ``List<string>``."""

    __slots__ = ("_arguments", "_definition")

    def __init__(self, definition: TypeDefinition, arguments: tuple[NetType, ...]) -> None:
        self._definition = definition
        self._arguments = arguments
        super().__init__(definition.kind, *_spell(definition, arguments))

    @property
    def definition(self) -> TypeDefinition:
        return self._definition

    @property
    def arguments(self) -> tuple[NetType, ...]:
        return self._arguments

    def _find_bases(self) -> tuple[NetType, ...]:
        mapping = dict(zip(self._definition.parameters, self._arguments, strict=True))
        return tuple(substitute(base, mapping) for base in self._definition.bases)


def _spell(definition: TypeDefinition, arguments: tuple[NetType, ...]) -> tuple[str, str, str]:
    if definition.keyword:
        return definition.keyword, definition.keyword, definition.full_name
    if not arguments:
        return definition.name, definition.full_name, _reflected(definition)
    if definition.full_name == "System.Nullable":
        inner = arguments[0]
        return f"{inner.display}?", f"{inner.full_name}?", f"System.Nullable`1[{inner.reflection_name}]"
    short = ", ".join(argument.display for argument in arguments)
    full = ", ".join(argument.full_name for argument in arguments)
    names = ",".join(argument.reflection_name for argument in arguments)
    outer = _definitions.get(f"{definition.namespace}`{len(arguments)}")
    if outer is not None:
        inner_name, number = definition.name, len(arguments)
        reflection = f"{outer.full_name}`{number}+{inner_name}[{names}]"
        return f"{outer.name}<{short}>.{inner_name}", f"{outer.full_name}<{full}>.{inner_name}", reflection
    reflection = f"{definition.full_name}`{len(arguments)}[{names}]"
    return f"{definition.name}<{short}>", f"{definition.full_name}<{full}>", reflection


def _reflected(definition: TypeDefinition) -> str:
    """.NET's name of a type without type arguments; one inside another type stands behind ``+``."""
    if definition.namespace in _definitions:
        return f"{definition.namespace}+{definition.name}"
    return definition.full_name


class ArrayType(NetType):
    """``T[]``; `rank` counts the dimensions."""

    __slots__ = ("element", "rank")

    def __init__(self, element: NetType, rank: int) -> None:
        self.element = element
        self.rank = rank
        inner: NetType = element
        suffix = f"[{',' * (rank - 1)}]"
        while isinstance(inner, ArrayType):
            suffix += f"[{',' * (inner.rank - 1)}]"
            inner = inner.element
        reflection = f"{element.reflection_name}[{',' * (rank - 1)}]"
        super().__init__("array", inner.display + suffix, inner.full_name + suffix, reflection)

    def _find_bases(self) -> tuple[NetType, ...]:
        base = named("System.Array")
        if self.rank > 1:
            return (base,)
        names = ("System.Collections.Generic.IList", "System.Collections.Generic.IReadOnlyList")
        return (base, *(named(name, self.element) for name in names))


class UnnamedType(NetType):
    """A class whose name a compiler made up, the run-time type of many lazy sequences; known by its interface only."""

    __slots__ = ("interface",)

    def __init__(self, interface: NetType) -> None:
        self.kind = "class"
        self.display = interface.display
        self.full_name = interface.full_name
        self.interface = interface
        self._array = {}
        self._nullable = None
        self._bases = (interface,)

    def __getattr__(self, name: str) -> str:
        """Only what ``__init__`` left out comes here. UnsupportedReached where .NET would say the name."""
        if name != "reflection_name":
            raise AttributeError(name)
        from certgate.csharp.runtime import UnsupportedReached

        raise UnsupportedReached(f"the name of the class behind this {self.display} is not simulated")


_unnamed: dict[NetType, UnnamedType] = {}


def unnamed(interface: NetType) -> UnnamedType:
    """The type of a value of which only the interface is known."""
    found = _unnamed.get(interface)
    if found is None:
        found = UnnamedType(interface)
        if len(_unnamed) < 10_000:
            _unnamed[interface] = found
    return found


class TypeParameter(NetType):
    """A type parameter of a definition or of a generic method; `constraints` are ``class``, ``struct``, ``new()``."""

    __slots__ = ("constraints",)

    def __init__(self, name: str, constraints: tuple[str, ...] = ()) -> None:
        super().__init__("parameter", name, name, name)
        self.constraints = constraints


class TupleType(NetType):
    """``(int a, string b)``: a ValueTuple whose elements may have names (None: no name)."""

    __slots__ = ("elements", "names")

    def __init__(self, elements: tuple[NetType, ...], names: tuple[str | None, ...]) -> None:
        self.elements = elements
        self.names = names
        named_parts = list(zip(elements, names, strict=True))
        short = ", ".join(f"{part.display} {name}" if name else part.display for part, name in named_parts)
        full = ", ".join(f"{part.full_name} {name}" if name else part.full_name for part, name in named_parts)
        reflection = _reflection([part.reflection_name for part in elements])
        if len(elements) == 1:
            short, full = f"ValueTuple<{elements[0].display}>", f"System.ValueTuple<{elements[0].full_name}>"
            super().__init__("struct", short, full, reflection)
        else:
            super().__init__("struct", f"({short})", f"({full})", reflection)

    def _find_bases(self) -> tuple[NetType, ...]:
        """What all tuples have: the members of the struct without elements."""
        return (named("System.ValueTuple"),)


def _reflection(names: list[str]) -> str:
    """.NET's name of a tuple: seven elements, and a tuple of the others."""
    if len(names) > 7:
        names = [*names[:7], _reflection(names[7:])]
    return f"System.ValueTuple`{len(names)}[{','.join(names)}]"


class AnonymousType(NetType):
    """``new { A = 1 }``: a class known only by the names and types of its properties."""

    __slots__ = ("names", "types")

    def __init__(self, names: tuple[str, ...], types: tuple[NetType, ...]) -> None:
        self.names = names
        self.types = types
        inner = ", ".join(f"{kind.display} {name}" for kind, name in zip(types, names, strict=True))
        text = f"<anonymous type: {inner}>"
        arity = f"`{len(names)}[{','.join(kind.reflection_name for kind in types)}]" if names else ""
        super().__init__("class", text, text, f"<>f__AnonymousType0{arity}")


class TypeDefinition(MemberTable):
    """A class, struct, interface, enum or delegate as declared: its name, its bases, its members.

    `allowed` says what the gateway lets an expression use: all members, none, or those named. `known` holds the names
    of all
    public members of the real type; None means that this is not known. `undocumented`: those of them that nobody
    documents.
    """

    def __init__(self, full_name: str, parameters: tuple[TypeParameter, ...], kind: Kind, keyword: str | None) -> None:
        super().__init__()
        self.full_name = full_name
        self.namespace, _, self.name = full_name.rpartition(".")
        self.parameters = parameters
        self.variance: tuple[str, ...] = ("",) * len(parameters)
        self.kind = kind
        self.keyword = keyword
        self.declared = False
        self.complete = False
        self.allowed: bool | frozenset[str] = False
        self.known: frozenset[str] | None = None
        self.constants: Mapping[str, int] = {}
        self.underlying: str = "int"
        self.flags = False
        self.default: Callable[[NetType], Any] | None = None
        self.extensions = False
        self.abstract = False
        self.opaque = False
        self.undocumented: frozenset[str] = frozenset()
        self.invoke_signature: str | None = None
        self._base_names: tuple[str, ...] = ()
        self._base_types: tuple[NetType, ...] | None = None
        self._constructed: dict[tuple[NetType, ...], NamedType] = {}

    def __repr__(self) -> str:
        return f"<definition {self.metadata_name}>"

    @property
    def metadata_name(self) -> str:
        return f"{self.full_name}`{len(self.parameters)}" if self.parameters else self.full_name

    def of(self, *arguments: NetType) -> NamedType:
        """This definition with these type arguments."""
        found = self._constructed.get(arguments)
        if found is None:
            found = self._constructed[arguments] = NamedType(self, arguments)
        return found

    @property
    def type(self) -> NamedType:
        """The type itself; for a generic definition the one with its own parameters as arguments."""
        return self.of(*self.parameters)

    @property
    def bases(self) -> tuple[NetType, ...]:
        if self._base_types is None:
            self.load()
            from certgate.csharp.signatures import parse_type

            self._base_types = tuple(parse_type(name, self, self.parameters) for name in self._base_names)
        return self._base_types

    def load(self) -> None:
        """Import the module that declares the members, where it has not been."""
        if not self.complete:
            self.complete = True
            _load_module(self.metadata_name)


_definitions: dict[str, TypeDefinition] = {}
_tuples: dict[tuple[tuple[NetType, ...], tuple[str | None, ...]], TupleType] = {}
_anonymous: dict[tuple[tuple[str, ...], tuple[NetType, ...]], AnonymousType] = {}


def _split(spelled: str) -> tuple[str, tuple[str, ...]]:
    head, _, tail = spelled.partition("<")
    return head.strip(), tuple(part.strip() for part in tail.rstrip("> ").split(",")) if tail else ()


def define(
    name: str,
    *,
    keyword: str | None = None,
    kind: Kind = "class",
    bases: Iterable[str] = (),
    allowed: bool | str | frozenset[str] = False,
    known: str | None = None,
    python: type | None = None,
    default: Callable[[NetType], Any] | None = None,
    extensions: bool = False,
    abstract: bool = False,
    invoke: str | None = None,
) -> TypeDefinition:
    """Declare a type by its full name; type parameters as C# writes them (``IEnumerable<out T>``).

    `bases` are C# type names, the base class first. `known` names all public members, separated by blanks. `python` is
    the class
    whose objects are values of this (not generic) type. `default` makes the default value of a struct. `extensions`
    marks a static class that holds extension methods, `abstract` a class that cannot be created. `invoke` is the
    signature of a delegate, without a name: ``bool (T value)``.
    """
    head, spelled = _split(name)
    words = [part.split() for part in spelled]
    key = f"{head}`{len(words)}" if words else head
    definition = _definitions.get(key)
    if definition is None:
        definition = TypeDefinition(head, tuple(TypeParameter(part[-1]) for part in words), kind, keyword)
        _definitions[key] = definition
    elif definition.declared:
        raise ValueError(f"type {key!r} is declared twice")
    definition.declared = True
    definition.variance = tuple(part[0] if len(part) > 1 else "" for part in words)
    definition.allowed = frozenset(allowed.split()) if isinstance(allowed, str) else allowed
    definition.known = None if known is None else frozenset(known.split())
    definition.default = default
    definition.extensions = extensions
    definition.abstract = abstract
    definition.invoke_signature = invoke
    definition._base_names = tuple(bases)
    if extensions:
        EXTENSION_CLASSES.append(definition)
    if python is not None:
        PYTHON_CLASSES[python] = definition.type
    return definition


def define_enum(
    name: str,
    constants: Mapping[str, int],
    *,
    allowed: bool | str | frozenset[str] = False,
    underlying: str = "int",
    flags: bool = False,
) -> TypeDefinition:
    """Declare an enum: its constants in the order of .NET, the C# keyword of its underlying type, and whether it has
    [Flags]."""
    definition = define(name, kind="enum", allowed=allowed, bases=("System.Enum",))
    definition.constants = dict(constants)
    definition.underlying = underlying
    definition.flags = flags
    return definition


EXTENSION_CLASSES: list[TypeDefinition] = []
"""The static classes with extension methods that were declared so far."""

PYTHON_CLASSES: dict[type, NetType] = {}
"""Python class of a value -> its C# type, for types that are not generic."""


def _load_module(metadata_name: str) -> None:
    from certgate.csharp.dotnet import INDEX

    if module := INDEX.get(metadata_name):
        import_module(f"certgate.csharp.dotnet.{module}")


def find(full_name: str, arity: int = 0) -> TypeDefinition | None:
    """The definition of that full name, its module loaded; None when certgate has not got it."""
    key = f"{full_name}`{arity}" if arity else full_name
    definition = _definitions.get(key)
    if definition is None or not definition.complete:
        _load_module(key)
        definition = _definitions.get(key)
        if definition is not None:
            definition.complete = True
    return definition


def named(full_name: str, *arguments: NetType) -> NamedType:
    """The type of that full name; a name that nothing declares becomes a type without members."""
    definition = find(full_name, len(arguments))
    if definition is None:
        definition = _placeholder(full_name, len(arguments))
    return definition.of(*arguments)


def _placeholder(full_name: str, arity: int) -> TypeDefinition:
    from certgate.csharp.dotnet.system.known_types import is_allowed, kind_of

    parameters = tuple(TypeParameter(f"T{index + 1}") for index in range(arity))
    definition = TypeDefinition(full_name, parameters, kind_of(full_name, arity) or "class", None)
    definition.declared = True
    definition.opaque = True
    definition.allowed = is_allowed(full_name)
    _definitions[definition.metadata_name] = definition
    return definition


def declared() -> dict[str, TypeDefinition]:
    """All definitions made so far, by metadata name."""
    return dict(_definitions)


def tuple_type(elements: tuple[NetType, ...], names: tuple[str | None, ...] | None = None) -> TupleType:
    names = names or (None,) * len(elements)
    found = _tuples.get((elements, names))
    if found is None:
        found = _tuples[elements, names] = TupleType(elements, names)
    return found


def anonymous_type(names: tuple[str, ...], types: tuple[NetType, ...]) -> AnonymousType:
    found = _anonymous.get((names, types))
    if found is None:
        found = _anonymous[names, types] = AnonymousType(names, types)
    return found


def nullable(inner: NetType) -> NamedType:
    """``T?`` of a value type."""
    if inner._nullable is None:
        inner._nullable = NULLABLE.of(inner)
    return inner._nullable


def nullable_inner(kind: NetType) -> NetType | None:
    """``T`` of ``T?``, None for any other type."""
    return kind.arguments[0] if kind.definition is NULLABLE else None


def is_opaque(kind: NetType) -> bool:
    """Whether certgate knows no more of a type than its name: what it converts to, and what it can do, is not known."""
    if isinstance(kind, ArrayType):
        return is_opaque(kind.element)
    definition = kind.definition
    return definition is not None and (definition.opaque or any(map(is_opaque, kind.arguments)))


def mentions_unknown(kind: NetType) -> bool:
    """Whether a part of a type is not known."""
    if isinstance(kind, ArrayType):
        return mentions_unknown(kind.element)
    if isinstance(kind, TupleType):
        return any(map(mentions_unknown, kind.elements))
    return kind is UNKNOWN or any(map(mentions_unknown, kind.arguments))


def substitute(kind: NetType, mapping: Mapping[TypeParameter, NetType]) -> NetType:
    """`kind` with type parameters replaced."""
    if not mapping:
        return kind
    match kind:
        case TypeParameter():
            return mapping.get(kind, kind)
        case NamedType() if kind.arguments:
            return kind.definition.of(*(substitute(argument, mapping) for argument in kind.arguments))
        case ArrayType():
            return substitute(kind.element, mapping).array(kind.rank)
        case TupleType():
            return tuple_type(tuple(substitute(element, mapping) for element in kind.elements), kind.names)
        case AnonymousType():
            return anonymous_type(kind.names, tuple(substitute(part, mapping) for part in kind.types))
    return kind


def _core(full_name: str, kind: Kind, keyword: str | None = None, *parameters: str) -> TypeDefinition:
    definition = TypeDefinition(full_name, tuple(TypeParameter(name) for name in parameters), kind, keyword)
    _definitions[definition.metadata_name] = definition
    return definition


OBJECT = _core("System.Object", "class", "object").type
STRING = _core("System.String", "class", "string").type
BOOLEAN = _core("System.Boolean", "struct", "bool").type
CHAR = _core("System.Char", "struct", "char").type
SBYTE = _core("System.SByte", "struct", "sbyte").type
BYTE = _core("System.Byte", "struct", "byte").type
INT16 = _core("System.Int16", "struct", "short").type
UINT16 = _core("System.UInt16", "struct", "ushort").type
INT32 = _core("System.Int32", "struct", "int").type
UINT32 = _core("System.UInt32", "struct", "uint").type
INT64 = _core("System.Int64", "struct", "long").type
UINT64 = _core("System.UInt64", "struct", "ulong").type
SINGLE = _core("System.Single", "struct", "float").type
DOUBLE = _core("System.Double", "struct", "double").type
DECIMAL = _core("System.Decimal", "struct", "decimal").type
NULLABLE = _core("System.Nullable", "struct", None, "T")
VOID = _core("System.Void", "special", "void").type
DYNAMIC = NetType("special", "dynamic", "dynamic", "System.Object")
NULL = NetType("special", "<null>", "<null>", "<null>")
DEFAULT = NetType("special", "default", "default", "default")
THROW = NetType("special", "<throw expression>", "<throw expression>", "<throw expression>")
LAMBDA = NetType("special", "lambda expression", "lambda expression", "lambda expression")
METHOD_GROUP = NetType("special", "method group", "method group", "method group")
UNKNOWN = NetType("special", "?", "?", "?")
"""The type of what certgate cannot simulate: it converts to everything, so that one gap gives one report."""

KEYWORDS = {
    kind.display: kind
    for kind in (
        *(OBJECT, STRING, BOOLEAN, CHAR, SBYTE, BYTE, INT16, UINT16, INT32),
        *(UINT32, INT64, UINT64, SINGLE, DOUBLE, DECIMAL, VOID),
    )
}
