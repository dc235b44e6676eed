"""Every action of the app, once: its keys, its Dutch words and where it works. Keys, footer, palette and help read it.

A chord (ctrl with a letter) means one thing everywhere and works while somebody types; a single letter belongs to the
scope that has the focus and never to a text. Nothing here needs a function key or alt alone.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding, BindingType


class Action(NamedTuple):
    """Something a user can do. The method `action_<id>` of the widget or screen with this scope does it."""

    id: str
    keys: str
    title: str
    "As in the footer and the palette."
    help: str
    "One sentence for the help screen."
    scope: str
    footer: bool = True


SCOPES: dict[str, str] = {
    # scope: heading in the help
    "app": "Overal",
    "help": "Hulp",
    "instruments": "Instrumenten",
    "settings": "Instellingen",
    "check": "Datamap nakijken",
    "importing": "Tabel overnemen",
    "start": "Beginscherm",
    "organisation": "Organisatie",
    "people_of": "Mensen van een organisatie",
    "students": "Studenten",
    "student": "Een student",
    "group": "Een groep studenten",
    "programmes": "Opleidingen",
    "programme": "Een opleiding",
    "ladder": "Ladder",
    "coverage": "Dekking",
    "workplaces": "Praktijkleerplekken",
    "workplace": "Een praktijkleerplek",
    "measurement": "Een meting",
    "steps": "Een meting, in de lijst met stappen",
    "rows": "Een lijst om in te vullen",
    "participants": "Deelnemers",
    "verdict": "Oordeel",
    "evidence": "Bewijs en bronnen",
    "notes": "Teksten per item",
    "score": "Zelf scoren",
    "interview": "Interview",
    "questions": "Interview, in de lijst met vragen",
    "consensus": "Scores naast elkaar",
    "report": "Verslag",
    "compare": "Vergelijken",
    "timeline": "Tijdlijn met twee instrumenten",
    "organisations_compared": "Organisaties vergelijken",
}
"""Where actions work. A pane adds its own scope under `measurement`."""

INSIDE: dict[str, str] = {
    "help": "app",
    "instruments": "app",
    "settings": "app",
    "check": "app",
    "importing": "app",
    "start": "app",
    "organisation": "app",
    "people_of": "app",
    "students": "app",
    "student": "app",
    "group": "app",
    "programmes": "app",
    "programme": "app",
    "ladder": "app",
    "coverage": "app",
    "workplaces": "app",
    "workplace": "app",
    "measurement": "app",
    "compare": "app",
    "timeline": "app",
    "organisations_compared": "app",
    "notes": "measurement",
    "score": "measurement",
    "consensus": "measurement",
    "report": "measurement",
    "interview": "measurement",
    "questions": "interview",
    "steps": "measurement",
    "rows": "measurement",
    "participants": "rows",
    "verdict": "rows",
    "evidence": "rows",
}
"""Scope to the scope around it, whose keys work there too."""

ACTIONS: tuple[Action, ...] = (
    # -- everywhere
    Action("help", "f1,question_mark", "hulp", "Uitleg bij dit scherm en alle toetsen.", "app"),
    Action("command_palette", "ctrl+p", "opdrachten", "Zoek een opdracht op naam.", "app"),
    Action("undo", "ctrl+z", "ongedaan maken", "Neem de laatste wijziging terug.", "app", footer=False),
    Action("redo", "ctrl+y", "opnieuw", "Doe opnieuw wat u ongedaan maakte.", "app", footer=False),
    Action(
        "instruments", "", "Instrumenten", "Welke instrumenten er zijn en hoe het ermee staat.", "app", footer=False
    ),
    Action(
        "programmes",
        "",
        "Opleidingen",
        "De eigen uitkomsten van opleidingen, en bij welke items zij horen.",
        "app",
        footer=False,
    ),
    Action("settings", "", "Instellingen", "Datamap, kleuren en tijd voor een interview.", "app", footer=False),
    Action("leave", "ctrl+q", "afsluiten", "Sluit kwartier af; alles is dan bewaard.", "app", footer=False),
    # -- the start screen
    Action("open", "enter", "openen", "Open de organisatie, of in de agenda de meting bij de stap.", "start"),
    Action("new_organisation", "n,insert", "nieuwe organisatie", "Maak een organisatie.", "start"),
    Action(
        "new_assessment",
        "b",
        "nieuwe beoordeling",
        "Beoordeel een praktijkleerplek; organisatie en plek mogen nieuw zijn.",
        "start",
        footer=False,
    ),
    Action(
        "workplaces",
        "p",
        "praktijkleerplekken",
        "Alle praktijkleerplekken met oordeel, voorwaarden en einddatum.",
        "start",
        footer=False,
    ),
    Action("search", "slash,ctrl+f", "zoeken", "Zoek in naam, soort, laatste meting en wat er aan zet is.", "start"),
    Action("clear", "escape", "alles tonen", "Stop met zoeken en toon alle organisaties.", "start"),
    Action("sort", "s", "sorteren", "Sorteer op de volgende kolom, of klik op de kop.", "start", footer=False),
    Action("turn", "S", "andersom", "Dezelfde volgorde, maar andersom.", "start", footer=False),
    Action("agenda", "a", "agenda", "Van de organisaties naar de agenda en terug; tab doet dat ook.", "start"),
    Action("compare", "ctrl+e,c", "vergelijken", "Vergelijk twee metingen hiervan.", "start", footer=False),
    Action(
        "compare_organisations",
        "m",
        "organisaties vergelijken",
        "Zet organisaties naast elkaar op één instrument.",
        "start",
    ),
    Action("demo", "d", "demo", "Kijk rond in verzonnen gegevens, of ga terug naar uw eigen.", "start", footer=False),
    Action("look_again", "r", "opnieuw nakijken", "Kijk na of er iets veranderd is op schijf.", "start", footer=False),
    Action(
        "take_portfolio",
        "t",
        "Portfolio openen dat u kreeg…",
        "Neem een portfolio over uit een bestand; de organisatie die erin staat, mag nieuw zijn.",
        "start",
        footer=False,
    ),
    Action(
        "open_sheet",
        "",
        "Blad openen…",
        "Open een blad dat u kreeg om zelf in te vullen, ook als student, in een map van zichzelf.",
        "start",
        footer=False,
    ),
    Action(
        "pack_sheet",
        "",
        "Blad inpakken…",
        "Maak van de map met uw scoreblad het bestand dat teruggaat.",
        "start",
        footer=False,
    ),
    Action(
        "import_table",
        "i",
        "tabel overnemen",
        "Neem oude uitslagen over uit een tabel: een CSV of een rekenblad.",
        "start",
        footer=False,
    ),
    Action(
        "reports",
        "w",
        "alle verslagen",
        "Maak de verslagen van alle organisaties, of van één, in een map.",
        "start",
        footer=False,
    ),
    Action(
        "export",
        "x",
        "gegevens exporteren",
        "Gegevens van metingen naar een rekenblad of een ander programma.",
        "start",
        footer=False,
    ),
    Action(
        "check",
        "",
        "Datamap nakijken",
        "Kijk alle bestanden na, en breng kopieën van een synchronisatieprogramma samen.",
        "start",
        footer=False,
    ),
    # -- checking the folder
    Action("back", "escape", "terug", "Terug naar het beginscherm.", "check"),
    Action("open", "enter", "samenvoegen", "Breng de kopie samen met haar bestand; bij verschil kiest u.", "check"),
    Action("look_again", "r", "opnieuw nakijken", "Kijk alles nog eens na.", "check"),
    # -- the preview of a table
    Action("back", "escape", "terug", "Terug naar het formulier; er is nog niets bewaard.", "importing"),
    Action("take", "o", "overnemen", "Neem over wat hier staat, nadat u ja zegt.", "importing"),
    # -- an organisation
    Action("back", "escape", "terug", "Terug naar het beginscherm.", "organisation"),
    Action("open", "enter", "openen", "Open de meting, het actiepunt of wat op de agenda staat.", "organisation"),
    Action("new_measurement", "n,insert", "nieuwe meting", "Begin een meting bij deze organisatie.", "organisation"),
    Action(
        "edit",
        "e",
        "gegevens",
        "Verbeter naam, soort, aantal cliënten of waar het bij hoort.",
        "organisation",
        footer=False,
    ),
    Action("people", "p", "mensen", "De namen achter de codes, en wie de metingen doen.", "organisation"),
    Action("students", "s", "studenten", "De studenten van deze organisatie, met hun portfolio's.", "organisation"),
    Action(
        "new_workplace",
        "k",
        "nieuwe praktijkleerplek",
        "Maak een praktijkleerplek of student bij deze organisatie.",
        "organisation",
        footer=False,
    ),
    Action("compare", "ctrl+e", "vergelijken", "Vergelijk deze meting met een andere.", "organisation", footer=False),
    Action(
        "compare_organisations",
        "m",
        "met andere vergelijken",
        "Zet deze organisatie naast de andere, op één instrument.",
        "organisation",
        footer=False,
    ),
    Action(
        "timeline",
        "l",
        "tijdlijn",
        "Zet de metingen met een oud en een nieuw instrument op één tijdlijn.",
        "organisation",
        footer=False,
    ),
    Action(
        "hand_over",
        "g",
        "blad uitgeven",
        "Maak een bestand voor een auditor die niet bij de datamap kan.",
        "organisation",
        footer=False,
    ),
    Action("take_back", "t", "blad terugnemen", "Neem terug wat een auditor apart deed.", "organisation", footer=False),
    Action("correct", "v", "datum of vorige", "Verbeter de datum of de vorige meting.", "organisation", footer=False),
    Action(
        "from_paper",
        "o",
        "meting van papier overnemen",
        "Neem de definitieve scores over van een meting die op papier gedaan is.",
        "organisation",
        footer=False,
    ),
    Action(
        "reports",
        "w",
        "alle verslagen",
        "Maak de verslagen van deze organisatie, of van alle, in een map.",
        "organisation",
        footer=False,
    ),
    Action(
        "export",
        "x",
        "gegevens exporteren",
        "Gegevens van metingen naar een rekenblad of een ander programma.",
        "organisation",
        footer=False,
    ),
    # -- the people of an organisation
    Action("back", "escape", "terug", "Terug naar de organisatie.", "people_of"),
    Action("rename", "enter", "verbeteren", "Zet een andere naam achter de code.", "people_of"),
    Action("erase", "w", "wissen", "Wis de naam; de code blijft. Dit kan niet ongedaan gemaakt worden.", "people_of"),
    Action("join", "j", "auditor erbij", "Iemand erbij die de meting doet.", "people_of"),
    Action(
        "traits",
        "k",
        "kenmerken",
        "Zeg wat van deze beoordelaar gevraagd wordt: ervaring, scholing. Het houdt niemand tegen.",
        "people_of",
        footer=False,
    ),
    Action("stop_person", "x", "auditor stopt", "Iemand stopt met een meting.", "people_of", footer=False),
    # -- workplaces of all organisations
    Action("back", "escape", "terug", "Stop met zoeken, of terug naar het beginscherm.", "workplaces"),
    Action("open", "enter", "openen", "Open de praktijkleerplek.", "workplaces"),
    Action("new_assessment", "n,insert", "nieuwe beoordeling", "Beoordeel een praktijkleerplek.", "workplaces"),
    Action("search", "slash,ctrl+f", "zoeken", "Zoek in organisatie, naam, team, setting en oordeel.", "workplaces"),
    Action("sort", "s", "sorteren", "Sorteer op de volgende kolom, of klik op de kop.", "workplaces"),
    Action("turn", "S", "andersom", "Dezelfde volgorde, maar andersom.", "workplaces", footer=False),
    Action("look_again", "r", "opnieuw nakijken", "Lees alles opnieuw van schijf.", "workplaces", footer=False),
    # -- one workplace
    Action("back", "escape", "terug", "Terug naar waar u vandaan kwam.", "workplace"),
    Action("open", "enter", "openen", "Open de meting bij de stap, of de plaatsing om te wijzigen.", "workplace"),
    Action("new_measurement", "n", "nieuwe beoordeling", "Beoordeel deze praktijkleerplek.", "workplace"),
    Action("edit", "e", "gegevens", "Verbeter naam, team, setting en niveaus, of zeg dat de plek stopt.", "workplace"),
    Action("add", "t,insert,plus", "plaatsing", "Plaats een student op deze praktijkleerplek.", "workplace"),
    Action("remove", "delete,backspace", "weghalen", "Haal de plaatsing weg; ctrl+z zet haar terug.", "workplace"),
    # -- the students of an organisation
    Action("back", "escape", "terug", "Stop met zoeken, of terug naar de organisatie.", "students"),
    Action("open", "enter", "openen", "Open de student; wie op slot is, opent met het wachtwoord.", "students"),
    Action("new_student", "n,insert", "nieuwe student", "Maak een student, met een code.", "students"),
    Action("lock", "l", "slot", "Open het slot met het wachtwoord, of doe het weer dicht.", "students"),
    Action("group", "g", "groep", "Hoe de groep ervoor staat, in aantallen en zonder namen.", "students"),
    Action("take_portfolio", "t", "portfolio overnemen", "Neem een portfolio over uit een bestand.", "students"),
    Action("search", "slash,ctrl+f", "zoeken", "Zoek in code, naam, niveau, opleiding en wat aan zet is.", "students"),
    Action("sort", "s", "sorteren", "Sorteer op de volgende kolom, of klik op de kop.", "students", footer=False),
    Action("turn", "S", "andersom", "Dezelfde volgorde, maar andersom.", "students", footer=False),
    Action("programmes", "o", "opleidingen", "De opleidingen met hun eigen uitkomsten.", "students", footer=False),
    Action("look_again", "r", "opnieuw nakijken", "Lees alles opnieuw van schijf.", "students", footer=False),
    # -- one student
    Action("back", "escape", "terug", "Terug naar waar u vandaan kwam.", "student"),
    Action("open", "enter", "openen", "Open het portfolio, of doe wat er rechts staat.", "student"),
    Action("new_portfolio", "n,insert", "nieuw portfolio", "Begin een portfolio van deze student.", "student"),
    Action("lock", "l", "slot", "Zet alles op slot, open het met het wachtwoord, of doe het weer dicht.", "student"),
    Action("coverage", "m", "dekking", "Welk bewijs bij welke items hoort in dit portfolio.", "student"),
    Action("ladder", "k", "ladder", "Hoe de items van dit portfolio over de niveaus groeien.", "student"),
    Action("retain", "b", "bewaartermijn", "Tot wanneer alles van deze student bewaard blijft.", "student"),
    Action("edit", "e", "gegevens", "Verbeter de naam of de opmerking.", "student", footer=False),
    Action("export", "x", "exporteren", "Alles van deze student naar een map, om te lezen.", "student", footer=False),
    Action("give", "g", "meegeven", "Het portfolio als een bestand op slot, voor de student of een ander.", "student"),
    Action("passphrase", "w", "ander wachtwoord", "Geef deze student een ander wachtwoord.", "student", footer=False),
    Action("take_off", "", "Slot eraf halen", "Maak alles weer leesbaar.", "student", footer=False),
    Action(
        "erase",
        "",
        "Alles wissen",
        "Wis alles van deze student. Dit kan niet ongedaan gemaakt worden.",
        "student",
        footer=False,
    ),
    # -- a group of students
    Action("back", "escape", "terug", "Terug naar de studenten.", "group"),
    Action("choose", "k", "kiezen", "Kies een niveau of een opleiding, of tel elk niveau apart.", "group"),
    Action(
        "moment", "m", "ander moment", "Wat studenten zelf zeggen, of wat bij een beoordeling is afgesproken.", "group"
    ),
    Action("write", "w", "naar een bestand", "Schrijf de aantallen naar een bestand.", "group"),
    Action("look_again", "r", "opnieuw tellen", "Tel alles nog eens.", "group", footer=False),
    # -- programmes
    Action("back", "escape", "terug", "Terug naar waar u vandaan kwam.", "programmes"),
    Action("open", "enter", "openen", "Open de opleiding.", "programmes"),
    Action("use", "u", "gebruiken", "Zet het voorbeeld in de datamap.", "programmes"),
    Action("take", "t", "uit een bestand", "Neem een profiel over uit een bestand.", "programmes"),
    Action("back", "escape", "terug", "Terug naar de opleidingen.", "programme"),
    Action("open", "enter", "openen", "Koppel het item, of lees de uitkomst.", "programme"),
    Action("link", "k", "koppelen", "Kies aan welke uitkomsten dit item bijdraagt.", "programme"),
    Action("renew", "b", "bijwerken", "Geef lopende portfolio's de koppelingen van nu.", "programme"),
    # -- the ladder
    Action("back", "escape", "terug", "Terug van vergelijken, of naar waar u vandaan kwam.", "ladder"),
    Action("next_item", "ctrl+n,n", "volgend item", "Naar het volgende item.", "ladder"),
    Action("previous_item", "ctrl+o,p", "vorig item", "Naar het vorige item.", "ladder"),
    Action("go_to", "ctrl+g", "ga naar", "Naar een item, op nummer of woord.", "ladder"),
    Action(
        "compare",
        "ctrl+e,c",
        "vergelijken",
        "Kies twee niveaus: wat blijft, verandert, erbij komt en vervalt.",
        "ladder",
    ),
    # -- the coverage of a portfolio
    Action("back", "escape", "terug", "Terug naar waar u vandaan kwam.", "coverage"),
    Action(
        "open", "enter", "openen", "Naar het item in de zelfbeoordeling, of naar het stuk in deze kolom.", "coverage"
    ),
    Action(
        "outcomes", "u", "uitkomsten", "De uitkomsten van de opleiding als kolommen, of weer het bewijs.", "coverage"
    ),
    Action("legend", "w", "wat is wat", "Waar elke kolom voor staat.", "coverage"),
    # -- what surrounds the work
    Action("back", "escape", "terug", "Terug naar het scherm dat open was.", "help"),
    Action("all_keys", "a", "alle toetsen", "Alle toetsen van kwartier, of weer die van dit scherm.", "help"),
    Action("back", "escape", "terug", "Terug naar het scherm dat open was.", "instruments"),
    Action("new_wording", "", "Formulering maken…", "Maak een bestand voor de tekst van de publicatie.", "instruments"),
    Action(
        "use_wording", "", "Formulering gebruiken…", "Kijk zo'n bestand na, en gebruik het voortaan.", "instruments"
    ),
    Action(
        "question_list",
        "v",
        "vragenlijst",
        "Maak een lege lijst van wat dit instrument vraagt, om vooraf te sturen.",
        "instruments",
    ),
    Action("ladder", "l", "ladder", "Hoe de items over de niveaus groeien.", "instruments"),
    Action("programmes", "o", "opleidingen", "De opleidingen met hun eigen uitkomsten.", "instruments"),
    Action("drop_wording", "", "Formulering loslaten", "Ga terug naar de tekst van kwartier.", "instruments"),
    Action("back", "escape", "terug", "Terug naar het scherm dat open was.", "settings"),
    # -- an open measurement
    Action(
        "back",
        "escape",
        "terug",
        "Eén stap terug: van het werk naar de stappen, en dan naar de organisatie.",
        "measurement",
    ),
    Action("next_step", "ctrl+pagedown,f8", "volgende stap", "Naar de volgende stap.", "measurement", footer=False),
    Action("previous_step", "ctrl+pageup,f7", "vorige stap", "Naar de vorige stap.", "measurement", footer=False),
    Action("show_aside", "ctrl+d", "uitleg", "Toon of verberg de uitleg naast het werk.", "measurement"),
    Action(
        "change_person",
        "ctrl+r",
        "wissel van persoon",
        "Iemand anders gaat achter het toetsenbord zitten.",
        "measurement",
        footer=False,
    ),
    Action(
        "seal",
        "ctrl+s",
        "verzegelen",
        "Verzegel uw scoreblad, in de stap waarin u scoort. Bewaren gaat overal vanzelf.",
        "measurement",
        footer=False,
    ),
    Action(
        "skip_step",
        "",
        "Deze stap overslaan",
        "Sla een stap die mag over, met een reden; of doe hem toch.",
        "measurement",
        footer=False,
    ),
    Action(
        "coverage",
        "",
        "Dekking",
        "Welk bewijs bij welk item hoort, en wat nog niets heeft.",
        "measurement",
        footer=False,
    ),
    Action("ladder", "", "Ladder", "Hoe de items over de niveaus groeien.", "measurement", footer=False),
    Action(
        "lock_again",
        "",
        "Weer op slot",
        "Sluit dit portfolio, en doe het slot van de student weer dicht.",
        "measurement",
        footer=False,
    ),
    Action("open", "enter", "openen", "Open de stap die is aangewezen.", "steps"),
    Action(
        "renew",
        "",
        "Meting bijwerken",
        "Gebruik in deze meting de nieuwste inhoud van het instrument. Dit kan niet ongedaan gemaakt worden.",
        "measurement",
        footer=False,
    ),
    # -- the interview: chords, as the focus is in a text
    Action("next_item", "ctrl+n", "volgend item", "Naar het volgende item.", "interview"),
    Action("previous_item", "ctrl+o", "vorig item", "Naar het vorige item.", "interview", footer=False),
    Action(
        "go_to",
        "ctrl+g",
        "ga naar",
        "Ga naar een item, op nummer of woord; bij losse aantekeningen gaat de alinea onder de cursor naar dat item.",
        "interview",
    ),
    Action(
        "question_asked",
        "ctrl+t",
        "vraag gesteld",
        "Vink de vraag met ▸ af; de volgende die nog niet gesteld is, is dan aan de beurt.",
        "interview",
    ),
    Action(
        "loose_notes",
        "ctrl+l",
        "los",
        "Naar de losse aantekeningen, en weer terug naar waar u was.",
        "interview",
    ),
    Action("search", "ctrl+f", "zoeken", "Zoek in aantekeningen en vragen.", "interview"),
    Action("clock", "ctrl+k", "klok", "Start of stop de klok van het gesprek.", "interview"),
    Action(
        "sessions",
        "",
        "Gesprekken verbeteren",
        "Verbeter datum, begin en einde van de gesprekken die de klok telde.",
        "interview",
        footer=False,
    ),
    Action(
        "destroy_notes",
        "",
        "Ruwe aantekeningen vernietigen",
        "Vernietig iemands ruwe aantekeningen. Dit kan niet ongedaan gemaakt worden.",
        "interview",
        footer=False,
    ),
    Action(
        "keep_notes",
        "",
        "Ruwe aantekeningen bewaren tot",
        "Kies de dag waarop iemands ruwe aantekeningen vernietigd worden.",
        "interview",
        footer=False,
    ),
    Action("tick", "space,enter", "gesteld", "Vink deze vraag af, of haal het vinkje weg.", "questions"),
    Action("essential", "e", "essentieel", "Maak deze vraag essentieel, of juist niet.", "questions"),
    Action("compare", "ctrl+e", "vergelijken", "Vergelijk deze meting met een eerdere.", "measurement", footer=False),
    Action(
        "question_list",
        "",
        "Vragenlijst maken…",
        "Zet alle vragen van deze meting in een bestand, leeg of ingevuld met wat er staat.",
        "measurement",
        footer=False,
    ),
    Action(
        "letters",
        "",
        "Brieven en formulieren…",
        "Maak een brief, toestemmingsformulier, agenda, vragen of leeg scoreformulier als bestand.",
        "measurement",
        footer=False,
    ),
    Action(
        "timeline",
        "",
        "Tijdlijn over instrumenten",
        "Zet deze meting naast die met een ouder of nieuwer instrument, op één tijdlijn.",
        "measurement",
        footer=False,
    ),
    # -- the scores side by side
    Action("keep_reason", "enter", "bewaren, volgende", "De reden is af: naar het volgende item.", "consensus"),
    Action("close_reason", "escape", "naar de lijst", "Van de reden terug naar de lijst; zij blijft.", "consensus"),
    Action("confirm_equal", "g", "gelijke bevestigen", "Bevestig in één keer wat allen gelijk scoorden.", "consensus"),
    Action("reason", "r", "reden", "Schrijf of verander de reden van de definitieve score.", "consensus"),
    Action(
        "take_over",
        "e",
        "eerder oordeel overnemen",
        "Neem over wat in een eerder portfolio over dit item is afgesproken; u geeft er een reden bij.",
        "consensus",
    ),
    Action(
        "evidence", "k", "bewijs", "Lees het bewijs bij dit item, en bewaar een kopie van een bestand.", "consensus"
    ),
    Action("missing", "n,x", "niet te beoordelen", "Leg vast dat dit item niet te beoordelen is.", "consensus"),
    Action("order", "o", "volgorde", "Grootste verschil eerst, of in de volgorde van de items.", "consensus"),
    Action("mistake", "v", "vergissing", "Noem het eigen verzegelde antwoord een vergissing.", "consensus"),
    Action("day", "d,D", "datum", "De dag waarop u de scores besprak.", "consensus", footer=False),
    Action("clear", "delete", "wissen", "Haal de definitieve score van dit item weg.", "consensus", footer=False),
    # -- the report
    Action("next_found", "n", "volgende", "Naar de volgende plaats waar het gezochte staat.", "report"),
    Action("previous_found", "N", "vorige", "Naar de vorige plaats waar het gezochte staat.", "report"),
    Action("definitive", "d", "definitief maken", "Leg het verslag vast; heropenen kan met een reden.", "report"),
    Action("reopen", "h", "heropenen", "Heropen de meting; het volgende verslag is een nieuwe versie.", "report"),
    Action("write", "w", "naar een bestand", "Schrijf het verslag als PDF, Word of een andere vorm.", "report"),
    Action("reasons", "b", "redenen", "Zeg waarom de meting afwijkt van het instrument.", "report"),
    Action("versions", "v", "versies", "De definitieve versies en wat ertussen veranderde.", "report", footer=False),
    Action("variant", "p", "ander verslag", "De samenvatting, het tekenblad of een ander.", "report", footer=False),
    Action("agreement", "o", "overeenstemming", "Met of zonder de scores van ieder apart.", "report", footer=False),
    Action("go_to", "ctrl+g", "ga naar", "Ga naar een kop van het verslag.", "report"),
    Action("search", "slash,ctrl+f", "zoeken", "Zoek in het verslag.", "report"),
    # -- two measurements
    Action("back", "escape", "terug", "Terug naar waar u vandaan kwam.", "compare"),
    Action("compare", "ctrl+e", "vergelijken", "Kies welke metingen u vergelijkt: twee of meer.", "compare"),
    Action("timeline", "l", "tijdlijn", "Zet dit instrument naast een ander, op één tijdlijn.", "compare"),
    # -- organisations beside one another
    Action("back", "escape", "terug", "Stop met lezen, of terug naar waar u vandaan kwam.", "organisations_compared"),
    Action("open", "enter", "wie", "Wie er achter een regel staat; zonder namen hoeveel.", "organisations_compared"),
    Action("compare", "ctrl+e", "vergelijken", "Kies welke organisaties, en welke groepen.", "organisations_compared"),
    Action(
        "names",
        "n",
        "namen",
        "Zet namen uit, voor wie meekijkt: letters in plaats van namen. Nog eens zet ze aan.",
        "organisations_compared",
    ),
    Action(
        "begin_or_newest",
        "b",
        "begin of nieuwste",
        "Het gemiddelde aan het begin, of van de nieuwste meting.",
        "organisations_compared",
    ),
    Action("write", "w", "naar een bestand", "Schrijf de vergelijking naar een bestand.", "organisations_compared"),
    Action(
        "means",
        "1",
        "gemiddelde per organisatie",
        "Het gemiddelde van elke organisatie.",
        "organisations_compared",
        footer=False,
    ),
    Action(
        "end",
        "2",
        "eind tegen begin",
        "Het gemiddelde aan het eind tegen dat aan het begin.",
        "organisations_compared",
        footer=False,
    ),
    Action(
        "difference",
        "3",
        "verschil per organisatie",
        "Hoeveel elke organisatie hoger of lager kwam.",
        "organisations_compared",
        footer=False,
    ),
    Action(
        "items",
        "4",
        "verschil per item",
        "Hoeveel elk item hoger of lager kwam.",
        "organisations_compared",
        footer=False,
    ),
    Action(
        "spread",
        "5",
        "verdeling per item",
        "Elke organisatie een stip, met laagste, mediaan en hoogste.",
        "organisations_compared",
        footer=False,
    ),
    Action(
        "answers",
        "6",
        "antwoorden",
        "Antwoorden zonder volgorde, geteld en per organisatie.",
        "organisations_compared",
        footer=False,
    ),
    Action(
        "account",
        "7",
        "verantwoording",
        "Hoe de getallen gemaakt zijn, en wat ze niet zeggen.",
        "organisations_compared",
        footer=False,
    ),
    Action(
        "groups", "8", "groepen", "Groepen naar soort of omvang naast elkaar.", "organisations_compared", footer=False
    ),
    Action(
        "other_instrument",
        "i",
        "ander instrument",
        "Vergelijk op een ander instrument.",
        "organisations_compared",
        footer=False,
    ),
    Action("look_again", "r", "opnieuw lezen", "Lees alle metingen nog eens.", "organisations_compared", footer=False),
    # -- two instruments
    Action("back", "escape", "terug", "Terug naar waar u vandaan kwam.", "timeline"),
    # -- a text per item
    Action("next_item", "ctrl+n", "volgend item", "Naar het volgende item.", "notes"),
    Action("previous_item", "ctrl+o", "vorig item", "Naar het vorige item.", "notes", footer=False),
    Action("go_to", "ctrl+g", "ga naar", "Naar een item, op nummer of woord.", "notes"),
    Action("search", "ctrl+f", "zoeken", "Zoek in de teksten.", "notes", footer=False),
    Action(
        "copy_raw",
        "ctrl+u",
        "overnemen",
        "Zet de ruwe aantekeningen bij dit item in de tekst, op de plaats van de cursor.",
        "notes",
    ),
    Action(
        "turn_aside",
        "ctrl+w",
        "ernaast",
        "Wissel naast de tekst tussen de ruwe aantekeningen en de omschrijvingen.",
        "notes",
    ),
    Action(
        "erase_earlier",
        "",
        "Eerdere teksten wissen",
        "Wis voorgoed wat er eerder bij dit item stond. Dit kan niet ongedaan gemaakt worden.",
        "notes",
        footer=False,
    ),
    Action("write", "enter", "schrijven", "Van de lijst met items naar de tekst.", "notes", footer=False),
    # -- scoring
    Action("seal", "ctrl+s", "verzegelen", "Verzegel uw scoreblad; eerst wordt gezegd wat dat betekent.", "score"),
    Action(
        "parts",
        "b",
        "onderdelen",
        "Klap uit wat er onder dit item apart te beantwoorden is, of klap het weer in. Het mag, het hoeft niet.",
        "score",
    ),
    Action("missing", "n,x", "niet te beoordelen", "Zeg waarom er bij dit item geen score is.", "score"),
    Action("remark", "o", "opmerking", "Schrijf een eigen opmerking bij dit item.", "score"),
    Action(
        "all_parts",
        "B",
        "alle onderdelen",
        "Klap de onderdelen van alle items uit of in. Wat beantwoord is, blijft staan.",
        "score",
        footer=False,
    ),
    Action("take_suggestion", "v", "voorstel overnemen", "Scoor zoals uit de feiten volgt.", "score"),
    Action("read", "t", "toelichting lezen", "Lees de hele tekst waarop u scoort.", "score"),
    Action("evidence", "k", "bewijs", "Lees het bewijs bij dit item, en bewaar een kopie van een bestand.", "score"),
    Action("readers", "w", "wie leest dit", "Kies wie uw opmerking bij dit item leest.", "score"),
    Action("ladder", "l", "ladder", "Hoe dit item over de niveaus groeit.", "score"),
    Action("coverage", "m", "dekking", "Welk bewijs bij welk item hoort, en wat nog niets heeft.", "score"),
    Action("reopen", "h", "heropenen", "Heropen uw verzegelde scoreblad, met een reden.", "score"),
    Action("to_consensus", "c", "naar de consensus", "Ga verder met de scores naast elkaar.", "score"),
    Action("go_on", "enter", "verder", "Naar de volgende regel.", "score", footer=False),
    Action("clear", "delete,backspace", "score weghalen", "Haal de score bij dit item weg.", "score", footer=False),
    Action("close_remark", "escape", "naar de lijst", "Van de opmerking terug naar de lijst.", "score"),
    Action("next_item", "ctrl+n", "volgend item", "Naar het volgende item zonder score.", "score", footer=False),
    Action("previous_item", "ctrl+o", "vorig item", "Naar het vorige item zonder score.", "score", footer=False),
    Action("go_to", "ctrl+g", "ga naar", "Naar een item, op nummer of woord.", "score", footer=False),
    Action("search", "ctrl+f", "zoeken", "Zoek in items, toelichtingen en opmerkingen.", "score", footer=False),
    # -- steps with rows: tasks, participants, facts, conclusions, actions, reviews
    Action("add", "t,insert,plus", "toevoegen", "Voeg een regel toe waar u staat.", "rows"),
    Action("change", "e", "wijzigen", "Open de regel waar u op staat; enter of een klik doet dat ook.", "rows"),
    Action("tick", "space", "afvinken", "Vink de regel af, of haal het vinkje weg.", "rows"),
    Action("remove", "delete,backspace", "weghalen", "Haal de regel weg; ctrl+z zet hem terug.", "rows"),
    Action("reason", "r", "reden geven", "Zeg waarom u van de bedoeling afwijkt; het komt in het verslag.", "rows"),
    Action("withdraw", "i", "intrekken", "Deze deelnemer trekt de toestemming in.", "participants"),
    # -- what answers rest on
    Action("read", "l", "lezen", "Lees alles wat er bij dit stuk staat.", "evidence"),
    Action("attach", "b", "bestand", "Voeg een bestand toe aan dit stuk, of een ander in zijn plaats.", "evidence"),
    Action("readers", "w", "wie leest dit", "Kies wie dit stuk leest; zonder keuze leest alleen u het.", "evidence"),
    Action("share", "W", "alles delen", "Kies voor alle stukken van deze stap tegelijk wie ze leest.", "evidence"),
    Action(
        "save_copy", "k", "kopie bewaren", "Bewaar een kopie van het bestand op een plaats die u kiest.", "evidence"
    ),
    Action("coverage", "m", "dekking", "Welk bewijs bij welk item hoort, en wat nog niets heeft.", "evidence"),
    # -- a verdict: the keys of its options stand on the screen
    Action("take_offer", "o", "overnemen", "Neem de voorwaarde over die kwartier voorstelt.", "verdict"),
    Action("sign", "s", "tekenen", "Zet een handtekening; kwartier vraagt wie er tekent.", "verdict"),
)


def of(scope: str) -> list[Action]:
    """The actions of one scope, in order."""
    return [one for one in ACTIONS if one.scope == scope]


def is_chord(key: str) -> bool:
    """Whether a key also works while somebody types: everything but a bare letter, sign or key for moving."""
    return (key.startswith("ctrl+") and key not in _MOVES) or key in ("f1", "f7", "f8")


_MOVES = ("ctrl+home", "ctrl+end", "ctrl+left", "ctrl+right", "ctrl+up", "ctrl+down")


def bindings(scope: str) -> list[BindingType]:
    """What Textual needs to know of the actions of a scope."""
    return [
        Binding(key, one.id, one.title, show=one.footer and number == 0, priority=is_chord(key), key_display=shown(key))
        for one in of(scope)
        for number, key in enumerate(filter(None, one.keys.split(",")))
    ]


MOVING: list[BindingType] = [
    Binding("tab", "app.focus_next", show=False, priority=True),
    Binding("shift+tab", "app.focus_previous", show=False, priority=True),
]
"""To the next field and back. Before the field itself: in one packet of keys what follows would land in the old one."""


_KEYS = {
    "question_mark": "?",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "space": "spatie",
    "enter": "enter",
    "escape": "esc",
    "insert": "ins",
    "delete": "del",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "backspace": "backspace",
    "tab": "tab",
    "f1": "F1",
}


def shown(key: str) -> str:
    """A key as users know it: ctrl+n, F1, spatie."""
    start, plus, last = key.rpartition("+")
    return f"{start}{plus}{_KEYS.get(last, last)}" if start else _KEYS.get(key, key)
