"""The catalogue in the words of Open Referral UK 3.0 (the UK profile of the Human Services Data Specification 3).

``shapes`` are the typed answers, from which the description of the API is made too; ``services``, ``places`` and
``terms`` make them from what the directory says. What the standard has no word for stands in ``no_wrong_door``.
"""
