"""Where each file of each record stands within a data folder; whether it is there is known by folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kwartier.errors import Misused
from kwartier.store import names, refs
from kwartier.store.refs import Ref

_PIN = re.compile(r"sha256:([0-9a-f]{64})")
_PROFILE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of a data folder. Every name is checked, so that none leads outside it: Misused or Refused."""

    path: Path

    def organisation(self, organisation: str) -> Path:
        """The folder of an organisation."""
        if not names.is_slug(organisation):
            raise Misused(
                "invalid-organisation",
                f"Dit is geen organisatie: {ascii(organisation[:80])[1:-1]}",
                advice="Gebruik de naam van de map, in kleine letters, cijfers en streepjes.",
            )
        return self.path / "organisations" / organisation

    def organisation_file(self, organisation: str) -> Path:
        """organisation.toml: who the organisation is."""
        return self.organisation(organisation) / "organisation.toml"

    def people_file(self, organisation: str) -> Path:
        """people.toml: the names behind the codes."""
        return self.organisation(organisation) / "people.toml"

    def subject(self, organisation: str, code: str) -> Path:
        """The folder of a student or workplace."""
        return self.organisation(organisation) / refs.SUBJECTS / names.safe_code(code)

    def subject_file(self, organisation: str, code: str) -> Path:
        """subject.toml: who or what the code stands for."""
        return self.subject(organisation, code) / "subject.toml"

    def evidence(self, organisation: str, code: str) -> Path:
        """The folder with the files that a student or workplace gives as evidence."""
        return self.subject(organisation, code) / "evidence"

    def instrument(self, organisation: str, instrument: str, subject: str | None = None) -> Path:
        """The folder that holds the assessments of an organisation, or of one subject in it, with an instrument."""
        if not refs.is_instrument(instrument):
            message = f"Dit is geen instrument: {ascii(instrument[:60])[1:-1]}"
            raise Misused("invalid-instrument", message, advice="Kijk welke instrumenten er zijn.")
        place = self.organisation(organisation) / instrument
        return place if subject is None else place / names.safe_code(subject)

    def assessment(self, ref: Ref) -> Path:
        """The folder of an assessment."""
        refs.parse_ref(str(ref))
        return self.instrument(ref.organisation, ref.instrument, ref.subject) / ref.name

    def assessment_file(self, ref: Ref) -> Path:
        """assessment.toml: the envelope."""
        return self.assessment(ref) / f"{refs.ENVELOPE}.toml"

    def step_file(self, ref: Ref, step: str, person: str | None = None) -> Path:
        """The file of a step, or of one person's part of it."""
        return self.assessment(ref) / refs.step_file_name(step, person)

    @property
    def programmes(self) -> Path:
        """The folder of the programme profiles."""
        return self.path / "programmes"

    def programme_file(self, profile: str) -> Path:
        """The profile of a programme."""
        if not _PROFILE.fullmatch(profile):
            message = f"Dit is geen naam van een opleidingsprofiel: {ascii(profile[:60])[1:-1]}"
            raise Misused("invalid-profile", message, advice="Kijk welke er zijn: 'kwartier opleiding lijst'.")
        return self.programmes / f"{profile}.toml"

    def content_file(self, pin: str) -> Path:
        """The content that a record pins as "sha256:<hex>"."""
        found = _PIN.fullmatch(pin)
        if found is None:
            message = f"Dit is geen kenmerk van een inhoud: {ascii(pin[:80])[1:-1]}"
            raise Misused("invalid-pin", message, advice="Een kenmerk is sha256: met 64 tekens.")
        return self.path / "contents" / f"{found[1]}.toml"
