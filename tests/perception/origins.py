"""Origins of model bytes for tests: a loopback server that misbehaves on demand, and wheels."""

import hashlib
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Origin:
    """What a publisher's server holds and how it behaves.

    `stop_after` breaks the connection after that many bytes of a body, once; `ranges` off answers
    a resumed request with the whole file, as simple servers do.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.stop_after: int | None = None
        self.ranges = True
        self.status = 200
        self.asked: list[str | None] = []
        self.url = ""


@contextmanager
def serving(origin: Origin) -> Iterator[Origin]:
    """Serve the origin on loopback while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200)
            self.end_headers()

        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            origin.asked.append(wanted)
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            start = start if origin.ranges else 0
            body = origin.content[start:]
            resumed = 206 if start else 200
            self.send_response(resumed if origin.status == 200 else origin.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if origin.stop_after is not None:
                body, origin.stop_after = body[: origin.stop_after], None
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    origin.url = f"http://127.0.0.1:{server.server_port}/model.bin"
    try:
        yield origin
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def wheel(folder: Path, package: str, members: dict[str, bytes], version: str = "1.0") -> Path:
    """Build a wheel that carries files, and that would leave a trace if it were imported."""
    module = package.replace("-", "_")
    about = f"{module}-{version}.dist-info"
    files = {
        f"{module}/__init__.py": b"raise SystemExit('a package of data was run')\n",
        f"{about}/METADATA": (
            f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n".encode()
        ),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    } | {f"{module}/{name}": content for name, content in members.items()}
    record = "".join(f"{name},,\n" for name in [*files, f"{about}/RECORD"])
    path = folder / f"{module}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr(f"{about}/RECORD", record)
    return path


def sha256(content: bytes) -> str:
    """Give the hash as a manifest states it."""
    return hashlib.sha256(content).hexdigest()
