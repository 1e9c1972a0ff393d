"""The words by which English news says who claims something, and how surely: data only."""

from __future__ import annotations

_SPEECH = """
acknowledge add admit affirm allege announce argue assert assure boast caution charge claim
clarify comment complain concede conclude confess confirm contend counter declare deny describe
detail disclose emphasize emphasise estimate explain forecast hint highlight imply indicate inform
insist insinuate joke lament maintain mention note observe opine point post predict proclaim
promise pledge quip quote reaffirm recall reckon recount reiterate relate remark reply report
respond retort reveal rule say show signal speculate state
stress submit suggest swear tell testify tweet
underline underscore vow voice warn write
"""
_BELIEF = """
assess assume believe calculate consider doubt expect fear feel figure find foresee hope judge know
predict project realize suppose suspect think understand worry
"""

SPEECH = frozenset(_SPEECH.split())
BELIEF = frozenset(_BELIEF.split())
CUES = SPEECH | BELIEF
DENIALS = frozenset("deny doubt dispute reject refute rebut".split())
"""Cues that turn round what they introduce, so that their words stay in the claim."""
FRAMING = frozenset(
    """call label brand dub term describe regard characterise characterize portray hail dismiss
    denounce condemn put place depict""".split()
)
"""Verbs by which somebody calls a thing something: "called it a joke", "described it as fair"."""
WITHHOLDING = frozenset(
    """say comment provide give disclose specify elaborate explain name identify confirm reveal
    detail respond reply clarify rule decline refuse""".split()
)
"""Verbs that, denied, tell what a speaker left unsaid: the article's own observation."""
VEHICLES = frozenset("report video statement post message briefing interview letter note".split())
"""What a speaker speaks through: "a video alleging that" is its sharer's word."""
SEEING = frozenset("seen obtained reviewed viewed cited quoted published carried read".split())

REACHING = frozenset("asked contacted interviewed polled questioned reached surveyed".split())
"""How a reporter came to hear somebody: "residents reached by telephone"."""

FINDINGS = frozenset(
    """analysis assessment audit datum data figure finding forecast index paper poll projection
    report research review statistic study survey""".split()
)
"""Documents that whoever publishes them has made; a letter or video is only passed on."""

NOUN_CONTENT = frozenset(
    """acknowledge allege claim confirm disclose estimate forecast indicate mention note
    pledge predict project promise report reveal suggest warn""".split()
)
"""Cues whose object, a noun phrase, is what is claimed: "reported 1,100 casualties"."""

CLAIM_NOUNS = frozenset(
    """accusation account allegation argument assertion assessment belief claim contention denial
    estimate explanation forecast insistence position prediction report stance statement suggestion
    version view warning""".split()
)
"""Nouns that hold what somebody claims: "repeated its claim that"."""
HOLDING = frozenset("back repeat stick reiterate renew uphold maintain defend stand press".split())
"""Verbs by which somebody holds to a claim of their own."""
REJECTING = frozenset("reject refute rebut dispute dismiss deny contest".split())
"""Verbs by which somebody turns down the claim of another."""
OUTLOOKS = frozenset("anticipate expect foresee".split())
"""Verbs by which somebody has a figure of what is to come."""
TALLYING = frozenset("count document log record register tally".split())
"""Verbs by which an observer gives a figure of what happened: "counted 14 dead"."""
KEEPING = frozenset("log record register".split())
"""Those of them by which somebody also has a figure of their own: "recorded a loss of 3m"."""
TALLIED = frozenset(
    """abduction abuse arrest attack blast body breach case casualty child civilian clash
    complaint dead death detention disappearance displacement earthquake execution explosion
    family fatality fire fighter incident infection injured injury killing landslide migrant murder
    patient people person protest quake raid refugee shelling strike survivor tremor victim
    violation woman wounded""".split()
)
"""What observers keep count of."""
OBSERVERS = frozenset(
    """activist clinic embassy hospital inspector medic mission monitor observer observatory
    office paramedic programme rescuer responder station volunteer warden worker""".split()
)
"""Those who count, beside the bodies and roles that speak."""
PROOFS = frozenset("evidence indication link proof sign trace".split())
"""What a search finds none of: "found no evidence that"."""
RECKONINGS = frozenset(
    "account admission assessment calculation count estimate estimation reckoning tally".split()
)
VIEWS = frozenset("assessment estimation judgment judgement opinion view word".split())
"""What a clause is set in: "by its own count", "in the view of the regulator"."""
GUESSES = frozenset("assessment calculation estimate estimation reckoning".split())

TRIBUNALS = frozenset(
    "committee court hearing inquest inquiry jury panel trial tribunal parliament".split()
)
"""Those who hear what is then reported: "the court heard that"."""
LISTING = frozenset(
    """cite contain describe detail document give identify include list mention name put record
    set""".split()
)
"""What a document does with what it claims: "the report lists 16 craters"."""

