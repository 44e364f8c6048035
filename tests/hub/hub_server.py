"""A model hub on loopback: what its client library asks for, answered from a folder."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class LoopbackHub:
    """One model at one commit, and the paths that were asked for."""

    def __init__(self, model: str, folder: Path) -> None:
        self.model = model
        self.folder = folder
        self.commit = hashlib.sha1(b"first").hexdigest()
        self.asked: list[str] = []
        self.url = ""

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Give status, headers and body for a path."""
        self.asked.append(path)
        where = path.partition("?")[0]
        if where == f"/api/models/{self.model}/tree/{self.commit}":
            kind = {"Content-Type": "application/json"}
            return 200, kind, json.dumps([self._entry(file) for file in self._files()]).encode()
        start, _, rest = where.partition("/resolve/")
        file = self.folder / rest.partition("/")[2]
        if start != f"/{self.model}":
            return 404, {"X-Error-Code": "RepoNotFound"}, b""
        if not file.is_file():
            return 404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": self.commit}, b""
        facts = {"X-Repo-Commit": self.commit, "ETag": f'"{_oid(file)}"'}
        return 200, facts, file.read_bytes()

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def _entry(self, file: Path) -> dict[str, object]:
        name = file.relative_to(self.folder).as_posix()
        return {"type": "file", "path": name, "size": file.stat().st_size, "oid": _oid(file)}


@contextmanager
def serving(hub: LoopbackHub) -> Iterator[LoopbackHub]:
    """Serve the hub while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._send()

        def do_GET(self) -> None:
            self.wfile.write(self._send())

        def _send(self) -> bytes:
            status, headers, body = hub.answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            return body

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _oid(file: Path) -> str:
    return hashlib.sha1(file.read_bytes()).hexdigest()
