"""Ingest of sound and film in multiples of real time, against the bare speech model.

The voice is that of espeak-ng, which reads the sample texts; the film shows a sample photograph for
five seconds each, in 720p with 25 frames a second.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import av
from PIL import Image

from agent.bootstrap import open_app, senses
from agent.brain_room import BrainRoom
from agent.settings import Settings
from evals.bench.measure import Measure, seconds

SAMPLES = Path(__file__).parent.parent.parent / "samples"
VOICE = "espeak-ng"
MINUTES = 3
RATE, SIZE, SHOT = 25, (1280, 720), 5


def run(settings: Settings) -> list[Measure]:
    """Take in a sound and a film of three minutes; nothing where there is no voice to record."""
    program = shutil.which(VOICE)
    if program is None:
        sys.stderr.write(f"Left out: this needs a voice (apt install {VOICE}).\n")
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = _sound(program, folder / "talk.wav")
        film = _film(sound, folder / "film.mp4")
        bare = senses(settings)
        length = MINUTES * 60.0
        pcm = bare.sound.part(sound, 0.0, length).pcm
        bare.speech.hear(pcm[: 32_000 * 10])
        theirs = seconds(lambda: bare.speech.hear(pcm))
        return [
            _measure(what, length, _ingest(settings, path), theirs)
            for what, path in (("a talk of three minutes", sound), ("a film of it, 720p", film))
        ]


def _measure(what: str, length: float, ours: float, theirs: float) -> Measure:
    return Measure(
        f"ingest of {what}",
        f"{length / ours:.1f} times real time",
        "the bare speech model on its sound",
        f"{length / theirs:.1f} times real time",
        f"{theirs / ours:.2f}",
        "",
    )


def _ingest(settings: Settings, path: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        home = settings.model_copy(update={"home": Path(folder), "models": settings.models_folder})
        with open_app(home, brain=BrainRoom(None)) as app:
            owner = app.admin.person()
            # Loads the models; the sample clip has sound.
            list(app.library.ingest([SAMPLES / "photos/CLIP_0001.mp4"], owner))
            return seconds(lambda: list(app.library.ingest([path], owner)))


def _sound(program: str, path: Path) -> Path:
    """Read the texts aloud, over and over, and keep the first minutes."""
    texts = [SAMPLES / "documents/press-release.md", SAMPLES / "documents/shoot-notes.txt"]
    words = " ".join(text.read_text(encoding="utf-8") for text in texts).replace("#", " ")
    whole = path.with_name("whole.wav")
    line = [program, "-v", "en-us", "-s", "150", "-w", str(whole), "--stdin"]
    subprocess.run(line, input=(words * 8).encode(), check=True)  # noqa: S603 - our own words
    with av.open(str(whole)) as said, av.open(str(path), "w", format="wav") as kept:
        stream = kept.add_stream("pcm_s16le", rate=16_000, layout="mono")
        _copy(said, kept, stream)
    return path


def _film(sound: Path, path: Path) -> Path:
    photos = sorted(path for path in (SAMPLES / "photos").iterdir() if path.suffix == ".jpg")
    with av.open(str(sound)) as said, av.open(str(path), "w", format="mp4") as kept:
        stream = kept.add_stream("libx264", rate=RATE, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        voice = kept.add_stream("aac", rate=16_000, layout="mono")
        for number in range(MINUTES * 60 // SHOT):
            with Image.open(photos[number % len(photos)]) as photo:
                picture = photo.convert("RGB").resize(SIZE)
            for _ in range(RATE * SHOT):
                kept.mux(stream.encode(av.VideoFrame.from_image(picture)))
        kept.mux(stream.encode())
        _copy(said, kept, voice)
    return path


def _copy(
    said: av.container.InputContainer, kept: av.container.OutputContainer, stream: av.AudioStream
) -> None:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    left = MINUTES * 60 * 16_000
    for frame in said.decode(audio=0):
        for piece in resampler.resample(frame):
            if left > 0:
                left -= piece.samples
                kept.mux(stream.encode(piece))
    kept.mux(stream.encode())
