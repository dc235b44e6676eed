"""Programme profiles in a data folder: examples, own files, links, records that pin them, and taking over a new one."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from tests.workspace.conftest import ANNA, BOB, refusal
from tests.workspace.glass import EXAMPLE, OWN_SCALE, Glasshouse
from tests.workspace.kas import CODE, judged

from kwartier.instrument.mistakes import Mistaken
from kwartier.instrument.profiling import outcomes_of
from kwartier.workspace import Assessor, Workspace


@pytest.fixture
def glass(tmp_path: Path, packages: Path) -> Glasshouse:
    return Glasshouse(tmp_path, packages)


def start(ws: Workspace, niveau: int = 2, profile: str = "glas", instrument: str = "kas") -> str:
    """A portfolio with a programme; its reference."""
    slug = next((slug for slug, _ in ws.organisations()), "") or ws.add_organisation("De Glazen Stad")
    return ws.start(
        instrument,
        slug,
        day=date(2026, 9, 1),
        people=(Assessor(ANNA, role="meester"), Assessor(BOB, role="meester")),
        subject=CODE,
        parameters={"niveau": niveau},
        profile=profile,
    )


def test_an_example_is_found_without_importing_and_copied_before_it_is_changed(glass: Glasshouse) -> None:
    with glass.open(glass.host(lambda text: "# Nog nooit geladen.\n" + text)) as ws:
        (one,) = ws.profiles()
        assert (one.id, one.example, one.problem) == ("glas", True, "")
        assert Path(one.place).parts[-3] not in sys.modules
        assert not (glass.path / "programmes").exists()
        ws.link("glas", "1.1", ["b2", "b1"])
        (one,) = ws.profiles()
        assert not one.example and Path(one.place) == glass.path / "programmes" / "glas.toml"
        assert outcomes_of(ws.profile("glas"), "1.1") == ("b1", "b2")
        assert ws.unlinked("glas").items == ("1.2", "2.1")
        assert ws.link("glas", "1.1", []).link == ()
        assert refusal(lambda: ws.use_profile("glas")).code == "profile-exists"
        assert refusal(lambda: ws.profile("glaz")).advice == 'Bedoelde u "glas"?'


def test_a_file_is_checked_kept_and_never_replaced_unasked(glass: Glasshouse) -> None:
    with glass.open() as ws:
        with pytest.raises(Mistaken, match=r"eigen\.toml:5: .*9"):
            ws.check_profile(glass.file(EXAMPLE.replace("[2, 3]", "[9]")))
        ws.use_profile("glas")
        ws.link("glas", "1.1", ["b1"])
        before = glass.files()
        again = glass.file(EXAMPLE.replace("Zorgt", "Zorgt goed"))
        refused = refusal(lambda: ws.save_profile(again))
        assert refused.code == "profile-exists" and "1 koppeling" in refused.message
        assert glass.files() == before
        assert ws.save_profile(again, overwrite=True).outcome[0].title == "Zorgt goed"
        assert ws.profile("glas").link == ()


def test_keys_that_are_not_known_survive_and_a_broken_file_is_told_and_left_alone(glass: Glasshouse) -> None:
    path = glass.path / "programmes" / "glas.toml"
    with glass.open() as ws:
        ws.use_profile("glas")
        glass.put(path, {**glass.tree(path), "kleur": "groen"})
        ws.link("glas", "1.2", ["b2"])
        assert glass.tree(path)["kleur"] == "groen"
        copy = path.with_name("glas (kopie van laptop).toml")
        copy.write_bytes(path.read_bytes())
        assert [p.level for p in ws.check().problems if p.place == str(copy)] == ["notice"]
        assert [one.id for one in ws.profiles()] == ["glas"]
        for text in ("id = 'glas\n", EXAMPLE.replace('"glas"', '"anders"'), EXAMPLE.replace("= 1\n", "= 2\n", 1)):
            path.write_text(text, "utf-8")
            (one,) = ws.profiles()
            assert one.profile is None and one.problem
            assert [p for p in ws.check().problems if p.place.startswith(str(path)) and p.level == "error"]
            refusal(lambda: ws.link("glas", "1.2", ["b1"]))
            assert path.read_text("utf-8") == text


def test_a_record_pins_the_profile_and_a_later_change_leaves_it(glass: Glasshouse) -> None:
    with glass.open() as ws:
        ws.save_profile(glass.file(EXAMPLE + OWN_SCALE))
        ref = start(ws)
        assert glass.tree(glass.folder(ref) / "assessment.toml")["profile"] == "glas"
        ws.change(ref, "zelf", {"answer": [{"item": "1.1", "value": "op-weg"}]}, person=CODE)
        refusal(lambda: ws.change(ref, "zelf", {"answer": [{"item": "1.2", "value": "aangetoond"}]}, person=CODE))
        ws.link("glas", "1.1", ["b1"])
        assert ws.coverage(ref, CODE).unlinked == ("1.1", "1.2", "2.1")
        assert not [one for one in ws.check().problems if one.level == "error"]
        (row, *_) = ws.coverage(ref, CODE).rows
        assert (row.own_words, row.outcomes) == ("op weg", ())


def test_a_profile_for_another_level_or_instrument_is_refused(glass: Glasshouse) -> None:
    with glass.open() as ws:
        assert refusal(lambda: start(ws, niveau=1)).code == "profile-other-level"
        assert refusal(lambda: start(ws, profile="mex")).code == "unknown-profile"
        assert ws.assessments("de-glazen-stad") == []


def test_links_are_taken_over_also_after_sealing_other_answers_are_not(glass: Glasshouse) -> None:
    with glass.open() as ws:
        ws.use_profile("glas")
        ref = start(ws)
        for who in ("a1", "a2"):
            ws.change(ref, "halverwege", judged("deels", "deels", "deels"), person=who)
            ws.seal(ref, who, step="halverwege")
        assert ws.renew(ref) == []
        ws.link("glas", "1.1", ["b1"])
        assert ws.renew(ref) == ["opleidingsprofiel glas is vernieuwd"]
        assert ws.coverage(ref, CODE).rows[0].outcomes == ("b1",)
        ws.save_profile(glass.file(EXAMPLE + OWN_SCALE), overwrite=True)
        assert refusal(lambda: ws.renew(ref)).code == "sealed"
        assert ws.coverage(ref, CODE).rows[0].outcomes == ("b1",)


def test_a_record_keeps_its_programme_where_the_profile_is_gone(glass: Glasshouse) -> None:
    with glass.open() as ws:
        ws.save_profile(glass.file(EXAMPLE.replace('"glas"', '"eigen"')))
        ref = start(ws, profile="eigen")
        (glass.path / "programmes" / "eigen.toml").unlink()
        assert ws.renew(ref) == []
        assert ws.see(ref).content.profile is not None
    changed = glass.host(lambda text: text.replace("op het goede moment", "op tijd"))
    with glass.open(changed) as ws:
        ws.renew(ref)
        assert ws.see(ref).content.profile is not None
        assert ws.see(ref).content.items()[1].statement == "De leerling geeft water op tijd."


def test_an_example_does_not_take_the_place_of_links_that_came_with_a_record(glass: Glasshouse) -> None:
    with glass.open() as ws:
        ws.link("glas", "1.1", ["b1"])
        ref = start(ws)
        (glass.path / "programmes" / "glas.toml").unlink()
        assert ws.profiles()[0].example
        assert ws.renew(ref) == []
        assert ws.coverage(ref, CODE).rows[0].outcomes == ("b1",)


def test_the_ladder_of_a_record_is_that_of_the_content_it_began_with(glass: Glasshouse) -> None:
    with glass.open() as ws:
        ref = start(ws)
    changed = glass.host(lambda text: text.replace("en leert het anderen", "en legt het uit"))
    with glass.open(changed) as ws:
        (then,) = ws.ladder_of(ref, ["1.1"]).items
        (now,) = ws.ladder("kas", ["1.1"]).items
        assert then.rungs[-1].text.endswith("leert het anderen.")
        assert now.rungs[-1].text.endswith("legt het uit.")
        assert ws.ladder_of(ref).here == (2,)
        assert [one.kind for one in ws.ladder_steps_of(ref, 3)] == ["changed", "same", "same"]
        ws.link("glas", "1.1", ["b2"])
        assert ws.ladder("kas", ["1.1"], "glas").items[0].outcomes == ("b2",)
