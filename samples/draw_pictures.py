"""Draws the pictures of samples/own: `python -m samples.draw_pictures`.

They belong to an invented bottle maker, Nordvale, and are ours, so they may carry restrictions.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from PIL.ExifTags import Base

OWN = Path(__file__).parent / "own"
HOLDER = "Nordvale Studio"
_FINE = 2
_BOLD = ("LiberationSans-Bold.ttf", "DejaVuSans-Bold.ttf", "arialbd.ttf")

Colour = tuple[int, int, int]
Point = tuple[float, float]


def font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Give a bold system font, or Pillow's own."""
    for name in _BOLD:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """Blend two colours from top to bottom."""
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)


def written(picture: Image.Image, at: Point, text: str, size: float, fill: str) -> None:
    """Write centred text."""
    ImageDraw.Draw(picture).text(at, text, fill=fill, font=font(size), anchor="mm")


def bottle(height: int, body: Colour, cap: Colour) -> Image.Image:
    """Render a steel bottle with soft light, on a transparent ground."""
    width = round(height * 0.36)
    shape = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(shape)
    neck, shoulder = height * 0.17, height * 0.30
    base = [width * 0.06, shoulder - 2, width * 0.94, height - 4]
    pen.rounded_rectangle(base, width * 0.13, 255, corners=(False, False, True, True))
    steps = [i / 24 for i in range(25)]
    left = [
        (width * (0.30 - 0.24 * (0.5 - 0.5 * math.cos(math.pi * t))), neck + (shoulder - neck) * t)
        for t in steps
    ]
    pen.polygon([*left, *((width - x, y) for x, y in reversed(left))], fill=255)
    lid = Image.new("L", (width, height), 0)
    ImageDraw.Draw(lid).rounded_rectangle(
        [width * 0.27, height * 0.02, width * 0.73, neck + 4], width * 0.07, 255
    )
    made = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    made.paste(_rounded(width, height, body), mask=shape)
    made.paste(_rounded(width, height, cap), mask=lid)
    pen = ImageDraw.Draw(made)
    pen.line([width * 0.27, neck, width * 0.73, neck], fill=(0, 0, 0, 90), width=6)
    pen.ellipse(
        [width * 0.42, height * 0.56, width * 0.58, height * 0.56 + width * 0.16],
        outline=(255, 255, 255, 210),
        width=8,
    )
    pen.polygon(
        [
            (width * 0.46, height * 0.595),
            (width * 0.5, height * 0.572),
            (width * 0.54, height * 0.595),
        ],
        fill=(255, 255, 255, 220),
    )
    return made


def _rounded(width: int, height: int, colour: Colour) -> Image.Image:
    """Shade a colour as light falls on a cylinder."""
    strip = Image.new("RGB", (width, 1))
    for x in range(width):
        at = x / width
        light = 0.55 + 0.45 * math.sin(math.pi * min(1.0, at * 1.05))
        shine = 0.75 * math.exp(-(((at - 0.27) / 0.07) ** 2))
        shine += 0.22 * math.exp(-(((at - 0.78) / 0.05) ** 2))
        strip.putpixel(
            (x, 0), tuple(min(255, round(part * light + 190 * shine)) for part in colour)
        )
    return strip.resize((width, height))


def standing(picture: Image.Image, thing: Image.Image, left: int, top: int) -> None:
    """Place a thing with the shadow it throws on the ground."""
    shade = Image.new("L", picture.size, 0)
    ImageDraw.Draw(shade).ellipse(
        [
            left - thing.width * 0.15,
            top + thing.height * 0.955,
            left + thing.width * 1.35,
            top + thing.height * 1.035,
        ],
        fill=120,
    )
    shade = shade.filter(ImageFilter.GaussianBlur(thing.width * 0.08))
    picture.paste((10, 14, 24), mask=shade)
    picture.paste(thing, (left, top), thing)


