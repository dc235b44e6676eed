"""The list of questions of an instrument, or of one record: what it is made of, through the gate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kwartier.instrument.selection import check_parameters, for_parameters
from kwartier.workspace import subjects
from kwartier.workspace.outcomes import seen_of
from kwartier.workspace.shelf import Shelf

if TYPE_CHECKING:
    from kwartier.reports.document import Document


def of_instrument(
    shelf: Shelf, instrument: str, parameters: Mapping[str, object], *, parts: bool, prompts: bool
) -> Document:
    """The blank list of an instrument as it is installed now. Raises `Misused` where its parameters are not given."""
    from kwartier.reports.questions import Asked, question_list  # only who asks for it pays for importing it

    opened = shelf.host.open(instrument)
    chosen = check_parameters(opened.content, parameters)
    return question_list(
        Asked(
            header=opened.header,
            content=for_parameters(opened.content, chosen),
            parameters=chosen,
            today=shelf.today(),
            parts=parts,
            prompts=prompts,
        )
    )


def of_record(shelf: Shelf, ref: str, viewer: str | None, *, filled: bool, parts: bool, prompts: bool) -> Document:
    """The list as it was asked in a record, blank or with what it holds for this viewer."""
    from kwartier.reports.questions import Asked, question_list

    case = shelf.case(ref)
    seen = seen_of(shelf, case, viewer)
    subject = seen.record.envelope.subject
    return question_list(
        Asked(
            header=seen.header,
            content=seen.content,
            parameters=seen.record.envelope.parameters,
            today=shelf.today(),
            organisation=seen.organisation,
            record=seen.record,
            about=subjects.known(shelf, case.ref.organisation, subject) if subject else None,
            names=seen.names,
            filled=filled,
            viewer=viewer,
            parts=parts,
            prompts=prompts,
        )
    )
