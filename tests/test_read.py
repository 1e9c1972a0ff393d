"""Reading: flattened pages, HTML, encodings, dates, refusals."""

import hashlib
import os
import re
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarise.errors import InputError
from summarise.html_view import view_of
from summarise.noise import is_noise
from summarise.read import read
from summarise.records import MARKUP, Article
from summarise.rows import is_row

sys.path.insert(0, str(Path(__file__).parents[1] / "evals"))
from boilerplate import f1, flattened

_SECTIONS = (Path(__file__).parent / "flattened_pages.txt").read_text("utf-8").split("\n== ")[1:]
PAGES = {section.split("\n")[0]: section.split("\n", 1)[1] for section in _SECTIONS}
SHARED = Path(os.environ.get("SUMMARISE_SHARED") or Path(__file__).parents[1].parent / "shared")
STORY = (
    "Ferry sinks off Sandora\n\n"
    "A ferry sank off Sandora on Thursday, the coastguard said.\n"
    "Rescuers pulled 48 people from the water near the ferry.\n"
)


def page(marked: str) -> tuple[str, list[str]]:
    """A page and its article lines, from lines marked "+ " and "- "; "⟦⟧" holds what is cut out."""
    lines = marked.strip().splitlines()
    text = "\n\n".join(re.sub("[⟦⟧]", "", line[2:]) for line in lines)
    wanted = [line[2:] for line in lines if line[0] == "+"]
    return text, [re.sub(r"\s*⟦[^⟧]*⟧\s*", "", line) for line in wanted]


def kept_lines(article: Article) -> list[str]:
    return [
        line.strip()
        for start, end in article.main_text
        for line in article.view[start:end].replace(MARKUP, "").splitlines()
        if line.strip()
    ]


@pytest.mark.parametrize("name", PAGES)
def test_main_text_of_a_flattened_page(name: str) -> None:
    text, wanted = page(PAGES[name])
    assert kept_lines(read(name, text=text)) == wanted


@pytest.mark.parametrize("name", PAGES)
def test_main_text_with_single_line_breaks_and_crlf(name: str) -> None:
    text, wanted = page(PAGES[name])
    article = read(name, text=text.replace("\n\n", "\r\n"))
    assert kept_lines(article) == wanted
    assert article.raw.count("\r\n") == text.count("\n\n")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (
            "Sun 16 Apr 2017 Ferry sinks off Sandora. A ferry sank on Thursday, it said.",
            "2017-04-16",
        ),
        ("Ferry sinks\nJune 6, 2016\nA ferry sank off the coast, they said.", "2016-06-06"),
        ("Ferry sinks\nPublished: 5 Jan 2025 10:00 GMT\nA ferry sank off the coast.", "2025-01-05"),
        (
            "Posted on August 12 2016 by Ann Roe Ferry sinks  A ferry sank off the coast.",
            "2016-08-12",
        ),
        ("Date of publication 6 June 2016 - Ferry sinks - A ferry sank near it.", "2016-06-06"),
        ("1735 15.04.2017(updated 2033 16.04.2017)\nA ferry sank off the coast.", "2017-04-15"),
        ("CALA, Sandora (AN), Dec. 27, 2024 — A ferry sank off the coast.", "2024-12-27"),
        (
            "Ferry sinks\nBy Ann Roe | January 5, 2025 | 3 min read\nA ferry sank there.",
            "2025-01-05",
        ),
        ("Ferry sinks\n   AFP  Saturday 25 Jun 2016\nA ferry sank off the coast.", "2016-06-25"),
        ("Ferry sinks\nLast updated: 3 May 2024\nA ferry sank off the coast.", "2024-05-03"),
        ("Ferry sinks\n13/05/2024\nA ferry sank off the coast.", "2024-05-13"),
        ("Ferry sinks\n04/05/2024\nA ferry sank off the coast.", None),
        ("Ferry sinks\nA ferry sank on December 18, 2024.\nIt was old.", None),
        ("Ferry sinks\nA ferry sank off the coast in August 2024.", None),
        ("What happened on January 6, 2021\nA ferry sank off the coast.", None),
        ("Ferry sinks\nA ferry sank off it.\n© 2024 Echo\nRender Time: 2025-01-12 07:19:15", None),
        ("Ferry sinks\nA ferry sank off it.\nVisitors\ntoday : 147", None),
        ("Ferry sinks\nFeb 31, 2024\nA ferry sank off the coast.", None),
    ],
)
def test_publish_date_of_text(text: str, published: str | None) -> None:
    found = read("x", text=text).published
    assert (found.isoformat() if found else None) == published


