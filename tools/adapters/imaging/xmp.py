"""XMP: the few fields an asset library reads, and a packet that carries rights onwards."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from tools.adapters.imaging.xml_tree import parse

_DC = "{http://purl.org/dc/elements/1.1/}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_IPTC_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_LIGHTROOM = "{http://ns.adobe.com/lightroom/1.0/}"
_DIGIKAM = "{http://www.digikam.org/ns/1.0/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_FIELDS = {
    "title": (_DC + "title",),
    "description": (_DC + "description",),
    "creator": (_DC + "creator",),
    "copyright": (_DC + "rights",),
    "credit": (_PHOTOSHOP + "Credit",),
    "captured_at": (_EXIF + "DateTimeOriginal", _PHOTOSHOP + "DateCreated", _XMP + "CreateDate"),
    "keywords": (_DC + "subject",),
    "keyword_paths": (_LIGHTROOM + "hierarchicalSubject", _DIGIKAM + "TagsList"),
    "rating": (_XMP + "Rating",),
    "colour_label": (_XMP + "Label",),
    "source_type": (_IPTC_EXT + "DigitalSourceType",),
}


def read_xmp(packet: bytes | str) -> dict[str, str]:
    """Give the fields found in a packet; a broken packet has none."""
    content = packet.encode() if isinstance(packet, str) else packet
    root = parse(content.strip(b"\0 \r\n\t"))
    if root is None:
        return {}
    blocks = root.findall(f".//{_RDF}Description")
    found = {}
    for field, names in _FIELDS.items():
        text = next((t for name in names for b in blocks if (t := _value(b, name, field))), "")
        if text:
            found[field] = text
    return found


def _value(block: Element, name: str, field: str) -> str:
    if name in block.attrib:
        return block.attrib[name].strip()
    element = block.find(name)
    if element is None:
        return ""
    items = element.findall(f".//{_RDF}li")
    if not items:
        return (element.text or element.get(_RDF + "resource") or "").strip()
    texts = [" ".join((item.text or "").split()) for item in items]
    if field == "keyword_paths" and name.startswith(_DIGIKAM):
        texts = [text.replace("/", "|") for text in texts]
    if field in {"keywords", "keyword_paths"}:
        return "\n".join(text for text in texts if text)
    if field == "creator":
        return ", ".join(text for text in texts if text)
    default = [t for i, t in zip(items, texts, strict=True) if i.get(_LANG) == "x-default"]
    return (default or texts)[0]


def write_xmp(fields: Mapping[str, str]) -> bytes:
    """Write a packet with title, creator, copyright, credit and digital source type."""
    lines = [
        f"<dc:{tag}><rdf:{kind}><rdf:li{lang}>{escape(fields[name])}</rdf:li></rdf:{kind}></dc:{tag}>"
        for name, tag, kind, lang in (
            ("title", "title", "Alt", ' xml:lang="x-default"'),
            ("description", "description", "Alt", ' xml:lang="x-default"'),
            ("creator", "creator", "Seq", ""),
            ("copyright", "rights", "Alt", ' xml:lang="x-default"'),
        )
        if fields.get(name)
    ]
    if fields.get("credit"):
        lines.append(f"<photoshop:Credit>{escape(fields['credit'])}</photoshop:Credit>")
    if fields.get("source_type"):
        kind = escape(fields["source_type"])
        lines.append(f"<Iptc4xmpExt:DigitalSourceType>{kind}</Iptc4xmpExt:DigitalSourceType>")
    spaces = {
        "rdf": _RDF,
        "dc": _DC,
        "photoshop": _PHOTOSHOP,
        "Iptc4xmpExt": _IPTC_EXT,
    }
    named = " ".join(f'xmlns:{short}="{space[1:-1]}"' for short, space in spaces.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {named}><rdf:Description rdf:about="">'
        f"{''.join(lines)}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()
