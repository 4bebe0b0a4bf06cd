"""The page for developers: what it shows is what a program gets."""

import json
import re
import shlex
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.exchange.oruk.ours import OurWhole

HOST = "https://directory.example"
SHOWN = re.compile(r"<pre[^>]*><code>(.*?)</code></pre>", re.DOTALL)


def shown(client: FlaskClient) -> list[str]:
    return [unescape(text) for text in SHOWN.findall(client.get("/developers", base_url=HOST).text)]


def run(client: FlaskClient, command: str) -> TestResponse:
    """What a command line of the page gets."""
    name, address, *more = shlex.split(command)
    assert name == "curl"
    assert address.startswith(f"{HOST}/api/")
    path = address.removeprefix(HOST)
    return client.post(path, data=more[-1], content_type="application/json") if "-d" in more else client.get(path)


def test_every_command_works_and_every_answer_is_the_real_one(client: FlaskClient) -> None:
    texts = shown(client)
    commands = {place: text for place, text in enumerate(texts) if text.startswith("curl ")}
    assert len(commands) == 5
    answered = {place: run(client, text) for place, text in commands.items()}
    assert {response.status_code for response in answered.values()} == {200}
    answers = {place: json.loads(text) for place, text in enumerate(texts) if text.startswith("{")}
    assert len(answers) == 3
    for place, answer in answers.items():
        assert answered[place - 1].json == answer


def test_it_says_what_we_add_and_that_the_licence_of_the_data_is_not_decided(client: FlaskClient) -> None:
    page = client.get("/developers").text
    assert all(f"<code>{name}</code>" in page for name in OurWhole.model_fields)
    assert "The licence of the data is not decided yet." in page
    assert 'href="/developers"' in client.get("/").text
    assert "<script>alert" not in client.get("/developers", base_url="http://x<script>alert(1)").text