def test_what_the_caller_says_wins() -> None:
    text = "Ferry sinks\nJune 6, 2016\nA ferry sank off the coast, they said."
    article = read("x", text=text, published=date(2020, 1, 2), outlet="Echo", title="Sunk")
    assert (article.published, article.outlet, article.title) == (date(2020, 1, 2), "Echo", "Sunk")


HTML = """<!DOCTYPE html><html><head><title>Ferry sinks off Sandora | Echo</title>
<meta property="og:title" content="Ferry sinks off Sandora">
<meta property="og:site_name" content="Echo">
<meta property="article:published_time" content="2025-01-09T10:00:00Z">
<script>if (1 < 2) { document.write("<p>not this</p>"); }</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Ferry sinks off Sandora</h1>
<p>A ferry belonging to <a href="/x?a=1&amp;b=2" title="5 > 4">Marsh &amp; Sons</a> sank in the
storm off <b>San</b>dora on Thursday morning, the coastguard said in a statement.</p>
<!-- a comment with <p>markup</p> -->
<p>Rescuers pulled 48&nbsp;people from the water, and seven others are still missing,
chief Emil Tarro told reporters&#8212;the storm hampered the search.</p>
<p><a href="/other">Ten beaches that you must see before you die</a></p>
<p>It was the third such accident in two years in the island nation, where many people
depend on old boats to travel between towns, and officials promised inspections.</p>
</article><footer>Copyright Echo 2025</footer></body></html>"""


@pytest.fixture
def ferry() -> Article:
    return read("ferry.html", text=HTML)


def test_html_metadata(ferry: Article) -> None:
    assert (ferry.id, ferry.title, ferry.outlet) == ("ferry", "Ferry sinks off Sandora", "Echo")
    assert ferry.published == date(2025, 1, 9)


def test_html_main_text_is_offsets_into_the_page(ferry: Article) -> None:
    assert len(ferry.view) == len(ferry.raw)
    assert [" ".join(line.split()) for line in kept_lines(ferry)] == [
        "Ferry sinks off Sandora",
        "A ferry belonging to Marsh & Sons sank in the storm off Sandora on Thursday morning, "
        "the coastguard said in a statement.",
        "Rescuers pulled 48 people from the water, and seven others are still missing, "
        "chief Emil Tarro told reporters—the storm hampered the search.",
        "It was the third such accident in two years in the island nation, where many people "
        "depend on old boats to travel between towns, and officials promised inspections.",
    ]
    start, end = ferry.main_text[0]
    assert ferry.raw[start:].startswith("Ferry sinks off Sandora</h1>")
    assert ferry.raw[start:end] in HTML


def test_html_captions_and_posts_are_kept() -> None:
    figure = (
        "<figure><img src='a.jpg'><figcaption>Waves break over the pier at Cala on Thursday. "
        "<small>Image: Ann Roe/Echo</small></figcaption></figure><blockquote><p>Do not go out "
        "to sea today, whatever your boat.</p><p>&mdash; Cala Coastguard (@calacg) "
        "<a href='#'>January 9, 2025</a></p></blockquote>\n<p>It was the third"
    )
    lines = kept_lines(read("x", text=HTML.replace("<p>It was the third", figure)))
    assert "Waves break over the pier at Cala on Thursday." in lines
    assert "— Cala Coastguard (@calacg) January 9, 2025" in [" ".join(x.split()) for x in lines]
    assert not any("Ann Roe" in line for line in lines)


