"""SVG drawings to pixels: only what a drawing itself holds; nothing runs, nothing is fetched."""

import re
from importlib import import_module
from importlib.resources import files
from xml.etree.ElementTree import Element, tostring

from tools.adapters.imaging.xml_tree import parse_drawing
from tools.core.errors import Fixable

LARGEST = 16_000_000
LONGEST_SIDE = 1600
SMALLEST_SIDE = 512
MOST_COPIES = 10_000
_SVG = "{http://www.w3.org/2000/svg}"
_START = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,4000}?-->\s*|<!DOCTYPE[^>\[]{0,300}"
    r"(?:\[.{0,8000}?\]\s*)?>\s*){0,9}<(?:\w{1,20}:)?svg\b",
    re.IGNORECASE | re.DOTALL,
)
_ACTIVE = {"script", "foreignObject", "iframe", "audio", "video", "handler", "listener"}
_LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "src")
_OWN = re.compile(r"#|data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!\s*['\"]?#)[^)]*\)|@import[^;]*;?", re.IGNORECASE)
_LENGTH = re.compile(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*", re.IGNORECASE)
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_BROKEN = "The drawing is damaged or uses what SVG must not. Export it again as plain SVG."


def is_drawing(text: str) -> bool:
    """Tell whether a text begins like an SVG drawing."""
    return bool(_START.match(text))


def drawn(content: bytes) -> tuple[bytes, dict[str, str]]:
    """Draw as PNG, at most 1600 pixels wide or high, and give its title and description.

    Raises Fixable for a damaged, oversized or hostile drawing.
    """
    if len(content) > LARGEST:
        raise Fixable("The drawing is over 16 megabytes. Simplify it, or export it as PNG.")
    root = parse_drawing(content)
    if root is None or root.tag not in {_SVG + "svg", "svg"}:
        raise Fixable(_BROKEN)
    said = {
        field: " ".join("".join(element.itertext()).split())
        for field, tag in (("title", "title"), ("description", "desc"))
        if (element := root.find(_SVG + tag)) is not None
    }
    _disarm(root)
    _check_copies(root)
    width, height = _target(root)
    try:
        # Loaded late: most libraries hold few drawings.
        png = import_module("resvg_py").svg_to_bytes(
            svg_string=tostring(root, encoding="unicode"),
            width=width,
            height=height,
            skip_system_fonts=True,
            font_files=[str(_font())],
            font_family="Source Sans Pro",
        )
    except (ValueError, RuntimeError) as error:
        raise Fixable(_BROKEN) from error
    return bytes(png), said


def _disarm(root: Element) -> None:
    """Take out what runs, and every link that leads out of the drawing."""
    for parent in root.iter():
        for child in list(parent):
            if _local(child.tag) in _ACTIVE:
                parent.remove(child)
        for name, value in list(parent.attrib.items()):
            if name in _LINKS and not _OWN.match(value.strip()):
                del parent.attrib[name]
            elif "url(" in value or "@import" in value:
                parent.set(name, _OUTSIDE.sub("none", value))
        if _local(parent.tag) == "style" and parent.text:
            parent.text = _OUTSIDE.sub("", parent.text)


def _check_copies(root: Element) -> None:
    """Refuse drawings whose copies of copies would never end being drawn."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    costs: dict[int, int] = {}

    def cost(element: Element, above: frozenset[int]) -> int:
        if id(element) in above or len(above) > 60:
            raise Fixable(_BROKEN)
        if id(element) not in costs:
            inner = above | {id(element)}
            link = next((element.get(name, "") for name in _LINKS if element.get(name)), "")
            copied = named.get(link[1:]) if _local(element.tag) == "use" else None
            total = 1 + sum(cost(child, inner) for child in element)
            costs[id(element)] = total + (cost(copied, inner) if copied is not None else 0)
        return costs[id(element)]

    plain = sum(1 for _ in root.iter())
    if cost(root, frozenset()) > plain + MOST_COPIES:
        raise Fixable(_BROKEN)


def _target(root: Element) -> tuple[int, int]:
    """Give the size to draw at: as the drawing says, but neither tiny nor huge."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = [_length(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())]
    if len(box) == 4 and box[2] and box[3]:
        width = width or (height * box[2] / box[3] if height else box[2])
        height = height or width * box[3] / box[2]
    width, height = width or 512.0, height or 512.0
    longest = max(width, height)
    scale = min(max(longest, SMALLEST_SIDE), LONGEST_SIDE) / longest
    return max(1, round(width * scale)), max(1, round(height * scale))


def _length(text: str | None) -> float | None:
    match = _LENGTH.fullmatch(text or "")
    try:
        size = float(match[1]) * _UNITS[(match[2] or "").lower()] if match else 0.0
    except ValueError:
        return None
    return size if 0 < size < 1e7 else None


def _font() -> object:
    return files("font_source_sans_pro") / "files" / "SourceSansPro-Regular.ttf"


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
