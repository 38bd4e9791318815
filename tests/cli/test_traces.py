"""Traces in the gateway's own shape, and a real one beside the simulated one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Certgate, Ran

POLICY = """
<policies>
    <inbound>
        <base />
        <set-variable name="n" value="@(1 + 1)" />
        <set-variable name="t" value="text" />
        <check-header name="X-A" failed-check-httpcode="401" failed-check-error-message="no" ignore-case="true">
            <value>one</value>
        </check-header>
        <choose>
            <when condition="@(context.Request.Certificate == null)">
                <trace source="mine" severity="information">@("seen " + context.Variables["n"])</trace>
            </when>
        </choose>
        <set-header name="X-B" exists-action="override"><value>@(~)</value></set-header>
    </inbound>
    <backend><base /></backend>
    <outbound><base /></outbound>
    <on-error><base /></on-error>
</policies>"""
ASKED = [
    *("--url", "https://api.contoso.com/a?b=1"),
    *("--header", "X-A: one"),
    *("--header", "Authorization: Bearer s3cret-token"),
]


@pytest.fixture
def trace(certgate: Certgate, tmp_path: Path) -> Any:
    """The trace of the policy with an expression in it."""

    def call(expression: str = '"b"', *more: str) -> Any:
        (tmp_path / "p.xml").write_text(POLICY.replace("~", expression), encoding="utf-8")
        ran = certgate(*_validate(tmp_path), "--format", "apim-trace", *more)
        return ran.json

    return call


def _validate(folder: Path, asked: list[str] = ASKED) -> list[str]:
    at = ["--at", "2026-06-01T00:00:00Z"]
    return ["validate", "--no-certificate", "--policy", (folder / "p.xml").as_posix(), *at, *asked]


def _of(entries: list[Any], source: str) -> list[Any]:
    return [entry["data"] for entry in entries if entry["source"] == source]


def test_a_trace_has_the_shape_of_the_gateways_own(trace: Any) -> None:
    """Sections that ran, entries with moments, and data by source."""
    found = trace()
    sections = found["traceEntries"]
    assert len(found["traceId"]) == 32
    assert list(sections) == ["inbound", "backend", "outbound"]
    inbound = sections["inbound"]
    assert [entry["source"] for entry in inbound[:2]] == ["api-inspector", "api-inspector"]
    request = inbound[0]["data"]["request"]
    assert (request["method"], request["url"]) == ("GET", "https://api.contoso.com/a?b=1")
    assert {"name": "X-A", "value": "one"} in request["headers"]
    assert set(inbound[1]["data"]["configuration"]) == {"api", "operation", "user", "product"}
    assert _of(inbound, "set-variable") == [
        {"message": "Context variable was successfully set.", "name": "n", "value": 2},
        {"message": "Context variable was successfully set.", "name": "t", "value": "text"},
    ]
    assert _of(inbound, "check-header") == [{"message": "Header validated.", "header": {"name": "X-A", "value": "one"}}]
    evaluated = "Expression was successfully evaluated."
    assert _of(inbound, "choose") == [
        {"message": evaluated, "expression": "context.Request.Certificate == null", "value": True}
    ]
    assert _of(inbound, "trace") == [
        {"message": evaluated, "expression": '"seen " + context.Variables["n"]', "value": "seen 2"}
    ]
    (forwarded,) = _of(sections["backend"], "forward-request")
    assert forwarded["message"] == "Request is being forwarded to the backend service. Timeout set to 300 seconds"
    assert forwarded["request"]["url"].endswith("?b=1")


def test_every_entry_has_its_moment(trace: Any) -> None:
    """Seven decimals and Z, each later than the one before, and the time since the request came."""
    entries = [entry for section in trace()["traceEntries"].values() for entry in section]
    moments = [entry["timestamp"] for entry in entries]
    assert moments == sorted(set(moments))
    assert moments[0] == "2026-06-01T00:00:00.0000001Z"
    assert entries[0]["elapsed"] == "00:00:00.0000001"


def test_a_failing_expression_is_told_as_the_gateway_tells_it(trace: Any) -> None:
    """Three messages, then on-error."""
    sections = trace("((string)null).Length")["traceEntries"]
    assert list(sections) == ["inbound", "on-error"]
    details = "Object reference not set to an instance of an object."
    assert sections["inbound"][-1]["data"] == {
        "messages": [
            {
                "message": "Expression evaluation failed.",
                "expression": "((string)null).Length",
                "details": details,
            },
            f"Expression evaluation failed. {details}",
            details,
        ]
    }


def test_what_lets_a_client_in_is_masked(trace: Any) -> None:
    """No credential of the request is in a trace."""
    assert "s3cret-token" not in json.dumps(trace())


def test_the_trace_policy_adds_nothing_on_v2_tiers(trace: Any) -> None:
    """As Microsoft says of the test console."""
    assert _of(trace('"b"', "--tier", "standardv2")["traceEntries"]["inbound"], "trace") == []


def test_an_undecided_trace_says_so(trace: Any, tmp_path: Path, certgate: Certgate) -> None:
    """It ends with an entry of certgate's own."""
    sent = '<send-request mode="new" response-variable-name="r"><set-url>https://x.example/</set-url></send-request>'
    (tmp_path / "p.xml").write_text(f"<policies><inbound>{sent}</inbound></policies>", encoding="utf-8")
    ran = certgate(*_validate(tmp_path), "--format", "apim-trace")
    assert ran.code == 4
    last = ran.json["traceEntries"]["inbound"][-1]
    assert last["source"] == "certgate"
    assert last["data"]["message"].startswith("undecided: ")