PUBLISHING = frozenset("post tweet write publish".split())
"""Verbs that only carry the cue that hangs on them: "posted on Telegram claiming"."""

OPENERS = frozenset(
    """however meanwhile moreover additionally furthermore also still but and nevertheless
    nonetheless instead therefore thus indeed besides yet so""".split()
)
"""Words that tie a sentence to the one before and claim nothing."""

COLLECTIVES = frozenset(
    """agency association authority body charity company department firm government group institute
    military ministry monitor newspaper operator organisation organization outlet paper party
    police regiment service team union unit watchdog bank court report study statement""".split()
)
"""Roles of bodies, not of people: "he" does not go back to them."""

ANY_BODY = frozenset(
    """agency association body charity company firm group institute monitor newspaper organisation
    organization outlet paper study report team watchdog""".split()
)
"""Roles by which a text goes back to a body of whatever kind; "the ministry" is only one."""

HEDGED_CUES = frozenset(
    """assess assume believe calculate consider estimate expect fear forecast foresee hint imply
    predict project reckon speculate suggest suppose suspect think""".split()
)
"""Cues that make what they introduce probable and no more."""

HEDGE_ADVERBS = frozenset(
    """allegedly apparently arguably evidently likely presumably probably purportedly reportedly
    reputedly seemingly supposedly ostensibly unlikely""".split()
)
HEDGE_ADJECTIVES = frozenset(
    """alleged apparent believed estimated expected feared likely presumed projected purported
    reported rumoured rumored supposed suspected unconfirmed unlikely""".split()
)
HEDGE_VERBS = frozenset(
    "appear seem estimate expect believe think suspect presume fear anticipate project".split()
)
"""Verbs that hedge the clause they govern: "is expected to rise", "appears to have left"."""

HEDGE_NOUNS = frozenset(
    """indication sign report speculation suspicion rumour rumor likelihood expectation estimate
    fear hint suggestion""".split()
)
POSSIBLE_MODALS = frozenset("may might could can".split())
POSSIBLE_WORDS = frozenset("possible possibly perhaps maybe potentially possibility".split())

DOCUMENTS = frozenset(
    """account analysis article assessment audit bulletin charge check communique complaint data
    datum document estimate evidence figure filing finding forecast indictment information
    inspection intelligence interview investigation journal lawsuit letter memo note
    notice paper petition poll post press project projection record release report
    research review ruling statement statistic study suit survey testimony tweet update
    verdict video""".split()
)
"""What somebody issues: "Apple's statement said" has Apple for its source."""

PLATFORMS = frozenset(
    """X Twitter Telegram Facebook Instagram TikTok YouTube WhatsApp Weibo WeChat LinkedIn Bluesky
    Threads Mastodon Reddit Snapchat VKontakte VK Substack Discord Signal""".split()
)
PLATFORM_WORDS = frozenset("platform site app network channel".split())
OUTLET_WORDS = frozenset(
    """agency app broadcaster channel daily magazine network newscast newsletter newspaper outlet
    paper platform portal programme radio service site station tabloid website weekly""".split()
)
"""What stands before the name of somebody who passes things on: "the daily Orla"."""

MEDIA = frozenset("agency broadcaster medium media radio television tv".split())
"""Outlets by what they are: "told state television"."""
CARRYING = frozenset(
    """aired broadcast carried circulated cited distributed posted published quoted relayed
    shared""".split()
)
"""What somebody does with the words of another: "a statement carried by the agency"."""

ASSEMBLIES = frozenset(
    """Congress Parliament Senate House Council Court Commons Lords Assembly Duma Knesset
    Bundestag Committee Commission Cabinet Tribunal Judge Jury Inquiry Chamber Board Conference
    Summit""".split()
)
"""Those who are told things and do not pass them on."""

TITLES = frozenset(
    """acting admiral ambassador archbishop attorney baron baroness bishop brigadier captain
    chairman chairwoman chair chancellor chief col. colonel commander commissioner congressman
    congresswoman coordinator coroner councillor count detective deputy director doctor dr dr.
    economist envoy ex-president executive father foreign former general gen. governor gov.
    imam inspector interim interior judge justice king lady leader lieutenant lord lt. lt maj.
    major manager mayor minister mr mr. mrs mrs. ms ms. officer official owner pastor pope
    premier president prime prince princess principal prof. professor prosecutor queen rabbi
    rector rep. representative reverend rev. secretary sen. senator sergeant sgt. sheikh sheriff
    sir spokesman spokesperson spokeswoman striker coach captain goalkeeper superintendent
    treasurer vice""".split()
)

