"""Builds a library of real services over fakes of what would be slow or far away."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.blobs import FakeBlobs
from tests.fakes.captioner import FakeCaptioner
from tests.fakes.clock import FixedClock
from tests.fakes.index import FakeIndex
from tests.fakes.jobs import FakeJobs
from tests.fakes.joint import ColourJoint, RememberedJoint
from tests.library.models import (
    LowerWriter,
    RuleReader,
    RuleTones,
    RuleVision,
    ToneSpeech,
    UpperTranslator,
    WordEmbedder,
)
from tools.adapters.catalogue import SqlCatalogue
from tools.adapters.documents.files import FileDocuments
from tools.adapters.imaging.pillow import PillowImaging
from tools.adapters.probe.content import ContentProbe
from tools.adapters.sound import PyavSound
from tools.adapters.video import PyavVideo
from tools.adapters.vocabulary.files import FileVocabularies
from tools.core.assets import Asset, Field, FieldValue
from tools.core.channels import parse_channels
from tools.core.curation.denials import Denials
from tools.core.curation.rejecting import Rejecting
from tools.core.curation.reviewing import Reviewing
from tools.core.duplicates.service import Duplicates
from tools.core.errors import Fixable
from tools.core.indexing import Indexing
from tools.core.ingest.enrichment import Enrichment
from tools.core.ingest.listening import Listening
from tools.core.ingest.outcomes import FileOutcome, IngestOptions
from tools.core.ingest.service import Ingest
from tools.core.ingest.stills import Stills
from tools.core.joint.comparing import Comparing
from tools.core.joint.placing import Placing
from tools.core.joint.shelf import JointShelf
from tools.core.joint.switching import Switching
from tools.core.library import Library
from tools.core.originals import Originals
from tools.core.owned import Owned
from tools.core.people import Authority, Role, Viewer
from tools.core.ports import Collection
from tools.core.repurposing.reframe import Reframer
from tools.core.repurposing.translation import Translation
from tools.core.rights.service import Rights
from tools.core.search.labels import LabelSpace
from tools.core.search.service import Search
from tools.core.search.similar import Similar
from tools.core.search.visual import VisualSpace
from tools.core.tagging import Tagging
from tools.core.taxonomy.service import Taxonomies

CHANNELS = Path(__file__).parents[2] / "tools" / "core" / "channels.toml"


class MemoryThumbnails:
    """Implements ports.Thumbnails."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, int], bytes] = {}

    def get(self, sha256: str, side: int) -> bytes | None:
        return self.kept.get((sha256, side))

    def put(self, sha256: str, side: int, content: bytes) -> None:
        self.kept[sha256, side] = content

    def drop(self, sha256: str) -> None:
        for key in [key for key in self.kept if key[0] == sha256]:
            del self.kept[key]


class RememberedTraces:
    """Implements Traces and remembers what it was told to forget."""

    def __init__(self) -> None:
        self.erased: list[str] = []

    def erase(self, runs: Sequence[str]) -> None:
        self.erased += runs


@dataclass(frozen=True)
class Models:
    """The models of a world."""

    vision: Any
    reader: Any
    embedder: Any


