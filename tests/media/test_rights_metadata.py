"""What files say of their rights is read in every form it is written in, and written the same."""

import pytest
from PIL.PngImagePlugin import PngInfo

from tests.media.making import encoded, halves
from tools.adapters.imaging.pillow import PillowImaging
from tools.adapters.imaging.xmp import read_xmp, write_xmp
from tools.adapters.probe.content import ContentProbe
from tools.core.perception import Box
from tools.core.ports import RenderSpec

RIGHTS = {
    "title": "Piers & boats <at> noon",
    "description": "First line.\nSecond line.",
    "alt_text": "A wooden pier",
    "creator": "Ana Silva",
    "copyright": "© 2026 Ana Silva",
    "credit": "Ana / dalm",
    "rights_holder": "Harbour Ltd",
    "usage_terms": "Editorial use only.",
    "web_statement": "https://example.org/terms",
    "licensor": "https://example.org/licence",
    "data_mining": "DMI-PROHIBITED-AIMLTRAINING",
    "source_type": "digitalCapture",
}
ADOBE = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" '
    'xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" '
    'xmpRights:WebStatement="https://example.org/terms" '
    'plus:DataMining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED">'
    "<xmpRights:Owner><rdf:Bag><rdf:li>Ana</rdf:li><rdf:li>Ben</rdf:li></rdf:Bag></xmpRights:Owner>"
    '<plus:Licensor><rdf:Seq><rdf:li><rdf:Description plus:LicensorName="Pic Agency"/></rdf:li>'
    "</rdf:Seq></plus:Licensor></rdf:Description></rdf:RDF></x:xmpmeta>"
)


def test_what_is_written_is_read_again():
    lists = {"keywords": "boats\nn\u2019oon & more", "keyword_paths": "animals|dog\nplaces|AC/DC"}
    marks = {"rating": "4", "colour_label": "Red"}
    assert read_xmp(write_xmp(RIGHTS | lists | marks)) == RIGHTS | lists | marks


def test_a_licensor_without_an_address_is_a_name():
    assert read_xmp(write_xmp({"licensor": "Pic Agency"})) == {"licensor": "Pic Agency"}


def test_attributes_and_nested_descriptions_are_read():
    assert read_xmp(ADOBE) == {
        "rights_holder": "Ana, Ben",
        "web_statement": "https://example.org/terms",
        "licensor": "Pic Agency",
        "data_mining": "DMI-PROHIBITED",
    }


@pytest.mark.parametrize("code", ["", "x", "DMI PROHIBITED", "<script>", "http://a/b/"])
def test_what_is_no_code_is_no_data_mining(code):
    assert "data_mining" not in read_xmp(write_xmp({"data_mining": code}))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_rights_are_read_from_pictures_and_kept_by_renditions(tmp_path, form):
    path = tmp_path / "picture.bin"
    said = {"pnginfo": _notes(RIGHTS)} if form == "PNG" else {"xmp": write_xmp(RIGHTS)}
    path.write_bytes(encoded(halves(64, 48), form, **said))
    assert ContentProbe().identify(path).embedded == RIGHTS
    made = PillowImaging().render(path, RenderSpec(Box(0, 0, 1, 1), 32, 24, format=form))
    copy = tmp_path / "made.bin"
    copy.write_bytes(made.content)
    kept = {name: text for name, text in RIGHTS.items() if name != "alt_text"}
    assert ContentProbe().identify(copy).embedded == kept


def _notes(fields):
    notes = PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", write_xmp(fields).decode())
    return notes
