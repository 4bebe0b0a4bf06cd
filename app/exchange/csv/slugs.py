"""Short names in addresses, made of what people call things."""

import re
import unicodedata

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60


def slug_of(name: str) -> str:
    """ "Zoë’s café, N1" → "zoes-cafe-n1"; "unnamed" where no letter of it can stand in an address."""
    letters = unicodedata.normalize("NFKD", name[:500]).replace("’", "").replace("'", "").casefold()
    ascii_only = letters.encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST].strip("-") or "unnamed"


def is_slug(text: str) -> bool:
    return len(text) <= LONGEST and bool(_SLUG.fullmatch(text))
