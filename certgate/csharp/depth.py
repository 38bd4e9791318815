"""How deep an expression may nest: one limit for the parser, the binder, the compiler and the tracer.

Nesting is what one part inside another costs: a bracket, an argument, a lambda, a block, the operand of a prefix.
What only makes an expression long nests nothing: operands in a row, ``a.B().C()``, ``a ?? b ?? c``,
``a ? b : c ? d : e``, ``else if``.
"""

from __future__ import annotations

import sys

MAX_DEPTH = 500
"""SECURITY: levels of nesting, of which each takes up to ten Python calls in the parser and in the binder."""

MAX_HEIGHT = 2_100
"""SECURITY: nodes on the longest way down a tree, the long rows among them: 1,000 calls or 2,000 operands in a row.

Running the tree takes up to two Python calls for each node, three while it is traced.
"""

STACK = 4_000 if sys.platform == "win32" else 8_000
"""Python's own limit on calls while an expression is read or runs. The limits above are met before it: only a program
whose own functions call one another, or whose sequences are made of one another, can come to it.

SECURITY: below this, calls that pass through C do not use up a thread's stack either: 8 MB, on Windows 2 MB.
"""

REFUSED_DEPTH = 10_000
"""Brackets inside one another that no C# compiler takes. A bracket costs its parser five calls or more, together about
a kilobyte, of a thread's stack of 1 to 1.5 MB; it then gives up with CS8078. What lies between `MAX_DEPTH` and this
may be good C#, so it is unsupported, not an error."""

TOO_DEEP = "certgate does not follow an expression that nests as deep, or is as long, as this"


MAX_LENGTH = 512 * 1024
"""SECURITY: characters of a text. The gateway takes no policy that is longer."""

MAX_NAME = 64 * 1024
"""SECURITY: characters of a type's name: each type can be made of two of the one before it."""


class TooDeep(Exception):
    """A text, or what it means, nests deeper or is longer than the limits."""


def make_room() -> None:
    """Raise Python's limit on calls to `STACK`. It stays raised: lowering it again could end another thread's run."""
    if sys.getrecursionlimit() < STACK:
        sys.setrecursionlimit(STACK)
