"""The composition root: settings -> adapters -> services -> App; the only importer of adapters."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from agent.actions import Actions
from agent.administration import AdminDoor, JobsDoor
from agent.app import App
from agent.approving import ApprovalsDoor
from agent.brain_room import BrainRoom
from agent.brains import known
from agent.brains.assembly import Parts, brain_of, explain, too_little_memory, writer_of
from agent.brains.local import LocalBrain, build_local_brain
from agent.browsing import LibraryDoor
from agent.checkpoints import Checkpoints
from agent.conversation import Talk
from agent.conversation_log import ConversationLog
from agent.curating import CurationDoor
from agent.gate import Gate
from agent.graph import Turns
from agent.plans import PlanRuns
from agent.present import Present
from agent.prices import amount, read_prices
from agent.samples import SampleLibrary
from agent.settings import Settings
from agent.traces import ThreadTraces
from agent.usage import Budget, Meter, read_budgets
from agent.views import Check, Readiness, Report
from agent.warmup import WarmUp
from prompts import examples
from prompts.examples import Example
from tools.adapters import memory
from tools.adapters.blobs import ObjectBlobs
from tools.adapters.catalogue import SqlCatalogue
from tools.adapters.clock import SystemClock
from tools.adapters.confinement.room import ReadingRoom
from tools.adapters.confinement.senses import (
    ConfinedDocuments,
    ConfinedImaging,
    ConfinedProbe,
    ConfinedSound,
    ConfinedVideo,
    ConfinedVocabularies,
)
from tools.adapters.fixed_texts import FixedTexts
from tools.adapters.hub_models import HubEmbedder
from tools.adapters.imaging.pillow import PillowImaging
from tools.adapters.index_lock import IndexLock
from tools.adapters.jobs import DbosJobs
from tools.adapters.llama import Llama
from tools.adapters.metadata.exiftool import ExifTool
from tools.adapters.metadata.writing import MetadataFiles
from tools.adapters.model_store.manifest import read_manifest
from tools.adapters.model_store.packages import Packages
from tools.adapters.model_store.store import ModelFolder
from tools.adapters.model_store.upstream import Upstream
from tools.adapters.ocr import RapidReader
from tools.adapters.publishers.website import WebsiteFolder
from tools.adapters.sound import PyavSound
from tools.adapters.speech import WhisperSpeech
from tools.adapters.text_embedder import E5Embedder
from tools.adapters.thumbnails import ThumbnailFolder
from tools.adapters.translator import PairTranslator
from tools.adapters.vectors.index import CHROMA_FROM, MatrixIndex
from tools.adapters.vision import VisionModels
from tools.context import Services
from tools.core.approvals import Approvals
from tools.core.assets import Asset
from tools.core.channels import parse_channels
from tools.core.conformity import Conformity
from tools.core.conventions import parse_conventions
from tools.core.curation.denials import Denials
from tools.core.curation.rejecting import Rejecting
from tools.core.curation.reviewing import Reviewing
from tools.core.deliveries import Deliveries
from tools.core.directory import Directory, parse_users
from tools.core.drafting import Drafting
from tools.core.duplicates.service import Duplicates
from tools.core.errors import Fixable
from tools.core.exporting.copying import Copying
from tools.core.exporting.service import Exporting
from tools.core.exporting.writing_back import WritingBack
from tools.core.indexing import Indexing
from tools.core.ingest.enrichment import Enrichment
from tools.core.ingest.listening import Listening
from tools.core.ingest.service import Ingest
from tools.core.ingest.stills import Stills
from tools.core.ingest.suspecting import Suspecting
from tools.core.library import Library
from tools.core.lifecycle import Lifecycle
from tools.core.originals import Originals
from tools.core.owned import Owned
from tools.core.people import Viewer
from tools.core.policy import parse_policy
from tools.core.ports import ModelState, TextEmbedder
from tools.core.publishing import Publishing
from tools.core.referring import Referring
from tools.core.repurposing.reframe import Reframer
from tools.core.repurposing.translation import Translation
from tools.core.rights.service import Rights
from tools.core.search.answers import SearchRequest
from tools.core.search.labels import LabelSpace
from tools.core.search.service import Search
from tools.core.search.similar import Similar
from tools.core.search.visual import VisualSpace
from tools.core.survey.service import Surveyor
from tools.core.suspicion.patterns import parse_patterns
from tools.core.tagging import Tagging
from tools.core.taxonomy.service import Taxonomies
from tools.core.undo import Undo
from tools.registry import REGISTRY, by_name
from tools.spec import ToolSpec

LOG = logging.getLogger("dalm")
DEFAULTS = Path(__file__).parent.parent / "tools" / "core"
SAMPLES = Path(__file__).parent.parent / "samples"
PATIENCE = 120.0


@contextmanager
def open_app(
    settings: Settings,
    *,
    attach_note: Callable[[str], None] = lambda _text: None,
    brain: BrainRoom | None = None,
    purpose: str = "dalm",
    registry: tuple[ToolSpec, ...] = REGISTRY,
) -> Iterator[App]:
    """Lend the application over the library in `settings.home`, which this process then owns.

    `attach_note` hears who else uses the library while it is waited for; `brain` is one that
    several libraries share; `registry` holds the tools that exist. Raises Fixable for a folder
    that cannot be used, or that another process keeps.
    """
    memory.keep_flat()
    _prepare(settings.home)
    with ExitStack() as held:
        lock = IndexLock(settings.home, purpose)
        lock.acquire(PATIENCE, attach_note)
        held.callback(lock.release)
        house = _House(settings, brain or brain_room(settings))
        held.callback(house.close)
        yield house.app(registry)


def open_index(folder: Path, dimensions: int, *, exact: bool = False) -> MatrixIndex:
    """Open a vector index by itself, for measurements; `exact` leaves the approximate copy out."""
    chroma_from = None if exact else CHROMA_FROM
    return MatrixIndex(folder, "bench", dimensions, chroma_from)


def senses(settings: Settings) -> "Senses":
    """Give the bare models by themselves, for measurements."""
    return Senses(
        PillowImaging(),
        VisionModels(_models(settings), settings.threads),
        RapidReader(settings.threads),
        _text_embedder(settings),
        PyavSound(),
        WhisperSpeech(_models(settings), settings.threads),
    )


def local_brain(
    settings: Settings,
    rows: Sequence[Example] = (),
    *,
    probe_only: bool = False,
) -> LocalBrain:
    """Give the local brain by itself, from other rows than the bank's if any, for measurements.

    Raises Fixable when the model file is missing.
    """
    return build_local_brain(
        embedder=E5Embedder(settings.threads),
        engine=None if probe_only else _llama(settings),
        channels=parse_channels(_text(settings.home, "channels.toml")),
        cache=settings.home / "brain",
        rows=rows,
    )


def keep_vectors() -> None:
    """Embed the bank anew and keep that beside it: after worked requests changed."""
    embedder = E5Embedder()
    texts = [row.request for row in examples.bank()]
    known.write(texts, known.embeddings(texts, embedder), embedder.name)


@dataclass(frozen=True, slots=True)
class Senses:
    """The models that an ingest runs, without anything around them."""

    imaging: PillowImaging
    vision: VisionModels
    reader: RapidReader
    embedder: TextEmbedder
    sound: PyavSound
    speech: WhisperSpeech


def brain_room(settings: Settings) -> BrainRoom:
    """Give the place where the chosen brain is built when it is first needed."""
    memory.keep_flat()
    if settings.brain_kind == "none":
        return BrainRoom(None)
    channels = parse_channels(_text(settings.home, "channels.toml"))
    parts = Parts(
        settings=settings,
        # The brain's probes were tuned with this model, whatever search uses.
        embedder=E5Embedder(settings.threads),
        engine=partial(_llama, settings),
        channels=channels,
        clock=SystemClock(),
        memory=memory.available,
    )
    return BrainRoom(partial(brain_of, parts), settings.brain_patience)


def surveyor(settings: Settings) -> Surveyor:
    """Give what looks at files before they are taken in; no library is opened for it."""
    text = _text(settings.home, "conventions.toml")
    return Surveyor(
        probe=ConfinedProbe(reading_room()),
        conventions=parse_conventions(text),
        conventions_text=(DEFAULTS / "conventions.toml").read_text(encoding="utf-8"),
    )


@cache
def reading_room() -> ReadingRoom:
    """Give the readers of this process; they are started when a file first needs one."""
    return ReadingRoom()


class _House:
    """Everything that is built once for a library."""

    def __init__(self, settings: Settings, brain: BrainRoom) -> None:
        self.settings = settings
        self.brain = brain
        self.clock = SystemClock()
        self.catalogue = SqlCatalogue(settings.database_url)
        self.checkpoints = Checkpoints(settings.home / "checkpoints.db")
        self.models = _models(settings)
        self.policy = parse_policy(_text(settings.home, "policy.toml"))
        self.channels = parse_channels(_text(settings.home, "channels.toml"))
        self.directory = Directory(parse_users(_optional(settings.home / "users.toml")))
        self.meter = _meter(settings, self.catalogue, self.clock)
        self.jobs = DbosJobs(f"sqlite:///{settings.home / 'jobs.db'}")
        self.rights = Rights(
            catalogue=self.catalogue, clock=self.clock, undo_for=self.policy.undo_for
        )
        self.approvals = Approvals(catalogue=self.catalogue, policy=self.policy, clock=self.clock)
        self._perceive()
        self._keep()
        self._act()

    def _perceive(self) -> None:
        settings = self.settings
        room = reading_room()
        self.probe = ConfinedProbe(room)
        self.imaging = ConfinedImaging(room)
        self.documents = ConfinedDocuments(room)
        self.vision = VisionModels(self.models, settings.threads)
        self.embedder = _text_embedder(settings)
        self.translator = PairTranslator()
        self.reader = RapidReader(settings.threads)
        self.speech = WhisperSpeech(self.models, settings.threads)
        self.stills = Stills(
            imaging=self.imaging, video=ConfinedVideo(room), documents=self.documents
        )
        self.index = self._space(self.embedder.name)
        self.vocabulary = FixedTexts(self.embedder, settings.home / "vocabulary")
        self.labels = LabelSpace(
            embedder=self.vocabulary,
            vision=self.vision,
            index=self._space(f"classes-told-{self.embedder.name}"),
        )
        self.visual = VisualSpace(
            vision=self.vision,
            pictures=self._looks(self.vision.feature_space),
            moments=self._looks(f"moments-{self.vision.feature_space}"),
        )
        self.enrichment = Enrichment(
            stills=self.stills,
            imaging=self.imaging,
            vision=self.vision,
            reader=self.reader,
            documents=self.documents,
            translator=self.translator,
            labels=self.labels,
            listening=Listening(sound=ConfinedSound(room), speech=self.speech),
            clock=self.clock,
            suspecting=Suspecting(
                cache(lambda: parse_patterns(_text(settings.home, "suspicion.toml")))
            ),
        )

    def _space(self, name: str) -> MatrixIndex:
        return MatrixIndex(self.settings.home / "index", name, self.embedder.dimensions)

    def _looks(self, name: str) -> MatrixIndex:
        return MatrixIndex(self.settings.home / "index", name, self.vision.feature_length)

    def _keep(self) -> None:
        blobs = ObjectBlobs(self.settings.blobs or self.settings.home / "blobs")
        self.originals = Originals(catalogue=self.catalogue, blobs=blobs)
        self.metadata = MetadataFiles(ExifTool())
        self.copying = Copying(originals=self.originals, probe=self.probe, writer=self.metadata)
        thumbnails = ThumbnailFolder(self.settings.home / "thumbnails")
        self.indexing = Indexing(
            catalogue=self.catalogue,
            embedder=self.embedder,
            index=self.index,
            labels=self.labels,
            visual=self.visual,
        )
        self.library = Library(
            catalogue=self.catalogue, blobs=blobs, thumbnails=thumbnails, stills=self.stills
        )
        self.taxonomies = Taxonomies(
            catalogue=self.catalogue,
            files=ConfinedVocabularies(reading_room()),
            indexing=self.indexing,
            embedder=self.vocabulary,
            label_names=lambda: self.vision.label_names,
            clock=self.clock,
        )
        self.search = Search(
            catalogue=self.catalogue,
            embedder=self.vocabulary,
            index=self.index,
            rights=self.rights,
            labels=self.labels,
            taxonomy=self.taxonomies.taxonomy,
        )
        self.similar = Similar(
            catalogue=self.catalogue,
            library=self.library,
            search=self.search,
            embedder=self.vocabulary,
            index=self.index,
            labels=self.labels,
            visual=self.visual,
            vision=self.vision,
            imaging=self.imaging,
            rights=self.rights,
        )
        self.owned = Owned(catalogue=self.catalogue, similar=self.similar, rights=self.rights)
        self.duplicates = Duplicates(
            catalogue=self.catalogue,
            library=self.library,
            imaging=self.imaging,
            visual=self.visual,
            rights=self.rights,
        )
        denials = Denials(lambda: self.vision.label_names)
        self.rejecting = Rejecting(
            catalogue=self.catalogue,
            indexing=self.indexing,
            visual=self.visual,
            labels=self.labels,
            taxonomies=self.taxonomies,
            denials=denials,
            clock=self.clock,
            undo_for=self.policy.undo_for,
        )
        self.conformity = Conformity(
            catalogue=self.catalogue,
            conventions=cache(
                lambda: parse_conventions(_text(self.settings.home, "conventions.toml"))
            ),
        )
        self.reviewing = Reviewing(
            catalogue=self.catalogue,
            indexing=self.indexing,
            labels=self.labels,
            taxonomies=self.taxonomies,
            rejecting=self.rejecting,
            denials=denials,
            clock=self.clock,
        )
        self.ingest = Ingest(
            catalogue=self.catalogue,
            blobs=blobs,
            probe=self.probe,
            enrichment=self.enrichment,
            indexing=self.indexing,
            rights=self.rights,
            settling=self.rejecting,
            jobs=self.jobs,
            thumbnails=thumbnails,
            traces=ThreadTraces(self.checkpoints),
            clock=self.clock,
        )
        self.finding = WarmUp(
            "search",
            "loading the search model",
            self._complete,
        )
        self.hearing = WarmUp("speech", "listening to recordings", self._listen)
        self.tagging = Tagging(
            catalogue=self.catalogue,
            indexing=self.indexing,
            clock=self.clock,
            bulk_check=self.approvals.guard_bulk,
            undo_for=self.policy.undo_for,
            rejecting=self.rejecting,
        )

    def _act(self) -> None:
        publishers = {"website": WebsiteFolder(self.settings.website_folder)}
        self.deliveries = Deliveries(
            catalogue=self.catalogue,
            rights=self.rights,
            library=self.library,
            publishers=publishers,
            clock=self.clock,
        )
        self.publishing = Publishing(
            catalogue=self.catalogue,
            approvals=self.approvals,
            policy=self.policy,
            rights=self.rights,
            channels=self.channels,
            publishers=publishers,
            deliveries=self.deliveries,
            clock=self.clock,
            owned=self.owned,
        )
        self.lifecycle = Lifecycle(
            catalogue=self.catalogue,
            approvals=self.approvals,
            policy=self.policy,
            rights=self.rights,
            clock=self.clock,
        )

    def services(self) -> Services:
        """Build the use cases that tools call."""
        return Services(
            library=self.library,
            search=self.search,
            similar=self.similar,
            duplicates=self.duplicates,
            referring=Referring(catalogue=self.catalogue, search=self.search),
            rights=self.rights,
            tagging=self.tagging,
            drafting=Drafting(catalogue=self.catalogue),
            reframer=Reframer(
                catalogue=self.catalogue,
                library=self.library,
                ingest=self.ingest,
                imaging=self.imaging,
                vision=self.vision,
                rights=self.rights,
                channels=self.channels,
                clock=self.clock,
                owned=self.owned,
                undo_for=self.policy.undo_for,
                most=self.policy.bulk_limit,
            ),
            translation=Translation(
                catalogue=self.catalogue,
                library=self.library,
                ingest=self.ingest,
                documents=self.documents,
                translator=self.translator,
                writer=writer_of(self.brain, self.meter),
                rights=self.rights,
                clock=self.clock,
                owned=self.owned,
            ),
            publishing=self.publishing,
            lifecycle=self.lifecycle,
            undo=Undo(
                catalogue=self.catalogue,
                tagging=self.tagging,
                lifecycle=self.lifecycle,
                publishing=self.publishing,
                rights=self.rights,
                indexing=self.indexing,
                policy=self.policy,
                clock=self.clock,
            ),
            exporting=Exporting(
                catalogue=self.catalogue,
                copying=self.copying,
                approvals=self.approvals,
                policy=self.policy,
                rights=self.rights,
                channels=self.channels,
                guarded=_guarded(self.settings),
                clock=self.clock,
            ),
            writing_back=WritingBack(
                catalogue=self.catalogue,
                copying=self.copying,
                approvals=self.approvals,
                policy=self.policy,
                clock=self.clock,
            ),
            channels=self.channels,
        )

    def app(self, registry: tuple[ToolSpec, ...]) -> App:
        """Build the doors, finish what a crash left open, and begin to work."""
        present = Present(catalogue=self.catalogue, rights=self.rights, approvals=self.approvals)
        actions = Actions(
            services=self.services(),
            registry=by_name(registry),
            gate=Gate(approvals=self.approvals, policy=self.policy),
            approvals=self.approvals,
            present=present,
        )
        log = ConversationLog(catalogue=self.catalogue, clock=self.clock)
        runs = PlanRuns(
            actions=actions,
            approvals=self.approvals,
            directory=self.directory,
            checkpoints=self.checkpoints.saver,
            told=log.told,
        )
        deciding = ApprovalsDoor(
            approvals=self.approvals, runs=runs, deliveries=self.deliveries, present=present
        )
        turns = Turns(
            brain=self.brain.get,
            actions=actions,
            assets=self._assets,
            begin_plan=lambda plan: runs.begin(plan.id),
            checkpoints=self.checkpoints,
            meter=self.meter,
        )
        talk = Talk(
            turns=turns,
            actions=actions,
            approvals=self.approvals,
            deciding=deciding,
            begin_plan=lambda plan: runs.begin(plan.id),
            present=present,
            log=log,
            usage=self.meter.told,
            settling=self.brain.settling,
            explain=explain,
        )
        self.jobs.start()
        for note in deciding.recover():
            LOG.warning("%s", note)
        return App(
            conversation=talk,
            library=LibraryDoor(
                library=self.library,
                search=self.search,
                similar=self.similar,
                duplicates=self.duplicates,
                ingest=self.ingest,
                rights=self.rights,
                policy=self.policy,
                present=present,
                conformity=self.conformity,
            ),
            approvals=deciding,
            curation=CurationDoor(
                taxonomies=self.taxonomies,
                rejecting=self.rejecting,
                reviewing=self.reviewing,
                conformity=self.conformity,
                policy=self.policy,
            ),
            jobs=JobsDoor(self.jobs),
            admin=AdminDoor(
                catalogue=self.catalogue,
                directory=self.directory,
                models=self.models,
                samples=SampleLibrary(
                    folder=SAMPLES,
                    ingest=self.ingest,
                    rights=self.rights,
                    catalogue=self.catalogue,
                    indexing=self.indexing,
                    clock=self.clock,
                ),
                readiness=self._readiness,
                checks=self._checks,
                meter=self.meter,
                fetched=self._fetched,
            ),
        )

    def close(self) -> None:
        """Let go of everything."""
        self.jobs.stop()
        for model in (self.vision, self.reader, self.speech, self.translator):
            model.close()
        self.metadata.close()
        self.checkpoints.close()
        self.catalogue.close()

    def _complete(self) -> None:
        """Load what search needs, and finish what a crash or a missing model left half done."""
        self.search.find(SearchRequest("a picture"), self.directory.owner())
        self.ingest.repair(lambda _done, _total, _note: None)

    def _fetched(self) -> None:
        """Use model files that have just come."""
        self.brain.renew()
        self.ingest.repair(lambda _done, _total, _note: None)
        self._listen()

    def _listen(self) -> None:
        self.ingest.listen(lambda _done, _total, _note: None)

    def _assets(self, asset_ids: Sequence[str], viewer: Viewer) -> list[Asset]:
        with self.catalogue.reading() as records:
            return records.assets.many(asset_ids, viewer)

    def _readiness(self) -> list[Readiness]:
        files = [model for model in self.models.states() if "brain" not in model.name]
        speech = [model for model in files if model.name.startswith("speech")]
        ears = _standing("speech", speech)
        # Whoever shows status lights will soon be asked something, so loading begins.
        self.finding.begin()
        self.brain.warm()
        if ears.state == "ready":
            self.hearing.begin()
            ears = self.hearing.readiness()
        return [
            self.finding.readiness(),
            _standing("vision", [model for model in files if model not in speech]),
            ears,
            self.brain.readiness(),
        ]

    def _checks(self) -> list[Check]:
        home = self.settings.home
        short = too_little_memory(self.settings, memory.available())
        where = "PostgreSQL" if self.settings.database else f"SQLite in {home}"
        return [
            Check("library", "ok", where),
            Check("website channel", "ok", str(self.settings.website_folder)),
            Check(
                "brain", "ok", f"{_brain_in_words(self.settings)}: {self.brain.readiness().state}"
            ),
            Check("memory", "low" if short else "ok", short or "enough for the local model"),
        ]


def _standing(name: str, files: Sequence[ModelState]) -> Readiness:
    """Say how it stands with what needs these model files."""
    missing = [model for model in files if model.state != "ready"]
    fetching = any(model.state == "fetching" for model in missing)
    state = "loading" if fetching else ("missing" if missing else "ready")
    return Readiness(name, state, ", ".join(f"{m.name}: {m.note or m.state}" for m in missing))


def _prepare(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Fixable(f"The data folder {home} cannot be made: {error.strerror}.") from error


def _guarded(settings: Settings) -> list[Path]:
    """Name the folders that only the library itself writes into."""
    own = [settings.home, settings.models_folder, settings.website_folder]
    blobs = str(settings.blobs or "")
    return [*own, Path(blobs)] if blobs and "://" not in blobs else own


def _brain_in_words(settings: Settings) -> str:
    kind = settings.brain_kind
    if kind != "openai":
        return kind
    where = settings.openai_base_url or "OpenAI"
    return f"openai, {settings.openai_model} at {where.rpartition('@')[2]}"


def _meter(settings: Settings, catalogue: SqlCatalogue, clock: SystemClock) -> Meter:
    cost = settings.budget_cost
    everybody = Budget(
        settings.budget_tokens, None if cost is None else amount(cost, "DALM_BUDGET_COST")
    )
    return Meter(
        catalogue=catalogue,
        clock=clock,
        prices=read_prices(_optional(settings.home / "prices.toml")),
        budgets=read_budgets(everybody, _optional(settings.home / "users.toml")),
    )


def _models(settings: Settings) -> ModelFolder:
    return ModelFolder(settings.models_folder, read_manifest(), [Packages(), Upstream()])


def _text_embedder(settings: Settings) -> TextEmbedder:
    """Give the model that search places texts with."""
    if settings.hub_text_model:
        return HubEmbedder(settings.hub_text_model, threads=settings.threads)
    return E5Embedder(settings.threads)


def _llama(settings: Settings) -> Llama:
    """Give the engine of the local model.

    Raises Fixable when its file is missing or damaged.
    """
    path = _models(settings).path(settings.local_model)
    return Llama(
        model=lambda: path,
        states=settings.home / "brain",
        threads=settings.threads,
    )


def _text(home: Path, name: str) -> str:
    """Read a team's own file, or the one that comes along."""
    own = home / name
    return (own if own.exists() else DEFAULTS / name).read_text(encoding="utf-8")


def _optional(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


__all__ = ["Report", "brain_room", "open_app"]
