"""Everything of a student encrypted with a passphrase, and in clear again: all its files at once, or none of them.

What is read and written of an encrypted student goes through `store.files` by itself; keys stand in `store.keyring`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from kwartier.errors import KwartierError, Refused, Unreadable
from kwartier.records.files import SCHEMA
from kwartier.records.organisation import Subject
from kwartier.records.tree import Tree
from kwartier.store import cipher, disk, files, keyring, refs, toml
from kwartier.store.copies import original_name
from kwartier.store.journal import Journal
from kwartier.store.keyring import LOCK_FILE, Lock
from kwartier.store.names import is_code
from kwartier.store.reading import find_bytes
from kwartier.store.refusals import link_refused, no_file_refused
from kwartier.workspace import subjects
from kwartier.workspace.shelf import Shelf

WARNING = (
    "Zonder het wachtwoord is niets hiervan ooit nog te openen, ook niet door kwartier: een vergeten wachtwoord "
    "betekent dat alles weg is. Bewaar het op een veilige plek."
)
"""What a face says before a student is encrypted."""

_Data = Callable[[Path, bytes], bytes | None]


def encrypt(shelf: Shelf, slug: str, code: str, passphrase: str) -> int:
    """Encrypts every file of a student, with the same names; gives how many. Afterwards the student is locked.

    Of one that is encrypted already, with this passphrase, what still stands in clear follows (a file that a
    synchroniser brought, say). A lost passphrase means lost data: who asks this says so first, see `WARNING`.
    """
    shelf.organisation(slug)
    home = shelf.folder.subject(slug, code)
    if is_encrypted(shelf, slug, code):
        return _encrypt_rest(shelf, slug, code, passphrase)
    _require_student(shelf, subjects.subject(shelf, slug, code), slug)
    for _ in _everything(shelf, slug, code):
        pass  # what refuses, refuses before the slow part
    identity, recipient = cipher.new_key()
    wrapped = cipher.with_passphrase(identity.encode("ascii"), passphrase, armored=True)  # before the lock: it is slow
    with shelf.folder.lock(slug):
        if is_encrypted(shelf, slug, code):
            raise _already(code, home)
        one = subjects.subject(shelf, slug, code)
        tree: Tree = {"schema": SCHEMA, "code": code, "kind": one.kind, "retain_until": one.retain_until}
        tree |= {"recipient": recipient, "identity": wrapped.decode("ascii")}
        lock = {key: value for key, value in tree.items() if value not in (None, "")}
        journal = Journal.plan(shelf.folder.path, f"slot op {code}")
        # first of all: whoever writes from then on encrypts
        journal.put(home / LOCK_FILE, toml.encode(lock), expected=None)
        count = _put_all(journal, shelf, slug, code, lambda path, data: cipher.seal(data, recipient, str(path)))
        journal.commit()
    keyring.forget(home)
    _cleared(shelf, slug)
    return count


def _encrypt_rest(shelf: Shelf, slug: str, code: str, passphrase: str) -> int:
    home = shelf.folder.subject(slug, code)
    keyring.lock_of(home)  # a damaged one is told, whatever stands beside it
    if not in_clear(shelf, slug, code):
        raise _already(code, home)
    keyring.identity_of(home, passphrase)
    with shelf.folder.lock(slug):
        journal = Journal.plan(shelf.folder.path, f"slot op {code}")
        count = _put_all(
            journal, shelf, slug, code, lambda path, data: None if cipher.is_cipher(data) else keyring.seal(home, data)
        )
        journal.commit()
    _cleared(shelf, slug)
    return count


def decrypt(shelf: Shelf, slug: str, code: str) -> int:
    """Puts every file of a student in clear again; gives how many. Locked where it was not unlocked first."""
    home = _require_encrypted(shelf, slug, code)
    with shelf.folder.lock(slug):
        identity, lock = keyring.key_of(home), keyring.lock_of(home)
        if identity is None or lock is None:
            raise keyring.Locked(home)

        def plain(path: Path, data: bytes) -> bytes | None:
            if not cipher.is_cipher(data):
                return None
            opened = cipher.unseal(data, identity, str(path))
            return _with_retention(opened, path, lock) if path == home / "subject.toml" else opened

        journal = Journal.plan(shelf.folder.path, f"slot af van {code}")
        count = _put_all(journal, shelf, slug, code, plain)
        journal.delete(home / LOCK_FILE)
        journal.commit()
    keyring.forget(home)
    _cleared(shelf, slug)
    return count


def change_passphrase(shelf: Shelf, slug: str, code: str, old: str, new: str) -> None:
    """Locks the key of a student with another passphrase; the files themselves stay as they are."""
    home = _require_encrypted(shelf, slug, code)
    if not new.strip():
        raise Refused("passphrase-missing", "Een leeg wachtwoord beschermt niets.", advice="Kies een wachtwoord.")
    path = home / LOCK_FILE
    before = files.read(path)
    identity = keyring.identity_of(home, old)
    wrapped = cipher.with_passphrase(identity.encode("ascii"), new, armored=True).decode("ascii")
    with shelf.folder.lock(slug):
        files.replace(path, toml.encode({**before.tree, "identity": wrapped}), expected=before.fingerprint)


def unlock(shelf: Shelf, slug: str, code: str, passphrase: str) -> None:
    """Makes everything of a student readable in this process, until it is locked or the process ends."""
    keyring.unlock(_require_encrypted(shelf, slug, code), passphrase)


def lock(shelf: Shelf, slug: str, code: str) -> None:
    """Lets go of the key of a student in this process."""
    keyring.forget(shelf.folder.subject(slug, code))


def open_locked(home: Path, passphrase: str) -> None:
    """As `unlock`, by the `home` of a `Locked` that was raised."""
    keyring.unlock(home, passphrase)


def forget_keys() -> None:
    """Locks every student in this process."""
    keyring.forget_all()


def is_encrypted(shelf: Shelf, slug: str, code: str) -> bool:
    """Whether the files of a student are encrypted, unlocked here or not; also where the lock is damaged."""
    return os.path.lexists(shelf.folder.subject(slug, code) / LOCK_FILE)


def is_unlocked(shelf: Shelf, slug: str, code: str) -> bool:
    """Whether an encrypted student can be read in this process."""
    try:
        return keyring.key_of(shelf.folder.subject(slug, code)) is not None
    except KwartierError:
        return False


def kind_of_locked(shelf: Shelf, slug: str, code: str) -> str:
    """What the lock of a subject tells without the passphrase: that it is a student."""
    found = keyring.lock_of(shelf.folder.subject(slug, code))
    return (found.kind if found else "") or "student"


def in_clear(shelf: Shelf, slug: str, code: str) -> list[Path]:
    """Files of an encrypted student that stand in clear all the same, as a synchroniser or an older kwartier leaves."""
    found = []
    for path, temporary in _everything(shelf, slug, code):
        if temporary or not cipher.is_cipher_file(path):
            found.append(path)
    return found


def _cleared(shelf: Shelf, slug: str) -> None:
    from kwartier.workspace import indexing  # only who changes a lock pays for importing it

    indexing.cleared(shelf, slug)


# -- the files


def _put_all(journal: Journal, shelf: Shelf, slug: str, code: str, changed: _Data) -> int:
    """Puts in a journal what every file is to become, and that what a crash left there goes; gives how many files."""
    count = 0
    for path, temporary in _everything(shelf, slug, code):
        if temporary:
            journal.delete(path)
            continue
        data = find_bytes(path, path.lstat().st_size)
        if data is not None and (after := changed(path, data)) is not None:
            journal.put(path, after, expected=disk.fingerprint(data))
            count += 1
    return count


def _everything(shelf: Shelf, slug: str, code: str) -> Iterator[tuple[Path, bool]]:
    """Every file of a student, save the lock, and whether it is a temporary one (or a whole folder of these).

    Refused where a link or a device stands among them: what it leads to would stay in clear.
    """
    for top in _folders(shelf, slug, code):
        for place, folders, names in os.walk(top):
            for name in sorted([*folders, *names]):
                path = Path(place, name)
                if path.is_symlink():
                    raise link_refused(path)
                if name.startswith(".") and name.endswith(disk.TEMPORARY):
                    folders[:] = [one for one in folders if one != name]
                    yield path, True
                elif name in names and not (path.parent.parent.name == refs.SUBJECTS and _is_lock(name)):
                    if not path.is_file():
                        raise no_file_refused(path)
                    yield path, False


def _folders(shelf: Shelf, slug: str, code: str) -> Iterator[Path]:
    """The folders of a student. Refused where a synchroniser left a copy of a whole one: that would stay in clear."""
    for above in sorted(shelf.folder.organisation(slug).iterdir()):
        if not (above.name == refs.SUBJECTS or refs.is_instrument(above.name)) or not above.is_dir():
            continue
        for one in sorted(above.iterdir()):
            if one.name != code:
                if not is_code(one.name) and original_name(f"{one.name}.toml", (f"{code}.toml",)) == f"{code}.toml":
                    raise _copied(one, code)
            elif one.is_symlink() or above.is_symlink():
                raise link_refused(one)
            elif one.is_dir():
                yield one


def _copied(folder: Path, code: str) -> Refused:
    return Refused(
        "folder-copied",
        f"Een synchronisatieprogramma maakte een kopie van een hele map van {code}; die zou leesbaar blijven.",
        place=str(folder),
        advice="Kijk of er iets in staat dat nog nodig is, verwijder die map en zet het slot er dan op.",
    )


def _is_lock(name: str) -> bool:
    """Also the copy of a lock that a synchroniser made: without it the key it holds would be lost."""
    return name == LOCK_FILE or original_name(name, (LOCK_FILE,)) == LOCK_FILE


def _with_retention(data: bytes, path: Path, lock: Lock) -> bytes:
    """subject.toml with the date of retention, which may have been set while the student was locked."""
    tree = toml.parse(data, str(path))
    rest = {key: value for key, value in tree.items() if key != "retain_until"}
    return toml.encode({**rest, "retain_until": lock.retain_until} if lock.retain_until else rest)


# -- what is refused


def _require_encrypted(shelf: Shelf, slug: str, code: str) -> Path:
    shelf.organisation(slug)
    home = shelf.folder.subject(slug, code)
    if is_encrypted(shelf, slug, code):
        return home
    subjects.subject(shelf, slug, code)  # one that is not there is told so
    raise keyring.not_encrypted(home)


def _require_student(shelf: Shelf, one: Subject, slug: str) -> None:
    kind = one.kind
    if not kind:  # never said: what its records are about tells
        refs_of = [ref for ref in shelf.folder.assessments(slug) if ref.subject == one.code]
        listings = [shelf.host.listing(ref.instrument) for ref in refs_of]
        kind = next((found.header.subject for found in listings if found and found.header), "")
    if kind == "workplace":
        raise subjects.not_a_student(slug, one.code, "; een slot hoort bij een student")


def _already(code: str, home: Path) -> Refused:
    return Refused(
        "already-encrypted",
        f"Alles van {code} is al op slot.",
        place=str(home),
        advice="Een ander wachtwoord geeft u met 'kwartier student slot wachtwoord'.",
    )


def trouble(shelf: Shelf, slug: str, code: str) -> Unreadable | Refused | None:
    """What is wrong with the lock of a student; None where it is sound, or there is none."""
    try:
        keyring.home_of(shelf.folder.subject_file(slug, code))
    except (Unreadable, Refused) as error:
        return error
    return None
