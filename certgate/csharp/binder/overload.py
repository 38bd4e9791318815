"""Overload resolution (C# specification 12.6.2 to 12.6.4): which of several methods an argument list means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.binder import better
from certgate.csharp.binder.convert import classify
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
            normal = other if other.applicable or normal.failure == "count" else normal
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
    return None


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
    """For each argument the index of its parameter (12.6.2.2); a failed Candidate when they do not correspond."""
    parameters = callee.parameters
    fixed = len(parameters) - 1 if expanded else len(parameters)
    targets: list[int] = []
    used: set[int] = set()
    for position, argument in enumerate(arguments):
        if argument.name is None:
            if position < fixed:
                index = position
            elif expanded:
                index = fixed
            else:
                return Candidate(callee, expanded, failure="count")
        else:
            found = next((at for at, one in enumerate(parameters) if one.name == argument.name), None)
            if found is None:
                return Candidate(callee, expanded, failure="name", detail=argument)
            index = found
            if index in used:
                return Candidate(callee, expanded, failure="named twice", detail=argument)
        used.add(index)
        targets.append(index)
    for index in range(fixed):
        if index not in used and not parameters[index].optional and parameters[index].mode != "params":
            return Candidate(callee, expanded, failure="missing", detail=parameters[index])
        if index not in used and parameters[index].mode == "params":
            return Candidate(callee, expanded, failure="count")
    return tuple(targets)
