"""How listings change: somebody writes a draft beside the live version, an admin approves, and it is public.

Read ``errors`` and ``publication``, then ``drafts``, ``review``, ``stranding``, ``decision`` and ``history``.
"""
