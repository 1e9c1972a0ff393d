"""What page furniture looks like, as tables of patterns over one line of text.

The patterns name kinds of line that any news site has (by-lines, share bars, consent notices,
heads of link lists), never the words of one site.
"""

from __future__ import annotations

import re

from summarise.appeals import is_appeal
from summarise.blocks import word_set
from summarise.dateline import is_stamp

AGENCIES = (
    r"AP|A\.P\.|AFP|Reuters|UPI|DPA|ANSA|EFE|TASS|Interfax|Xinhua|Kyodo|Yonhap|ANI|PTI|PA Media|"
    r"Bloomberg|"
    r"Associated Press|The Associated Press|Agence France-Presse|Getty Images|Getty|EPA(?:-EFE)?|"
    r"Newsis|"
    r"Wires?|Agencies|Staff|News Desk|Web Desk|Newsroom"
)
_PEOPLE = r"[A-ZÀ-Þ][\w.'’-]+(?:\s+(?:(?:de|van|von|al|bin|el|da|of)\s+)?[A-ZÀ-Þ][\w.'’-]*){0,3}"
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
    r"nothing\s+(?:in\s+this|here)\s+.{0,30}advice)",
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

_BY_LINE = re.compile(
    rf"(?:(?i:words?|story|text|photos?|pictures?|video|written|posted|published|reported|"
    rf"reporting|edited|compiled|translated)\s+)?(?:by|By|BY)\s*:?\s+{_PEOPLE}(?:\s*(?:,|and|&|"
    rf"\||·|•|—|–|/|-)\s*.{{0,60}})?|"
    rf"{_PEOPLE}\s*(?:,|\||/|·|•|-|–|—)?\s*(?:[A-Z][\w.'’]+\s+){{0,4}}(?:views?|reporter|"
    rf"staff(?:\s+writer)?|(?:\w+\s+)?correspondent|(?:\w+\s+)?editor|columnist|contributor|"
    rf"journalist|author|writer|bureau|profile)(?:\s*[,|/].{{0,40}})?|"
    r"(?:author|editor|writer|reporter|photographer|journalist)\s*:.{2,50}",
)
_BIO = re.compile(
    rf"{_PEOPLE}\s+(?:is|was|has\s+(?:been|covered|written|worked|reported)|covers|writes|works|"
    rf"reports|joined)\b.{{0,160}}\b(?:reporter|journalist|editor|correspondent|writer|columnist|"
    rf"contributor|author|producer|covering|covered|covers|bureau|fellow|"
    rf"writes\s+about|writing\s+(?:about|for)|reports\s+on|newsroom|podcast)\b.*|"
    rf"{_PEOPLE}\s+has\s+(?:covered|written\s+(?:about|for|on)|reported\s+(?:on|for|from)|been\s+"
    rf"(?:writing|covering|reporting))\b.{{2,120}}\b(?:for|at|since)\b.*",
    re.S,
)
_CREDIT = re.compile(
    r"(?:\(?(?:file\s+|stock\s+|archive\s+|handout\s+)?(?:photo(?:graph)?s?|images?|pictures?|"
    r"pics?|graphics?|illustrations?|credits?|source|video|via|courtesy|screenshot|"
    r"composite)(?:\s+(?:credits?|by|from|courtesy(?:\s+of)?|via))?\s*[:/|©]?\s*"
    r"[^.!?]{0,60}\)?|[^.!?]{0,40}(?:/|via\s)\s*(?:Getty\s+Images|AP|AFP|Reuters|EPA|"
    r"Shutterstock|iStock|Alamy|Unsplash|Pexels|Pixabay)\b[^.!?]{0,30}|(?:file|stock)\s+photo)",
    re.I,
)
_EMAIL_OR_URL = re.compile(r"\S+@\S+\.\w{2,}|(?:https?://|www\.)\S+|@\w{3,}")
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
_LONGEST_HEAD = 120


_END_MARK = re.compile(r"(?:#\s?){3,}|[-–—*\s]*(?:ENDS?|30)[-–—*\s]*")
_ABOUT = re.compile(rf"About\s+(?:the\s+)?{_NAME}(?:\s+(?:of|and|&|for|the)\s+{_NAME}|\s+{_NAME})*")
_CLOCK = re.compile(
    r"(?:(?:last\s+)?(?:updated|posted|published)\s*(?:at|:)?\s*|at\s+)?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s*"
    r"(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,5})?|(?:share|tweet|e-?mail|copy\s+link|permalink|link)",
    re.I,
)


def is_entry_mark(line: str) -> bool:
    """Whether the line parts the entries of a live page: a time of day, a share button."""
    return _CLOCK.fullmatch(bare(line)) is not None


def is_final_head(line: str) -> bool:
    """Whether the line heads what ends a page: comments, counters, who is behind the article."""
    if len(line) > _LONGEST_HEAD:
        return False
    marked = _END_MARK.fullmatch(line) or _ABOUT.fullmatch(line)
    return marked is not None or _FINAL_HEAD.fullmatch(bare(line)) is not None


def is_list_head(line: str) -> bool:
    """Whether the line heads a list of other stories or links."""
    return (
        len(line) <= _LONGEST_HEAD
        and len(line.split()) <= 9
        and _LIST_HEAD.fullmatch(bare(line)) is not None
    )


def is_inset_head(line: str) -> bool:
    """Whether a list head is of the kind that stands in the middle of a body, too."""
    return _INSET.match(bare(line)) is not None


def bare(line: str) -> str:
    """The line without the ornaments at its ends."""
    return line.strip(" \t\xa0\x1f:.»>→›…-–—|*•·#[](){}=_!").strip()


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
    return _speaks_of_page(line, words) or _is_credit_line(line, words) or _is_widget(line, words)


def _quotes(line: str) -> bool:
    return any(mark in line for mark in '“”«»"') and len(line.split()) > 12


def _speaks_of_page(line: str, words: int) -> bool:
    told = line.lstrip("([ ")
    if words <= 60 and (_OPENING.match(told) or _NOTICE.match(told)):
        return True
    return words <= 80 and _ANYWHERE.search(line) is not None


def _is_credit_line(line: str, words: int) -> bool:
    if (
        words <= 14
        and _BY_LINE.fullmatch(line)
        and not re.search(r"\b(?:said|says|was|were|is|are)\b", line)
    ):
        return True
    if words <= 9 and ("©" in line or _CREDIT.fullmatch(line)):
        return True
    return words <= 8 and _EMAIL_OR_URL.search(line) is not None


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


def is_biography(line: str) -> bool:
    """Whether a paragraph introduces the author of the article."""
    return len(line.split()) <= 90 and _BIO.fullmatch(line) is not None
