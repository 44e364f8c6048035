"""Looking at a file with the models: labels, objects, faces, colours and words."""


class Enrichment:
    """Describes one file by what machines notice in it."""
