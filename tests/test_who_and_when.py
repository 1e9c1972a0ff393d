"""Who says it, how surely and when, read off articles of one or two sentences.

The tables: the sentences of an article, a line each, then a word of its last sentence and what
the shortest part that holds this word is expected to have.
"""

from __future__ import annotations

from datetime import date

import pytest

from summarise.language.names import NameBook
from summarise.language.parts import Part, parts_of
from summarise.records import Sentence

PUBLISHED = date(2023, 5, 17)  # a Wednesday

# word | source | via | certainty
SAID = """
Marta Keller, who runs the lock, told the broadcaster NRO the gates failed twice.
    failed | Marta Keller | NRO | certain
The gates had failed twice, the head of the waterway told Reuters.
    failed | head of the waterway | Reuters | certain
Two people familiar with the matter told the Courier that the bank would cut 900 jobs.
    cut | Two people familiar with the matter | Courier | certain
It is considering a sale, Bloomberg News reported, citing people familiar with the matter.
    considering | people familiar with the matter | Bloomberg News | certain
Velora has agreed to sell roads, the newspaper Echo reported, citing two officials.
    agreed | two officials | Echo | certain
Oleg Varda is quoted as saying that 14 men had been detained.
    detained | Oleg Varda | None | certain
The police chief was quoted by local media as saying the driver had fled.
    fled | police chief | local media | certain
"We will not pay," Varda was quoted as saying by the daily Lidov.
    pay | Varda | Lidov | certain
Court documents show that the driver had been banned since 2019.
    banned | Court documents | None | certain
The driver had been banned since 2019, court papers show.
    banned | court papers | None | certain
According to the indictment, Lorne took bribes worth 2 million euros.
    took | indictment | None | certain
Prosecutors allege that Lorne took bribes worth 2 million euros.
    took | Prosecutors | None | certain
The court heard that Lorne had driven at 140 km/h.
    driven | court | None | certain
Bristow Crown Court heard how Lorne had driven at 140 km/h.
    driven | Bristow Crown Court | None | certain
A study in Limnology found that the lake had warmed by 2 degrees.
    warmed | study in Limnology | None | certain
The lake has warmed by 2 degrees, a study by the University of Tarn has found.
    warmed | University of Tarn | None | certain
A survey of 1,200 voters by the pollster Sentio found that 48% opposed the tunnel.
    opposed | Sentio | None | certain
The company had lost a third of its clients, according to a regulatory filing.
    lost | regulatory filing | None | certain
The plant would close by June, according to an internal memo seen by the Courier.
    close | internal memo | Courier | certain
Official figures showed that unemployment fell to 4.1% in May.
    fell | Official figures | None | certain
Unemployment fell to 4.1% in May, data from the statistics office showed.
    fell | statistics office | None | certain
The report concludes that the crew ignored two alarms.
    ignored | report | None | certain
The bank said in a filing with regulators that it had lost $40 million.
    lost | bank | None | certain
“The water came up in minutes,” said Ilse Brandt, a baker whose shop was ruined.
    came | Ilse Brandt | None | certain
“The water,” said Ilse Brandt, a baker, “came up in minutes.”
    came | Ilse Brandt | None | certain
The lock, Keller said, had failed twice.
    failed | Keller | None | certain
The dam is safe, insists the operator.
    safe | operator | None | certain
“It is a disaster,” says Petra Lund, 41, who has fished there for 20 years.
    disaster | Petra Lund | None | certain
Tomas Wild, whose brother was on board, said the boat had been overloaded.
    overloaded | Tomas Wild | None | certain
The boat was overloaded, said Tomas Wild, whose brother was on board.
    overloaded | Tomas Wild | None | certain
Asked about the delay, Wild said the boat had been overloaded.
    overloaded | Wild | None | certain
Speaking after the match, coach Dino Ferr said his side had been unlucky.
    unlucky | Dino Ferr | None | certain
The boat was overloaded, said one survivor, speaking on condition of anonymity.
    overloaded | one survivor | None | certain
A senior official, who spoke on condition of anonymity, said talks had collapsed.
    collapsed | senior official | None | certain
Talks have collapsed, said a senior official who asked not to be named.
    collapsed | senior official | None | certain
Talks have collapsed, one of the negotiators said.
    collapsed | one of the negotiators | None | certain
Ilse Brandt said the water had come up in minutes.
The 29-year-old said her shop was ruined.
    ruined | Ilse Brandt | None | certain
Ilse Brandt said the water had come up in minutes.
She added that her shop was ruined.
    ruined | Ilse Brandt | None | certain
Ilse Brandt, a baker, said the water had come up in minutes.
The mother of two said her shop was ruined.
    ruined | Ilse Brandt | None | certain
The defender Ruben Sachs scored twice.
“I was lucky,” the German said.
    lucky | Ruben Sachs | None | certain
Brevia said on Monday that sales had dropped by 8%.
It also said that 300 jobs would go.
    go | Brevia | None | certain
Brevia said on Monday that sales had dropped by 8%.
It expects sales to grow by 2% next year.
    grow | Brevia | None | probable
Police said a man of 34 had been arrested.
A second man is being sought, they said.
    sought | police | None | certain
Hanna Ost, a spokeswoman for the fire service, said the roof had fallen in.
The spokeswoman said two firefighters were hurt.
    hurt | Hanna Ost | None | certain
Mayor Igor Teslo wrote on Telegram that a substation had been hit.
    hit | Igor Teslo | Telegram | certain
A substation was hit, Mayor Igor Teslo said in a post on X.
    hit | Igor Teslo | X | certain
In a post on X, Mayor Igor Teslo said a substation had been hit.
    hit | Igor Teslo | X | certain
“A substation has been hit,” the mayor posted on Facebook.
    hit | mayor | Facebook | certain
The air force said on the messaging app Telegram that it had downed 31 drones.
    downed | air force | Telegram | certain
Teslo: Drones hit the main substation
    hit | Teslo | None | certain
Brevia to cut 300 jobs - union
    cut | union | None | certain
Brevia 'to cut 300 jobs', union claims
    cut | union | None | certain
The army repeated its claim that rebels had shelled the clinic.
    shelled | army | None | certain
In the view of the regulator, the merger would harm consumers.
    harm | regulator | None | certain
By the police's count, 40,000 people marched.
    marched | police | None | certain
Some 40,000 people marched, by police estimates.
    marched | police | None | probable
The fire caused damage of 3 million euros, by the insurer's estimate.
    caused | insurer | None | probable
For Brevia, the ruling is a relief, its lawyer Jon Aske said.
    relief | Jon Aske | None | certain
The suspect is believed to have fled abroad.
    fled | None | None | probable
The suspect has reportedly fled abroad.
    fled | None | None | probable
Police believe the suspect has fled abroad.
    fled | Police | None | probable
Investigators suspect that the fire was set on purpose.
    set | Investigators | None | probable
The fire may have been set on purpose, investigators said.
    set | investigators | None | possible
Analysts expect the bank to raise rates in May.
    raise | Analysts | None | probable
The bank is likely to raise rates in May, economists say.
    raise | economists | None | probable
The fire was probably set on purpose, a fire chief said.
    set | fire chief | None | probable
Nobody could leave the valley for two days.
    leave | None | None | certain
The storm is forecast to reach the coast on Sunday.
    reach | None | None | probable
It was not immediately clear who had fired.
    clear | None | None | possible
It appears that the crew ignored two alarms.
    ignored | None | None | probable
The crew seem to have ignored two alarms, the report says.
    ignored | report | None | probable
Rates could rise again in June, the governor hinted.
    rise | governor | None | possible
The group wants an end to a rule that it says harms small farms.
    harms | group | None | certain
What the ministry called a technical fault stopped 40 trains.
    stopped | None | None | certain
The toll rose to nine, the governor said on Friday, after two bodies were found.
    found | governor | None | certain
The army had spoken of 300 dead.
    300 | army | None | certain
The deal values Brevia at $4bn, a person with knowledge of the talks said.
    values | person with knowledge of the talks | None | certain
He was killed by a single shot, his brother, Amir, said by phone.
    killed | Amir | None | certain
Rescuers, the ministry said in a statement on Monday, had reached all 14 miners.
    reached | ministry | None | certain
The prime minister's office said the talks would go on.
    go | prime minister's office | None | certain
A spokesman for Brevia said the talks would go on.
    go | spokesman for Brevia | None | certain
Reuters could not independently verify the report.
    verify | None | None | possible
Local media reported that 40 houses had burned down.
    burned | Local media | None | certain
There were no injuries, according to the fire service.
    injuries | fire service | None | certain
“There is nothing left,” Mr Aske, a retired teacher, told the Herald.
    left | Aske | Herald | certain
The judge ruled that the search had been unlawful.
    unlawful | judge | None | certain
Lawyers for Lorne argued that the search had been unlawful.
    unlawful | Lawyers for Lorne | None | certain
Lorne pleaded not guilty to three counts of fraud.
    guilty | None | None | certain
Some 40 trains, 12 of them full, were stopped, the operator said.
    full | operator | None | certain
"""

