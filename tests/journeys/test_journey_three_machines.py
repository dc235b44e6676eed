"""A portfolio on three machines: the student's, the supervisor's (who keeps it) and the assessor's, each in turn.

Once the portfolio itself goes to and fro, once what each has to do goes apart. What the student keeps private is on no
machine where it was not given to, not even between the lines of a file.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from tests.conftest import Kwartier
from tests.journeys import portfolio_story as story
from tests.journeys.portfolio_story import CODE, LETTER, NAME, NOOR, PLAN, PRIVATE, REF, SHARED, SLUG, STUDENT, WIM

KEY = ("--wachtwoord-bestand", "sleutel.txt")


class Machine(Kwartier):
    """A computer with data, settings and a cache of its own, and a stick to bring files along on."""

    def __init__(self, home: Path, data: str = "gegevens", **environment: str) -> None:
        super().__init__(home, data, KWARTIER_CONFIG=str(home / "instellingen"), **environment)
        (self.desk / "sleutel.txt").write_text("vijver klinker zondag\n", "utf-8")

    def brings(self, name: str, to: Kwartier) -> str:
        """A file on this desk, on another desk now."""
        shutil.move(self.desk / name, to.desk / name)
        return name

    def holds(self, *needles: str | bytes) -> list[str]:
        """The files of this machine that hold any of this, on the desk and in data, settings and cache."""
        return story.files_with(self.home, *needles)


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Machine, Machine, Machine]:
    """Of the student, of the supervisor and of the assessor; the supervisor has the portfolio, with nothing in it."""
    student, supervisor, assessor = (Machine(tmp_path / name) for name in ("student", "begeleider", "beoordelaar"))
    story.begin(supervisor)
    return student, supervisor, assessor


def apart(machine: Machine, file: str) -> Machine:
    """The sheet in a file, opened in a folder of its own to work in."""
    folder = machine.json("blad", "open", file, *KEY)["folder"]
    return Machine(machine.home, str(machine.desk / folder))


def assessor_judges(supervisor: Machine, assessor: Machine, step: str) -> None:
    """Noor gets what she may read, judges on her own machine, and what she did comes back."""
    supervisor.json("meting", "geef", REF, *NOOR, "--stap", step, "--uit", f"noor-{step}.kwartier", *KEY)
    alone = apart(assessor, supervisor.brings(f"noor-{step}.kwartier", assessor))
    assert SHARED in alone.text("formulier", REF, step, *NOOR)
    rows = alone.json("bewijs", "lijst", REF, *NOOR)["steps"][0]["evidence"]
    assert [row["title"] for row in rows] == ["Opzet herstelgroep"]
    alone.json("bewijs", "ophalen", REF, "1", "--naar", f"gelezen-{step}.txt", *NOOR)
    assert (assessor.desk / f"gelezen-{step}.txt").read_bytes() == PLAN
    story.judges(alone, REF, step, NOOR, story.sheet(4, "deels"))
    assessor.json("blad", "inpakken", alone.data, "--uit", f"terug-{step}.kwartier", *KEY)
    supervisor.json("meting", "neem", assessor.brings(f"terug-{step}.kwartier", supervisor), *KEY)
    assert assessor.holds(PRIVATE, NAME, LETTER, "brief.txt") == []
    assert assessor.holds(PLAN)


def test_the_portfolio_itself_goes_to_and_fro(machines: tuple[Machine, Machine, Machine]) -> None:
    student, supervisor, assessor = machines
    give = ("student", "geef", SLUG, CODE)
    supervisor.json(*give, "begin.kwartier", *KEY)
    here = supervisor.brings("begin.kwartier", student)
    assert student.json("student", "neem", here, "--nieuwe-organisatie", "De Linde", *KEY)["refs"] == [REF]
    story.student_fills_in(student)
    student.json(*give, "van-mij.kwartier", "--voor", "Wim", "--door-student", *KEY)
    there = student.brings("van-mij.kwartier", supervisor)
    supervisor.json("student", "neem", there, "--organisatie", SLUG, "--bij-verschil", "voorstel", *KEY)
    assert supervisor.holds(PRIVATE, LETTER, "brief.txt", "Brief") == []
    assert SHARED in supervisor.text("formulier", REF, "tussentijds", *WIM)

    assessor_judges(supervisor, assessor, "tussentijds")
    assert story.judges(supervisor, REF, "tussentijds", WIM, story.sheet(4, "deels", {"1.1": "aangetoond"}))["revealed"]
    story.agree(supervisor, REF, "tussentijds-overleg", {"1.1": ("aangetoond", "Het gesprek laat het zien.")})
    supervisor.json(*give, "terug.kwartier", *KEY)
    back = supervisor.brings("terug.kwartier", student)
    student.json("student", "neem", back, "--organisatie", SLUG, "--bij-verschil", "voorstel", *KEY)

    told = {item["id"]: item for item in student.json("uitslag", REF, "--stap", "tussentijds")["items"]}
    assert (told["1.1"]["score"], told["1.2"]["score"]) == ("aangetoond", "deels")
    rows = student.json("bewijs", "lijst", REF, *STUDENT)["steps"][0]["evidence"]
    assert [(row["title"], row["readers"]) for row in rows] == [("Brief", []), ("Opzet herstelgroep", ["beoordelaar"])]
    student.json("bewijs", "ophalen", REF, "1", "--naar", "nog-eens.txt", *STUDENT)
    assert (student.desk / "nog-eens.txt").read_bytes() == LETTER
    assert PRIVATE in student.text("formulier", REF, "zelfbeoordeling", *STUDENT)

    # a second time: what is new for them comes along, and what was there stays readable
    student.json("bewijs", "erbij", REF, "--titel", "Verslag", "--lezer", "Wim", *STUDENT)
    student.json(*give, "nog-eens.kwartier", "--voor", "Wim", "--door-student", *KEY)
    there = student.brings("nog-eens.kwartier", supervisor)
    supervisor.json("student", "neem", there, "--organisatie", SLUG, "--bij-verschil", "voorstel", *KEY)
    for who, titles in ((WIM, ["Opzet herstelgroep", "Verslag"]), (NOOR, ["Opzet herstelgroep"])):
        rows = supervisor.json("bewijs", "lijst", REF, *who)["steps"][0]["evidence"]
        assert [row["title"] for row in rows] == titles
    assert supervisor.holds(PRIVATE, LETTER, "brief.txt", "Brief") == []
    assert all(machine.json("controle")["sound"] for machine in (student, supervisor))


def test_what_each_has_to_do_goes_apart(machines: tuple[Machine, Machine, Machine]) -> None:
    student, supervisor, assessor = machines
    supervisor.json("meting", "geef", REF, *STUDENT, "--uit", "roos.kwartier", *KEY)
    own = apart(student, supervisor.brings("roos.kwartier", student))
    story.student_fills_in(own)
    student.json("blad", "inpakken", own.data, "--uit", "roos-terug.kwartier", *KEY)
    locked = student.brings("roos-terug.kwartier", supervisor)
    assert supervisor.holds(PRIVATE, LETTER, SHARED) == []
    taken = supervisor.json("meting", "neem", locked, *KEY)
    assert (taken["rows"], taken["files"]) == (27, 2)

    # here the student's own stands in the folder of the programme; the gate keeps it from who may not read it
    for words in (["bewijs", "lijst", REF], ["portfolio", REF], ["formulier", REF, "eind"], ["dekking", REF]):
        assert PRIVATE not in supervisor.text(*words, *WIM) and "Brief" not in supervisor.text(*words, *WIM)
    assert PRIVATE not in supervisor.text("verslag", REF)
    for step in ("tussentijds", "eind"):
        assessor_judges(supervisor, assessor, step)
        story.judges(supervisor, REF, step, WIM, story.sheet(4, "deels"))
        assert supervisor.json("consensus", REF, "--gelijke", "--stap", f"{step}-overleg")["open"] == []
    assert supervisor.json("definitief", REF)["version"] == 1
    assert supervisor.json("controle")["sound"]


def test_what_is_said_on_opening_a_sheet_can_be_typed_as_it_stands(
    machines: tuple[Machine, Machine, Machine],
) -> None:
    """The interim step comes first, so the commands have to name the final one; the portfolio has no texts to mend."""
    _, supervisor, assessor = machines
    supervisor.json("meting", "geef", REF, *NOOR, "--stap", "eind", "--uit", "noor.kwartier", *KEY)
    told = assessor.text("blad", "open", supervisor.brings("noor.kwartier", assessor), *KEY)
    assert "toelichting" not in told
    lines = [shlex.split(line) for line in told.splitlines() if line.startswith("   kwartier ")]
    named = {words[1]: words[2:] for words in lines}
    assert "eind" in assessor.text("formulier", *named["formulier"])
    (assessor.desk / "blad.toml").unlink()
    assessor.file(story.sheet(4, "deels"), "blad.toml")
    assert assessor.json("invullen", *named["invullen"])["step"] == "eind"
    assert assessor.json("verzegel", *named["verzegel"])["sealed"]


def test_a_sheet_that_is_taken_for_a_portfolio_says_how_it_opens(machines: tuple[Machine, Machine, Machine]) -> None:
    student, supervisor, _ = machines
    supervisor.json("meting", "geef", REF, *STUDENT, "--uit", "roos.kwartier", *KEY)
    file = supervisor.brings("roos.kwartier", student)
    told = student.refused("student", "neem", file, "--nieuwe-organisatie", "De Linde", *KEY)
    assert "Blad openen" in told["message"] and "kwartier blad open" in told["next"]
