"""Lines in which a page speaks to its reader or of itself: calls to act, players, licences.

They are told by their form: a bare imperative with the outlet's or the reader's things in it, a
clock of a player, initials with an agency. Patterns over one line of text.
"""

from __future__ import annotations

import re

_LONGEST = 60
"""Words from which on a line is no call to the reader."""
_POLITE = (
    r"\W*(?:editor(?:'|’)?s?(?:'|’)?\s+note\s*:\s*)?"
    r"(?:(?:kindly|please|just|also|now|and|don(?:'|’)?t\s+forget\s+to)\s+)*"
)
_ACT = (
    r"(?:sign\s+(?:up|in)|log\s+in|subscribe|follow|listen|download|join|stay|send|e-?mail|click|"
    r"tap|enter|become|donate|register|get|read|watch|see|browse|install|enable|submit|discover|"
    r"explore|learn|catch|tune|make\s+sure|create|manage|choose|receive|enjoy|add|turn|leave|post|rate|"
    r"(?:share|support|text|call|ring|contact|order|visit|view|check|tell|give|start|help|try|vote|"
    r"win|claim|save|earn|make|update)\s+(?:with\s+|for\s+|to\s+|on\s+|out\s+|in\s+|via\s+)?"
    r"(?:us|our|your|this|these|it|the|a|an|all|now|here|from|more|up)\b)"
)
_OF_THE_PAGE = re.compile(
    r"\b(?:us|our|here)\b(?!\s+troops)|\byour?\s+(?:\w+\s+)?(?:inbox|e-?mail|phone|browser|account|"
    r"subscription|device|feed|friends|preferences|privacy|name|details|home\s?town|daily|gift|story|"
    r"stories|comment|comments|views|experience|donation|support|free|first|copy|city|area)\b|"
    r"\b(?:newsletters?|podcasts?|e-?paper|notifications|inbox|exclusive\s+content|"
    r"(?:real-?time|latest|daily|live|breaking)\s+(?:news|updates|stories|headlines)|"
    r"breaking\s+news|top\s+stories|(?:a|new|free)\s+account|the\s+(?:discussion|conversation)|journalism|supporter|subscriber|member|briefing|the\s+app|apps?\s+store|google\s+play|"
    r"(?:this|the\s+full|full)\s+(?:story|article|post|page|report)|free\s+trial|digital\s+edition|"
    r"(?:whats\s?app|telegram|facebook|twitter|bluesky|instagram|tiktok|youtube|linkedin|threads)"
    r"(?:\s+(?:channel|group|page|and|or)\b|[,.!]|$))",
    re.I,
)
_CALL = re.compile(
    rf"(?:{_POLITE}{_ACT}|if\s+you\s+(?:value|like|love|enjoy|appreciate|care|believe|have))\b",
    re.I,
)
_GIFT = re.compile(
    r"\byour\s+(?:gift|donation|contribution|support|subscription|membership)\b.{0,80}\b(?:helps?|"
    r"makes?|lets?|allows?|funds?|keeps?|means?|supports?)\b|"
    r"\b(?:support|fund)s?\s+(?:\w+\s+)?journalism\b|\bmake\s+a\s+donation\b|"
    r"\bfirst\s+(?:issue|month|edition)\s+(?:soon|free|now)\b|\bwe\s+value\s+your\b|"
    r"\bwe\s+and\s+our\b.{0,40}\bpartners\b|\bprocess(?:ing)?\s+(?:of\s+)?personal\s+data\b|"
    r"\bif\s+you\s+(?:spot|see|notice|find)\s+(?:a|an|any)\s+(?:error|mistake|typo)|"
    r"\bwe\s+(?:welcome|encourage|invite)\s+(?:your|you|readers)\b|\bpersonal\s+attacks\b|"
    r"\b(?:keep|be)\s+(?:it\s+|your\s+comments\s+)?(?:civil|respectful|on[\s-]topic)\b|"
    r"\bby\s+(?:signing\s+up|subscribing|registering|continuing|clicking)\b.{0,20}\byou\b|"
    r"\btexts?\s+cost\b|\bt(?:erms)?\s?&\s?c(?:onditions)?s?\s+apply\b|\bnew\s+customers\s+only\b|"
    r"\bwhen\s+you\s+(?:buy|purchase|order)\b|\beditorial\s+independence\b|"
    r"\b(?:create|have|with)\s+an\s+account\b|\byour\s+consent\b|"
    r"\b(?:write\s+to|tell|e-?mail|call|follow|join|support|reach)\s+us\b|"
    r"^you(?:\s+|(?:'|’)(?:ve|ll)\s+)(?:can|may|must|have|need|should|are|read)\b.{0,40}\b(?:post|"
    r"comments?|account|log|sign|subscri\w+|register\w*|pieces?|articles?|stories|contact)\b|"
    r"^(?:get|save|grab|claim|secure|reserve)\s+(?:up\s+to|your|instant|unlimited|full|early)\b|"
    r"^your\s+(?:daily|weekly|morning|essential)\b|"
    r"^(?:this|the)\s+(?:text|article|story|translation)\s+(?:was|has\s+been|is)\b.{0,40}\b(?:machine|"
    r"translat\w+|automatic\w*|generated|edited)\b|"
    r"\bgamble\s?aware\b|\bbest\s+of\s+our\b|\bfree\s+articles?\b|\bcontact\s+us\b|"
    r"\bclick\s+here\b|(?:^|[.!?]\s)(?-i:Get)\s+(?:the|your|our|a)\s+free\b|\bcommenting\b|"
    r"\bthanks?\s+(?:you\s+)?for\s+(?:signing|subscribing|reading|visiting)\b|"
    r"\bour\s+(?:loyal\s+)?(?:journalists|journalism|reporters|newsroom|readers|editors|coverage|"
    r"reporting|website|site|newspaper|newsletter|sponsors|advertisers|podcast)\b|"
    r"\bif\s+you\s+have\s+(?:a|any)\s+(?:complaint|question|comment|concern)s?\b|"
    r"\bthe\s+(?:author|writer)s?\b.{0,30}\b(?:holds?|held|owns?|owned|positions?)\b|"
    r"\bsubscription\s+(?:could|has|was|is)\b",
    re.I,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_OWN_WORDS = re.compile(
    r"(?:\[|\()\s*(?:ad|ads|advert|advertisement|sponsored|promo|promoted)\s*(?:\]|\))\s*\S.*|"
    r"(?:play|pause|listen|watch|video|audio)?\W*\d{1,3}:\d\d(?::\d\d)?(?:\s*/\s*\d{1,3}:\d\d(?::\d\d)?)?"
    r"(?:\s*(?:mins?|minutes))?|"
    r"(?:[a-z]{2,3}|[A-Z]{2,3})(?:\s?[/,]\s?(?:[a-z]{2,3}|[A-Z]{2,3}))*\s*"
    r"\((?:[A-Za-z]{2,4}|[A-Z]\w+)(?:\s*[,/&]\s*(?:[A-Za-z]{2,4}|[A-Z]\w+))*\)|"
    r"(?:[—–-]{1,2}\s*)?(?:with\s+)?(?:inputs?|agenc(?:y|ies)|additional\s+inputs?)\s+from\s+.{2,60}|"
    r"(?:site\s+|main\s+|primary\s+)?(?:navigation|menu|breadcrumbs?)\b.{0,40}|"
    r"(?:short|share|permanent)\s*-?(?:link|url)s?\s*:?\s*\S*|"
    r"to\s+(?:view|watch|play|hear|listen\s+to|see|use)\s+this\s+(?:video|content|audio|map|page|"
    r"graphic|feature|site)\b.*|your\s+browser\s+(?:does|is|may)\b.*|"
    r"(?:this|our)\s+(?:web)?site\s+(?:uses|follows|is\s+(?:protected|owned|run|not)|contains|may)\b.*|"
    r"(?:this|our)\s+(?:story|article|report|piece|page|post)\s+(?:was|has\s+been)\s+(?:last\s+)?"
    r"(?:shared|viewed|read|liked)\b.*|"
    r"(?:an?|the)\s+(?:earlier|previous|original)\s+version\s+of\s+this\s+(?:article|story|report|page|"
    r"headline|post)\b.*|"
    r"(?:correction|clarification|amendment|update)s?\s*(?:\(.{2,40}\))?\s*[:–—-]\s.*"
    r"\b(?:article|story|report|headline|version|version|paragraph|caption|spelling|misstated|"
    r"misspelled|updated|amended|corrected)\b.*|"
    r"(?:key\s?words?|in\s+this\s+news|tagged|more\s+in|more\s+on|see\s+more)\s*:?\s*(?:[(#].*|\S+(?:,.*)?)|"
    r"(?:the\s+|all\s+)?(?:views|opinions|comments|letters)\s+(?:expressed|given|posted|published)\b.*|"
    r".{0,60}\b(?:is|are)\s+not\s+responsible\s+for\s+the\s+content\b.*|"
    r".{2,60}\bis\s+(?:edited|published)\s+(?:according\s+to|in\s+(?:accordance|line)\s+with)\b.*|"
    r"(?:licen[sc]ed|registered|regulated)\s+(?:by|in|with)\s+.{2,60}|"
    r"from\s+(?:the|our)\s+archives?\s*:.*|want\s+more\b.{2,80}|"
    r"(?:do\s+you\s+)?(?:want|like|wish)\s+to\s+(?:tip|write|contact|tell|advertise)\b.{0,60}|"
    r"(?:see|spotted|found|notice)\s+(?:a|an|any)\s+(?:typo|mistake|error).*|"
    r"(?:have|got)\s+(?:a|an|any)\s+(?:story|tip|news|question|photo|comment)s?\b.*|"
    r"(?:this|our)\s+(?:newspaper|publication|title|website|site)\s+(?:adheres|subscribes|complies|"
    r"follows)\b.*|this\s+is\s+an?\s+(?:information|automated|service)\s+message\W*|"
    r"(?:latest|more|top|related|other|all|recent)\s(?:[\w&'’-]+\s){0,3}(?:news|stories|headlines|"
    r"articles|videos)(?:\s+(?:from|on|in|about|for|by)\s+\S+(?:\s+\S+)?)?|"
    r"(?:posted|published|written|filed|uploaded)\s+(?:by|on|in|at)\s.{2,60}\b(?:19|20)\d\d\b.{0,30}|"
    r"(?:\S+\s+)?(?:breaking|latest|local|daily)\s+news|.{0,60}\bcomment\s+on\s+this\s+(?:article|"
    r"story|post)\W*|"
    r"(?:last\s+|first\s+)?(?:updated|published|posted|modified)\s+(?:on|at)\b\W*\d.{0,60}[^.!?]|"
    rf"\d{{1,2}}\s+{_MONTH}\.?,?\s+\d{{1,2}}[:.]\d\d|"
    rf"(?:\d{{1,2}}:\d\d\s*\|\s*)?[A-Z][\w .'’-]{{2,30}},\s+{_MONTH}\.?\s+\d{{1,2}}\.?\s*-*|"
    r"(?:more|other|latest|top|related|further)\s+(?:\w+\s+){0,2}(?:stories|news|articles|reports|"
    r"coverage)\s*:.*|loading\b.{0,30}|[a-z]{2,3}/[a-z]{2,3}(?:/[a-z]{2,3})*|"
    r"we\s+protect\s+our\s+sources\W*",
    re.I,
)


def is_appeal(line: str) -> bool:
    """Whether the line speaks to the reader of the page, or of the page and its outlet."""
    if len(line.split()) > _LONGEST or any(mark in line for mark in '“”«»"'):
        return False
    if _OWN_WORDS.fullmatch(line) or _GIFT.search(line):
        return True
    return _CALL.match(line) is not None and _OF_THE_PAGE.search(line) is not None


_PLAYER = re.compile(
    r"\W*(?:(?:watch|play|video|listen|audio)(?:\s*(?:now|live|video|to\s+this))*\W*)?"
    r"\d{1,3}:\d\d(?::\d\d)?(?:\s*/\s*\d{1,3}:\d\d)?\W*(?:mins?|video|now\s+playing)?|"
    r"\W*(?:watch\s+now|now\s+playing|(?:play|watch)\s+video)\W*",
    re.I,
)


def is_player(line: str) -> bool:
    """Whether the line is a player of a video or sound, which its title follows."""
    return _PLAYER.fullmatch(line) is not None and not re.fullmatch(r"\d\d:\d\d", line.strip())