def test_several_cases_are_a_list(trace: Any, tmp_path: Path, certgate: Certgate) -> None:
    """One trace for each case."""
    (tmp_path / "r.json").write_text("[{}, {}]", encoding="utf-8")
    trace()
    ran = certgate(*_validate(tmp_path, ["--request", (tmp_path / "r.json").as_posix()]), "--format", "apim-trace")
    assert len(ran.json) == 2


@pytest.fixture
def compare(certgate: Certgate, trace: Any, tmp_path: Path) -> Any:
    """Compare the simulated trace, changed by a function, with the simulation."""

    def call(change: Any = lambda found: found, *more: str) -> Ran:
        real = change(trace())
        (tmp_path / "real.json").write_text(json.dumps(real), encoding="utf-8")
        files = [(tmp_path / name).as_posix() for name in ("real.json", "p.xml")]
        return certgate("compare-trace", files[0], "--no-certificate", "--policy", files[1], *more)

    return call


@pytest.mark.parametrize(
    "wrap",
    [
        lambda found: found,
        lambda found: {"value": found},
        lambda found: {"properties": {"trace": [{"x": 1}, found]}},
        lambda found: {"serviceName": "contoso", "traceId": "1", "traceEntries": found["traceEntries"]},
        lambda found: {"traceEntries": {**found["traceEntries"], "on-error": []}},
    ],
)
def test_a_trace_is_the_same_as_itself(compare: Any, wrap: Any) -> None:
    """Request and moment are those of the trace, whatever wraps it."""
    ran = compare(wrap)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("the same — 6 steps")


def test_the_first_step_where_they_part_is_told(compare: Any) -> None:
    """Another value of a condition."""

    def change(found: Any) -> Any:
        entry = next(entry for entry in found["traceEntries"]["inbound"] if entry["source"] == "choose")
        entry["data"]["value"] = False
        return found

    ran = compare(change)
    assert ran.code == 5
    assert "they part at step 4" in ran.out
    assert "false   simulated: true" in ran.out
    document = compare(change, "--format", "json").json
    assert (document["same"], document["steps"], document["differs"]) == (False, 3, ["value"])
    assert document["real"]["source"] == document["simulated"]["source"] == "choose"


