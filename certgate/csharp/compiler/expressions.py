"""The smaller expressions as closures: constants, names, creation, interpolation, patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.compiler.calls import null_here
from certgate.csharp.compiler.conversions import is_instance
from certgate.csharp.compiler.core import EVALUATION, compiles
from certgate.csharp.runtime import ThrownException, UnsupportedReached
from certgate.csharp.values import (
    AnonymousValue,
    ByteArray,
    NetArray,
    TupleValue,
    TypeValue,
    default_of,
    equals,
    text_of,
)

if TYPE_CHECKING:
    from certgate.csharp.compiler.core import Code, Compiler, Frame


@compiles(bound.Constant)
def constant(c: Compiler, node: bound.Constant) -> Code:
    """A value that is known."""
    value = node.value
    return lambda frame: value


@compiles(bound.Default)
def default(c: Compiler, node: bound.Default) -> Code:
    """``default(T)``."""
    kind = node.type
    return lambda frame: default_of(kind)


@compiles(bound.Local)
def local(c: Compiler, node: bound.Local) -> Code:
    """A variable."""
    return c.read(node.variable)


@compiles(bound.Global)
def global_(c: Compiler, node: bound.Global) -> Code:
    """A global of the environment."""
    name = node.name
    return lambda frame: frame[EVALUATION].globals[name]


@compiles(bound.TypeOf)
def type_of_(c: Compiler, node: bound.TypeOf) -> Code:
    """``typeof(T)``."""
    value = TypeValue(node.of)
    return lambda frame: value


@compiles(bound.Throw)
def throw(c: Compiler, node: bound.Throw) -> Code:
    """``throw x``."""
    value = c.expression(node.value)
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Any:
        exception = value(frame)
        if exception is None:
            raise null_here(node)
        raise exception.thrown().at(start, end)

    return run


def out_of_bounds(node: bound.Bound) -> ThrownException:
    error = ThrownException("System.IndexOutOfRangeException", "Index was outside the bounds of the array.")
    return error.at(node.syntax.start, node.syntax.end)


@compiles(bound.Element)
def element(c: Compiler, node: bound.Element) -> Code:
    """An element of an array."""
    array = c.expression(node.array)
    indices = [c.expression(one) for one in node.indices]
    if len(indices) > 1:
        return _many(node, array, indices)
    (index,) = indices

    def run(frame: Frame) -> Any:
        target, at = array(frame), index(frame)
        if target is None:
            raise null_here(node)
        try:
            return target.get(at)
        except IndexError:
            raise out_of_bounds(node) from None

    return run


def flat_index(node: bound.Bound, target: NetArray, at: list[int]) -> int:
    """The place of an element of an array with several dimensions."""
    flat = 0
    for index, length in zip(at, target.lengths, strict=True):
        if not 0 <= index < length:
            raise out_of_bounds(node)
        flat = flat * length + index
    return flat


def _many(node: bound.Element, array: Code, indices: list[Code]) -> Code:
    def run(frame: Frame) -> Any:
        target, at = array(frame), [index(frame) for index in indices]
        if target is None:
            raise null_here(node)
        return target.items[flat_index(node, target, at)]

    return run


@compiles(bound.ArrayLength)
def array_length(c: Compiler, node: bound.ArrayLength) -> Code:
    """``a.Length``."""
    array = c.expression(node.array)

    def run(frame: Frame) -> Any:
        target = array(frame)
        if target is None:
            raise null_here(node)
        return len(target.items)

    return run


@compiles(bound.Item)
def item(c: Compiler, node: bound.Item) -> Code:
    """A property of an anonymous object or an element of a tuple."""
    receiver, index = c.expression(node.receiver), node.index

    def run(frame: Frame) -> Any:
        target = receiver(frame)
        if target is None:
            raise null_here(node)
        return target.items[index]

    return run


@compiles(bound.NewObject)
def new_object(c: Compiler, node: bound.NewObject) -> Code:
    """An anonymous object or a tuple."""
    items = [c.expression(one) for one in node.items]
    kind = node.type
    if isinstance(kind, types.AnonymousType):
        return lambda frame: AnonymousValue(kind, tuple([one(frame) for one in items]))
    return lambda frame: TupleValue(kind, tuple([one(frame) for one in items]))


@compiles(bound.NewArray)
def new_array(c: Compiler, node: bound.NewArray) -> Code:
    """An array of given elements, or of default values."""
    kind = node.type
    assert isinstance(kind, types.ArrayType)  # noqa: S101 - the binder makes no other
    if node.items is not None:
        items = [c.expression(one) for one in node.items]
        if kind.element is types.BYTE:
            return lambda frame: ByteArray([one(frame) for one in items])
        lengths = tuple(one.value for one in node.sizes if isinstance(one, bound.Constant)) if kind.rank > 1 else None
        return lambda frame: NetArray(kind, [one(frame) for one in items], lengths)
    sizes = [c.expression(one) for one in node.sizes]
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Any:
        lengths = tuple(size(frame) for size in sizes)
        if any(length < 0 for length in lengths):
            message = "Arithmetic operation resulted in an overflow."
            raise ThrownException("System.OverflowException", message).at(start, end)
        count = 1
        for length in lengths:
            count *= length
        is_bytes = kind.element is types.BYTE and kind.rank == 1
        frame[EVALUATION].budget.size(count if is_bytes else count * 2)
        if is_bytes:
            return ByteArray(bytes(count))
        return NetArray(kind, [default_of(kind.element)] * count, lengths)

    return run


@compiles(bound.Initialized)
def initialized(c: Compiler, node: bound.Initialized) -> Code:
    """An object and the steps of its initialiser."""
    value, write = c.expression(node.value), c.declare(node.variable)
    steps = [c.expression(one) for one in node.steps]

    def run(frame: Frame) -> Any:
        made = value(frame)
        write(frame, made)
        for step in steps:
            step(frame)
        return made

    return run


@compiles(bound.Sequence)
def sequence(c: Compiler, node: bound.Sequence) -> Code:
    """Steps before a value."""
    steps, value = [c.expression(one) for one in node.steps], c.expression(node.value)

    def run(frame: Frame) -> Any:
        for step in steps:
            step(frame)
        return value(frame)

    return run


@compiles(bound.Interpolated)
def interpolated(c: Compiler, node: bound.Interpolated) -> Code:
    """``$"…"``."""
    parts = [(lambda frame, text=part: text) if isinstance(part, str) else _hole(c, part) for part in node.parts]

    def run(frame: Frame) -> Any:
        texts = [part(frame) for part in parts]
        frame[EVALUATION].budget.size(sum(map(len, texts)))
        return "".join(texts)

    return run


@compiles(bound.Intern)
def intern(c: Compiler, node: bound.Intern) -> Code:
    """``string.Intern``."""
    value, identity = c.expression(node.value), c.identity
    start, end = node.syntax.start, node.syntax.end
    assert identity is not None  # noqa: S101 - the binder noted that there is one of these

    def run(frame: Frame) -> Any:
        try:
            return identity.interned(value(frame))
        except ThrownException as error:
            error.at(start, end)
            raise

    return run


@compiles(bound.Formattable)
def formattable(c: Compiler, node: bound.Formattable) -> Code:
    """An interpolated string that keeps its format and its arguments."""
    from certgate.csharp.dotnet.text.formattable_string import FormattableText

    arguments, template = [c.expression(one) for one in node.arguments], node.template
    return lambda frame: FormattableText(template, [one(frame) for one in arguments])


def _hole(c: Compiler, node: bound.Hole) -> Code:
    value, alignment, spec = c.expression(node.value), node.alignment, node.format
    start, end = node.syntax.start, node.syntax.end

    def run(frame: Frame) -> Any:
        content = value(frame)
        try:
            text = str.__str__(text_of(content)) if not spec else _formatted(content, spec)
        except ThrownException as error:
            error.at(start, end)
            raise
        if alignment is None:
            return text
        frame[EVALUATION].budget.size(abs(alignment))
        return text.rjust(alignment) if alignment > 0 else text.ljust(-alignment)

    return run


def _formatted(value: Any, spec: str) -> str:
    from certgate.csharp.dotnet.text.composite import format_value

    return format_value(value, spec)


# Patterns


@compiles(bound.Is)
def is_(c: Compiler, node: bound.Is) -> Code:
    """``x is P``."""
    operand, test = c.expression(node.operand), pattern(c, node.pattern)
    return lambda frame: test(frame, operand(frame))


def pattern(c: Compiler, node: bound.Pattern) -> Any:
    """A test of a value in a frame; variables of the pattern are set where it holds."""
    match node:
        case bound.ConstantPattern():
            return _constant_pattern(node)
        case bound.TypePattern():
            return _type_pattern(c, node)
        case bound.AnyPattern() if node.variable is not None:
            write = c.declare(node.variable)

            def take(frame: Frame, value: Any) -> bool:
                write(frame, value)
                return True

            return take
    return lambda frame, value: True


def _constant_pattern(node: bound.ConstantPattern) -> Any:
    if not isinstance(node.value, bound.Constant):
        start, end = node.syntax.start, node.syntax.end

        def fail(frame: Frame, value: Any) -> bool:
            raise UnsupportedReached("certgate does not simulate this constant", start, end)

        return fail
    wanted = node.value.value
    if wanted is None:
        return lambda frame, value: value is None
    return lambda frame, value: equals(wanted, value)


def _type_pattern(c: Compiler, node: bound.TypePattern) -> Any:
    kind = node.type
    if node.variable is None:
        return lambda frame, value: value is not None and is_instance(value, kind)
    write = c.declare(node.variable)

    def test(frame: Frame, value: Any) -> bool:
        if value is None or not is_instance(value, kind):
            return False
        write(frame, value)
        return True

    return test
