"""Texts of a PDF that its pages do not show: notes, form values and the targets of links."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MOST_ASIDES = 400
MOST_A_PAGE = 60
LONGEST = 20_000
_KEYS = (b"Contents", b"V", b"DV", b"TU", b"T")


def page_asides(document: pypdfium2.PdfDocument, number: int) -> Iterator[tuple[str, str]]:
    """Give the texts of a page's annotations; one that cannot be read has none.

    The caller holds the lock of pdfium.
    """
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return
    try:
        for place in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_A_PAGE)):
            note = pdfium.FPDFPage_GetAnnot(page, place)
            if not note:
                continue
            try:
                yield from (("note", text) for key in _KEYS if (text := _value(note, key)))
                if target := _target(document, note):
                    yield "link", target
            finally:
                pdfium.FPDFPage_CloseAnnot(note)
    finally:
        page.close()


def _value(note: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size < 2 * LONGEST:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _target(document: pypdfium2.PdfDocument, note: Any) -> str:
    link = pdfium.FPDFAnnot_GetLink(note)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if not 1 < size < LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")
