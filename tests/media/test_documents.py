import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.media import hostile
from tools.adapters.documents.files import FileDocuments
from tools.adapters.documents.package import DOCX
from tools.adapters.documents.spans import Phrase, Span, guarded
from tools.adapters.documents.tables import inert, separator_of
from tools.core.errors import Fixable

MARK = "Machine draft, not checked by a person."
WORDS = {
    "the": "o",
    "red": "vermelha",
    "bottle": "garrafa",
    "steel": "aço",
    "cold": "fria",
}


@pytest.fixture
def documents() -> FileDocuments:
    return FileDocuments()


def shouted(texts: Sequence[str]) -> list[str]:
    """Rewrite so that every rewritten letter shows."""
    return [text.upper() for text in texts]


def iberian(texts: Sequence[str]) -> list[str]:
    """Translate word by word, and put `red` behind the next word, as Portuguese does."""
    answers = []
    for text in texts:
        words = text.split(" ")
        for i, word in enumerate(words[:-1]):
            if word == "red":
                words[i], words[i + 1] = words[i + 1], word
                break
        answers.append(" ".join(WORDS.get(word, word) for word in words))
    return answers


def looks(paragraph) -> list[tuple[str, bool, bool]]:
    return [(text.strip(), bold, slant) for text, bold, slant in runs(paragraph)]


def rewritten(documents: FileDocuments, document, tmp_path: Path, rewrite=shouted):
    path = tmp_path / "in.docx"
    document.save(str(path))
    return docx.Document(BytesIO(documents.rewrite(path, DOCX, rewrite, MARK).content))


def runs(paragraph) -> list[tuple[str, bool, bool]]:
    return [(r.text, bool(r.bold), bool(r.italic)) for r in paragraph.runs if r.text]


def test_a_word_document_is_read_with_tables_and_margins(documents, samples) -> None:
    path = samples / "documents/product-sheet.docx"
    text = documents.read(path, DOCX).pages[0]
    assert "Capacity | 750 ml | measured to the rim" in text
    assert "spare parts on our website." in text
    assert "Product sheet\tSpring 2026" in text
    assert "12 Harbour Street" in text


