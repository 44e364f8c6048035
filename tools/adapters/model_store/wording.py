"""What people read about model files."""

from tools.adapters.model_store.manifest import Model


def size(count: int) -> str:
    """Word a number of bytes, in powers of ten as shops do."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= scale:
            amount = count / scale
            return f"{amount:.0f} {unit}" if amount >= 10 else f"{amount:.3g} {unit}"
    return f"{count} bytes"


def line(model: Model, note: str = "") -> str:
    """Word one line about a model: what it is for, how big, whose bytes, which licence."""
    facts = f"{model.name} ({model.needed_for}): {size(model.size)}, {model.whose}"
    return f"{facts}, {model.licence}" + (f" - {note}" if note else "")


def missing(model: Model) -> str:
    """Say that a model is not there and what to do."""
    return (
        f"The model for {model.needed_for} is not here yet. "
        f"Run `dalm models fetch {model.name}` ({size(model.size)}, {model.licence})."
    )


def damaged(model: Model, kept_as: str | None) -> str:
    """Say that a file is not the pinned one and what to do."""
    aside = f" and was set aside as {kept_as}" if kept_as else ""
    return (
        f"The file {model.file} is damaged (its SHA-256 is not the pinned one){aside}. "
        f"Run `dalm models fetch {model.name}` to replace it."
    )


def unfetched(model: Model, reasons: list[str]) -> str:
    """Say that no source delivered, why, and what to do."""
    return (
        f"{model.name} could not be fetched: {'; '.join(reasons) or 'no source is listed'}. "
        f"What is here already is kept: connect to the network and run "
        f"`dalm models fetch {model.name}` again, or copy {model.file} into the model folder."
    )
