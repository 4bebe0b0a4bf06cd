"""Who may sign in, how, and for how long.

Read ``tokens``, ``rules`` and ``passwords``, which touch no table; then ``throttle``, ``sessions`` and
``owners``; then ``sign_in`` and ``authenticator``, which use them; ``teams`` and ``care``, then ``links`` and
``members``; ``letters`` and ``demo`` last.
"""