def poster() -> Image.Image:
    """A red summer poster."""
    width, height = 1200 * _FINE, 1600 * _FINE
    picture = gradient((width, height), (196, 10, 34), (222, 32, 48))
    pen = ImageDraw.Draw(picture, "RGBA")
    centre = (width / 2, height * 0.47)
    for number in range(36):
        angle = math.tau * number / 36
        spread = math.tau / 150
        pen.polygon(
            [
                centre,
                (
                    centre[0] + height * math.cos(angle - spread),
                    centre[1] + height * math.sin(angle - spread),
                ),
                (
                    centre[0] + height * math.cos(angle + spread),
                    centre[1] + height * math.sin(angle + spread),
                ),
            ],
            fill=(255, 255, 255, 16),
        )
    radius = width * 0.36
    pen.ellipse(
        [centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius],
        fill=(170, 6, 28, 255),
    )
    thing = bottle(round(height * 0.52), (226, 40, 52), (250, 246, 238))
    standing(picture, thing, round(width / 2 - thing.width / 2), round(height * 0.20))
    written(picture, (width / 2, height * 0.10), "SUMMER ON TAP", width * 0.098, "#fff7ed")
    written(picture, (width / 2, height * 0.83), "Cold for 24 hours.", width * 0.062, "#fff7ed")
    written(picture, (width / 2, height * 0.90), "NORDVALE", width * 0.040, "#fecaca")
    return picture


def banner() -> Image.Image:
    """A teal banner with waves."""
    width, height = 1800 * _FINE, 700 * _FINE
    picture = gradient((width, height), (15, 128, 128), (10, 98, 104))
    pen = ImageDraw.Draw(picture, "RGBA")
    for number, tone in enumerate(((28, 150, 146), (18, 116, 120), (12, 92, 98), (8, 74, 82))):
        base = height * (0.52 + 0.13 * number)
        crest: list[Point] = [
            (x, base + height * 0.06 * math.sin(x / width * (5 + number) + number * 1.9))
            for x in range(0, width + 8, 8)
        ]
        pen.polygon([(0, height), *crest, (width, height)], fill=(*tone, 255))
    thing = bottle(round(height * 0.86), (24, 140, 138), (240, 246, 244))
    standing(picture, thing.rotate(-8, Image.Resampling.BICUBIC, expand=True), 2680, 60)
    pen.text((width * 0.06, height * 0.26), "Refill, not landfill", "#f0fdfa", font(width * 0.062))
    note = "Every bottle saves 156 plastic ones a year"
    pen.text((width * 0.06, height * 0.47), note, "#ccfbf1", font(width * 0.023))
    return picture


def product() -> Image.Image:
    """A studio picture of three bottles."""
    side = 1400 * _FINE
    picture = gradient((side, side), (238, 240, 243), (205, 210, 218))
    ImageDraw.Draw(picture).rectangle([0, side * 0.74, side, side], fill=(222, 226, 232))
    picture = picture.filter(ImageFilter.GaussianBlur(60))
    colours = (
        ((48, 66, 92), (30, 34, 40), 0.10, 0.60),
        ((176, 182, 188), (36, 40, 46), 0.37, 0.72),
        ((212, 120, 52), (40, 36, 34), 0.68, 0.60),
    )
    for body, cap, left, tall in colours:
        thing = bottle(round(side * tall), body, cap)
        standing(picture, thing, round(side * left), round(side * (0.86 - tall)))
    return picture


