"""Whether a line is page furniture by what it says, whatever stands around it.

Here are the lines that are furniture as a whole (buttons, share bars, counters, widgets, rows of
section names); by-lines, notices and calls to the reader have modules of their own. The patterns
name kinds of line that any news site has, never the words of one site.
"""

from __future__ import annotations

import re

from summarise.appeals import is_appeal
from summarise.blocks import bare, word_set
from summarise.bylines import AGENCIES, is_credit_line
from summarise.dateline import is_stamp
from summarise.notices import speaks_of_page

_LABELLED_LINK = re.compile(
    r"(?:related(?:\s+(?:article|story|news|post|coverage|reading|video)s?)?|read(?:\s*(?:more|also|"
    r"next))?|also\s+read|see\s+also|recommended|"
    r"more|watch(?:\s+(?:now|live|also|more))?|listen(?:\s+(?:now|live))?|don(?:'|"
    r"’)?t\s+miss|up\s+next|trending|must\s+read|explainer|analysis|opinion|"
    r"in\s+pictures|photos|gallery|video|live(?:\s+updates)?|you\s+may\s+also\s+like|next|"
    r"previous)\s*(?:[:»>|→-]|\s—)\s*\S.*",
    re.I,
)

_WHOLE = re.compile(
    r"\W+|[\d\s.,:/%()+-]+|"
    rf"(?:(?:by|from|via)\s+)?(?:{AGENCIES})(?:\s*(?:[/,&|]|and)\s*(?:{AGENCIES}))*|"
    r"(?:advert(?:isement|ising)?s?|sponsored(?:\s+by.*)?|promoted|ads?\s*(?:by\s.*|\d*)|\[ads?\]|"
    r"(?:story|article)\s+continues\s+(?:below|after).*|scroll\s+(?:to|down|for)\s.*|"
    r"continue\s+reading.*|swipe.*|click\s.*|tap\s.*)|"
    r"(?:menu|search|close|open|home(?:page)?|next|previous|prev|back|loading\W*|play|pause|mute|"
    r"unmute|print|save|copy|copied\W*|expand|toggle.*|"
    r"skip\s.*|top|live|new|exclusive|updated?|premium|subscribe|log\s*in|log\s*out|sign\s*(?:in|"
    r"up)|register|my\s+account|show\s+(?:more|less|all).*|"
    r"load\s+more.*|view\s+(?:all|more|comments|gallery|profile).*|see\s+(?:all|more|less).*|"
    r"read\s+(?:more|the\s+full\s.*|full\s.*|next)\W*|learn\s+more\W*|"
    r"(?:watch|listen)(?:\s+(?:now|live|again|to\s+this\s+article|to\s+article))?\W*|\W*hide\s.*|"
    r"dismiss|ok|got\s+it\W*|accept.*|reject\s+all|agree|i\s+agree|"
    r"copyright.*|all\s+rights\s+reserved\W*|photo\s+gallery|reply|report|edit|delete|like|"
    r"dislike|flag|unsubscribe|no\s+thanks.*|maybe\s+later|thank\s+you\W*)|"
    r"(?:(?:share|tweet|e-?mail|facebook|twitter|x|whats\s?app|telegram|linkedin|reddit|"
    r"pinterest|instagram|youtube|tiktok|flipboard|messenger|"
    r"copy\s+link|link|print|pin|comment|save|bookmark|sms|threads|bluesky|mastodon|rss|"
    r"google\+?|on|via|this|to|with|by|by\s+email|it|article|story|page|post|"
    r"and|or|follow|us|send|friend|a|url|get|short)(?:[\s.,|/•·:…-]+|$)){1,16}|"
    r"(?:comments?|views?|shares?|likes?|visitors?|today|yesterday|total|online|reads?|hits|"
    r"votes?|followers?|replies)\s*[:(]?\s*[\d,.]+\s*[kKmM]?\)?|"
    r"\d[\d,.]*\s*[kKmM]?\s*(?:comments?|views?|shares?|likes?|reads?|reactions?|followers?|"
    r"points?|votes?|replies|photos?|images?|videos?|hits)\b.{0,15}|"
    r"(?:posted\s+|updated\s+|published\s+)?(?:about\s+|over\s+)?(?:an?|\d+)\+?\s*(?:s|m|h|d|w|"
    r"mo|secs?|seconds?|mins?|minutes?|hrs?|hours?|days?|weeks?|months?|years?)\s+ago|"
    r"(?:image|photo|slide|page|picture|gallery)?\s*\d+\s*(?:of|/)\s*\d+|"
    r"(?:font|text)\s+size.*|a[+-](?:\s*a[+-])*|resize.*|(?:dark|light)\s+mode|language.*|"
    r"english|select\s.*|"
    r"international\s+edition|(?:us|uk|world|regional)\s+edition",
    re.I,
)

