"""What the binder of ``dynamic`` throws at run time."""

from __future__ import annotations

from certgate.csharp.runtime import ThrownException
from certgate.csharp.types import define

NAME = "Microsoft.CSharp.RuntimeBinder.RuntimeBinderException"

define(
    NAME,
    bases=("System.Exception",),
    known="Data Equals GetBaseException GetHashCode GetObjectData GetType HResult HelpLink InnerException Message "
    "ReferenceEquals Source StackTrace TargetSite ToString",
)


def runtime_binder_error(message: str) -> ThrownException:
    return ThrownException(NAME, message)
