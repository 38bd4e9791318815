"""Who answers for a world, in which order, and what is kept, recorded and counted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from certgate.core.errors import InputError
from certgate.core.fetch import Answer, Fetcher, Given, Kind
from certgate.core.value import replace
from certgate.core.world import World
from certgate.net.cache import Cache, Kept
from certgate.net.fetcher import MAX_REDIRECTS, Limits, WorldFetcher, fetcher_of
from certgate.net.responses import Responses
from tests.net.server import BODY, Server, answer, raw, redirect, trickling

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FETCHED = datetime(2026, 5, 1, tzinfo=UTC)
URL = "http://pki.example/a.crl"
B64 = "MAMCAQE="
ONLINE = World(NOW, online=True, timeout=0.4, max_size=100_000)
HERE = ["127.0.0.1"]


def online(world: World = ONLINE, limits: Limits | None = None, **changes: object) -> WorldFetcher:
    """A fetcher that finds every host on this machine."""
    world = replace(world, **changes)
    return WorldFetcher(world, limits=limits, resolve=lambda host, port: HERE, now=lambda: FETCHED)


def ask(fetcher: Fetcher, url: str = URL, kind: Kind = Kind.CRL, *, trusted: bool = True, fresh: bool = True) -> Answer:
    return fetcher.ask(url, kind, trusted=trusted, fresh=lambda body, fetched: fresh)


def replaying(rows: Mapping[str, object], **changes: object) -> WorldFetcher:
    return fetcher_of(World(NOW, responses=rows, **changes))  # type: ignore[arg-type]


class TestOffline:
    def test_nothing_is_known(self) -> None:
        """Nobody is asked; the options that would change that are named."""
        found = ask(fetcher_of(World(NOW)))
        assert (found.known, found.body, found.given) == (False, None, Given.NOBODY)
        assert found.settle == ("--online", "--responses FILE")

    def test_the_cache_answers(self) -> None:
        """As long as what it has is fresh, by what the asking side says of the body and of its age."""
        mapping: dict[str, bytes] = {}
        Cache(mapping).keep(Kept(URL, Kind.CRL, FETCHED, 203, BODY))
        fetcher = fetcher_of(World(NOW, cache=mapping))
        seen: list[tuple[bytes, datetime]] = []

        def fresh(body: bytes, fetched: datetime) -> bool:
            seen.append((body, fetched))
            return True

        found = fetcher.ask(URL, Kind.CRL, trusted=True, fresh=fresh)
        assert seen == [(BODY, FETCHED)]
        assert found == Answer(URL, Given.CACHE, BODY, 203, fetched=FETCHED)
        stale = ask(fetcher, fresh=False)
        assert (stale.known, "2026-05-01" in stale.error) == (False, True)
        assert fetcher.kept(URL, Kind.CRL) == found
        assert fetcher.kept(URL, Kind.OCSP) is None
        assert fetcher.kept("http://other.example/", Kind.CRL) is None


class TestResponses:
    def test_listed_and_not_listed(self) -> None:
        """The body whatever the status; what is not listed answers 404, even of an empty recording, and is known."""
        fetcher = replaying({URL: {"status": 404, "body": B64}})
        assert ask(fetcher) == Answer(URL, Given.RESPONSES, BODY, 404)
        other = ask(replaying({}))
        assert (other.known, other.status, other.body, other.given) == (True, 404, None, Given.RESPONSES)
        assert "not among the recorded answers" in other.error

    @pytest.mark.parametrize("error", ["timeout", "connection"])
    def test_no_answer(self, error: str) -> None:
        """It is known that there is none."""
        found = ask(replaying({URL: {"error": error}}))
        assert (found.known, found.body, found.status, bool(found.error)) == (True, None, None, True)

    def test_an_empty_body_is_none(self) -> None:
        """And the words say so."""
        found = ask(replaying({URL: {"status": 200}}))
        assert (found.known, found.body, found.status, found.error) == (
            True,
            None,
            200,
            "it answers 200 with nothing in it",
        )

    def test_a_responder_by_its_plain_address(self) -> None:
        """Only for OCSP, and not behind a redirect."""
        rows = {
            "http://o": {"status": 200, "body": B64},
            "http://r": {"status": 302, "headers": {"Location": "http://o/x"}},
        }
        assert ask(replaying(rows), "http://o/MEIw%2B", Kind.OCSP).body == BODY
        assert ask(replaying(rows), "http://o/MEIw%2B", Kind.CRL).body is None
        assert ask(replaying(rows), "http://r/MEIw%2B", Kind.OCSP).status == 404

    def test_they_win_over_cache_and_network(self) -> None:
        """Given once, nobody else is asked."""
        mapping: dict[str, bytes] = {}
        Cache(mapping).keep(Kept(URL, Kind.CRL, FETCHED, 200, BODY))
        assert ask(replaying({}, cache=mapping, online=True)).given is Given.RESPONSES

    def test_they_warm_a_cache(self) -> None:
        """Given together with one: a world without them then finds the answers there, by the moment of the world."""
        mapping: dict[str, bytes] = {}
        rows = {
            URL: {"status": 302, "headers": {"Location": "b"}},
            "http://pki.example/b": {"status": 200, "body": B64},
        }
        assert ask(replaying(rows, cache=mapping)).body == BODY
        assert fetcher_of(World(NOW, cache=mapping)).kept(URL, Kind.CRL) == Answer(
            URL, Given.CACHE, BODY, 200, fetched=NOW
        )

    def test_malformed(self) -> None:
        """What is no answer is said before anybody asks."""
        with pytest.raises(InputError) as error:
            replaying({URL: {"status": "200"}})
        assert error.value.code == "responses-status"


GOAL = "http://pki.example/goal"


def redirecting(location: str | None, status: int = 302) -> dict[str, object]:
    return {"status": status, "headers": {} if location is None else {"Location": location}, "body": B64}


class TestRedirects:
    """The rules of .NET, the same for what is recorded and for the network."""

    @pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
    @pytest.mark.parametrize("location", [GOAL, "/goal", "goal", "//pki.example/goal", "HTTP://pki.example/goal#x"])
    def test_followed(self, status: int, location: str) -> None:
        """Whole and relative addresses."""
        found = ask(replaying({URL: redirecting(location, status), GOAL: {"status": 200, "body": B64}}))
        assert (found.url, found.status, found.body) == (URL, 200, BODY)

    @pytest.mark.parametrize("status", [304, 305, 306, 309, 399])
    def test_other_statuses_are_answers(self, status: int) -> None:
        """Their body counts."""
        assert ask(replaying({URL: redirecting(GOAL, status)})).body == BODY

    @pytest.mark.parametrize(
        "location",
        [
            None,
            "",
            "https://pki.example/goal",
            "file:///etc/passwd",
            "ftp://a/b",
            "javascript:1",
            "//[::1",
        ],
    )
    def test_not_followed(self, location: str | None) -> None:
        """Nowhere, or to another scheme: no answer, which is known."""
        found = ask(replaying({URL: redirecting(location)}))
        assert (found.known, found.body, bool(found.error)) == (True, None, True)

    @pytest.mark.parametrize("location", ["http://a\u00fc/", "/\u00fc", "/\ud800"])
    def test_to_an_address_in_other_characters(self, location: str) -> None:
        """The gateway would follow it, and certgate does not: not known."""
        found = ask(replaying({URL: redirecting(location)}))
        assert (found.known, found.body, found.given) == (False, None, Given.NOBODY)

    def test_around_in_a_circle(self) -> None:
        """Ends at once."""
        other = "http://pki.example/b"
        found = ask(replaying({URL: redirecting(other), other: redirecting(URL)}))
        assert (found.known, found.body, found.error) == (True, None, "it leads around in a circle")

    @pytest.mark.parametrize(("count", "reached"), [(MAX_REDIRECTS, True), (MAX_REDIRECTS + 1, False)])
    def test_how_often(self, count: int, reached: bool) -> None:
        """Ten times, no more."""
        rows = {f"http://a/{at}": redirecting(f"/{at + 1}") for at in range(count)}
        found = ask(replaying({**rows, f"http://a/{count}": {"status": 200, "body": B64}}), "http://a/0")
        assert (found.known, found.body) == (True, BODY if reached else None)

    def test_over_the_network(self) -> None:
        """To another host, and the way is recorded."""
        with Server({"/b": answer()}) as second, Server({"/a": redirect(f"http://b.example:{second.port}/b")}) as first:
            fetcher = online()
            found = ask(fetcher, first.url("/a", "a.example"))
            assert second.requests[0].startswith("GET /b HTTP/1.1\r\nHost: b.example:")
            assert "Referer" not in second.requests[0]
        assert (found.given, found.body) == (Given.NETWORK, BODY)
        assert list(json.loads(fetcher.recorded())) == [
            f"http://a.example:{first.port}/a",
            f"http://b.example:{second.port}/b",
        ]

    @pytest.mark.parametrize(
        "location",
        ["http://127.0.0.1/", "http://[::1]/", "http://localhost/", "http://2130706433/", "http://inside.example/"],
    )
    def test_to_a_private_address(self, location: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Not for a certificate that is not trusted: neither asked nor known, and nothing of it is recorded.

        The proxy stands for the server of a public address.
        """
        hosts = {"public.example": "8.8.8.8"}
        with Server({"http://public.example/": redirect(location)}) as proxy:
            monkeypatch.setenv("http_proxy", proxy.url())
            fetcher = WorldFetcher(ONLINE, resolve=lambda host, port: [hosts.get(host, "127.0.0.1")])
            found = ask(fetcher, "http://public.example/", trusted=False)
            assert proxy.paths == ["http://public.example/"]
        assert (found.known, found.settle) == (False, ("--allow-private-network",))
        assert json.loads(fetcher.recorded()) == {}
        assert fetcher.left_out == ("http://public.example/",)


