"""What the core needs from outside, in the domain's words; adapters implement these."""

from tools.core.ports.basics import Clock, Picture, Report, Vectors
from tools.core.ports.cloud import Busy, CloudStanding, CloudVision, Unanswered, Unusable
from tools.core.ports.editing import Compared, Cutter, Retouch
from tools.core.ports.files import MetadataWriter, Probe
from tools.core.ports.jobs import Jobs, JobStatus, Work
from tools.core.ports.joint import Collection, JointEmbedder, JointMemory, JointState
from tools.core.ports.keeping import Blobs, ModelState, ModelStore, Thumbnails
from tools.core.ports.meaning import Near, TextEmbedder, VectorIndex
from tools.core.ports.pictures import (
    Frame,
    Imaging,
    Rendered,
    RenderSpec,
    SoundPart,
    SoundReader,
    VideoReader,
)
from tools.core.ports.publishing import Delivery, PublicCopy, Publisher
from tools.core.ports.senses import Captioner, Speech, TextReader, Vision
from tools.core.ports.texts import (
    Documents,
    DocumentText,
    Rewrite,
    Rewritten,
    Tones,
    TranslationMemory,
    Translator,
    Vocabularies,
    Writer,
)

__all__ = [
    "Blobs",
    "Busy",
    "Captioner",
    "Clock",
    "CloudStanding",
    "CloudVision",
    "Collection",
    "Compared",
    "Cutter",
    "Delivery",
    "DocumentText",
    "Documents",
    "Frame",
    "Imaging",
    "JobStatus",
    "Jobs",
    "JointEmbedder",
    "JointMemory",
    "JointState",
    "MetadataWriter",
    "ModelState",
    "ModelStore",
    "Near",
    "Picture",
    "Probe",
    "PublicCopy",
    "Publisher",
    "RenderSpec",
    "Rendered",
    "Report",
    "Retouch",
    "Rewrite",
    "Rewritten",
    "SoundPart",
    "SoundReader",
    "Speech",
    "TextEmbedder",
    "TextReader",
    "Thumbnails",
    "Tones",
    "TranslationMemory",
    "Translator",
    "Unanswered",
    "Unusable",
    "VectorIndex",
    "Vectors",
    "VideoReader",
    "Vision",
    "Vocabularies",
    "Work",
    "Writer",
]
