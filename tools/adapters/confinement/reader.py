"""The process that reads: limits first, then one request after the other until nobody asks."""

import resource
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image

from tools.adapters.confinement.letters import Letter, receive, send
from tools.adapters.documents.files import FileDocuments
from tools.adapters.imaging.pillow import PillowImaging
from tools.adapters.probe.content import ContentProbe
from tools.adapters.sound import PyavSound
from tools.adapters.video import PyavVideo
from tools.adapters.vocabulary.files import FileVocabularies
from tools.core.errors import Fixable
from tools.core.perception import Box
from tools.core.ports import RenderSpec
from tools.core.taxonomy.concepts import written

TOO_LARGE = "It takes more memory to open than is allowed. Export it smaller, then add it again."
_FILES = 64


def serve(memory: int, seconds: int) -> None:
    """Answer requests from standard input on standard output; `memory` is in bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while (letter := receive(asked)) is not None:
        # Whoever asked may be dead by then, so that nobody else would end a reader that hangs.
        signal.alarm(seconds)
        send(answers, answer(letter.head))
        signal.alarm(0)


def answer(request: Any) -> Letter:
    """Carry out one request; what goes wrong is told, not raised."""
    try:
        return _WORK[request["call"]](Path(request["path"]), request)
    except Fixable as trouble:
        return Letter({"fixable": str(trouble)})
    except MemoryError:
        return Letter({"fixable": TOO_LARGE})
    except OSError as error:
        return Letter({"errno": error.errno or 0, "why": error.strerror or str(error)})
    except Exception:  # noqa: BLE001  (told to whoever asked, who logs it)
        return Letter({"bug": traceback.format_exc()})


def picture_letter(picture: Image.Image) -> tuple[dict[str, Any], bytes]:
    """Write a decoded picture as its mode, size and pixels."""
    return {"mode": picture.mode, "size": list(picture.size)}, picture.tobytes()


def _identify(path: Path, _: Any) -> Letter:
    return Letter({"facts": asdict(ContentProbe().identify(path))})


def _sidecar(path: Path, _: Any) -> Letter:
    return Letter({"said": ContentProbe().sidecar(path)})


def _read(path: Path, request: Any) -> Letter:
    return Letter({"text": asdict(FileDocuments().read(path, request["mime"]))})


def _schemas(path: Path, request: Any) -> Letter:
    found = FileDocuments().schemas(path, request["mime"])
    return Letter({"schemas": [asdict(schema) for schema in found]})


def _preview(path: Path, request: Any) -> Letter:
    page = FileDocuments().preview(path, request["mime"], request["page"])
    return Letter({"pictures": []}) if page is None else _pictures([(0.0, page)])


def _open(path: Path, request: Any) -> Letter:
    return _pictures([(0.0, PillowImaging().open(path, request["side"]))])


def _frames(path: Path, request: Any) -> Letter:
    found = PyavVideo().key_frames(path, request["count"], request["shots"])
    return _pictures([(f.seconds, f.picture) for f in found if isinstance(f.picture, Image.Image)])


def _shots(path: Path, _: Any) -> Letter:
    return Letter({"shots": PyavVideo().shots(path)})


def _sound(path: Path, request: Any) -> Letter:
    part = PyavSound().part(path, request["start"], request["seconds"])
    return Letter({"last": part.last}, [part.pcm])


def _render(path: Path, request: Any) -> Letter:
    spec = RenderSpec(**{**request["spec"], "crop": Box(**request["spec"]["crop"])})
    made = PillowImaging().render(path, spec)
    facts = {"mime": made.mime, "width": made.width, "height": made.height}
    return Letter({"rendered": facts}, [made.content])


def _vocabulary(path: Path, _: Any) -> Letter:
    return Letter({"concepts": written(FileVocabularies().read(path))})


def _pictures(found: list[tuple[float, Image.Image]]) -> Letter:
    written = [(seconds, *picture_letter(picture)) for seconds, picture in found]
    heads = [{"seconds": seconds, **facts} for seconds, facts, _ in written]
    return Letter({"pictures": heads}, [pixels for _, _, pixels in written])


_WORK: dict[str, Callable[[Path, Any], Letter]] = {
    "identify": _identify,
    "sidecar": _sidecar,
    "read": _read,
    "schemas": _schemas,
    "preview": _preview,
    "open": _open,
    "frames": _frames,
    "shots": _shots,
    "sound": _sound,
    "render": _render,
    "vocabulary": _vocabulary,
}
