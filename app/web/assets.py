"""Static files under an address that changes with their content, so that browsers keep them for ever."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

from .headers import A_YEAR


def register(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.after_request(_cached_long)


def asset(name: str) -> str:
    """The address of a static file, with a hash of its content in it."""
    return url_for("static", filename=name, v=_version(name))


def _version(name: str) -> str:
    path = Path(current_app.static_folder or "") / name
    try:
        return _hash_of(path, path.stat().st_mtime_ns)
    except OSError:
        return "missing"


@lru_cache(maxsize=64)
def _hash_of(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _cached_long(response: Response) -> Response:
    """For ever under its content's own address; asked again each time under any other."""
    if request.endpoint == "static" and response.status_code == 200:
        name = (request.view_args or {})["filename"]
        named = request.args.get("v") == _version(name)
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if named else "no-cache"
    return response
