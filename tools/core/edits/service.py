"""Editing a picture: rights first, the original untouched, and a check of what came out."""

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tools.core.assets import Asset, Field, MediaType, Recipe
from tools.core.edits import planning
from tools.core.edits.carrying_out import Carrying, Outcome
from tools.core.edits.provenance import source_type
from tools.core.edits.wishes import Stamped, Wish
from tools.core.edits.words import read_edit
from tools.core.errors import Fixable, Refused
from tools.core.indexing import evidence_of
from tools.core.ingest.service import Ingest
from tools.core.library import Library
from tools.core.people import Authority
from tools.core.perception import Seen
from tools.core.ports import Clock, Cutter, Imaging, Rendered, Retouch, Vision
from tools.core.records import Catalogue
from tools.core.referring import Referring
from tools.core.repurposing.made import Made
from tools.core.repurposing.making import Making
from tools.core.rights.service import Rights

TOOL = "edit_image"
ENGINE = "dalm editing 1"
MOST_PIXELS = 60_000_000
LOOKING_SIDE = 1280
CARRIED = (
    Field.CREATOR,
    Field.COPYRIGHT,
    Field.CREDIT,
    Field.RIGHTS_HOLDER,
    Field.USAGE_TERMS,
    Field.WEB_STATEMENT,
    Field.LICENSOR,
    Field.DATA_MINING,
    Field.SOURCE_TYPE,
)


class Editor:
    """Changes what pictures show."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        library: Library,
        ingest: Ingest,
        imaging: Imaging,
        vision: Vision,
        cutter: Cutter,
        retouch: Retouch,
        referring: Referring,
        rights: Rights,
        clock: Clock,
        undo_for: timedelta = timedelta(days=30),
    ) -> None:
        self._library = library
        self._ingest = ingest
        self._imaging = imaging
        self._vision = vision
        self._cutter = cutter
        self._retouch = retouch
        self._referring = referring
        self._making = Making(catalogue=catalogue, rights=rights, clock=clock, undo_for=undo_for)

    def edit(self, asset_id: str, said: str, authority: Authority) -> Made:
        """Make a new asset as the words say.

        Raises Fixable when the words cannot be understood or carried out, or when what came out
        is not what was asked for; Refused when rights forbid it. Nothing is registered then.
        """
        wish = read_edit(said)
        (asset,) = self._library.assets([asset_id], authority.actor)
        self._check(asset, wish, authority)
        other = self._other(wish, asset, authority)
        with self._library.open_file(asset) as path:
            return self._made(asset, other, wish, path, authority)

    def _check(self, asset: Asset, wish: Wish, authority: Authority) -> None:
        self._making.check_state(asset)
        if asset.media_type is not MediaType.IMAGE:
            raise Fixable(
                f"'{asset.title}' is a {asset.media_type.value}; pictures can be edited. "
                "Use an image of it instead."
            )
        forbidden = self._making.forbidden(asset, planning.action_of(wish), authority)
        if forbidden:
            raise Refused(f"'{asset.title}' may not be edited: {forbidden.clause}")
        pixels = (asset.version.width or 0) * (asset.version.height or 0)
        if pixels > MOST_PIXELS:
            raise Fixable(
                f"'{asset.title}' has {pixels / 1e6:.0f} megapixels; up to {MOST_PIXELS // 10**6} "
                "can be edited. Reframe it to a smaller size first, then edit that."
            )

    def _other(self, wish: Wish, asset: Asset, authority: Authority) -> Asset | None:
        """Give the logo that is to be laid on."""
        if not isinstance(wish, Stamped):
            return None
        (found,) = self._referring.assets(None, wish.query, authority.actor)[:1]
        (other,) = self._library.assets([found], authority.actor)
        if other.id == asset.id:
            raise Fixable("That is the picture itself. Name the logo in quotation marks.")
        self._check(other, wish, authority)
        return other

    def _made(
        self, asset: Asset, other: Asset | None, wish: Wish, path: Path, authority: Authority
    ) -> Made:
        picture = self._imaging.open(path)
        own = self._retouch.own_subject(picture)
        clear = planning.transparent(wish, has_alpha=own is not None)
        form = planning.form_of(asset, transparent=clear)
        engine = f"{ENGINE}; {self._cutter.name}" if planning.cuts(wish) else ENGINE
        recipe = Recipe(wish.step, planning.arguments_of(wish, form, other), engine)
        title = f"{asset.title} — {wish.name}"
        if known := self._making.existing(asset, recipe, authority):
            return Made((known,), (f"{title} is there already.",), None)
        carrying = Carrying(self._imaging, self._cutter, self._retouch)
        seen = self._objects(asset, path)
        logo = None
        if other:
            with self._library.open_file(other) as place:
                logo = self._imaging.open(place)
        outcome = carrying.carry_out(wish, picture, seen, logo)
        rendered = self._retouch.written(outcome.picture, form, self._fields(asset, recipe.step))
        notes = self._checked(carrying, wish, outcome, rendered)
        made = self._ingest.add_rendition(
            asset,
            rendered.content,
            rendered.mime,
            planning.file_name(asset, wish, form),
            title,
            recipe,
            authority,
        )
        receipt = self._making.receipt(TOOL, f"Made {title}.", [made], authority)
        return Made((made,), notes, receipt)

    def _checked(
        self, carrying: Carrying, wish: Wish, outcome: Outcome, rendered: Rendered
    ) -> tuple[str, ...]:
        """Open what was written again and measure it."""
        with tempfile.TemporaryDirectory(prefix="check-") as folder:
            output = Path(folder) / "output"
            output.write_bytes(rendered.content)
            return carrying.check(wish, outcome, self._imaging.open(output))

    def _objects(self, asset: Asset, path: Path) -> Sequence[Seen]:
        """Give the objects seen at ingest, or look again where nothing was."""
        evidence = evidence_of(self._library.fields(asset.id))
        if evidence:
            return evidence.objects
        try:
            return self._vision.look(self._imaging.open(path, LOOKING_SIDE)).objects
        except Fixable:
            return ()

    def _fields(self, asset: Asset, step: str) -> dict[str, str]:
        """Give the rights fields that go into the file, the last word of each."""
        values = self._library.fields(asset.id)
        fields = {v.field.value: v.value for v in values if v.field in CARRIED and v.value}
        said = source_type(step, fields.get(Field.SOURCE_TYPE.value, ""))
        return fields | ({Field.SOURCE_TYPE.value: said} if said else {})
