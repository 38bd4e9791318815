"""Real parts for tests: an authority of two levels run by the ``openssl`` command, a web server for its lists and
certificates, and its OCSP responder. All listens on the loopback address only."""

from __future__ import annotations

import base64
import subprocess
import tempfile
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMAND = "openssl"

_CONFIGURATION = """
[ca]
default_ca = this
[this]
database = {folder}/index.txt
new_certs_dir = {folder}
serial = {folder}/serial
crlnumber = {folder}/crlnumber
certificate = {folder}/authority.pem
private_key = {folder}/authority.key
default_md = sha256
default_days = 30
default_crl_days = 7
unique_subject = no
policy = any
crl_extensions = list
[any]
commonName = supplied
[list]
authorityKeyIdentifier = keyid
[users]
authorityKeyIdentifier = keyid
issuingDistributionPoint = critical,onlyuser:TRUE
[authorities]
authorityKeyIdentifier = keyid
issuingDistributionPoint = critical,onlyCA:TRUE
[reasons]
authorityKeyIdentifier = keyid
issuingDistributionPoint = critical,onlysomereasons:keyCompromise
[indirect]
authorityKeyIdentifier = keyid
issuingDistributionPoint = critical,indirectCRL:TRUE
[req]
distinguished_name = name
prompt = no
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[responder]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[stranger]
basicConstraints = critical,CA:false
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[client]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def openssl(*arguments: str | Path) -> str:
    """Run one ``openssl`` command and give what it prints. What it complains of is in the error."""
    done = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


class Site:
    """A web server on this machine: what lies under which path, who answers what comes to which path (without its last
    part), and which were asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.answers: dict[str, Callable[[bytes], bytes]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                self.give(*site.page(self.path))

            def do_POST(self) -> None:
                site.asked.append(self.path)
                answer, size = site.answers.get(self.path), int(self.headers["Content-Length"])
                self.give(None if answer is None else answer(self.rfile.read(size)), "ocsp-response")

            def give(self, body: bytes | None, kind: str) -> None:
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", f"application/{kind}")
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def page(self, path: str) -> tuple[bytes | None, str]:
        """What is given for a GET, and its kind; the last part of the path may be a request as in RFC 6960, A.1."""
        start, _, last = path.rpartition("/")
        answer = self.answers.get(start)
        if answer is None:
            return self.pages.get(path), "octet-stream"
        return answer(base64.b64decode(urllib.parse.unquote(last), validate=True)), "ocsp-response"

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Office:
    """One authority in a folder of its own, as ``openssl ca`` keeps it."""

    def __init__(self, folder: Path, name: str, above: Office | None = None, extensions: str = "") -> None:
        folder.mkdir()
        self.folder, self.certificate, self.key = folder, folder / "authority.pem", folder / "authority.key"
        for file, text in (("index.txt", ""), ("serial", "1000\n"), ("crlnumber", "01\n")):
            (folder / file).write_text(text)
        self.configuration = folder / "openssl.cnf"
        self.configuration.write_text(_CONFIGURATION.format(folder=folder.as_posix()))
        if above is None:
            new = ("-x509", "-days", "60", "-extensions", "root", "-out", self.certificate)
            openssl("req", *self._with_key(self.key), *new, "-config", self.configuration, "-subj", f"/CN={name}")
        else:
            above.issue(name, "authority", extensions, key=self.key, out=self.certificate)

    def _with_key(self, key: Path) -> tuple[str | Path, ...]:
        """The options for a request with this key, which is made where it does not exist."""
        if key.exists():
            return ("-key", key)
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key)

    def issue(
        self,
        name: str,
        kind: str = "client",
        extensions: str = "",
        *,
        key: Path | None = None,
        out: Path | None = None,
        dates: tuple[str, ...] = (),
    ) -> Path:
        """A certificate; `kind` is a section of the configuration, `extensions` lines that are added to it."""
        key, out = key or self.folder / f"{name}.key", out or self.folder / f"{name}.pem"
        request, added = self.folder / f"{name}.csr", self.folder / f"{name}.cnf"
        section = _CONFIGURATION.partition(f"[{kind}]\n")[2].partition("\n[")[0]
        added.write_text(f"[added]\n{section}\n{extensions}\n")
        named = ("-config", self.configuration, "-subj", f"/CN={name}")
        openssl("req", *self._with_key(key), "-new", "-out", request, *named)
        how = ("-batch", "-notext", "-config", self.configuration, "-extfile", added, "-extensions", "added")
        openssl("ca", *how, *dates, "-in", request, "-out", out)
        return out

    def revoke(self, certificate: Path, reason: str = "keyCompromise") -> None:
        openssl("ca", "-config", self.configuration, "-revoke", certificate, "-crl_reason", reason)

    def forget(self, name: str) -> None:
        """Lose the entry of a certificate."""
        index = self.folder / "index.txt"
        lines = index.read_text().splitlines(keepends=True)
        index.write_text("".join(line for line in lines if not line.endswith(f"/CN={name}\n")))

    def revocation_list(self, *options: str) -> bytes:
        """The list of the present moment, in PEM as the command writes it."""
        out = self.folder / "list.pem"
        openssl("ca", "-config", self.configuration, "-gencrl", "-out", out, *options)
        return out.read_bytes()

    @contextmanager
    def responder(self, *options: str | Path, signer: Path | None = None, key: Path | None = None) -> Iterator[str]:
        """A responder for this authority's certificates while the block lasts; gives its address.

        The command makes each answer from a file: as a server it would listen on all addresses of the machine.
        """
        known = ("-index", self.folder / "index.txt", "-CA", self.certificate)
        signing = ("-rsigner", signer or self.certificate, "-rkey", key or self.key)
        failed: list[str] = []

        def answer(request: bytes) -> bytes:
            with tempfile.TemporaryDirectory() as folder:
                asked, made = Path(folder, "request.der"), Path(folder, "answer.der")
                asked.write_bytes(request)
                try:
                    openssl("ocsp", *known, *signing, "-reqin", asked, "-respout", made, *options)
                    return made.read_bytes()
                except (AssertionError, OSError, subprocess.SubprocessError) as error:
                    failed.append(str(error))
                    return b""

        site = Site()
        site.answers["/ocsp"] = answer
        try:
            yield site.url("/ocsp")
        finally:
            site.close()
        # Or a command that fails would pass for a responder whose answers nobody believes.
        assert not failed


def der(pem: bytes, kind: str = "x509") -> bytes:
    """The DER of a PEM certificate or list (``crl``), by the command."""
    done = subprocess.run([COMMAND, kind, "-outform", "DER"], input=pem, capture_output=True, timeout=30, check=True)
    return done.stdout
