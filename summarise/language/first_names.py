"""Whether a first name is a woman's or a man's, by common names and endings."""

from __future__ import annotations

from typing import Literal

_WOMEN = frozenset(
    """abigail agnes alice alison amy ann anne astrid beatrice beth betty birgit bridget
    britt carmen carol caroline carolyn catherine cathy charlotte cheryl chloe christine claire
    colleen dawn deborah denise diane dolores doris dorothy edith eileen elaine eleanor
    elin elizabeth ellen emily emma erin esther eve evelyn fatima fiona florence frances gail
    geraldine gillian ginny glenys grace greta gwen hannah harriet hazel heather heidi helen hilary
    hillary holly imogen ines ingrid irene iris isabel isobel jacqueline jane janet janice jasmin
    jennifer jenny jessica jill joan joanne joyce judith judy julie june karen kate katherine
    kathleen kathryn kathy katie keir-ann kimberly kirsten kristen lauren leanne leila
    lillian lily linda lindsay lisbeth liz lois lorraine louise lucy lydia lynn madeleine mairead
    margaret maria marie marilyn marion marjorie martha mary maureen megan melanie melissa mercedes
    meredith michelle mildred miriam molly nancy naomi natalie niamh nicole nora noor olive olivia
    paige pamela patty paula pauline peggy penelope penny phyllis pilar rachel rebecca renee
    rosalind rose rosemary roxanne ruth sabrina sally samantha sandra sarah sharon sheila shirley
    sian siobhan sophie stacey stephanie sue susan suzanne sylvie tracy ursula valerie vera veronica
    victoria vivian wendy yasmin yvette yvonne zoe xi-mei mei ayse""".split()
)
_MEN = frozenset(
    """aaron abdul adam adrian ahmed alan albert alejandro alexander ali amir amit andre
    andrew andy angus anthony antonio arthur asa attila barry ben benjamin bernard bernat bill bob
    bobby boris brad brandon brian bruce bruno carl carlos charles charlie christian
    christopher colin craig dan daniel danny darren dave david dean declan denis dennis derek
    dmitry dominic don donald doug douglas duncan ed eddie edward elijah elisha emmanuel eric erik
    ernest evan ezra felix francis frank fred frederick gareth gary gavin geoff george gerald gerard
    giles glenn gordon graham greg gregory guy hamza hans harold harry hassan henry hugh ian ibrahim
    ilya isaac ivan jack jacob jacques jake james jamie jason jeff jeffrey jeremy jerry jesper jesse
    jim jimmy joe joel john johnny jon jonathan jordan jorge jose joseph josh joshua juan julian
    justin karl keith ken kenneth kevin khalid kofi kwame kyle lance larry lars lawrence leo
    leon liam louis luca lucas luis luke malcolm marc marcus mark martin matt matthew max michael
    miguel mike mohamed mohammed muhammad musa mustafa nathan neil nicholas nick nikita nigel
    noah norman oleksandr oliver omar oscar oskar owen pablo patrick paul pavel pavlo pedro peter
    phil philip quim rafael ralph ramon raymond ricardo richard rick rob robert roberto roger ron
    ronald ross roy rudi russell ryan samuel scott sean sebastian sergei sergio seth simon
    stefan stephen steve steven stuart sven ted terry thomas tim timothy toby tobias tom tommy tony
    trevor victor vincent vladimir volodymyr walter warren wayne will william yusuf zachary
    joshua ezra jonah noah hosea ochieng""".split()
)


def is_first_name(word: str) -> bool:
    """Whether a word is a first name that English news often has."""
    return word.lower() in _WOMEN | _MEN


def gender_of(name: str) -> Literal["f", "m"] | None:
    """ "f" or "m" by the first word of `name`; None for a surname alone or a name not known."""
    first, _, rest = name.lower().partition(" ")
    if not rest:
        return None
    if first in _WOMEN:
        return "f"
    if first in _MEN:
        return "m"
    # Of names outside the lists, those in -a are women's in nearly all European languages.
    return "f" if first.endswith("a") and len(first) > 3 else None
