"""Keeping listings true: who confirms them, and who is asked to.

``confirming`` is the one click; ``link`` the same from an e-mail; ``overview`` what is due. ``plan`` decides from days
and people alone who hears of what; ``rows`` reads and claims; ``letters`` are the words; ``remind`` is the daily run.
"""