def test_a_step_too_many_or_too_few_is_told(compare: Any) -> None:
    """A step that only one of the two has."""

    def shortened(found: Any) -> Any:
        del found["traceEntries"]["backend"]
        return found

    document = compare(shortened, "--format", "json").json
    assert document["real"] is None
    assert document["simulated"]["source"] == "forward-request"

    def longer(found: Any) -> Any:
        found["traceEntries"]["inbound"].append({"source": "ip-filter", "data": {"messages": ["Access denied."]}})
        return found

    document = compare(longer, "--format", "json").json
    assert document["differs"] == ["step"]
    assert document["real"]["failed"] == "Access denied."


def test_what_is_not_compared_is_counted(compare: Any) -> None:
    """Moments and ids may differ, and sources that nothing is known of; blanks and spelling of flags too."""

    def change(found: Any) -> Any:
        inbound = found["traceEntries"]["inbound"]
        inbound.insert(2, {"source": "cors", "data": {"message": "skipped"}})
        for entry in inbound:
            entry["elapsed"] = "00:00:01"
            if entry["source"] == "choose":
                entry["data"] |= {"value": "True", "expression": "context.Request.Certificate  ==\n null"}
        found["traceEntries"]["backend"][0]["source"] = "request-forwarder"
        return found

    ran = compare(change)
    assert ran.code == 0
    assert "not compared" in ran.out
    assert "1 cors" in ran.out


@pytest.mark.parametrize(
    "text", ["{}", "[]", "7", '{"traceEntries": []}', '{"traceEntries": {"inbound": [7]}}', "<x/>"]
)
def test_what_is_no_trace_is_refused(certgate: Certgate, tmp_path: Path, text: str) -> None:
    """A file that holds no trace is unreadable."""
    (tmp_path / "p.xml").write_text("<policies />", encoding="utf-8")
    (tmp_path / "real.json").write_text(text, encoding="utf-8")
    files = [(tmp_path / name).as_posix() for name in ("real.json", "p.xml")]
    ran = certgate("compare-trace", files[0], "--no-certificate", "--policy", files[1])
    assert ran.code == 3
    assert "[trace-invalid]" in ran.err


def test_a_trace_is_of_one_client(certgate: Certgate, tmp_path: Path) -> None:
    """Several certificates are a usage error."""
    (tmp_path / "p.xml").write_text("<policies />", encoding="utf-8")
    (tmp_path / "real.json").write_text('{"traceEntries": {}}', encoding="utf-8")
    files = [(tmp_path / name).as_posix() for name in ("real.json", "p.xml")]
    certificate = "sample-certs/partner-a.cer"
    ran = certgate("compare-trace", files[0], certificate, "--no-certificate", "--policy", files[1])
    assert ran.code == 2
    assert "[certificate-several]" in ran.err


@pytest.mark.parametrize("form", ["human", "json"])
def test_a_real_trace_shows_no_secret(certgate: Certgate, tmp_path: Path, form: str) -> None:
    """What a secret named value really is stands in a real trace, and is masked where the two part."""
    policy = "<policies><inbound><base /><set-variable name='v' value='{{key}}' /></inbound></policies>"
    data = [{"name": "v", "value": "T0p-S3cret"}, {"name": "w", "value": "x T0P-S3CRET y"}]
    entries = [{"source": "set-variable", "data": each} for each in data]
    (tmp_path / "p.xml").write_text(policy, encoding="utf-8")
    (tmp_path / "real.json").write_text(json.dumps({"traceEntries": {"inbound": entries}}), encoding="utf-8")
    values = '[named-values]\nkey = { value = "T0p-S3cret", secret = true }\n'
    (tmp_path / "certgate.toml").write_text(values, encoding="utf-8")
    real, file, config = ((tmp_path / name).as_posix() for name in ("real.json", "p.xml", "certgate.toml"))
    asked = ["--no-certificate", "--policy", file, "--config", config, "--format", form]
    ran = certgate("compare-trace", real, *asked)
    assert ran.code == 5
    assert "x *** y" in ran.out
    assert "s3cret" not in (ran.out + ran.err).casefold()
