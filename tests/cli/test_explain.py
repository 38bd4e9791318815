"""``certgate explain``: every code that the program can print has its text, and every text its code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path

import pytest

from certgate import explanations
from certgate.exit_code import Exit
from certgate.gateway.assumptions import ASSUMPTIONS
from certgate.pki.verdict import ChainStatus
from tests.cli.test_schemas import faults
from tests.conftest import Certgate

ROOT = Path(__file__).parents[2] / "certgate"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))}
KNOWN = explanations.known({row.id: (row.text, row.source) for row in ASSUMPTIONS.values()})
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
REASON = re.compile(r"[A-Z][A-Za-z]+( [a-z]+)*")
COMPOSED = {
    'f"responses-{code}"': {
        f"responses-{part}" for part in ("body", "error", "headers", "key", "reason", "shape", "status", "url")
    },
    'f"{kind}-unknown"': {f"{kind}-unknown" for kind in ("api", "operation", "product", "workspace")},
    'f"{what}-unknown"': {"type-unknown", "element-unknown"},
}
"""How a code is put together, and what comes of it."""
ELSEWHERE = {"ClientConnectionFailure", "OperationNotFound", "SubscriptionKeyInvalid", "SubscriptionKeyNotFound"}
"""Documented reasons that only a real gateway gives."""
NO_REASONS = {"Unauthorized"}
"""What is passed on as a reason phrase, and is none of LastError."""


def texts(kind: str) -> set[str]:
    return {each.code for each in KNOWN if each.kind == kind}


class Arguments:
    """What the program passes to parameters of one name: constants, module constants, and how texts are composed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._at = dict(self._positions())

    def _positions(self) -> Iterator[tuple[tuple[Path | None, str], int]]:
        """Function or class, and where the parameter stands: by its file, and for other files where it is public."""
        for path, tree in TREES.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    names = [each.arg for each in node.args.args]
                elif isinstance(node, ast.ClassDef):
                    names = [each.target.id for each in node.body if _is_field(each)]  # type: ignore[attr-defined]
                else:
                    continue
                if self._name in names:
                    at = names.index(self._name) - (names[0] in ("self", "cls"))
                    yield (path, node.name), at
                    if not node.name.startswith("_"):
                        yield (None, node.name), at

    def found(self) -> Iterator[str]:
        for path, tree in TREES.items():
            if "dotnet" in path.parts:
                continue
            constants = dict(_assigned(tree))
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    named = node.args.args[len(node.args.args) - len(node.args.defaults) :]
                    for each, default in zip(named, node.args.defaults, strict=True):
                        if each.arg == self._name:
                            yield from _values(default, constants)
                elif isinstance(node, ast.Call):
                    for argument in self._passed(path, node):
                        yield from _values(argument, constants)

    def _passed(self, path: Path, call: ast.Call) -> Iterator[ast.expr]:
        yield from (keyword.value for keyword in call.keywords if keyword.arg == self._name)
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        at = self._at.get((path, name), self._at.get((None, name)))
        if at is not None and at < len(call.args):
            yield call.args[at]


