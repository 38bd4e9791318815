"""C#'s errors for a call that no candidate takes, chosen in the order of its compiler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.binder.convert import describe, report_no_conversion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.csharp import syntax
    from certgate.csharp.binder.lookup import Callee
    from certgate.csharp.binder.overload import Argument, Candidate, Resolution
    from certgate.csharp.binder.session import Binder
    from certgate.csharp.types import NetType


def report_failure(
    b: Binder,
    node: syntax.Node,
    found: Resolution,
    arguments: Sequence[Argument],
    place: Any,
    name: str,
    delegate: bool = False,
    extension: bool = False,
    constructor: bool = False,
) -> None:
    """C#'s error for a call that no candidate takes, chosen in the compiler's order."""
    if any(isinstance(one.value, bound.Bad) for one in arguments):
        return
    if found.ambiguous:
        first, second = (one.callee.full_text for one in found.ambiguous)
        b.error("CS0121", place, first, second)
        return
    by_kind: dict[str, Candidate] = {}
    for candidate in found.tried:
        by_kind.setdefault(candidate.failure or "", candidate)
    if "conversion" in by_kind:
        _bad_arguments(b, by_kind["conversion"], arguments, name, extension)
    elif "constraint" in by_kind:
        code, names = by_kind["constraint"].detail
        b.error(code, place, *names)
    elif "inference" in by_kind:
        _not_inferred(b, by_kind["inference"], arguments, place, name, extension)
    else:
        _wrong_count(b, found, by_kind, arguments, place, name, delegate, extension, constructor)


def _not_inferred(
    b: Binder, candidate: Candidate, arguments: Sequence[Argument], place: Any, name: str, extension: bool
) -> None:
    callee = candidate.callee
    if (
        extension
        and arguments[0].value.type not in (types.UNKNOWN,)
        and not _could_receive(callee, arguments[0].value.type)
    ):
        b.error("CS1061", place, describe(arguments[0].value), name)
        return
    b.error("CS0411", place, callee.text)


def _could_receive(callee: Callee, kind: NetType) -> bool:
    """Whether the receiver has any base of the form of the ``this`` parameter."""
    from certgate.csharp.conversions import bases_of
    from certgate.csharp.types import TypeParameter

    wanted = callee.parameters[0].type
    if isinstance(wanted, TypeParameter) or wanted.definition is None:
        return True
    return any(base.definition is wanted.definition for base in (kind, *bases_of(kind)))


def _wrong_count(
    b: Binder,
    found: Resolution,
    by_kind: dict[str, Candidate],
    arguments: Sequence[Argument],
    place: Any,
    name: str,
    delegate: bool,
    extension: bool,
    constructor: bool,
) -> None:
    missing = [candidate for candidate in found.tried if candidate.failure == "missing"]
    count = len(arguments) - extension
    if "named twice" in by_kind and len(found.tried) == 1:
        b.error("CS1744", by_kind["named twice"].detail.name_node, by_kind["named twice"].detail.name)
    elif len(missing) == 1:
        b.error("CS7036", place, missing[0].detail.name, missing[0].callee.text)
    elif "name" in by_kind and not missing:
        b.error("CS1739", by_kind["name"].detail.name_node, name, by_kind["name"].detail.name)
    elif "arity" in by_kind:
        callee = by_kind["arity"].callee
        if callee.type_parameters:
            b.error("CS0305", place, "method", callee.text, len(callee.type_parameters))
        else:
            b.error("CS0308", place, callee.text, "method")
    elif delegate:
        b.error("CS1593", place, name, count)
    elif constructor:
        b.error("CS1729", place, name, count)
    else:
        b.error("CS1501", place, name, count)


def _bad_arguments(b: Binder, candidate: Candidate, arguments: Sequence[Argument], name: str, extension: bool) -> None:
    from certgate.csharp.binder.lambdas import delegate_of

    callee = candidate.callee
    for index in candidate.detail:
        argument = arguments[index]
        kind = candidate.kinds[index]
        if extension and index == 0:
            shown = f"{callee.owner.display if callee.owner else ''}.{_receiver_text(callee)}"
            b.error("CS1929", argument.node, describe(argument.value), name, shown, kind.full_name)
            return
        position = index + 1 - extension
        mode = callee.parameters[candidate.targets[index]].mode
        wanted = mode if mode in ("out", "ref") else ""
        if argument.mode != wanted and wanted:
            b.error("CS1620", argument.value.syntax, position, wanted)
        elif argument.mode != wanted:
            b.error("CS1615", argument.value.syntax, position, argument.mode)
        elif isinstance(argument.value, bound.UnboundLambda) and delegate_of(kind) is not None:
            report_no_conversion(b, argument.value, kind)
        else:
            shown = _spell_mode(wanted) + kind.full_name
            if isinstance(argument.value, bound.UnboundLambda) or argument.value.type.kind == "special":
                b.error("CS1503", argument.value.syntax, position, describe(argument.value), shown)
            else:
                b.error(
                    "CS1503",
                    argument.value.syntax,
                    position,
                    _spell_mode(argument.mode) + argument.value.type.full_name,
                    shown,
                )


def _spell_mode(mode: str) -> str:
    return f"{mode} " if mode else ""


def _receiver_text(callee: Callee) -> str:
    return callee.short
