"""Everything that an installed instrument is checked for: its files, its texts, its Python, and a whole record.

It runs the plugin's own code, so it is for authors, in their tests; kwartier never does this by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from kwartier.errors import KwartierError
from kwartier.instrument.letters import read_letter
from kwartier.plugins.discovery import GROUP
from kwartier.plugins.host import Host, Opened
from kwartier.plugins.installed import points_of
from kwartier.testing.problem import Problem
from kwartier.testing.sources import source_problems
from kwartier.testing.texts import combinations, content_problems, subject_problems
from kwartier.testing.trial import Trial

__all__ = ["InstrumentTests", "Problem", "check_instrument", "find", "trial_problems"]

TRIALS = 12
"""So many choices of parameters are tried with whole records, spread over all of them."""


def check_instrument(module: str, *, seed: int = 0, trials: int = TRIALS) -> list[Problem]:
    """All problems of the instrument in this package; empty where it conforms.

    `module` is the name of the package, as in its entry point; `seed` chooses the made-up answers.
    """
    found = find(module)
    if isinstance(found, list):
        return found
    host, opened = found
    return [
        *source_problems(_folder(host, opened)),
        *content_problems(opened.content, opened.tree),
        *subject_problems(opened.header, opened.content),
        *crosswalk_problems(host, opened),
        *letter_problems(_folder(host, opened), opened.header.id),
        *trial_problems(host, opened, seed=seed, trials=trials),
    ]


def find(module: str) -> tuple[Host, Opened] | list[Problem]:
    """The instrument, opened by a host that knows no other one; or why it cannot be."""
    points = [point for point in points_of(GROUP) if point.value == module]
    if len(points) != 1:
        what = "no installed distribution has" if not points else f"{len(points)} distributions have"
        return [Problem("entry-point", module, f"{what} an entry point for it in the group {GROUP}")]
    host = Host(points=points, environ={})
    listing = host.listings()[0]
    if not listing.usable:
        return [Problem("header", "instrument.toml", f"{listing.reason} {listing.advice}")]
    try:
        return host, host.open(listing.id)
    except KwartierError as error:
        return [Problem("open", error.place or module, error.message)]


def crosswalk_problems(host: Host, opened: Opened) -> list[Problem]:
    """Mistakes in a crosswalk.toml, where there is one; the items of the other instrument are not looked for."""
    bridge = host.crosswalk(opened.header.id)
    return [Problem("crosswalk", bridge.place, bridge.trouble)] if bridge is not None and bridge.trouble else []


def letter_problems(folder: Path, instrument: str) -> list[Problem]:
    """Mistakes in the letters that it brings, if any; each is for this instrument and named after its id."""
    problems = []
    for path in sorted((folder / "letters").glob("*.toml")):
        try:
            letter = read_letter(path.read_bytes(), str(path))
        except KwartierError as error:
            problems.append(Problem("letter", error.place or str(path), error.message))
            continue
        if (letter.instrument, letter.id) != (instrument, path.stem):
            problems.append(Problem("letter", str(path), f"it says {letter.instrument}, {letter.id}"))
    return problems


def trial_problems(host: Host, opened: Opened, *, seed: int = 0, trials: int = TRIALS) -> list[Problem]:
    """What goes wrong in whole records, for choices of parameters spread over all of them."""
    chosen = combinations(opened.content)
    step = max(1, len(chosen) // max(1, trials))
    problems: list[Problem] = []
    for number, parameters in enumerate(chosen[::step][:trials]):
        problems += Trial(host, opened, parameters, seed + number).run()
    return list(dict.fromkeys(problems))


def _folder(host: Host, opened: Opened) -> Path:
    listing = host.listing(opened.header.id)
    assert listing is not None and listing.folder is not None
    return Path(listing.folder)


class InstrumentTests:
    """Tests for pytest: inherit in a test module as `class TestTuin(InstrumentTests)` and name the package.

    class TestTuin(InstrumentTests):
        module = "kwartier_tuin"
    """

    module: ClassVar[str]
    seeds: ClassVar[Sequence[int]] = (0, 1)
    trials: ClassVar[int] = TRIALS

    def test_it_opens(self) -> None:
        """Installed, with valid files, and Python that loads."""
        found = find(self.module)
        assert not isinstance(found, list), _told(found)

    def test_its_content_is_clear(self) -> None:
        """Every item has a text and every answer a meaning, and roles fit what is looked at."""
        _, opened = self._found()
        problems = [*content_problems(opened.content, opened.tree), *subject_problems(opened.header, opened.content)]
        assert not problems, _told(problems)

    def test_its_crosswalk_can_be_used(self) -> None:
        """Where it says how its items lie beside those of another instrument, it does so without mistakes."""
        problems = crosswalk_problems(*self._found())
        assert not problems, _told(problems)

    def test_its_letters_can_be_used(self) -> None:
        """Where it brings letters, they are without mistakes."""
        host, opened = self._found()
        problems = letter_problems(_folder(host, opened), opened.header.id)
        assert not problems, _told(problems)

    def test_its_python_keeps_to_the_api(self) -> None:
        """It imports nothing of kwartier but `kwartier.api` and `kwartier.testing`, and no screen."""
        host, opened = self._found()
        problems = list(source_problems(_folder(host, opened)))
        assert not problems, _told(problems)

    def test_a_whole_record_can_be_made(self) -> None:
        """From start to report, with made-up answers, for choices of the parameters."""
        for seed in self.seeds:
            problems = trial_problems(*self._found(), seed=seed, trials=self.trials)
            assert not problems, _told(problems)

    def _found(self) -> tuple[Host, Opened]:
        found = find(self.module)
        assert not isinstance(found, list), _told(found)
        return found


def _told(problems: Sequence[Problem]) -> str:
    return "\n".join(["", *(str(one) for one in problems)])
