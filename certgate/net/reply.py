"""What came of one GET of one address, whoever gave it: a reply, or silence. Knows nothing of where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})
"""The statuses that .NET takes as a redirect."""

TIMEOUT, CONNECTION = "timeout", "connection"
"""The two ways of giving no answer, as ``{"error": …}`` of a recording names them."""


@frozen
class Reply:
    """A reply in HTTP. Header names are as they came; the body of a redirect is not read."""

    status: int
    reason: str = ""
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """The first value of a header, None where there is none."""
        wanted = name.lower()
        return next((values[0] for key, values in self.headers.items() if key.lower() == wanted and values), None)


@frozen
class Silence:
    """No reply: `error` is ``timeout`` or ``connection``, `words` say more.

    `error` is empty where certgate itself did not ask, or stopped at a limit of its own: what the gateway would get is
    then not known, and `settle` are the options that would change that. `words` are a clause in which the
    address is "it", `size` is how many bytes of a body came all the same.
    """

    error: str
    words: str
    settle: tuple[str, ...] = ()
    size: int = 0

    @property
    def known(self) -> bool:
        return bool(self.error)