class TestNetwork:
    def test_an_answer(self) -> None:
        """What came, when, and how long it took; the same address is asked once, by whomever."""
        with Server({"/a": answer()}) as server:
            fetcher = online()
            found = ask(fetcher, server.url("/a"))
            assert ask(fetcher, server.url("/a"), trusted=False) is found
            assert server.paths == ["/a"]
        assert (found.given, found.body, found.status, found.fetched) == (Given.NETWORK, BODY, 200, FETCHED)
        assert found.seconds is not None
        assert 0 <= found.seconds < 1

    def test_a_refusal_is_not_remembered(self) -> None:
        """A trusted certificate that names the same address gets its answer."""
        with Server({"/a": answer()}) as server:
            fetcher = online()
            assert not ask(fetcher, server.url("/a"), trusted=False).known
            assert ask(fetcher, server.url("/a"), trusted=True).body == BODY
            assert fetcher.left_out == ()
            assert ask(online(allow_private_network=True), server.url("/a"), trusted=False).body == BODY

    def test_what_is_not_known_is_asked_once_too(self) -> None:
        """For a stranger's certificate and for a trusted one: too much stays too much."""
        with Server({"/a": answer(b"x" * 200_000)}) as server:
            fetcher = online()
            first = ask(fetcher, server.url("/a"))
            assert ask(fetcher, server.url("/a")) is first
            assert not ask(fetcher, server.url("/a"), trusted=False).known
            assert server.paths == ["/a"]
        assert fetcher.left_out == (server.url("/a"),)

    def test_what_two_addresses_lead_to_is_asked_once(self) -> None:
        """So that it says the same to both of them, as in a replay."""
        with Server({"/a": redirect("/c"), "/b": redirect("/c"), "/c": answer()}) as server:
            fetcher = online()
            found = [ask(fetcher, server.url(path)) for path in ("/a", "/b", "/c")]
            assert server.paths == ["/a", "/c", "/b"]
        assert [one.body for one in found] == [BODY] * 3

    def test_what_comes_too_late_after_a_redirect(self) -> None:
        """It is the first address that gave nothing in time, in the recording too; the other one has its own time."""
        slow = trickling(b"HTTP/1.1 200 OK\r\nX: ", b"x")
        with Server({"/a": redirect("/b"), "/b": slow}) as server:
            fetcher = online()
            late = ask(fetcher, server.url("/a"))
            server.answers["/b"] = answer()
            assert ask(fetcher, server.url("/b")).body == BODY
        again = fetcher_of(World(NOW, responses=json.loads(fetcher.recorded())))
        assert (late.known, late.body, ask(again, server.url("/a")).body) == (True, None, None)
        assert ask(again, server.url("/b")).body == BODY

    @pytest.mark.parametrize(
        ("url", "words"),
        [("ftp://a/b", "neither http nor https"), ("http://a b/", "characters"), (f"http://a/{'b' * 3000}", "longer")],
    )
    def test_what_is_not_asked(self, url: str, words: str) -> None:
        """Not known, since the gateway might."""
        found = ask(online(), url)
        assert (found.known, words in found.error) == (False, True)

    def test_the_time_is_for_all_of_it(self) -> None:
        """Redirects that each take a while end together at the time-out."""
        with Server({"/slow": trickling(b"HTTP/1.1 200 OK\r\nX: ", b"x"), "/a": redirect("/slow")}) as server:
            found = ask(online(), server.url("/a"))
        assert (found.known, found.error) == (True, "it gives no whole answer within 0.4 s")
        assert found.seconds is not None
        assert found.seconds < 1

    @pytest.mark.parametrize(
        "limits", [Limits(fetches=2), Limits(bytes=len(BODY) * 2 - 1), Limits(seconds=1e-9)], ids=str
    )
    def test_limits_of_a_run(self, limits: Limits) -> None:
        """What is beyond them is not known; what was answered before stays."""
        with Server({"/1": answer(), "/2": answer(), "/3": answer()}) as server:
            fetcher = online(limits=limits)
            found = [ask(fetcher, server.url(path)) for path in ("/1", "/2", "/3", "/1")]
        assert [one.known for one in found] == [True, limits.seconds > 1, False, True]
        assert found[2].settle == ("--responses FILE",)

    def test_what_does_not_come_whole_counts_too(self) -> None:
        """Bodies that are too large use up the bytes of a run."""
        endless = raw(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000)
        with Server({"/1": endless, "/2": answer()}) as server:
            fetcher = online(limits=Limits(bytes=50_000), max_size=100_000)
            assert ask(fetcher, server.url("/1")).settle == ("--max-size BYTES",)
            assert "limit" in ask(fetcher, server.url("/2")).error

    def test_the_cache_comes_first_and_is_filled(self, tmp_path: Path) -> None:
        """What is fresh there is not asked for; what was asked for is there for the next run."""
        with Server({"/a": answer(), "/page": answer(b"<html>log in first</html>")}) as server:
            first = online(cache=tmp_path)
            ask(first, server.url("/a"))
            ask(first, server.url("/page"))
            second = online(cache=tmp_path)
            found = ask(second, server.url("/a"))
            again = ask(second, server.url("/a"), fresh=False)
            assert server.paths == ["/a", "/page", "/a"]
        assert (found.given, found.body, found.fetched) == (Given.CACHE, BODY, FETCHED)
        assert again.given is Given.NETWORK
        assert len(list(tmp_path.iterdir())) == 1

    @pytest.mark.parametrize("answering", [raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n0"), answer(b"")])
    def test_nothing_partial_is_kept(self, tmp_path: Path, answering: object) -> None:
        """Half an answer and an empty one leave no file, and do not displace a whole one."""
        with Server({"/a": answer()}) as server:
            ask(online(cache=tmp_path), server.url("/a"))
            server.answers["/a"] = answering  # type: ignore[assignment]
            fetcher = online(cache=tmp_path)
            assert ask(fetcher, server.url("/a"), fresh=False).body is None
            held = fetcher.kept(server.url("/a"), Kind.CRL)
        assert held is not None
        assert held.body == BODY
        assert len(list(tmp_path.iterdir())) == 1

    def test_a_cache_that_cannot_be_written(self, tmp_path: Path) -> None:
        """One note, and no error."""
        (tmp_path / "file").write_text("")
        with Server({"/a": answer(), "/b": answer()}) as server:
            fetcher = online(cache=tmp_path / "file")
            assert ask(fetcher, server.url("/a")).body == BODY
            assert ask(fetcher, server.url("/b")).body == BODY
        [note] = fetcher.notes
        assert note.startswith("nothing is kept: the cache cannot be written")


def test_a_recording_replays() -> None:
    """Answers, redirects, silences and what came from the cache give the same again, without the network."""
    mapping: dict[str, bytes] = {}
    with Server({"/a": answer(BODY, "404 Not Found"), "/r": redirect("/a"), "/e": answer(b"")}) as server:
        urls = [server.url(path) for path in ("/a", "/r", "/e", "/kept", "/unlisted")]
        Cache(mapping).keep(Kept(urls[3], Kind.CRL, FETCHED, 200, BODY))
        slow, garbage = trickling(b"", b"x"), raw(b"garbage\r\n")
        server.answers |= {"/slow": slow, "/garbage": garbage}
        urls += [server.url("/slow"), server.url("/garbage")]
        fetcher = online(cache=mapping)
        live = [ask(fetcher, url) for url in urls]
    text = fetcher.recorded()
    assert text == fetcher.recorded()
    assert list(json.loads(text)) == sorted(urls)
    replay = fetcher_of(World(NOW, responses=Responses.parse(json.loads(text))))
    again = [ask(replay, url) for url in urls]
    assert [(one.known, one.status, one.body) for one in again] == [(one.known, one.status, one.body) for one in live]
    assert [bool(one.error) for one in again] == [bool(one.error) for one in live]


def test_limits_are_those_of_the_contract() -> None:
    """A redirect more than .NET follows is not followed; a run has an end."""
    assert MAX_REDIRECTS == 10
    assert Limits() == Limits(1000, 512 * 1024 * 1024, 600)
    assert World().timeout == timedelta(seconds=15).total_seconds()
