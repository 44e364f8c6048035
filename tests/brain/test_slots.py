"""Arguments read by rule, in eight languages."""

from pathlib import Path

import pytest

from agent.brains import languages, slots
from tools.core import channels as core_channels
from tools.core.channels import parse_channels

CHANNELS = parse_channels(
    Path(core_channels.__file__).with_name("channels.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        (
            "make the second one an instagram story and a youtube thumbnail",
            ("instagram-story", "youtube-thumbnail"),
        ),
        (
            "fais-en une story Instagram et une miniature YouTube",
            ("instagram-story", "youtube-thumbnail"),
        ),
        ("mach aus dem zweiten eine Instagram-Story", ("instagram-story",)),
        ("haz una historia de Instagram", ("instagram-story",)),
        ("インスタのストーリーにして", ("instagram-story",)),
        ("ich brauche das Plakat in 16:9 und 9:16", ("16:9", "9:16")),
        ("crop to 9:16 and square", ("9:16", "1:1")),
        ("ritaglia la seconda in formato quadrato", ("1:1",)),
        ("il me faut la deuxième en vertical", ("9:16",)),
        ("3番目を正方形に切り抜いて", ("1:1",)),
        ("1080x1350 please", ("1080x1350",)),
        ("resize these for LinkedIn", ("linkedin-post",)),
        ("décline la première pour Pinterest et Facebook", ("pinterest-pin", "facebook-post")),
        ("make it nicer", ()),
    ],
)
def test_targets(text, targets):
    assert slots.targets(text, CHANNELS) == targets


def test_every_target_is_one_that_the_core_can_make():
    for text in ("story for instagram, facebook and tiktok", "hero image and og image", "a pin"):
        for target in slots.targets(text, CHANNELS):
            assert CHANNELS.target(target)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("may we use it on instagram in germany?", "instagram"),
        ("publish the story to the website", "website"),
        ("publish the instagram story to the website", "website"),
        ("stell das erste auf die Website", "website"),
        ("togli il video da YouTube", "youtube"),
        ("retire la photo d'Instagram", "instagram"),
        ("2番目をインスタに投稿して", "instagram"),
        ("put it in the nieuwsbrief", "newsletter"),
        ("delete the second one", None),
    ],
)
def test_channel(text, channel):
    assert slots.channel(text) == channel


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("may we use it on instagram in germany?", "DE"),
        ("dürfen wir das in Österreich drucken", "AT"),
        ("a-t-on le droit en Belgique ?", "BE"),
        ("¿podemos usarla en Brasil?", "BR"),
        ("podemos usar isto em França?", "FR"),
        ("ドイツで使ってもいいですか", "DE"),
        ("may we use it in the EU", "EU"),
        ("is it cleared for us", None),
    ],
)
def test_territory(text, code):
    assert slots.territory(text) == code


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("translate the product sheet into Portuguese", "pt"),
        ("übersetze das ins Französische", "fr"),
        ("vertaal de poster naar het Duits", "de"),
        ("traduci in spagnolo", "es"),
        ("日本語に訳して", "ja"),
        ("translate it from German to English", "en"),
        ("the brochure for our readers in Brazil", "pt"),
        ("translate it", None),
    ],
)
def test_language(text, language):
    assert languages.language(text) == language


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("which licences end in the next 30 days?", 30),
        ("nächsten Monat", 30),
        ("dans les deux prochaines semaines", 14),
        ("within a week", 7),
        ("今後60日以内に期限切れになるライセンスは?", 60),
        ("de komende 60 dagen", 60),
        ("half a year", 180),
        ("soon", None),
    ],
)
def test_days(text, days):
    assert slots.days(text) == days


@pytest.mark.parametrize(
    ("text", "colour"),
    [("delete the red one", "red"), ("lösche das rote", "red"), ("la bleue", "blue"), ("it", None)],
)
def test_colour(text, colour):
    assert slots.colour(text) == colour


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("we need this one in swiss french", "fr-CH"),
        ("the brochure in German as used in Switzerland", "de-CH"),
        ("auf britischem Englisch bitte", "en-GB"),
        ("quero a brochura em espanhol do México", "es-MX"),
        ("traduis-la en néerlandais de Belgique", "nl-BE"),
        ("ブラジルポルトガル語に訳して", "pt-BR"),
        ("簡体字中国語に訳して", "zh-Hans"),
        ("into German for Germany", "de"),
        ("translate it into ukranian", "uk"),
        ("ins Englische für unser Team in Wien", "en"),
    ],
)
def test_languages_have_regions_where_they_are_said(text, code):
    assert languages.language(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("does it cover Australian journalists", "AU"),
        ("fine for the German market?", "DE"),
        ("pour le marché suisse", "CH"),
        ("ドイツ市場で使えますか", "DE"),
        ("per l'Austria", "AT"),
        ("the Italian brochure on our website", None),
    ],
)
def test_a_people_names_its_market(text, code):
    assert slots.territory(text) == code


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("story + square for insta", ("instagram-story", "instagram-square")),
        ("a company banner for linkedin", ("linkedin-cover",)),
        ("in sixteen by nine and four by five", ("16:9", "4:5")),
        ("en nueve por dieciséis", ("9:16",)),
        ("em 1920 por 1080", ("1920x1080",)),
        ("16対9にして", ("16:9",)),
    ],
)
def test_slots_by_channel_and_shape_and_numbers_in_words(text, targets):
    assert slots.targets(text, CHANNELS) == targets


def test_what_is_published_for_a_country_names_its_market():
    assert slots.market("publish it on the website for Belgium") == "BE"
    assert slots.market("publish the Portugal brochure on the website") is None
