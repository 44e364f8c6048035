"""The two failures that may reach a model or a person; every other exception is a bug."""


class DomainError(Exception):
    """A failure whose text is meant to be read by the asker."""


class Fixable(DomainError):
    """The request can be corrected; the text says what to do next."""


class Refused(DomainError):
    """The request is final as it stands; the text says why."""
