"""The exception tree. A certificate or policy that says *no* is a result; only broken input or a bug is raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.core.finding import Finding
    from certgate.core.source import Place


class CertgateError(Exception):
    """What certgate raises: a message, a stable code, the place and, where one is known, the next step.

    `problems` are all the faults found together; the other members are those of the first.
    """

    default_code = "error"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        place: Place | None = None,
        hint: str | None = None,
        problems: Sequence[Finding] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code
        self.place = place
        self.hint = hint
        self._problems = tuple(problems)

    @property
    def problems(self) -> tuple[Finding, ...]:
        from certgate.core.finding import Finding

        return self._problems or (Finding(self.code, self.message, self.place, hint=self.hint),)

    @classmethod
    def of(cls, problems: Sequence[Finding]) -> CertgateError:
        """One error for several problems; there must be at least one."""
        first = problems[0]
        return cls(first.message, code=first.code, place=first.place, hint=first.hint, problems=problems)


class InputError(CertgateError):
    """Something that certgate was given cannot be read or would not be saved by the gateway: exit code 3."""

    default_code = "input"


class PasswordError(InputError):
    """A PFX file needs a password, or needs another one than it got."""

    default_code = "password"


class UsageError(CertgateError):
    """The command, its options or the configuration file are wrong: exit code 2."""

    default_code = "usage"
