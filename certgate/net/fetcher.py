"""Who answers for a world: recorded answers, then the cache, then the network, as far as the world has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certgate.core.fetch import Answer, Given

if TYPE_CHECKING:
    from certgate.core.fetch import Fetcher, Fresh, Kind
    from certgate.core.world import World


def fetcher_of(world: World) -> Fetcher:
    return _Fetcher(world)


class _Fetcher:
    def __init__(self, world: World) -> None:
        self._world = world

    def ask(self, url: str, kind: Kind, *, trusted: bool, fresh: Fresh) -> Answer:
        return Answer(url, Given.NOBODY, error="not asked", known=False)

    def kept(self, url: str, kind: Kind) -> Answer | None:
        return None
