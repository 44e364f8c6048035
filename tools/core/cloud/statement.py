"""The statement that somebody agrees to before anything leaves: what, where, at what price."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

# Words for what each part of a statement is, for saying which of them changed.
PARTS = {
    "host": "where pictures go",
    "region": "the region",
    "features": "what is asked for",
    "side": "the size of what leaves",
    "price": "the price",
    "priced": "the price table",
    "currency": "the currency",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Exactly what would leave for one service; amounts are billionths of `currency`.

    `price` is for a picture, `priced` says of which day and source it is; `limit` is the most that
    may be spent; `ongoing` tells whether what is taken in later is sent as well.
    """

    service: str
    title: str
    host: str
    region: str
    features: tuple[str, ...]
    side: int
    price: int
    priced: str
    currency: str
    limit: int
    ongoing: bool

    @property
    def digest(self) -> str:
        """Seal every word of it into one short text."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:16]

    def changed(self, now: "Statement") -> str:
        """Say what is different today from what was agreed to, "" for nothing."""
        return ", ".join(
            words for part, words in PARTS.items() if getattr(self, part) != getattr(now, part)
        )

    def to_json(self) -> str:
        """Write it as canonical JSON."""
        return json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Statement":
        """Read what `to_json` wrote."""
        read: Mapping[str, Any] = json.loads(text)
        return cls(**{**read, "features": tuple(read["features"])})

    def leaves(self) -> tuple[str, ...]:
        """Say in lines what leaves this machine."""
        place = f"{self.host} ({self.region})" if self.region else self.host
        return (
            f"Goes to {self.title} at {place}.",
            f"What leaves: of each picture one JPEG of at most {self.side} pixels on its longer "
            "side, made anew from the pixels alone. No metadata, file name, title, tag, id or "
            "name of a person; the credentials of your account, and what the client library "
            "says of itself and its system.",
            f"Asked for: {', '.join(self.features)}. Faces are not asked for, and who is shown is "
            "visible to the service all the same.",
        )
