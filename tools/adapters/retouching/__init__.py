"""Edits of decoded pictures."""

from tools.adapters.retouching.retouch import PillowRetouch

__all__ = ["PillowRetouch"]
