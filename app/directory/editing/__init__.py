"""A listing as somebody edits it, without tables and without the web.

Read ``edited`` and ``edited_rules``; ``sourcing``, which makes a listing of it again; ``tidying`` and ``edit_checks``;
then ``changes`` and ``merging``.
"""