# word | first day | last day
DATED = """
The ferry sank on Monday.
    sank | 2023-05-15 | 2023-05-15
The court will rule on Friday.
    rule | 2023-05-19 | 2023-05-19
The lock reopens on Friday.
    reopens | 2023-05-19 | 2023-05-19
The bank hopes to finish the sale by June.
    finish | None | 2023-06-30
Some 400 ships passed in the first 10 days of May.
    passed | 2023-05-01 | 2023-05-10
Prices have doubled since the mines were shut in March.
    doubled | 2023-03-01 | None
Sales rose 4% in the first quarter of 2023.
A year earlier they had fallen 3%.
    fallen | 2022-01-01 | 2022-03-31
Profit fell 8% in the first quarter.
    fell | 2023-01-01 | 2023-03-31
Profit fell 8% in the three months to March.
    fell | 2023-01-01 | 2023-03-31
Profit fell 8% in the year to March 31.
    fell | 2022-04-01 | 2023-03-31
Four houses burned overnight.
    burned | 2023-05-16 | 2023-05-17
On Monday, two men were arrested.
A third had been held the previous day.
    held | 2023-05-14 | 2023-05-14
On Monday, two men were arrested.
They were released the next day.
    released | 2023-05-16 | 2023-05-16
The festival runs from 2 to 11 June.
    runs | 2023-06-02 | 2023-06-11
The festival, to be held on 2-4 June, is sold out.
    held | 2023-06-02 | 2023-06-04
Between 2015 and 2019 the mine lost 200 workers.
    lost | 2015-01-01 | 2019-12-31
The law takes effect on 1 July.
    effect | 2023-07-01 | 2023-07-01
Neither side has asked for the hearing on 2 June to be put off.
    hearing | 2023-06-02 | 2023-06-02
So far 63 ships have been turned away.
    turned | None | 2023-05-17
The shelter is to stay open through the winter.
    open | None | 2024-02-29
Rain is expected until Sunday, when the wind will turn.
    turn | 2023-05-21 | 2023-05-21
Pickets stood at the gate on Monday night, when the temperature fell to 2C.
    fell | 2023-05-15 | 2023-05-15
The ministry denied that troops had entered the town on Monday.
    entered | 2023-05-15 | 2023-05-15
An inspection on 3 May found that 40 beds were missing.
    missing | 2023-05-03 | 2023-05-03
The mayor said on Tuesday that 12 people had died.
    died | None | None
The mayor said 12 people had died on Tuesday.
    died | 2023-05-16 | 2023-05-16
The union said on Monday it would strike on Thursday.
    strike | 2023-05-18 | 2023-05-18
The army said on Tuesday that rebels had shelled the town a day earlier.
    shelled | 2023-05-15 | 2023-05-15
Unemployment rose to 5.1% in April from 4.9% a month earlier.
    rose | 2023-04-01 | 2023-04-30
Last week the bank cut its forecast.
    cut | 2023-05-08 | 2023-05-14
The plant will close at the end of next month.
    close | 2023-06-30 | 2023-06-30
The plant will close by the end of the year.
    close | None | 2023-12-31
The strike, which began on 2 May, has cost 3 million euros.
    began | 2023-05-02 | 2023-05-02
The strike, now in its third week, has cost 3 million euros.
    cost | None | None
The two were married in 1998 and moved to Oslo in 2004.
    moved | 2004-01-01 | 2004-12-31
The two were married in 1998 and moved to Oslo in 2004.
    married | 1998-01-01 | 1998-12-31
The chief executive, who joined in 2019, resigned on Tuesday.
    resigned | 2023-05-16 | 2023-05-16
The chief executive, who joined in 2019, resigned on Tuesday.
    joined | 2019-01-01 | 2019-12-31
Shares have lost a third of their value this year.
    lost | 2023-01-01 | 2023-12-31
Shares have lost a third of their value since January.
    lost | 2023-01-01 | None
The company plans to hire 300 people over the next two years.
    hire | 2023-05-17 | 2025-05-17
The road has been closed for three days.
    closed | None | None
The bridge, built in 1931, was shut on Tuesday.
    shut | 2023-05-16 | 2023-05-16
The bridge, built in 1931, was shut on Tuesday.
    built | 1931-01-01 | 1931-12-31
Earlier on Wednesday, police closed the square.
    closed | 2023-05-17 | 2023-05-17
Police closed the square at 6 a.m. on Tuesday.
    closed | 2023-05-16 | 2023-05-16
He was born in March 1980 and died in hospital on Sunday.
    died | 2023-05-14 | 2023-05-14
The talks are scheduled to start next Monday.
    start | 2023-05-22 | 2023-05-22
The toll had stood at nine on Monday evening.
    stood | 2023-05-15 | 2023-05-15
More than 90 people were killed in Sunday's crash.
    killed | 2023-05-14 | 2023-05-14
In 2021/22 the club lost 4 million euros.
    lost | 2021-01-01 | 2022-12-31
By Tuesday evening, 40 bodies had been found.
    found | None | 2023-05-16
As of Tuesday, 40 bodies had been found.
    found | 2023-05-16 | 2023-05-16
In the second half of 2022 output fell 3%.
    fell | 2022-07-01 | 2022-12-31
Output fell 3% in the last three months of 2022.
    fell | 2022-10-01 | 2022-12-31
The group began its offensive in late April.
    began | 2023-04-21 | 2023-04-30
The war, which began in February 2022, has killed thousands.
    began | 2022-02-01 | 2022-02-28
The treaty expires in August.
    expires | 2023-08-01 | 2023-08-31
In August, the army began an incursion that still goes on.
    began | 2022-08-01 | 2022-08-31
Exports fell 2% year on year in April.
    fell | 2023-04-01 | 2023-04-30
The storm killed 11 people over the weekend.
    killed | 2023-05-13 | 2023-05-14
The storm hit late on Saturday.
    hit | 2023-05-13 | 2023-05-13
The judge adjourned the case until 5 June.
    adjourned | None | 2023-06-05
From 1 June, nobody may be fined for it.
    fined | 2023-06-01 | None
Wages will rise by 4% from July and by 2% next year.
    4% | 2023-07-01 | None
The deal was reached in the early hours of Tuesday.
    reached | 2023-05-16 | 2023-05-16
No rain has fallen for the past 40 days.
    fallen | 2023-04-07 | 2023-05-17
Two weeks ago the river froze.
    froze | 2023-05-03 | 2023-05-03
Voting began on Tuesday and will end on Saturday.
    end | 2023-05-20 | 2023-05-20
During a visit to Oslo on Monday, the minister signed the treaty.
    signed | 2023-05-15 | 2023-05-15
The firm reported on Tuesday a loss of $3m for the fourth quarter of last year.
    loss | 2022-10-01 | 2022-12-31
In the six months to the end of March, revenue rose to $12m.
    rose | 2022-10-01 | 2023-03-31
"""


