"""Layout files (INDD): their preview, and the files that they place."""

from pathlib import Path

from PIL import Image

from tools.adapters.imaging.decode import upright
from tools.adapters.imaging.layouts import LARGEST_HEAD, links_in
from tools.core.errors import Fixable
from tools.core.ports import DocumentText

INDESIGN = "application/x-indesign"
ILLUSTRATOR = "application/vnd.adobe.illustrator"


def layout_text(path: Path) -> DocumentText:
    """Name the placed files, so that a layout is found by what it uses."""
    with path.open("rb") as file:
        names = links_in(file.read(LARGEST_HEAD))
    text = "\n".join(["Placed files:", *names]) if names else "No placed files are listed."
    return DocumentText((text,))


def layout_page(path: Path) -> Image.Image | None:
    """Show the preview that the program left, or None where there is no sound one."""
    try:
        return upright(path, 1400)
    except Fixable:
        return None
