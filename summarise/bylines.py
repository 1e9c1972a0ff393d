"""Who made an article and its pictures: by-lines, credits, agencies, lines about the author."""

from __future__ import annotations

import re

AGENCIES = (
    r"AP|A\.P\.|AFP|Reuters|UPI|DPA|ANSA|EFE|TASS|Interfax|Xinhua|Kyodo|Yonhap|ANI|PTI|PA Media|"
    r"Bloomberg|"
    r"Associated Press|The Associated Press|Agence France-Presse|Getty Images|Getty|EPA(?:-EFE)?|"
    r"Newsis|"
    r"Wires?|Agencies|Staff|News Desk|Web Desk|Newsroom"
)
_PEOPLE = r"[A-ZÀ-Þ][\w.'’-]+(?:\s+(?:(?:de|van|von|al|bin|el|da|of)\s+)?[A-ZÀ-Þ][\w.'’-]*){0,3}"
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


def is_credit_line(line: str, words: int) -> bool:
    """Whether a line of so many words names who wrote, took or sent something, and no more."""
    if (
        words <= 14
        and _BY_LINE.fullmatch(line)
        and not re.search(r"\b(?:said|says|was|were|is|are)\b", line)
    ):
        return True
    if words <= 9 and ("©" in line or _CREDIT.fullmatch(line)):
        return True
    return words <= 8 and _EMAIL_OR_URL.search(line) is not None


def is_biography(line: str) -> bool:
    """Whether a paragraph introduces the author of the article."""
    return len(line.split()) <= 90 and _BIO.fullmatch(line) is not None
