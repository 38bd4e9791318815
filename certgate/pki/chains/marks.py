"""The flags of a chain while it is judged: those of each element, one reason a flag."""

from __future__ import annotations

from certgate.pki.verdict import ChainStatus


class Marks:
    """The flags of each element of a chain of that length; `any` says whether there is one."""

    def __init__(self, length: int) -> None:
        self._marks: list[dict[ChainStatus, str]] = [{} for _ in range(length)]
        self.any = False

    def add(self, depth: int, status: ChainStatus, reason: str) -> None:
        self._marks[depth].setdefault(status, reason)
        self.any = True

    def within(self, *statuses: ChainStatus) -> bool:
        """Whether there are no other flags than these."""
        return set(self.all()) <= set(statuses)

    def all(self) -> tuple[ChainStatus, ...]:
        return tuple(sorted({status for mark in self._marks for status in mark})) if self.any else ()

    def at(self, depth: int) -> tuple[tuple[ChainStatus, ...], tuple[str, ...]]:
        """The flags of one element, sorted, and their reasons in the same order."""
        mark = self._marks[depth]
        if not mark:
            return (), ()
        names = tuple(sorted(mark))
        return names, tuple(mark[name] for name in names)

    def forgive_own_signature(self) -> None:
        """A trusted root may carry a broken signature of its own: .NET takes that flag back from the last element."""
        if not self.any:
            return
        *below, last = self._marks
        flags = {status for mark in self._marks for status in mark}
        spoilt = ChainStatus.PARTIAL_CHAIN in flags or ChainStatus.UNTRUSTED_ROOT in flags
        if not spoilt and not any(ChainStatus.NOT_SIGNATURE_VALID in mark for mark in below):
            last.pop(ChainStatus.NOT_SIGNATURE_VALID, None)
            self.any = any(self._marks)
