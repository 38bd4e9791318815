"""Method groups (C# specification 10.8 and 12.6.6): a method named without being called, made a delegate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.csharp import bound, types
from certgate.csharp.binder.lambdas import delegate_of
from certgate.csharp.binder.lookup import callee_of, extension_methods
from certgate.csharp.binder.overload import Argument, Candidate, Resolution, resolve
from certgate.csharp.binder.session import Report
from certgate.csharp.bound import Function, Variable
from certgate.csharp.conversions import identical, standard_implicit

if TYPE_CHECKING:
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.members import Signature
    from certgate.csharp.types import NetType


def _resolve(
    b: Binder, group: bound.MethodGroup, kinds: tuple[NetType, ...], modes: tuple[str, ...]
) -> tuple[Resolution, bool]:
    """Overload resolution as if called with values of these types; the second part tells whether an extension method
    won."""
    saved, b.report = b.report, Report()
    try:
        arguments = _arguments(b, group, kinds, modes)
        found = resolve(b, group.candidates, arguments, group.type_arguments)
        if found.best is None and group.extensions and group.receiver is not None:
            callees = [callee_of(member, owner) for member, owner in extension_methods(group.name)]
            receiver = Argument(group.receiver, group.receiver.syntax)
            extended = resolve(b, callees, [receiver, *arguments], group.type_arguments)
            if extended.best is not None:
                return extended, True
        return found, False
    finally:
        b.report = saved


def _arguments(
    b: Binder, group: bound.MethodGroup, kinds: tuple[NetType, ...], modes: tuple[str, ...]
) -> list[Argument]:
    made = []
    for kind, mode in zip(kinds, modes, strict=True):
        variable = b.temporary(kind)
        passed = mode if mode in ("out", "ref") else ""
        made.append(Argument(bound.Local(group.syntax, kind, variable), group.syntax, passed))
    return made


def _modes(signature: Signature) -> tuple[str, ...]:
    return tuple(one.mode for one in signature.parameters)


def _kinds(signature: Signature) -> tuple[NetType, ...]:
    return tuple(one.type for one in signature.parameters)


def converts_group(b: Binder, group: bound.MethodGroup, target: NetType) -> bool:
    """Whether one method of the group fits the delegate type."""
    if target is types.UNKNOWN or any(one is types.UNKNOWN for one in group.candidates):
        return True
    signature = delegate_of(target)
    if signature is None:
        return False
    found, _ = _resolve(b, group, _kinds(signature), _modes(signature))
    if found.best is None or found.best.expanded:
        return False
    if _defaults_used(
        found.best, len(signature.parameters), found.best.callee.extension and group.receiver is not None
    ):
        return False
    return _returns_fit(found.best, signature)


def _defaults_used(best: Candidate, count: int, extended: bool) -> bool:
    return len(best.callee.parameters) != count + extended


def _returns_fit(best: Candidate, signature: Signature) -> bool:
    if signature.returns is types.VOID or best.returns is types.VOID:
        return signature.returns is best.returns
    if identical(best.returns, signature.returns):
        return True
    found = standard_implicit(best.returns, signature.returns)
    return found is not None and found.kind in ("identity", "reference")


def group_returns(b: Binder, group: bound.MethodGroup, kinds: tuple[NetType, ...]) -> NetType | None:
    """The return type of the method that overload resolution chooses for these parameter types."""
    found, _ = _resolve(b, group, kinds, ("",) * len(kinds))
    return found.best.returns if found.best is not None else None


def to_delegate(b: Binder, group: bound.MethodGroup, target: NetType) -> bound.Expression:
    """The delegate; its parameters are those of the delegate type, converted to the method's."""
    signature = delegate_of(target)
    if signature is None:
        return b.unknown(group.syntax)
    found, extended = _resolve(b, group, _kinds(signature), _modes(signature))
    best = found.best
    if best is None:
        report_group_mismatch(b, group, target)
        return bound.Bad(group.syntax, types.UNKNOWN)
    if not _returns_fit(best, signature):
        b.error("CS0407", group.syntax, f"{best.returns.display} {best.callee.text}")
        return bound.Bad(group.syntax, types.UNKNOWN)
    return _make(b, group, target, signature, best, extended)


def _make(
    b: Binder, group: bound.MethodGroup, target: NetType, signature: Signature, best: Candidate, extended: bool
) -> bound.Expression:
    from certgate.csharp.binder.completion import finish_call

    function = Function(group.name, b.function, group.syntax)
    function.returns = signature.returns
    function.signature = signature
    parameters = [Variable(one.name, one.type, "parameter", function) for one in signature.parameters]
    arguments = [
        Argument(
            bound.Local(group.syntax, one.type, one), group.syntax, given.mode if given.mode in ("out", "ref") else ""
        )
        for one, given in zip(parameters, signature.parameters, strict=True)
    ]
    receiver = group.receiver if extended or not best.callee.static else None
    inner: bound.Expression | None = None
    if receiver is not None:
        held = Variable("this", receiver.type, "parameter", function)
        parameters.insert(0, held)
        inner = bound.Local(receiver.syntax, receiver.type, held)
        if extended:
            arguments.insert(0, Argument(inner, receiver.syntax))
    saved, b.function = b.function, function
    try:
        function.body = finish_call(b, group.syntax, None if extended else inner, best, arguments, group)
    finally:
        b.function = saved
    function.parameters = tuple(parameters)
    return bound.MethodDelegate(group.syntax, target, receiver, function)


def report_group_mismatch(b: Binder, group: bound.MethodGroup, target: NetType) -> None:
    """Why a method group does not convert to a type."""
    signature = delegate_of(target)
    if signature is None:
        place = group.syntax
        from certgate.csharp import syntax

        if isinstance(place, syntax.MemberAccess):
            return b.error("CS0428", place.name, group.name, target.display)
        return b.error("CS0428", place, group.name, target.display)
    found, _ = _resolve(b, group, _kinds(signature), _modes(signature))
    if found.ambiguous:
        first, second = (one.callee.full_text for one in found.ambiguous)
        return b.error("CS0121", group.syntax, first, second)
    if found.best is not None and not _returns_fit(found.best, signature):
        return b.error("CS0407", group.syntax, f"{found.best.returns.display} {found.best.callee.text}")
    return b.error("CS0123", group.syntax, group.name, target.display)
