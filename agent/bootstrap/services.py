"""The use cases that tools call."""

from agent.bootstrap.house import House
from agent.bootstrap.parts import guarded, optional
from agent.brains.assembly import writer_of
from tools.adapters.retouching import PillowRetouch
from tools.context import Services
from tools.core.drafting import Drafting
from tools.core.edits.service import Editor
from tools.core.exporting.service import Exporting
from tools.core.exporting.writing_back import WritingBack
from tools.core.referring import Referring
from tools.core.repurposing.glossary import FILE as GLOSSARY
from tools.core.repurposing.glossary import parse_glossary
from tools.core.repurposing.reframe import Reframer
from tools.core.repurposing.translation import Aids, Translation
from tools.core.undo import Undo


def services(house: House) -> Services:
    """Build the use cases that tools call."""
    referring = Referring(catalogue=house.catalogue, search=house.search)
    return Services(
        library=house.library,
        search=house.search,
        similar=house.similar,
        duplicates=house.duplicates,
        referring=referring,
        rights=house.rights,
        tagging=house.tagging,
        drafting=Drafting(catalogue=house.catalogue),
        reframer=Reframer(
            catalogue=house.catalogue,
            library=house.library,
            ingest=house.ingest,
            imaging=house.imaging,
            vision=house.vision,
            rights=house.rights,
            channels=house.channels,
            clock=house.clock,
            owned=house.owned,
            undo_for=house.policy.undo_for,
            most=house.policy.bulk_limit,
        ),
        editor=Editor(
            catalogue=house.catalogue,
            library=house.library,
            ingest=house.ingest,
            imaging=house.imaging,
            vision=house.vision,
            cutter=house.cutter,
            retouch=PillowRetouch(),
            referring=referring,
            rights=house.rights,
            clock=house.clock,
            undo_for=house.policy.undo_for,
        ),
        translation=Translation(
            catalogue=house.catalogue,
            library=house.library,
            ingest=house.ingest,
            documents=house.documents,
            translator=house.translator,
            writer=writer_of(house.brain, house.meter),
            rights=house.rights,
            clock=house.clock,
            owned=house.owned,
            aids=Aids(
                kept=house.sentences,
                glossary=lambda: parse_glossary(optional(house.settings.home / GLOSSARY)),
                embedder=house.embedder,
            ),
        ),
        publishing=house.publishing,
        lifecycle=house.lifecycle,
        undo=Undo(
            catalogue=house.catalogue,
            tagging=house.tagging,
            lifecycle=house.lifecycle,
            publishing=house.publishing,
            rights=house.rights,
            indexing=house.indexing,
            policy=house.policy,
            clock=house.clock,
        ),
        exporting=Exporting(
            catalogue=house.catalogue,
            copying=house.copying,
            approvals=house.approvals,
            policy=house.policy,
            rights=house.rights,
            channels=house.channels,
            guarded=guarded(house.settings),
            clock=house.clock,
        ),
        writing_back=WritingBack(
            catalogue=house.catalogue,
            copying=house.copying,
            approvals=house.approvals,
            policy=house.policy,
            clock=house.clock,
        ),
        channels=house.channels,
        clouds=house.clouds,
    )
