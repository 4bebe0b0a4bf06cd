"""Random secrets, and what is kept of them."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """256 random bits that fit into an address or a cookie."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What a table keeps of a random token. It is too long to be guessed, so that no slow hash is needed."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def keyed(key: str, purpose: str, value: str) -> bytes:
    """32 bytes that only who holds the key can make of a value, and others for each purpose."""
    return hmac.digest(key.encode(), f"{purpose}:{value}".encode(errors="replace"), "sha256")