_WIDGET = re.compile(
    r"[-+−]?\d+(?:\.\d+)?\s?°\s?[CF]?|[▲▼△▽↑↓]|[+−-]\d[\d,.]*\s?%|\(\s?[+−-]?\d[\d,.]*\s?%?\)|"
    r"\b\d+[\d,.]*\s(?:km/h|mph|hPa)\b|⏱|🏆"
)
_EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF\u23E9-\u23FA★☆]")

_NAVIGATION = word_set(
    """
    home news world politics business economy sport sports opinion opinions weather menu
    search login log in sign up subscribe register contact about us privacy terms policy
    culture arts lifestyle life health science tech technology entertainment video videos
    photos podcasts podcast travel food style fashion money markets market education climate
    environment local national international regional more features feature editorial
    editorials comment columns magazine games puzzles crossword shop jobs cars property
    careers advertise advertising help faq newsletters newsletter rss sitemap archive
    archives live tv radio radio football cricket tennis rugby golf nfl nba mlb nhl asia
    africa europe americas america us uk china india australia middle east latin pacific and
    the of & | / > » › · • use conditions cookies cookie settings accessibility facebook
    twitter instagram youtube linkedin telegram whatsapp rss app apps store gallery
    galleries latest top stories breaking trending topics home finance investing personal
    royals celebrity celebs music film movies books theatre art design trending explore
    premium e-paper epaper edition français english español deutsch arabic press releases
    documentary legal corporate team staff masthead feedback
    """
)

_LONGEST = 1500
"""Characters from which on a line is never furniture as a whole."""
_CLOCK = re.compile(
    r"(?:(?:last\s+)?(?:updated|posted|published)\s*(?:at|:)?\s*|at\s+)?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s*"
    r"(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5})?|(?:share|tweet|e-?mail|copy\s+link|permalink|link)",
    re.I,
)


def is_entry_mark(line: str) -> bool:
    """Whether the line parts the entries of a live page: a time of day, a share button."""
    return _CLOCK.fullmatch(bare(line)) is not None


def is_noise(line: str) -> bool:
    """Whether the line is page furniture by what it says, whatever stands around it."""
    words = len(line.split())
    if len(line) > _LONGEST:
        return False
    if (
        is_stamp(line)
        or is_entry_mark(line)
        or _WHOLE.fullmatch(bare(line))
        or (words <= 40 and _LABELLED_LINK.fullmatch(line))
    ):
        return True
    if _quotes(line):
        return False
    if is_appeal(line):
        return True
    return speaks_of_page(line, words) or is_credit_line(line, words) or _is_widget(line, words)


def _quotes(line: str) -> bool:
    return any(mark in line for mark in '“”«»"') and len(line.split()) > 12


def _is_widget(line: str, words: int) -> bool:
    """A weather box, a stock ticker, an emoji label, a row of section names."""
    if (
        words <= 10
        and not re.search(r"[a-z][.!?]$", line)
        and (_WIDGET.search(line) or _EMOJI.match(bare(line)))
    ):
        return True
    tokens = re.findall(r"[\w&'’-]+", line.lower())
    known = sum(1 for token in tokens if token in _NAVIGATION)
    return (bool(tokens) and known == len(tokens) and not line.endswith(".")) or (
        len(tokens) >= 5 and known >= 0.75 * len(tokens)
    )
