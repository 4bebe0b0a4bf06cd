"""What a listing says, as lines for whoever looks after it: words, and no ids."""

from flask import Flask

from app.current import current_catalogue
from app.directory.editing.edited import FIELDS, edited_of
from app.web.manage.change_words import lines, names_in


def test_no_line_of_any_listing_has_an_id_in_it(site: Flask) -> None:
    with site.app_context():
        catalogue = current_catalogue()
        names = names_in(catalogue)
        ids = {*catalogue.questionnaire.assumptions, *names.goals, *names.listings}
        said = [line for listing in catalogue.listings.values() for line in lines(edited_of(listing), FIELDS, names)]
    assert [line for line in said if line in ids or line.rpartition(": ")[2] in ids] == []
    assert any(line.startswith("Everybody: For people aged 16 and over") for line in said)
