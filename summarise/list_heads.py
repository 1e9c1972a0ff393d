"""The heads of what stands beside or below an article: lists of links, comments, counters.

The patterns name what any news site calls them, never the words of one site.
"""

from __future__ import annotations

import re

from summarise.blocks import bare

_NAME = r"[A-ZÀ-Þ][\w.'’&-]*"
_LIST_NOUN = (
    r"(?:news|stor(?:y|ies)|articles?|posts?|headlines?|reads?|reading|viewed|popular|shared|"
    r"commented|"
    r"watched|discussed|now|today|videos?|links?|contents?|coverage|picks?|topics?|products?|"
    r"items?|"
    r"galler(?:y|ies)|photos?|podcasts?|searches|tags|stuff|features?|columns?|updates?|comments?|"
    r"on\s+(?:(?:the|this)\s+)?\S+|in\s+\S+|from\s+.{2,40}|by\s+.{2,30}|for\s+you|like\s+this|this\s+week|to\s+read|"
    r"you\s+.{3,30}|"
    r"around\s+the\s+web|and|&|the|our|of|week|day|month|most)"
)

_FINAL_HEAD = re.compile(
    r"comments?\s*[:|–-]\s*(?:our\s+)?(?:rules|guidelines|policy)|"
    r"(?:\d+\s*)?comments?(?:\s*(?:section|policy|guidelines))?\s*[:(]?\s*\d*\)?|"
    r"(?:leave|post|add|write|submit)\s+(?:a|your)\s+(?:comment|reply|review)|"
    r"join\s+the\s+(?:conversation|discussion)|reader\s+comments?|be\s+the\s+first\s+to\s+comment|"
    r"visitors?(?:\s+counter)?|about\s+us|contact\s+us|notes?\s+(?:to|for)\s+(?:the\s+)?editors?|"
    r"about\s+(?:the|this)\s+(?:authors?|writers?|reporters?|journalists?)",
    re.I,
)
_LIST_HEAD = re.compile(
    r"(?:\[[^\]]{1,20}\]\s*)?(?:the\s+|our\s+|\d+\s+)?(?:"
    rf"(?:latest|breaking|top|popular|trending|most|featured?|related|recommended|suggested|"
    rf"similar|other|recent|new|live|hot)"
    rf"(?:\s+(?:in\s+)?{_LIST_NOUN}){{1,6}}|trending|popular|related|recommended|latest|"
    rf"more(?:\s+{_LIST_NOUN}){{1,5}}|must[\s-]*(?:reads?|see|watch)|"
    r"(?:stories\s+|articles\s+)?you\s+(?:may|might|could|will|'ll)\s+(?:also\s+|"
    r"have\s+)?(?:like|enjoy|love|missed|be\s+interested\s+in).{0,20}|"
    r"what\s+(?:to|we(?:'|’)?re|others?\s+are)\s+(?:read|watch|reading|watching).{0,20}|"
    r"(?:editor|\S{2,20}\s+\S{2,20}|\S{2,20})(?:'|’)?s?(?:'|’)?\s+(?:picks?|choice|recommendations?)|"
    r"(?:don(?:'|’)?t|do\s+not)\s+miss.{0,20}|in\s+case\s+you\s+missed\s+it|icymi|up\s+next|"
    r"next\s+up|from\s+(?:our|around)\s+.{3,20}|around\s+the\s+web|"
    r"(?:read|see|watch)\s+(?:also|more|next)(?:\s+(?:on|about|from|in)\s+.{2,30})?|"
    r"also\s+(?:read|see|watch|on|in)(?:\s+.{2,20})?|more|"
    r"explore(?:\s+more)?|discover(?:\s+more)?|keep\s+reading|next\s+(?:article|story|post)|"
    r"previous\s+(?:article|story|post)|"
    r"(?:paid|partner|promoted|sponsored)\s+(?:content|stories|links|posts?)|taboola|outbrain|"
    r"markets?\s+(?:data|watch|summary)|"
    r"weather(?:\s+forecast)?|(?:live\s+)?scores?|stock\s+(?:ticker|watch)|horoscopes?|"
    r"crosswords?|quick\s+poll|poll|photo\s+galler(?:y|ies)|"
    r"archives?|categories|(?:our\s+)?(?:products?|services|partners|sponsors)|site\s*(?:map|index)|"
    r"(?:quick|useful)\s+links|blogroll|tag\s+cloud|meta|shop(?:ping\s+cart)?|cart|discussion|"
    r"post\s+navigation|legal|company|corporate|"
    r"topics|tags|keywords|in\s+this\s+(?:article|story)|share\s+(?:this|it)?.{0,20}|"
    r"follow\s+us.{0,20}|newsletters?|stay\s+(?:connected|informed|updated|up\s+to\s+date).{0,20}"
    r")",
    re.I,
)
_INSET = re.compile(
    r"(?:related|also|see|read|more|recommended|you|don(?:'|’)?t\s+miss|in\s+case|newsletters?|"
    r"share|follow|stay|watch|up\s+next|promoted|sponsored|paid|partner)\b",
    re.I,
)
_POINTS_HEAD = re.compile(
    r"(?:the\s+|our\s+)?(?:key|main|top|quick)\s+(?:points?|takeaways?|facts?|developments?|events?|"
    r"findings?|moments?|quotes|numbers|details|things\s+to\s+know)|"
    r"(?:the\s+)?(?:story|news|day|article|report)?\s*(?:in\s+(?:brief|short|numbers|summary)|"
    r"at\s+a\s+glance)|(?:article\s+|story\s+)?(?:summary|highlights|takeaways|key\s+takeaways)|"
    r"what\s+(?:we\s+know|you\s+need\s+to\s+know|to\s+know|happened)(?:\s+so\s+far|\s+today)?|"
    r"(?:the\s+)?(?:essentials|basics|gist|tl;?dr|bottom\s+line)",
    re.I,
)
"""What heads the points of the article itself."""
_LONGEST_HEAD = 120
_END_MARK = re.compile(r"(?:#\s?){3,}|[-–—*\s]*(?:ENDS?|30)[-–—*\s]*")
_ABOUT = re.compile(rf"About\s+(?:the\s+)?{_NAME}(?:\s+(?:of|and|&|for|the)\s+{_NAME}|\s+{_NAME})*")


def is_final_head(line: str) -> bool:
    """Whether the line heads what ends a page: comments, counters, who is behind the article."""
    if len(line) > _LONGEST_HEAD:
        return False
    marked = _END_MARK.fullmatch(line) or _ABOUT.fullmatch(line)
    return marked is not None or _FINAL_HEAD.fullmatch(bare(line)) is not None


def is_points_head(line: str) -> bool:
    """Whether the line heads a list of what the article itself says, in short."""
    return len(line) <= _LONGEST_HEAD and _POINTS_HEAD.fullmatch(bare(line)) is not None


def is_list_head(line: str) -> bool:
    """Whether the line heads a list of other stories or links."""
    return (
        len(line) <= _LONGEST_HEAD
        and len(line.split()) <= 9
        and _LIST_HEAD.fullmatch(bare(line)) is not None
        and not is_points_head(line)
    )


def is_inset_head(line: str) -> bool:
    """Whether a list head is of the kind that stands in the middle of a body, too."""
    return _INSET.match(bare(line)) is not None
