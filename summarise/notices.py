"""What a site says of its pages, its rights and its readers, as patterns over one line of text.

They name kinds of notice that any news site has (consent, subscriptions, corrections, contacts),
never the words of one site.
"""

from __future__ import annotations

import re

_NOTICE = re.compile(
    r"(?:comments?\s+(?:are|is|have\s+been|were)\s+(?:now\s+|currently\s+)?(?:closed|disabled|"
    r"turned\s+off|switched\s+off|off|moderated|not\s+(?:open|available|allowed))|"
    r"\(c\)\s*\S+(?:\s+\S+){0,4}?[.\s]*(?:$|re(?:print|publish|produc)|all\s+rights|unauthori)|"
    r"all\s+(?:material|content|text|images?|articles)\s+(?:is\s+|are\s+|on\s+this\s+site\s+)?"
    r"(?:©|\(c\)|copyright|protected\s+by|the\s+property)|re(?:print|produc|publish)\w*\s+(?:only|"
    r"without|of\s+(?:this|any|all)|in\s+whole|is\s+(?:prohibited|forbidden))|"
    r"unauthori[sz]ed\s+(?:use|reproduction|copying).{0,60}(?:prohibited|forbidden|permitted)|"
    r"the\s+contents?\s+of\s+this\s+(?:site|page)|"
    r"(?:this|our)\s+(?:live\s+)?(?:article|story|report|post|piece|page|blog|coverage)\s+(?:(?:will|"
    r"may)\s+be\s+(?:updated|amended|corrected)|is\s+being\s+updated|(?:is|has)\s+(?:now\s+)?(?:closed|"
    r"ended)|is\s+more\s+than|contains\s+(?:affiliate|links))|"
    r"this\s+is\s+(?:a\s+)?(?:developing|breaking|ongoing)\s+(?:news\s+)?(?:story|situation|event)|"
    r"this\s+(?:breaking\s+)?(?:news\s+)?story\s+is\s+(?:developing|breaking)|"
    r"more\s+(?:details?\s+|information\s+|updates?\s+)?(?:to\s+(?:follow|come)|soon\b|as\s+we\s+get)|"
    r"(?:please\s+)?(?:check\s+back|refresh\s+(?:this|the\s+page|for)|stay\s+with\s+us)|"
    r"(?:stock\s+|market\s+)?(?:data|quotes|prices)\s+(?:is|are)?\s*(?:delayed|provided\s+by|a\s+"
    r"real|in\s+real)|(?:journal\s+)?references?\s*:|doi\s*:|citation\s*:|doi\.org|isbn\b|issn\b|"
    r"(?:please\s+)?(?:gamble|bet|drink)\s+responsibly|betting\s+partner|18\+|"
    r"(?:ring|call|text|phone|message|whats\s?app)\s+(?:us\b|(?:the|our)\s+news)|"
    r"(?:send|e-?mail|share)\s+(?:us\s+|your\s+){1,2}(?:stor|news|photo|pictures|videos?|tips?|"
    r"views|thoughts|letters)|do\s+you\s+(?:live|work|know)\b.{3,60}\?.{0,60}(?:mail|contact|call|"
    r"get\s+in|tell\s+us)|for\s+immediate\s+release|embargoed\s+(?:until|for)|"
    r"(?:media|press)\s+(?:contacts?|enquir\w+|inquir\w+|office)\s*:|press\s+release$|"
    r"for\s+(?:more|further)\s+information|for\s+(?:media|press|all)\s+(?:enquir|inquir)|"
    r"(?:follow|read|see)\s+(?:our|all\s+our|all\s+the)\s+(?:live|latest|full)|"
    r"show\s+key\s+events|auto-?\s?(?:refresh|update)|live\s+feed$|pinned\s+post|"
    r"if\s+you\s+(?:liked?|enjoy|enjoyed|loved?)\s+(?:this|reading)|you\s+(?:are\s+receiving|"
    r"received)\s+this\s+e?-?mail|was\s+this\s+(?:e-?mail|article|page|story)\b.{0,40}\?|"
    r"an\s+official\s+(?:web)?site|good\s+(?:morning|afternoon|evening)\b.{0,60}$|"
    r"to\s+(?:stream|watch|view|comment|listen)\b.{2,60}\byou\s+(?:need|must|have\s+to|can)\b.{0,30}"
    r"\b(?:app|account|subscription|log|sign|register|download|enable|browser)\b|"
    r"(?:after|before|skip|past)\s+(?:the\s+)?newsletter\s+(?:promotion|sign-?\s?up)\W*$|"
    r"(?:story|article|page|comment)s?\s+saved(?:\W*$|(?-i:[A-Z]))|follow(?-i:[A-Z])|"
    r"reporting\s+from\s+[A-Z][\w\s,’'-]{2,40}$|report\s+an?\s+(?:error|mistake|typo)\W*$|(?:[—–-]{1,2}\s*)?with\s+(?:additional\s+|further\s+)?"
    r"reporting\s+(?:by|from)\s+[A-Z]|you\s+rely\s+on\s+us\b|"
    r"you\s+can\s+find\s+this\s+(?:story|article|page)\b|"
    r"before\s+you\s+(?:leave|go)\b.{0,30}$|[a-z]{2,3}-[a-z]{2,4}--|.{2,60}\bld-writethru$|"
    r"eds?\.?\s*:|editors?\s*:|[a-z]{2}-[a-z]{2}-\d\d-\d\d-\d\d|"
    r"(?:est\.?|established|founded|since)\s+(?:in\s+)?1[5-9]\d\d\W*$|"
    r"rate\s+(?:the\s+players|this)|vote\s+(?:now|here|in\s+our)|[≡☰≣]|"
    r"(?:photo|image|picture|cover)\s+by\s+\S.{2,60}\s+(?:on|via|from)\s+\S+$|"
    r"as\s+an\s+amazon|disclosure\s*:|the\s+author\s+(?:holds|owns|has\s+no)|"
    r"nothing\s+(?:in\s+this|here)\s+.{0,30}advice|"
    r"(?:this|the)\s+(?:interview|conversation|transcript|q\s?&\s?a)\s+(?:has\s+been|was|is)\s+"
    r"(?:\w+\s+)?(?:condensed|edited|shortened|translated|conducted))",
    re.I,
)
"""What a site says of its page, its rights, its readers; never how a sentence of news begins."""

