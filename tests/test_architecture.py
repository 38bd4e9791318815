"""The picture of docs/architecture.md as a test: who may import whom, and who may touch the outside world."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "certgate"
MODULES = sorted(ROOT.rglob("*.py"))

LAYERS = ["core", "pki", "csharp", "policy", "layouts", "gateway", "api", "cli"]
"""From the bottom up: a package imports from itself and from those before it."""
BESIDE = {
    "version": set(),
    "exit_code": set(),
    "files": {"core"},
    "explanations": {"core"},
    "net": {"core", "files", "version"},
    "result": {"core", "pki", "gateway", "exit_code"},
    "report": {"core", "csharp", "pki", "gateway", "result", "exit_code", "explanations"},
    "config": {"core", "pki", "policy", "gateway", "files"},
    "__main__": {"cli"},
}
"""Modules beside the layers and what they may import; api and cli may import all of them."""
REPORT_VALUES = {
    "certgate.csharp.grounds",
    "certgate.csharp.listed",
    "certgate.csharp.trace",
    "certgate.pki.chains.candidates",
    "certgate.pki.verdict",
    "certgate.pki.thumbprint",
    "certgate.pki.certificate",
    "certgate.pki.extensions",
    "certgate.gateway.checked",
    "certgate.gateway.outcome",
}
"""Of the layers above core, reporters import values only."""


def _name(path: Path) -> str:
    return ".".join(("certgate", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")


def _package(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def _imports(path: Path) -> list[tuple[str, int]]:
    """The modules that a file imports, with the line; `from certgate import x` counts as certgate.x."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            if module == "certgate":
                found += [(f"certgate.{alias.name}", node.lineno) for alias in node.names]
            else:
                found.append((module, node.lineno))
    return found


def _allowed(module: str) -> set[str]:
    package = _package(module)
    if package in BESIDE:
        return BESIDE[package] | {package}
    below = set(LAYERS[: LAYERS.index(package) + 1])
    if package == "csharp" and not module.startswith("certgate.csharp.dotnet.x509."):
        below -= {"pki"}
    if package in {"api", "cli"}:
        below |= set(BESIDE) | {"__init__"}
    return below


@pytest.mark.parametrize("path", [path for path in MODULES if _name(path) != "certgate"], ids=_name)
def test_imports_point_down(path: Path) -> None:
    """A module imports only from its own package and from those below it."""
    module = _name(path)
    wrong = [
        f"line {line}: {target}"
        for target, line in _imports(path)
        if target.startswith("certgate") and _package(target) not in _allowed(module)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", sorted((ROOT / "report").rglob("*.py")), ids=_name)
def test_reports_import_values_only(path: Path) -> None:
    """A report knows values, never the engine that made them."""
    wrong = [
        target
        for target, _ in _imports(path)
        if target.startswith("certgate")
        and _package(target) in {"pki", "csharp", "gateway"}
        and target not in REPORT_VALUES
    ]
    assert wrong == []


# Package data is read through importlib.resources: files(__package__).
def _calls(path: Path) -> list[tuple[str, int]]:
    """Calls as dotted text, such as print or datetime.now, with the line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [(ast.unparse(node.func), node.lineno) for node in ast.walk(tree) if isinstance(node, ast.Call)]


_OPENS = {"open", "io.open", "os.open", "path.open", "Path(path).open"}
_NETWORK = {"socket", "http.client", "urllib.request", "requests", "urllib3"}
"""What speaks to the network: one module asks, and one makes the connections for it."""


def _in(module: str, *homes: str) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_the_outside_world_is_touched_at_the_edge(path: Path) -> None:
    """Only the edge prints, exits, asks for the time, opens files, starts processes or speaks to the network."""
    module = _name(path)
    wrong: list[str] = []
    for name, line in _calls(path):
        first, last = name.split(".")[0], name.split(".")[-1]
        prints = name in {"print", "exit", "sys.exit", "typer.echo"}
        asks_time = last in {"now", "utcnow", "today"} and first in {"datetime", "date"}
        opens = name in _OPENS or last in {"fdopen", "read_bytes", "read_text", "write_bytes", "write_text"}
        if (
            (prints and not _in(module, "certgate.cli", "certgate.__main__"))
            or (asks_time and not _in(module, "certgate.cli", "certgate.core.world"))
            or (
                opens
                and not name.startswith("files(__package__)")
                and not _in(module, "certgate.core.source", "certgate.files", "certgate.net.cache")
            )
            or name in {"eval", "exec", "compile", "__import__"}
        ):
            wrong.append(f"line {line}: {name}")
    forbidden = {"subprocess", "pickle", "marshal", "shelve", "xml"}
    forbidden |= set() if module in {"certgate.net.client", "certgate.net.connection"} else _NETWORK
    wrong += [
        f"line {line}: import {target}"
        for target, line in _imports(path)
        if any(target == name or target.startswith(f"{name}.") for name in forbidden)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_what_it_knows(path: Path) -> None:
    """Each module begins with a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_the_picture_names_every_module_of_pki() -> None:
    """The tables of docs/architecture.md are whole."""
    text = (ROOT.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = (path.stem for path in (ROOT / "pki").rglob("*.py") if path.stem != "__init__")
    assert [name for name in modules if f"`{name}`" not in text] == []
