"""Reframing pictures for slots, ratios and sizes, with what matters inside."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tools.core.assets import Asset, Field, MediaType, Recipe
from tools.core.channels import Channels, Slot
from tools.core.errors import DomainError, Fixable, Refused
from tools.core.indexing import evidence_of
from tools.core.ingest.evidence import faces_from_json
from tools.core.ingest.service import Ingest
from tools.core.library import Library
from tools.core.owned import MOST_ASKED_ABOUT, Owned
from tools.core.people import Authority
from tools.core.perception import Box, Seen
from tools.core.plans import canonical
from tools.core.ports import Clock, Imaging, Rendered, RenderSpec, Vision
from tools.core.records import Catalogue
from tools.core.reframing import Reframing, plan_crop
from tools.core.repurposing.made import Made
from tools.core.repurposing.making import Making
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights

TOOL = "reframe_assets"
STEP = "reframe"
ENGINE = "dalm reframing 1"
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WebP": "webp"}
MOST_REASONS = 6
LOOKING_SIDE = 1280
CUT = 0.02


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is in a picture, as boxes."""

    faces: tuple[Box, ...]
    objects: tuple[Seen, ...]
    texts: tuple[Box, ...]
    salient: Box | None


class Reframer:
    """Makes pictures fit other shapes."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        library: Library,
        ingest: Ingest,
        imaging: Imaging,
        vision: Vision,
        rights: Rights,
        channels: Channels,
        clock: Clock,
        owned: Owned | None = None,
        undo_for: timedelta = timedelta(days=30),
        most: int = 200,
    ) -> None:
        self._owned = owned
        self._most = most
        self._library = library
        self._ingest = ingest
        self._imaging = imaging
        self._vision = vision
        self._channels = channels
        self._clock = clock
        self._making = Making(catalogue=catalogue, rights=rights, clock=clock, undo_for=undo_for)

    def reframe(
        self, asset_ids: Sequence[str], targets: Sequence[str], authority: Authority
    ) -> Made:
        """Make one picture per asset and target, such as `9:16`, `1080x1350` or a slot's name.

        What fails is told in the notes while the rest goes on. Raises Fixable when nothing can be
        made, Refused when rights forbid it.
        """
        if not targets:
            raise Fixable("Say for which slot, ratio or size: instagram-story, 9:16, 1080x1350.")
        slots = {slot.name: slot for slot in map(self._channels.target, targets)}
        assets = self._library.assets(asset_ids, authority.actor)
        if len(assets) * len(slots) > self._most:
            raise Fixable(
                f"That would make {len(assets) * len(slots)} pictures; at most {self._most} are "
                "made at once. Choose fewer pictures or fewer shapes."
            )
        run = _Run()
        if self._owned:
            for asset in assets[:MOST_ASKED_ABOUT]:
                offers = self._owned.in_size(asset, list(slots.values()), authority.actor)
                run.offers += [offer.line for offer in offers]
        for asset in assets:
            try:
                self._reframe_one(asset, list(slots.values()), authority, run)
            except DomainError as trouble:
                run.troubles.append(trouble)
        if not run.shown:
            raise _first(run.troubles)
        names = ", ".join(slots)
        summary = f"Made {len(run.new)} of {len(assets) * len(slots)} for {names}."
        receipt = self._making.receipt(TOOL, summary, run.new, authority)
        stale = [slot for slot in slots.values() if slot.stale(self._clock.now().date())]
        run.notes += [f"The size of {s.name} was last checked on {s.checked_on}." for s in stale]
        return Made(tuple(run.shown), run.told(), receipt)

    def _reframe_one(
        self, asset: Asset, slots: Sequence[Slot], authority: Authority, run: "_Run"
    ) -> None:
        self._making.check_state(asset)
        if asset.media_type is not MediaType.IMAGE:
            raise Fixable(
                f"'{asset.title}' is a {asset.media_type.value}; pictures can be reframed. "
                "Use an image of it instead."
            )
        forbidden = self._making.forbidden(asset, Action.CROP, authority)
        if forbidden:
            raise Refused(f"'{asset.title}' may not be cropped: {forbidden.clause}")
        with self._library.open_file(asset) as path:
            sight = self._sight(asset, path)
            for slot in slots:
                try:
                    self._make(asset, path, sight, slot, authority, run)
                except DomainError as trouble:
                    run.troubles.append(trouble)

    def _make(
        self,
        asset: Asset,
        path: Path,
        sight: _Sight,
        slot: Slot,
        authority: Authority,
        run: "_Run",
    ) -> None:
        width, height = asset.version.width or 0, asset.version.height or 0
        if not width or not height:
            raise Fixable(f"The size of '{asset.title}' is not known. Ingest it again.")
        plan = plan_crop(
            width, height, slot, sight.faces, sight.objects, sight.salient, sight.texts
        )
        spec = RenderSpec(
            plan.crop, slot.width, slot.height, plan.fit, slot.formats[0], slot.max_bytes
        )
        recipe = Recipe(STEP, _arguments(slot, spec), ENGINE)
        title = f"{asset.title} — {slot.name}"
        known = self._making.existing(asset, recipe, authority)
        if known:
            run.shown.append(known)
            run.notes.append(f"{title} is there already.")
            return
        rendered = self._imaging.render(path, spec)
        warnings = self._check(rendered, spec, sight, plan, title)
        if (plan.crop.right - plan.crop.left) * width < slot.width * 0.95:
            warnings.append(f"{title} is enlarged: the picture has fewer pixels than the slot.")
        made = self._ingest.add_rendition(
            asset,
            rendered.content,
            rendered.mime,
            _file_name(asset, slot, spec),
            title,
            recipe,
            authority,
        )
        run.shown.append(made)
        run.new.append(made)
        run.reasons.append(f"{title}: {plan.why}")
        run.notes += warnings

    def _sight(self, asset: Asset, path: Path) -> _Sight:
        """Read what was seen at ingest, or look again where nothing was."""
        values = self._library.fields(asset.id)
        evidence = evidence_of(values)
        faces = [value.value for value in values if value.field is Field.FACES]
        picture = self._imaging.open(path, LOOKING_SIDE)
        salient = self._imaging.subjects(picture)
        if evidence:
            seen = faces_from_json(faces[-1]) if faces else ()
            texts = tuple(region.box for region in evidence.texts)
            return _Sight(_boxes(seen), evidence.objects, texts, salient)
        try:
            look = self._vision.look(picture)
        except Fixable:
            return _Sight((), (), (), salient)
        return _Sight(_boxes(look.faces), look.objects, (), salient)

    def _check(
        self, rendered: Rendered, spec: RenderSpec, sight: _Sight, plan: Reframing, title: str
    ) -> list[str]:
        """Measure the output; what breaks the slot is an error, what needs an eye is a warning."""
        if (rendered.width, rendered.height) != (spec.width, spec.height):
            raise Fixable(
                f"{title} came out as {rendered.width}x{rendered.height} "
                f"instead of {spec.width}x{spec.height}. Try another target."
            )
        if spec.max_bytes and len(rendered.content) > spec.max_bytes:
            limit = spec.max_bytes / 1e6
            raise Fixable(f"{title} cannot be made smaller than {limit:.1f} MB. Try another slot.")
        inside = [face for face in sight.faces if _inside(face, plan.crop)]
        cut = [f for f in sight.faces if not _inside(f, plan.crop) and f.shared(plan.crop) > 0]
        warnings = [f"{title} cuts a face at the edge. Look at it."] if cut else []
        if inside and (found := self._faces_in(rendered)) is not None and found < len(inside):
            warnings.append(
                f"{title}: {found} of {len(inside)} faces were found again. Look at it."
            )
        return warnings

    def _faces_in(self, rendered: Rendered) -> int | None:
        """Count the faces of an output, None when no model can look."""
        with tempfile.TemporaryDirectory(prefix="check-") as folder:
            path = Path(folder) / "output"
            path.write_bytes(rendered.content)
            try:
                return len(self._vision.look(self._imaging.open(path, LOOKING_SIDE)).faces)
            except Fixable:
                return None


class _Run:
    """What has come of a call so far."""

    def __init__(self) -> None:
        self.shown: list[Asset] = []
        self.new: list[Asset] = []
        self.reasons: list[str] = []
        self.notes: list[str] = []
        self.offers: list[str] = []
        self.troubles: list[DomainError] = []

    def told(self) -> tuple[str, ...]:
        """List troubles first, then warnings, then why each picture was cut as it was."""
        reasons = self.reasons if len(self.reasons) <= MOST_REASONS else []
        offers = dict.fromkeys(self.offers)
        return (*(str(trouble) for trouble in self.troubles), *self.notes, *offers, *reasons)


def _first(troubles: Sequence[DomainError]) -> DomainError:
    """Give one error for a call that made nothing: what can be corrected goes before a refusal."""
    text = "\n".join(dict.fromkeys(str(trouble) for trouble in troubles))
    refused = all(isinstance(trouble, Refused) for trouble in troubles)
    return Refused(text) if refused else Fixable(text)


def _arguments(slot: Slot, spec: RenderSpec) -> str:
    crop = [round(side, 6) for side in _sides(spec.crop)]
    return canonical(
        {
            "target": slot.name,
            "width": spec.width,
            "height": spec.height,
            "fit": spec.fit,
            "format": spec.format,
            "max_bytes": spec.max_bytes,
            "crop": crop,
        }
    )


def _file_name(asset: Asset, slot: Slot, spec: RenderSpec) -> str:
    stem = Path(asset.file_name).stem
    return f"{stem}-{slot.name.replace(':', 'x')}.{ENDINGS.get(spec.format, spec.format.lower())}"


def _boxes(seen: Sequence[Seen]) -> tuple[Box, ...]:
    return tuple(one.box for one in seen if one.box)


def _sides(box: Box) -> tuple[float, float, float, float]:
    return (box.left, box.top, box.right, box.bottom)


def _inside(box: Box, crop: Box) -> bool:
    return (
        box.left >= crop.left - CUT * (box.right - box.left)
        and box.right <= crop.right + CUT * (box.right - box.left)
        and box.top >= crop.top - CUT * (box.bottom - box.top)
        and box.bottom <= crop.bottom + CUT * (box.bottom - box.top)
    )
