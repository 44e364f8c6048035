"""What a tool is given when it runs: the services, and on whose authority it acts."""

from tools.core.channels import Channels
from tools.core.cloud.service import Clouds
from tools.core.drafting import Drafting
from tools.core.duplicates.service import Duplicates
from tools.core.edits.service import Editor
from tools.core.exporting.service import Exporting
from tools.core.exporting.writing_back import WritingBack
from tools.core.library import Library
from tools.core.lifecycle import Lifecycle
from tools.core.people import Authority, Viewer
from tools.core.publishing import Publishing
from tools.core.referring import Referring
from tools.core.repurposing.reframe import Reframer
from tools.core.repurposing.translation import Translation
from tools.core.rights.service import Rights
from tools.core.search.service import Search
from tools.core.search.similar import Similar
from tools.core.tagging import Tagging
from tools.core.undo import Undo


class Services:
    """The use cases, built once by the composition root."""

    def __init__(  # noqa: PLR0913 - one for each use case
        self,
        *,
        library: Library,
        search: Search,
        similar: Similar,
        duplicates: Duplicates,
        referring: Referring,
        rights: Rights,
        tagging: Tagging,
        drafting: Drafting,
        reframer: Reframer,
        editor: Editor,
        translation: Translation,
        publishing: Publishing,
        lifecycle: Lifecycle,
        undo: Undo,
        exporting: Exporting,
        writing_back: WritingBack,
        channels: Channels,
        clouds: Clouds,
    ) -> None:
        self.library = library
        self.search = search
        self.similar = similar
        self.duplicates = duplicates
        self.referring = referring
        self.rights = rights
        self.tagging = tagging
        self.drafting = drafting
        self.reframer = reframer
        self.editor = editor
        self.translation = translation
        self.publishing = publishing
        self.lifecycle = lifecycle
        self.undo = undo
        self.exporting = exporting
        self.writing_back = writing_back
        self.channels = channels
        self.clouds = clouds


class Context:
    """Services and authority of one call; `screen` lists the asset ids the person looks at."""

    def __init__(
        self, services: Services, authority: Authority, screen: tuple[str, ...] = ()
    ) -> None:
        self.services = services
        self.authority = authority
        self.screen = screen
        # What the arguments turned out to mean, for "it" in the next request.
        self.meant: tuple[str, ...] = ()

    @property
    def viewer(self) -> Viewer:
        """Give the person on whose behalf the tool reads."""
        return self.authority.actor

    def asset(self, asset_id: str | None, query: str | None) -> str:
        """Give the one asset that the arguments mean."""
        found = self.services.referring.asset(asset_id, query, self.viewer, self.screen)
        self.meant = (found,)
        return found

    def assets(self, asset_ids: list[str] | None, query: str | None) -> list[str]:
        """Give the assets that the arguments mean."""
        self.meant = tuple(self.services.referring.assets(asset_ids, query, self.viewer))
        return list(self.meant)
