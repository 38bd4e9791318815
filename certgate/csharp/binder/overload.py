"""Overload resolution (C# specification 12.6.2 to 12.6.4): which of several methods an argument list means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.binder import better
from certgate.csharp.binder.convert import classify
from certgate.csharp.conversions import derives_from
from certgate.csharp.members import Parameter
from certgate.csharp.node import NodeType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp import syntax
    from certgate.csharp.binder.lookup import Callee
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


class Argument(metaclass=NodeType):
    """An argument as bound; `mode` is empty, ``out``, ``ref`` or ``in``."""

    value: bound.Expression
    node: syntax.Node
    mode: str = ""
    name: str | None = None
    name_node: Any = None


class Candidate(metaclass=NodeType):
    """A callee with what was found out: `failure` None when it is applicable.

    `targets`: for each argument the index of its parameter, `kinds` the type it is converted to.
    """

    callee: Callee
    expanded: bool = False
    type_arguments: tuple[NetType, ...] = ()
    targets: tuple[int, ...] = ()
    kinds: tuple[NetType, ...] = ()
    returns: NetType = types.UNKNOWN
    failure: str | None = None
    detail: Any = None

    @property
    def applicable(self) -> bool:
        return self.failure is None


class Resolution(metaclass=NodeType):
    """`best` when one candidate is better than all others; else `ambiguous` (two of them) or only failures in
    `tried`."""

    best: Candidate | None
    ambiguous: tuple[Candidate, ...]
    tried: tuple[Candidate, ...]


def resolve(
    b: Binder, callees: Sequence[Callee], arguments: Sequence[Argument], type_arguments: tuple[NetType, ...] = ()
) -> Resolution:
    """The best applicable function member."""
    tried: list[Candidate] = []
    for callee in callees:
        normal = evaluate(b, callee, arguments, type_arguments, expanded=False)
        if not normal.applicable and callee.expandable:
            other = evaluate(b, callee, arguments, type_arguments, expanded=True)
            better_known = normal.failure in ("count", "missing") and other.failure not in ("count", "missing")
            normal = other if other.applicable or better_known else normal
        tried.append(normal)
    usable = [candidate for candidate in tried if candidate.applicable]
    usable = _most_derived(usable)
    if len(usable) > 1:
        best = better.best(b, usable, arguments)
        if best is not None:
            return Resolution(best, (), tuple(tried))
        return Resolution(None, better.contenders(b, usable, arguments), tuple(tried))
    return Resolution(usable[0] if usable else None, (), tuple(tried))


def _most_derived(usable: list[Candidate]) -> list[Candidate]:
    """A method of a derived class hides the applicable ones of its bases (12.8.10.2)."""
    if len(usable) < 2:
        return usable
    owners = {candidate.callee.owner for candidate in usable}
    if len(owners) == 1 or any(candidate.callee.extension for candidate in usable):
        return usable
    from certgate.csharp.conversions import derives_from

    def hidden(candidate: Candidate) -> bool:
        own = candidate.callee.owner
        return any(
            own is not None
            and other is not None
            and other is not own
            and other is not types.OBJECT
            and derives_from(other, own)
            for other in owners
        )

    return [candidate for candidate in usable if not hidden(candidate)] or usable


def evaluate(
    b: Binder, callee: Callee, arguments: Sequence[Argument], given: tuple[NetType, ...], expanded: bool
) -> Candidate:
    """Whether the callee is applicable in its normal or its expanded form (12.6.4.2)."""
    if given and len(given) != len(callee.type_parameters):
        return Candidate(callee, expanded, failure="arity")
    matched = match(callee, arguments, expanded)
    if isinstance(matched, Candidate):
        return matched
    parameters = callee.parameters
    kinds = tuple(_kind(parameters[index], expanded) for index in matched)
    inferred = given
    if callee.type_parameters and not given:
        from certgate.csharp.binder.inference import infer

        found = infer(b, callee, arguments, kinds, matched)
        if found is None:
            return Candidate(callee, expanded, (), matched, kinds, failure="inference")
        inferred = found
    returns = callee.returns
    if inferred:
        mapping = dict(zip(callee.type_parameters, inferred, strict=True))
        kinds = tuple(types.substitute(kind, mapping) for kind in kinds)
        returns = types.substitute(returns, mapping)
        problem = _constraint(callee, inferred)
        if problem is not None:
            return Candidate(callee, expanded, inferred, matched, kinds, returns, "constraint", problem)
    bad = tuple(
        index
        for index, (argument, kind) in enumerate(zip(arguments, kinds, strict=True))
        if not _accepts(b, argument, kind, parameters[matched[index]].mode)
    )
    return Candidate(callee, expanded, inferred, matched, kinds, returns, "conversion" if bad else None, bad)


def _kind(parameter: Parameter, expanded: bool) -> NetType:
    if expanded and parameter.mode == "params" and isinstance(parameter.type, types.ArrayType):
        return parameter.type.element
    return parameter.type


def _constraint(callee: Callee, arguments: tuple[NetType, ...]) -> tuple[str, Any] | None:
    for parameter, argument in zip(callee.type_parameters, arguments, strict=True):
        if argument is types.UNKNOWN:
            continue
        if "class" in parameter.constraints and not argument.is_reference:
            return ("CS0452", (callee.short, parameter.display, argument.display))
        if "struct" in parameter.constraints and (not argument.is_value or types.nullable_inner(argument) is not None):
            return ("CS0453", (callee.short, parameter.display, argument.display))
        for limit in _base_limits(callee, parameter):
            if not derives_from(argument, limit):
                return ("CS0311", (callee.short, parameter.display, argument.display, limit.display))
    return None


_WORDS = frozenset({"class", "struct", "new()", "unmanaged", "notnull"})


def _base_limits(callee: Callee, parameter: types.TypeParameter) -> list[NetType]:
    """The types that a library method wants a type argument to derive from."""
    names = [name for name in parameter.constraints if name not in _WORDS]
    if not names or callee.member is None:
        return []
    from certgate.csharp.signatures import parse_type

    return [parse_type(name, callee.member.owner) for name in names]


def _accepts(b: Binder, argument: Argument, kind: NetType, mode: str) -> bool:
    passed = mode if mode in ("out", "ref") else ""
    given = argument.mode if argument.mode != "in" else ""
    if given != passed:
        return False
    if passed:
        if isinstance(argument.value, bound.OutDeclaration) or types.UNKNOWN in (argument.value.type, kind):
            return True
        from certgate.csharp.conversions import identical

        return identical(argument.value.type, kind)
    if mode == "this":
        return _receives(b, argument.value, kind)
    return classify(b, argument.value, kind) is not None


def _receives(b: Binder, receiver: bound.Expression, kind: NetType) -> bool:
    """The receiver of an extension method: identity, reference or boxing conversion only (12.8.10.3)."""
    found = classify(b, receiver, kind)
    return found is not None and found.kind in ("identity", "reference", "boxing", "tuple literal")


def match(callee: Callee, arguments: Sequence[Argument], expanded: bool) -> tuple[int, ...] | Candidate:
    """For each argument the index of its parameter (12.6.2.2); a failed Candidate when they do not correspond. The
    order of the failures is the compiler's."""
    parameters = callee.parameters
    fixed = len(parameters) - 1 if expanded else len(parameters)
    targets = [_target(callee, one, position, fixed, expanded) for position, one in enumerate(arguments)]
    failed = _misplaced(arguments, targets) or _unmatched(arguments, targets)
    if failed is None:
        failed = _taken_twice(arguments, targets) or _missing(callee, targets, fixed)
    return Candidate(callee, expanded, failure=failed[0], detail=failed[1]) if failed is not None else tuple(targets)


