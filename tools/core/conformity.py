"""How assets keep to the conventions of the house; nothing is ever renamed or filled in by it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tools.core.assets import Asset, AssetId, Field, FieldValue, Source
from tools.core.conventions import Conventions
from tools.core.people import Viewer
from tools.core.records import AssetFilter, Catalogue, Records
from tools.core.survey.names import proposal

CHUNK = 200
ASKED = {
    "title": Field.TITLE,
    "description": Field.DESCRIPTION,
    "creator": Field.CREATOR,
    "credit": Field.CREDIT,
    "copyright": Field.COPYRIGHT,
    "captured_at": Field.CAPTURED_AT,
    "keywords": Field.TAG,
}
# What is the same for a whole folder more often than not.
FEWEST = 3
SHARED = ("creator", "credit", "copyright")


@dataclass(frozen=True, slots=True)
class Missing:
    """A required field that nobody filled in, and what others in its folder have, perhaps ""."""

    field: str
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """What of an asset breaks the conventions; `name` is a file name that would keep to them."""

    asset: Asset
    faults: tuple[str, ...]
    name: str
    missing: tuple[Missing, ...]

    def line(self) -> str:
        """Say it in one line for a person."""
        parts = [f"Its name {' and '.join(self.faults)}; '{self.name}' would do."] * bool(
            self.faults
        )
        if self.missing:
            named = (
                f"{one.field} ('{one.proposal}' stands on others of its folder)"
                if one.proposal
                else one.field
                for one in self.missing
            )
            parts.append(f"It lacks {', '.join(named)}.")
        return " ".join(parts)


class Conformity:
    """Measures assets against the conventions file; Fixable where that cannot be read."""

    def __init__(self, *, catalogue: Catalogue, conventions: Callable[[], Conventions]) -> None:
        self._catalogue = catalogue
        self._conventions = conventions

    def of(self, asset_id: str, viewer: Viewer) -> Shortcoming | None:
        """Give what one asset falls short of, or None."""
        with self._catalogue.reading() as records:
            asset = records.assets.get(asset_id, viewer)
            return next(iter(self._short(records, [asset] if asset else [], {})), None)

    def report(self, viewer: Viewer) -> list[Shortcoming]:
        """List the active assets that fall short, the newest first."""
        found: list[Shortcoming] = []
        offset = 0
        with self._catalogue.reading() as records:
            usual = _usual(records, viewer)
            while True:
                assets = records.assets.select(AssetFilter(), viewer, CHUNK, offset)
                found += self._short(records, assets, usual)
                if len(assets) < CHUNK:
                    return found
                offset += CHUNK

    def _short(
        self,
        records: Records,
        assets: Sequence[Asset],
        usual: Mapping[tuple[str, str], str],
    ) -> Iterable[Shortcoming]:
        conventions = self._conventions()
        said: dict[AssetId, list[FieldValue]] = {asset.id: [] for asset in assets}
        for value in records.fields.current(list(said)):
            said[value.asset_id].append(value)
        for asset in assets:
            # A title out of a file name, and what models saw, is nothing that anybody said.
            told = {v.field: v.value for v in said[asset.id] if v.source is not Source.MODEL}
            faults = tuple(fault.says for fault in conventions.faults_of(asset.file_name))
            missing = tuple(
                Missing(name, usual.get((asset.folder or "", name), ""))
                for name in conventions.required.get(asset.media_type, ())
                if ASKED[name] not in told
            )
            if faults or missing:
                folder = (asset.folder or "").rpartition("/")[2]
                day = told.get(Field.CAPTURED_AT, "")[:10]
                better = proposal(asset.file_name, folder, day) if faults else ""
                yield Shortcoming(asset, faults, better, missing)


def _usual(records: Records, viewer: Viewer) -> dict[tuple[str, str], str]:
    """Give what several assets of a folder have in the fields that a folder often shares."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    for name in SHARED:
        values = records.fields.everywhere(ASKED[name])
        folders = {
            asset.id: asset.folder
            for asset in records.assets.many(list({v.asset_id for v in values}), viewer)
        }
        for value in values:
            if folder := folders.get(value.asset_id):
                counted.setdefault((folder, name), Counter())[value.value] += 1
    best = {key: count.most_common(1)[0] for key, count in counted.items()}
    return {key: text for key, (text, times) in best.items() if times >= FEWEST}