_OPENING = re.compile(
    r"(?:(?:quick|direct)\s+access\s+to|(?:skip|jump|go|back|return)\s+to\s+(?:the\s+)?(?:main|"
    r"top|content|navigation|page|menu|home|search|article)|"
    r"(?:sign|log)\s+(?:up|in)\s+(?:for|to|and|here|now|with)|subscribe\s+(?:to|now|today|for|"
    r"here)|register\s+(?:for|to|now|free)|"
    r"get\s+(?:the\s+(?:latest|best|day|most|top|news)|our|all\s+the|unlimited|breaking|"
    r"short\s+url)|"
    r"join\s+(?:our|us|the\s+conversation|thousands|\d+)|download\s+(?:our|the\s+\S+\s+app)|"
    r"support\s+(?:our|us|independent|quality)|"
    r"donate\s+(?:to|now|today)|become\s+an?\s+(?:member|subscriber|patron|supporter)|"
    r"already\s+(?:an?\s+)?(?:subscriber|member|subscribed|registered)|"
    r"to\s+(?:continue|keep)\s+reading|this\s+(?:content|article|story)\s+is\s+(?:for|only|"
    r"available|reserved|locked)|start\s+your|try\s+\S+\s+(?:free|for)|"
    r"(?:please\s+)?enter\s+(?:your|a\s+valid)|your\s+(?:email|e-mail|comment|privacy|"
    r"subscription|browser|ad\s+choices|account|choices)|"
    r"you\s+(?:have|\W?ve)\s+(?:\d+|read|reached|used|no)\b.{0,20}(?:free|articles?|limit)|"
    r"thank\s+you\s+for\s+(?:reading|subscribing|signing|your)|thanks\s+for\s+(?:reading|"
    r"subscribing|signing)|"
    r"follow\s+(?:us|@|our|the\s+author|\S+\s+(?:on|@))|(?:like|find|watch)\s+us\s+on|"
    r"connect\s+with\s+us|"
    r"(?:click|tap)\s+(?:here|to|on)|(?:have|got|do\s+you\s+have)\s+(?:a\s+(?:story|tip|question|"
    r"comment)|an\s+opinion|something\s+to\s+say)|"
    r"this\s+(?:article|story|report|post|piece|page)\s+(?:was\s+(?:originally|first|produced|"
    r"updated|amended|corrected|written|published|generated|translated)|has\s+been\s+(?:updated|"
    r"corrected|amended)|is\s+(?:part|republished))|"
    r"(?:we|our)\s+(?:have\s+summarized|use\s+cookies|and\s+our\s+partners|value\s+your|"
    r"care\s+about|may\s+earn)|"
    r"(?:all|some)\s+rights\s+reserved|copyright\b|©|\(c\)\s*(?:19|20)\d\d|no\s+part\s+of\s+this|"
    r"(?:the\s+)?(?:views?|opinions?)(?:\s+and\s+(?:views?|opinions?))?\s+expressed|disclaimer\b|"
    r"our\s+standards\s*:|the\s+thomson\s+reuters\s+trust|"
    r"(?:additional\s+|further\s+)?(?:report(?:ing|ed)|writing|edit(?:ing|ed)|writ(?:ing|ten)|"
    r"compiled|produced)\s+(?:and\s+\w+\s+)?by\s+[A-Z]|"
    r"(?:tags?|topics?|keywords?|filed\s+under|posted\s+in|categor(?:y|ies)|labels?)\s*:|"
    r"(?:render|load|page\s+load|generation|execution|query|server)\s*-?\s*time|"
    r"(?:page\s+)?(?:rendered|generated|served)\s+(?:in|at|on|by)|"
    r"(?:reading|read)\s+time|time\s+to\s+read|estimated\s+read|(?:quality|readability|trust|"
    r"bias|sentiment)\s+score|"
    r"(?:if\s+you\s+(?:have|are|would|want)\b.{3,60}(?:contact|email|e-mail|click|newsletter|"
    r"read\s+the\s+full|call\s+us|subscribe))|"
    r"(?:more|read)\s+(?:from|by|on|about)\s.{2,40}(?:»|>|→)|(?:source|via|credits?|"
    r"courtesy)\s*:|please\s+(?:enable|wait|try|log|sign|turn|disable|support)|"
    r"javascript\s+(?:is|must)|(?:need|want)\s+(?:help|more)\b.{0,40}\?|community\s*(?:standards|"
    r"guidelines)|terms\s+(?:of|and|&)\s|privacy\s+(?:policy|notice)|cookie\s+)",
    re.I,
)

