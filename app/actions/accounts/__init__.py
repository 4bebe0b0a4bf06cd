"""Who may sign in, how, and for how long.

Read ``tokens``, ``rules`` and ``passwords``, which touch no table; then ``throttle``, ``sessions`` and
``owners``; then ``sign_in``, ``authenticator`` and ``links``, which use them; ``letters``,
``care`` and ``demo`` last.
"""
