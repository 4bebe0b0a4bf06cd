"""What the build takes out of the third-party files, and what makes it stop."""

import pytest

from scripts.build_assets import (
    FORBIDDEN_IN_CSS,
    VENDOR,
    UnexpectedPackageError,
    licences,
    unbranded,
    without_source_map,
)

FONT = '@font-face{font-family:"GDS Transport";src:url("/assets/fonts/light.woff2")}'
CREST = ".govuk-footer__copyright-logo{background-image:url(/assets/images/govuk-crest.svg)}"
BODY = "body{font-family:GDS Transport,arial,sans-serif;margin:0}"


def test_fonts_and_crest_are_taken_out_and_the_rest_stays() -> None:
    css = unbranded(f"{FONT}{BODY}{CREST}p{{margin:1px}}\n/*# sourceMappingURL=x.css.map */\n")
    assert css == "body{font-family:system-ui,arial,sans-serif;margin:0}p{margin:1px}\n"


@pytest.mark.parametrize("left", ["@import 'x';", "p{font-family:'GDS Transport'}", "p{background:url(//x.example/a)}"])
def test_a_style_sheet_of_another_shape_stops_the_build(left: str) -> None:
    with pytest.raises(UnexpectedPackageError):
        unbranded(BODY + left)


def test_source_maps_are_not_announced() -> None:
    assert without_source_map("let a=1;\n//# sourceMappingURL=a.js.map\n") == "let a=1;\n"


def test_a_package_that_changed_its_licence_stops_the_build() -> None:
    with pytest.raises(UnexpectedPackageError):
        licences("", "All rights reserved", "")


def test_what_was_built_holds_nothing_of_gov_uk_alone() -> None:
    css = (VENDOR / "govuk-frontend.min.css").read_text()
    assert not [mark for mark in FORBIDDEN_IN_CSS if mark in css]
    assert "Crown Copyright" in (VENDOR / "LICENCES.txt").read_text()
