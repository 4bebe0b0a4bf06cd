"""The published catalogue as files: ``package`` for other directories, ``spreadsheet`` for people with a table."""
