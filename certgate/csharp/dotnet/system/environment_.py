"""``System.Environment``, of which only what is the same everywhere is simulated; the gateway refuses all of it."""

from __future__ import annotations

from certgate.csharp.types import define

ENVIRONMENT = define(
    "System.Environment",
    kind="static",
    known="CommandLine CpuUsage CurrentDirectory CurrentManagedThreadId Exit ExitCode ExpandEnvironmentVariables "
    "FailFast GetCommandLineArgs GetEnvironmentVariable GetEnvironmentVariables GetFolderPath GetLogicalDrives "
    "HasShutdownStarted Is64BitOperatingSystem Is64BitProcess IsPrivilegedProcess MachineName NewLine OSVersion "
    "ProcessId ProcessPath ProcessorCount SetEnvironmentVariable StackTrace SystemDirectory SystemPageSize TickCount "
    "TickCount64 UserDomainName UserInteractive UserName Version WorkingSet",
)


@ENVIRONMENT.property("static string NewLine")
def new_line() -> str:
    """As on Linux, where the recordings were made."""
    return "\n"


ENVIRONMENT.property("static bool Is64BitProcess")(lambda: True)
ENVIRONMENT.property("static bool Is64BitOperatingSystem")(lambda: True)
ENVIRONMENT.property("static bool HasShutdownStarted")(lambda: False)
# SECURITY: nothing of the machine that certgate runs on is shown to an expression.
ENVIRONMENT.signatures(
    "static string GetEnvironmentVariable(string variable)",
    "static string ExpandEnvironmentVariables(string name)",
    "static string[] GetCommandLineArgs()",
)
