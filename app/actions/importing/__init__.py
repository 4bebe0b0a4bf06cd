"""How anything comes in from other directories and from spreadsheets: one transaction, and a line for every row.

``comparing`` is pure; ``organisations`` and ``writing`` write; ``bring_in`` decides of each row; ``oruk`` reads a feed.
"""
