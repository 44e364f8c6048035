"""Channels: places outside the library where deliveries become public."""

from tools.adapters.publishers.website import WebsiteFolder

__all__ = ["WebsiteFolder"]
