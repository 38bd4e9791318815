"""Matches .NET regular expressions: backtracking with an explicit stack, left to right and right to left.

Python's own engine differs (captures, look-behind, case, ``$``) and cannot be stopped, so it is not used.

SECURITY: every step is charged to the evaluation, so a pattern that backtracks for ever ends with its budget.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from certgate.csharp.dotnet.regex import charset as regex_charset
from certgate.csharp.dotnet.regex.nodes import (
    INFINITE,
    Alternation,
    Anchor,
    Atomic,
    Capture,
    Condition,
    Look,
    Loop,
    Node,
    One,
    Reference,
    Sequence,
)
from certgate.csharp.dotnet.text import casing
from certgate.csharp.runtime import charge_steps

Captures: TypeAlias = dict[int, Any]
"""Group number -> its last capture (start, end) and the one before, as nested pairs: see `captures_of`."""

_SEARCH = 6
"""What one search costs besides its steps."""
_CHARGE = 256
# A frame of the loop stack: the outer frame, and two numbers (count and place of a loop, or the start of a capture).
_Frame: TypeAlias = Any
_Instruction: TypeAlias = tuple[Any, ...]


def captures_of(made: Any) -> list[tuple[int, int]]:
    """The captures of one group, first to last."""
    spans = []
    while made is not None:
        span, made = made
        spans.append(span)
    return spans[::-1]


class Program:
    """A compiled pattern."""

    def __init__(self, root: Node, right_to_left: bool) -> None:
        self.code: list[_Instruction] = []
        self.right_to_left = right_to_left
        self._emit(root, right_to_left)
        self.code.append(("match",))

    # Compiling

    def _emit(self, node: Node, rtl: bool) -> None:
        add = self.code.append
        match node:
            case One(set=charset):
                add(("one", charset, rtl))
            case Anchor(kind=kind):
                add(("anchor", kind))
            case Sequence(parts=parts):
                for part in reversed(parts) if rtl else parts:
                    self._emit(part, rtl)
            case Alternation(choices=choices):
                self._emit_alternation(choices, rtl)
            case Loop():
                self._emit_loop(node, rtl)
            case Capture(group=group, body=body, popped=popped):
                add(("open",))
                self._emit(body, rtl)
                add(("close", group) if popped is None else ("balance", group, popped))
            case Reference(group=group, ignore_case=ignore_case, ecmascript=ecmascript):
                add(("reference", group, ignore_case, ecmascript, rtl))
            case Look(body=body, behind=behind, negative=negative):
                self._emit_inner("unless" if negative else "look", body, behind)
            case Atomic(body=body):
                self._emit_inner("atomic", body, rtl)
            case Condition():
                self._emit_condition(node, rtl)

    def _emit_inner(self, kind: str, body: Node, rtl: bool) -> None:
        at = len(self.code)
        self.code.append(())
        self._emit(body, rtl)
        self.code.append(("match",))
        self.code[at] = (kind, len(self.code))

    def _emit_alternation(self, choices: tuple[Node, ...], rtl: bool) -> None:
        jumps = []
        for choice in choices[:-1]:
            at = len(self.code)
            self.code.append(())
            self._emit(choice, rtl)
            jumps.append(len(self.code))
            self.code.append(())
            self.code[at] = ("try", len(self.code))
        self._emit(choices[-1], rtl)
        for at in jumps:
            self.code[at] = ("jump", len(self.code))

    def _emit_condition(self, node: Condition, rtl: bool) -> None:
        at = len(self.code)
        self.code.append(())
        after_test = at + 1
        if not isinstance(node.test, int):
            self._emit(node.test, rtl)
            self.code.append(("match",))
            after_test = len(self.code)
        self._emit(node.yes, rtl)
        end = len(self.code)
        self.code.append(())
        otherwise = len(self.code)
        if isinstance(node.test, int):
            self.code[at] = ("unset", node.test, otherwise)
        else:
            self.code[at] = ("test", after_test, otherwise)
        self._emit(node.no, rtl)
        self.code[end] = ("jump", len(self.code))

    def _emit_loop(self, node: Loop, rtl: bool) -> None:
        if isinstance(node.body, One):
            self.code.append(("run", node.body.set, node.least, node.most, node.lazy, rtl))
            return
        self.code.append(("enter",))
        at = len(self.code)
        self.code.append(())
        self._emit(node.body, rtl)
        self.code.append(("jump", at))
        self.code[at] = ("loop", node.least, node.most, node.lazy, len(self.code))

    def is_linear(self) -> bool:
        """Whether nothing in it needs backtracking."""
        backtracking = {"reference", "unset", "test", "look", "unless", "atomic", "balance"}
        return not any(step[0] in backtracking or step == ("anchor", "G") for step in self.code)

    # Matching

    def find(self, text: str, start: int, begin: int, end: int, patience: int = 0) -> Captures | None:
        """The first match at or after `start` (before it, right to left); it sees ``[begin, end)`` and nothing else.

        `patience`: how many steps it may take before it gives up with Impatient; 0 for no limit.
        """
        places = range(start, begin - 1, -1) if self.right_to_left else range(start, end + 1)
        run = _Run(self.code, text, begin, end, start, patience)
        for place in places:
            found = run.match(0, place, {})
            if found is not None:
                charge_steps(run.spent + _SEARCH)
                return found[1]
        charge_steps(run.spent + _SEARCH)
        return None


def _balance(captures: Captures, group: int | None, popped: int, opened: int, place: int) -> Captures | None:
    """The captures when a balancing group closes: the last one of `popped` goes, and what lies between it and this
    becomes one of `group`. None where there is nothing to take."""
    taken = captures.get(popped)
    if taken is None:
        return None
    start, end = (opened, place) if opened <= place else (place, opened)
    (low, high), rest = taken
    if start >= high:
        start, end = high, start
    elif end <= low:
        start = low
    else:
        start, end = max(start, low), min(end, high)
    made = {number: spans for number, spans in captures.items() if number != popped}
    if rest is not None:
        made[popped] = rest
    if group is not None:
        made[group] = ((start, end), made.get(group))
    return made


class Impatient(Exception):
    """A search took more steps than it was allowed to."""


class _Run:
    """One search: what does not change between attempts. `left`: the steps that it may still take, -1 for any."""

    __slots__ = ("begin", "code", "end", "left", "origin", "spent", "text")

    def __init__(self, code: list[_Instruction], text: str, begin: int, end: int, origin: int, patience: int) -> None:
        self.left = patience if patience else -1
        self.code = code
        self.text = text
        self.begin = begin
        self.end = end
        self.origin = origin
        self.spent = 0

    def match(self, at: int, place: int, captures: Captures) -> tuple[int, Captures] | None:
        """Runs from instruction `at`; the place reached and the captures, or None."""
        code, text = self.code, self.text
        frame: _Frame = None
        stack: list[tuple[int, int, Captures, _Frame, int]] = []
        while True:
            self.spent += 1
            if self.spent >= _CHARGE:
                self._charge()
            instruction = code[at]
            kind = instruction[0]
            at += 1
            failed = False
            if kind == "one":
                if instruction[2]:
                    place -= 1
                    failed = place < self.begin or text[place] not in instruction[1]
                else:
                    failed = place >= self.end or text[place] not in instruction[1]
                    place += 1
            elif kind == "run":
                least, count = instruction[2], self._count(instruction, place)
                failed = count < least
                step = -1 if instruction[5] else 1
                if not failed and instruction[4]:
                    if count > least:
                        stack.append((-at, place + least * step, captures, frame, place + count * step))
                    place += least * step
                elif not failed:
                    if count > least:
                        stack.append((-at, place + count * step, captures, frame, place + least * step))
                    place += count * step
            elif kind == "try":
                stack.append((instruction[1], place, captures, frame, 0))
            elif kind == "jump":
                at = instruction[1]
            elif kind == "open":
                frame = (frame, place, 0)
            elif kind == "close":
                outer, opened, _ = frame
                span = (opened, place) if opened <= place else (place, opened)
                captures = {**captures, instruction[1]: (span, captures.get(instruction[1]))}
                self.spent += 2 + (len(captures) >> 3)
                frame = outer
            elif kind == "enter":
                frame = (frame, 0, -1)
            elif kind == "balance":
                outer, opened, _ = frame
                balanced = _balance(captures, instruction[1], instruction[2], opened, place)
                failed = balanced is None
                captures = captures if balanced is None else balanced
                frame = outer
            elif kind == "loop":
                _, least, most, lazy, leave = instruction
                outer, count, last = frame
                again = (outer, count + 1, place)
                if count >= most or (last == place and count >= least):
                    # After an empty turn .NET takes no further one, but for those that must be.
                    at, frame = leave, outer
                elif count < least:
                    frame = again
                elif lazy:
                    stack.append((at, place, captures, again, 0))
                    at, frame = leave, outer
                else:
                    stack.append((leave, place, captures, outer, 0))
                    frame = again
            elif kind == "anchor":
                failed = not self._holds(instruction[1], place)
            elif kind == "match":
                return place, captures
            else:
                moved = self._rare(instruction, at, place, captures)
                if moved is None:
                    failed = True
                else:
                    at, place, captures = moved
            if failed:
                resumed = self._backtrack(stack)
                if resumed is None:
                    return None
                at, place, captures, frame = resumed

    def _charge(self) -> None:
        charge_steps(self.spent)
        if self.left >= 0:
            self.left -= self.spent
            if self.left < 0:
                raise Impatient
        self.spent = 0

    def _backtrack(
        self, stack: list[tuple[int, int, Captures, _Frame, int]]
    ) -> tuple[int, int, Captures, _Frame] | None:
        """The next state to try. A run of characters, marked by a negative instruction, gives one up or takes one."""
        if not stack:
            return None
        at, place, captures, frame, limit = stack.pop()
        if at < 0:
            place += 1 if limit > place else -1
            if place != limit:
                stack.append((at, place, captures, frame, limit))
            at = -at
        return at, place, captures, frame

    def _count(self, instruction: _Instruction, place: int) -> int:
        """How many characters of the class stand in a row."""
        _, charset, _, most, _, rtl = instruction
        text, limit = self.text, most
        if rtl:
            first, stop = place - 1, max(self.begin, place - limit if limit < INFINITE else self.begin) - 1
            found = next((at for at in range(first, stop, -1) if text[at] not in charset), stop)
            count = first - found
        else:
            stop = min(self.end, place + limit)
            found = next((at for at in range(place, stop) if text[at] not in charset), stop)
            count = found - place
        self.spent += count >> 2
        return count

    def _rare(
        self, instruction: _Instruction, at: int, place: int, captures: Captures
    ) -> tuple[int, int, Captures] | None:
        """What most patterns do not have; the next instruction, place and captures, or None for a failure."""
        kind, first, *more = instruction
        match kind:
            case "reference":
                moved = self._refer(captures.get(first), place, *more)
                return None if moved is None else (at, moved, captures)
            case "unset":
                return (at if first in captures else more[0]), place, captures
            case "test":
                tested = self.match(at, place, captures)
                return (more[0], place, captures) if tested is None else (first, place, tested[1])
        inner = self.match(at, place, captures)
        if kind == "unless":
            return (first, place, captures) if inner is None else None
        if inner is None:
            return None
        return first, (inner[0] if kind == "atomic" else place), inner[1]

    def _refer(self, made: Any, place: int, ignore_case: bool, ecmascript: bool, rtl: bool) -> int | None:
        if made is None:
            return place if ecmascript else None
        start, end = made[0]
        length = end - start
        moved = place - length if rtl else place + length
        if moved < self.begin or moved > self.end:
            return None
        wanted, given = self.text[start:end], self.text[min(place, moved) : max(place, moved)]
        if ignore_case:
            wanted, given = casing.lower(wanted), casing.lower(given)
        return moved if wanted == given else None

    def _holds(self, kind: str, place: int) -> bool:
        text = self.text
        match kind:
            case "^" | "A":
                return place == self.begin
            case "m^":
                return place == self.begin or text[place - 1] == "\n"
            case "z":
                return place == self.end
            case "$" | "Z":
                return place == self.end or (place == self.end - 1 and text[place] == "\n")
            case "m$":
                return place == self.end or text[place] == "\n"
            case "G":
                return place == self.origin
        test = regex_charset.is_ascii_word if kind[0] == "e" else regex_charset.is_boundary_word
        before = place > self.begin and test(text[place - 1])
        after = place < self.end and test(text[place])
        return (before is not after) is (kind[-1] == "b")
