"""Type inference of generic methods (C# specification 12.6.3): bounds from the arguments, then from what lambdas
return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, types
from certgate.csharp.conversions import bases_of, identical, implicit
from certgate.csharp.types import ArrayType, NamedType, NetType, TupleType, TypeParameter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp.binder.lookup import Callee
    from certgate.csharp.binder.overload import Argument
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.members import Signature


class _Inference:
    """The bounds of each type parameter, and the types that were fixed."""

    def __init__(self, b: Binder, parameters: Sequence[TypeParameter]) -> None:
        self.b = b
        self.parameters = tuple(parameters)
        self.exact: dict[TypeParameter, list[NetType]] = {one: [] for one in parameters}
        self.lower: dict[TypeParameter, list[NetType]] = {one: [] for one in parameters}
        self.upper: dict[TypeParameter, list[NetType]] = {one: [] for one in parameters}
        self.fixed: dict[TypeParameter, NetType] = {}

    def unfixed_in(self, kind: NetType) -> set[TypeParameter]:
        """The unfixed type parameters that a type mentions."""
        return {one for one in mentioned(kind) if one in self.exact and one not in self.fixed}

    def bounds(self, parameter: TypeParameter) -> list[NetType]:
        return self.exact[parameter] + self.lower[parameter] + self.upper[parameter]

    # 12.6.3.9 to 12.6.3.11

    def infer_exact(self, source: NetType, target: NetType) -> None:
        if isinstance(target, TypeParameter):
            self._add(self.exact, target, source)
        elif isinstance(target, ArrayType) and isinstance(source, ArrayType) and source.rank == target.rank:
            self.infer_exact(source.element, target.element)
        elif (
            isinstance(target, TupleType)
            and isinstance(source, TupleType)
            and len(source.elements) == len(target.elements)
        ):
            for one, other in zip(source.elements, target.elements, strict=True):
                self.infer_exact(one, other)
        elif isinstance(target, NamedType) and target.arguments and source.definition is target.definition:
            for one, other in zip(source.arguments, target.arguments, strict=True):
                self.infer_exact(one, other)

    def infer_lower(self, source: NetType, target: NetType) -> None:
        if isinstance(target, TypeParameter):
            self._add(self.lower, target, source)
            return
        if types.nullable_inner(target) is not None:
            inner = types.nullable_inner(source)
            if inner is not None:
                self.infer_exact(inner, target.arguments[0])
            elif source.is_value:
                self.infer_lower(source, target.arguments[0])
            return
        if isinstance(target, ArrayType) and isinstance(source, ArrayType) and source.rank == target.rank:
            self._element(source.element, target.element)
        elif (
            isinstance(target, TupleType)
            and isinstance(source, TupleType)
            and len(source.elements) == len(target.elements)
        ):
            for one, other in zip(source.elements, target.elements, strict=True):
                self.infer_lower(one, other)
        elif isinstance(target, NamedType) and target.arguments:
            self._constructed(source, target)

    def _element(self, source: NetType, target: NetType) -> None:
        if source.is_reference:
            self.infer_lower(source, target)
        else:
            self.infer_exact(source, target)

    def _constructed(self, source: NetType, target: NamedType) -> None:
        found = _unique_base(source, target)
        if found is None:
            return
        for mode, one, other in zip(target.definition.variance, found.arguments, target.arguments, strict=True):
            if one.is_reference and mode == "out":
                self.infer_lower(one, other)
            elif one.is_reference and mode == "in":
                self.infer_upper(one, other)
            else:
                self.infer_exact(one, other)

    def infer_upper(self, source: NetType, target: NetType) -> None:
        if isinstance(target, TypeParameter):
            self._add(self.upper, target, source)
        elif isinstance(target, NamedType) and target.arguments and source.definition is target.definition:
            for mode, one, other in zip(target.definition.variance, source.arguments, target.arguments, strict=True):
                if one.is_reference and mode == "out":
                    self.infer_upper(one, other)
                elif one.is_reference and mode == "in":
                    self.infer_lower(one, other)
                else:
                    self.infer_exact(one, other)
        else:
            self.infer_exact(source, target)

    def _add(self, bounds: dict[TypeParameter, list[NetType]], target: TypeParameter, source: NetType) -> None:
        if target in bounds and target not in self.fixed and source not in bounds[target]:
            bounds[target].append(source)

    def fix(self, parameter: TypeParameter) -> bool:
        """Choose the type of a parameter from its bounds (12.6.3.12)."""
        everything = self.bounds(parameter)
        if types.UNKNOWN in everything:
            self.fixed[parameter] = types.UNKNOWN
            return True
        candidates: list[NetType] = []
        for kind in everything:
            if not any(identical(kind, other) for other in candidates):
                candidates.append(kind)
        for limit in self.exact[parameter]:
            candidates = [kind for kind in candidates if identical(kind, limit)]
        for limit in self.lower[parameter]:
            candidates = [kind for kind in candidates if implicit(limit, kind) is not None]
        for limit in self.upper[parameter]:
            candidates = [kind for kind in candidates if implicit(kind, limit) is not None]
        best = [kind for kind in candidates if all(implicit(other, kind) is not None for other in candidates)]
        if len(best) != 1:
            return False
        self.fixed[parameter] = best[0]
        return True


def mentioned(kind: NetType) -> set[TypeParameter]:
    """The type parameters in a type."""
    match kind:
        case TypeParameter():
            return {kind}
        case ArrayType():
            return mentioned(kind.element)
        case TupleType():
            return set().union(*map(mentioned, kind.elements))
    return set().union(*map(mentioned, kind.arguments)) if kind.arguments else set()


def _unique_base(source: NetType, target: NamedType) -> NetType | None:
    if source.definition is target.definition:
        return source
    found = [base for base in bases_of(source) if base.definition is target.definition]
    return found[0] if len(found) == 1 or (found and all(one is found[0] for one in found)) else None


def infer(
    b: Binder, callee: Callee, arguments: Sequence[Argument], kinds: Sequence[NetType], targets: Sequence[int]
) -> tuple[NetType, ...] | None:
    """The type arguments, or None when inference fails. `kinds` are the parameter types for each argument."""
    inference = _Inference(b, callee.type_parameters)
    pairs = [(argument, kind) for argument, kind in zip(arguments, kinds, strict=True) if mentioned(kind)]
    for argument, kind in pairs:
        _first_phase(inference, argument, kind)
    if not _second_phase(inference, pairs):
        return None
    return tuple(inference.fixed[parameter] for parameter in inference.parameters)


def receives(b: Binder, callee: Callee, receiver: bound.Expression) -> bool:
    """Whether an extension method can be called on a receiver at all (12.8.10.3), whatever its other arguments."""
    kind = callee.parameters[0].type
    inference = _Inference(b, tuple(mentioned(kind)))
    inference.infer_lower(receiver.type, kind)
    if not all(inference.fix(parameter) for parameter in inference.parameters):
        return False
    found = implicit(receiver.type, types.substitute(kind, inference.fixed))
    return found is not None and found.kind in ("identity", "reference", "boxing")


def _first_phase(inference: _Inference, argument: Argument, kind: NetType) -> None:
    from certgate.csharp.binder.lambdas import explicit_types

    value = argument.value
    match value:
        case bound.UnboundLambda():
            given = explicit_types(inference.b, value)
            signature = _delegate(kind)
            if given is not None and signature is not None and len(given) == len(signature.parameters):
                for own, parameter in zip(given, signature.parameters, strict=True):
                    inference.infer_exact(own, parameter.type)
        case bound.MethodGroup() | bound.OutDeclaration() | bound.Throw() | bound.UntypedConditional():
            return
        case bound.TupleLiteral():
            _tuple(inference, value, kind)
        case _:
            if value.type.kind == "special" and value.type is not types.UNKNOWN:
                return
            if argument.mode in ("out", "ref"):
                inference.infer_exact(value.type, kind)
            else:
                inference.infer_lower(value.type, kind)


def _tuple(inference: _Inference, value: bound.TupleLiteral, kind: NetType) -> None:
    if isinstance(kind, TupleType) and len(kind.elements) == len(value.items):
        for item, element in zip(value.items, kind.elements, strict=True):
            inference.infer_lower(item.type, element)
    elif value.type is not types.UNKNOWN:
        inference.infer_lower(value.type, kind)


def _delegate(kind: NetType) -> Signature | None:
    from certgate.csharp.binder.lambdas import delegate_of

    return delegate_of(kind)


def _second_phase(inference: _Inference, pairs: list[tuple[Argument, NetType]]) -> bool:
    """Fix what depends on nothing, then let lambdas whose parameters are known give bounds, and again (12.6.3.3)."""
    done: set[int] = set()
    for _ in range(2 * len(inference.parameters) + len(pairs) + 2):
        unfixed = [one for one in inference.parameters if one not in inference.fixed]
        if not unfixed:
            return True
        waiting = {index: _dependencies(inference, *pair) for index, pair in enumerate(pairs) if index not in done}
        outputs = set().union(*(both[1] for both in waiting.values())) if waiting else set()
        ready = [one for one in unfixed if one not in outputs and inference.bounds(one)]
        if not ready:
            ready = _cyclic(inference, waiting)
        for parameter in ready:
            if not inference.fix(parameter):
                return False
        progress = bool(ready)
        for index, (inputs, _outputs) in waiting.items():
            if not any(one not in inference.fixed for one in inputs):
                done.add(index)
                _output(inference, *pairs[index])
                progress = True
        if not progress:
            return False
    return all(one in inference.fixed for one in inference.parameters)


def _cyclic(
    inference: _Inference, waiting: dict[int, tuple[set[TypeParameter], set[TypeParameter]]]
) -> list[TypeParameter]:
    """Where everything depends on something: the inputs of lambdas that have bounds, unless outputs can come first."""
    if any(not any(one not in inference.fixed for one in inputs) for inputs, _ in waiting.values()):
        return []
    wanted = {one for inputs, _ in waiting.values() for one in inputs}
    free = [one for one in wanted if one not in inference.fixed and inference.bounds(one)]
    independent = [
        one for one in free if not any(one in outputs and one not in inputs for inputs, outputs in waiting.values())
    ]
    return independent or free


def _dependencies(
    inference: _Inference, argument: Argument, kind: NetType
) -> tuple[set[TypeParameter], set[TypeParameter]]:
    """Unfixed type parameters in the input types and in the output type of a lambda or method group."""
    from certgate.csharp.binder.lambdas import delegate_of, explicit_types

    value = argument.value
    if not isinstance(value, bound.UnboundLambda | bound.MethodGroup):
        return set(), set()
    signature = delegate_of(kind)
    if signature is None:
        return set(), set()
    inputs: set[TypeParameter] = set()
    if isinstance(value, bound.MethodGroup) or explicit_types(inference.b, value) is None:
        for parameter in signature.parameters:
            inputs |= inference.unfixed_in(parameter.type)
    return inputs, inference.unfixed_in(signature.returns)


def _output(inference: _Inference, argument: Argument, kind: NetType) -> None:
    """Output type inference (12.6.3.7)."""
    from certgate.csharp.binder.groups import group_returns
    from certgate.csharp.binder.lambdas import delegate_of, inferred_return

    value = argument.value
    if not isinstance(value, bound.UnboundLambda | bound.MethodGroup):
        return
    signature = delegate_of(kind)
    if signature is None or not mentioned(signature.returns):
        return
    inputs = tuple(types.substitute(parameter.type, inference.fixed) for parameter in signature.parameters)
    if isinstance(value, bound.UnboundLambda):
        returned = inferred_return(inference.b, value, inputs)
    else:
        returned = group_returns(inference.b, value, inputs)
    if returned is not None and returned is not types.VOID and returned is not types.NULL:
        inference.infer_lower(returned, signature.returns)
