"""Page furniture inside a line of the article: date stamps, credits, tags, sign-offs.

A page flattened to one line has them before, after and between its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarise.blocks import Stretch, trim
from summarise.bylines import AGENCIES
from summarise.dateline import is_labelled, stamp_length

FUNCTION_WORD = re.compile(
    r"\b(?:the|a|an|of|in|on|at|to|for|with|by|from|and|but|that|which|who|is|are|was|were|be|"
    r"been|has|have|had|will|would|said|says|it|its|he|she|they|his|her|their|as|after|before|not)\b",
    re.I,
)
_LONGEST_ROW, _LONGEST_TAIL = 600, 400
"""Characters within which a row of capitalised words ends, or a sign-off is looked for."""
_TAIL = re.compile(
    rf"(?:\s*(?:-{{2,}}|—{{1,2}}|–)\s*(?:{AGENCIES}|[A-Z]{{2,6}}|[A-Z][a-z]+(?:/[A-Z][a-z]+)?)\.?"
    r"|(?<=[.!?”\"’)])\s*(?:Read|See)\s+(?:Also|More|also|more|full\s+story)\W*"
    rf"|(?<=[.!?”\"’)])\s*(?:Source|Sources|Credit|Via)\s*:?\s+[A-Z][\w.]*(?:(?:,|\s+and|"
    rf"\s*/)?\s+[\w.]+){{0,3}}"
    r"|(?<=[.!?”\"’)])\s*\(?(?:Additional\s+|Further\s+)?(?:[Rr]eporting|[Ww]riting|"
    r"[Ee]diting)\s+(?:and\s+\w+\s+)?by\s+[^.]{3,160}\)?\.?(?:\s*Our\s+Standards.*)?"
    r"|\s*Community\s*(?:standards|guidelines).{0,120}"
    r"|\s*Comment(?:s|ing)?\s+(?:via|on|using)\s+\S+.{0,60}"
    r"|(?<=[.!?”\"’)])\s*[A-Z][a-z]+/[A-Z][a-z]+|"
    r"(?<=[.!?”\"’)])\s*[A-Z]{2,4}(?:\s*-?\s*\d{1,4})?|(?<=[.!?”\"’)])\s+\d{1,4})\s*$"
)

_CREDIT_WORD = (
    r"(?:(?:file|stock|archive|handout|cover)\s+)?(?:photo(?:graph)?s?|images?|pictures?|pics?|"
    r"credits?|illustrations?|graphics?|source|screenshot|courtesy)"
)
_CREDIT_TAIL = re.compile(
    rf"\s*[(\[]\s*(?i:{_CREDIT_WORD})(?:\s+(?i:by|from|of|courtesy(?:\s+of)?|via|credit))?"
    r"(?:\s*[:/|©-]\s*[^()\[\]]{2,60}|(?:\s+[A-Z][^\s()\[\]]*){1,5})?[)\]]\W*$"
    rf"|(?<=[.!?”\"’)])\s*[(\[](?:[^()\[\].!?\d]{{2,40}}/[^()\[\].!?\d]{{2,40}}|{AGENCIES}|"
    r"(?:©|via\s)[^()\[\]]{2,60})[)\]]\s*$"
    r"|(?<=[.!?”\"’)])\s*\[[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}\]\s*$"
    r"|(?<=[.!?”\"’)])\s+[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}\s*/\s*[A-Z][^.!?/]{1,40}$"
    r"|(?<=[.!?”\"’)])\s*(?i:photo(?:graph)?|image|picture|credit|illustration)s?"
    r"(?:\s+(?:by|credit|courtesy\s+of))?\s*[:|©]\s*[A-Z][^.!?]{1,60}$"
)
"""A picture credit behind its caption: in brackets, or after a label."""
CAPTION_LABEL = re.compile(
    r"(?:(?:photo|picture|image|pic)\s+)?caption\s*[:|-]\s*|(?:above|below|pictured|photo|image|"
    r"picture)(?:\s+(?:above|below))?\s*:\s+(?=[A-Z“\"])(?=.{40})",
    re.I,
)
"""What leads a caption in; a label of a photo only before a whole line, not before a credit."""


def credit_length(text: str) -> int:
    """Characters at the end of a caption that credit its picture."""
    near = text[-_LONGEST_TAIL:]
    match = _CREDIT_TAIL.search(near)
    return len(near) - match.start() if match else 0


def _tail_length(line: str) -> int:
    """Characters at the end of a prose line that sign it off: an agency, a source, "Read also"."""
    near = line[-_LONGEST_TAIL:]
    end = len(near) - credit_length(near)
    while match := _TAIL.search(near[:end]):
        end = match.start()
    return len(near) - end


_SHORT_URL = re.compile(r"^.{0,160}?\b(?:Get|Copy)\s+(?:short\s+)?(?:URL|link)\b[\s\d]*")
_TAGS = re.compile(r"(?:^|(?<=[.!?…”\"])\s+)(?:Tags|Topics|Keywords)\s*:?\s+(?=[A-Z])")
_MOST_TAGS = 16
"""Words of a row of tags; a longer line may hold more than tags."""
_POSTED_BY = re.compile(r"by\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?\s+(?=[A-Z])")
_POSTED = re.compile(r"(?:Posted|Published)\b.{4,40}?(?=by\s[A-Z])")
_WORD = re.compile(r"\S+")


def is_tags(text: str) -> bool:
    """Whether a line is a row of tags and nothing more."""
    match = _TAGS.match(text)
    if not match:
        return False
    return len(text.split()) <= _MOST_TAGS or not sentence_begin(text[match.end() :])


def without_furniture(page: str, line: Stretch, opens: bool, credited: bool) -> list[Stretch]:
    """The stretches of a line of the article without its furniture.

    `opens`: the line opens the article or follows furniture, so that a stamp may lead it in, as one
    with a label ("Published ...") may lead in any line;
    `credited`: a picture credit stands right before it, whose rest it may begin with.
    """
    start, end = line
    if label := CAPTION_LABEL.match(page[start:end]):
        start += label.end()
    elif opens or is_labelled(page[start:end]):
        start += _opening_length(page[start:end], credited)
    end -= _tail_length(page[start:end])
    pieces = [(start, end)]
    if tags := _TAGS.search(page[start:end]):
        begin = start + tags.end() + sentence_begin(page[start + tags.end() : end])
        pieces = [(start, start + tags.start()), (begin, end)]
    return [piece for piece in (trim(page, *piece) for piece in pieces) if piece[0] < piece[1]]


def _opening_length(text: str, credited: bool) -> int:
    """Characters before the text proper: a date stamp, a share link, a credit's rest."""
    if match := _SHORT_URL.match(text):
        return match.end()
    if credited:
        return sentence_begin(text)
    length = stamp_length(text)
    posted = _POSTED.match(text)
    if not length and posted and stamp_length(posted[0]):
        length = posted.end()
    author = _POSTED_BY.match(text, length) if length else None
    return author.end() if author else length


def sentence_begin(text: str) -> int:
    """Where a sentence begins after a row of capitalised words: two of the next three are lower.

    Of two such words side by side an article or preposition is the one; 0 where there is none.
    """
    words = list(_WORD.finditer(text[:_LONGEST_ROW]))
    begins = [n for n in range(len(words) - 3) if _begins_sentence(words, n)]
    if not begins:
        return 0
    first, *others = begins
    later = first + 1 in others and FUNCTION_WORD.fullmatch(words[first + 1][0])
    return words[first + 1 if later else first].start()


def _begins_sentence(words: Sequence[re.Match[str]], number: int) -> bool:
    after = (word[0] for word in words[number + 1 : number + 4])
    lower = sum(1 for word in after if word[0].islower() and not FUNCTION_WORD.fullmatch(word))
    return words[number][0][0].isupper() and lower >= 2
