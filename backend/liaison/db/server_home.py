"""Where the embedded server lives, and in whose name it runs.

PostgreSQL refuses to run as root. Root therefore starts it in the name of an account that owns
nothing but the database's folder. Where that account cannot get to the data folder or to the
programs (a checkout below /root, say), no permission of a parent folder is changed: the database
and a copy of the programs then live below /var/lib/liaison, and a link in the data folder says so.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from liaison.db.server_programs import make_elsewhere, programs_for, run_as
from liaison.errors import ConfigurationError

ACCOUNT = "liaison-postgres"
SOCKET_NAME = ".s.PGSQL.5432"
# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 103
INSTEAD = "Name a PostgreSQL of your own in LIAISON_DATABASE_URL, or another LIAISON_DATA_DIR."


@dataclass(frozen=True, slots=True)
class ServerHome:
    """The folder of the database, the programs that serve it, and the owner who runs them."""

    folder: Path
    programs: Path
    sockets: Path
    uid: int
    gid: int

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "cluster"

    def run(
        self, program: str, *arguments: str | Path, seconds: float = 120
    ) -> subprocess.CompletedProcess[bytes]:
        """Run one of PostgreSQL's programs, or one of the system's, as the owner."""
        ours = self.programs / program
        return run_as(
            self.uid, self.gid, ours if ours.exists() else program, *arguments, seconds=seconds
        )


def find_home(data_dir: Path) -> ServerHome | None:
    """The home that an earlier start made in this data folder."""
    place = data_dir.resolve() / "postgres"
    if place.is_symlink() and not place.exists():
        raise ConfigurationError(
            [
                f"The embedded database was in {place.readlink()}, which is gone. Remove {place} to begin anew."
            ]
        )
    if not place.exists() or _is_unfinished(place):
        return None
    return _home(place.resolve())


def _is_unfinished(place: Path) -> bool:
    """Drop the empty folder of a first start that root began and did not end."""
    if os.geteuid() != 0 or place.stat().st_uid != 0:
        return False
    try:
        place.resolve().rmdir()
    except OSError:
        raise ConfigurationError(
            [
                f"{place} belongs to root, and PostgreSQL does not run as root: chown -R {ACCOUNT}: it."
            ]
        ) from None
    place.unlink(missing_ok=True)
    return True


def make_home(data_dir: Path) -> ServerHome:
    """A home for a new database, empty and owned by whoever will run the server."""
    data_dir = data_dir.resolve()
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        return _home(_make_folder(data_dir / "postgres"))
    except OSError as error:
        raise ConfigurationError(
            [f"No database can be made in {data_dir} ({error.strerror}). {INSTEAD}"]
        ) from error


def _home(folder: Path) -> ServerHome:
    """An existing folder is served in the name of its owner, whoever starts the server."""
    owner = folder.stat()
    if os.geteuid() not in (0, owner.st_uid):
        raise ConfigurationError(
            [f"The embedded database in {folder} belongs to another user. {INSTEAD}"]
        )
    return ServerHome(
        folder=folder,
        programs=programs_for(owner.st_uid, owner.st_gid),
        sockets=_socket_folder(folder),
        uid=owner.st_uid,
        gid=owner.st_gid,
    )


def _make_folder(place: Path) -> Path:
    if os.geteuid() != 0:
        place.mkdir(mode=0o700)
        return place
    account = _database_account()
    data_dir = place.parent
    data_dir.chmod(data_dir.stat().st_mode | 0o011)
    if _fits(place) and _can_enter(account, data_dir) and _give_folder(place, account):
        return place
    return _make_folder_elsewhere(place, account)


def _make_folder_elsewhere(place: Path, account: pwd.struct_passwd) -> Path:
    # Named at random and not after the checkout: a new clone at an old path begins empty.
    folder = Path(tempfile.mkdtemp(prefix="database-", dir=make_elsewhere()))
    os.chown(folder, account.pw_uid, account.pw_gid)
    place.symlink_to(folder)
    return folder


def _give_folder(place: Path, account: pwd.struct_passwd) -> bool:
    """False where the file system keeps no owners (some shared and network folders)."""
    place.mkdir(mode=0o700)
    try:
        os.chown(place, account.pw_uid, account.pw_gid)
    except OSError:
        place.rmdir()
        return False
    if place.stat().st_uid == account.pw_uid and _can_enter(account, place):
        return True
    place.rmdir()
    return False


def _can_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    # Tried rather than computed: access lists and mount options count too.
    return run_as(account.pw_uid, account.pw_gid, "test", "-x", folder, seconds=10).returncode == 0


def _fits(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH


def _socket_folder(folder: Path) -> Path:
    """The database's folder, or a short one of the owner's where that path is too long for a socket."""
    if _fits(folder):
        return folder
    owner = folder.stat().st_uid
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    short = Path("/tmp") / f"liaison-{owner}-{digest}"  # noqa: S108 - checked below to be nobody else's
    short.mkdir(mode=0o700, exist_ok=True)
    if short.is_symlink() or short.stat().st_uid not in (owner, os.geteuid()):
        raise ConfigurationError([f"{short} belongs to somebody else. {INSTEAD}"])
    if short.stat().st_uid != owner:
        os.chown(short, owner, folder.stat().st_gid)
    return short


def _database_account() -> pwd.struct_passwd:
    for _ in range(20):
        account = _find_account()
        if account:
            return account
        if not shutil.which("useradd"):
            break
        # Fails where another start makes the account at this moment: then it is there the next time.
        subprocess.run(  # noqa: S603 - a fixed command
            ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",  # noqa: S607 - found on root's own PATH
             "--shell", "/usr/sbin/nologin", ACCOUNT],
            check=False, capture_output=True, timeout=30,
        )  # fmt: skip
        time.sleep(0.1)
    raise ConfigurationError(
        [f"Root cannot run PostgreSQL, and no account {ACCOUNT} can be made. {INSTEAD}"]
    )


def _find_account() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return None