class World:
    """One library, its services and what they stand on."""

    def __init__(self, folder: Path, clock: FixedClock, models: Models | None = None) -> None:
        self.clock = clock
        self.folder = folder
        self.catalogue = SqlCatalogue(f"sqlite:///{folder}/catalogue.db")
        models = models or Models(RuleVision(), RuleReader(), WordEmbedder())
        self.vision, self.reader, self.embedder = models.vision, models.reader, models.embedder
        self.speech = ToneSpeech()
        self.captioner: FakeCaptioner | None = None
        self.hold()
        self.thumbnails = MemoryThumbnails()
        self.traces = RememberedTraces()
        self.joint_models: dict[str, ColourJoint] = {}
        self.joint_memory: Any = RememberedJoint()
        self.joint_indexes: dict[str, Any] = {}
        self.writer = LowerWriter(available=False)
        self.owner = Viewer("jane", "Jane Doe", frozenset({Role.ADMIN}), local_owner=True)
        self.me = Authority(self.owner, thread="t1")
        self.start()

    def hold(self) -> None:
        """Choose where files, vectors and jobs are kept: in memory."""
        self.blobs = FakeBlobs()
        self.jobs = FakeJobs()
        self.index = FakeIndex(self.embedder.dimensions)
        self.classes = FakeIndex(self.embedder.dimensions)
        self.looks = FakeIndex(self.vision.feature_length)
        self.moments = FakeIndex(self.vision.feature_length)

    def start(self) -> None:
        """Build the services, as a process that starts does."""
        imaging, documents = PillowImaging(), FileDocuments()
        self.stills_imaging = imaging
        stills = Stills(imaging=imaging, video=PyavVideo(), documents=documents)
        self.labels = LabelSpace(embedder=self.embedder, vision=self.vision, index=self.classes)
        self.visual = VisualSpace(vision=self.vision, pictures=self.looks, moments=self.moments)
        self.joint = JointShelf(
            memory=self.joint_memory, opened=self.opened_joint, index=self.joint_index
        )
        placing = Placing(
            catalogue=self.catalogue,
            originals=Originals(catalogue=self.catalogue, blobs=self.blobs),
            stills=stills,
            shelf=self.joint,
        )
        self.indexing = Indexing(
            catalogue=self.catalogue,
            embedder=self.embedder,
            index=self.index,
            labels=self.labels,
            visual=self.visual,
            joint=self.joint,
            placing=placing,
        )
        self.rights = Rights(catalogue=self.catalogue, clock=self.clock)
        translator = UpperTranslator()
        self.taxonomies = Taxonomies(
            catalogue=self.catalogue,
            files=FileVocabularies(),
            indexing=self.indexing,
            embedder=self.embedder,
            label_names=lambda: self.vision.label_names,
            clock=self.clock,
        )
        denials = Denials(lambda: self.vision.label_names, lambda: self.vision.likeness_names)
        self.rejecting = Rejecting(
            catalogue=self.catalogue,
            indexing=self.indexing,
            visual=self.visual,
            labels=self.labels,
            taxonomies=self.taxonomies,
            denials=denials,
            clock=self.clock,
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
            blobs=self.blobs,
            probe=ContentProbe(),
            enrichment=Enrichment(
                stills=stills,
                imaging=imaging,
                vision=self.vision,
                reader=self.reader,
                documents=documents,
                translator=translator,
                labels=self.labels,
                listening=Listening(sound=PyavSound(), speech=self.speech),
                clock=self.clock,
                tones=RuleTones(),
                captioner=self.captioner,
            ),
            indexing=self.indexing,
            rights=self.rights,
            settling=self.rejecting,
            jobs=self.jobs,
            thumbnails=self.thumbnails,
            traces=self.traces,
            clock=self.clock,
        )
        self.library = Library(
            catalogue=self.catalogue,
            blobs=self.blobs,
            thumbnails=self.thumbnails,
            stills=stills,
        )
        self.search = Search(
            catalogue=self.catalogue,
            embedder=self.embedder,
            index=self.index,
            rights=self.rights,
            labels=self.labels,
            taxonomy=self.taxonomies.taxonomy,
            joint=self.joint,
        )
        self.switching = Switching(
            shelf=self.joint,
            placing=placing,
            comparing=Comparing(catalogue=self.catalogue, shelf=self.joint, search=self.search),
            jobs=self.jobs,
        )
        self.similar = Similar(
            catalogue=self.catalogue,
            library=self.library,
            search=self.search,
            embedder=self.embedder,
            index=self.index,
            labels=self.labels,
            visual=self.visual,
            vision=self.vision,
            imaging=imaging,
            rights=self.rights,
            joint=self.joint,
        )
        self.owned = Owned(catalogue=self.catalogue, similar=self.similar, rights=self.rights)
        self.duplicates = Duplicates(
            catalogue=self.catalogue,
            library=self.library,
            imaging=imaging,
            visual=self.visual,
            rights=self.rights,
        )
        self.tagging = Tagging(
            catalogue=self.catalogue,
            indexing=self.indexing,
            clock=self.clock,
            rejecting=self.rejecting,
        )
        self.reframer = Reframer(
            catalogue=self.catalogue,
            library=self.library,
            ingest=self.ingest,
            imaging=imaging,
            vision=self.vision,
            rights=self.rights,
            channels=parse_channels(CHANNELS.read_text()),
            clock=self.clock,
            owned=self.owned,
        )
        self.translation = Translation(
            catalogue=self.catalogue,
            library=self.library,
            ingest=self.ingest,
            documents=documents,
            translator=translator,
            writer=self.writer,
            rights=self.rights,
            clock=self.clock,
            owned=self.owned,
        )
        self.jobs.start()

    def opened_joint(self, model: str) -> ColourJoint:
        """Open a model of pictures and texts as a hub would."""
        if model not in self.joint_models:
            raise Fixable(f"The hub shows no model {model}: check DALM_JOINT_MODEL.")
        return self.joint_models[model]

    def joint_index(self, collection: Collection) -> Any:
        """Open the vectors of a collection."""
        fresh = FakeIndex(collection.dimensions)
        return self.joint_indexes.setdefault(collection.name, fresh)

    def take(self, *paths: Path, **options: object) -> list[FileOutcome]:
        """Ingest and give all outcomes."""
        return list(self.ingest.ingest(paths, IngestOptions(**options), Authority(self.owner)))  # type: ignore[arg-type]

    def all(self) -> list[Asset]:
        """Give every active asset, oldest first."""
        from tools.core.records import AssetFilter  # noqa: PLC0415

        page = self.library.browse(AssetFilter(), self.owner, 500)
        return sorted(page.assets, key=lambda asset: asset.key)

    def named(self, file_name: str) -> Asset:
        """Give the active asset with a file name."""
        return next(asset for asset in self.all() if asset.file_name == file_name)

    def values(self, asset: Asset, field: Field) -> list[FieldValue]:
        """Give the values in force of one field."""
        return [value for value in self.library.fields(asset.id) if value.field is field]

    def first(self, asset: Asset, field: Field) -> str:
        """Give the first value of a field, "" without one."""
        return next((value.value for value in self.values(asset, field)), "")
