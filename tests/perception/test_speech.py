"""The real speech model on a real synthetic voice; needs its files, and espeak-ng for the voice."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from tests.media.recordings import tones
from tools.adapters.model_store.manifest import read_manifest
from tools.adapters.model_store.store import ModelFolder
from tools.adapters.sound import PyavSound
from tools.adapters.speech import FILES, WhisperSpeech
from tools.adapters.speech_files import ChosenWhisper
from tools.core.errors import Fixable
from tools.core.ingest.listening import Listening

pytestmark = pytest.mark.perception
PROGRAM = shutil.which("espeak-ng")


@pytest.fixture(scope="module")
def speech(models):
    speech = WhisperSpeech(ModelFolder(models, read_manifest(), []))
    yield speech
    speech.close()


@pytest.fixture
def spoken(tmp_path):
    """Let a voice say something into a WAV file."""
    if PROGRAM is None:
        pytest.fail("These tests need a voice: apt install espeak-ng")

    def say(text: str, language: str = "en-us") -> Path:
        path = tmp_path / "voice.wav"
        subprocess.run([PROGRAM, "-v", language, "-s", "140", "-w", path, text], check=True)
        return path

    return say


def heard(speech: WhisperSpeech, path: Path):
    return Listening(sound=PyavSound(), speech=speech).transcript(path)


def test_what_a_voice_says_is_written_down_with_its_seconds(speech, spoken):
    path = spoken(
        "Welcome to our summer campaign. In the evening everybody meets at the beach club."
    )
    found = heard(speech, path)
    assert found.language == "en"
    assert "beach club" in found.text.lower()
    first, last = found.lines[0], found.lines[-1]
    assert "summer campaign" in first.text.lower()
    assert "beach club" not in first.text.lower()
    assert first.start < 1.0
    assert 1.5 < last.start < last.end <= 8.0


def test_another_language_is_noticed(speech, spoken):
    path = spoken("Guten Morgen. Heute scheint die Sonne in ganz Deutschland.", "de")
    found = heard(speech, path)
    assert found.language == "de"
    assert "sonne" in found.text.lower()


def test_silence_tones_and_noise_say_nothing(speech):
    noise = np.random.default_rng(3).normal(0, 2000, 5 * 16_000).astype(np.int16)
    for samples in (tones((), 5), tones(range(5), 5), noise):
        assert speech.hear(samples.tobytes()).words == ()


def test_the_sample_clip_has_sound_in_which_nobody_speaks(speech, samples):
    assert heard(speech, samples / "photos/CLIP_0001.mp4").lines == ()


def test_another_model_is_taken_from_a_folder(models, tmp_path):
    for name, model in FILES.items():
        folder = ModelFolder(models, read_manifest(), [])
        (tmp_path / name).symlink_to(folder.path(model))
    speech = WhisperSpeech(
        ModelFolder(tmp_path / "none", read_manifest(), []), 2, ChosenWhisper(str(tmp_path))
    )
    assert speech.ready
    assert speech.name == f"whisper-{tmp_path.name}"
    assert speech.hear(bytes(64_000)).words == ()
    speech.close()


def test_a_missing_speech_model_says_which_command_gets_it(tmp_path):
    speech = WhisperSpeech(ModelFolder(tmp_path, read_manifest(), []))
    assert not speech.ready
    with pytest.raises(Fixable, match="dalm models fetch"):
        speech.hear(bytes(32_000))
