"""`certgate validate`, as its users meet it: every scenario of the TOML files beside, judged by the specification.

A scenario: ``id``, ``what`` (one sentence), a policy (``policy``: its text; ``policy_file``: one of sample-policies/;
``template`` and ``text``, put where the template says ``~``; ``no_policy``: none), ``certificates`` (files of pki.py),
``files`` (name: text) beside it, ``requests`` (how many the file of ``--request`` holds; 1), ``arguments``, and what is
expected. ``%partner-a.thumbprint%`` is that fact of that certificate, ``%pki%`` the folder of certificates.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from certgate.cli.app import run
from tests.scenarios import pki

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "sample-policies"
AREAS = sorted(HERE.glob("*.toml"))

Scenario = Mapping[str, Any]

LONG = {
    "deep": "<block>" * 5000 + "</block>" * 5000,
    "or200": " || ".join(f'context.Request.Certificate.Thumbprint == "{number:040}"' for number in range(200)),
    "trim100": ".Trim()" * 100,
    "brackets": "(" * 50_000 + "true" + ")" * 50_000,
    "long": "x" * 5000,
}
"""Texts too long for a scenario."""


@dataclass(frozen=True)
class Place:
    """The folder of certificates, and where the scenarios run."""

    pki: Path
    runs: Path
    owners: Mapping[str, pki.Owner]

    def fill(self, text: str) -> str:
        """`text` with its ``%name.fact%`` replaced."""
        text = text.replace("%pki%", "../../pki").replace("%password%", pki.PASSWORD)
        for name, long in LONG.items():
            text = text.replace(f"%{name}%", long)
        return re.sub(r"%([a-z-]+)\.([a-z0-9]+)%", lambda found: self.owners[found[1]].fact(found[2]), text)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("scenarios")
    for name in ("pki", "runs"):
        (folder / name).mkdir()
    return Place(folder / "pki", folder / "runs", pki.write(folder / "pki"))


def collected() -> list[Any]:
    found = []
    for area in AREAS:
        data = tomllib.loads(area.read_text(encoding="utf-8"))
        for scenario in data["scenario"]:
            full = {**data.get("defaults", {}), **scenario, "templates": data.get("templates", {}), "area": area.stem}
            found.append(pytest.param(full, id=f"{area.stem}/{scenario['id']}"))
    return found


def policy_bytes(scenario: Scenario, place: Place) -> bytes | None:
    """The policy file of a scenario, in its encoding."""
    if scenario.get("no_policy"):
        return None
    if "policy" in scenario:
        text = scenario["policy"]
    elif "policy_file" in scenario:
        text = (SAMPLES / scenario["policy_file"]).read_text(encoding="utf-8")
        for old, new in scenario.get("replace", {}).items():
            assert old in text
            text = text.replace(old, new)
    elif "template" in scenario:
        text = scenario["templates"][scenario["template"]].replace("~", scenario["text"])
    else:
        raise KeyError(f"{scenario['id']} has no policy")
    text = place.fill(text)
    if scenario.get("newlines") == "crlf":
        text = text.replace("\n", "\r\n")
    return text.encode(scenario.get("encoding", "utf-8"))


def arguments(scenario: Scenario, folder: Path, place: Place) -> list[str]:
    certificates = scenario.get("certificates", [])
    given = ["validate", *(one if one == "-" else place.fill(f"../../pki/{one}") for one in certificates)]
    if scenario.get("none"):
        given.append("--no-certificate")
    policy = policy_bytes(scenario, place)
    if policy is not None:
        (folder / "policy.xml").write_bytes(policy)
        given += ["--policy", "policy.xml"]
    if scenario.get("trust", True):
        given += ["--trust", "../../pki/trust"]
    if at := scenario.get("at", "2026-06-01T12:00:00Z"):
        given += ["--at", at]
    if format_ := scenario.get("format", "json"):
        given += ["--format", format_]
    return given + [place.fill(one) for one in scenario.get("arguments", [])]


@pytest.mark.parametrize("scenario", collected())
def test_scenario(
    scenario: Scenario, place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line answers as the specification says."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    folder = place.runs / f"{scenario['area']}-{scenario['id']}"
    folder.mkdir()
    for name, text in scenario.get("files", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(place.fill(text), encoding="utf-8")
    for name, value in scenario.get("environment", {}).items():
        monkeypatch.setenv(name, place.fill(value))
    monkeypatch.chdir(folder)
    if "stdin" in scenario:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((place.pki / scenario["stdin"]).read_bytes())))
    code = run(arguments(scenario, folder, place))
    out, err = capsys.readouterr()
    compare(scenario, place, code, out, err)


def said(words: str, text: str) -> bool:
    """Whether `text` holds `words`, in any case; ``a|b`` is one of two."""
    return any(one.casefold() in text.casefold() for one in words.split("|"))


def compare(scenario: Scenario, place: Place, code: int, out: str, err: str) -> None:
    """Everything that a scenario expects, told together."""
    expected = scenario["expected"]
    exits = expected["exit"] if isinstance(expected["exit"], list) else [expected["exit"]]
    wrong = [] if code in exits else [f"exit {code} instead of {expected['exit']}"]
    wrong += [f"stderr lacks {words!r}" for words in expected.get("stderr", ()) if not said(place.fill(words), err)]
    wrong += [f"stdout lacks {words!r}" for words in expected.get("stdout", ()) if place.fill(words) not in out]
    wrong += [f"{words!r} is shown" for words in scenario.get("hidden", ()) if words in out + err]
    if "Traceback" in err:
        wrong.append("a traceback")
    if scenario.get("format", "json") == "json":
        wrong += document(scenario, place, code, out, err)
    elif code in (2, 3) and out:
        wrong.append("something on stdout")
    assert not wrong, "\n".join([scenario["what"], *wrong, "stdout: " + out[:3000], "stderr: " + err[:3000]])


def document(scenario: Scenario, place: Place, code: int, out: str, err: str) -> list[str]:
    try:
        found = json.loads(out)
    except ValueError:
        return ["no JSON on stdout"]
    if code in (2, 3):
        codes = {one["code"] for one in found.get("problems", ())}
        missing = [f"no problem {one}" for one in scenario["expected"].get("codes", ()) if one not in codes]
        return missing + problems(found, err)
    if found.get("schema") != "certgate/validate/1":
        return [f"schema {found.get('schema')!r}"]
    cases = found["cases"]
    expected = scenario["expected"].get("cases") or [scenario["expected"]] * len(cases)
    if len(cases) != len(expected):
        return [f"{len(cases)} cases instead of {len(expected)}"]
    count = (len(scenario.get("certificates", [])) + bool(scenario.get("none"))) * scenario.get("requests", 1)
    wrong = [] if len(cases) == count else [f"{len(cases)} cases for {count} clients"]
    for case, hopes in zip(cases, expected, strict=True):
        wrong += one_case(case, hopes, place)
    return wrong


def problems(found: Any, err: str) -> list[str]:
    """The document of exits 2 and 3, and a line on stderr for each problem."""
    if found.get("schema") != "certgate/errors/1":
        return [f"schema {found.get('schema')!r}"]
    if not found["problems"]:
        return ["no problems listed"]
    wrong = []
    for one in found["problems"]:
        if not {"code", "message", "file", "line", "column", "hint"} <= set(one):
            wrong.append(f"keys of a problem: {sorted(one)}")
        where = ":".join(str(one[key]) for key in ("file", "line", "column") if one.get(key) is not None)
        if f"{where}: {one['message'].splitlines()[0]}" not in err and where:
            wrong.append(f"stderr has no line '{where}: {one['message']}'")
    return wrong


def one_case(case: Any, expected: Mapping[str, Any], place: Place) -> list[str]:
    wrong = [
        f"{key} {case[key]!r} instead of {expected[key]!r}"
        for key in ("decision", "status", "reason")
        if key in expected and case[key] != _nullable(expected[key])
    ]
    if "body" in expected and case["body"] != place.fill(expected["body"]):
        wrong.append(f"body {case['body']!r} instead of {place.fill(expected['body'])!r}")
    if "json" in expected:
        wrong += _json_body(case["body"], expected["json"])
    headers = {name.casefold(): values for name, values in (case["headers"] or {}).items()}
    for name, values in expected.get("headers", {}).items():
        if headers.get(name.casefold()) != [place.fill(one) for one in values]:
            wrong.append(f"header {name} {headers.get(name.casefold())!r} instead of {values!r}")
    wrong += [f"header {name} is there" for name in expected.get("no_headers", ()) if name.casefold() in headers]
    for key in ("last_error", "decided_by", "backend", "request"):
        if key in expected:
            wrong += _part(key, case[key], expected[key], place)
    if "calls" in expected:
        wrong += _calls(case["calls"], expected["calls"], place)
    wrong += [
        f"no assumption speaks of {words!r}"
        for words in expected.get("assumptions", ())
        if not any(words.casefold() in json.dumps(one).casefold() for one in case["assumptions"])
    ]
    return wrong


def _part(key: str, found: Any, expected: Any, place: Place) -> list[str]:
    """A nested object: ``"none"`` for null, ``"some"`` for not null, else the members that are named."""
    if expected == "none" or expected == "some" or found is None:
        right = (found is None) == (expected == "none")
        return [] if right else [f"{key} {found!r} instead of {expected!r}"]
    return [
        f"{key}.{name} {found.get(name)!r} instead of {value!r}"
        for name, value in expected.items()
        if found.get(name) != (place.fill(value) if isinstance(value, str) and value != "none" else _nullable(value))
    ]


def _calls(found: Any, expected: Any, place: Place) -> list[str]:
    """As many calls as expected, each with the members that are named."""
    if len(found) != len(expected):
        return [f"{len(found)} calls instead of {len(expected)}: {found!r}"]
    return [
        fault
        for number, (call, hopes) in enumerate(zip(found, expected, strict=True))
        for fault in _part(f"calls[{number}]", call, hopes, place)
    ]


def _nullable(value: Any) -> Any:
    return None if value == "none" else value


def _json_body(body: str, expected: Mapping[str, Any]) -> list[str]:
    """Compared parsed; an expected ``"*"`` stands for any text."""
    try:
        found = json.loads(body)
    except ValueError:
        return [f"body {body!r} is not JSON"]
    if set(found) != set(expected):
        return [f"body {body!r} has other members"]
    wrong = [key for key, value in expected.items() if value not in ("*", found[key])]
    return [f"body {body!r} differs in {wrong}"] if wrong else []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8"])
def test_json_is_json_in_every_encoding(place: Place, encoding: str) -> None:
    """A report in JSON is UTF-8 (RFC 8259 section 8.1) or plain ASCII, whatever the encoding of stdout."""
    command = [sys.executable, "-m", "certgate", "validate", "escapes.cer", "--policy", "policy.xml"]
    (place.pki / "policy.xml").write_text("<policies />", encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(HERE.parents[1])}
    ran = subprocess.run(
        [*command, "--format", "json"], cwd=place.pki, env=environment, capture_output=True, timeout=60, check=False
    )
    assert json.loads(ran.stdout.decode("utf-8"))["cases"][0]["certificate"]["subject"].endswith('ü😀"')


def test_every_scenario_has_its_own_id() -> None:
    """No id stands twice in an area."""
    seen: list[str] = [str(one.id) for one in collected()]
    assert sorted(seen) == sorted(set(seen))


def test_scenarios_are_many() -> None:
    """A lost file is noticed."""
    assert len(collected()) >= 200