def test_the_product_sheet_is_rewritten_with_its_layout(documents, samples, tmp_path) -> None:
    path = samples / "documents/product-sheet.docx"
    before = docx.Document(str(path))
    content = documents.rewrite(path, DOCX, shouted, MARK).content
    after = docx.Document(BytesIO(content))

    assert after.paragraphs[0].text == MARK
    assert after.core_properties.comments == MARK
    assert after.core_properties.content_status == "Machine draft"
    assert after.core_properties.title == "TRAIL 750 PRODUCT SHEET"
    pairs = list(zip(before.paragraphs, after.paragraphs[1:], strict=True))
    for old, new in pairs:
        assert new.style.name == old.style.name
        assert new.text == old.text.upper()
        assert looks(new) == [(text.upper(), bold, slant) for text, bold, slant in looks(old)]
        assert [link.address for link in new.hyperlinks] == [x.address for x in old.hyperlinks]
    assert after.tables[0].cell(1, 2).text == "MEASURED TO THE RIM"
    assert after.tables[0].style.name == before.tables[0].style.name
    assert after.sections[0].header.paragraphs[0].text == "NORDVALE\tPRODUCT SHEET\tSPRING 2026"
    footer = after.sections[0].footer.paragraphs[0]
    assert footer.text == "NORDVALE LTD., 12 HARBOUR STREET, BERGEN. PAGE 1"
    assert [e.text for e in footer._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert len(after.inline_shapes) == 1
    assert next(after.element.body.iter(qn("wp:docPr"))).get("descr").isupper()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(BytesIO(content)) as new:
        assert set(old.namelist()) == set(new.namelist())
    assert path.read_bytes() != content


def test_bold_words_move_with_the_grammar(documents, tmp_path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("the ")
    paragraph.add_run("red").bold = True
    paragraph.add_run(" bottle of ")
    paragraph.add_run("steel").italic = True
    after = rewritten(documents, document, tmp_path, iberian).paragraphs[1]
    assert after.text == "o garrafa vermelha of aço"
    assert [r for r in runs(after) if r[1]] == [("vermelha", True, False)]
    assert [r for r in runs(after) if r[2]] == [("aço", False, True)]


def test_runs_split_for_no_reason_are_rewritten_as_one_sentence(documents, tmp_path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for part in ("the co", "ld bot", "tle"):
        paragraph.add_run(part)
    assert rewritten(documents, document, tmp_path, iberian).paragraphs[1].text == "o fria garrafa"


def test_line_breaks_tabs_and_pictures_stay_between_the_words(documents, tmp_path, samples) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("one\ttwo\nthree")
    paragraph.add_run().add_picture(str(samples / "photos/IMG_2015.png"))
    paragraph.add_run("four")
    after = rewritten(documents, document, tmp_path).paragraphs[1]
    assert after.text == "ONE\tTWO\nTHREEFOUR"
    assert len(list(after._p.iter(qn("a:blip")))) == 1


def test_figures_and_addresses_are_not_sent_to_be_rewritten(documents, tmp_path) -> None:
    document = docx.Document()
    for text in ("1,200.50", "https://example.org/a", "—", ""):
        document.add_paragraph(text)
    sent: list[str] = []

    def spy(texts: Sequence[str]) -> list[str]:
        sent.extend(texts)
        return list(texts)

    after = rewritten(documents, document, tmp_path, spy)
    assert [text for text in sent if text in {"1,200.50", "https://example.org/a", "—"}] == []
    assert [p.text for p in after.paragraphs[1:3]] == ["1,200.50", "https://example.org/a"]


def test_nested_tables_and_text_boxes_are_reached(documents, tmp_path) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.add_table(1, 1).cell(0, 0).text = "deep"
    after = rewritten(documents, document, tmp_path)
    assert after.tables[0].cell(0, 0).tables[0].cell(0, 0).text == "DEEP"


def test_an_address_that_the_engine_spoils_is_put_back() -> None:
    def careless(texts: Sequence[str]) -> list[str]:
        return [text.upper().replace("@", " at ") for text in texts]

    (answer,) = guarded(careless, ["Write to press@nordvale.example today."])
    assert answer == "WRITE TO press@nordvale.example TODAY."


def test_a_rewriting_that_is_not_one_for_one_is_a_bug() -> None:
    with pytest.raises(ValueError, match="one for one"):
        guarded(lambda texts: [*texts, "more"], ["a"])


def test_spans_that_cannot_be_found_stand_as_rewritten_alone() -> None:
    phrase = Phrase([Span("keeps "), Span("cold", 1), Span(" for hours")])
    pieces = phrase.settle(["mantém gelada", "mantém", "frio", "por horas"])
    assert [(p.span, p.text) for p in pieces] == [(0, "mantém "), (1, "frio"), (2, " por horas")]


def test_markdown_keeps_code_addresses_and_front_matter(documents, tmp_path) -> None:
    source = """---
title: Keep me
---

# A title

Some **bold words** and a [link](http://x.example/a_b "t"), with `code_here`
that goes on.

- [ ] first item
  - nested *item*

| Head | Other |
|---|---:|
| cell | 12 |

```python
keep = "me"
```

    also code

> quoted words

[ref]: http://keep.example
<div class="keep">
![alt words](picture.png)
"""
    path = tmp_path / "a.md"
    path.write_text(source)
    made = documents.rewrite(path, "text/markdown", shouted, MARK).content.decode()
    assert made == (
        source.replace("\n\n# A title", f"\n\n> *{MARK}*\n\n# A TITLE")
        .replace("Some **bold words** and a [link]", "SOME **BOLD WORDS** AND A [LINK]")
        .replace("with `code_here`\nthat goes on.", "WITH `code_here` THAT GOES ON.")
        .replace("first item", "FIRST ITEM")
        .replace("nested *item*", "NESTED *ITEM*")
        .replace("Head | Other", "HEAD | OTHER")
        .replace("| cell |", "| CELL |")
        .replace("quoted words", "QUOTED WORDS")
        .replace("![alt words]", "![ALT WORDS]")
    )


def test_plain_text_keeps_lines_lists_and_windows_ends(documents, tmp_path) -> None:
    path = tmp_path / "a.txt"
    wrapped = (
        "a paragraph that somebody has wrapped by hand at about\r\n"
        "fifty letters, so that its lines must be joined to be\r\n"
        "understood.\r\n"
    )
    path.write_bytes(f"Café list\r\n\r\n- one\r\n- two\r\n\r\n{wrapped}".encode("cp1252"))
    sent: list[str] = []

    def spy(texts: Sequence[str]) -> list[str]:
        sent.extend(texts)
        return shouted(texts)

    made = documents.rewrite(path, "text/plain", spy, MARK).content.decode()
    assert made.startswith(f"[{MARK}]\r\n\r\nCAFÉ LIST\r\n\r\n- ONE\r\n- TWO\r\n\r\n")
    assert " ".join(wrapped.split()) in sent
    assert max(map(len, made.split("\r\n")[6:])) <= 55
    assert "\n" not in made.replace("\r\n", "")


def test_what_has_no_writer_is_not_rewritten(documents, samples) -> None:
    with pytest.raises(Fixable, match="Save it as one of these"):
        documents.rewrite(
            samples / "documents/brand-guideline.pdf", "application/json", shouted, MARK
        )


def test_pdf_text_comes_page_by_page_also_from_many_threads(documents, samples) -> None:
    path = samples / "documents/brand-guideline.pdf"

    def read(_: int) -> tuple[str, ...]:
        documents.preview(path, "application/pdf")
        return documents.read(path, "application/pdf").pages

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(read, range(12)))
    assert len(set(results)) == 1
    assert len(results[0]) == 3
    assert "Our voice" in results[0][0]
    assert "Stories are made in 9:16" in results[0][2]


def test_bad_documents_are_refused_in_one_line(documents, tmp_path) -> None:
    cases = {
        "secret.pdf": (hostile.pdf(password="pw"), "application/pdf", "encrypted"),
        "cut.pdf": (hostile.pdf()[:60], "application/pdf", "damaged"),
        "bomb.docx": (hostile.bomb_docx(), DOCX, "unpacks"),
        "empty.docx": (hostile.docx({}), DOCX, "damaged"),
        "no.docx": (b"PK\x03\x04 nothing", DOCX, "damaged"),
        "noise.txt": (bytes(range(256)), "text/plain", "encoding"),
        "x.bin": (b"abc", "application/x-thing", "Save it as DOCX or PDF"),
    }
    for name, (content, mime, word) in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Fixable, match=word):
            documents.read(path, mime)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_any_usual_encoding(documents, tmp_path, encoding) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Grüße aus Köln – ça va?".encode(encoding))
    assert documents.read(path, "text/plain").pages == ("Grüße aus Köln – ça va?",)


def test_a_dataset_gives_columns_rows_and_an_inert_sample(documents, samples, tmp_path) -> None:
    text = documents.read(samples / "documents/catalogue.csv", "text/csv").pages[0]
    assert text.startswith("Columns: item, product, colour, price_eur")
    assert "Rows: 40" in text
    path = tmp_path / "f.csv"
    path.write_text('a;b\n=HYPERLINK("x";"y");-5\n"@SUM(1)";+3,5\n')
    text = documents.read(path, "text/csv").pages[0]
    assert "'=HYPERLINK" in text
    assert "'@SUM(1) | +3,5" in text
    assert inert("-5") == "-5"


def test_separators_are_found_by_steady_columns() -> None:
    assert separator_of("a;b\n1,5;2\n3,5;4\n") == ";"
    assert separator_of("a\tb\n1\t2\n") == "\t"
    assert separator_of('x,y\n"a,b",2\n"c,d",3\n') == ","
    assert separator_of("One, two.\nThree.\nFour, five, six.\n") is None


def test_every_sample_document_has_a_first_page(documents, samples) -> None:
    kinds = {
        ".pdf": "application/pdf",
        ".docx": DOCX,
        ".csv": "text/csv",
        ".md": "text/markdown",
        ".txt": "text/plain",
    }
    for path in sorted((samples / "documents").iterdir()):
        page = documents.preview(path, kinds[path.suffix])
        assert page is not None
        assert page.mode == "RGB"
        assert page.height > page.width
        assert len(page.convert("L").getcolors() or [0] * 9) > 8, path.name
    assert documents.preview(samples / "photos/IMG_2001.jpg", "image/jpeg") is None
