"""Why a package could not be had, in a few words of ours."""

import errno

from tools.adapters.model_store.manifest import Part

NO_NETWORK = (
    "dns error",
    "client error (connect)",
    "error sending request",
    "timed out",
    "enotfound",
    "eai_again",
    "econnrefused",
)


def reason(part: Part, said: str) -> str:
    """Put a client's complaint into a few words of ours; its own may run over many lines."""
    if "no space left" in said:
        raise OSError(errno.ENOSPC, "No space left on device")
    if any(words in said for words in NO_NETWORK):
        return "the package registry does not answer"
    return f"package {part.package} {part.version} could not be had"
