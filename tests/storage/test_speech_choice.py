"""A chosen speech model that cannot be had says what to do, and stops nothing else."""

from pathlib import Path

import pytest

from tools.adapters.speech_files import ChosenWhisper
from tools.core.errors import Fixable


def test_a_folder_without_a_model_and_no_folder_are_said(tmp_path: Path):
    with pytest.raises(Fixable, match=r"no model.bin, config.json, tokenizer.json.*DALM_SPEECH"):
        ChosenWhisper(str(tmp_path)).folder()
    with pytest.raises(Fixable, match="There is no folder"):
        ChosenWhisper(str(tmp_path / "nothing")).folder()


def test_a_name_that_nothing_has_is_asked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[bool] = []

    def offline(_name: str, *, local_files_only: bool = False, cache_dir: Path) -> str:
        asked.append(local_files_only)
        raise OSError("no route")

    monkeypatch.setattr("faster_whisper.utils.download_model", offline)
    chosen = ChosenWhisper("small", tmp_path)
    for _ in range(2):
        with pytest.raises(Fixable, match=r"small is not here and cannot be fetched .no route."):
            chosen.folder()
    assert asked == [True, False]
    assert chosen.name == "whisper-small"
