"""Models of pictures and texts: their spaces, what fills them and what changes them."""

from agent.settings import Settings
from tools.adapters.hub_joint import HubJoint
from tools.adapters.joint_memory import JointFile
from tools.adapters.vectors.index import MatrixIndex
from tools.core.joint.comparing import Comparing
from tools.core.joint.placing import Placing
from tools.core.joint.shelf import JointShelf
from tools.core.joint.switching import Switching
from tools.core.ports import Jobs
from tools.core.records import Catalogue
from tools.core.search.service import Search


def joint_shelf(settings: Settings) -> JointShelf:
    """Give the spaces of models that place pictures and texts together."""
    index = settings.home / "index"
    return JointShelf(
        memory=JointFile(index / "joint.json"),
        opened=lambda model: HubJoint(model, threads=settings.threads),
        index=lambda one: MatrixIndex(index, one.name, one.dimensions),
    )


def switching(
    catalogue: Catalogue, shelf: JointShelf, placing: Placing, search: Search, jobs: Jobs
) -> Switching:
    """Give what changes the model."""
    comparing = Comparing(catalogue=catalogue, shelf=shelf, search=search)
    return Switching(shelf=shelf, placing=placing, comparing=comparing, jobs=jobs)
