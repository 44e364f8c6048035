"""A small XML reader for untrusted content: no entities, no document types, no outside."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_LARGEST = 4_000_000
_DEEPEST = 200
_MOST_ELEMENTS = 500_000
_LONGEST_ENTITY = 500
_MOST_ENTITIES = 100


def parse(content: bytes, largest: int = _LARGEST) -> Element | None:
    """Give the root element with `{namespace}name` tags, or None for anything but plain XML."""
    reading = _Reading()
    reading.parser.StartDoctypeDeclHandler = _refuse
    return reading.root(content, largest)


def parse_drawing(content: bytes, largest: int = 16_000_000) -> Element | None:
    """Read SVG or XHTML, which may name a document type and short entities of plain text.

    Illustrator writes its namespaces that way. Nothing outside is ever read.
    """
    reading = _Reading()
    reading.parser.EntityDeclHandler = reading.entity
    return reading.root(content, largest)


class _Reading:
    """One document on its way to a tree, within limits of depth and number."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._builder = TreeBuilder()
        self.parser.CharacterDataHandler = self._builder.data
        self._depth = self._count = self._entities = 0

    def root(self, content: bytes, largest: int) -> Element | None:
        """Parse the whole content, or give None."""
        if len(content) > largest:
            return None
        try:
            self.parser.Parse(content, True)  # noqa: FBT003  (the C parser takes no keywords)
            return self._builder.close()
        except (expat.ExpatError, AssertionError, ValueError):
            return None

    def entity(
        self,
        name: str,
        is_parameter: bool,  # noqa: FBT001  (expat calls it so)
        value: str | None,
        base: str | None,
        system: str | None,
        public: str | None,
        notation: str | None,
    ) -> None:
        """Refuse entities that lead outside, hold others or are long."""
        self._entities += 1
        outside = value is None or is_parameter or base or system or public or notation or not name
        if outside or self._entities > _MOST_ENTITIES:
            raise ValueError("an entity that leads out of the file")
        if len(value or "") > _LONGEST_ENTITY or set("&<%") & set(value or ""):
            raise ValueError("an entity that holds others")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise ValueError("deeper or longer than any document")
        own = {_qualified(key): value for key, value in attributes.items()}
        self._builder.start(_qualified(name), own)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_qualified(name))


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _refuse(*_: object) -> None:
    raise ValueError("a document type in metadata")
