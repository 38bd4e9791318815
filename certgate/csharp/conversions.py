"""Which conversions exist between types (C# specification, chapter 10). Knows types, not expressions.

Conversions that depend on the expression (constants, ``null``, lambdas, method groups) are in ``binder/convert.py``;
what a
conversion does to a value is in ``compiler/conversions.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import types
from certgate.csharp.node import NodeType
from certgate.csharp.types import ArrayType, NamedType, NetType, TupleType, TypeParameter

if TYPE_CHECKING:
    from certgate.csharp.members import Member

    _Found = dict[tuple[NetType, NetType], "Conversion | None"]

_MOST = 50_000
"""How many types, or pairs of types, what was found out is kept of."""


class Conversion(metaclass=NodeType):
    """How a value of one type becomes one of another.

    `kind`: ``identity``, ``numeric``, ``enum``, ``reference``, ``boxing``, ``unboxing``, ``null``, ``nullable`` (the
    value inside is
    converted by `inner`; null stays null), ``unwrap`` (``T?`` to ``T``: null throws), ``user`` (`member`, with
    `before` and
    `inner` around it), ``tuple`` (`parts`).
    """

    kind: str
    source: NetType
    target: NetType
    implicit: bool = True
    member: Member | None = None
    before: Conversion | None = None
    inner: Conversion | None = None
    parts: tuple[Conversion, ...] = ()

    @property
    def is_user(self) -> bool:
        return self.kind == "user" or (self.inner is not None and self.inner.is_user)


_INTEGRAL = (
    types.SBYTE,
    types.BYTE,
    types.INT16,
    types.UINT16,
    types.INT32,
    types.UINT32,
    types.INT64,
    types.UINT64,
    types.CHAR,
)
_WIDER: dict[NetType, str] = {
    types.SBYTE: "short int long float double decimal",
    types.BYTE: "short ushort int uint long ulong float double decimal",
    types.INT16: "int long float double decimal",
    types.UINT16: "int uint long ulong float double decimal",
    types.INT32: "long float double decimal",
    types.UINT32: "long ulong float double decimal",
    types.INT64: "float double decimal",
    types.UINT64: "float double decimal",
    types.CHAR: "ushort int uint long ulong float double decimal",
    types.SINGLE: "double",
    types.DOUBLE: "",
    types.DECIMAL: "",
}
WIDENING = {source: frozenset(types.KEYWORDS[name] for name in names.split()) for source, names in _WIDER.items()}
"""Implicit numeric conversions (10.2.3)."""

NUMERIC = frozenset(WIDENING)
INTEGRAL = frozenset(_INTEGRAL)


def bases_of(kind: NetType) -> tuple[NetType, ...]:
    """All types that `kind` derives from or implements, nearest first, without object."""
    found = _bases.get(kind)
    if found is None:
        if len(_bases) >= _MOST:
            _bases.clear()
        # A dict keeps the order in which it was filled.
        queue: dict[NetType, None] = dict.fromkeys(kind.bases)
        ahead = list(queue)
        while ahead:
            new = [base for base in ahead.pop(0).bases if base not in queue and base is not kind]
            queue.update(dict.fromkeys(new))
            ahead += dict.fromkeys(new)
        found = _bases[kind] = tuple(queue)
    return found


_bases: dict[NetType, tuple[NetType, ...]] = {}


def derives_from(source: NetType, target: NetType) -> bool:
    """Whether a reference of type `source` is one of type `target` by identity, inheritance, or variance (10.2.8)."""
    if source is target or target is types.OBJECT or target is types.DYNAMIC:
        return True
    key = (source, target)
    found = _derived.get(key)
    if found is None:
        if len(_derived) >= _MOST:
            _derived.clear()
        found = _derived[key] = _derives(source, target)
    return found


_derived: dict[tuple[NetType, NetType], bool] = {}


def _derives(source: NetType, target: NetType) -> bool:
    if isinstance(source, ArrayType) and isinstance(target, ArrayType):
        if source.rank != target.rank:
            return False
        return identical(source.element, target.element) or _reference(source.element, target.element)
    if identical(source, target) or _variant(source, target):
        return True
    if isinstance(source, ArrayType) and target.arguments and source.rank == 1:
        names = ("IList", "ICollection", "IEnumerable", "IReadOnlyList", "IReadOnlyCollection")
        if target.definition is not None and target.definition.name in names:
            return identical(source.element, target.arguments[0]) or _reference(source.element, target.arguments[0])
    return any(identical(base, target) or _variant(base, target) for base in bases_of(source))


def _reference(source: NetType, target: NetType) -> bool:
    return source.is_reference and target.is_reference and derives_from(source, target)


def _variant(source: NetType, target: NetType) -> bool:
    definition = source.definition
    if definition is None or definition is not target.definition or not any(definition.variance):
        return False
    for mode, left, right in zip(definition.variance, source.arguments, target.arguments, strict=True):
        if identical(left, right) or types.UNKNOWN in (left, right):
            continue
        if mode == "out" and _reference(left, right):
            continue
        if mode == "in" and _reference(right, left):
            continue
        return False
    return True


def identical(left: NetType, right: NetType) -> bool:
    """Identity conversion (10.2.2): equal types, tuples that differ in names only, object and dynamic."""
    if left is right:
        return True
    if {left, right} == {types.OBJECT, types.DYNAMIC}:
        return True
    if isinstance(left, TupleType) and isinstance(right, TupleType) and len(left.elements) == len(right.elements):
        return all(map(identical, left.elements, right.elements))
    if isinstance(left, NamedType) and isinstance(right, NamedType) and left.definition is right.definition:
        return all(map(identical, left.arguments, right.arguments))
    if isinstance(left, ArrayType) and isinstance(right, ArrayType) and left.rank == right.rank:
        return identical(left.element, right.element)
    return False


def standard_implicit(source: NetType, target: NetType) -> Conversion | None:
    """The standard implicit conversions (10.4.2): all but the user-defined ones."""
    if source is target or identical(source, target):
        return Conversion("identity", source, target)
    if source is types.UNKNOWN or target is types.UNKNOWN:
        return Conversion("identity", source, target)
    if target in WIDENING.get(source, ()):
        return Conversion("numeric", source, target)
    inner_target = types.nullable_inner(target)
    if source is types.NULL:
        return (
            Conversion("null", source, target)
            if target.is_reference or inner_target or target is types.DYNAMIC
            else None
        )
    if source.kind == "special" or target.kind == "static":
        return None
    if inner_target is not None:
        inner_source = types.nullable_inner(source) or source
        inner = standard_implicit(inner_source, inner_target) if inner_source.is_value else None
        return Conversion("nullable", source, target, inner=inner) if inner is not None else None
    if source.is_reference and (target.is_reference or target is types.DYNAMIC) and derives_from(source, target):
        return Conversion("reference", source, target)
    if source.is_value and (target.is_reference or target is types.DYNAMIC):
        return Conversion("boxing", source, target) if _boxes(source, target) else None
    if isinstance(source, TypeParameter) and target is types.OBJECT:
        return Conversion("boxing", source, target)
    if isinstance(source, TupleType) and isinstance(target, TupleType) and len(source.elements) == len(target.elements):
        return _tuple(source, target, standard_implicit)
    return None


def _boxes(source: NetType, target: NetType) -> bool:
    if target is types.OBJECT or target is types.DYNAMIC or target.full_name == "System.ValueType":
        return True
    inner = types.nullable_inner(source) or source
    return derives_from(inner, target)


def _tuple(source: TupleType, target: TupleType, find: object) -> Conversion | None:
    assert callable(find)  # noqa: S101 - one of the functions of this module
    parts = [find(left, right) for left, right in zip(source.elements, target.elements, strict=True)]
    if any(part is None for part in parts):
        return None
    return Conversion("tuple", source, target, parts=tuple(parts), implicit=all(part.implicit for part in parts))


def implicit(source: NetType, target: NetType) -> Conversion | None:
    """The implicit conversion between two types (10.2), or None."""
    return _remembered(_implicit, source, target, explicit_too=False)


def explicit(source: NetType, target: NetType) -> Conversion | None:
    """The conversion that a cast makes (10.3): implicit or explicit, or None."""
    return _remembered(_explicit, source, target, explicit_too=True)


_implicit: _Found = {}
_explicit: _Found = {}


def _remembered(known: _Found, source: NetType, target: NetType, explicit_too: bool) -> Conversion | None:
    """What the two types have between them: they are interned and what they declare never changes."""
    key = (source, target)
    try:
        return known[key]
    except KeyError:
        pass
    found = _around(source, target, explicit_too)
    if found is None:
        found = _user_defined(source, target, explicit_too)
    if len(known) >= _MOST:
        known.clear()
    known[key] = found
    return found


def standard_explicit(source: NetType, target: NetType) -> Conversion | None:
    """Implicit and explicit standard conversions."""
    found = standard_implicit(source, target)
    if found is not None:
        return found
    if _is_numeric(source) and _is_numeric(target):
        kind = "enum" if source.kind == "enum" or target.kind == "enum" else "numeric"
        return Conversion(kind, source, target, implicit=False)
    inner_source, inner_target = types.nullable_inner(source), types.nullable_inner(target)
    if inner_source or inner_target:
        return _explicit_nullable(source, target, inner_source, inner_target)
    if source in (types.OBJECT, types.DYNAMIC) or source.kind == "interface" or source.full_name in _BOXES:
        if target.is_value and (source is types.OBJECT or source is types.DYNAMIC or _boxes(target, source)):
            return Conversion("unboxing", source, target, implicit=False)
        if isinstance(target, TypeParameter):
            return Conversion("unboxing", source, target, implicit=False)
    if source.is_reference and target.is_reference and _may_be(source, target):
        return Conversion("reference", source, target, implicit=False)
    if isinstance(source, TupleType) and isinstance(target, TupleType) and len(source.elements) == len(target.elements):
        return _tuple(source, target, standard_explicit)
    return None


_BOXES = ("System.ValueType", "System.Enum")


def _is_numeric(kind: NetType) -> bool:
    return kind in NUMERIC or kind.kind == "enum"


def _explicit_nullable(
    source: NetType, target: NetType, inner_source: NetType | None, inner_target: NetType | None
) -> Conversion | None:
    if inner_target is not None:
        if source in (types.OBJECT, types.DYNAMIC) or source.kind == "interface" or source.full_name in _BOXES:
            return Conversion("unboxing", source, target, implicit=False)
        inner = standard_explicit(inner_source or source, inner_target)
        return Conversion("nullable", source, target, implicit=False, inner=inner) if inner is not None else None
    if inner_source is not None and target.is_value:
        inner = standard_explicit(inner_source, target)
        return Conversion("unwrap", source, target, implicit=False, inner=inner) if inner is not None else None
    return None


def _may_be(source: NetType, target: NetType) -> bool:
    """Explicit reference conversions (10.3.5)."""
    if derives_from(target, source):
        return True
    if isinstance(source, ArrayType) and isinstance(target, ArrayType):
        element = standard_explicit(source.element, target.element)
        return source.rank == target.rank and element is not None and element.kind in ("reference", "identity")
    if isinstance(source, ArrayType) or isinstance(target, ArrayType):
        other, kind = (target, source) if isinstance(source, ArrayType) else (source, target)
        if other.kind != "interface" or not other.arguments or not isinstance(kind, ArrayType):
            return False
        return _may_be_element(kind.element, other.arguments[0])
    if source.definition is not None and source.definition is target.definition and any(source.definition.variance):
        return True
    if source.kind == "interface":
        return target.kind == "interface" or not _sealed(target)
    return target.kind == "interface" and not _sealed(source)


def _may_be_element(element: NetType, argument: NetType) -> bool:
    return element.is_reference and argument.is_reference and _may_be(element, argument)


def _sealed(kind: NetType) -> bool:
    return kind is types.STRING or kind.kind == "delegate"


def _operators(source: NetType, target: NetType, explicit_too: bool) -> list[tuple[Member, NetType, NetType]]:
    found: list[tuple[Member, NetType, NetType]] = []
    seen: set[object] = set()
    for kind in (types.nullable_inner(source) or source, types.nullable_inner(target) or target):
        for owner in (kind, *bases_of(kind)):
            definition = owner.definition
            if definition is None or owner in seen or definition.kind == "interface":
                continue
            seen.add(owner)
            mapping = dict(zip(definition.parameters, owner.arguments, strict=True))
            for name in ("implicit", "explicit") if explicit_too else ("implicit",):
                for member in definition.members(name):
                    signature = member.signature
                    parameter = types.substitute(signature.parameters[0].type, mapping)
                    found.append((member, parameter, types.substitute(signature.returns, mapping)))
    return found


def _user_defined(source: NetType, target: NetType, explicit_too: bool) -> Conversion | None:
    """User-defined conversions (10.5.4 and 10.5.5): the most specific source and target type decide."""
    if (source.kind == "special" and source is not types.NULL) or source.kind == "interface":
        return None
    if target.kind in ("special", "interface"):
        return None
    if source in NUMERIC and target in NUMERIC:
        return None
    usable = [
        (member, before, after, parameter, result)
        for member, parameter, result in _operators(source, target, explicit_too)
        if (before := _around(source, parameter, explicit_too)) and (after := _around(result, target, explicit_too))
    ]
    if not usable:
        return _lifted(source, target, explicit_too)
    best_source = _most_specific([item[3] for item in usable], source, encompassing=True)
    best_target = _most_specific([item[4] for item in usable], target, encompassing=False)
    for member, before, after, parameter, result in usable:
        if parameter is best_source and result is best_target:
            is_implicit = not explicit_too or (member.name == "implicit" and before.implicit and after.implicit)
            return Conversion("user", source, target, is_implicit, member, before, after)
    return None


def _around(source: NetType, target: NetType, explicit_too: bool) -> Conversion | None:
    return standard_explicit(source, target) if explicit_too else standard_implicit(source, target)


def _most_specific(candidates: list[NetType], wanted: NetType, encompassing: bool) -> NetType | None:
    if wanted in candidates:
        return wanted
    ahead = [
        kind
        for kind in candidates
        if (standard_implicit(wanted, kind) if encompassing else standard_implicit(kind, wanted))
    ]
    pool = ahead or candidates
    toward = bool(ahead) == encompassing
    for kind in pool:
        others = (other for other in pool if other is not kind)
        if all((standard_implicit(kind, other) if toward else standard_implicit(other, kind)) for other in others):
            return kind
    return None


def _lifted(source: NetType, target: NetType, explicit_too: bool) -> Conversion | None:
    inner_source, inner_target = types.nullable_inner(source), types.nullable_inner(target)
    if inner_source is None:
        return None
    inner = _user_defined(inner_source, inner_target or target, explicit_too)
    if inner is None:
        return None
    if inner_target is not None:
        return Conversion("nullable", source, target, inner.implicit, inner=inner)
    return Conversion("unwrap", source, target, False, inner=inner) if explicit_too else None
