"""One loopback server that speaks the wire formats of three vision services and keeps what came."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BOX = {"Left": 0.25, "Top": 0.1, "Width": 0.5, "Height": 0.8}
REKOGNITION = {
    "DetectLabels": {
        "LabelModelVersion": "3.0",
        "Labels": [
            {"Name": "Dog", "Confidence": 98.0,
             "Instances": [{"BoundingBox": BOX, "Confidence": 96.0}]},
            {"Name": "Meadow", "Confidence": 93.0, "Instances": []},
            {"Name": "Fence", "Confidence": 75.0, "Instances": []},
            {"Name": "Cow", "Confidence": 55.0, "Instances": []},
        ],
    },
    "DetectText": {
        "TextModelVersion": "3.0",
        "TextDetections": [
            {"DetectedText": "Winter Sale", "Type": "LINE", "Confidence": 99.0,
             "Geometry": {"BoundingBox": BOX}},
            {"DetectedText": "Winter", "Type": "WORD", "Confidence": 99.0,
             "Geometry": {"BoundingBox": BOX}},
        ],
    },
    "DetectModerationLabels": {
        "ModerationModelVersion": "7.0",
        "ModerationLabels": [{"Name": "Alcohol", "ParentName": "", "Confidence": 95.0}],
    },
}  # fmt: skip
CORNERS = [
    {"x": 0.25, "y": 0.1},
    {"x": 0.75, "y": 0.1},
    {"x": 0.75, "y": 0.9},
    {"x": 0.25, "y": 0.9},
]
GOOGLE = {
    "labelAnnotations": [
        {"description": "Dog", "score": 0.98},
        {"description": "Meadow", "score": 0.93},
        {"description": "Fence", "score": 0.75},
        {"description": "Cow", "score": 0.55},
    ],
    "localizedObjectAnnotations": [
        {"name": "Dog", "score": 0.96, "boundingPoly": {"normalizedVertices": CORNERS}}
    ],
    "fullTextAnnotation": {
        "text": "Winter Sale\n",
        "pages": [{"blocks": [{"confidence": 0.99}]}],
    },
    "safeSearchAnnotation": {
        "adult": "VERY_UNLIKELY",
        "violence": "VERY_LIKELY",
        "racy": "UNLIKELY",
    },
}
AZURE = {
    "modelVersion": "2023-10-01",
    "metadata": {"width": 200, "height": 100},
    "tagsResult": {
        "values": [
            {"name": "dog", "confidence": 0.98},
            {"name": "meadow", "confidence": 0.93},
            {"name": "fence", "confidence": 0.75},
            {"name": "cow", "confidence": 0.55},
        ]
    },
    "objectsResult": {
        "values": [
            {
                "boundingBox": {"x": 50, "y": 10, "w": 100, "h": 80},
                "tags": [{"name": "dog", "confidence": 0.96}],
            }
        ]
    },
    "readResult": {
        "blocks": [
            {
                "lines": [
                    {
                        "text": "Winter Sale",
                        "boundingPolygon": [{"x": 50, "y": 10}, {"x": 150, "y": 10},
                                            {"x": 150, "y": 90}, {"x": 50, "y": 90}],
                        "words": [{"text": "Winter", "boundingPolygon": [], "confidence": 0.99}],
                    }
                ]
            }
        ]
    },
}  # fmt: skip


@dataclass
class Sent:
    """A request as it came: which service and call, the picture, the headers, the whole body."""

    call: str
    jpeg: bytes
    headers: dict[str, str]
    body: bytes
    asked: tuple[str, ...] = ()


@dataclass
class CloudServer:
    """What came, and answers that are given before the ordinary ones: status, headers, body."""

    url: str = ""
    sent: list[Sent] = field(default_factory=list)
    first: list[tuple[int, dict[str, str], object]] = field(default_factory=list)
    hang_up: int = 0


def _handler(state: CloudServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_words):
            """Say nothing."""

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            target = self.headers.get("X-Amz-Target", "")
            if target:
                call = target.partition(".")[2]
                jpeg = base64.b64decode(json.loads(body)["Image"]["Bytes"])
                answer, asked = REKOGNITION[call], (call,)
            elif self.path.startswith("/v1/images:annotate"):
                call, one = "annotate", json.loads(body)["requests"][0]
                jpeg = base64.b64decode(one["image"]["content"])
                asked = tuple(str(part["type"]) for part in one["features"])
                answer = {"responses": [GOOGLE]}
            else:
                assert self.path.startswith("/computervision/imageanalysis:analyze"), self.path
                call, jpeg, answer, asked = "analyze", body, AZURE, (self.path,)
            state.sent.append(Sent(call, jpeg, dict(self.headers), body, asked))
            if state.hang_up:
                state.hang_up -= 1
                self.close_connection = True
                return
            status, headers, said = state.first.pop(0) if state.first else (200, {}, answer)
            content = json.dumps(said).encode()
            self.send_response(status)
            kind = "application/x-amz-json-1.1" if target else "application/json"
            for name, value in {"Content-Type": kind, **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    return Handler


@contextmanager
def cloud_server() -> Iterator[CloudServer]:
    """Serve on a free port of this machine."""
    state = CloudServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
