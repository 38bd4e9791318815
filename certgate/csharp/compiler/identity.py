"""Which strings are one object (C# specification 12.12.8), for programs that ask: literals are shared, what is made
at run time is not.

Strings are Python's, whose identity says less: so the strings that the program makes are noted as they are made. Where
nothing is known of one of two equal strings, the answer is *unsupported*, never guessed.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from certgate.csharp import bound, types
from certgate.csharp.compiler.core import EVALUATION
from certgate.csharp.runtime import UnsupportedReached, argument_null

if TYPE_CHECKING:
    from certgate.csharp.compiler.core import Code, Frame
    from certgate.csharp.runtime import Evaluation

_MAKERS = ("string", "System.Text.StringBuilder")
_COPIES = ("Copy", "Format")
_MOST = 10_000
"""How many strings are noted; nothing is known of those that come later."""
_SHARED = 1
"""Python shares its strings of one character; nothing is known of them."""


class Identity:
    """The strings of one compiled program: its literals, and for each run those that it made. They are kept, so that
    Python's id of one stays its own."""

    def __init__(self) -> None:
        self.literals: dict[int, str] = {}
        self.made: dict[int, dict[int, str]] = {}

    def forget(self, evaluation: Evaluation) -> None:
        self.made.pop(id(evaluation), None)

    def track(self, node: bound.Expression, code: Code) -> Code:
        """The code of an expression that may make a string, with the string noted."""
        match node:
            case bound.Constant() if node.value.__class__ is str:
                self.literals[id(node.value)] = node.value
            case bound.New() if node.type is types.STRING:
                return self._noted(code, copied=True)
            case bound.Concat() | bound.Interpolated():
                return self._noted(code, copied=False)
            case bound.Call() if node.type is types.STRING and node.owner.full_name in _MAKERS:
                if node.member.name != "Join":
                    return self._noted(code, copied=node.owner is not types.STRING or node.member.name in _COPIES)
        return code

    def _noted(self, code: Code, copied: bool) -> Code:
        """`copied`: always an object of its own; else what was a string before is itself."""

        def run(frame: Frame) -> Any:
            text = code(frame)
            if not isinstance(text, str) or len(text) <= _SHARED:
                return text
            if copied:
                text = text[:1] + text[1:]
            known = self._known(frame)
            if id(text) not in self.literals and len(known) < _MOST:
                known[id(text)] = text
            return text

        return run

    def _known(self, frame: Frame) -> dict[int, str]:
        return self.made.setdefault(id(frame[EVALUATION]), {})

    def interned(self, text: str | None) -> str:
        """``string.Intern``: the literal of that text, or one that is made now."""
        if text is None:
            raise argument_null("str")
        found = sys.intern(str.__str__(text))
        self.literals[id(found)] = found
        return found

    def same(self, frame: Frame, left: Any, right: Any) -> bool | None:
        """Whether two equal strings are one object; None for anything else."""
        if left.__class__ is not str or right.__class__ is not str or left != right:
            return None
        if not left or (left is right and len(left) > _SHARED):
            return True
        known = self._known(frame)
        strange = [one for one in (left, right) if id(one) not in known and id(one) not in self.literals]
        # One string from outside, such as a header, was made at run time; of two nothing is known.
        if len(left) > _SHARED and len(strange) <= (0 if frame[EVALUATION].literals_outside else 1):
            return False
        raise UnsupportedReached("whether two equal strings are the same object is not simulated")
