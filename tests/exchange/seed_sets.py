"""A small seed folder with nothing wrong in it, and the ways of breaking it that people find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.exchange.good_reference import REFERENCE

OPEN_DOOR = """\
id: open-door
name: Open Door
role: programme
organisation: helpers
summary: A coach helps you find work.
aliases:
  - The Door
  - {name: Door, alone: true}
offers:
  - {text: A coach of your own., source: [leaflet]}
goals: [find_job]
area: [camden]
opened: 2024-10
status: live
status_note: {text: A page of this year says that it goes on., source: [page]}
rules:
  - from: 2024-10-01
    everyone:
      - {question: health, any_of: ["yes"], text: For people with a health condition., source: [leaflet]}
      - {assume: working_age}
    routes:
      - - {question: lives_in, any_of: [camden], text: For people who live in Camden., source: [leaflet]}
      - - {ask: Do you work there?, text: For people who work there., source: [leaflet]}
    exclusions:
      - {question: age, at_least: 65, text: Not for people of 65 and over., source: [leaflet]}
    made_for:
      - {question: conditions, any_of: [autism], text: Made for autistic people., source: [leaflet]}
referral:
  - {route: self, text: You can sign up yourself., source: [leaflet]}
contacts:
  - {type: phone, value: 020 7946 0000, grade: seed_only, source: [leaflet]}
  - {type: web, value: "https://door.example/", source: [page]}
reach_through:
  - {service: other-door, text: Ask at the other door.}
practical:
  free: {answer: "yes", text: It is free., source: [page]}
sources:
  leaflet: {paper: "000", at: slide 2, dated: 2025-02-03, read: 2026-11}
  page: {page: "https://door.example/about", read: 2026-11}
"""

OTHER_DOOR = """\
id: other-door
name: Other Door
role: human_route
summary: A person listens and shows you the way.
area: national
status: check_first
status_note: {text: Nobody has confirmed it since., source: [page]}
sources:
  page: {page: "https://other.example/", read: 2026-11}
"""

OLD_DOOR = """\
id: old-door
name: Old Door
role: programme
summary: It helped people find work. It closed in 2020.
aliases: [The Door]
area: [camden]
opened: 2015
closed: 2020-03-31
status: closed
status_note: {text: It ended in March 2020., source: [page]}
successors: [open-door]
successor_source: [page]
see_instead: [other-door]
sources:
  page: {page: "https://old.example/", dated: 2020, read: 2026-11}