def rows(table: str) -> list[tuple[list[str], list[str]]]:
    """(sentences, expected fields) of each article of a table."""
    found: list[tuple[list[str], list[str]]] = []
    texts: list[str] = []
    for line in table.strip().splitlines():
        if line.startswith(" "):
            found.append((texts, [field.strip() for field in line.split("|")]))
            texts = []
        else:
            texts.append(line)
    return found


def part_with(word: str, texts: list[str]) -> Part:
    """The shortest part of the last sentence that holds `word`."""
    sentences, start = [], 0
    for number, text in enumerate(texts, start=1):
        end = start + len(text)
        sentences.append(Sentence(number=number, start=start, end=end, text=text, paragraph=number))
        start = end + 1
    found = parts_of(sentences, NameBook.of("\n".join(texts)), PUBLISHED)[-1]
    return min((p for p in found if word in p.text), key=lambda p: len(p.text))


def bare(name: str | None) -> str:
    return str(name).lower().removeprefix("the ")


@pytest.mark.parametrize(("texts", "fields"), rows(SAID))
def test_who_says_it(texts: list[str], fields: list[str]) -> None:
    word, source, via, sure = fields
    part = part_with(word, texts)
    assert bare(part.source) == bare(source)
    assert bare(", ".join(part.via) or None) == bare(via)
    assert part.certainty == sure


@pytest.mark.parametrize(("texts", "fields"), rows(DATED))
def test_when_it_happens(texts: list[str], fields: list[str]) -> None:
    word, start, end = fields
    time = part_with(word, texts).time
    first, last = (time.start, time.end) if time is not None else (None, None)
    assert (str(first), str(last)) == (start, end)
