"""What the system does for kwartier's files: temporary names, writing to the disk, mode and group, fingerprints.

What is written, and when, is decided in files, making, journal and folder.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from kwartier.store.refusals import link_refused, refusal

ON_WINDOWS = sys.platform == "win32"
HOUR = 3600.0

_T = TypeVar("_T")
TEMPORARY = ".tmp"
"""How the name of every temporary file or folder ends."""

_TEMPORARY = re.compile(r"\..{1,100}\.(?P<host>[0-9a-f]{8})-(?P<pid>[0-9]{1,10})-[0-9a-f]{8}\.tmp", re.DOTALL)
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_TRIES, _PAUSE = 40, 0.05


def patiently(action: Callable[[], _T]) -> _T:
    """Do what a virus scanner or synchroniser on Windows may hold up for a moment; elsewhere do it once."""
    for _ in range(_TRIES if ON_WINDOWS else 0):
        try:
            return action()
        except PermissionError:
            time.sleep(_PAUSE)
    return action()


def temporary_name(name: str) -> str:
    """A name for a temporary file or folder beside `name`; says which machine and process makes it."""
    return f".{name[:40]}.{_host()}-{os.getpid()}-{secrets.token_hex(4)}.tmp"


def is_stale(path: Path) -> bool:
    """Whether this is a temporary file or folder of kwartier that nobody is writing any more.

    Its writer has died on this machine, or it is older than an hour (of another machine, or unknown to the system).
    """
    found = _TEMPORARY.fullmatch(path.name)
    if found is None:
        return False
    return (found["host"] == _host() and not _is_alive(int(found["pid"]))) or is_old(path)


def write_new(path: Path, data: bytes, like: Path | None) -> None:
    """Write a file that does not exist yet, down to the disk; mode and group as `like` or as its folder has them."""
    # the descriptor is opened and closed here and nowhere else; what fails half-way is removed by the caller
    descriptor = os.open(path, _NEW, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if not ON_WINDOWS:
            _settle_file(descriptor, like or path.parent)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Bring the names in a folder down to the disk, on systems that can."""
    if ON_WINDOWS:
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except PermissionError:
        return  # a folder that may be written but not read
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES):
            raise  # some network systems cannot sync a folder; a full or failing disk is told
    finally:
        os.close(descriptor)


def make_folder(path: Path) -> None:
    """Make a folder and those above it; private where it is in the user's home, else as the folder that holds it."""
    if path.is_dir():
        return
    if path.parent != path:
        make_folder(path.parent)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if path.is_dir():  # another process was first
            return
        raise
    if not ON_WINDOWS:
        _settle_folder(path)
    sync_folder(path.parent)


def has_link(path: Path) -> bool:
    """Whether a symbolic link stands here, also one that leads nowhere."""
    try:
        return stat.S_ISLNK(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def fingerprint(data: bytes) -> str:
    """What tells one state of a file from another: "sha256:<hex>" of its bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def fingerprint_of(path: Path) -> str | None:
    """The fingerprint of a file of any size; of a folder "folder:<hex>" over all in it; None where nothing is."""
    if has_link(path):
        raise link_refused(path)
    try:
        if path.is_dir():
            lines = [f"{part.relative_to(path).as_posix()} {_mark(part)}" for part in sorted(path.rglob("*"))]
            return "folder:" + hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
        return _file_mark(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusal(error, path) from error


def is_old(path: Path) -> bool:
    """Whether a file or folder was last changed more than an hour ago."""
    try:
        return time.time() - path.lstat().st_mtime > HOUR
    except OSError:
        return False


def is_from_here(name: str) -> bool:
    """Whether a temporary name was made on this machine."""
    found = _TEMPORARY.fullmatch(name)
    return found is not None and found["host"] == _host()


def _mark(part: Path) -> str:
    if part.is_symlink():
        return f"link {part.readlink()}"
    if part.is_file():
        return _file_mark(part)
    return "folder" if part.is_dir() else "device"  # opening a pipe would wait for ever


def _file_mark(path: Path) -> str:
    with path.open("rb") as opened:
        return "sha256:" + hashlib.file_digest(opened, "sha256").hexdigest()


def _host() -> str:
    name = os.environ.get("COMPUTERNAME", "") if ON_WINDOWS else os.uname().nodename
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _is_alive(pid: int) -> bool:
    if ON_WINDOWS:
        return True  # os.kill would end that process there; its age decides
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _settle_file(descriptor: int, like: Path) -> None:
    """Give a new file the mode and group of the file it replaces; of a folder, without execution or write for all."""
    model = like.stat()
    mode = stat.S_IMODE(model.st_mode)
    if stat.S_ISDIR(model.st_mode):
        mode &= 0o664
    mode |= 0o600
    try:
        if model.st_gid != os.fstat(descriptor).st_gid:
            os.fchown(descriptor, -1, model.st_gid)
    except OSError:
        mode &= ~0o070  # the group of another than intended may not read this
    try:
        os.fchmod(descriptor, mode & 0o777)
    except OSError:
        return  # a file system without modes


def _settle_folder(path: Path) -> None:
    above = path.parent.stat()
    mode = stat.S_IMODE(above.st_mode)
    if _in_home(path):
        mode &= 0o2770 if mode & 0o020 else 0o700
    elif mode & 0o002:
        mode = 0o700  # made in a folder that is everybody's, as /tmp
    try:
        if mode & 0o070 and above.st_gid != path.stat().st_gid:
            os.chown(path, -1, above.st_gid)
    except OSError:
        mode &= ~0o2070
    try:
        path.chmod(mode & 0o2775 | 0o700)
    except OSError:
        return


def _in_home(path: Path) -> bool:
    try:
        return path.is_relative_to(Path.home())
    except RuntimeError:
        return False
