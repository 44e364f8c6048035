"""The answer as it streams in: made inert, and bold and code shown where a terminal can."""

from unicodedata import category

from rich.console import Console
from rich.style import Style
from rich.text import Text

from ui import render

KEPT = frozenset("\n\t")


def inert(piece: str) -> str:
    """Drop what could act on a terminal or turn the direction of writing; lines stay lines."""
    return "".join(c for c in piece if c in KEPT or category(c) not in render.UNSAFE)


class Speech:
    """Prints pieces as they come; a mark that a piece may have cut in two waits for the next."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._held = ""
        self._bold = False
        self._code = False
        self._open = False

    def say(self, piece: str) -> None:
        """Print a piece."""
        text = self._held + inert(piece)
        self._held = "*" if text.endswith("*") and not text.endswith("**") else ""
        self._print(text[: len(text) - len(self._held)])

    def end(self) -> None:
        """Print what was held back and end the line."""
        self._print(self._held)
        self._held, self._bold, self._code = "", False, False
        if self._open:
            self._console.print()
            self._open = False

    def _print(self, text: str) -> None:
        if not text:
            return
        self._open = not text.endswith("\n")
        self._console.print(self._styled(text), end="", soft_wrap=True)

    def _styled(self, text: str) -> Text:
        """Turn `**` and backticks into style, where there is one to show."""
        if not self._console.is_terminal:
            return Text(text)
        styled = Text()
        for number, span in enumerate(text.split("**")):
            self._bold ^= number > 0
            for place, part in enumerate(span.split("`")):
                self._code ^= place > 0
                styled.append(part, Style(bold=self._bold, color="cyan" if self._code else None))
        return styled
