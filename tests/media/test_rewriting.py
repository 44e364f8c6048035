"""Formats rewritten in place: every copy is opened again by the reader of its kind."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
import pytest

from tests.media import making
from tools.adapters.documents.files import FileDocuments
from tools.adapters.documents.package import DOCX
from tools.adapters.documents.sheets import XLSX
from tools.adapters.documents.slides import PPTX
from tools.adapters.documents.subtitles import SUBTITLES, cues
from tools.adapters.documents.subtitles_rewrite import balanced
from tools.core.errors import Fixable

MARK = "Machine draft, not checked by a person."
SRT, VTT = SUBTITLES
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def shouted(texts: Sequence[str]) -> list[str]:
    return [text.upper() for text in texts]


def longer(texts: Sequence[str]) -> list[str]:
    return [f"{text} and so much more of it" for text in texts]


def swapped(texts: Sequence[str]) -> list[str]:
    """Put the colour behind the thing, as Romance languages do."""
    return [text.replace("red bottle", "bottle red") for text in texts]


@pytest.fixture
def write(tmp_path):
    """Write a file, rewrite it, and give the result."""

    def writing(content: str | bytes, mime: str, rewrite=shouted):
        path = tmp_path / "in.file"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return FileDocuments().rewrite(path, mime, rewrite, MARK)

    return writing


def read_again(content: bytes, mime: str, tmp_path: Path) -> str:
    path = tmp_path / "out.file"
    path.write_bytes(content)
    return "\n".join(FileDocuments().read(path, mime).pages)


SUBTITLE = """1
00:00:01,000 --> 00:00:04,000 X1:40
<i>The red bottle holds</i>
750 ml of water

2
00:00:05,000 --> 00:00:05,500
- Where is it?
- In the {\\an8}kitchen.
"""


def test_srt_keeps_times_settings_tags_and_speakers(write) -> None:
    made = write(SUBTITLE, SRT)
    text = made.content.decode()
    assert text.startswith("0\n00:00:00,000 --> 00:00:00,001\n" + MARK)
    assert "00:00:01,000 --> 00:00:04,000 X1:40\n<i>THE RED BOTTLE HOLDS</i>" in text
    assert "- WHERE IS IT?\n- IN THE {\\an8}KITCHEN." in text
    before, after = cues(SUBTITLE), cues(text)[1:]
    assert [(c.start, c.end) for c in after] == [(c.start, c.end) for c in before]
    assert len(made.notes) == 1
    assert "characters a second" in made.notes[0]
    assert "0:05" in made.notes[0]


def test_vtt_keeps_its_head_comments_settings_and_windows_lines(write) -> None:
    source = (
        "WEBVTT - A film\nKind: captions\n\nNOTE the team wrote this\n\nSTYLE\n::cue {}\n\n"
        "intro\n00:01.000 --> 00:03.000 align:start position:10%\n<v Ana>Good <b>morning</b></v>\n"
    )
    made = write(source.replace("\n", "\r\n"), VTT).content.decode()
    assert made.count("\r\n") == made.count("\n")
    text = made.replace("\r\n", "\n")
    assert text.startswith(f"WEBVTT - A film\nKind: captions\n\nNOTE {MARK}\n\n")
    assert "NOTE the team wrote this" in text
    assert "intro\n00:01.000 --> 00:03.000 align:start position:10%\n" in text
    assert "<v Ana>GOOD <b>MORNING</b></v>" in text


def test_lines_of_a_cue_are_balanced() -> None:
    one, two = balanced("a sentence that is long enough to need both of its two lines", 2)
    assert abs(len(one) - len(two)) < 8
    assert balanced("word", 2) == ["word"]


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="iso-8859-1"><title>Our bottle</title>
<meta name="description" content="A bottle &amp; more"><style>p { color: red }</style></head>
<body class="x">
<p>The <b>red</b> bottle &amp; its <a href="/lid?a=1&amp;b=2" title="to the lid">lid</a>.</p>
<img src="a.png" alt='A bottle'><pre>keep me</pre><script>var a = "keep <b>";</script>
<p>Run <code>make it</code> now</p><p translate="no">Nordvale Ltd</p><!-- a comment -->
<ul><li>one<li>two</ul>
</body></html>
"""


def test_html_changes_only_its_wording(write, tmp_path) -> None:
    text = write(PAGE, "text/html").content.decode()
    for kept in (
        "keep me",
        'var a = "keep <b>";',
        "<code>make it</code>",
        "Nordvale Ltd",
        "<!-- a comment -->",
        "p { color: red }",
        'href="/lid?a=1&amp;b=2"',
        '<body class="x">',
    ):
        assert kept in text
    assert "<title>OUR BOTTLE</title>" in text
    assert 'content="A BOTTLE &amp; MORE"' in text
    assert 'alt="A BOTTLE"' in text
    assert 'title="TO THE LID"' in text
    assert "THE <b>RED</b> BOTTLE &amp; ITS <a" in text
    assert "<li>ONE<li>TWO</ul>" in text
    assert 'charset="utf-8"' in text
    assert MARK in text
    tags = re.compile(r"<[a-z/][^>]*")
    names = [tag.split()[0] for tag in tags.findall(PAGE)]
    after = [tag.split()[0] for tag in tags.findall(text.replace(MARK, ""))]
    assert len(after) == len(names) + 4
    assert "THE RED BOTTLE & ITS LID." in read_again(text.encode(), "text/html", tmp_path)


def test_html_moves_an_element_with_its_words(write) -> None:
    text = write("<p>The <b>red</b> bottle is full</p>", "text/html", swapped).content.decode()
    assert "<p>The bottle <b>red</b> is full</p>" in text