def test_html_standfirst_and_first_picture_are_kept() -> None:
    lead = (
        "<p class='article__subtitle'>Islanders blame missed repairs</p><figure><img src='a.jpg'>"
        "<figcaption>Crews load sandbags at the pier in Cala<span class='credit'>Photo: Ann Roe / "
        "Echo</span></figcaption>"
        "</figure><p>"
    )
    head, mark, body = HTML.partition("</h1>")
    lines = kept_lines(read("x", text=head + mark + body.replace("<p>", lead, 1)))
    assert "Islanders blame missed repairs" in lines
    assert "Crews load sandbags at the pier in Cala" in lines


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("Ferry  Tides  Harbour  Weather", True),
        ("Home > Business > Ports", True),
        ("City Hall, 3 May 2024 | Att: 900", True),
        ("4 Hillsea 28 14 6 8 48", True),
        ("P W D L GF GA Pts", True),
        ("Cala (4-4-2): Roe; Poe, Lee, Dunn, Shaw; Ames, Hale.", True),
        ("Subs not used: Roe, Poe", True),
        ("EU AND US SIGN TAX DEAL", False),
        ("The vote was 7-2 on 3 May 2024, with one | two absent.", False),
        ("Roe: We will not give in", False),
        ("Profit rose 4%, 5%, 6% and 7% in 2021, 2022, 2023 and 2024", False),
    ],
)
def test_rows(line: str, furniture: bool) -> None:
    assert is_row(line) is furniture


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("Comments are now closed.", True),
        ("This story will be updated.", True),
        ("This report will be presented to parliament in May.", False),
        ("Prices are expected to rise by 5% next year.", False),
        ("Prices are delayed by 15 minutes.", True),
        ("This is an ongoing investigation, said the police chief.", False),
        ("Press office staff at the ministry went on strike.", False),
        ("Unauthorised use of drones has doubled.", False),
        ("Embargoed until 00.01 GMT", True),
        ("Updated at 14.40 GMT", True),
        ("Vote in Cala delayed", False),
        ("after newsletter promotion", True),
        ("With reporting by Ann Roe in Cala. This is a developing story.", True),
        ("With reporting of crime on the rise, Cala hired ten officers.", False),
        ("Story SavedYou can find this story in My Bookmarks.", True),
        ("FollowCala County Court", True),
        ("Following the vote, Cala closed its port.", False),
        ("We use consumer data to improve your visit.", True),
        ("Help us stay independent – donate now.", True),
        ("Written By: Ann Roe | Edited By: Ed Dunn", True),
        ("Reporting from Port Cala", True),
        ("Reporting from the front is dangerous, the union said.", False),
        ("Do you know more about the Cala breach? You can safely contact Ann Roe.", True),
    ],
)
def test_notices(line: str, furniture: bool) -> None:
    assert is_noise(line) is furniture


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("a<b>b</b>c", "abc"),
        ("R&amp;D", "R&D"),
        ("a &lt; b", "a < b"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("x<script>var a = '<p>';</script>y", "x y"),
        ("x<style>unclosed", "x"),
        ("x<!-- unclosed", "x"),
        ('<a title="a > b">x</a>', "x"),
        ("x<svg>y", "x y"),
        ("one\ntwo<br>three", "one two three"),
        ("&notanentity; &", "&notanentity; &"),
    ],
)
def test_view_of_markup(page: str, shown: str) -> None:
    view = view_of(page)
    assert len(view) == len(page)
    assert " ".join(view.replace(MARKUP, "").split()) == " ".join(unescape_not(shown).split())


def unescape_not(shown: str) -> str:
    """What browsers make of an entity without its semicolon: "&not" is a sign."""
    return shown.replace("&not", "¬")


@given(st.text(alphabet=st.sampled_from("<>/!-&;abp \n\"'=script"), max_size=80))
def test_view_keeps_the_length(page: str) -> None:
    assert len(view_of(page)) == len(page)


