"""The catalogue as a table that people open in a spreadsheet: a row for each service, a column for each thing about it.

``cells`` is about one cell; ``kinds``, ``words`` and ``columns`` are about what stands in them. ``writing`` writes
tables, ``reading`` finds the rows of a file, ``changes`` makes a listing of a row, and ``listings`` of all rows. What a
table cannot hold stays as it was: rules, sources, and every column that is not there.
"""

SPREADSHEET = "spreadsheet"
"""Where the row stands in what is kept of it."""


class SpreadsheetError(Exception):
    """``message`` is a sentence for whoever runs the import."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
