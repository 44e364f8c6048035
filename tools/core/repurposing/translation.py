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
from tools.core.ports import Clock, Documents, TextEmbedder, TranslationMemory, Translator, Writer
from tools.core.records import Catalogue
from tools.core.repurposing.checks import Loss, losses
from tools.core.repurposing.glossary import Glossary
from tools.core.repurposing.languages import base_of, language_code, language_name
from tools.core.repurposing.made import Made
from tools.core.repurposing.making import Making
from tools.core.repurposing.passages import Engine, Passages, Told, worded
from tools.core.repurposing.straying import strayed
from tools.core.rights.actions import Action
from tools.core.rights.service import Rights

TOOL = "translate_asset"
STEP = "translate"
DRAFT_TAG = "machine draft"
MOST_LOSSES = 5
MOST_KEPT = 60
LONG = 300
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
class Aids:
    """What helps to translate and to check: a memory, the glossary of today, an embedder."""

    kept: TranslationMemory | None = None
    glossary: Callable[[], Glossary] = Glossary
    embedder: TextEmbedder | None = None


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
        aids: Aids | None = None,
        undo_for: timedelta = timedelta(days=30),
    ) -> None:
        self._owned = owned
        self._aids = aids or Aids()
        self._library = library
        self._ingest = ingest
        self._documents = documents
        self._translator = translator
        self._writer = writer
        self._making = Making(catalogue=catalogue, rights=rights, clock=clock, undo_for=undo_for)

    def translate(
        self,
        asset_id: str,
        language: str,
        authority: Authority,
        told: Told = lambda _done, _total: None,
    ) -> Made:
        """Translate a document or subtitles; `language` is a BCP 47 code or a name.

        `told` hears how many of how many passages are done.

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
            return self._make(asset, path, engine, authority, told)

    def _make(
        self,
        asset: Asset,
        path: Path,
        engine: Engine,
        authority: Authority,
        told: Told,
    ) -> Made:
        target, glossary = engine.target, self._aids.glossary()
        arguments = canonical({"source": engine.source, "target": target})
        recipe = Recipe(STEP, arguments, engine.name)
        known = self._making.existing(asset, recipe, authority)
        if known:
            return Made((known,), (f"It is there already: {known.title}.",), None)
        offers = self._owned.in_language(asset, target, authority.actor) if self._owned else ()
        passages = Passages(engine, self._aids.kept, glossary, told)
        mark = f"Machine draft: translated by {engine.name}, not read by a person yet."
        written = self._documents.rewrite(path, asset.version.mime, passages, mark)
        memory = passages.memory
        if not memory:
            raise Fixable(f"There are no words in '{asset.title}' to translate.")
        found = self._doubts(memory, engine, glossary)
        whole = self._notes(memory, target)
        notes = [mark, *_listed(found), *whole, *_first(written.notes)]
        review = [f"Check this: {loss.line(LONG)}." for loss in found[:MOST_KEPT]]
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
                *(
                    (Field.WARNING, note)
                    for note in (mark, *review, *whole, *written.notes[:MOST_KEPT])
                ),
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

    def _engine(self, source: str, target: str) -> Engine:
        """Choose a translation engine before a language model: it keeps meaning more often."""
        for pair in ((source, target), (base_of(source), base_of(target))):
            name = self._translator.name(*pair)
            if name:
                ask = partial(self._translator.translate, source=pair[0], target=pair[1])
                return Engine(name, source, target, ask)
        writer = self._writer
        if writer and writer.available:
            ask = partial(writer.translate, source=source, target=target)
            return Engine(writer.name, source, target, ask)
        raise Fixable(
            f"Nothing here translates {language_name(source)} into {language_name(target)}. "
            "Fetch the chat model with `dalm models fetch`, or set a model endpoint."
        )

    def _doubts(self, memory: dict[str, str], engine: Engine, glossary: Glossary) -> list[Loss]:
        """Check passage by passage what code can check: facts, glossary and names, meaning."""
        found = losses(list(memory), list(memory.values()))
        for one, other in memory.items():
            for term, word in glossary.missing(one, other, engine.target).items():
                found.append(Loss(f"'{term}' is to be '{word}' by the glossary", one, other))
        if self._aids.embedder is not None:
            found += strayed(memory, partial(self._back, engine), self._aids.embedder)
        return found

    def _back(self, engine: Engine, texts: Sequence[str]) -> list[str]:
        """Translate back, or give nothing where no engine does."""
        pair = (base_of(engine.target), base_of(engine.source))
        if self._translator.name(*pair) is None:
            return []
        return self._translator.translate(texts, *pair)

    def _notes(self, memory: dict[str, str], target: str) -> list[str]:
        """Say what a reader has to look at in the whole."""
        notes = []
        text = "\n".join(memory.values())[:SAMPLE]
        if len(text) >= ENOUGH:
            spoken = self._translator.detect(text)
            if base_of(spoken) != base_of(target):
                notes.append(
                    f"The result reads like {language_name(spoken)}, not {language_name(target)}."
                )
        same = sum(one == other for one, other in memory.items() if worded(one))
        if same * 3 > len([one for one in memory if worded(one)]):
            notes.append(f"{same} passages came back untranslated.")
        return notes


def _listed(found: Sequence[Loss]) -> list[str]:
    """Give the count of what failed a check, and the first ones."""
    if not found:
        return []
    told = [f"Check this: {loss}." for loss in found[:MOST_LOSSES]]
    more = f"; the first {MOST_LOSSES} are here" if len(found) > MOST_LOSSES else ""
    return [f"{len(found)} to review, side by side in its warnings{more}.", *told]


def _first(notes: Sequence[str]) -> list[str]:
    """Give the first notes of the layout, and say how many more there are."""
    more = len(notes) - MOST_LOSSES
    return [*notes[:MOST_LOSSES], *([f"{more} more like the last one."] if more > 0 else [])]
