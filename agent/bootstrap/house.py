"""The house: every use case of a library and the adapters it stands on."""

from functools import cache

from agent.bootstrap.clouds import clouds
from agent.bootstrap.joint import joint_shelf, switching
from agent.bootstrap.parts import (
    captioner,
    meter,
    models,
    optional,
    reading_room,
    speech,
    text,
    text_embedder,
    translator,
)
from agent.brain_room import BrainRoom
from agent.checkpoints import Checkpoints
from agent.settings import Settings
from agent.traces import ThreadTraces
from agent.warmup import WarmUp
from tools.adapters.blobs import ObjectBlobs
from tools.adapters.catalogue import SqlCatalogue
from tools.adapters.clock import SystemClock
from tools.adapters.confinement.senses import (
    ConfinedDocuments,
    ConfinedImaging,
    ConfinedProbe,
    ConfinedSound,
    ConfinedVideo,
    ConfinedVocabularies,
)
from tools.adapters.cutout import SubjectCutter
from tools.adapters.fixed_texts import FixedTexts
from tools.adapters.jobs import DbosJobs
from tools.adapters.metadata.exiftool import ExifTool
from tools.adapters.metadata.writing import MetadataFiles
from tools.adapters.ocr import RapidReader
from tools.adapters.publishers.website import WebsiteFolder
from tools.adapters.thumbnails import ThumbnailFolder
from tools.adapters.tones.bank import BankTones
from tools.adapters.translation_memory import SentenceFile
from tools.adapters.vectors.index import MatrixIndex
from tools.adapters.vision import VisionModels
from tools.core.approvals import Approvals
from tools.core.channels import parse_channels
from tools.core.conformity import Conformity
from tools.core.conventions import parse_conventions
from tools.core.curation.denials import Denials
from tools.core.curation.rejecting import Rejecting
from tools.core.curation.reviewing import Reviewing
from tools.core.deliveries import Deliveries
from tools.core.directory import Directory, parse_users
from tools.core.duplicates.service import Duplicates
from tools.core.exporting.copying import Copying
from tools.core.exporting.scratch import Scratch
from tools.core.indexing import Indexing
from tools.core.ingest.enrichment import Enrichment
from tools.core.ingest.listening import Listening
from tools.core.ingest.service import Ingest
from tools.core.ingest.stills import Stills
from tools.core.ingest.suspecting import Suspecting
from tools.core.joint.placing import Placing
from tools.core.library import Library
from tools.core.lifecycle import Lifecycle
from tools.core.originals import Originals
from tools.core.owned import Owned
from tools.core.policy import parse_policy
from tools.core.publishing import Publishing
from tools.core.rights.service import Rights
from tools.core.search.answers import SearchRequest
from tools.core.search.labels import LabelSpace
from tools.core.search.service import Search
from tools.core.search.similar import Similar
from tools.core.search.visual import VisualSpace
from tools.core.suspicion.patterns import parse_patterns
from tools.core.tagging import Tagging
from tools.core.taxonomy.service import Taxonomies


class House:
    """Everything that is built once for a library."""

    def __init__(self, settings: Settings, brain: BrainRoom) -> None:
        self.settings = settings
        self.brain = brain
        self.clock = SystemClock()
        self.catalogue = SqlCatalogue(settings.database_url)
        self.checkpoints = Checkpoints(settings.home / "checkpoints.db")
        self.models = models(settings)
        self.policy = parse_policy(text(settings.home, "policy.toml"))
        self.channels = parse_channels(text(settings.home, "channels.toml"))
        self.directory = Directory(parse_users(optional(settings.home / "users.toml")))
        self.meter = meter(settings, self.catalogue, self.clock)
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
        self.cutter = SubjectCutter(self.models, settings.threads)
        self.embedder = text_embedder(settings)
        self.translator = translator(settings)
        self.sentences = SentenceFile(settings.home / "translations.db")
        self.reader = RapidReader(settings.threads)
        self.speech = speech(settings)
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
        self.suspecting = Suspecting(
            cache(lambda: parse_patterns(text(settings.home, "suspicion.toml")))
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
            suspecting=self.suspecting,
            tones=BankTones(self.embedder, self.vocabulary),
            captioner=captioner(settings),
        )

    def _space(self, name: str) -> MatrixIndex:
        return MatrixIndex(self.settings.home / "index", name, self.embedder.dimensions)

    def _looks(self, name: str) -> MatrixIndex:
        return MatrixIndex(self.settings.home / "index", name, self.vision.feature_length)

    def _keep(self) -> None:
        blobs = ObjectBlobs(self.settings.blobs or self.settings.home / "blobs")
        self.originals = Originals(catalogue=self.catalogue, blobs=blobs)
        self.metadata = MetadataFiles(ExifTool())
        self.scratch = Scratch(self.settings.home / "scratch")
        self.copying = Copying(
            originals=self.originals, probe=self.probe, writer=self.metadata, scratch=self.scratch
        )
        thumbnails = ThumbnailFolder(self.settings.home / "thumbnails")
        self.joint = joint_shelf(self.settings)
        placing = Placing(
            catalogue=self.catalogue,
            originals=self.originals,
            stills=self.stills,
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
            joint=self.joint,
        )
        self.switching = switching(self.catalogue, self.joint, placing, self.search, self.jobs)
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
            joint=self.joint,
        )
        self.owned = Owned(catalogue=self.catalogue, similar=self.similar, rights=self.rights)
        self.duplicates = Duplicates(
            catalogue=self.catalogue,
            library=self.library,
            imaging=self.imaging,
            visual=self.visual,
            rights=self.rights,
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
            undo_for=self.policy.undo_for,
        )
        self.conformity = Conformity(
            catalogue=self.catalogue,
            conventions=cache(
                lambda: parse_conventions(text(self.settings.home, "conventions.toml"))
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
            traces=ThreadTraces(self.checkpoints, self.sentences.forget),
            clock=self.clock,
        )
        self.clouds = clouds(self, self.suspecting)
        self.ingest.tell(self.clouds.taken)
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

    def close(self) -> None:
        """Let go of everything."""
        self.jobs.stop()
        for model in (self.vision, self.reader, self.speech, self.translator, self.cutter):
            model.close()
        self.metadata.close()
        self.checkpoints.close()
        self.catalogue.close()

    def _complete(self) -> None:
        """Load what search needs, and finish what a crash or a missing model left half done."""
        self.search.find(SearchRequest("a picture"), self.directory.owner())
        self.ingest.repair(lambda _done, _total, _note: None)

    def fetched(self) -> None:
        """Use model files that have just come."""
        self.brain.renew()
        self.ingest.repair(lambda _done, _total, _note: None)
        self._listen()

    def _listen(self) -> None:
        self.ingest.listen(lambda _done, _total, _note: None)
