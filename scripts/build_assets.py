"""Copies the third-party CSS and JavaScript that pages use from node_modules/ into app/static/vendor/.

The files are the packages' own compiled ones, so no Sass and no bundler. Three things are taken out of them:

- every CSS rule that holds an `/assets/` address: the GDS Transport font and the royal crest, for GOV.UK alone;
- the GDS Transport font's name, in favour of the reader's system font;
- source map comments, whose files are not served.

It stops with an error when a new version of a package no longer has the shape expected here, rather than let a crest
through.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOVUK = ROOT / "node_modules/govuk-frontend"
HTMX = ROOT / "node_modules/htmx.org"
VENDOR = ROOT / "app/static/vendor"

GOVUK_FONTS = "GDS Transport,arial,sans-serif"
SYSTEM_FONTS = "system-ui,arial,sans-serif"
FORBIDDEN_IN_CSS = ("@font-face", "/assets/", "GDS Transport", "sourceMappingURL", "@import", "url(http", "url(//")

RULE_WITH_ASSET = re.compile(r"[^{};]*\{[^{}]*url\(\s*[\"']?/assets/[^{}]*\}")
SOURCE_MAP = re.compile(r"\s*(?://|/\*)# sourceMappingURL=\S+(?:\s*\*/)?\s*$")


class UnexpectedPackageError(Exception):
    """A package does not look as this script expects; the text says how."""


def without_source_map(text: str) -> str:
    return SOURCE_MAP.sub("", text) + "\n"


def unbranded(css: str) -> str:
    """The govuk-frontend style sheet, minified as published, without what belongs to GOV.UK alone."""
    css = RULE_WITH_ASSET.sub("", without_source_map(css)).replace(GOVUK_FONTS, SYSTEM_FONTS)
    if left := [mark for mark in FORBIDDEN_IN_CSS if mark in css]:
        raise UnexpectedPackageError(f"govuk-frontend's CSS still holds {', '.join(left)}")
    return css


def licences(own: str, govuk_readme: str, htmx: str) -> str:
    """The notices of both packages.

    govuk-frontend's has no licence file, only a line that names the MIT licence: the wording comes from our `LICENSE`.
    """
    if "MIT License" not in govuk_readme:
        raise UnexpectedPackageError("govuk-frontend's README no longer names the MIT License")
    _, _, mit_terms = own.partition("contributors\n")
    govuk = f"MIT License\n\nCopyright (c) 2017 Crown Copyright (Government Digital Service)\n{mit_terms}"
    return f"govuk-frontend\n\n{govuk}\n\nhtmx.org\n\n{htmx}"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def build() -> dict[str, str]:
    """File name to content."""
    compiled = GOVUK / "dist/govuk"
    return {
        "govuk-frontend.min.css": unbranded(read(compiled / "govuk-frontend.min.css")),
        "govuk-frontend.min.js": without_source_map(read(compiled / "govuk-frontend.min.js")),
        "htmx.min.js": without_source_map(read(HTMX / "dist/htmx.min.js")),
        "LICENCES.txt": licences(read(ROOT / "LICENSE"), read(GOVUK / "README.md"), read(HTMX / "LICENSE")),
    }


def main() -> None:
    try:
        files = build()
    except (OSError, UnexpectedPackageError) as error:
        sys.exit(f"Assets not built: {error}")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name, content in files.items():
        (VENDOR / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
