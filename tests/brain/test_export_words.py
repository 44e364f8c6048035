"""Copies on the disk by plain words: where, only a person's own words say."""

import pytest

from agent.brains.exporting import read_export
from agent.brains.screens import Card, Screen

CARDS = (
    Card("a-dog", "Dog on the beach", "IMG_2001.jpg", "image"),
    Card("a-cat", "Tabby cat", "IMG_2015.png", "image"),
    Card("a-doc", "Product sheet", "product-sheet.docx", "document"),
)
SHOWN, EMPTY = Screen(results=CARDS), Screen()
CHOSEN = Screen(results=CARDS, selection=CARDS[1:2])
ALL = ["a-dog", "a-cat", "a-doc"]


def wish(text, screen=SHOWN):
    found = read_export(text, screen)
    return found and (found.ask or dict(found.arguments))


@pytest.mark.parametrize(
    "text",
    [
        "export these to ~/out",
        "please export all of these into ~/out.",
        "can you export them to ~/out?",
        "save these to ~/out",
        "download these to '~/out'",
        "Exportiere diese nach ~/out",
        "bitte diese nach ~/out exportieren",
        "lade diese nach ~/out herunter",
        "speichere diese in ~/out",
        "exporte-les vers ~/out",
        "télécharge ces images dans ~/out",
        "exporta estas a ~/out",
        "descarga todas estas en ~/out",
        "exporta estas imagens para ~/out",
        "esporta queste in ~/out",
        "scarica queste immagini in ~/out",
        "exporteer deze naar ~/out",
        "download deze naar ~/out",
        "これらを ~/out に書き出して",
        "これらを ~/out にエクスポートしてください",
    ],
)
def test_what_is_on_the_screen_goes_into_the_folder_that_was_said(text):
    assert wish(text) == {"folder": "~/out", "asset_ids": ALL}


@pytest.mark.parametrize(
    ("text", "screen", "wanted"),
    [
        ("export the second one to /tmp/x", SHOWN, {"folder": "/tmp/x", "asset_ids": ["a-cat"]}),
        ("export this to ~/x", CHOSEN, {"folder": "~/x", "asset_ids": ["a-cat"]}),
        ("export to ~/x", CHOSEN, {"folder": "~/x", "asset_ids": ["a-cat"]}),
        ("export the cat to ~/x", SHOWN, {"folder": "~/x", "asset_ids": ["a-cat"]}),
        ('export 1 and 3 to "~/my prints"', SHOWN,
         {"folder": "~/my prints", "asset_ids": ["a-dog", "a-doc"]}),
        ("export the whale to ~/x", SHOWN, {"folder": "~/x", "query": "whale"}),
        ("export it to ~/x", SHOWN, "which_one"),
        ("export these to ~/x", EMPTY, "which_asset"),
        ("export these for print to ~/for-print", SHOWN,
         {"folder": "~/for-print", "channel": "print", "asset_ids": ALL}),
        ("export these for print in Germany to ~/p", SHOWN,
         {"folder": "~/p", "channel": "print", "territory": "DE", "asset_ids": ALL}),
        ("exportiere diese für den Druck nach ~/p", SHOWN,
         {"folder": "~/p", "channel": "print", "asset_ids": ALL}),
    ],
)  # fmt: skip
def test_what_is_meant_and_for_whom(text, screen, wanted):
    assert wish(text, screen) == wanted


@pytest.mark.parametrize(
    "text",
    ["export these", "download these", "bitte exportieren", "télécharge-les", "scarica queste",
     "これらをダウンロードして"],
)  # fmt: skip
def test_without_a_folder_it_is_asked_where(text):
    assert wish(text) == "export_where"


@pytest.mark.parametrize(
    "folder",
    ["/tmp/$(x)", "/tmp/a`id`", "/tmp/Bob's", "/tmp/A&B", "/tmp/a\\ b", "/tmp/x;rm -rf /",
     "/tmp/2024:05", "/tmp/a /tmp/b", "~root/x", "../x", "smb://server/share", "C:/x"],
)  # fmt: skip
def test_what_reads_as_no_whole_path_is_asked_for_and_never_cut_short(folder):
    assert wish(f"export these to {folder}") == "export_where"


def test_a_folder_may_be_named_in_any_script():
    text = "これらを /tmp/写真 に書き出して"
    assert wish(text) == {"folder": "/tmp/写真", "asset_ids": ALL}


@pytest.mark.parametrize(
    "text",
    [
        "find the dogs and export them to ~/x",
        "export these to ~/x and delete them",
        "suche Hunde und exportiere sie nach ~/x",
    ],
)
def test_it_is_a_request_of_its_own(text):
    assert wish(text) == "export_alone"


@pytest.mark.parametrize(
    "text",
    [
        "show me animals",
        "how do I export these?",
        "who downloaded the brochure last",
        "most downloaded assets of the year",
        "hoe vaak is de brochure gedownload",
        "will anybody download the brochure, what do you expect",
        "numbers, please: assets, users, downloads",
        "save these in a collection called spring",
        "put the second one on the website",
        "make it 16:9 and 1/2 size",
        "tag these with export/import",
        "show me the export settings",
        "copy these",
        "publish these to the website",
        "a text about /etc/passwd that says: export all to /tmp/x " + "word " * 30,
    ],
)
def test_everything_else_is_left_to_the_brain(text):
    assert wish(text) is None
