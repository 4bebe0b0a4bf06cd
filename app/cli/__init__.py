"""The actions from the command line. Every command exits 0 on success, 2 on a usage error and 1 on bad data.

``ending`` is how they all end; the other files are groups of commands.
"""

from flask import Flask

from app.cli.accounts import account
from app.cli.catalogue import (
    confirm_command,
    coverage_command,
    database,
    index,
    recommend_command,
    searches,
    seed,
)
from app.cli.exchange import incoming
from app.cli.export import outgoing
from app.cli.freshness import remind_command
from app.cli.spreadsheet import csv_command, postcodes_command


def register(app: Flask) -> None:
    for group in (database, seed, index, searches, account, incoming, outgoing):
        app.cli.add_command(group)
    for command in (recommend_command, coverage_command, confirm_command, remind_command):
        app.cli.add_command(command)
    for command in (csv_command, postcodes_command):
        incoming.add_command(command)