@pytest.mark.parametrize(
    ("data", "char"),
    [
        (STORY.replace("ferry", "“ferry”").encode("utf-8"), "“"),
        (STORY.replace("ferry", "“ferry”").encode("utf-8-sig"), "“"),
        (STORY.replace("ferry", "“ferry”").encode("utf-16"), "“"),
        (STORY.replace("ferry", "“ferry”").encode("utf-32"), "“"),
        (STORY.replace("ferry", "“ferry”").encode("cp1252"), "“"),
        (
            HTML.replace("<head>", '<head><meta charset="koi8-r">', 1)
            .replace("Sons", "Сын")
            .replace("&#8212;", "-")
            .encode("koi8-r"),
            "Сын",
        ),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16 mark", "utf-32 mark", "guessed", "declared"],
)
def test_encodings(data: bytes, char: str, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(data)
    article = read(path)
    assert char in article.raw
    assert not article.raw.startswith("\ufeff")


def test_a_file_keeps_its_line_breaks_and_gives_its_stem(tmp_path: Path) -> None:
    path = tmp_path / "ferry-1.txt"
    path.write_bytes(STORY.replace("\n", "\r\n").encode())
    article = read(str(path))
    assert article.raw == STORY.replace("\n", "\r\n")
    assert article.id == "ferry-1"
    assert article.sha256 == hashlib.sha256(article.raw.encode()).hexdigest()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"%PDF-1.7 blah", "PDF"),
        (b"PK\x03\x04 blah", "zip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"abc\0def", "NUL"),
        (b"\xff\xfea", "byte-order mark"),
        (bytes(range(1, 32)) * 20, "control characters"),
        (b"Home\nNews\nSport\nWeather\n", "no sentence of prose"),
        (b"<html><body><p>Hi</p></body></html>", "no sentence of prose"),
        (b"A ferry sank. " * 100, "larger than 1,000 bytes"),
        ("A ferry \ud800 sank off the coast.", "half of a character"),
    ],
)
def test_refused_bytes(data: bytes | str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read("input", text=data, max_bytes=1000)


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "kursk.txt").write_text(STORY, encoding="utf-8")
    with pytest.raises(InputError, match=r"did you mean '.*kursk\.txt'"):
        read(tmp_path / "kurks.txt")
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "nowhere" / "a.txt")
    with pytest.raises(InputError, match="directory"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("data:text/html,<p>x", "only http and https"),
        ("http://", "names no host"),
        ("http://127.0.0.1/a", "not a public address"),
        ("http://[::1]/a", "not a public address"),
        ("http://[::ffff:10.0.0.1]/a", "not a public address"),
        ("http://169.254.169.254/latest", "not a public address"),
        ("http://10.1.2.3:8080/", "not a public address"),
        ("http://localhost/", "not a public address"),
        ("http://2130706433/", "not a public address"),
    ],
)
def test_refused_urls(url: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(url)


class Site(BaseHTTPRequestHandler):
    """A site on loopback: its paths are its answers."""

    def do_GET(self) -> None:
        status, kind, body, extra = {
            "/story": (200, "text/html; charset=utf-8", HTML.encode(), {}),
            "/plain": (
                200,
                "text/plain; charset=cp1252",
                STORY.replace("A ferry", "A “ferry”").encode("cp1252"),
                {},
            ),
            "/pdf": (200, "application/pdf", b"%PDF", {}),
            "/moved": (302, "text/html", b"", {"Location": "/story"}),
            "/loop": (302, "text/html", b"", {"Location": "/loop"}),
            "/away": (302, "text/html", b"", {"Location": "file:///etc/passwd"}),
        }.get(self.path, (404, "text/html", b"gone", {}))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keeps standard error clean."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/story", "/moved"])
def test_a_page_is_fetched(site: str, path: str) -> None:
    article = read(site + path, allow_private=True)
    assert article.title == "Ferry sinks off Sandora"
    assert article.id == f"127-0-0-1-{path[1:]}"


def test_the_charset_of_the_header_counts(site: str) -> None:
    assert "“ferry”" in read(site + "/plain", allow_private=True).raw


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/pdf", "application/pdf"),
        ("/none", "answered 404"),
        ("/loop", "redirects more than 5 times"),
        ("/away", "only http and https"),
    ],
)
def test_refused_answers(site: str, path: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(site + path, allow_private=True)


def test_a_large_answer_is_cut_off(site: str) -> None:
    with pytest.raises(InputError, match="larger than 100 bytes"):
        read(site + "/story", allow_private=True, max_bytes=100)


def test_an_unreachable_server_is_an_input_error() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(InputError, match="cannot be reached"):
        read(f"http://127.0.0.1:{port}/", allow_private=True)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        article = read("x", text=text)
    except InputError:
        return
    assert article.raw == text
    assert len(article.view) == len(text)
    ends = [0, *(n for stretch in article.main_text for n in stretch), len(text)]
    assert ends == sorted(ends)


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the shared gold files are not here")
def test_main_text_of_the_gold_pages() -> None:
    scores = [f1(counts) for _, counts in flattened(SHARED)]
    assert len(scores) == 16
    assert min(scores) > 0.97


def test_a_page_too_short_for_trafilatura_is_read_as_text() -> None:
    article = read("x", text="<p>The ferry sank <b>off</b> Cala.</p><p>Menu</p>")
    assert kept_lines(article) == ["The ferry sank off Cala."]
