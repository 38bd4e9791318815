"""What the C# compiler, or the gateway's own check, says of an expression: a code, a message and a place."""

from __future__ import annotations

from typing import Literal

from certgate.core.value import frozen


@frozen
class Diagnostic:
    """One error, C#'s code and words. `start` and `end` are 0-based offsets into the text that was given to the parser.

    `kind` ``refused`` is the gateway's: C# takes the text, but the gateway does not allow what it names.
    """

    code: str
    message: str
    start: int
    end: int
    kind: Literal["compile", "refused"] = "compile"
    hint: str | None = None
