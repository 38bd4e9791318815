"""``System.Diagnostics.Stopwatch``: how long anything takes is not known; the gateway refuses it."""

from __future__ import annotations

from typing import Any

from certgate.csharp.runtime import UnsupportedReached
from certgate.csharp.types import define
from certgate.csharp.values import Long, NetObject

STOPWATCH = define(
    "System.Diagnostics.Stopwatch",
    known="Elapsed ElapsedMilliseconds ElapsedTicks Equals Frequency GetElapsedTime GetHashCode GetTimestamp GetType "
    "IsHighResolution IsRunning ReferenceEquals Reset Restart Start StartNew Stop ToString",
)


class StopwatchValue(NetObject):
    """`used`: it has run since it was reset."""

    __slots__ = ("running", "used")

    net_type = STOPWATCH.type

    def __init__(self, *, running: bool = False) -> None:
        self.running = self.used = running

    def elapsed(self) -> int:
        """Zero before it runs. UnsupportedReached."""
        if self.used:
            raise UnsupportedReached("how long an expression takes is not simulated")
        return 0


STOPWATCH.constructor("Stopwatch()")(StopwatchValue)
STOPWATCH.method("static System.Diagnostics.Stopwatch StartNew()")(lambda: StopwatchValue(running=True))
STOPWATCH.property("bool IsRunning")(lambda self: self.running)
STOPWATCH.property("long ElapsedMilliseconds")(lambda self: Long(self.elapsed()))
STOPWATCH.property("long ElapsedTicks")(lambda self: Long(self.elapsed()))
STOPWATCH.field("static readonly bool IsHighResolution")(lambda: True)
STOPWATCH.field("static readonly long Frequency")(lambda: Long(1_000_000_000))
STOPWATCH.signatures("static long GetTimestamp()")


@STOPWATCH.property("System.TimeSpan Elapsed")
def get_elapsed(self: StopwatchValue) -> Any:
    from certgate.csharp.types import named
    from certgate.csharp.values import default_of

    self.elapsed()
    return default_of(named("System.TimeSpan"))


@STOPWATCH.method("void Start()")
def start(self: StopwatchValue) -> None:
    self.running = self.used = True


@STOPWATCH.method("void Stop()")
def stop(self: StopwatchValue) -> None:
    self.running = False


@STOPWATCH.method("void Reset()")
def reset(self: StopwatchValue) -> None:
    self.running = self.used = False


@STOPWATCH.method("void Restart()")
def restart(self: StopwatchValue) -> None:
    self.running = self.used = True
