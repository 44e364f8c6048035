"""What a picture shows: labels, objects and faces, each by one small model."""

from tools.adapters.vision.look import VisionModels

__all__ = ["VisionModels"]