def _assigned(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    """Every value that a name gets in the module, alone or as one of several."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            targets = target.elts if isinstance(target, ast.Tuple) else [target]
            values = value.elts if isinstance(value, ast.Tuple) else [value]
            for name, given in zip(targets, values, strict=False):
                if isinstance(name, ast.Name):
                    found.setdefault(name.id, []).append(given)
    yield from found.items()


def _is_field(node: ast.stmt) -> bool:
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)


def _values(node: ast.expr, constants: Mapping[str, list[ast.expr]], depth: int = 0) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _values(node.body, constants, depth)
            yield from _values(node.orelse, constants, depth)
        case ast.Name(id=name) if depth < 3:
            for value in constants.get(name, ()):
                yield from _values(value, constants, depth + 1)
        case ast.JoinedStr():
            yield from COMPOSED.get(ast.unparse(node).replace("'", '"'), {ast.unparse(node)})


def test_every_code_is_explained() -> None:
    """What is passed anywhere as a `code`: of findings, and of the errors that are raised."""
    found = {code for code in Arguments("code").found() if CODE.fullmatch(code) and "-" in code}
    found |= {"error", "input", "usage", "password", "duplicate", "expired", "exception", "unsupported", "undecided"}
    composed = {code for code in Arguments("code").found() if code.startswith("f'")}
    assert {text for text in composed if "-" in text} == set()
    known = texts("documents") | texts("expressions") | texts("inputs") | texts("options") | texts("store")
    assert sorted(found - known) == []
    assert sorted(known - found - {explanations.COMPILER}) == []


def test_every_reason_is_explained() -> None:
    """What is passed anywhere as the reason of a failure."""
    from certgate.gateway import evaluated
    from certgate.gateway.certificates import client_certificate
    from certgate.gateway.sending.calls import NO_ANSWERS
    from certgate.gateway.tokens import reasons

    found = {text for text in Arguments("reason").found() if REASON.fullmatch(text)} - NO_REASONS
    found |= {value for name, value in vars(reasons).items() if name.isupper() and REASON.fullmatch(str(value))}
    found |= set(client_certificate.FAILURES) | {evaluated.EXPRESSION_FAILURE}
    found |= {str(each.reason) for each in NO_ANSWERS.values()}
    assert sorted(found - texts("reasons")) == []
    assert sorted(texts("reasons") - found - ELSEWHERE) == []


def test_registries_are_explained_whole() -> None:
    """Each assumption, chain status and exit code, and none that is gone."""
    assert texts("assumptions") == set(ASSUMPTIONS)
    assert texts("chains") == set(ChainStatus)
    assert texts("exits") == {str(int(code)) for code in Exit}
    advice = tomllib.loads((resources.files("certgate.explanations") / "assumptions.toml").read_text(encoding="utf-8"))
    assert set(advice) <= set(ASSUMPTIONS)


def test_every_text_says_what_and_what_to_do() -> None:
    """Sentences, of which a reader of a terminal gets what it means and the next step."""
    short = [each.code for each in KNOWN if each.kind != "assumptions" and not each.do]
    assert short == []
    said = [text for each in KNOWN for text in (each.means, each.do, each.why) if text]
    assert [text for text in said if text[-1] not in ".?" or text.count("`") % 2] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("attribute-undeclared", "does not know"),
        ("partialchain", "the certificate of an issuer is missing"),
        ("[ClientCertificateNotTrusted]", "no chain to a root"),
        ("CS1061", "certgate list members TYPE"),
        ("cs0029", "the types of two parts do not fit"),
        ("CS9999", "`certgate eval EXPR` tries it alone"),
        ("body-format", "fact sheet §12"),
        ("4", "Never a pass"),
        ("bad request", "does not fit the API's definition"),
        ("certificate-missing", "--no-certificate is given"),
    ],
)
def test_a_code_is_explained(certgate: Certgate, code: str, words: str) -> None:
    """In any case, in the brackets of an error line, a code of the compiler by its family."""
    ran = certgate("explain", code)
    assert ran.code == 0
    assert words in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("attribute-missin", "did you mean attribute-missing?"),
        ("validate-jwt", "certgate list elements validate-jwt"),
        ("403", "certgate explain REASON"),
        ("xyzzy", "certgate explain lists all"),
    ],
)
def test_an_unknown_code(certgate: Certgate, code: str, hint: str) -> None:
    """Exit 2, with what may be meant."""
    ran = certgate("explain", code)
    assert (ran.code, ran.out) == (2, "")
    assert "[code-unknown]" in ran.err
    assert hint in ran.err


def test_all_codes(certgate: Certgate) -> None:
    """Without a code every one is listed, in JSON with all that is said of it."""
    ran = certgate("explain")
    assert [each.code for each in KNOWN if f"\n  {each.code}  " not in ran.out] == []
    document = certgate("explain", "--format", "json").json
    assert faults(document, "explain") == []
    assert [row["code"] for row in document["codes"]] == [each.code for each in KNOWN]
    assert faults(certgate("explain", "CS1061", "4", "--format", "json").json, "explain") == []
