"""Where a use appears: channels, the media they belong to, and how far a rule about one reaches."""

import re
from functools import lru_cache

from tools.core.rights.actions import Purpose

_SOCIAL = "facebook instagram linkedin pinterest threads tiktok x youtube"
_ONLINE = f"{_SOCIAL} app blog newsletter online-ads website"
_GRANTED = {
    "web": "blog website",
    "social": _SOCIAL,
    "online": _ONLINE,
    "out-of-home": "billboard poster transit",
    "broadcast": "broadcast cinema radio tv",
    "ads": "ads online-ads",
}
_FORBIDDEN = _GRANTED | {
    "web": _ONLINE,
    "print": "billboard packaging poster press print",
    "ads": "ads billboard online-ads",
}
_NAMES = {
    "web": "web|websites?|web sites?|our site|homepage|home page|internet pages?",
    "social": "social|social media|social networks?|socials",
    "online": "online|digital|digital media|internet|electronic media",
    "out-of-home": "out of home|ooh|outdoor",
    "broadcast": "broadcast|broadcasting",
    "ads": "ads|paid media|paid social|paid ads|advertisements?|banners?",
    "instagram": "instagram|insta|ig|reels",
    "facebook": "facebook|fb",
    "linkedin": "linkedin",
    "youtube": "youtube|yt",
    "tiktok": "tiktok|tik tok",
    "x": "twitter|x.com",
    "pinterest": "pinterest",
    "threads": "threads",
    "newsletter": "newsletters?|e-?mails?|mailings?",
    "blog": "blogs?|weblog",
    "app": "apps?|mobile apps?",
    "print": "print|printed matter|brochures?|magazines?|catalogues?|catalogs?|flyers?|leaflets?"
    "|books?",
    "billboard": "billboards?|hoardings?",
    "poster": "posters?",
    "packaging": "packaging|packages?|labels?",
    "press": "press|press kit|media kit|newspapers?",
    "tv": "tv|television",
    "cinema": "cinema",
    "radio": "radio",
    "internal": "internal|internally|intranet|in-house|in house",
}
_PURPOSES = {
    Purpose.COMMERCIAL.value: "commercial advertising merchandise",
    Purpose.NON_COMMERCIAL.value: "non-commercial education personal",
}


@lru_cache(maxsize=4096)
def granted(channels: tuple[str, ...]) -> frozenset[str] | None:
    """Give the channels that a permission for these reaches; None is every channel."""
    return _union(channels, _GRANTED)


@lru_cache(maxsize=4096)
def barred(channels: tuple[str, ...]) -> frozenset[str] | None:
    """Give the channels that a prohibition of these reaches; None is every channel."""
    return _union(channels, _FORBIDDEN)


@lru_cache(maxsize=1024)
def purposes(values: tuple[str, ...]) -> frozenset[str] | None:
    """Give the purposes that these stand for; None is every purpose."""
    return _union(values, _PURPOSES)


def mentioned(text: str) -> list[tuple[str, int, int]]:
    """Find the channels and media that an English text names: name, start and end."""
    return [
        (name, match.start(), match.end())
        for match in _pattern().finditer(text)
        if (name := next((n for n, p in _NAMES.items() if re.fullmatch(p, match[0], re.I)), None))
    ]


def _union(values: tuple[str, ...], groups: dict[str, str]) -> frozenset[str] | None:
    if not values:
        return None
    return frozenset(one for value in values for one in (value, *groups.get(value, "").split()))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    every = sorted("|".join(_NAMES.values()).split("|"), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(every)})(?![\w-])", re.IGNORECASE)