ROLES = frozenset(
    """activist agency aide ambassador analyst association authority body captain ceo chairman
    chairwoman charity chief coach commander commissioner company department diplomat director
    doctor economist envoy expert firm founder general governor government group insider
    institute investigator judge king lawmaker lawyer leader manager mayor military minister
    ministry monitor officer official operator organisation organization paper party player police
    politician premier president prosecutor regiment regulator representative researcher resident
    scientist secretary senator soldier source spokesman spokesperson spokeswoman striker
    survivor team union unit watchdog witness newspaper outlet bank service court surgeon
    professor teacher author report study
    statement winger midfielder defender forward skipper boss batsman bowler driver sprinter boxer
    jockey actor actress singer comedian author novelist artist presenter""".split()
)
"""Common nouns by which a text goes back to a source it has named: "the official added"."""

PEOPLE = frozenset(
    """adviser advisor aide analyst archaeologist architect astronomer attorney baker banker
    barrister biologist bishop bodyguard builder businessman businesswoman butcher
    campaigner carpenter chaplain chef chemist clerk colleague cook correspondent councillor
    counsellor critic dentist deputy developer diplomat doctor driver economist editor
    electrician employee engineer entrepreneur epidemiologist evacuee expert farmer father
    firefighter fisherman friend gardener geologist guard guide hairdresser headteacher
    historian hostage hunter insider inspector investor journalist juror labourer landlord
    lecturer librarian lifeguard mechanic medic merchant meteorologist midwife miner mother
    musician neighbor neighbour nurse organiser organizer owner painter paramedic passenger
    patient pensioner pharmacist photographer physician physicist pilot plumber policeman
    policewoman porter priest prisoner producer psychologist ranger refugee relative
    reporter rescuer retailer sailor seismologist shepherd shopkeeper sociologist specialist
    student surgeon survivor tailor teacher technician teenager tenant tourist trader
    trainer translator trustee vet veterinarian victim villager virologist volunteer waiter
    waitress warden weaver widow worker zoologist""".split()
)
"""What single people are called by what they do, beside the roles and titles."""

KIN = frozenset(
    """aunt brother cousin daughter fiance fiancee grandson granddaughter husband nephew niece
    sister son uncle wife widow widower""".split()
)
"""Whose somebody is."""

RELATIONS = frozenset(
    """mother father grandmother grandfather parent teenager pensioner veteran newcomer native
    newlywed millionaire billionaire defendant accused victim substitute debutant rookie
    incumbent challenger frontrunner candidate nominee democrat republican conservative
    socialist backbencher lawmaker congresswoman congressman""".split()
)
"""Nouns by which a text goes back to a person it has just named: "the mother of two said"."""

FORERUNNERS = frozenset(
    """agency body charity company firm group institute ministry monitor operator organisation
    organization union watchdog army military police newspaper""".split()
)
"""Bodies that a lead or headline names only by what they are, and the text by name later."""

NAMED_AFTER = {
    "army": frozenset("army forces military".split()),
    "military": frozenset("army forces military command".split()),
    "ministry": frozenset("ministry department office".split()),
    "newspaper": frozenset("times post news herald journal gazette daily".split()),
    "police": frozenset("police constabulary garda gendarmerie sheriff carabinieri".split()),
    "union": frozenset("union federation association workers".split()),
}
"""Words of which the name of a body has one, where a text first calls it only "police"."""

NEVER_SPEAKERS = frozenset(
    """he she it they i we me him her his its their them us you himself herself itself themselves
    myself yourself ourselves someone somebody anyone anybody everyone everybody
    something anything everything another one""".split()
)
"""What no claim is from."""

FEMALE = frozenset(
    """actress chairwoman councilwoman congresswoman daughter duchess girl lady mother mrs mrs. ms
    ms. mum niece princess queen saleswoman sister spokeswoman widow wife woman policewoman
    businesswoman grandmother aunt baroness""".split()
)
MALE = frozenset(
    """actor boy brother businessman chairman congressman councilman duke father fisherman
    grandfather husband imam king lord man mr mr. nephew policeman pope prince rabbi salesman sir
    son spokesman uncle widower""".split()
)

WORRIES = frozenset("concern fear worry hope risk danger chance doubt fact".split())
"""Nouns that frame a clause: "there are concerns that P" is as sure as P."""
OPINION = frozenset("think believe see know understand mean reckon suppose guess feel".split())
"""Verbs that only frame what somebody thinks: "I don't think P" denies P."""
HEARSAY = frozenset("say report allege understand rumour rumor claim think believe".split())
"""Passives that hedge what they govern: "is said to be"."""
RUMOUR_ADVERBS = frozenset("allegedly reportedly purportedly supposedly apparently".split())
UNSURE = frozenset("unclear uncertain unknown unsure doubtful".split())
HEDGED_OPINION = frozenset("think believe reckon suppose guess".split())
MEASURES = frozenset("figure number toll cost estimate total value loss damage count".split())
"""What is put at a figure: "places the toll at 40"."""
