"""All measurements, one after the other."""

from __future__ import annotations

from tools.bench.expressions import expressions, lines
from tools.bench.gateway import gateway
from tools.bench.start_up import imports, start_up
from tools.bench.throughput import throughput

if __name__ == "__main__":
    start_up()
    expressions()
    imports()
    lines()
    gateway()
    throughput()
