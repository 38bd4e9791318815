"""The world an evaluation happens in, frozen: the moment, the gateway's time zone, what may be fetched and from where,
and a clock for how long it takes.

It fetches nothing itself. Offline is the default.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from certgate.core.errors import UsageError
from certgate.core.value import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping
    from datetime import tzinfo
    from os import PathLike

    from certgate.core.fetch import Fetcher

_RELATIVE = r"([+-])([0-9]{1,6})([smhdwy])"
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "y": 365 * 86400}


def clock() -> datetime:
    """The present moment, in UTC. Together with the command line the only place that asks for it."""
    return datetime.now(UTC)


@frozen
class World:
    """Moment of evaluation (a naive time is taken as UTC) and the gateway's time zone (an IANA name).

    `ticks` gives seconds that only grow: it ends an expression that runs too long and takes part in nothing else.
    `random` picks the random values that the run draws: with the same number, and all else the same, they are the same.
    Raises UsageError ``timezone-unknown``, ``limit-invalid``.
    """

    now: datetime = field(default_factory=clock)
    timezone: str = "UTC"
    ticks: Callable[[], float] = field(default=monotonic, repr=False, compare=False)
    random: int = 0
    online: bool = False
    """Whether certgate itself may use the network for CRLs, OCSP and certificates of issuers."""
    responses: Mapping[str, object] | None = field(default=None, repr=False, hash=False)
    """Recorded answers instead of the network, by address, in the shape of ``--responses``; what is not in it answers
    404."""
    cache: str | PathLike[str] | MutableMapping[str, bytes] | None = field(default=None, repr=False, hash=False)
    """What was fetched before: a folder, or a mapping in memory. None: nothing is kept."""
    timeout: float = 15.0
    """Seconds for each fetch; 15 is .NET's own limit."""
    max_size: int = 32 * 1024 * 1024
    """Bytes of the largest answer that is read."""
    allow_private_network: bool = False
    """Ask addresses of private networks for certificates too that do not chain to the trust store."""
    fetcher: Fetcher | None = field(default=None, repr=False, compare=False)
    """Who fetches, instead of what the members above describe."""

    def __post_init__(self) -> None:
        now = self.now.replace(tzinfo=UTC) if self.now.tzinfo is None else self.now.astimezone(UTC)
        object.__setattr__(self, "now", now)
        zone(self.timezone)
        # Of NaN every comparison is false: a fetch would never be late.
        if not (0 < self.timeout < float("inf") and self.max_size > 0):
            raise UsageError(
                "timeout is a number of seconds and max_size a number of bytes, both above 0", code="limit-invalid"
            )

    @property
    def zone(self) -> tzinfo:
        return zone(self.timezone)


def zone(name: str) -> tzinfo:
    """The time zone of that IANA name. Raises UsageError ``timezone-unknown``."""
    if name.upper() == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            f"unknown time zone '{name}'",
            code="timezone-unknown",
            hint="use an IANA name such as Europe/Berlin or America/New_York",
        ) from None


def moment(text: str, now: datetime) -> datetime:
    """The moment that ``--at`` names: ISO 8601 (UTC when it has no offset), or relative to `now` (``+30d``, ``-1h``).

    Units: s, m (minutes), h, d, w, y (365 days). Raises UsageError ``time-invalid``.
    """
    text = text.strip()
    try:
        if relative := re.fullmatch(_RELATIVE, text):
            sign, count, unit = relative.groups()
            return now + timedelta(seconds=int(f"{sign}{count}") * _UNITS[unit])
        parsed = datetime.fromisoformat(text)
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(
            f"'{text}' is not a time",
            code="time-invalid",
            hint="write 2026-03-01, 2026-03-01T10:20:30Z, or relative to now: +30d, -1h",
        ) from None
