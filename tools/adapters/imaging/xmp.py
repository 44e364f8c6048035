"""XMP: the fields an asset library reads and writes (IPTC Core and Extension, PLUS, rights)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from tools.adapters.imaging.xml_tree import parse

_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
}
_RDF = f"{{{_SPACES['rdf']}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATA_MINING = "http://ns.useplus.org/ldf/vocab/"
_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_CODES = {"data_mining": _DATA_MINING, "source_type": _SOURCE_TYPE}
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,80}")
LINES = frozenset({"keywords", "keyword_paths"})
_LONG = frozenset({"description", "alt_text", "usage_terms"})


@dataclass(frozen=True, slots=True)
class _Property:
    """A property that holds a field, and its kind of value: text, Alt, Seq, Bag or a structure."""

    name: str
    kind: str = "text"
    within: str = ""

    @property
    def tag(self) -> str:
        prefix, _, name = self.name.partition(":")
        return f"{{{_SPACES[prefix]}}}{name}"


# The first is read first; all are written, but for those that other programs ought to write.
_FIELDS = {
    "title": (_Property("dc:title", "Alt"),),
    "description": (_Property("dc:description", "Alt"),),
    "alt_text": (_Property("Iptc4xmpCore:AltTextAccessibility", "Alt"),),
    "creator": (_Property("dc:creator", "Seq"),),
    "copyright": (_Property("dc:rights", "Alt"),),
    "credit": (_Property("photoshop:Credit"),),
    "rights_holder": (
        _Property("plus:CopyrightOwnerName", within="plus:CopyrightOwner"),
        _Property("xmpRights:Owner", "Bag"),
    ),
    "usage_terms": (_Property("xmpRights:UsageTerms", "Alt"),),
    "web_statement": (_Property("xmpRights:WebStatement"),),
    "licensor": (
        _Property("plus:LicensorURL", within="plus:Licensor"),
        _Property("plus:LicensorName", within="plus:Licensor"),
    ),
    "data_mining": (_Property("plus:DataMining"),),
    "source_type": (_Property("Iptc4xmpExt:DigitalSourceType"),),
    "captured_at": (
        _Property("exif:DateTimeOriginal"),
        _Property("photoshop:DateCreated"),
        _Property("xmp:CreateDate"),
    ),
    "edited_at": (_Property("xmp:MetadataDate"),),
    "keywords": (_Property("dc:subject", "Bag"),),
    "keyword_paths": (
        _Property("lr:hierarchicalSubject", "Bag"),
        _Property("digiKam:TagsList", "Seq"),
    ),
    "rating": (_Property("xmp:Rating"),),
    "colour_label": (_Property("xmp:Label"),),
}
WRITTEN = frozenset(_FIELDS) - {"captured_at", "edited_at"}


def read_xmp(packet: bytes | str) -> dict[str, str]:
    """Give the fields found in a packet; a broken packet has none."""
    content = packet.encode() if isinstance(packet, str) else packet
    root = parse(content.strip(b"\0 \r\n\t"))
    if root is None:
        return {}
    blocks = root.findall(f".//{_RDF}Description")
    found = {}
    for field, properties in _FIELDS.items():
        texts = (_value(block, one, field) for one in properties for block in blocks)
        if text := next((text for text in texts if text), ""):
            found[field] = text
    return found


def write_xmp(fields: Mapping[str, str]) -> bytes:
    """Write a packet with the fields given; names that are none of WRITTEN are left out."""
    lines = [
        line
        for field in fields
        if fields[field] and field in WRITTEN
        for line in _written(field, fields[field])
    ]
    named = " ".join(f'xmlns:{short}="{space}"' for short, space in _SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {named}><rdf:Description rdf:about="">'
        f"{''.join(lines)}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def _value(block: Element, wanted: _Property, field: str) -> str:
    tag = wanted.tag
    if tag in block.attrib:
        return _read(field, block.attrib[tag].strip())
    element = next(block.iter(tag), None) if wanted.within else block.find(tag)
    if element is None:
        return ""
    items = element.findall(f".//{_RDF}li")
    if not items:
        return _read(field, (element.text or element.get(_RDF + "resource") or "").strip())
    texts = [_item(item.text or "", field) for item in items]
    if wanted.name == "digiKam:TagsList":
        texts = [text.replace("/", "|") for text in texts]
    if field in LINES:
        return "\n".join(text for text in texts if text)
    if wanted.kind in {"Seq", "Bag"}:
        return ", ".join(text for text in texts if text)
    default = [t for i, t in zip(items, texts, strict=True) if i.get(_LANG) == "x-default"]
    return (default or texts)[0]


def _item(text: str, field: str) -> str:
    return text.strip() if field in _LONG else " ".join(text.split())


def _read(field: str, text: str) -> str:
    """Give a term of a vocabulary without its address, and other text as it is."""
    if field not in _CODES:
        return text
    code = text.rpartition("/")[2]
    return code if _CODE.fullmatch(code) else ""


def _written(field: str, text: str) -> Iterator[str]:
    for one in _FIELDS[field]:
        if field == "licensor" and (one.name == "plus:LicensorURL") != _is_address(text):
            continue
        value = _CODES.get(field, "") + text
        if one.kind == "text":
            body = escape(value)
        else:
            body = _items(one, value.splitlines() if field in LINES else [value])
        line = f"<{one.name}>{body}</{one.name}>"
        if one.within:
            line = (
                f'<{one.within}><rdf:Seq><rdf:li rdf:parseType="Resource">{line}</rdf:li></rdf:Seq>'
                f"</{one.within}>"
            )
        yield line


def _items(one: _Property, texts: list[str]) -> str:
    if one.name == "digiKam:TagsList":
        texts = [text.replace("/", "\u2215").replace("|", "/") for text in texts]
    lang = ' xml:lang="x-default"' if one.kind == "Alt" else ""
    items = "".join(f"<rdf:li{lang}>{escape(text)}</rdf:li>" for text in texts)
    return f"<rdf:{one.kind}>{items}</rdf:{one.kind}>"


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))
