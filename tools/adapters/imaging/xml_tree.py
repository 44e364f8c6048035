"""A small XML reader for untrusted metadata: no entities, no document types, no outside."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

_LARGEST = 4_000_000


def parse(content: bytes) -> Element | None:
    """Give the root element with `{namespace}name` tags, or None for anything but plain XML."""
    if len(content) > _LARGEST:
        return None
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = lambda name, attributes: builder.start(
        _qualified(name), {_qualified(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: builder.end(_qualified(name))
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003  (the C parser takes no keywords)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError):
        return None


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _refuse(*_: object) -> None:
    raise ValueError("a document type in metadata")