"""

OPEN, OTHER, OLD = "services/open-door.yaml", "services/other-door.yaml", "services/old-door.yaml"
GOOD = {
    **REFERENCE,
    OPEN: OPEN_DOOR,
    OTHER: OTHER_DOOR,
    OLD: OLD_DOOR,
}


def write_seed(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write the files (the good set unless others are given) and return the folder."""
    (folder / "services").mkdir(parents=True, exist_ok=True)
    for name, text in (GOOD if files is None else files).items():
        (folder / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


@dataclass(frozen=True)
class Broken:
    """``old`` in ``file`` becomes ``new``; then a problem with these ``words`` stands at ``at`` (file:line)."""

    name: str
    file: str
    old: str
    new: str
    at: str
    words: str
    good: Mapping[str, str] = field(default_factory=lambda: GOOD)

    def files(self) -> dict[str, str]:
        text = self.good[self.file]
        assert self.old in text, f"{self.name}: nothing to replace"
        return {**self.good, self.file: text.replace(self.old, self.new, 1)}


_HEALTH = '{question: health, any_of: ["yes"], text: For people with a health condition., source: [leaflet]}'
_CAMDEN = "{question: lives_in, any_of: [camden], text: For people who live in Camden., source: [leaflet]}"
_ELDERS = "{question: age, at_least: 65, text: Not for people of 65 and over., source: [leaflet]}"

UNREADABLE = (
    Broken("not yaml", OPEN, "aliases:", "aliases: [", f"{OPEN}:7", "not valid YAML"),
    Broken("a field twice", OPEN, "role: programme", "role: programme\nname: Again", f"{OPEN}:4", "first in line 2"),
    Broken("an anchor", OPEN, "name: Open Door", "name: &n Open Door", f"{OPEN}:2", "Anchors"),
    Broken("an alias", OPEN, "name: Open Door", "name: *n", f"{OPEN}:2", "Anchors"),
    Broken("a tag", OPEN, "name: Open Door", "name: !!python/name:os.system", f"{OPEN}:2", "tag"),
    Broken("a tab", OPEN, "role: programme", "role:\tprogramme", f"{OPEN}:3", "tab"),
    Broken("not UTF-8", OPEN, "A coach helps", "A \udce9 coach helps", f"{OPEN}:5", "UTF-8"),
    Broken("NUL", OPEN, "A coach helps", "A \0 coach helps", f"{OPEN}:5", "U+0000"),
    Broken("an escaped NUL", OPEN, "name: Open Door", r'name: "Open\0Door"', f"{OPEN}:2", "U+0000"),
    Broken("over 1 MB", OPEN, "id: open-door", "#" * 1_000_000 + "\nid: open-door", f"{OPEN}:1", "1 MB"),
    Broken("nested deeply", OPEN, "[find_job]", "[" * 40 + "]" * 40, f"{OPEN}:11", "nested too deeply"),
    Broken("two documents", OPEN, "rules:", "---\nrules:", f"{OPEN}:16", "second document"),
    Broken("a list", OTHER, OTHER_DOOR, "- id: other-door\n", f"{OTHER}:1", "fields and their values"),
    Broken("an empty file", OTHER, OTHER_DOOR, "", f"{OTHER}:1", "fields and their values"),
    Broken("a field name that is no text", OPEN, "  free:", "  no:", f"{OPEN}:36", "Put it in quotes"),
    Broken("infinity", OPEN, "at_least: 65", "at_least: .inf", f"{OPEN}:25", "plain number"),
    Broken("a number of 5,000 digits", OPEN, "at_least: 65", f"at_least: {'9' * 5000}", f"{OPEN}:25", "number"),
)

MISSHAPEN = (
    Broken("a field left out", OPEN, "role: programme\n", "", f"{OPEN}:1", "“role” is missing"),
    Broken("a misspelt field", OPEN, "offers:", "offer:", f"{OPEN}:9", "“offer” is not a field"),
    Broken("a misspelt field inside", OPEN, "{route: self,", "{rout: self,", f"{OPEN}:29", "“rout” is not a field"),
    Broken("no such role", OPEN, "role: programme", "role: program", f"{OPEN}:3", "Write one of 'programme'"),
    Broken("no such practical fact", OPEN, "  free:", "  cost:", f"{OPEN}:36", "Write one of"),
    Broken("yes without quotes", OPEN, 'answer: "yes"', "answer: yes", f"{OPEN}:36", "in quotes"),
    Broken(
        "a number for a text", OPEN, "value: 020 7946 0000", "value: 442079460000", f"{OPEN}:31", "Put it in quotes"
    ),
    Broken("text too long", OPEN, "A coach helps", "A coach helps " * 60, f"{OPEN}:5", "Shorten it"),
    Broken("no sources in a fact", OPEN, "own., source: [leaflet]", "own., source: []", f"{OPEN}:10", "at least one"),
    Broken("aliases that are no list", OLD, "[The Door]", "The Door", f"{OLD}:5", "should be a list"),
    Broken("a list that is none", OPEN, "goals: [find_job]", "goals: find_job", f"{OPEN}:11", "should be a list"),
    Broken("a date that is none", OPEN, "opened: 2024-10", "opened: last autumn", f"{OPEN}:13", "is not a date"),
    Broken("30 February", OLD, "closed: 2020-03-31", "closed: 2020-02-30", f"{OLD}:8", "no such day"),
    Broken("a bad id", OPEN, "id: open-door", "id: Open_Door", f"{OPEN}:1", "small letters"),
    Broken("five routes", OPEN, "    exclusions:", "      - []\n" * 3 + "    exclusions:", f"{OPEN}:21", "more than 4"),
)

UNKNOWN = (
    Broken("no such question", OPEN, "question: lives_in", "question: livs_in", f"{OPEN}:22", "no question “livs_in”"),
    Broken("no such answer", OPEN, "any_of: [camden]", "any_of: [camdem]", f"{OPEN}:22", "no answer “camdem”"),
    Broken("no such goal", OPEN, "[find_job]", "[find_job, fly]", f"{OPEN}:11", "no goal “fly”"),
    Broken("no such assumption", OPEN, "working_age", "retired", f"{OPEN}:20", "no assumption “retired”"),
    Broken(
        "no such organisation", OPEN, "organisation: helpers", "organisation: hepers", f"{OPEN}:4", "no organisation"
    ),
    Broken("no such successor", OLD, "[open-door]", "[opn-door]", f"{OLD}:11", "no listing “opn-door”"),
    Broken("no such advice", OLD, "[other-door]", "[othr-door]", f"{OLD}:13", "no listing “othr-door”"),
    Broken("no such door", OPEN, "service: other-door", "service: othr", f"{OPEN}:34", "no listing “othr”"),
    Broken("no such source", OPEN, "own., source: [leaflet]", "own., source: [leaf]", f"{OPEN}:10", "no source “leaf”"),
    Broken(
        "no such source of a condition", OPEN, "Camden., source: [leaflet]", "Camden., source: [x]", f"{OPEN}:22", "“x”"
    ),
    Broken(
        "no such organisation that said it",
        OTHER,
        'page: "https://other.example/"',
        "said_by: hepers",
        f"{OTHER}:9",
        "no organisation “hepers”",
    ),
    Broken("no such paper", OPEN, 'paper: "000"', 'paper: "009"', f"{OPEN}:38", "no paper “009”"),
    Broken(
        "no such question in implies",
        "questions.yaml",
        "then: {health:",
        "then: {helth:",
        "questions.yaml:53",
        "no question “helth”",
    ),
)

WRONG = (
    Broken(
        "a source that nobody cites",
        OLD,
        "sources:",
        "sources:\n  x: {paper: '000', read: 2026}",
        f"{OLD}:15",
        "No fact",
    ),
    Broken(
        "a source that is nowhere", OTHER, 'page: "https://other.example/", ', "", f"{OTHER}:9", "no paper and no page"
    ),
    Broken("a source that is a page and a word", OTHER, "{page:", "{said_by: helpers, page:", f"{OTHER}:9", "Keep one"),
    Broken("a page that is no page", OTHER, "https://other.example/", "javascript:x", f"{OTHER}:9", "not the address"),
    Broken(
        "a contact that is no page", OPEN, 'https://door.example/",', 'door.example",', f"{OPEN}:32", "not the address"
    ),
    Broken("an organisation's page", "organisations.yaml", "https:", "ftp:", "organisations.yaml:1", "not the address"),
    Broken(
        "another id than the file", OTHER, "id: other-door", "id: outer-door", f"{OTHER}:1", "the file is “other-door”"
    ),
    Broken("an id twice", OTHER, "id: other-door", "id: open-door", f"{OTHER}:1", f"also the id of {OPEN}"),
    Broken("closed before opened", OLD, "opened: 2015", "opened: 2021", f"{OLD}:8", "closed before it opened"),
    Broken(
        "open with a day of closing", OPEN, "status: live", "closed: 2026\nstatus: live", f"{OPEN}:14", "day of closing"
    ),
    Broken(
        "live with a successor",
        OPEN,
        "reach_through:",
        "successor_source: [page]\nsuccessors: [other-door]\nreach_through:",
        f"{OPEN}:34",
        "nothing took over",
    ),
    Broken("no source for a successor", OLD, "successor_source: [page]\n", "", f"{OLD}:11", "move them to see_instead"),
    Broken("a source for no successor", OLD, "successors: [open-door]\n", "", f"{OLD}:11", "no successors"),
    Broken(
        "closed and a dead end",
        OLD,
        "successors: [open-door]\nsuccessor_source: [page]\nsee_instead: [other-door]\n",
        "",
        f"{OLD}:9",
        "leads nowhere",
    ),
    Broken("advice to go to a closed door", OLD, "[other-door]", "[old-door]", f"{OLD}:13", "leads to itself"),
    Broken(
        "an open listing taken over by a closed one",
        OTHER,
        "sources:",
        "successors: [old-door]\nsuccessor_source: [page]\nsources:",
        f"{OTHER}:8",
        "“old-door” is closed",
    ),
    Broken(
        "an open listing reached through a closed one",
        OPEN,
        "service: other-door",
        "service: old-door",
        f"{OPEN}:34",
        "closed",
    ),
    Broken(
        "two contacts alike",
        OPEN,
        "reach_through:",
        "  - {type: phone, value: 02079 460 000, source: [page]}\nreach_through:",
        f"{OPEN}:33",
        "given twice",
    ),
)

BAD_CONDITIONS = (
    Broken("neither question nor ask", OPEN, "{ask: Do you work there?, ", "{", f"{OPEN}:23", "exactly one"),
    Broken("both question and ask", OPEN, "{ask: Do", "{question: age, ask: Do", f"{OPEN}:23", "exactly one"),
    Broken(
        "an assumption with a text",
        OPEN,
        "{assume: working_age}",
        "{assume: working_age, text: x}",
        f"{OPEN}:20",
        "else",
    ),
    Broken("a condition without text", OPEN, "text: For people who live in Camden., ", "", f"{OPEN}:22", "no text"),
    Broken("a condition without source", OPEN, "Camden., source: [leaflet]", "Camden.", f"{OPEN}:22", "no source"),
    Broken("no accepted answer", OPEN, "any_of: [camden]", "any_of: []", f"{OPEN}:22", "accepts no answer"),
    Broken("limits on an answer", OPEN, "any_of: [camden]", "at_least: 3", f"{OPEN}:22", "has no numbers"),
    Broken("answers to a number", OPEN, "at_least: 65", "any_of: [old]", f"{OPEN}:25", "takes a number"),
    Broken("a number without limit", OPEN, "age, at_least: 65", "age", f"{OPEN}:25", "no limit"),
    Broken("an empty span", OPEN, "at_least: 65", "at_least: 65, below: 65", f"{OPEN}:25", "65 or over and below 65"),
    Broken("nobody so old", OPEN, "at_least: 65", "at_least: 200", f"{OPEN}:25", "from 10 to 110"),
    Broken("nobody so young", OPEN, "at_least: 65", "below: 10", f"{OPEN}:25", "from 10 to 110"),
    Broken("an ask with a limit", OPEN, "{ask: Do", "{below: 3, ask: Do", f"{OPEN}:23", "no answers and no limits"),
)

IMPOSSIBLE = (
    Broken(
        "two boroughs at once",
        OPEN,
        _HEALTH,
        "{question: lives_in, any_of: [barnet], text: For people who live in Barnet., source: [leaflet]}",
        f"{OPEN}:22",
        "Nobody can meet this and also “For people who live in Barnet.”",
    ),
    Broken(
        "too young for the assumption",
        OPEN,
        _CAMDEN,
        "{question: age, below: 16, text: For children., source: [leaflet]}",
        f"{OPEN}:22",
        "Nobody can meet this and also “For people aged 16 and over.”",
    ),
    Broken(
        "an answer that rules the other out",
        OPEN,
        f"{_HEALTH}\n      - {{assume: working_age}}",
        '{question: health, any_of: ["no"], text: For healthy people., source: [leaflet]}\n'
        "      - {question: conditions, any_of: [autism], text: For autistic people., source: [leaflet]}",
        f"{OPEN}:20",
        "Nobody can meet this and also “For healthy people.”",
    ),
    Broken(
        "an exclusion of everybody",
        OPEN,
        _ELDERS,
        "{question: age, at_least: 16, text: Not for people of 16 and over., source: [leaflet]}",
        f"{OPEN}:25",
        "shuts out everybody",
    ),
    Broken(
        "an exclusion of what the rule asks for",
        OPEN,
        _ELDERS,
        '{question: health, any_of: ["yes"], text: Not for people with a condition., source: [leaflet]}',
        f"{OPEN}:25",
        "shuts out everybody",
    ),
    Broken(
        "exclusions of everybody together",
        OPEN,
        f"      - {_ELDERS}",
        f"      - {_ELDERS}\n      - {{question: age, below: 65, text: Not under 65., source: [leaflet]}}",
        f"{OPEN}:26",
        "This shuts out everybody who meets “Not for people of 65 and over.”",
    ),
    Broken(
        "periods that overlap", OPEN, "referral:", "  - until: 2024-10\nreferral:", f"{OPEN}:28", "another rule holds"
    ),
    Broken(
        "a period that runs backwards",
        OPEN,
        "- from: 2024-10-01",
        "- until: 2023\n    from: 2024",
        f"{OPEN}:17",
        "ends before",
    ),
)

_WORKS_THERE = "{ask: Do you work there?, text: For people who work there., source: [leaflet]}"
_TO_19, _TO_39 = (
    f"{{question: age, at_least: {low}, below: {high}, text: For an age., source: [leaflet]}}"
    for low, high in ((16, 20), (21, 40))
)

NOT_MEANT = (
    Broken("every answer accepted", OPEN, '["yes"]', '["yes", "no"]', f"{OPEN}:19", "Everybody meets this"),
    Broken("a way in for nobody new", OPEN, _WORKS_THERE, _CAMDEN, f"{OPEN}:23", "by the first way in"),
    Broken(
        "a hole between ages",
        OPEN,
        f"{_CAMDEN}\n      - - {_WORKS_THERE}",
        f"{_TO_19}\n      - - {_TO_39}",
        f"{OPEN}:23",
        "The ways in leave out 20",
    ),
    Broken(
        "too many conditions",
        OPEN,
        f"    exclusions:\n      - {_ELDERS}",
        "    exclusions:" + f"\n      - {_ELDERS}" * 20,
        f"{OPEN}:22",
        "20 are the most",
    ),
)

BROKEN = UNREADABLE + MISSHAPEN + UNKNOWN + WRONG + BAD_CONDITIONS + IMPOSSIBLE + NOT_MEANT
