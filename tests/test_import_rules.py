"""The rules of who may import whom that a layers contract cannot say."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
UI_MAY = {"agent.app", "agent.events", "agent.views"}
OURS = {"agent", "tools", "prompts", "ui", "evals"}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def tops(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", modules("tools/core"), ids=str)
def test_the_core_imports_the_standard_library_only(path: Path) -> None:
    foreign = tops(imported(path)) - set(sys.stdlib_module_names)
    assert foreign <= {"tools"}
    assert all(
        name.startswith("tools.core") for name in imported(path) if name.split(".")[0] == "tools"
    )


@pytest.mark.parametrize("path", modules("prompts"), ids=str)
def test_prompts_import_the_standard_library_only(path: Path) -> None:
    assert tops(imported(path)) - set(sys.stdlib_module_names) <= {"prompts"}


@pytest.mark.parametrize("path", modules("ui"), ids=str)
def test_front_doors_know_the_application_only(path: Path) -> None:
    if path.name == "main.py":
        return
    ours = {name for name in imported(path) if name.split(".")[0] in OURS - {"ui"}}
    allowed = {name for name in ours if any(name == m or name.startswith(m + ".") for m in UI_MAY)}
    assert ours - allowed - {"agent"} == set()
    assert not {n for n in tops(imported(path)) if n.startswith(("langchain", "langgraph"))}


@pytest.mark.parametrize("path", modules("agent"), ids=str)
def test_only_the_composition_root_knows_adapters(path: Path) -> None:
    if path.parent.name == "bootstrap":
        return
    assert not [name for name in imported(path) if name.startswith("tools.adapters")]


@pytest.mark.parametrize("path", sorted((ROOT / "tools").glob("*.py")), ids=str)
def test_tools_know_neither_each_other_nor_adapters(path: Path) -> None:
    if path.name == "registry.py":
        return
    shared = {"tools", "tools.context", "tools.spec", "tools.reply"}
    ours = {name for name in imported(path) if name.startswith("tools")}
    foreign = {
        name
        for name in ours
        if not name.startswith("tools.core")
        and not any(name == m or name.startswith(m + ".") for m in shared - {"tools"})
        and name != "tools"
    }
    assert foreign == set()


def test_only_settings_reads_the_environment() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for folder in OURS
        for path in modules(folder)
        if {"os.environ", "os.getenv"}
        & {
            ast.unparse(node)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
        }
    ]
    assert set(readers) <= {"agent/settings.py", "tools/adapters/text_embedder.py"}
