"""Who can use which service, and why: pure functions of plain values, standard library alone.

Read in this order.

- What is said: ``questions`` (what can be asked), ``answers`` (what one person said), ``rules`` (what a listing asks
  for), ``evaluate`` (one condition against answers, three-valued), ``explain`` (the same in sentences), ``changes``
  (what would have to be otherwise).
- Deciding: ``compiled`` (all rules as sets of bits), ``priors`` (how likely each answer is), ``rulebook`` (the listings
  of one day), ``position`` (one person before them), ``ranking`` (which first), ``interview`` (what to ask next).
- The proof: ``space`` (every set of answers), ``coverage`` (whom nobody serves), ``groups`` (the largest of them).
- Writing rules: ``possible`` (whether anybody can be so), ``checks`` (what is wrong, in words).
"""
