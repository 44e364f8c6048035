"""The web chat and the API stand on one address, each behind its own guard."""

from pathlib import Path

from fastapi.testclient import TestClient

from tests.fakes.app_served import ServedApp
from ui.main import Ways


def test_page_and_api_answer_side_by_side(fake: ServedApp, tmp_path: Path) -> None:
    site = Ways().site(fake, tmp_path)
    token = (tmp_path / "run" / "token").read_text()
    here = TestClient(site, base_url="http://127.0.0.1:7860", client=("127.0.0.1", 4000))
    assert "<html" in here.get("/").text
    assert here.get("/api/hello").status_code == 401
    known = here.get("/api/hello", headers={"Authorization": f"Bearer {token}"})
    assert known.json()["pid"] > 0
    nowhere = here.get("/api/nowhere", headers={"Authorization": f"Bearer {token}"})
    assert nowhere.status_code == 404
