"""One picture for any asset: the image itself, a video's poster or a document's first page."""


class Stills:
    """Draws files."""
