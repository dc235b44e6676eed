"""What a comparison of organisations says in texts: how it was made, and who or how many are behind a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kwartier.analysis.compared import Answers, Compared, Line
from kwartier.instrument.model import Value
from kwartier.reports.document import Block, Heading, Table
from kwartier.reports.organisations import organisations_report
from kwartier.reports.organisations_bars import OWN
from kwartier.reports.organisations_figures import line_name, number, option_words
from kwartier.reports.phrases import NOTHING, counted
from kwartier.tui.screens import organisations_compared_words as words
from kwartier.tui.widgets.document_lines import Laid, laid_out, wrapped
from kwartier.tui.widgets.document_lines import Line as Drawn


def account(compared: Compared, width: int) -> Laid:
    """How the comparison was made and what it does not say: the report without its figures."""
    report = organisations_report(compared)
    told = [block for block in report.blocks if not isinstance(block, Table)]
    return laid_out(replace(report, blocks=tuple(_filled(told))), width)


def _filled(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without headings under which nothing is left."""
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        empty = following is None or (isinstance(following, Heading) and following.level <= getattr(block, "level", 9))
        if not (isinstance(block, Heading) and empty):
            yield block


# -- who or how many


def behind(compared: Compared, key: str) -> tuple[str, list[Drawn]] | None:
    """A title and lines of what is behind a row, to be wrapped where it is shown; None where that is nothing."""
    kind, _, place = key.partition(":")
    if kind == "row":
        return _of_organisation(compared, int(place))
    if kind == "answers":
        return _of_answers(compared, compared.answers[int(place)])
    line: Line | None = None
    if kind == "item":
        line = compared.items[int(place)]
    elif kind == "section":
        line = compared.sections[int(place)]
    elif kind == "total":
        line = compared.total
    return _of_line(compared, line) if line is not None else None


def _of_line(compared: Compared, line: Line) -> tuple[str, list[Drawn]]:
    places = 0 if line.section else compared.places
    told = sorted({mark for mark in line.marks if mark is not None}, reverse=True)
    shown = list(dict.fromkeys(number(mark, places) for mark in told))
    marks = [None if mark is None else number(mark, places) for mark in line.marks]
    drawn: list[Drawn] = [((words.of_line(compared, line), ""),), ()]
    return line_name(line), [*drawn, *_who(compared, marks, [(one, one) for one in shown], "geen score")]


def _of_answers(compared: Compared, one: Answers) -> tuple[str, list[Drawn]]:
    marks = [None if mark is None else _typed(mark) for mark in one.marks]
    options = [(_typed(value), title) for value, title in zip(one.options, option_words(one), strict=True)]
    return line_name(one), _who(compared, marks, options, "geen antwoord")


def _typed(value: Value) -> str:
    """1, True and "1" are different answers."""
    return f"{type(value).__name__} {value}"


def _who(compared: Compared, marks: Sequence[str | None], options: Sequence[tuple[str, str]], none: str) -> list[Drawn]:
    """Per score the organisations, or where names are off how many."""
    lines: list[Drawn] = []
    for value, title in [*options, (None, none)]:
        found = [row for row, mark in zip(compared.rows, marks, strict=True) if mark == value]
        if value is None and not found:
            continue
        lines.append(((f"{title}: {counted(len(found), 'organisatie', 'organisaties')}", "strong"),))
        if compared.named and found:
            lines.append(((", ".join(f"{OWN} {row.label}" if row.own else row.label for row in found), ""),))
        elif any(row.own for row in found):
            lines.append(((f"{OWN} uw organisatie hoort hierbij", ""),))
    return lines


def _of_organisation(compared: Compared, place: int) -> tuple[str, list[Drawn]]:
    row = compared.rows[place]
    lines: list[Drawn] = [((words.of_row(compared, row), ""),), ()]
    lines.append((("Per item de score, en tussen haakjes de mediaan van alle organisaties.", "muted"),))
    for line in compared.items:
        median = number(line.spread.median, 0)
        lines.append(((f"{number(line.marks[place], 0)}  ({median})  {line_name(line)}", ""),))
    if compared.answers:
        lines += [(), (("Antwoorden", "strong"),)]
    for one in compared.answers:
        mark = one.marks[place]
        lines.append(((f"{NOTHING if mark is None else mark}  {line_name(one)}", ""),))
    return row.label, lines


def laid(lines: Sequence[Drawn], width: int) -> Laid:
    """Lines of one piece each, wrapped."""
    made: list[Drawn] = []
    for line in lines:
        made += [((text, line[0][1]),) for text in wrapped(line[0][0], width)] if line else [()]
    return Laid(made, [])