def _target(callee: Callee, argument: Argument, position: int, fixed: int, expanded: bool) -> int:
    """The index of the parameter, or -1."""
    if argument.name is None:
        return position if position < fixed else fixed if expanded else -1
    return next((at for at, one in enumerate(callee.parameters) if one.name == argument.name), -1)


def _misplaced(arguments: Sequence[Argument], targets: Sequence[int]) -> tuple[str, Any] | None:
    """A named argument that is out of its place while unnamed ones follow."""
    for position, argument in enumerate(arguments):
        if argument.name is not None and targets[position] not in (-1, position):
            follows = any(one.name is None for one in arguments[position + 1 :])
            return ("misplaced", argument) if follows else None
    return None


def _unmatched(arguments: Sequence[Argument], targets: Sequence[int]) -> tuple[str, Any] | None:
    for argument, target in zip(arguments, targets, strict=True):
        if target < 0:
            return ("name", argument) if argument.name is not None else ("count", None)
    return None


def _taken_twice(arguments: Sequence[Argument], targets: Sequence[int]) -> tuple[str, Any] | None:
    positional = {target for argument, target in zip(arguments, targets, strict=True) if argument.name is None}
    for argument, target in zip(arguments, targets, strict=True):
        if argument.name is not None and target in positional:
            return "named twice", argument
    return None


def _missing(callee: Callee, targets: Sequence[int], fixed: int) -> tuple[str, Any] | None:
    for index in range(fixed):
        if index not in targets and not callee.parameters[index].optional:
            return "missing", callee.parameters[index]
    return None
