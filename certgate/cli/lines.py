"""JSON lines in and out: ``{"id", "expr"}`` each answered by one line as soon as it is there, in the same order.

Knows lines and what is wrong with them; what an expression is worth is the caller's business.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from certgate.cli import output
from certgate.cli.failures import Failure
from certgate.core.errors import CertgateError, InputError
from certgate.core.source import Place
from certgate.exit_code import Exit, worst

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

MAX_LINE = 1024 * 1024
"""Bytes. SECURITY: a longer line is read over and never held."""

MOST_COMPLAINTS = 20

_CHUNK = 64 * 1024
_HINT = 'each line is {"id": ..., "expr": "..."}'


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


# Made once: `json.loads` and `json.dumps` would make one for each line.
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_ENCODER = json.JSONEncoder()


def answer(stdin: BinaryIO, name: str, evaluate: Callable[[str], dict[str, Any]]) -> Exit:
    """Answer every line of `stdin`, which `name` stands for in messages. OK when each had an expression to answer.

    A line that has none, and one that certgate fails on, is answered with ``{"id", "error"}`` and named on stderr.
    """
    codes = {Exit.OK}
    complaints = _Complaints()
    for number, data in _lines(stdin):
        if data is not None and not data.strip():
            continue
        identifier: Any = None
        try:
            row = _row(data, name, number)
            identifier = row.get("id")
            document = evaluate(_expression(row, name, number))
        except CertgateError as error:
            document = {"error": str(error.problems[0])}
            complaints.say(error)
            codes.add(Exit.INPUT)
        except Exception as error:
            document = {"error": "a bug in certgate"}
            complaints.say(error)
            codes.add(Exit.BUG)
        output.write_line(_ENCODER.encode({"id": identifier, **document}))
    complaints.end()
    return worst(codes)


class _Complaints:
    """What is wrong with lines, on stderr; of many the first are enough, since every line has its answer."""

    def __init__(self) -> None:
        self._count = 0

    def say(self, error: Exception) -> None:
        self._count += 1
        if self._count <= MOST_COMPLAINTS:
            Failure().of(error)

    def end(self) -> None:
        if self._count > MOST_COMPLAINTS:
            print(f"and {self._count - MOST_COMPLAINTS} more lines", file=sys.stderr)  # noqa: T201


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers, as soon as each is whole; None for one that is too long."""
    number, rest, too_long = 0, b"", False
    # What is there is taken without waiting for more: a line is answered while the next is still being written.
    read = stream.read1 if hasattr(stream, "read1") else stream.read
    while chunk := read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        for data in whole:
            number += 1
            yield number, None if too_long or len(data) > MAX_LINE else data
            too_long = False
        if len(rest) > MAX_LINE:
            rest, too_long = b"", True
    if rest or too_long:
        yield number + 1, None if too_long else rest


def _row(data: bytes | None, name: str, number: int) -> dict[str, Any]:
    """The object of a line. Raises InputError with the place of what is wrong."""
    if data is None:
        raise _malformed(name, number, 1, f"the line is longer than {MAX_LINE // 1024} KiB")
    try:
        text = data.decode("utf-8-sig" if number == 1 else "utf-8")
        row = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise _malformed(name, number, error.start + 1, "the line is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise _malformed(name, number, error.colno, f"the line is not JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        # SECURITY: a number of thousands of digits, or brackets nested without end.
        raise _malformed(name, number, 1, "the line is not JSON that certgate reads") from None
    if not isinstance(row, dict):
        raise _malformed(name, number, 1, "the line is no object")
    return row


def _expression(row: dict[str, Any], name: str, number: int) -> str:
    expression = row.get("expr")
    if not isinstance(expression, str):
        raise _malformed(name, number, 1, "the line has no text 'expr'")
    return expression


def _malformed(name: str, line: int, column: int, message: str) -> InputError:
    return InputError(message, code="line-invalid", place=Place(name, line, column), hint=_HINT)
