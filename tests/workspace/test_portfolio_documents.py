"""What leaves a portfolio on paper and as values: the report, the forms, JSON; each for who reads it and no more."""

from __future__ import annotations

import json

import msgspec
import pytest
from tests.workspace.kas import CODE, PUPIL, SECRET, SELF, Greenhouse, judged

from kwartier.errors import Misused
from kwartier.reports.document import Document
from kwartier.reports.portfolio_tree import Portfolio, portfolio_schema
from kwartier.workspace import Workspace, writers

OWN = "Mijn dagboek uit de kas"
SHARED = "Weekverslag van oktober"


def filled(kas: Greenhouse, ws: Workspace) -> str:
    """A portfolio with a self-assessment, a shared and a private piece, and what two masters think halfway."""
    ref = kas.begin(ws)
    ws.change(ref, "zelf", SELF, person=CODE)
    rows = [
        {"title": SHARED, "kind": "verslag", "items": ["1.1", "1.2"], "topics": ["luis-2024"], "readers": ["meester"]},
        {"title": OWN, "kind": "verslag", "items": ["1.1"]},
    ]
    ws.change(ref, "bewijs", {"evidence": rows}, person=CODE)
    for code, values in (("a1", ("deels", "aangetoond", "nog-niet")), ("a2", ("aangetoond",) * 2 + ("nog-niet",))):
        ws.change(ref, "halverwege", judged(*values), person=code)
    return ref


def sealed(ws: Workspace, ref: str) -> None:
    """Both masters seal what they think halfway, and agree."""
    for code in ("a1", "a2"):
        ws.seal(ref, code, step="halverwege")
    rows = [{"item": "1.1", "value": "deels", "note": "Nog een keer met sla."}]
    ws.change(ref, "halverwege-samen", {"answer": [*rows, {"item": "1.2", "value": "aangetoond"}]})


def text(document: Document) -> str:
    """A document as it is written."""
    return writers()["md"].write(document).decode()


def test_each_reader_gets_what_is_shared_with_them_in_every_document(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = filled(kas, ws)
        sealed(ws, ref)
        for variant in ("full", "page", "halverwege", "eind"):
            told = {who: text(ws.document(ref, variant=variant, viewer=who)) for who in (None, "a1", CODE)}
            assert all(SECRET not in told[who] and OWN not in told[who] for who in (None, "a1"))
            assert SHARED not in told[None]
            assert all(PUPIL not in words for words in told.values()), "a report tells of a student by code"
        whole = {who: text(ws.document(ref, viewer=who)) for who in (None, "a1", CODE)}
        assert SHARED in whole["a1"]
        assert "Elke ochtend om zeven uur" in whole["a1"]
        assert "Elke ochtend om zeven uur" not in whole[None]
        assert SECRET in whole[CODE]
        assert OWN in whole[CODE]


def test_values_for_programs_keep_to_the_same(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = filled(kas, ws)
        trees = {who: json.dumps(ws.portfolio(ref, viewer=who)[0], default=str) for who in (None, "a1", CODE)}
        assert SECRET in trees[CODE]
        assert all(SECRET not in trees[who] and OWN not in trees[who] for who in (None, "a1"))
        assert SHARED in trees["a1"]
        assert SHARED not in trees[None]
        found = msgspec.convert(ws.portfolio(ref, viewer=CODE)[0], Portfolio)
        own = found.sections[0].items[0].moments[0]
        assert own.agreed is not None
        assert own.agreed.value == "deels"
        assert len(found.sections[0].items[0].evidence) == 2


def test_the_schema_names_every_table_that_is_given() -> None:
    schema = portfolio_schema()
    assert schema["$ref"] == "#/$defs/Portfolio"
    assert set(schema["$defs"]["Portfolio"]["required"]) >= {"ref", "subject", "moments", "sections", "evidence"}
    assert not {"total", "mean", "passed"} & set(schema["$defs"]["Portfolio"]["properties"]), "no pass is ever computed"


def test_a_form_shows_side_by_side_only_what_is_revealed(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = filled(kas, ws)
        before = text(ws.document(ref, variant="halverwege"))
        assert "nog niet alle scorebladen die tellen zijn verzegeld" in before
        assert "Anna Appel | Bob Biet" not in before
        assert "| 1.1 | Zaaien | deels | – |" in before
        sealed(ws, ref)
        after = text(ws.document(ref, variant="halverwege"))
        assert "| Nr. | Item | Zelf kijken | Anna Appel | Bob Biet | Halverwege, samen |" in after
        assert "| 1.1 | Zaaien | deels | deels | aangetoond | deels |" in after
        assert "Nog een keer met sla" in after
        assert "| Leerling | s1 |" in after, "a line for each who signs"
        final = text(ws.document(ref, variant="eind"))
        assert "Nog een keer met sla" not in final, "the form of the end says nothing of halfway"


def test_the_report_has_no_sum_and_says_what_cannot_be_ranked(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = filled(kas, ws)
        sealed(ws, ref)
        told = text(ws.document(ref, viewer=CODE))
        assert "niet in niveaus te ordenen" in told
        assert "er volgt geen uitkomst uit" in told
        assert "Gemiddelde" not in told
        assert "bewijs 1 (Weekverslag van oktober)" in told
        assert "| Tuinprofiel 2024 | Luis | bewijs 1" in told
        assert "Kan kijken naar een plant" in told, "the competences stand in an appendix"


def test_a_kind_that_is_not_there_says_which_are(kas: Greenhouse) -> None:
    with kas.open() as ws:
        ref = kas.begin(ws)
        with pytest.raises(Misused) as refused:
            ws.document(ref, variant="tussendoor")
        assert refused.value.advice == "Kies uit: volledig, samenvatting, pagina, halverwege, eind."
