"""The subject of a picture apart from its background."""

from tools.adapters.cutout.cutter import SubjectCutter

__all__ = ["SubjectCutter"]
