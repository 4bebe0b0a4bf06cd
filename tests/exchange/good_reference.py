"""The reference files of a small seed folder with nothing wrong in them."""

QUESTIONS = """\
people:
  me: {you: you, your: your, caption: About you}
  patient: {you: they, your: their, caption: About your patient}
open_answers:
  not_sure: {label: I am not sure, said: are not sure}
  prefer_not_to_say: {label: Prefer not to say, said: prefer not to say}
questions:
  asking_for:
    kind: one
    describes: asking
    sensitive: false
    text: Who are you looking for?
    why: So that we word the questions for the right person.
    answers: {me: {label: Me, said: ask, if_so: asked}, patient: {label: A patient, said: refer, if_so: referred}}
  lives_in:
    kind: one
    describes: place
    text: Where do {you} live?
    why: Some services are for one borough.
    answers:
      camden: {label: Camden, said: live in Camden, if_so: lived in Camden}
      barnet: {label: Barnet, said: live in Barnet, if_so: lived in Barnet}
      elsewhere: {label: Somewhere else, said: live elsewhere, if_so: lived elsewhere}
  health:
    kind: one
    describes: health
    text: Do {you} have a health condition?
    why: Some services are for people with one.
    answers: {"yes": {label: Ill, said: are ill, if_so: were ill}, "no": {label: Fit, said: are fit, if_so: were fit}}
  conditions:
    kind: multi
    describes: health
    sensitive: true
    asked_if: {health: ["yes"]}
    urgent: [crisis]
    text: Which of these are part of it?
    hint: Choose all that apply.
    why: Some services are for one condition.
    none: {label: None of these, said: have none of these}
    answers:
      autism: {label: Autism, said: are autistic, if_so: were autistic}
      back: {label: Back, said: have a back problem, if_so: had a back problem}
      crisis: {label: A crisis, said: are in a crisis, if_so: were in a crisis}
  age: {kind: number, describes: age, text: Age?, why: So., said: "{value}", if_so: "{value}", lowest: 10, highest: 110}
  goals:
    kind: multi
    describes: wish
    text: What would help most?
    why: So that it comes first.
    answers: {find_job: {label: Find, said: seek, if_so: sought}, keep_job: {label: Keep, said: keep, if_so: kept}}
goal_kinds: {step: [find_job], job: [keep_job], job_implies: find_job}
implies:
  - {when: {conditions: any}, then: {health: ["yes"]}}
  - {when: {health: ["no"]}, then: {conditions: none}}
outside_area: {lives_in: [elsewhere]}
human_routes: {for_everybody: [other-door], where_it_fits: []}
assumptions:
  working_age: {question: age, at_least: 16, text: For people aged 16 and over., note: We assume it.}
"""

ORGANISATIONS = """\
helpers: {name: The Helpers, aliases: [Help], description: They help., url: "https://helpers.example/"}
"""

PAPERS = """\
"000": {title: A paper, body: A board, dated: 2025-02-03}
"""

PRIORS = """\
questions:
  asking_for: {assumed: No table., shares: {me: 0.7, patient: 0.3}}
  lives_in:
    source: {paper: "000", at: slide 3, read: 2026-11}
    note: Rounded.
    shares: {camden: 0.5, barnet: 0.4, elsewhere: 0.1}
  health: {assumed: No table., shares: {"yes": 0.8, "no": 0.2}}
  conditions: {assumed: No table., shares: {autism: 0.1, back: 0.8, crisis: 0.4}}
  goals: {assumed: No table., shares: {find_job: 0.6, keep_job: 0.1}}
ages:
  assumed: No table.
  shares: [[10, 18, 0.1], [18, 65, 0.8], [65, 111, 0.1]]
"""

URGENT = """\
notice: {title: In danger, text: Get help now.}
lines:
  - id: the-line
    name: The Line
    for_whom: Anyone.
    summary: Call when a life is at risk.
    contacts:
      - {type: phone, value: "999", source: [page]}
      - {type: web, value: "https://line.example/", source: [page]}
    checked: false
    review: Ring it.
    source: [page]
danger: {harm: [hurt myself, kill myself]}
calm: [hurt my back]
sources: {page: {page: "https://line.example/", read: 2026-11}}
in_full_view: [the-line]
footer: {line: the-line, text: Need to talk? Call}
"""

SYNONYMS = """\
borough_services: {camden: open-door}
last_resort: [other-door]
known_words: [door]
groups:
  - means: find a job
    say: [find work, jobs]
    misspelt: [jobz]
    general: true
    lead: [borough-service, other-door]
    lead_in: {barnet: [other-door]}
  - means: multiple sclerosis
    say: [multiple sclerosis]
    short: [MS]
    search_for: [health]
"""

PLACES = """\
inside:
  camden: [Camden, Kentish Town]
  barnet: [Barnet]
across:
  King's Cross: [camden, islington]
  Cricklewood: [barnet, camden]
wider: [London]
outside: [Leeds]
"""

SECTORS = """\
# Which boroughs a sector lies in, and where.
sector,boroughs,easting,northing
N19 5,camden,529200,186500
NW2 1,barnet|camden,524000,186000
N2 0,barnet|elsewhere,,
"""

GLOSSARY = """\
terms:
  - {term: fit note, also: [sick note], means: A note for work., source: [page]}
  - {term: GP, means: A family doctor., own_words: true}
sources: {page: {page: "https://note.example/", read: 2026-11}}
"""

REFERRAL = """\
blanks: {patient: {Patient: "[Name]"}, sender: ["[Your name]"]}
consent: {before: {text: Ask first., source: [page]}, line: "Agreed: [yes / no]"}
to_know: [wait]
coding:
  - services: [other-door]
    text: For link workers.
    source: [page]
    codes: [{code: "871731000000106", term: Referral, source: [page]}]
  - {goals: [find_job], text: There is none., own_words: true, free_text: "Referred to {name}, {day}."}
check: Check each.
advice:
  - title: A note
    when: {health: ["yes"]}
    lines: [{text: A note can say so., source: [page]}]
    record: "Note: [yes / no]"
message:
  opening: "Hello. Try {name}."
  aims: {find_job: finding a job}
  does: "It can help with {aims}."
  does_by_role: {programme: It helps., service: It helps., advice: It helps., human_route: A., information: B.}
  check_first: Ask first.
  through: "Through {name}."
  no_contact: Ask us.
  closing: Goodbye.
sources: {page: {page: "https://refer.example/", read: 2026-11}}
"""

JUDGED_CASES = """\
somebody:
  story: Somebody of 42 in Camden with a bad back.
  answers: {lives_in: camden, health: "yes", conditions: [back], age: 42}
"""

REFERENCE = {
    "questions.yaml": QUESTIONS,
    "organisations.yaml": ORGANISATIONS,
    "papers.yaml": PAPERS,
    "priors.yaml": PRIORS,
    "urgent.yaml": URGENT,
    "synonyms.yaml": SYNONYMS,
    "places.yaml": PLACES,
    "glossary.yaml": GLOSSARY,
    "referral.yaml": REFERRAL,
    "judged_cases.yaml": JUDGED_CASES,
    "postcode_sectors.csv": SECTORS,
}
