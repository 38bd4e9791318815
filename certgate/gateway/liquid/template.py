"""A template compiled once and rendered many times, within the limits of an expression.

SECURITY: python-liquid is given only what has a start and an end, in tags that are known: its reader could be made to
run long on texts that are not so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from certgate.core.value import frozen
from certgate.csharp.runtime import Evaluation, UnsupportedReached, running
from certgate.csharp.values import from_utf16, to_utf16

if TYPE_CHECKING:
    from collections.abc import Mapping

    from certgate.gateway.liquid.dialect import Template

_OPEN = re.compile(r"\{\{|\{%")
_NAME = re.compile(r"\{%-?\s*(\w*)")
_MAX_TAG = 4096
"""SECURITY: the longest tag or output; python-liquid reads an expression by calling itself."""


@frozen
class Rendered:
    """`misspelt` are the filters that were passed over, because DotLiquid knows them by another spelling."""

    text: str
    misspelt: tuple[str, ...] = ()


def render(text: str, names: Mapping[str, Any], evaluation: Evaluation) -> Rendered:
    """What a template writes, where `names` are what it can read. Raises UnsupportedReached, BudgetExceeded."""
    from liquid.exceptions import LiquidError
    from liquid.utils import ReadOnlyChainMap

    from certgate.gateway.liquid.dialect import Buffer, Context

    with running(evaluation.budget):
        template = _compiled(to_utf16(text))
        context = Context(template, globals=names)
        context.evaluation, context.misspelt = evaluation, set()
        # python-liquid's own names, such as now, are none of DotLiquid's.
        context.scope = ReadOnlyChainMap(context.locals, names)
        buffer = Buffer()
        try:
            template.render_with_context(context, buffer)
        except LiquidError as error:
            raise UnsupportedReached(
                f"certgate does not simulate how Liquid writes an error: {_words(error)}"
            ) from None
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            # SECURITY: what python-liquid was not made for, such as a negative limit, decides nothing.
            raise UnsupportedReached(f"certgate cannot run this Liquid template: {_words(error)}") from None
    return Rendered(from_utf16(buffer.getvalue()), tuple(sorted(context.misspelt)))


@lru_cache(maxsize=64)
def _compiled(text: str) -> Template:
    from liquid.exceptions import LiquidError

    from certgate.gateway.liquid.dialect import DIALECT

    _check(text)
    try:
        return DIALECT.compile(text)
    except LiquidError as error:
        raise UnsupportedReached(f"certgate cannot read this Liquid template: {_words(error)}") from None


def _words(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__


def _check(text: str) -> None:
    """Every tag and output ends, and every tag is known."""
    from certgate.gateway.liquid.dialect import TAGS

    at, last_raw_end = 0, text.rfind("endraw")
    while found := _OPEN.search(text, at):
        start, closer = found.start(), "}}" if found[0] == "{{" else "%}"
        end = text.find(closer, found.end())
        if end < 0:
            raise UnsupportedReached(f"certgate cannot read this Liquid template: '{found[0]}' is not closed")
        if end - start > _MAX_TAG:
            raise UnsupportedReached(f"certgate reads no tag of a Liquid template beyond {_MAX_TAG} characters")
        if text.startswith("{{{", start):
            raise UnsupportedReached("certgate does not simulate the short form {{{ }}} of Liquid")
        name = _NAME.match(text, start)
        if name is not None and name[1] not in TAGS:
            raise UnsupportedReached(f"certgate does not simulate the Liquid tag '{name[1]}'")
        if name is not None and name[1] == "raw":
            if last_raw_end < start:
                raise UnsupportedReached("certgate cannot read this Liquid template: 'raw' is not closed")
            end = text.find("endraw", start)
        at = end + 2
    if re.search(r"\{\s?#", text):
        raise UnsupportedReached("certgate does not simulate the short form {# #} of Liquid comments")
