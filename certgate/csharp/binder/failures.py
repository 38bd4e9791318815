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
    if type(place).__name__ == "QueryName" and _in_query(b, found, arguments, place, extension):
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


def _in_query(b: Binder, found: Resolution, arguments: Sequence[Argument], place: Any, extension: bool) -> bool:
    """The errors that a clause of a query has instead of those of a call."""
    from certgate.csharp.binder.queries import no_provider, not_inferred

    kinds = {one.failure for one in found.tried}
    if not extension or not arguments or found.ambiguous:
        return False
    receiver = arguments[0].value.type
    if not any(_could_receive(one.callee, receiver) for one in found.tried):
        no_provider(b, place, receiver)
        return True
    if "conversion" not in kinds and "inference" in kinds:
        not_inferred(b, place)
        return True
    return False


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
    if len(missing) == 1:
        b.error("CS7036", place, missing[0].detail.name, missing[0].callee.text)
    elif not missing and (named := _wrong_name(found)) is not None:
        code = "CS1746" if delegate and named.failure == "name" else _NAMED[named.failure or ""]
        names = (name, named.detail.name) if named.failure == "name" else (named.detail.name,)
        b.error(code, named.detail.name_node, *names)
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


_NAMED = {"named twice": "CS1744", "name": "CS1739", "misplaced": "CS8323"}


def _wrong_name(found: Resolution) -> Candidate | None:
    """The candidate whose trouble with a named argument is told: by kind of trouble, then the latest argument."""
    for kind in _NAMED:
        failed = [one for one in found.tried if one.failure == kind]
        if failed and not (kind == "misplaced" and any(one.failure == "count" for one in found.tried)):
            return max(failed, key=lambda one: int(one.detail.name_node[0]))
    return None


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
