"""What can stand in the way of editing. Each carries the sentence that the reader reads."""


class EditError(Exception):
    """What somebody asked for cannot be done. ``message`` is a sentence for them."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotYoursError(EditError):
    """The listing belongs to an organisation that this person does not look after."""


class MergedListingError(EditError):
    """Another listing stands for this one, so that nobody would see what is said of it."""


class NoListingError(EditError):
    """There is no listing with this id, or no version or draft of it."""
