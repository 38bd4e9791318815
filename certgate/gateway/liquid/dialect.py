"""python-liquid with DotLiquid's rules: tags, loops, comparisons, filters, output.

Loaded when the first template is compiled. python-liquid reads the text and walks the tree; what differs is put into
its tree after it was read. SECURITY: no template can name a file or another template, and what a template writes, goes
through or makes is charged to the budget of the run.
"""

from __future__ import annotations

import re
from functools import partial
from io import StringIO
from typing import TYPE_CHECKING, Any, TextIO

from liquid import Environment, RenderContext
from liquid.builtin import content, illegal, output
from liquid.builtin.expressions import logical, loop
from liquid.builtin.expressions.primitive import Blank, Empty
from liquid.builtin.tags import (
    assign_tag,
    capture_tag,
    case_tag,
    comment_tag,
    cycle_tag,
    for_tag,
    if_tag,
    ifchanged_tag,
    unless_tag,
)
from liquid.exceptions import BreakLoop, ContinueLoop
from liquid.template import BoundTemplate
from liquid.token import TOKEN_EXPRESSION

from certgate.csharp.runtime import UnsupportedReached, charge_size, charge_steps
from certgate.gateway.liquid import values
from certgate.gateway.liquid.filters import AMBIENT, FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from liquid.ast import Node
    from liquid.expression import Expression
    from liquid.stream import TokenStream
    from liquid.token import Token

    from certgate.csharp.runtime import Evaluation

ARRAY_LOOP = "JSONArrayFor"
"""The gateway's own loop: its turns stand apart by commas."""

TAGS = frozenset(
    "assign break capture case comment continue cycle else elsif endcapture endcase endcomment endfor endif "
    f"endifchanged end{ARRAY_LOOP} endraw endunless for if ifchanged {ARRAY_LOOP} raw unless when".split()
)
"""The tags that are simulated."""

_SPELLINGS = {name.lower(): name for name in FILTERS}

_MEMBER = re.compile(
    r"""("[^"]*"|'[^']*')|(?<!\.)\.(and|as|blank|cols|contains|continue|else|empty|false|for|if|in|limit|nil|not|null|"""
    r"""offset|or|required|reversed|true|with)(?![\w-])"""
)
"""A quoted text, or the name of a member that python-liquid takes for a word of its own."""


class Buffer(StringIO):
    """Charges what is written."""

    def write(self, text: str) -> int:
        charge_size(len(text))
        return super().write(text)


class Context(RenderContext):
    """What a template sees while it is rendered."""

    evaluation: Evaluation
    misspelt: set[str]

    def get(self, path: list[object], *, token: Any, default: object = None) -> object:
        """The value at a path; null where there is none."""
        charge_steps(len(path))
        return super().get(path, token=token, default=None)

    def get_item(self, obj: Any, key: Any) -> Any:
        if isinstance(obj, values.XmlText) and key != "size":
            return obj.member(key)
        if obj is None or isinstance(obj, bool | int | float) or (isinstance(obj, str) and key != "size"):
            raise KeyError(key)
        if isinstance(obj, list) and isinstance(key, int) and not 0 <= key < len(obj):
            raise UnsupportedReached("certgate does not simulate Liquid's error where an index is out of range")
        try:
            return obj[key]
        except (KeyError, TypeError):
            if key not in ("size", "first", "last") or not isinstance(obj, str | list | values.Hash | values.Xml):
                raise
            return FILTERS[key.capitalize()](obj)

    def filter(self, name: str, token: Any) -> Callable[..., object]:
        """DotLiquid passes over a filter that it does not know, and its names have capitals."""
        found = FILTERS.get(name)
        if found is not None:
            return partial(found, self.evaluation) if name in AMBIENT else found
        if name.replace("_", "").lower() in _SPELLINGS:
            self.misspelt.add(name)
            return lambda value, *arguments, **named: value
        raise UnsupportedReached(f"certgate does not know the Liquid filter '{name}'")

    def raise_for_loop_limit(self, length: int = 1) -> None:
        charge_steps(length)

    def get_buffer(self, buf: TextIO | None = None) -> StringIO:
        return Buffer()


class Template(BoundTemplate):
    context_class = Context


class Written(output.OutputNode):
    """``{{ … }}``."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return buffer.write(values.text(self.expression.evaluate(context)))


class Output(output.Output):
    node_class = Written


class Apart(for_tag.ForNode):
    """``JSONArrayFor``: a comma between two turns."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        items, length = self.expression.evaluate(context)
        name, written = self.expression.identifier, 0
        turns = for_tag.ForLoop(f"{name}-{self.expression.iterable}", items, length, context.parentloop())
        namespace: dict[str, object] = {"forloop": turns, name: None}
        with context.loop(namespace, turns):
            for item in turns:
                namespace[name] = item
                try:
                    written += self.block.render(context, buffer)
                except (BreakLoop, ContinueLoop):
                    raise UnsupportedReached(
                        f"certgate does not know what break and continue do inside {ARRAY_LOOP}"
                    ) from None
                if not turns.last:
                    written += buffer.write(",")
        return written


