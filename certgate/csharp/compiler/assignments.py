"""Assignments as closures. What a target is made of is evaluated once, before the value (C# specification 12.21.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.compiler.calls import checks_null, null_here
from certgate.csharp.compiler.conversions import is_instance
from certgate.csharp.compiler.core import compiles
from certgate.csharp.compiler.expressions import flat_index, out_of_bounds
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.values import NetArray, TupleValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from certgate.csharp.compiler.core import Code, Compiler, Frame, Setter

    Place = tuple[Callable[[Frame], Any], Callable[[Frame, Any], Any], Callable[[Frame, Any, Any], None]]


def place(c: Compiler, node: bound.Expression) -> Place:
    """Three functions: prepare what the target is made of, read it, write it."""
    match node:
        case bound.Local():
            read, write = c.read(node.variable), c.write(node.variable)
            return (lambda frame: None), (lambda frame, _: read(frame)), (lambda frame, _, value: write(frame, value))
        case bound.Property():
            return _property(c, node)
        case bound.Indexer():
            return _indexer(c, node)
        case bound.Element():
            return _element(c, node)
        case bound.Item():
            return _item(c, node)
    start, end = node.syntax.start, node.syntax.end

    def refuse(frame: Frame, *_: Any) -> Any:
        raise UnsupportedReached("certgate does not simulate this assignment", start, end)

    return refuse, refuse, refuse


def _property(c: Compiler, node: bound.Property) -> Place:
    receiver = c.expression(node.receiver) if node.receiver is not None else None
    get, put = node.member.call, node.member.setter or _no_setter(node)
    checked = node.receiver is not None and checks_null(node.receiver.type)
    start, end = node.syntax.start, node.syntax.end

    def target(prepared: Any) -> Any:
        if prepared is None and checked:
            raise null_here(node)
        return prepared

    def read(frame: Frame, prepared: Any) -> Any:
        assert get is not None  # noqa: S101 - properties are declared by their getter
        return _placed(start, end, get, *(() if receiver is None else (target(prepared),)))

    def write(frame: Frame, prepared: Any, value: Any) -> None:
        _placed(start, end, put, *(() if receiver is None else (target(prepared),)), value)

    return receiver or (lambda frame: None), read, write


def _placed(start: int, end: int, function: Callable[..., Any], *values: Any) -> Any:
    try:
        return function(*values)
    except ThrownException as error:
        error.at(start, end)
        raise


def _no_setter(node: bound.Property | bound.Indexer) -> Callable[..., Any]:
    message = f"certgate does not simulate assignment to '{node.owner.display}.{node.member.name}'"

    def fail(*_: Any) -> Any:
        raise UnsupportedReached(message, node.syntax.start, node.syntax.end)

    return fail


def _indexer(c: Compiler, node: bound.Indexer) -> Place:
    receiver = c.expression(node.receiver)
    arguments = [c.expression(one) for one in node.arguments]
    get, put = node.member.call, node.member.setter or _no_setter(node)
    start, end = node.syntax.start, node.syntax.end

    def prepare(frame: Frame) -> Any:
        return receiver(frame), [argument(frame) for argument in arguments]

    def read(frame: Frame, prepared: Any) -> Any:
        if prepared[0] is None:
            raise null_here(node)
        assert get is not None  # noqa: S101 - indexers are declared by their getter
        return _placed(start, end, get, prepared[0], *prepared[1])

    def write(frame: Frame, prepared: Any, value: Any) -> None:
        if prepared[0] is None:
            raise null_here(node)
        _placed(start, end, put, prepared[0], *prepared[1], value)

    return prepare, read, write


def _element(c: Compiler, node: bound.Element) -> Place:
    array = c.expression(node.array)
    indices = [c.expression(one) for one in node.indices]
    kind = node.array.type
    is_reference = not node.type.is_value

    def prepare(frame: Frame) -> Any:
        return array(frame), [index(frame) for index in indices]

    def find(prepared: Any) -> tuple[NetArray, int]:
        target, at = prepared
        if target is None:
            raise null_here(node)
        index = at[0] if len(at) == 1 else flat_index(node, target, at)
        if not 0 <= index < len(target.items):
            raise out_of_bounds(node)
        return target, index

    def read(frame: Frame, prepared: Any) -> Any:
        target, index = find(prepared)
        return target.get(index)

    def write(frame: Frame, prepared: Any, value: Any) -> None:
        target, index = find(prepared)
        if (
            is_reference
            and value is not None
            and target.net_type is not kind
            and not is_instance(value, target.element_type)
        ):
            message = "Attempted to access an element as a type incompatible with the array."
            raise ThrownException("System.ArrayTypeMismatchException", message).at(node.syntax.start, node.syntax.end)
        target.put(index, value)

    return prepare, read, write


def _item(c: Compiler, node: bound.Item) -> Place:
    """An element of a tuple in a variable: the variable gets a new tuple."""
    prepare, read_outer, write_outer = place(c, node.receiver)
    index = node.index

    def read(frame: Frame, prepared: Any) -> Any:
        return read_outer(frame, prepared).items[index]

    def write(frame: Frame, prepared: Any, value: Any) -> None:
        old = read_outer(frame, prepared)
        items = (*old.items[:index], value, *old.items[index + 1 :])
        write_outer(frame, prepared, TupleValue(old.net_type, items))

    return prepare, read, write


def setter(c: Compiler, node: bound.Expression) -> Setter:
    """Writes an ``out`` or ``ref`` argument after the call."""
    if isinstance(node, bound.Local):
        return c.declare(node.variable) if node.variable.kind in ("out", "temporary") else c.write(node.variable)
    prepare, _, write = place(c, node)
    return lambda frame, value: write(frame, prepare(frame), value)


@compiles(bound.Assign)
def assign(c: Compiler, node: bound.Assign) -> Code:
    """``x = y``."""
    value = c.expression(node.value)
    if isinstance(node.target, bound.Local):
        put = c.write(node.target.variable)

        def run_local(frame: Frame) -> Any:
            new = value(frame)
            put(frame, new)
            return new

        return run_local
    prepare, _, write = place(c, node.target)

    def run(frame: Frame) -> Any:
        prepared = prepare(frame)
        new = value(frame)
        write(frame, prepared, new)
        return new

    return run


@compiles(bound.Compound)
def compound(c: Compiler, node: bound.Compound) -> Code:
    """``x op= y``, ``x++``."""
    fast = _counter(c, node)
    if fast is not None:
        return fast
    prepare, read, write = place(c, node.target)
    hold = c.declare(node.variable)
    value = c.expression(node.value)
    old = node.old

    def run(frame: Frame) -> Any:
        prepared = prepare(frame)
        before = read(frame, prepared)
        hold(frame, before)
        new = value(frame)
        write(frame, prepared, new)
        return before if old else new

    return run


def _counter(c: Compiler, node: bound.Compound) -> Code | None:
    """``i++`` and ``i--`` of an int in the frame, unchecked: what loops do."""
    target = node.target
    if node.operator not in ("++", "--") or not isinstance(target, bound.Local) or target.type is not types.INT32:
        return None
    owner, hops = c.owner(target.variable)
    inner = node.value
    if hops or target.variable.captured or not isinstance(inner, bound.Binary) or inner.checked:
        return None
    slot = owner.slot(target.variable)
    step, old = (1 if node.operator == "++" else -1), node.old

    def run(frame: Frame) -> Any:
        before = frame[slot]
        new = before + step
        if not -0x80000000 <= new <= 0x7FFFFFFF:
            new = -0x80000000 if step > 0 else 0x7FFFFFFF
        frame[slot] = new
        return before if old else new

    return run


@compiles(bound.Deconstruct)
def deconstruct(c: Compiler, node: bound.Deconstruct) -> Code:
    """A tuple taken apart. All of the right side is evaluated before anything is assigned."""
    value, hold = c.expression(node.value), c.declare(node.variable)
    steps = [c.expression(one) for one in node.steps]

    def run(frame: Frame) -> Any:
        whole = value(frame)
        if whole is None:
            raise null_here(node)
        hold(frame, whole)
        for step in steps:
            step(frame)
        return whole

    return run
