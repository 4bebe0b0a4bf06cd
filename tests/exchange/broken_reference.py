"""The ways of breaking questions, priors, papers, crisis help, word lists and postcodes that people find."""

from tests.exchange.seed_sets import GOOD, OTHER, Broken


def _broken(file: str, name: str, old: str, new: str, line: int, words: str) -> Broken:
    return Broken(f"{file}: {name}", f"{file}.yaml", old, new, f"{file}.yaml:{line}", words)


def _questions(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return _broken("questions", name, old, new, line, words)


def _priors(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return _broken("priors", name, old, new, line, words)


def _urgent(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return _broken("urgent", name, old, new, line, words)


def _synonyms(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return _broken("synonyms", name, old, new, line, words)


def _places(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return _broken("places", name, old, new, line, words)


def _sectors(name: str, old: str, new: str, line: int, words: str) -> Broken:
    file = "postcode_sectors.csv"
    return Broken(f"{file}: {name}", file, old, new, f"{file}:{line}", words)


def _glossary(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return _broken("glossary", name, old, new, line, words)


def _referral(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return _broken("referral", name, old, new, line, words)


def _judged(name: str, old: str, new: str, line: int, words: str) -> Broken:
    return _broken("judged_cases", name, old, new, line, words)


_LIVES_IN = "kind: one\n    describes: place"
_NO_TO_NONE = '{when: {health: ["no"]}, then: {conditions: none}}'

QUESTION_SHAPES = (
    _questions("no people", "people:", "persons:", 1, "“people” is missing"),
    _questions("a stranger", "  patient: {you", "  doctor: {you", 3, "Write one of 'me'"),
    _questions("no caption", ", caption: About you}", "}", 2, "“caption” is missing"),
    _questions("a misspelt field", "    hint:", "    hints:", 37, "“hints” is not a field"),
    _questions("no such kind", _LIVES_IN, _LIVES_IN.replace("one", "single"), 16, "Write one of 'one'"),
    _questions("no such description", "describes: place", "describes: home", 17, "Write one of 'asking'"),
    _questions("an empty text", "Where do {you} live?", '" "', 18, "“text” is empty"),
    _questions("another placeholder", "Where do {you}", "Where does {name}", 18, "holds {name}: only {you} and {your}"),
    _questions("a brace left open", "Where do {you}", "Where do {you", 18, "holds {"),
    _questions("a value in a text", "Where do {you} live?", "Is it {value}?", 18, "holds {value}"),
    _questions("a placeholder in a label", "label: Barnet", 'label: "{your} Barnet"', 22, "no braces can stand"),
    _questions("an answer that is not said", " said: live in Barnet,", "", 22, "“said” is missing"),
    _questions("an answer without its if", ", if_so: lived in Barnet}", "}", 22, "“if_so” is missing"),
    _questions("a bad answer id", "      back:", "      Bad Back:", 42, "is not an id"),
    _questions("a number in quotes", "lowest: 10", 'lowest: "10"', 44, "should be a whole number"),
    _questions("a number below nothing", "lowest: 10", "lowest: -1", 44, "Write 0 or more"),
    _questions("a number of four digits", "highest: 110", "highest: 1100", 44, "Write 999 or less"),
    _questions("a word for yes", "sensitive: true", 'sensitive: "yes"', 33, "should be true or false"),
    _questions("asked if two things", '{health: ["yes"]}', '{health: ["yes"], age: [x]}', 34, "more than 1 entry"),
    _questions("follows from nothing", "{conditions: any}", "{conditions: []}", 53, "names no answers"),
    _questions("nowhere is outside", "{lives_in: [elsewhere]}", "{}", 55, "“outside_area” is empty"),
)

_BARNET = "if_so: lived in Barnet"
_WHY = "    why: Some services are for one borough."

QUESTION_CONDITIONS = (
    _questions("a condition without answers", _WHY, f"{_WHY}\n    condition: For people.", 20, "have no place here"),
    _questions(
        "answers twice", _WHY, f"{_WHY}\n    condition: 'For {{said}} {{answers}}.'", 20, "have no place here, or two"
    ),
    _questions("a condition of you", _WHY, f"{_WHY}\n    condition: 'For {{you}} in {{answers}}.'", 20, "holds {you}"),
    _questions("a condition that is no sentence", _WHY, f"{_WHY}\n    condition: '{{answers}}'", 20, "“For …”"),
    _questions(
        "a number that is said", "text: Age?", "condition: 'For {said}.', text: Age?", 44, "A number has no words"
    ),
    _questions("words for no condition", _BARNET, f"{_BARNET}, in_condition: Barnet", 22, "which has none"),
    _questions("braces in a condition", _BARNET, f"{_BARNET}, in_condition: '{{you}}'", 22, "no braces can stand"),
    _questions(
        "a sentence for one that is none",
        f"{_WHY}\n    answers:\n      camden: {{label",
        f"{_WHY}\n    condition: 'For {{answers}}.'\n    answers:\n      camden: {{condition: Camden, label",
        22,
        "“For …”",
    ),
    _questions(
        "said to you",
        f"{_WHY}\n    answers:\n      camden: {{label: Camden, said: live in Camden",
        f"{_WHY}\n    condition: 'For {{said}}.'\n    answers:\n      camden: {{label: Camden, said: '{{you}} live'",
        22,
        "speaks to nobody",
    ),
)

QUESTION_IDS = (
    _questions("nobody asks for themselves", "  me: {you: you", "  family: {you: you", 1, "“me” is missing"),
    _questions(
        "no words for a person", "answers: {me:", "answers: {family: {label: F, said: a, if_so: b}, me:", 14, "no words"
    ),
    _questions("nobody may be unsure", "  not_sure:", "  unsure:", 4, "“not_sure” is missing"),
    _questions("an open answer unknown", "  not_sure:", "  unsure:", 5, "“unsure” is not known here"),
    _questions("no first question", "  asking_for:", "  asks_for:", 7, "“asking_for” is missing"),
    _questions("asking for several", "kind: one", "kind: multi", 9, "Make the kind of “asking_for” one"),
    _questions("no goals", "  goals:\n", "  aims:\n", 7, "“goals” is missing"),
    _questions("one goal only", "kind: multi\n    describes: wish", "kind: one\n    describes: wish", 46, "multi"),
    _questions("an answer named none", "      back:", "      none:", 42, "has a meaning of its own"),
    _questions("a choice without answers", "kind: number", "kind: one", 44, "needs “answers”"),
    _questions("a choice with limits", "kind: number", "kind: one", 44, "has no “lowest”"),
    _questions(
        "none of one",
        "    describes: place",
        "    none: {label: Neither, said: have neither}\n    describes: place",
        17,
        "has no “none”",
    ),
    _questions("a number that is not said", 'said: "{value}", ', "", 44, "needs “said”"),
    _questions("a number said without it", "{value}", "old", 44, "Write {value} where"),
    _questions("a number without its if", 'if_so: "{value}", ', "", 44, "needs “if_so”"),
    _questions("a number left out of its if", 'if_so: "{value}"', "if_so: old", 44, "“if_so” repeats the answer"),
    _questions("a number without end", ", highest: 110", "", 44, "needs “highest”"),
    _questions("a span upside down", "lowest: 10", "lowest: 110", 44, "lowest must be below highest"),
    _questions("no such urgent answer", "urgent: [crisis]", "urgent: [crises]", 35, "no answer “crises”"),
    _questions("asked if of no question", "asked_if: {health:", "asked_if: {helth:", 34, "no question “helth”"),
    _questions(
        "asked if of no answer", 'asked_if: {health: ["yes"]}', "asked_if: {health: [ill]}", 34, "no answer “ill”"
    ),
    _questions(
        "asked if of several", 'asked_if: {health: ["yes"]}', "asked_if: {goals: [find_job]}", 34, "of the kind “one”"
    ),
    _questions(
        "waiting for each other",
        "    text: Do {you} have",
        '    asked_if: {health: ["no"]}\n    text: Do {you} have',
        27,
        "hangs on another question itself",
    ),
    _questions("no such goal of a kind", "job: [keep_job]", "job: [keep]", 51, "no answer “keep”"),
    _questions("a goal of two kinds", "job: [keep_job]", "job: [find_job]", 51, "is also a step"),
    _questions("a job implies no step", "job_implies: find_job", "job_implies: keep_job", 51, "is not a step"),
    _questions("no such answer implied", 'then: {health: ["yes"]}', "then: {health: [ill]}", 53, "no answer “ill”"),
    _questions("none of one implied", 'then: {health: ["yes"]}', "then: {health: none}", 53, "one answer at a time"),
    _questions("a number implied", 'then: {health: ["yes"]}', "then: {age: [old]}", 53, "takes a number"),
    _questions("implied against itself", _NO_TO_NONE, _NO_TO_NONE.replace('["no"]', "any"), 52, "Nobody can answer"),
    _questions(
        "none ruled out",
        "then: {conditions: none}}",
        'then: {conditions: [back]}}\n  - {when: {health: ["yes"]}, then: {conditions: [autism]}}',
        52,
        "Nobody can answer “none” to “conditions”",
    ),
    _questions(
        "asked of those who cannot have it",
        'asked_if: {health: ["yes"]}',
        'asked_if: {health: ["no"]}',
        52,
        "Nobody can answer “autism” to “conditions”",
    ),
    _questions("no such place outside", "[elsewhere]", "[mars]", 55, "no answer “mars”"),
    _questions("outside by several answers", "{lives_in: [elsewhere]}", "{goals: [find_job]}", 55, "of the kind “one”"),
    _questions("no such human route", "[other-door]", "[othr-door]", 56, "no listing “othr-door”"),
    _questions("a closed human route", "[other-door]", "[old-door]", 56, "“old-door” is closed"),
    _questions("a programme as human route", "[other-door]", "[open-door]", 56, "The role of “open-door” is programme"),
    _questions("a human route twice", "where_it_fits: []", "where_it_fits: [other-door]", 56, "named twice"),
    Broken(
        "questions: a human route no more",
        OTHER,
        "role: human_route",
        "role: service",
        "questions.yaml:56",
        "is service",
    ),
    _questions("assumes of no question", "{question: age", "{question: ages", 58, "no question “ages”"),
    _questions("assumes of no number", "{question: age", "{question: health", 58, "takes no number"),
    _questions("assumes nothing", "at_least: 16, ", "", 58, "no limit"),
    _questions("assumes what nobody is", "at_least: 16", "at_least: 200", 58, "from 10 to 110"),
    _questions("assumes without saying so", ", note: We assume it.", "", 58, "“note” is missing"),
)

PRIORS = (
    _priors("no such question", "  health:", "  helth:", 7, "no question “helth”"),
    _priors("a question left out", "  health:", "  helth:", 1, "“health” has no shares"),
    _priors("no such answer", "barnet: 0.4", "brent: 0.4", 6, "no answer “brent”"),
    _priors("an answer left out", "back: 0.8, ", "", 8, "“back” has no share"),
    _priors("over one", "back: 0.8", "back: 1.8", 8, "Write 1 or less"),
    _priors("below nothing", "back: 0.8", "back: -0.8", 8, "Write 0 or more"),
    _priors("a share in words", "back: 0.8", "back: most", 8, "should be a number"),
    _priors("a share in quotes", "back: 0.8", 'back: "0.8"', 8, "should be a number"),
    _priors("not all of them", "barnet: 0.4", "barnet: 0.1", 6, "add up to 0.7"),
    _priors("no grounds", "health: {assumed: No table., ", "health: {", 7, "source or assumed"),
    _priors("two grounds", "    note: Rounded.", "    assumed: No table.", 3, "source or assumed"),
    _priors("no such paper", 'paper: "000"', 'paper: "009"', 4, "no paper “009”"),
    _priors("a source of nothing", 'paper: "000", ', "", 4, "no paper and no page"),
    _priors("shares of a number", "  goals:", "  age: {assumed: x, shares: {x: 1}}\n  goals:", 9, "stand under ages"),
    _priors("no ages", "ages:\n", "age:\n", 1, "“ages” is missing"),
    _priors("half a band", "[18, 65, 0.8]", "[18, 65]", 12, "is not a band"),
    _priors("a band upside down", "[18, 65, 0.8]", "[65, 18, 0.8]", 12, "Give the lower age first"),
    _priors("bands with a gap", "[18, 65, 0.8]", "[20, 65, 0.8]", 12, "Let them meet"),
    _priors(
        "bands that stop short",
        "[65, 111, 0.1]",
        "[65, 110, 0.1]",
        12,
        "stop before 110, but “age” goes from 10 to 110",
    ),
    _priors("ages of too many", "[18, 65, 0.8]", "[18, 65, 0.9]", 12, "add up to 1.1"),
)

URGENT = (
    _urgent(
        "an unknown line in full view", "in_full_view: [the-line]", "in_full_view: [a-line]", 16, "no line “a-line”"
    ),
    _urgent("a footer without a phone", "line: the-line, text", "line: other, text", 17, "no line with a phone"),
    _urgent("no notice", "notice:", "note:", 1, "“notice” is missing"),
    _urgent("no lines", "lines:", "lines: []\nother:", 2, "“lines” is empty"),
    _urgent("a line without words", "summary: Call when a life is at risk.", 'summary: ""', 6, "“summary” is empty"),
    _urgent("no such source", "source: [page]}", "source: [pag]}", 8, "no source “pag”"),
    _urgent("a number as number", 'value: "999"', "value: 999", 8, "Put it in quotes"),
    _urgent("a page that is no page", '"https://line.example/", source', "line.example, source", 9, "not the address"),
    _urgent("calm danger", "[hurt my back]", "[hurt my back, Hurt my-self]", 14, "under “danger” and under “calm”"),
    _urgent("a phrase without words", "[hurt my back]", '["…"]', 14, "holds no word"),
    _urgent("no danger", "{harm: [hurt myself, kill myself]}", "{harm: []}", 13, "“harm” is empty"),
    _urgent(
        "a line twice",
        "danger:",
        "  - {id: the-line, name: L, for_whom: A., summary: C., contacts: [{type: phone, value: '1', source: [page]}],"
        "\n     checked: false, review: R., source: [page]}\ndanger:",
        13,
        "given twice",
    ),
)

WORDS = (
    _synonyms("no such borough", "{camden: open-door}", "{brent: open-door}", 1, "Write one of 'barnet'"),
    _synonyms("no such borough service", "{camden: open-door}", "{camden: opn-door}", 1, "no listing “opn-door”"),
    _synonyms("a closed last resort", "last_resort: [other-door]", "last_resort: [old-door]", 2, "is closed"),
    _synonyms(
        "no such lead", "[borough-service, other-door]", "[borough-services]", 9, "no listing “borough-services”"
    ),
    _synonyms("no such lead in a borough", "{barnet: [other-door]}", "{barnet: [borough-service]}", 10, "no listing"),
    _synonyms("a closed lead", "[borough-service, other-door]", "[old-door]", 9, "“old-door” is closed"),
    _synonyms("nothing said", "    say: [find work, jobs]\n", "", 5, "“say” is missing"),
    _synonyms("leads nowhere", "    search_for: [health]\n", "", 11, "leads nowhere"),
    _synonyms("one meaning twice", "means: multiple sclerosis", "means: find a job", 11, "given twice"),
    _synonyms("one phrase, two meanings", "[MS]", '["JOB\'S"]', 13, "under “find a job” and under “multiple"),
    _synonyms("a number for a phrase", "[find work, jobs]", "[find work, 16]", 6, "Put it in quotes"),
    _synonyms("no phrase", "[find work, jobs]", "[find work, '?']", 6, "holds no word"),
    _synonyms("a misspelt field", "    short:", "    shorts:", 13, "“shorts” is not a field"),
    _synonyms("one word for a list", "[find work, jobs]", "find work", 6, "should be a list"),
    _synonyms("a word for yes", "general: true", "general: 1", 8, "true or false"),
    _places("no such borough", "  barnet: [Barnet]", "  brent: [Brent]", 3, "Write one of 'barnet'"),
    _places("no such borough across", "[barnet, camden]", "[barnet, brent]", 6, "Write one of 'barnet'"),
    _places("across nothing", "[barnet, camden]", "[]", 6, "“Cricklewood” is empty"),
    _places("one place, two boroughs", "[Barnet]", "[Barnet, kentish-town]", 3, "under “camden” and under “barnet”"),
    _places("inside and outside", "[Leeds]", "[Leeds, Kings Cross]", 8, "under “camden and islington” and under"),
    _places("a misspelt part", "wider:", "wide:", 7, "“wide” is not a field"),
    _broken("papers", "a paper without a name", "title: A paper, ", "", 1, "“title” is missing"),
    _broken("papers", "a day that is none", "2025-02-03", "2025-02-31", 1, "no such day"),
    _broken("papers", "a field of its own", "body:", "by: us, body:", 1, "“by” is not a field"),
)

SECTORS = (
    _sectors("no heading", "sector,boroughs,easting,northing\n", "", 2, "begin with the line sector,boroughs"),
    _sectors("nothing but a remark", GOOD["postcode_sectors.csv"], "# Nothing.\n", 1, "begin with the line"),
    _sectors("an earlier heading", "sector,boroughs,easting,northing", "sector,boroughs", 2, "begin with the line"),
    _sectors("no borough", "N19 5,camden,", "N19 5,", 3, "should be a sector, its boroughs, easting and northing"),
    _sectors("no columns for a place", ",529200,186500", "", 3, "such as N19 5,islington,529200,186500"),
    _sectors("no northing", ",529200,186500", ",529200,", 3, "The northing “” is not a whole number"),
    _sectors("no easting", ",529200,186500", ",,186500", 3, "The easting “” is not a whole number"),
    _sectors("a place in words", "529200", "TQ292", 3, "The easting “TQ292” is not a whole number"),
    _sectors("half a metre", "529200", "529200.5", 3, "The easting “529200.5” is not a whole number"),
    _sectors("digits of another script", "529200", "٥٢٩٢٠٠", 3, "The easting “٥٢٩٢٠٠” is not a whole number"),
    _sectors("kilometres", "529200,186500", "529,187", 3, "The easting 529 lies outside Great Britain"),
    _sectors("degrees west", "529200", "-529200", 3, "The easting -529200 lies outside Great Britain"),
    _sectors("the far north", "186500", "1865000", 3, "The northing 1865000 lies outside Great Britain"),
    _sectors("no place at all", "529200,186500", "0,0", 3, "The northing 0 lies outside Great Britain"),
    _sectors("an empty borough", "N19 5,camden", "N19 5,", 3, "no answer “”"),
    _sectors("one cell too many", "barnet|camden", "barnet,camden", 4, "should be a sector, its boroughs"),
    _sectors("no such borough", "barnet|camden", "barnet|brent", 4, "no answer “brent”"),
    _sectors("a borough twice", "barnet|camden", "barnet|barnet", 4, "names a borough twice"),
    _sectors("a sector twice", "N2 0", "N19 5", 5, "given twice, first in line 3"),
    _sectors("a district", "N19 5", "N19", 3, "not a postcode sector"),
    _sectors("people sent away", "barnet|elsewhere", "elsewhere", 5, "send people away"),
    _sectors("a tab", "N19 5,camden", "N19 5\tcamden", 3, "tab"),
    _sectors("NUL", "N19 5,camden", "N19 5,\0camden", 3, "U+0000"),
)

GLOSSARY = (
    _glossary("nothing meant", "means: A family doctor., ", "", 3, "“means” is missing"),
    _glossary("a misspelt field", "also:", "or:", 2, "“or” is not a field"),
    _glossary("no words", "term: GP", "term: '?'", 3, "holds no word"),
    _glossary("no source", ", own_words: true", "", 3, "“GP” has no source"),
    _glossary("a source and own words", "[page]}", "[page], own_words: true}", 2, "Take one of them out"),
    _glossary("no such source", "source: [page]", "source: [pag]", 2, "no source “pag”"),
    _glossary("a source that nobody needs", "sources: {", "sources: {more: {paper: '000', read: 2026}, ", 4, "No fact"),
    _glossary("one word, two meanings", "term: GP", "term: Sick Note", 3, "stands under “fit note"),
    _glossary("no terms", "terms:", "terms: []\nother:", 1, "“terms” is empty"),
)

REFERRAL = (
    _referral("no consent", "consent:", "consents:", 1, "“consent” is missing"),
    _referral("a misspelt field", "to_know:", "to_now:", 3, "“to_now” is not a field"),
    _referral("nothing that is asked", "[wait]", "[weight]", 3, "Write one of"),
    _referral("no such source", "Ask first., source: [page]", "Ask first., source: [pag]", 2, "no source “pag”"),
    _referral(
        "a source that nobody needs", "sources: {", "sources: {more: {paper: '000', read: 2026}, ", 25, "No fact"
    ),
    _referral("no such listing", "[other-door]", "[another-door]", 5, "no listing “another-door”"),
    _referral("a closed listing", "[other-door]", "[old-door]", 5, "“old-door” is closed"),
    _referral("for no listing", "{goals: [find_job], text", "{text", 9, "Give services or goals"),
    _referral("own words with a source", "own_words: true", "own_words: true, source: [page]", 9, "and not both"),
    _referral("neither source nor own words", " own_words: true,", "", 9, "and not both"),
    _referral("no such goal to code", "goals: [find_job]", "goals: [fly]", 9, "no goal “fly”"),
    _referral("a code in letters", '"871731000000106"', "9D16.", 8, "is no SNOMED CT code"),
    _referral("a stranger in the free text", "{day}", "{date}", 9, "holds {date}"),
    _referral("no such question", "when: {health", "when: {wealth", 13, "no question “wealth”"),
    _referral("no such answer", 'health: ["yes"]', "health: [maybe]", 13, "no answer “maybe”"),
    _referral("two questions", '{health: ["yes"]}', '{health: ["yes"], lives_in: [camden]}', 13, "more than 1 entry"),
    _referral("no such goal to name", "{find_job: finding", "{fly: finding", 18, "no goal “fly”"),
    _referral("a name left out", "Try {name}.", "Try it.", 17, "“opening” should hold {name}, once"),
    _referral("a role left out", ", information: B.", "", 20, "“information” is missing"),
    _referral("a name where none is known", "Ask us.", "Ask {name}.", 23, "“no_contact” should hold no braces"),
)

JUDGED_CASES = (
    _judged("nobody told of", "story: Somebody of 42 in Camden with a bad back.", "", 1, "“story” is missing"),
    _judged("what should come of it", "  story:", "  expect: open-door\n  story:", 2, "“expect” is not a field"),
    _judged("no answers", '{lives_in: camden, health: "yes", conditions: [back], age: 42}', "{}", 3, "is empty"),
    _judged("no such question", "age: 42", "wealth: 42", 3, "no question “wealth”"),
    _judged("no such answer", "camden", "leeds", 3, "“leeds” is not an answer to “lives_in”"),
    _judged("answers at odds", '"yes"', '"no"', 3, "conditions"),
)

BROKEN_REFERENCE = (
    *(QUESTION_SHAPES + QUESTION_CONDITIONS + QUESTION_IDS + PRIORS + URGENT + WORDS + SECTORS + GLOSSARY + REFERRAL),
    *JUDGED_CASES,
)