def deck() -> bytes:
    slide = (
        f'<p:sld {A} {P} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" mc:Ignorable="p14">'
        '<p:cSld><p:spTree><p:nvGrpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="7" name="T" '
        'descr="A red bottle"/></p:nvSpPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="en"/>'
        '<a:t>The </a:t></a:r><a:r><a:rPr lang="en" b="1"/><a:t>red</a:t></a:r><a:r>'
        '<a:rPr lang="en" dirty="0"/><a:t> bottle holds 750 ml</a:t></a:r><a:br/>'
        '<a:r><a:t>www.example.org</a:t></a:r><a:fld id="{1}" type="slidenum"><a:t>1</a:t></a:fld>'
        "</a:p></p:txBody></p:sp><p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r>"
        "<a:t>Height</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>"
        "</p:spTree></p:cSld></p:sld>"
    )
    with zipfile.ZipFile(BytesIO(making.pptx(("x",)))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    return making.package({**parts, "ppt/slides/slide1.xml": slide})


def test_slides_keep_looks_tables_notes_and_fields(write, tmp_path) -> None:
    made = write(deck(), PPTX, lambda texts: shouted(swapped(texts)))
    with zipfile.ZipFile(BytesIO(made.content)) as package:
        slide = package.read("ppt/slides/slide1.xml").decode()
        assert package.testzip() is None
        assert MARK in package.read("docProps/core.xml").decode()
    assert 'mc:Ignorable="p14"' in slide
    assert 'xmlns:p14="' in slide
    assert re.search(r'b="1"/><a:t>RED</a:t>', slide)
    assert '<a:fld id="{1}" type="slidenum"><a:t>1</a:t></a:fld>' in slide
    assert 'descr="A BOTTLE RED"' in slide
    text = read_again(made.content, PPTX, tmp_path)
    assert "THE BOTTLE RED HOLDS 750 MLwww.example.org" in text
    assert "HEIGHT" in text
    assert "SPEAK SLOWLY" in text
    assert MARK in text
    assert made.notes == ()


def test_a_text_that_grows_on_a_slide_is_told(write) -> None:
    notes = write(deck(), PPTX, longer).notes
    assert len(notes) == 2
    assert notes[0].startswith("Slide 1: a text grew by ")


def workbook() -> bytes:
    cells = (
        f'<worksheet {S}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v>'
        '</c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="3"><v>45000.5</v></c>'
        '<c r="C2" t="str"><f>IF(A2="In stock","yes","no")</f><v>yes</v></c></row>'
        "</sheetData></worksheet>"
    )
    shared = (
        f"<sst {S}><si><t>Article name</t></si><si><r><rPr><b/></rPr><t>red</t></r><r>"
        '<t xml:space="preserve"> bottle</t></r></si><si><t>In stock</t></si></sst>'
    )
    with zipfile.ZipFile(BytesIO(making.xlsx())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = {"xl/worksheets/sheet1.xml": cells, "xl/sharedStrings.xml": shared}
    return making.package({**parts, **sheet})


def test_a_workbook_keeps_numbers_formulas_names_and_what_formulas_go_by(write, tmp_path) -> None:
    source = workbook()
    made = write(source, XLSX)
    with (
        zipfile.ZipFile(BytesIO(source)) as old,
        zipfile.ZipFile(BytesIO(made.content)) as new,
    ):
        assert old.namelist() == new.namelist()
        sheet = new.read("xl/worksheets/sheet1.xml").decode()
        shared = new.read("xl/sharedStrings.xml").decode()
        assert new.read("xl/workbook.xml") == old.read("xl/workbook.xml")
    assert '<c r="B2" s="3"><v>45000.5</v></c>' in sheet
    assert '<f>IF(A2="In stock","yes","no")</f>' in sheet
    assert "<rPr><b/></rPr><t>RED</t>" in shared
    assert "<t>In stock</t>" in shared
    assert made.notes == ("“In stock” stayed: a formula, a choice list or a table goes by it",)
    assert "ARTICLE NAME" in read_again(made.content, XLSX, tmp_path)


def test_a_pdf_becomes_a_word_document_with_headings(samples, tmp_path) -> None:
    path = samples / "documents/brand-guideline.pdf"
    made = FileDocuments().rewrite(path, "application/pdf", shouted, MARK)
    assert made.mime == DOCX
    assert "not laid out as in the PDF" in made.notes[0]
    document = docx.Document(BytesIO(made.content))
    assert any(p.style.name.startswith("Heading") for p in document.paragraphs)
    words = " ".join(FileDocuments().read(path, "application/pdf").pages).upper().split()
    got = read_again(made.content, DOCX, tmp_path).upper().split()
    assert len(set(words) - set(got)) <= len(set(words)) * 0.02


def test_a_scan_and_a_protected_file_say_what_to_do(write, tmp_path) -> None:
    path = tmp_path / "scan.pdf"
    making.halves().save(path, "PDF")
    with pytest.raises(Fixable, match="it is a scan"):
        FileDocuments().rewrite(path, "application/pdf", shouted, MARK)
    for mime in (DOCX, PPTX, XLSX):
        with pytest.raises(Fixable, match="protected by a password"):
            write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), mime)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize(("ending", "mime"), [("pptx", PPTX), ("xlsx", XLSX)])
def test_copies_open_in_an_office_program(write, tmp_path, ending: str, mime: str) -> None:
    path = tmp_path / f"copy.{ending}"
    path.write_bytes(write(deck() if ending == "pptx" else workbook(), mime).content)
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, timeout=120)
    assert (tmp_path / "copy.pdf").stat().st_size
