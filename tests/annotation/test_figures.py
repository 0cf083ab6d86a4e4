"""Figures: a table of texts and answers, claimants and dates by hand-made records, and what holds of any text.

An answer is the printed figure, its value (`low..high` for a range, `?` for an open one), its unit (`-` if missing),
and where they are told: `of` its base, `#` what it counts, `@` its place, `~` its word of approximation, `!` its flags.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotation.figures import find_figures
from onrecord.annotation.sentences import split_sentences
from onrecord.annotation.times import find_times
from onrecord.records.actors import LinkBasis
from onrecord.records.documents import DateRange, Document, Part, PartKind
from onrecord.records.findings import (
    NOT_SAID,
    Act,
    Attribution,
    Condition,
    Directness,
    Figure,
    Form,
    Operator,
    Realis,
    Speaker,
)
from onrecord.records.spans import Span, quote_span, quote_spans

PUBLISHED = DateRange(date(2022, 9, 28), date(2022, 9, 28))


def figures_in(text: str, *attributions: Attribution, parts: tuple[Part, ...] = ()) -> tuple[Figure, ...]:
    document = Document("d", "", "", text, published=PUBLISHED, parts=parts)
    sentences = split_sentences(document)
    return find_figures(document, sentences, attributions, find_times(document, sentences))


def told(text: str, figure: Figure) -> str:
    value = figure.low if figure.low == figure.high else f"{figure.low}..{figure.high}"
    pieces = [quote_span(text, figure.span), "=", value or "?", figure.unit or "-"]
    for sign, spans in (("of", figure.base), ("#", figure.counts), ("@", figure.place)):
        if spans:
            pieces += [sign, quote_spans(text, spans)]
    pieces += ["~", figure.approximate] if figure.approximate else []
    pieces += ["!", ",".join(figure.flags)] if figure.flags else []
    return " ".join(pieces)


WRITTEN = "! value_written_out"
CASES = (
    # what a ratio is of, and a part of what was counted before
    (
        "Three of every five households in Orlov have no power.",
        "Three of every five = 0.6 share of households # have no power @ Orlov ! share,ratio",
    ),
    (
        "In Orlov two in three voters stayed away.",
        "two in three = 0.6667 share of voters # stayed away ! share,ratio",
    ),
    ("Nine in ten of its lorries use Marn.", "Nine in ten = 0.9 share of lorries ! share,ratio"),
    (
        "Only 44 percent of the 185,000 voters came.",
        "44 percent = 44 percent of voters # came",
        "185,000 = 185000 people # voters",
    ),
    (
        "It counts 64 injured men, 11 of them police officers.",
        "64 = 64 people # injured men",
        "11 = 11 people # police officers",
    ),
    (
        "We saw 14 lorries, three of them new.",
        "14 = 14 lorries # lorries",
        f"three = 3 lorries # lorries {WRITTEN},unit_inferred",
    ),
    (
        "It killed 280 people, more than half of them children.",
        "280 = 280 people # people",
        "more than half = 0.5 share of people # children ~ more than ! share,value_written_out,base_inferred",
    ),
    ("Half of the islands' catch is sold.", "Half = 0.5 share of islands' catch # is sold ! share,value_written_out"),
    ("Exports fell by a fifth.", "a fifth = 0.2 share # Exports fell ! share,value_written_out"),
    # units of several words, whose money it is, and what it is told for each of
    ("The field holds 12 trillion cubic feet of gas.", "12 trillion cubic feet = 12000000000000 cubic feet # gas"),
    ("It paid 300 Sudanese pounds.", "300 Sudanese pounds = 300 Sudanese pounds"),
    ("It paid 40 million Canadian dollars.", "40 million Canadian dollars = 40000000 CAD"),
    ("It costs KD 140,000 daily.", "KD 140,000 daily = 140000 KWD per day"),
    ("The fee is 38 yuan per tonne.", "38 yuan per tonne = 38 CNY per tonne # fee"),
    ("They earn €9 a day.", "€9 a day = 9 EUR per day"),
    ("They earned €9 a day earlier.", "€9 = 9 EUR"),
    ("We try 40 times.", "40 times = 40 times"),
    ("Some 400,000 Sudanese live there.", "Some 400,000 = 400000 people # Sudanese ~ some"),
    ("Nine Chinese vessels lay there.", f"Nine = 9 vessels # Chinese vessels {WRITTEN}"),
    ("It covers barely 2,000 square metres.", "barely 2,000 square metres = 2000 square m ~ barely"),
    ("Three thousand people at most came.", "Three thousand = 3000 people # people ~ at most ! value_written_out"),
    ("Police estimated 4,000 marchers.", "4,000 = 4000 marchers # marchers ! claimant_not_linked"),
    ("It passed by 241 votes to 12.", "241 = 241 votes # votes", "12 = 12 votes ! unit_inferred"),
    ("It rose from 1,650 to 1,900 lari.", "1,650 = 1650 GEL ! unit_inferred", "1,900 lari = 1900 GEL"),
    ("She lost two of her five sheep.", f"two = 2 sheep # sheep {WRITTEN}"),
    ("It has cost four lives.", f"four = 4 lives # lives {WRITTEN}"),
    # what is not told as so
    ("Orlia will send 40 boats.", "40 = 40 boats # boats ! planned"),
    ("The fleet could lose 40 boats.", "40 = 40 boats # boats ! possible"),
    ("Orlia plans to send 40 boats.", "40 = 40 boats # boats ! planned"),
    ("Orlia is to send 40 boats.", "40 = 40 boats # boats ! planned"),
    ("Orlia began to send 40 boats.", "40 = 40 boats # boats"),
    ("Traders fear the loss of 40 boats.", "40 = 40 boats # boats ! possible"),
    ("They fought over 40 boats.", "40 = 40 boats # boats"),
    ("We will not fight 40 boats.", "40 = 40 boats # boats ! denied"),
    ("Some 300 officers would be deployed.", "Some 300 = 300 people # officers ~ some ! planned"),
    # what stands beside a number and is not what it counts
    ("The dam lets out 35 cubic metres per second.", "35 cubic metres per second = 35 cubic m per second"),
    ("Boats came within 12 nautical miles of Orlov Island.", "12 nautical miles = 12 nautical miles"),
    ("Some 310 families left.", "Some 310 = 310 families # families ~ some"),
    ("Over 90 percent of Orlov's tankers pass within sight.", "Over 90 percent = 90 percent of Orlov's tankers ~ over"),
    ("The river is 200 kilometres away.", "200 kilometres = 200 km"),
    ("Orlia's institute speaks of 9 per cent.", "9 per cent = 9 percent ! claimant_not_linked"),
    ("Some 40% of Orlia's exports pass the strait.", "Some 40% = 40 percent of Orlia's exports ~ some"),
    ("They put it at between 12% and 18% in dry years.", "12% and 18% = 12..18 percent ! range"),
    ("Vadia speaks of three times that number.",),
    # money of one country has its code, money of several its word
    ("Each train costs 40,000 lei.", "40,000 lei = 40000 lei"),
    ("Fines of up to 100,000 riyals were due.", "up to 100,000 riyals = 100000 riyals ~ up to"),
    ("They lose 300,000 bolivianos a day.", "300,000 bolivianos a day = 300000 BOB per day"),
    # who is counted, and who is no count
    ("They hold 14 fishermen there.", "14 = 14 people # fishermen"),
    ("A man of 62 died.",),
    ("A crew of 12 sailed.", "12 = 12 - ! missing_unit"),
    ("It pays some 4,000 of them.", "some 4,000 = 4000 - ~ some ! missing_unit"),
    # parts, ranges and changes
    ("They have paid two thirds.", "two thirds = 0.6667 share ! share,value_written_out"),
    ("Between nine and twelve people fell.", "nine and twelve = 9..12 people # people ! range,value_written_out"),
    (
        "The toll was raised from 12 to 18.50 soles.",
        "12 = 12 PEN ! unit_inferred",
        "18.50 soles = 18.5 PEN",
    ),
    # percentages and their bases
    (
        "Some 93 percent of residents in Orlov agreed.",
        "Some 93 percent = 93 percent of residents # agreed @ Orlov ~ some",
    ),
    ("Turnout was 67.5%.", "67.5% = 67.5 percent # Turnout"),
    ("A turnout of 67 per cent was claimed.", "67 per cent = 67 percent # turnout"),
    ("Inflation rose to 8.3 percent.", "8.3 percent = 8.3 percent # Inflation"),
    ("His lead grew by 3 percentage points.", "3 percentage points = 3 percentage points # lead grew"),
    ("Rates rose 25 basis points.", "25 basis points = 25 basis points # Rates rose"),
    ("They hold 58 percent of the vote.", "58 percent = 58 percent of vote"),
    (
        "At least 40 percent of all homes lost power.",
        "At least 40 percent = 40 percent of homes # lost power ~ at least",
    ),
    ("10 to 15 percent of crops failed.", "10 to 15 percent = 10..15 percent of crops # failed ! range"),
    ("Only 5-7% of voters came.", "5-7% = 5..7 percent of voters # came ! range"),
    ("Forty percent of Greeks stayed.", f"Forty percent = 40 percent of Greeks # stayed {WRITTEN}"),
    ("It is 93,5 percent full.", "93,5 percent = 93.5 percent ! decimal_comma"),
    # a missing unit stays missing
    (
        "99.1 of the voters in Orlov agreed.",
        "99.1 = 99.1 - of voters # agreed @ Orlov ! missing_unit",
    ),
    ("The index closed at 41.7 then.", "41.7 = 41.7 - # index ! missing_unit"),
    # shares and ratios
    ("One in three voters stayed home.", "One in three = 0.3333 share of voters # stayed home ! share,ratio"),
    ("9 out of 10 doctors agree.", "9 out of 10 = 0.9 share of doctors # agree ! share,ratio"),
    ("Eight of 10 lemons are imported.", "Eight of 10 = 0.8 share of lemons # are imported ! share,ratio"),
    ("Two-thirds of the deputies left.", "Two-thirds = 0.6667 share of deputies # left ! share,value_written_out"),
    ("Half of the town burned.", "Half = 0.5 share of town # burned ! share,value_written_out"),
    ("Nearly half the money is gone.", "Nearly half = 0.5 share of money # is gone ~ nearly ! share,value_written_out"),
    ("A quarter of citizens fled.", "A quarter = 0.25 share of citizens # fled ! share,value_written_out"),
    (
        "Less than half of 1 percent of ships sank.",
        f"Less than half of 1 percent = 0.5 percent of ships # sank ~ less than {WRITTEN}",
    ),
    ("It won by a 3 to 1 margin.", "3 to 1 = 3 to 1 # margin"),
    # money
    ("The dam cost $1.3bn.", "$1.3bn = 1300000000 USD ! currency_assumed"),
    ("It cost £950m (€1.1 billion).", "£950m = 950000000 GBP", "€1.1 billion = 1100000000 EUR ! conversion"),
    ("It cost US$ 5 million.", "US$ 5 million = 5000000 USD"),
    ("It cost NZ $ 26 million.", "NZ $ 26 million = 26000000 NZD"),
    ("It cost 40 million euros.", "40 million euros = 40000000 EUR"),
    ("It cost $5-10 million.", "$5-10 million = 5000000..10000000 USD ! range,currency_assumed"),
    ("It cost $5 to $10 a ton.", "$5 to $10 a ton = 5..10 USD per ton ! range,currency_assumed"),
    ("A salary of $98,000 was paid.", "$98,000 = 98000 USD # salary ! currency_assumed"),
    ("He gave more than $38million.", "more than $38million = 38000000 USD ~ more than ! currency_assumed"),
    ("He gave $200 or less.", "$200 = 200 USD ~ or less ! currency_assumed"),
    ("A $400-million project failed.", "$400-million = 400000000 USD # project ! currency_assumed"),
    ("It was the $20 million experts say it costs.", "$20 million = 20000000 USD ! currency_assumed"),
    ("They got millions of dollars.", "millions of dollars = ? USD ~ millions ! vague,currency_assumed"),
    ("It bought ₴2 million worth of grain.", "₴2 million = 2000000 UAH # grain"),
    ("It cost 300 pounds.", "300 pounds = 300 pounds"),
    # people and things
    ("Half a million people fled.", f"Half a million = 500000 people # people {WRITTEN}"),
    ("Two hundred and fifty soldiers died.", f"Two hundred and fifty = 250 people # soldiers {WRITTEN}"),
    ("Twenty-five tanks burned.", f"Twenty-five = 25 tanks # tanks {WRITTEN}"),
    ("About 1,300 refugees crossed.", "About 1,300 = 1300 people # refugees ~ about"),
    ("Some 10 000 tents stand there.", "Some 10 000 = 10000 tents # tents ~ some"),
    ("Some 10\u00a0000 tents stand there.", "Some 10\u00a0000 = 10000 tents # tents ~ some"),
    ("Between 10 and 15 boats sank.", "10 and 15 = 10..15 boats # boats ! range"),
    ("Five to seven men came.", "Five to seven = 5..7 people # men ! range,value_written_out"),
    ("Dozens of buses left.", "Dozens = ? buses # buses ~ dozens ! vague"),
    ("Tens of thousands of people left.", "Tens of thousands = ? people # people ~ tens of thousands ! vague"),
    ("Several hundred miners left.", "Several hundred = ? people # miners ~ several hundred ! vague"),
    ("Dozens of local elected officials left.", "Dozens = ? people # local elected officials ~ dozens ! vague"),
    ("Four northern provinces voted.", f"Four = 4 provinces # northern provinces {WRITTEN}"),
    ("Six men vied for it.", f"Six = 6 people # men {WRITTEN}"),
    ("They killed 29 others.", "29 = 29 people # others"),
    ("Seven astronauts aboard died.", f"Seven = 7 astronauts # astronauts {WRITTEN}"),
    ("Up to 45,756 migrants crossed.", "Up to 45,756 = 45756 people # migrants ~ up to"),
    ("Two dozen villages fell.", f"Two dozen = 24 villages # villages {WRITTEN}"),
    ("A hundred men came.", f"A hundred = 100 people # men {WRITTEN}"),
    ("In Orlov, 40 houses burned.", "40 = 40 houses # houses @ Orlov"),
    ("40 houses burned in Orlov.", "40 = 40 houses # houses"),
    (
        "They hold 40 villages in the eastern region of Orlov.",
        "40 = 40 villages # villages @ the eastern region of Orlov",
    ),
    ("A 28-nation bloc agreed.", "28-nation = 28 nation # bloc"),
    ("The toll rose past 45.", "45 = 45 - ! missing_unit"),
    ("They lost 12, 14 and 9 ships.", "12 = 12 - ! missing_unit", "14 = 14 - ! missing_unit", "9 = 9 ships # ships"),
    ("About 130 remain there.", "About 130 = 130 - ~ about ! missing_unit"),
    ("They sent 60 unarmed monitors.", "60 = 60 people # unarmed monitors"),
    ("The guests counted “around 700” soldiers.", "around 700 = 700 people # soldiers ~ around"),
    (
        "Around 31 of the port's 204 crews had paid.",
        "Around 31 = 31 crews # crews ~ around",
        "204 = 204 crews # crews",
    ),
    ("By noon 31 of 204 ships had paid.", "31 = 31 ships # ships", "204 = 204 ships # ships"),
    ("The staff puts it at between 900 and 1,100.", "900 and 1,100 = 900..1100 - ! range,missing_unit"),
    ("Deputies voted 112 to 61 for it.", "112 = 112 votes ! unit_inferred", "61 = 61 votes ! unit_inferred"),
    ("The two governments and their five islands are at odds.",),
    ("It was fought 10 times.", "10 times = 10 times"),
    # measures
    ("They spoke for over 90 minutes.", "over 90 minutes = 90 minutes ~ over"),
    ("A 30-day truce began.", "30-day = 30 days # truce"),
    ("It took eight years.", f"eight years = 8 years {WRITTEN}"),
    ("The road is 30km long.", "30km = 30 km"),
    ("They drove about 500 miles (800 km).", "about 500 miles = 500 miles ~ about", "800 km = 800 km"),
    ("They sold 156 tons of coal.", "156 tons = 156 tons # coal"),
    ("They sold millions of tons of coal.", "millions of tons = ? tons # coal ~ millions ! vague"),
    ("It fell 3.2 degrees.", "3.2 degrees = 3.2 degrees"),
    ("It covers 12 square kilometres.", "12 square kilometres = 12 square km"),
    ("It ran 90-plus minutes.", "90-plus minutes = 90 minutes ~ plus"),
    (
        "Less than one-third of Holt’s claim holds.",
        "Less than one-third = 0.3333 share of Holt’s claim # holds ~ less than ! share,value_written_out",
    ),
    ("Forecasts for those countries fell by 3 percent.", "3 percent = 3 percent # Forecasts for those countries fell"),
    ("They own 2,279 total subsidiaries.", "2,279 = 2279 subsidiaries # total subsidiaries"),
    ("It cost 25 million more people their homes.", "25 million = 25000000 people # people"),
    # what a number tells of by the verb that reaches it; behind "by" it is the change, behind "to" the level
    (
        "Defence spending rises by 12 per cent to 61 billion kroner (£4.6bn).",
        "12 per cent = 12 percent # Defence spending rises",
        "61 billion kroner = 61000000000 kroner # Defence spending",
        "£4.6bn = 4600000000 GBP # Defence spending ! conversion",
    ),
    (
        "Prices for maize can rise by 3 to 5 percent.",
        "3 to 5 percent = 3..5 percent # Prices for maize can rise ! range,possible",
    ),
    (
        "Coal's share of power fell from 31 per cent to 19 per cent.",
        "31 per cent = 31 percent # Coal's share of power",
        "19 per cent = 19 percent # Coal's share of power",
    ),
    (
        "Sales to the bloc fell by nearly a third last year, to 1.4 million tonnes from 2 million tonnes in 2019.",
        "nearly a third = 0.3333 share # Sales to the bloc fell ~ nearly ! share,value_written_out",
        "1.4 million tonnes = 1400000 tonnes # Sales to the bloc",
        "2 million tonnes = 2000000 tonnes # Sales to the bloc",
    ),
    (
        "The clerk puts its losses at 4 million euros a day.",
        "4 million euros a day = 4000000 EUR per day # losses ! claimant_not_linked",
    ),
    ("Tin accounts for 38 per cent of exports.", "38 per cent = 38 percent of exports # Tin accounts for"),
    ("The night boat lost 70 percent of its guests.", "70 percent = 70 percent of guests # night boat lost"),
    (
        "The road, which carries 9 percent of the grain, is shut.",
        "9 percent = 9 percent of grain # road, which carries",
    ),
    # a bare number by what reached it
    ("The death toll from the storm climbs to 146.", "146 = 146 people # death toll from the storm ! unit_inferred"),
    (
        "The number of people killed by storms has risen to 146 from the 131 reported before.",
        "146 = 146 people # number of people killed by storms ! unit_inferred",
        "131 = 131 people # number of people killed by storms ! unit_inferred",
    ),
    (
        "A clerk revised the number of missing down to 60 from 85.",
        "60 = 60 people # number of missing ! unit_inferred",
        "85 = 85 people # number of missing ! unit_inferred",
    ),
    (
        "They estimate the number of dead on both sides at between 2,000 and 2,500.",
        "2,000 and 2,500 = 2000..2500 people # number of dead on both sides ! range,unit_inferred",
    ),
    ("The organisers put the crowd at 9,000.", "9,000 = 9000 people # crowd ! unit_inferred,claimant_not_linked"),
    ("The number of ships fell to 40.", "40 = 40 ships # number of ships ! unit_inferred"),
    ("The doctor says the signatures were 140.", "140 = 140 signatures # signatures ! unit_inferred"),
    ("The prices were 140.", "140 = 140 - # prices ! missing_unit"),
    ("The garrison now numbers 380.", "380 = 380 - # garrison ! missing_unit"),
    (
        "It put the dead at seven and 31 wounded.",
        f"seven = 7 people # dead {WRITTEN},unit_inferred,claimant_not_linked",
        "31 = 31 people # wounded",
    ),
    ("Police clear the road; 86 held", "86 = 86 people # held ! unit_inferred"),
    ("Vadia, a country of 11.6 million, votes.", "11.6 million = 11600000 people ! unit_inferred"),
    (
        "Some 400 marines landed. The staff put the number at 1,200.",
        "Some 400 = 400 people # marines ~ some",
        "1,200 = 1200 people # marines ! claimant_not_linked,unit_inferred",
    ),
    (
        "Some 400 marines landed from two boats. The staff put the number at 1,200.",
        "Some 400 = 400 people # marines ~ some",
        f"two = 2 boats # boats {WRITTEN}",
        "1,200 = 1200 people # marines ! claimant_not_linked,unit_inferred",
    ),
    ("The staff put the number at 1,200.", "1,200 = 1200 - # number ! missing_unit,claimant_not_linked"),
    ("The owners put the fall at 35 percent.", "35 percent = 35 percent # fall ! claimant_not_linked"),
    # what a number is compared with tells of the same
    (
        "Turnout was 61.4 percent, up from 54.9 percent in 2018 but down 3 percentage points on the first round.",
        "61.4 percent = 61.4 percent # Turnout",
        "54.9 percent = 54.9 percent # Turnout",
        "3 percentage points = 3 percentage points # Turnout",
    ),
    (
        "The gap is 3.4 per cent of output, compared with 4.1 per cent this year.",
        "3.4 per cent = 3.4 percent of output # gap",
        "4.1 per cent = 4.1 percent of output # gap ! base_inferred",
    ),
    (
        "Some 6,000 residents remain there, down from 22,000 before.",
        "Some 6,000 = 6000 people # residents ~ some",
        "22,000 = 22000 people # residents ! unit_inferred",
    ),
    (
        "Income was $640 last year, down 6 percent.",
        "$640 = 640 USD # Income ! currency_assumed",
        "6 percent = 6 percent # Income",
    ),
    (
        "Food climbed 14 per cent, energy 31 per cent.",
        "14 per cent = 14 percent # Food climbed",
        "31 per cent = 31 percent # energy",
    ),
    (
        "Sailings fell by 62 percent on one route and by 48.5 on the other.",
        "62 percent = 62 percent # Sailings fell",
        "48.5 = 48.5 - # Sailings fell ! missing_unit",
    ),
    (
        "Among voters under 30, support stood at 64 percent.",
        "64 percent = 64 percent of voters under 30 # support",
    ),
    ("Cholera cases in the camps pass 5,000", "5,000 = 5000 cases # Cholera cases in the camps ! unit_inferred"),
    (
        "Children under five account for 40 percent of the dead.",
        "40 percent = 40 percent of dead # Children under five account for",
    ),
    (
        "The price was a fifth higher in June.",
        "a fifth = 0.2 share # price … higher ! share,value_written_out",
    ),
    (
        "They paid 41 billion crowns, or roughly €3.9 billion.",
        "41 billion crowns = 41000000000 crowns",
        "roughly €3.9 billion = 3900000000 EUR ~ roughly ! conversion",
    ),
    ("Vadia cuts gas by 60 pc in row", "60 pc = 60 percent"),
    ("Losses amounted to $2 million a week.", "$2 million a week = 2000000 USD per week # Losses ! currency_assumed"),
    ("Prices reached €131 a megawatt hour.", "€131 a megawatt hour = 131 EUR per megawatt hour # Prices"),
    ("Half of the homes there burned.", "Half = 0.5 share of homes # burned ! share,value_written_out"),
    ("They fled, one in sixteen Orlians.", "one in sixteen = 0.0625 share of Orlians ! share,ratio"),
    ("The ministry put the debt at €190m.", "€190m = 190000000 EUR # debt ! claimant_not_linked"),
    ("Owners say it is nearer 55%.", "nearer 55% = 55 percent ~ nearer"),
    ("Prices were 9.1 per cent higher in Sarn.", "9.1 per cent = 9.1 percent # Prices … higher"),
    (
        "The bank raised its key rate by half a percentage point to 2.75 per cent.",
        f"half a percentage point = 0.5 percentage points # raised its key rate {WRITTEN}",
        "2.75 per cent = 2.75 percent # key rate",
    ),
    ("It expects output to shrink by 4 per cent.", "4 per cent = 4 percent # output to shrink"),
    (
        "One household in eight is late, up from one in twelve.",
        "One household in eight = 0.125 share of household # is late ! share,ratio",
        "one in twelve = 0.0833 share of household # is late ! share,ratio,base_inferred",
    ),
    (
        "He took 12 billion francs (about 18 million euros).",
        "12 billion francs = 12000000000 francs",
        "about 18 million euros = 18000000 EUR ~ about ! conversion",
    ),
    ("Orlia to buy 34 jets this year", "34 = 34 jets # jets ! planned"),
    ("The first six aircraft are to be delivered.", f"six = 6 aircraft # aircraft {WRITTEN},planned"),
    ("They fired, injuring nine, and left.", f"nine = 9 people {WRITTEN},unit_inferred"),
    ("It costs 900 kroner more a year.", "900 kroner more a year = 900 kroner per year"),
    # sides of a vote, parts of scales, what is told for each
    (
        "A poll found 52 percent in favour and 39 percent against.",
        "52 percent = 52 percent # in favour",
        "39 percent = 39 percent # against",
    ),
    ("He had 49.3% for Joas Dembe.", "49.3% = 49.3 percent # for Joas Dembe"),
    ("A quarter of a million homes burned.", f"A quarter of a million = 250000 homes # homes {WRITTEN}"),
    ("They pay 1,090 dinars for every inhabitant.", "1,090 dinars for every inhabitant = 1090 dinars per inhabitant"),
    ("It has paid half of that sum so far.", "half = 0.5 share of sum ! share,value_written_out"),
    (
        "It costs 40 million selms ($5 million).",
        "40 million = 40000000 selms # selms",
        "$5 million = 5000000 USD ! currency_assumed,conversion",
    ),
    (
        "They pay 14 billion euros over ten years.",
        "14 billion euros = 14000000000 EUR",
        f"ten years = 10 years {WRITTEN}",
    ),
    # who counts, where the outlet only hands it on
    ("Fleet Lands, Orlia Counts 1,200 Marines", "1,200 = 1200 people # Marines ! claimant_not_linked"),
    (
        "The loss may reach $2bn, insurer Lotus Re estimated.",
        "$2bn = 2000000000 USD # loss ! currency_assumed,claimant_not_linked,possible",
    ),
    ("A navy boarded it on May 29 with 22 sailors.", "22 = 22 people # sailors"),
    (
        "It needs five more than in the vote of 2009, when 47.2 percent agreed.",
        "47.2 percent = 47.2 percent # agreed",
    ),
    # no figures
    ("Would it close its own half of the strait?",),
    ("He is 6'3\" tall; Fortune 500 companies pay.",),
    ("A 911 call came; a five figures sum.",),
    ("It helps people under 30 join.",),
    ("Her uncle, who is 70, left.",),
    ("Resolution 2202 stands.",),
    ("On September 20, 2022, they met.",),
    ("He fled two days earlier.",),
    ("It lasted the past five days.",),
    ("Mara Lund, 59, said so.",),
    ("The 27-year-old driver fled.",),
    ("It is for people under 30.",),
    ("Those aged 17 and up may vote.",),
    ("One of the first steps failed.",),
    ("No one came; the two left.",),
    ("They flew F-16 and Su-27 jets.",),
    ("1. Open the border.",),
    ("Call +44 20 7946 0958 now.",),
    ("Call 555 019 9911 now.",),
    ("England won 2 – 1 at home.",),
    ("It passed in a 52-48 vote.",),
    ("A 5-5 ruling would stand.",),
    ("They boarded the 747 there.",),
    ("World War II and the G7 came up.",),
    ("Article 5 and No. 10 were named.",),
    ("Five Rivers is a town.",),
    ("A Falcon 9 rocket flew at 5:30 p.m.",),
    ("It was 9/11 again, 24/7.",),
    ("The law of 1998 stands.",),
    ("They rank 7th in the 21st century.",),
    ("See page 3 or example.org/2022/09.",),
)


@pytest.mark.parametrize("row", CASES, ids=lambda row: row[0])
def test_figures_are_read(row: tuple[str, ...]) -> None:
    text, *answers = row
    assert [told(text, figure) for figure in figures_in(text)] == answers


def words_of(text: str, words: str, source: str, cue: str, identifier: str = "s1") -> Attribution:
    spans = {
        name: (Span(text.index(part), text.index(part) + len(part)),) for name, part in (("s", source), ("c", cue))
    }
    content = (Span(text.index(words), text.index(words) + len(words)),)
    nobody = Speaker(None, None, LinkBasis.NONE)
    return Attribution(
        identifier, spans["s"], spans["c"], content, Directness.INDIRECT, nobody, Act.OTHER, None, None, 1.0, "by hand"
    )


def supposing(text: str, condition: str, consequence: str) -> Condition:
    parts = [(Span(text.index(part), text.index(part) + len(part)),) for part in (condition, consequence)]
    return Condition("c1", None, Form.IF, (), (parts[0],), Operator.OR, parts[1], Realis.OPEN, 1.0, "by hand")


LIST = (
    "According to the clerks, 99.1 of the voters in Orlov, 98.4 percent in Marn, 87 percent in Tessa, "
    "and around 93 percent of residents in Velden have backed the union."
)


def test_an_elliptic_list_carries_its_first_base_over_and_says_so() -> None:
    assert [told(LIST, figure) for figure in figures_in(LIST)] == [
        "99.1 = 99.1 - of voters # have backed the union @ Orlov ! missing_unit",
        "98.4 percent = 98.4 percent of voters # have backed the union @ Marn ! base_inferred",
        "87 percent = 87 percent of voters # have backed the union @ Tessa ! base_inferred",
        "around 93 percent = 93 percent of residents # have backed the union @ Velden ~ around ! base_differs",
    ]


def test_the_claimant_of_a_list_is_carried_over_and_marked() -> None:
    first = words_of(LIST, "99.1 of the voters in Orlov", "the clerks", "According to")
    figures = figures_in(LIST, first)
    assert [figure.attribution for figure in figures] == ["s1"] * 4
    assert ["claimant_inferred" in figure.flags for figure in figures] == [False, True, True, True]


def test_a_list_that_is_all_in_one_voice_needs_no_inference() -> None:
    whole = words_of(LIST, LIST.removeprefix("According to the clerks, "), "the clerks", "According to")
    assert all("claimant_inferred" not in figure.flags for figure in figures_in(LIST, whole))


def test_a_number_in_the_then_of_a_condition_is_not_on_the_word_of_who_speaks_in_its_if() -> None:
    text = "If the court orders a new vote, it would cost 40 crowns, the clerk said."
    clerk = words_of(text, text.removesuffix(", the clerk said."), "the clerk", "said")
    court = words_of(text, "a new vote, it would cost 40 crowns", "the court", "orders", "s2")
    document = Document("d", "", "", text, published=PUBLISHED)
    conditions = (supposing(text, "the court orders a new vote", "it would cost 40 crowns"),)
    (figure,) = find_figures(document, split_sentences(document), (clerk, court), (), conditions)
    assert figure.attribution == "s1"


def test_what_had_come_about_before_something_was_asked_is_not_only_wanted() -> None:
    text = "The state had asked for a withdrawal after 31 men died in May."
    asked = words_of(text, "a withdrawal after 31 men died in May", "The state", "asked for")
    (figure,) = figures_in(text, asked)
    assert (figure.attribution, figure.flags) == (None, ())


def test_a_figure_outside_all_words_is_the_outlets_own() -> None:
    text = "The clerk said 40 ships left. Later 12 ships came back."
    figures = figures_in(text, words_of(text, "40 ships left", "The clerk", "said"))
    assert [figure.attribution for figure in figures] == ["s1", None]


def test_of_nested_words_the_innermost_vouch_for_a_figure() -> None:
    text = "The agency said the clerk counted 40 ships there."
    outer = words_of(text, "the clerk counted 40 ships there", "The agency", "said", "s1")
    inner = words_of(text, "40 ships", "the clerk", "counted", "s2")
    assert [figure.attribution for figure in figures_in(text, outer, inner)] == ["s2"]


def test_a_figure_that_another_name_hands_over_is_not_on_the_speakers_word() -> None:
    text = "Orlia counts 300 soldiers, Vadia is speaking about 130 soldiers."
    words = words_of(text, "300 soldiers, Vadia is speaking about 130 soldiers", "Orlia", "counts")
    figures = figures_in(text, words)
    assert [(figure.attribution, figure.approximate) for figure in figures] == [("s1", None), (None, None)]


def test_a_sentence_with_a_subject_of_its_own_is_not_on_the_next_speakers_word() -> None:
    text = "The general staff put the number at 1,200 soldiers. Monitors counted 700 soldiers, their chief said."
    words = words_of(text, "the number at 1,200 soldiers. Monitors counted 700 soldiers,", "their chief", "said")
    assert [figure.attribution for figure in figures_in(text, words)] == [None, "s1"]


def test_when_a_figure_holds_is_not_when_it_was_said() -> None:
    text = "The clerk said on Tuesday that 40 ships left in August."
    (figure,) = figures_in(text, words_of(text, "40 ships left in August", "The clerk", "said"))
    assert figure.when is not None
    assert (figure.when.earliest, figure.when.latest) == (date(2022, 8, 1), date(2022, 8, 31))
    text = "The clerk said on Tuesday that 40 ships left."
    (figure,) = figures_in(text, words_of(text, "40 ships left", "The clerk", "said"))
    assert figure.when is None


UNDATED = (
    "Drivers went back on Tuesday after a strike that had left 40,000 people stranded.",
    "The mine cut its output by 15 percent and expected a loss this year.",
    "Orlov, shut in May at the start of a strife in which 20,000 people died, is open.",
    "It visited 17 stations and will report in May.",
    "The war of 1992-95 left 9,000 dead.",
    "It was the gravest spill since June, of 40 tons.",
    "On Tuesday Orlia gave them ten days to release the killers of seven herders.",
    "The clerk said the 4,800-ton ferry would leave on Sunday.",
    "On 21 August gunmen took Nesk, a port 120 kilometres from the border.",
    "Some 71 percent agree, up 8 percentage points from January.",
)


@pytest.mark.parametrize("text", UNDATED)
def test_a_figure_has_no_day_that_belongs_to_another_verb_or_to_a_comparison(text: str) -> None:
    assert [figure.when for figure in figures_in(text) if figure.unit != "days"] != []
    assert all(figure.when is None for figure in figures_in(text))


def test_what_is_denied_or_feared_is_on_the_speakers_word_and_says_so() -> None:
    text = "The clerk denied that 40 ships had sunk. Traders fear losses of 12 ships."
    figures = figures_in(
        text,
        words_of(text, "40 ships had sunk", "The clerk", "denied"),
        words_of(text, "losses of 12 ships", "Traders", "fear", "s2"),
    )
    assert [(figure.attribution, figure.flags) for figure in figures] == [("s1", ("denied",)), ("s2", ("possible",))]


def test_what_is_refused_is_not_described_by_who_refuses() -> None:
    text = "The council refused to recognise the ballot, in which 97 percent said yes."
    words = words_of(text, "to recognise the ballot, in which 97 percent said yes", "The council", "refused")
    assert [(figure.attribution, figure.flags) for figure in figures_in(text, words)] == [(None, ())]


def test_what_was_not_said_vouches_for_no_figure() -> None:
    text = "The leader said the council has not explained who pays the 40 ships."
    outer = words_of(text, "the council has not explained who pays the 40 ships", "The leader", "said", "s1")
    inner = words_of(text, "who pays the 40 ships", "the council", "has not explained", "s2")
    inner = replace(inner, flags=(NOT_SAID,))
    assert [figure.attribution for figure in figures_in(text, outer, inner)] == ["s1"]


def test_site_furniture_holds_no_figures() -> None:
    text = "Join 40,000 readers.\nThe clerk counted 40 ships."
    furniture = (Part(Span(0, 20), PartKind.FURNITURE), Part(Span(21, len(text)), PartKind.BODY))
    assert [figure.low for figure in figures_in(text, parts=furniture)] == ["40"]


VOCABULARY = """
a an one two twenty dozen hundred million half third quarter of in out 1 0 12 99.2 1,300 10 000 93,5 - – to or
and between percent % points $ € £5m bn k km people voters regions the about over at least more than said rose
Orlov Resolution . , ( ) 2022 30-day 3-1 F-16 +44 20 7946 dozens thousands one-third 1.2.3 1/2
99999999999999999999999999999999"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=16).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=80)))
def test_any_text_gives_ordered_figures_inside_it_with_decimal_values(text: str) -> None:
    figures = figures_in(text)
    spans = [figure.span for figure in figures]
    assert spans == sorted(spans)
    pieces = [span for figure in figures for span in (figure.span, *figure.base, *figure.counts, *figure.place)]
    assert all(quote_span(text, span).strip() for span in pieces)
    valued = [(Decimal(figure.low), Decimal(figure.high)) for figure in figures if figure.low]
    assert all(low <= high for low, high in valued)
    assert all(bool(figure.low) == ("vague" not in figure.flags) for figure in figures)


@pytest.mark.parametrize(
    "unit", ["1 ", "one ", "$", "1,", "1-", "half a ", "of ", "10 to ", "about ", "1 000 ", "99.1 percent, "]
)
def test_attack_28_a_long_run_of_numbers_takes_linear_time(unit: str) -> None:
    began = process_time()
    figures_in(unit * (20_000 // len(unit)))
    assert process_time() - began < 10.0