def badge() -> Image.Image:
    """A sale badge on a transparent ground."""
    side = 1000 * _FINE
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.polygon(_star(side / 2, side * 0.48, side * 0.42, 24), fill="#f59e0b")
    pen.polygon(_star(side / 2, side * 0.44, side * 0.385, 24), fill="#fbbf24")
    ring = side * 0.34
    edge = [side / 2 - ring, side / 2 - ring, side / 2 + ring, side / 2 + ring]
    pen.ellipse(edge, outline="#78350f", width=side // 120)
    written(picture, (side / 2, side * 0.36), "SALE", side * 0.10, "#78350f")
    written(picture, (side / 2, side * 0.53), "-30%", side * 0.22, "#78350f")
    written(picture, (side / 2, side * 0.68), "this week only", side * 0.052, "#78350f")
    return picture


def _star(centre: float, outer: float, inner: float, points: int) -> Sequence[Point]:
    return [
        (
            centre + (outer if i % 2 == 0 else inner) * math.cos(math.pi * i / points),
            centre + (outer if i % 2 == 0 else inner) * math.sin(math.pi * i / points),
        )
        for i in range(2 * points)
    ]


def night() -> Image.Image:
    """A night landscape with a tent, for stories."""
    width, height = 1600 * _FINE, 1000 * _FINE
    chance = Random(7)  # noqa: S311  (stars, not secrets)
    picture = gradient((width, height), (16, 22, 58), (94, 60, 128))
    pen = ImageDraw.Draw(picture, "RGBA")
    for _ in range(320):
        x, y, size = chance.random() * width, chance.random() ** 1.6 * height * 0.6, chance.random()
        light = (255, 250, 230, round(90 + 165 * size))
        pen.ellipse([x, y, x + 2 + 5 * size, y + 2 + 5 * size], fill=light)
    pen.ellipse([width * 0.72, height * 0.12, width * 0.80, height * 0.248], fill="#fef3c7")
    for number, tone in enumerate(("#4c3a78", "#352a5c", "#221c42", "#141230")):
        base = height * (0.56 + 0.11 * number)
        ridge = [
            (x, base - height * _ridge(x / width * (3 + number), number) * 0.16)
            for x in range(0, width + 10, 10)
        ]
        pen.polygon([(0, height), *ridge, (width, height)], fill=tone)
    glow = Image.new("L", picture.size, 0)
    ImageDraw.Draw(glow).ellipse([1200, 1480, 2000, 1980], fill=150)
    picture.paste((255, 178, 84), mask=glow.filter(ImageFilter.GaussianBlur(110)))
    pen = ImageDraw.Draw(picture)
    pen.polygon([(1330, 1830), (1600, 1480), (1870, 1830)], fill="#f59e0b")
    pen.polygon([(1600, 1480), (1870, 1830), (1990, 1780)], fill="#b45309")
    pen.polygon([(1540, 1830), (1600, 1580), (1660, 1830)], fill="#fef3c7")
    return picture


def _ridge(at: float, seed: int) -> float:
    waves = ((1.0, 1.7), (0.5, 3.9), (0.24, 8.3), (0.1, 17.0))
    return sum(size * math.sin(at * pace + seed * 2.3) for size, pace in waves) / 1.2


def save(picture: Image.Image, name: str, title: str) -> None:
    """Write a picture in half of its drawn size, with holder and title inside."""
    small = picture.resize(
        (picture.width // _FINE, picture.height // _FINE), Image.Resampling.LANCZOS
    )
    exif = Image.Exif()
    exif[Base.Artist] = HOLDER
    exif[Base.Copyright] = f"(c) 2026 {HOLDER}"
    exif[Base.ImageDescription] = title
    path = OWN / name
    if path.suffix == ".png":
        small.save(path, exif=exif, optimize=True)
    else:
        small.convert("RGB").save(path, exif=exif, quality=88, optimize=True)


def main() -> None:
    """Draw all of them."""
    OWN.mkdir(exist_ok=True)
    save(poster(), "poster-summer.jpg", "Summer on tap poster")
    save(banner(), "banner-refill.jpg", "Refill, not landfill banner")
    save(product(), "bottles-studio.jpg", "Three steel bottles in the studio")
    save(badge(), "badge-sale.png", "Sale badge")
    save(night(), "camp-night.jpg", "Camp under the stars")


if __name__ == "__main__":
    main()