_ANYWHERE = re.compile(
    r"^(?:reach|contact|follow|e-?mail|write\s+to)\s+(?:the\s+)?(?:\S+\s+){1,3}(?:on|at)\s+\S*"
    r"(?:twitter|facebook|instagram|@|http)|\bcontributed\s+(?:reporting|research)\b|"
    r"^(?:listen|watch|read|find|see|click|hear)\b.{0,80}\bhere\W*$|"
    r"\b(?:we|site|website|page|browser|partners?)\b.{0,60}\bcookies\b|\bcookie\s+(?:policy|"
    r"settings|preferences|notice)\b|\bprivacy\s+(?:policy|notice|statement|centre|center)\b|"
    r"\bwe\s+(?:use|collect|share|process)\s+(?:your|consumer|personal|customer|reader|user)\s+"
    r"(?:data|information)\b|\b(?:donate|subscribe|sign\s+up|join\s+us|give)\s+(?:now|today|here)\W*$|"
    r"\bhelp\s+us\s+(?:stay|remain|keep|continue)\b|\bterms\s+of\s+(?:use|service)\b|"
    r"\b(?:our|your|free|daily|weekly|morning|e-?mail)\s+newsletters?\b|"
    r"\b(?:delivered\s+)?(?:straight\s+)?to\s+your\s+(?:inbox|e-?mail|phone)\b|"
    r"\bread\s+the\s+full\s+(?:text|article|story)\b|"
    r"\bsign\s+up\s+(?:here|now|today|for\s+(?:our|free|the))\b|\bsubscri(?:be|ption)\s+(?:now|"
    r"today|here|to\s+(?:our|read|continue))\b|\ball\s+rights\s+reserved\b|"
    r"\b\d+[\s-]*(?:min(?:ute)?s?|secs?)\.?\s+(?:read|here|at\s+publisher|watch|listen)\b|"
    r"\bcontributed\s+to\s+this\s+(?:report|story|article)\b|\b(?:download|install|get)\s+(?:our|"
    r"the)\s+(?:\w+\s+){0,2}app\b|\bunlimited\s+access\b|\bfree\s+trial\b|"
    r"\bonly\s+\S{1,6}\s+(?:a|per)\s+(?:week|month)\b|\bfollow\s+(?:him|her|them|us)\s+on\b|"
    r"\bcan\s+be\s+reached\s+at\b|\byou\s+can\s+(?:also\s+)?read\b.{0,40}\b(?:stories|news|"
    r"articles|text|here)\b|"
    r"\bplease\s+support\s+us\b|\bsupport\s+us\s+(?:from|for\s+(?:just|as))\b|"
    r"\bturn\s+on\s+notifications\b|\bpush\s+notifications\b|\bad\s*-?blocker\b|"
    r"\bemail\s+address\s+will\s+not\b|\brequired\s+fields\b|\baffiliate\s+(?:links?|commission)\b",
    re.I,
)


def speaks_of_page(line: str, words: int) -> bool:
    """Whether a line of so many words is the site's own, not the article's."""
    told = line.lstrip("([ ")
    if words <= 60 and (_OPENING.match(told) or _NOTICE.match(told)):
        return True
    return words <= 80 and _ANYWHERE.search(line) is not None
