"""A wish as something to carry out: what rights it needs, its recipe, its file."""

from pathlib import Path

from tools.core.assets import Asset
from tools.core.edits.wishes import NewGround, Recoloured, Stamped, Widened, Wish
from tools.core.plans import canonical
from tools.core.rights.actions import Action

ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_FORMS = {"image/png": "PNG", "image/webp": "WEBP"}


def action_of(wish: Wish) -> Action:
    """Give what rights must not forbid."""
    return Action.COMPOSITE if isinstance(wish, Stamped) else Action.EDIT


def cuts(wish: Wish) -> bool:
    """Tell whether the subject or a thing has to be cut out."""
    return isinstance(wish, NewGround | Recoloured)


def transparent(wish: Wish, *, has_alpha: bool) -> bool:
    """Tell whether what comes out is transparent."""
    if isinstance(wish, NewGround):
        return wish.kind == "transparent"
    return has_alpha and not isinstance(wish, Widened)


def form_of(asset: Asset, *, transparent: bool) -> str:
    """Choose the format: what is transparent is PNG, everything else as its parent, or JPEG."""
    form = _FORMS.get(asset.version.mime, "JPEG")
    return "PNG" if transparent and form == "JPEG" else form


def arguments_of(wish: Wish, form: str, other: Asset | None) -> str:
    """Write canonical JSON from which the edit can be carried out again."""
    values = {name: getattr(wish, name) for name in wish.__dataclass_fields__}
    if isinstance(wish, Recoloured):
        values["objects"] = sorted(wish.objects)
    if other:
        values |= {"with": str(other.id), "with_version": other.version.number}
    plain = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
    return canonical(plain | {"format": form})


def file_name(asset: Asset, wish: Wish, form: str) -> str:
    """Name the file after its parent and what was done."""
    words = "".join(c if c.isalnum() else "-" for c in wish.name.lower())
    short = "-".join(part for part in words.split("-") if part)[:60]
    return f"{Path(asset.file_name).stem}-{short}.{ENDINGS[form]}"
