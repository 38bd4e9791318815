"""Certificates a second, from PEM bytes to verdict, beside ``openssl verify`` and what .NET is known to manage.

Chains of three, with a root and an intermediate that all leaves share. Times are the processor's, not the clock's, and
each is the best of several rounds: the machine has other work to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import certgate
from certgate import TrustStore, World
from tools.bench import authority

if TYPE_CHECKING:
    from collections.abc import Callable

LEAVES = 2_000
ROUNDS = 4
ENTRIES = 100_000


class Kind(NamedTuple):
    """A kind of key; `dotnet` is the rate of .NET's X509Chain.Build as a part of the rate at which OpenSSL checks
    signatures of this kind (``openssl speed``, measured on .NET 10 on Linux)."""

    label: str
    key: Callable[[], authority.Key]
    algorithm: str
    dotnet: float


KINDS = (
    Kind("EC P-256", authority.ec_key, "ecdsap256", 0.11),
    Kind("RSA 2048", authority.rsa_key, "rsa2048", 0.057),
)


def throughput() -> None:
    print(f"chains of three, {LEAVES:,} leaves, PEM bytes to verdict (processor time, best of {ROUNDS} rounds)")
    for kind in KINDS:
        root = authority.root(kind.key())
        issuing = root.issue("Bench Issuing CA", kind.key())
        leaves = list(issuing.leaves(kind.key(), LEAVES))
        own = _certgate(root, issuing, leaves)
        print(f"  {kind.label:32} {own * 1e6:.1f} us a certificate")
        if shutil.which("openssl"):
            other, dotnet = _openssl(root, issuing, leaves), _verify_time(kind.algorithm) / kind.dotnet
            print(f"    {'openssl verify':30} {other / own:5.2f} x   ({other * 1e6:.1f} us)")
            print(f"    {f'.NET, {kind.dotnet} of openssl speed':30} {dotnet / own:5.2f} x   ({dotnet * 1e6:.1f} us)")
        listed = _certgate(root, issuing, leaves, (root.crl(1), issuing.crl(ENTRIES)))
        print(f"    {f'with a list of {ENTRIES:,}':30} {listed / own:5.2f} x   ({listed * 1e6:.1f} us)")


def _certgate(
    root: authority.Authority, issuing: authority.Authority, leaves: list[bytes], crls: tuple[bytes, ...] = ()
) -> float:
    """Seconds for each leaf after the first; all must be good."""
    world, revocation = World(), "online" if crls else "none"
    rounds = []
    for _ in range(ROUNDS):
        store = TrustStore([certgate.load(root.pem).leaf], [certgate.load(issuing.pem).leaf], crls)
        certgate.verify(certgate.load(leaves[0]).leaf, store, world=world, revocation=revocation)
        start = time.process_time()
        for pem in leaves[1:]:
            if not certgate.verify(certgate.load(pem).leaf, store, world=world, revocation=revocation).build:
                raise SystemExit("every leaf is good")
        rounds.append((time.process_time() - start) / (len(leaves) - 1))
    return min(rounds)


def _openssl(root: authority.Authority, issuing: authority.Authority, leaves: list[bytes]) -> float:
    """Seconds that ``openssl verify`` takes for each leaf after the first, given all files at once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, pem in (("root.pem", root.pem), ("issuing.pem", issuing.pem)):
            (folder / file).write_bytes(pem)
        files = [f"{number}.pem" for number in range(len(leaves))]
        for file, pem in zip(files, leaves, strict=True):
            (folder / file).write_bytes(pem)
        command = ["openssl", "verify", "-CAfile", "root.pem", "-untrusted", "issuing.pem"]
        one = min(_child_time([*command, files[0]], folder) for _ in range(ROUNDS))
        every = min(_child_time([*command, *files], folder) for _ in range(ROUNDS))
    return (every - one) / (len(leaves) - 1)


def _child_time(command: list[str], folder: Path) -> float:
    """The processor time of another process; where the system does not tell, the time of the clock."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode, spent = status, usage.ru_utime + usage.ru_stime
    else:
        process.wait()
        spent = time.perf_counter() - start
    if process.returncode:
        raise SystemExit("openssl accepts every leaf")
    return spent


def _verify_time(algorithm: str) -> float:
    """Seconds for one check of a signature, as ``openssl speed`` measures it."""
    rates = []
    for _ in range(2):
        command = ["openssl", "speed", "-seconds", "1", algorithm]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        heads = next([word for word in line.split() if word.endswith("/s")] for line in lines if "verify/s" in line)
        rates.append(float(lines[-1].split()[-len(heads) :][heads.index("verify/s")]))
    return 1 / max(rates)
