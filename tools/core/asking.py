"""From what people ask about rights to the use that is decided, and back into words."""

from datetime import datetime

from tools.core.channels import Channels
from tools.core.rights.actions import Action
from tools.core.rights.territories import name_of, territory_code
from tools.core.rights.uses import Use


def asked_use(channels: Channels, channel: str | None, territory: str | None, at: datetime) -> Use:
    """Give the use that a question means: publishing, on a channel, in a place, now.

    Raises Fixable for an unknown channel or territory.
    """
    return Use(
        Action.PUBLISH,
        channel=channels.channel(channel) if channel else None,
        territory=territory_code(territory) if territory else None,
        at=at,
    )


def in_words(use: Use) -> str:
    """Write where a use takes place, with a leading space, or nothing for anywhere."""
    channel = f" on {use.channel}" if use.channel else ""
    territory = f" in {name_of(use.territory)}" if use.territory else ""
    return channel + territory
