"""What other directories export, read as listings of ours. It is tolerant, and says each thing that it put right.

``split`` finds the things in a file, ``files`` reads them, ``index`` knows what stands where, and ``feed`` gives one
row after the other. ``foreign`` makes a listing of a service; ``own`` takes one that came out of a directory like this.
"""
