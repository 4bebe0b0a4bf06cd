"""Who can use which service, and why: pure functions of plain values, standard library alone.

Read in this order: ``questions`` (what can be asked), ``answers`` (what one person said), ``rules`` (what a listing
asks for), ``evaluate`` (rule against answers, three-valued), ``explain`` (the same in sentences), ``ranking`` (which
first), ``interview`` (what to ask next).
"""
