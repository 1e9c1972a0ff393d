"""Countries under all the words that stand for them: their own names, demonyms, capitals.

Newspapers write "Moscow", "the Kremlin" and "Russian" for one state; a check of names has to
know that none of them brings in somebody new.
"""

from __future__ import annotations

from functools import cache

_COUNTRIES = """
Afghanistan: Afghan Afghans | Kabul
Albania: Albanian Albanians | Tirana
Algeria: Algerian Algerians | Algiers
Argentina: Argentine Argentines Argentinian Argentinians | Buenos_Aires
Armenia: Armenian Armenians | Yerevan
Australia: Australian Australians Aussie | Canberra
Austria: Austrian Austrians | Vienna
Azerbaijan: Azerbaijani Azeri Azerbaijanis | Baku
Bahrain: Bahraini Bahrainis | Manama
Bangladesh: Bangladeshi Bangladeshis | Dhaka
Belarus: Belarusian Belarusians | Minsk
Belgium: Belgian Belgians
Bolivia: Bolivian Bolivians
Bosnia: Bosnian Bosnians Bosnia_and_Herzegovina | Sarajevo
Brazil: Brazilian Brazilians | Brasilia
Britain: British Briton Britons UK U.K. Great_Britain | United_Kingdom Downing_Street Whitehall
Bulgaria: Bulgarian Bulgarians | Sofia
Cambodia: Cambodian Cambodians | Phnom_Penh
Cameroon: Cameroonian Cameroonians
Canada: Canadian Canadians | Ottawa
Chad: Chadian Chadians
Chile: Chilean Chileans | Santiago
China: Chinese PRC | Beijing
Colombia: Colombian Colombians | Bogota
Croatia: Croatian Croatians Croat Croats | Zagreb
Cuba: Cuban Cubans | Havana
Cyprus: Cypriot Cypriots | Nicosia
Czech_Republic: Czech Czechs Czechia | Prague
Denmark: Danish Dane Danes | Copenhagen
Ecuador: Ecuadorian Ecuadorians | Quito
Egypt: Egyptian Egyptians | Cairo
England: English Englishman Englishmen Englishwoman
Estonia: Estonian Estonians | Tallinn
Ethiopia: Ethiopian Ethiopians | Addis_Ababa
Europe: European Europeans
European_Union: EU E.U.
Finland: Finnish Finn Finns | Helsinki
France: French Frenchman Frenchmen | Paris Elysee
Georgia: Georgian Georgians | Tbilisi
Germany: German Germans | Berlin
Ghana: Ghanaian Ghanaians | Accra
Greece: Greek Greeks | Athens
Haiti: Haitian Haitians | Port-au-Prince
Hungary: Hungarian Hungarians | Budapest
Iceland: Icelandic Icelander Icelanders | Reykjavik
India: Indian Indians | New_Delhi Delhi
Indonesia: Indonesian Indonesians | Jakarta
Iran: Iranian Iranians | Tehran Teheran
Iraq: Iraqi Iraqis | Baghdad
Ireland: Irish Irishman Irishmen | Dublin
Israel: Israeli Israelis | Jerusalem
Italy: Italian Italians | Rome
Jamaica: Jamaican Jamaicans | Kingston
Japan: Japanese | Tokyo
Jordan: Jordanian Jordanians | Amman
Kazakhstan: Kazakh Kazakhs | Astana
Kenya: Kenyan Kenyans | Nairobi
Kosovo: Kosovan Kosovar Kosovars | Pristina
Kuwait: Kuwaiti Kuwaitis
Latvia: Latvian Latvians | Riga
Lebanon: Lebanese | Beirut
Libya: Libyan Libyans | Tripoli
Lithuania: Lithuanian Lithuanians | Vilnius
Malaysia: Malaysian Malaysians | Kuala_Lumpur
Mali: Malian Malians | Bamako
Mexico: Mexican Mexicans | Mexico_City
Moldova: Moldovan Moldovans | Chisinau
Mongolia: Mongolian Mongolians
Morocco: Moroccan Moroccans | Rabat
Mozambique: Mozambican Mozambicans | Maputo
Myanmar: Burma Burmese | Naypyidaw
Nepal: Nepalese Nepali | Kathmandu
Netherlands: Dutch Dutchman Holland | Hague The_Hague
New_Zealand:  | New_Zealander New_Zealanders Wellington
Nigeria: Nigerian Nigerians | Abuja
North_Korea: North_Korean North_Koreans DPRK | Pyongyang
Northern_Ireland: Northern_Irish | Stormont
Norway: Norwegian Norwegians | Oslo
Oman: Omani Omanis | Muscat
Pakistan: Pakistani Pakistanis | Islamabad
Palestine: Palestinian Palestinians
Peru: Peruvian Peruvians | Lima
Philippines: Philippine Filipino Filipinos | Manila
Poland: Polish Pole Poles | Warsaw
Portugal: Portuguese | Lisbon
Qatar: Qatari Qataris | Doha
Romania: Romanian Romanians | Bucharest
Russia: Russian Russians Russian_Federation | Moscow Kremlin
Rwanda: Rwandan Rwandans | Kigali
Saudi_Arabia: Saudi Saudis Saudi_Arabian | Riyadh
Scotland: Scottish Scot Scots Scotsman | Holyrood
Senegal: Senegalese | Dakar
Serbia: Serbian Serbians Serb Serbs | Belgrade
Singapore: Singaporean Singaporeans
Slovakia: Slovak Slovaks Slovakian | Bratislava
Slovenia: Slovenian Slovenians Slovene | Ljubljana
Somalia: Somali Somalis | Mogadishu
South_Africa: South_African South_Africans | Pretoria
South_Korea: South_Korean South_Koreans ROK | Seoul
South_Sudan: South_Sudanese | Juba
Spain: Spanish Spaniard Spaniards | Madrid
Sri_Lanka:  | Sri_Lankan Sri_Lankans Colombo
Sudan: Sudanese | Khartoum
Sweden: Swedish Swede Swedes | Stockholm
Switzerland: Swiss | Bern
Syria: Syrian Syrians | Damascus
Taiwan: Taiwanese | Taipei
Tanzania: Tanzanian Tanzanians | Dodoma
Thailand: Thai Thais | Bangkok
Tunisia: Tunisian Tunisians | Tunis
Turkey: Turkish Turk Turks Turkiye | Ankara
Uganda: Ugandan Ugandans | Kampala
Ukraine: Ukrainian Ukrainians | Kyiv Kiev
United_Arab_Emirates: UAE U.A.E. Emirati Emiratis | Abu_Dhabi
United_Nations: UN U.N.
United_States: US U.S. USA U.S.A. America American Americans United_States_of_America | Washington
Uruguay: Uruguayan Uruguayans | Montevideo
Uzbekistan: Uzbek Uzbeks | Tashkent
Venezuela: Venezuelan Venezuelans | Caracas
Vietnam: Vietnamese | Hanoi
Wales: Welsh Welshman | Cardiff
Yemen: Yemeni Yemenis | Sanaa
Zambia: Zambian Zambians | Lusaka
Zimbabwe: Zimbabwean Zimbabweans | Harare
"""
"""A line: country, its other names and demonyms, and after the bar its seats of government."""


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Each word, lower case, to its country: own names and demonyms, then seats of government."""
    names: dict[str, str] = {}
    seats: dict[str, str] = {}
    for line in _COUNTRIES.strip().splitlines():
        country, words = line.split(":")
        own, _, capitals = words.partition("|")
        key = country.replace("_", " ")
        for word in (country, *own.split()):
            names[word.replace("_", " ").lower()] = key
        for word in capitals.split():
            seats[word.replace("_", " ").lower()] = key
    return names, seats


def _bare(name: str) -> str:
    return name.strip().removeprefix("the ").removeprefix("The ").lower()


def nation_of(name: str) -> str | None:
    """The country that a country's name or a demonym stands for; None for any other name."""
    return _tables()[0].get(_bare(name))


def country_of(name: str) -> str | None:
    """As `nation_of`, and a seat of government ("Moscow", "the Kremlin") for its country."""
    return nation_of(name) or _tables()[1].get(_bare(name))