class ArrayLoop(for_tag.ForTag):
    name = ARRAY_LOOP
    end = f"end{ARRAY_LOOP}"
    node_class = Apart

    def parse(self, stream: TokenStream) -> Node:
        from liquid.parser import get_parser
        from liquid.token import TOKEN_TAG

        token = stream.eat(TOKEN_TAG)
        expression = loop.LoopExpression.parse(self.env, stream.into_inner(tag=token))
        block = get_parser(self.env).parse_block(stream, (self.end,))
        stream.expect(TOKEN_TAG, value=self.end)
        return self.node_class(token, expression=expression, block=block)


class Loop(loop.LoopExpression):
    __slots__ = ()

    def _to_iter(self, obj: object, context: RenderContext) -> tuple[Iterator[Any], int]:
        found = values.elements(obj)
        return iter(found), len(found)


class _Compared:
    """Of two sides that are evaluated first."""

    __slots__ = ()

    left: Expression
    right: Expression

    def sides(self, context: RenderContext) -> tuple[Any, Any]:
        return self.left.evaluate(context), self.right.evaluate(context)


def _equal(left: Any, right: Any) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Empty | Blank):
            return values.is_empty(other)
    return values.equal(left, right)


class Equal(_Compared, logical.EqExpression):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        return _equal(*self.sides(context))


class Unequal(_Compared, logical.NeExpression):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        return not _equal(*self.sides(context))


class Less(_Compared, logical.LtExpression):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        return values.compare(*self.sides(context)) == -1


class Greater(_Compared, logical.GtExpression):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        return values.compare(*self.sides(context)) == 1


class AtMost(_Compared, logical.LeExpression):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        return values.compare(*self.sides(context)) in (-1, 0)


class AtLeast(_Compared, logical.GeExpression):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        return values.compare(*self.sides(context)) in (0, 1)


class Contains(_Compared, logical.ContainsExpression):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        return values.contains(*self.sides(context))


class When(case_tag._AnyExpression):
    __slots__ = ()

    def evaluate(self, context: RenderContext) -> list[bool]:
        left = self.left.evaluate(context)
        return [_equal(left, each.evaluate(context)) for each in self.expressions]


_OURS: dict[type, Any] = {
    case_tag._AnyExpression: When,
    logical.EqExpression: Equal,
    logical.NeExpression: Unequal,
    logical.LtExpression: Less,
    logical.GtExpression: Greater,
    logical.LeExpression: AtMost,
    logical.GeExpression: AtLeast,
    logical.ContainsExpression: Contains,
    loop.LoopExpression: Loop,
}


class Dialect(Environment):
    """DotLiquid's C# mode. SECURITY: there is no loader, and no tag that asks for one."""

    template_class = Template
    suppress_blank_control_flow_blocks = False

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        for tag in (
            *(content.Literal, Output, illegal.Illegal, comment_tag.CommentTag),
            *(if_tag.IfTag, unless_tag.UnlessTag, case_tag.CaseTag, ifchanged_tag.IfChangedTag, cycle_tag.CycleTag),
            *(for_tag.ForTag, for_tag.BreakTag, for_tag.ContinueTag, ArrayLoop),
            *(assign_tag.AssignTag, capture_tag.CaptureTag),
        ):
            self.add_tag(tag)

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        """Reads ``body.limit`` as ``body["limit"]``: to DotLiquid every word behind a dot is a name."""
        read = super().tokenizer()
        return lambda source: (
            token._replace(value=_MEMBER.sub(_in_brackets, token.value)) if token.kind == TOKEN_EXPRESSION else token
            for token in read(source)
        )

    def compile(self, text: str) -> Template:
        """Raises LiquidError for what python-liquid cannot read."""
        made = self.from_string(trimmed(text))
        assert isinstance(made, Template)  # noqa: S101 - template_class says so
        _adapt(made)
        return made


def _in_brackets(found: re.Match[str]) -> str:
    return found[0] if found[2] is None else f'["{found[2]}"]'


def trimmed(text: str) -> str:
    """The text with the blanks gone that hyphens in ``{%-`` and ``-%}`` take away: in DotLiquid those of the same line
    before, and one line break or the blanks behind."""
    text = re.sub(r"(?<![ \t])[ \t]*(\{\{|\{%)-", r"\1", text)
    return re.sub(r"-(\}\}|%\})(\n|\r\n|[ \t]+)?", r"\1", text)


def _adapt(template: BoundTemplate) -> None:
    """Put DotLiquid's rules into a tree that python-liquid has read."""
    static = template.context_class(template)
    nodes: list[Node] = list(template.nodes)
    while nodes:
        node = nodes.pop()
        nodes.extend(node.children(static))
        _adapt_all(node.expressions())


def _adapt_all(expressions: Iterable[Expression]) -> None:
    waiting = list(expressions)
    while waiting:
        expression: Any = waiting.pop()
        expression.__class__ = _OURS.get(type(expression), type(expression))
        waiting.extend(expression.children())


DIALECT = Dialect()
