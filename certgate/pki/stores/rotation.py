"""Uploaded certificates that Key Vault renewed: two versions, and the hours in which a gateway may have either.

Knows the four hours that the documentation promises (fact sheet §3), and the form in which a folder holds two versions.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING

from certgate.core.errors import InputError
from certgate.core.source import Place
from certgate.core.value import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certgate.pki.certificate import Certificate

REFRESH = timedelta(hours=4)
"""A gateway has the new version so long after the rotation at the latest."""

_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)T(\d\d)[-.]?(\d\d)(?:[-.]?(\d\d))?Z", re.ASCII | re.IGNORECASE)
"""A moment in UTC as a file name can hold it on every system."""


@frozen
class Rotation:
    """Both versions of an uploaded certificate; `at`, the moment of the rotation, is UTC where it has no offset."""

    old: Certificate
    new: Certificate
    at: datetime

    def __post_init__(self) -> None:
        at = self.at.replace(tzinfo=UTC) if self.at.tzinfo is None else self.at.astimezone(UTC)
        object.__setattr__(self, "at", at)

    @property
    def refreshed(self) -> datetime:
        """From when on every gateway has the new version."""
        return self.at + REFRESH

    def open(self, now: datetime) -> bool:
        """Whether a gateway may have either version."""
        return self.at <= now < self.refreshed

    def version(self, now: datetime, refreshed: bool) -> Certificate:
        """The version that the gateway has; `refreshed` says which where it may be either."""
        return self.new if now >= self.at and (refreshed or not self.open(now)) else self.old


def moment_of(name: str) -> datetime | None:
    """The moment that the name of a file says, without its extension: ``2026-03-01T1000Z``, ``20260301T100000Z``."""
    found = _MOMENT.fullmatch(PurePath(name).stem)
    if found is None:
        return None
    try:
        return datetime(*(int(each or 0) for each in found.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def versions(folder: str, files: Sequence[str]) -> tuple[str, str, datetime]:
    """Which of the files of a folder is the old version, which the new one, and when that came.

    Raises InputError ``rotation-invalid``.
    """
    dated = [(moment, name) for name in files if (moment := moment_of(name)) is not None]
    if len(files) != 2 or not dated:
        raise InputError(
            f"is a folder of versions and holds {len(files)} files, {len(dated)} of them named after a moment",
            code="rotation-invalid",
            place=Place(folder),
            hint="a folder of versions holds two files; the new one is named after the moment of the rotation in UTC: "
            "2026-03-01T1000Z.cer",
        )
    at, new = max(dated)
    return next(name for name in files if name != new), new, at
