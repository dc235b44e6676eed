"""A draft of one file: whatever is typed, saved and changed by others in between, nothing that was typed is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kwartier.records.canonical import same
from kwartier.records.patch import apply
from kwartier.records.tree import Tree
from kwartier.workspace.edits import Draft

ITEMS = ("1", "2", "3")


def tree(texts: dict[str, str]) -> Tree:
    return {"schema": 1, "explanation": [{"item": item, "text": text} for item, text in sorted(texts.items()) if text]}


def typed(draft: Draft, item: str, text: str) -> Draft:
    texts = {**read(draft.now), item: text}
    return Draft(file=draft.file, disk=draft.disk, now=tree(texts), held=draft.held)


def read(one: Tree) -> dict[str, str]:
    return {row["item"]: row["text"] for row in one.get("explanation", [])}


moves = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.sampled_from(ITEMS), st.integers(1, 5)),
        st.tuples(st.just("other"), st.sampled_from(ITEMS), st.integers(1, 5)),
        st.tuples(st.just("look"), st.just(""), st.just(0)),
        st.tuples(st.just("save"), st.just(""), st.just(0)),
    ),
    max_size=25,
)


@given(moves)
@settings(max_examples=300)
def test_every_text_is_kept_on_disk_or_waits_as_a_clash(steps: list[tuple[str, str, int]]) -> None:
    disk = tree(dict.fromkeys(ITEMS, "begin"))
    draft = Draft(file=("toelichten", None), disk=disk, now=disk)
    mine: dict[str, str] = {}
    theirs: dict[str, str] = dict.fromkeys(ITEMS, "begin")
    for number, (what, item, value) in enumerate(steps):
        if what == "type":
            mine[item] = f"ik {value} {number}"
            draft = typed(draft, item, mine[item])
        elif what == "other":
            theirs[item] = f"ander {value} {number}"
            disk = tree({**read(disk), item: theirs[item]})
        elif what == "look":
            draft = draft.seen(disk)
        else:
            draft = draft.seen(disk)
            sent = draft.now
            disk = apply(disk, draft.unsaved)
            draft = draft.saved(sent, disk)
    draft = draft.seen(disk)
    for clash in list(draft.clashes()):
        assert clash.mine != clash.theirs
        draft = draft.chosen(clash.path, mine=True)
    disk = apply(disk, draft.unsaved)
    draft = draft.saved(draft.now, disk)
    assert same(draft.now, disk)
    for item in ITEMS:
        # The last thing typed here stands, unless the other one changed it after it was saved.
        assert read(disk)[item] in {mine.get(item, theirs[item]), theirs[item]}
    assert not draft.unsaved


@given(st.sampled_from(ITEMS), st.booleans())
def test_choosing_the_other_takes_what_stands_on_disk(item: str, also_more: bool) -> None:
    base = tree(dict.fromkeys(ITEMS, "begin"))
    draft = typed(Draft(file=("toelichten", None), disk=base, now=base), item, "van mij")
    other = tree({**read(base), item: "van de ander"})
    draft = draft.seen(other)
    (clash,) = draft.clashes()
    if also_more:
        draft = typed(draft, item, "van mij, en verder getypt")
        (clash,) = draft.clashes()
        assert clash.mine == "van mij, en verder getypt"
    assert not draft.unsaved
    assert read(draft.chosen(clash.path, mine=False).now)[item] == "van de ander"
    assert read(draft.chosen(clash.path, mine=True).now)[item] == draft.clashes()[0].mine
