"""Compiling and evaluating policy expressions."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import Any

from tools.bench.timing import BASELINE, CERTGATE, ROOT, SAMPLES, microseconds, seconds

CONDITION = (
    "@(context.Request.Certificate == null || !context.Request.Certificate.Verify() "
    '|| context.Request.Certificate.Thumbprint != "B29B0FB08F5FEA9970293394283739D3D413A724")'
)
"""The condition of Microsoft's thumbprint sample."""

TWIN = """
def condition(request):
    return (request.certificate is None or not request.verify(request.certificate)
            or request.certificate.thumbprint != "B29B0FB08F5FEA9970293394283739D3D413A724")
"""
"""The same in Python, on plain objects."""

LINES = 10_000


def expressions() -> None:
    """Compiling and evaluating one condition, warm, beside an equivalent function of Python's own."""
    from certgate import Gateway, TrustStore, api, load
    from certgate.csharp.expression import compile as compile_expression
    from certgate.gateway.certificates.verdicts import Verdicts
    from certgate.gateway.context.context import environment
    from certgate.gateway.pipeline import start as start_run
    from certgate.pki.verdict import Revocation

    client = load(ROOT / SAMPLES / "partner-a.cer")
    gateway = Gateway(trust=TrustStore.load(ROOT / SAMPLES / "trust"))
    situation = api._situation(client.leaf, gateway, None, None)
    run = start_run(situation, Verdicts(api._builder(situation, ()), Revocation.ONLINE))
    expression = compile_expression(CONDITION, environment()).expression

    twin: dict[str, Any] = {}
    exec(compile(TWIN, "twin", "exec"), twin)  # noqa: S102 - text of this file
    request = SimpleNamespace(certificate=client.leaf, verify=lambda certificate: run.good(certificate, True))
    if expression is None or expression.run(run.evaluation()) or twin["condition"](request):
        sys.exit("the condition is false of this certificate, compiled and in Python alike")

    print("one condition, warm, beside the same written in Python (best of 7 rounds)")
    made, python = (
        microseconds(lambda: compile_expression(CONDITION, environment()), 300),
        microseconds(lambda: compile(TWIN, "twin", "exec"), 300),
    )
    print(f"  {'compile':32} {made / python:5.2f} x   ({made / 1000:.3f} ms; Python {python / 1000:.3f} ms)")
    evaluation = run.evaluation()
    ran, python = (
        microseconds(lambda: expression.run(evaluation)),
        microseconds(lambda: twin["condition"](request)),
    )
    print(f"  {'evaluate':32} {ran / python:5.2f} x   ({ran:.2f} us; Python {python:.2f} us)")


def lines() -> None:
    """``certgate eval -`` with distinct expressions made of the recorded ones, start-up included."""
    rows = [json.loads(line) for line in (ROOT / "tests/golden/expr.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if "compile" not in row and row["expr"].startswith("@(")]
    texts = (f"@({rows[at % len(rows)]['expr'][2:-1]} /* {at} */)" for at in range(LINES))
    data = "".join(f"{json.dumps({'id': at, 'expr': text})}\n" for at, text in enumerate(texts)).encode()
    command = [*CERTGATE, "eval", "-", "--unrestricted", "--context", "tests/golden/context.json"]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, input=data, capture_output=True, check=False)
    taken, base = time.perf_counter() - start, seconds(BASELINE)
    if done.stdout.count(b"\n") != LINES:
        sys.exit("every line has an answer")
    print(f"certgate eval - with {LINES:,} distinct expressions, start-up included")
    print(f"  {'expressions a second':32} {LINES / taken:,.0f}   ({taken / base:.0f} x the baseline; {taken:.2f} s)")
