"""Listings that may be one and the same: ``finding`` looks for them, ``pairs`` is the queue, and ``merging`` lets one
stand for the other, and takes them apart again."""
