"""Vectors: a memory-mapped matrix that is the truth, and Chroma for unfiltered neighbours."""

from tools.adapters.vectors.index import MatrixIndex

__all__ = ["MatrixIndex"]
