"""Translating documents, as machine drafts with checks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from tools.core.assets import Asset, Field, Recipe
from tools.core.errors import Fixable, Refused
from tools.core.ingest.service import Ingest
from tools.core.library import Library
from tools.core.owned import Owned
from tools.core.people import Authority
from tools.core.plans import canonical
from tools.core.ports import Clock, Documents, Translator, Writer
from tools.core.records import Catalogue
from tools.core.repurposing.checks import losses
from tools.core.repurposing.languages import base_of, language_code, language_name
from tools.core.repurposing.made import Made
from tools.core.repurposing.making import Making
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights

TOOL = "translate_asset"
STEP = "translate"
DRAFT_TAG = "machine draft"
MOST_LOSSES = 5
SAMPLE = 4000
ENOUGH = 60
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES = {
    DOCX: "docx",
    f"{_OFFICE}.presentationml.presentation": "pptx",
    f"{_OFFICE}.spreadsheetml.sheet": "xlsx",
    "application/pdf": "pdf",
    "application/x-subrip": "srt",
    "text/html": "html",
    "text/markdown": "md",
    "text/plain": "txt",
    "text/vtt": "vtt",
}


@dataclass(frozen=True, slots=True)
class _Engine:
    """What translates: its name and version, and how it is asked."""

    name: str
    translate: Callable[[Sequence[str]], list[str]]


class Translation:
    """Makes a document speak another language, its layout kept."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        library: Library,
        ingest: Ingest,
        documents: Documents,
        translator: Translator,
        writer: Writer | None,
        rights: Rights,
        clock: Clock,
        owned: Owned | None = None,
        undo_for: timedelta = timedelta(days=30),
    ) -> None:
        self._owned = owned
        self._library = library
        self._ingest = ingest
        self._documents = documents
        self._translator = translator
        self._writer = writer
        self._making = Making(catalogue=catalogue, rights=rights, clock=clock, undo_for=undo_for)

    def translate(self, asset_id: str, language: str, authority: Authority) -> Made:
        """Translate a document or subtitles; `language` is a BCP 47 code or a name.

        Raises Fixable for another format, an unknown language, or a pair nothing here can do;
        Refused when rights forbid it.
        """
        target = language_code(language)
        asset = self._library.asset(asset_id, authority.actor)
        self._making.check_state(asset)
        if asset.version.mime not in MIMES:
            raise Fixable(
                f"'{asset.title}' is {asset.version.mime}; DOCX, PPTX, XLSX, PDF, HTML, Markdown, "
                "text and subtitle files (SRT, VTT) can be translated. Name one of those."
            )
        forbidden = self._making.forbidden(asset, Action.TRANSLATE, authority)
        if forbidden:
            raise Refused(f"'{asset.title}' may not be translated: {forbidden.clause}")
        with self._library.open_file(asset) as path:
            source = self._source(asset, path)
            if base_of(source) == base_of(target):
                name = language_name(source)
                raise Fixable(f"'{asset.title}' is in {name} already. Name another language.")
            engine = self._engine(source, target)
            return self._make(asset, path, source, target, engine, authority)

    def _make(
        self,
        asset: Asset,
        path: Path,
        source: str,
        target: str,
        engine: _Engine,
        authority: Authority,
    ) -> Made:
        arguments = canonical({"source": source, "target": target})
        recipe = Recipe(STEP, arguments, engine.name)
        known = self._making.existing(asset, recipe, authority)
        if known:
            return Made((known,), (f"It is there already: {known.title}.",), None)
        offers = self._owned.in_language(asset, target, authority.actor) if self._owned else ()
        memory: dict[str, str] = {}
        mark = f"Machine draft: translated by {engine.name}, not read by a person yet."
        written = self._documents.rewrite(
            path, asset.version.mime, lambda texts: _remembered(texts, memory, engine), mark
        )
        if not memory:
            raise Fixable(f"There are no words in '{asset.title}' to translate.")
        notes = [mark, *self._notes(memory, target), *_first(written.notes)]
        made = self._ingest.add_rendition(
            asset,
            written.content,
            written.mime,
            f"{Path(asset.file_name).stem}.{target}.{MIMES[written.mime]}",
            f"{asset.title} — {language_name(target)} (machine draft)",
            recipe,
            authority,
            known=(
                (Field.LANGUAGE, target),
                (Field.TAG, DRAFT_TAG),
                *((Field.WARNING, note) for note in notes),
            ),
        )
        summary = f"Translated '{asset.title}' into {language_name(target)}."
        receipt = self._making.receipt(TOOL, summary, [made], authority)
        return Made((made,), (*notes, *(offer.line for offer in offers)), receipt)

    def _source(self, asset: Asset, path: Path) -> str:
        """Give the language of the document: said by a person or at ingest, or else identified."""
        said = [v.value for v in self._library.fields(asset.id) if v.field is Field.LANGUAGE]
        if said:
            return said[-1]
        text = "\n".join(self._documents.read(path, asset.version.mime).pages)[:SAMPLE]
        if not any(letter.isalpha() for letter in text):
            hint = ""
            if asset.version.mime == "application/pdf":
                hint = " It is a scan: run text recognition over it, then add the result."
            raise Fixable(f"There are no words in '{asset.title}' to translate.{hint}")
        return self._translator.detect(text)

    def _engine(self, source: str, target: str) -> _Engine:
        """Choose a translation engine before a language model: it keeps meaning more often."""
        for pair in ((source, target), (base_of(source), base_of(target))):
            name = self._translator.name(*pair)
            if name:
                ask = partial(self._translator.translate, source=pair[0], target=pair[1])
                return _Engine(name, ask)
        writer = self._writer
        if writer and writer.available:
            return _Engine(writer.name, lambda texts: writer.translate(texts, source, target))
        raise Fixable(
            f"Nothing here translates {language_name(source)} into {language_name(target)}. "
            "Fetch the chat model with `dalm models fetch`, or set a model endpoint."
        )

    def _notes(self, memory: dict[str, str], target: str) -> list[str]:
        """Check the translations, and say what a reader has to look at."""
        found = losses(list(memory), list(memory.values()))
        notes = [f"Check this: {loss}." for loss in found[:MOST_LOSSES]]
        if len(found) > MOST_LOSSES:
            notes.append(f"{len(found) - MOST_LOSSES} more passages lost a number or an address.")
        text = "\n".join(memory.values())[:SAMPLE]
        if len(text) >= ENOUGH:
            spoken = self._translator.detect(text)
            if base_of(spoken) != base_of(target):
                notes.append(
                    f"The result reads like {language_name(spoken)}, not {language_name(target)}."
                )
        same = sum(one == other for one, other in memory.items() if _worded(one))
        if same * 3 > len([one for one in memory if _worded(one)]):
            notes.append(f"{same} passages came back untranslated.")
        return notes


def _first(notes: Sequence[str]) -> list[str]:
    """Give the first notes of the layout, and say how many more there are."""
    more = len(notes) - MOST_LOSSES
    return [*notes[:MOST_LOSSES], *([f"{more} more like the last one."] if more > 0 else [])]


def _remembered(texts: Sequence[str], memory: dict[str, str], engine: _Engine) -> list[str]:
    """Translate each text once; texts without letters stay as they are."""
    fresh = list(dict.fromkeys(text for text in texts if _worded(text) and text not in memory))
    if fresh:
        answers = engine.translate(fresh)
        if len(answers) != len(fresh):
            raise Fixable(f"{engine.name} gave {len(answers)} texts for {len(fresh)}. Try again.")
        memory.update(zip(fresh, answers, strict=True))
    return [memory.get(text, text) for text in texts]


def _worded(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
