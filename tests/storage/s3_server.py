"""As much of S3 as a blob store needs, over loopback: objects, If-None-Match and multipart."""

import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    objects: dict[str, bytes]
    uploads: dict[str, dict[int, bytes]]

    def log_message(self, *_words):
        """Say nothing."""

    def _answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _target(self):
        parts = urlsplit(self.path)
        return parts.path, parse_qs(parts.query, keep_blank_values=True)

    def do_HEAD(self):
        content = self.objects.get(self._target()[0])
        if content is None:
            self._answer(404)
            return
        self._answer(200, **_facts(content))

    def do_GET(self):
        content = self.objects.get(self._target()[0])
        if content is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return
        self._answer(200, content, **_facts(content))

    def do_PUT(self):
        path, query = self._target()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "uploadId" in query:
            self.uploads[query["uploadId"][0]][int(query["partNumber"][0])] = body
        elif self.headers.get("If-None-Match") == "*" and path in self.objects:
            self._answer(412, b"<Error><Code>PreconditionFailed</Code></Error>")
            return
        else:
            self.objects[path] = body
        self._answer(200, ETag=f'"{len(body)}"')

    def do_POST(self):
        path, query = self._target()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "uploads" in query:
            upload = uuid.uuid4().hex
            self.uploads[upload] = {}
            name = f"<UploadId>{upload}</UploadId>"
            answer = f"<InitiateMultipartUploadResult>{name}</InitiateMultipartUploadResult>"
        elif "uploadId" in query:
            parts = self.uploads.pop(query["uploadId"][0])
            self.objects[path] = b"".join(parts[number] for number in sorted(parts))
            answer = "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"
        else:
            keys = [key.decode() for key in re.findall(rb"<Key>(.*?)</Key>", body)]
            for key in keys:
                self.objects.pop(path.rstrip("/") + "/" + key, None)
            deleted = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            answer = f"<DeleteResult>{deleted}</DeleteResult>"
        self._answer(200, answer.encode())

    def do_DELETE(self):
        path, query = self._target()
        if "uploadId" in query:
            self.uploads.pop(query["uploadId"][0], None)
        else:
            self.objects.pop(path, None)
        self._answer(204)


def _facts(content):
    return {
        "Content_Length": str(len(content)),
        "ETag": f'"{len(content)}"',
        "Last_Modified": "Tue, 24 Nov 2026 12:00:00 GMT",
    }


class S3:
    """A running server: its address and what it holds."""

    def __init__(self, endpoint: str, handler: type[_Handler]) -> None:
        self.endpoint = endpoint
        self.objects = handler.objects
        self.uploads = handler.uploads

    def options(self) -> dict[str, str]:
        return {
            "endpoint": self.endpoint,
            "region": "eu-central-1",
            "access_key_id": "tester",
            "secret_access_key": "not-a-secret",
        }


@contextmanager
def s3_server() -> Iterator[S3]:
    """Serve an empty bucket on a free port."""
    handler = type("Handler", (_Handler,), {"objects": {}, "uploads": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield S3(f"http://127.0.0.1:{server.server_address[1]}", handler)
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
