"""The people of the library: the local owner, and those of the users file."""

import tomllib
from dataclasses import replace

from tools.core.errors import Fixable
from tools.core.people import Role, Viewer

OWNER = Viewer("owner", "the local owner", frozenset({Role.ADMIN}), local_owner=True)

SYSTEM = Viewer("system", "dalm", frozenset({Role.ADMIN}))


class Directory:
    """Knows who there is; `users` never holds the local owner."""

    def __init__(self, users: tuple[Viewer, ...] = ()) -> None:
        self._users = {user.id: user for user in users}

    def owner(self) -> Viewer:
        """Give the person in front of this machine."""
        return OWNER

    def person(self, name: str) -> Viewer:
        """Find somebody by id.

        Raises Fixable, naming who there is, for nobody.
        """
        if name == OWNER.id:
            return OWNER
        if name not in self._users:
            known = ", ".join(sorted(self._users)) or "nobody; write DALM_HOME/users.toml first"
            raise Fixable(f"No user '{name[:40]}'. Known: {known}.")
        return self._users[name]

    def acting_as(self, name: str) -> Viewer:
        """Give somebody as whom the local owner acts, marked so for the audit."""
        person = self.person(name)
        return person if person.local_owner else replace(person, acting_for=OWNER.id)


def parse_users(text: str) -> tuple[Viewer, ...]:
    """Read people from TOML text: tables `[[user]]` with id, name and roles.

    Raises Fixable, naming the entry, when one cannot be used.
    """
    try:
        entries = tomllib.loads(text).get("user", [])
    except tomllib.TOMLDecodeError as error:
        raise Fixable(f"users.toml is not valid TOML: {error}.") from error
    return tuple(_user(entry) for entry in entries)


def _user(entry: dict[str, object]) -> Viewer:
    match entry:
        case {"id": str(user_id), "roles": list(roles)} if user_id and user_id != OWNER.id:
            pass
        case _:
            raise Fixable("users.toml: each [[user]] needs an id (not 'owner') and roles.")
    try:
        held = frozenset(Role(role) for role in roles)
    except ValueError as error:
        known = ", ".join(Role)
        raise Fixable(
            f"users.toml: {user_id} has an unknown role ({error}). Known: {known}."
        ) from error
    return Viewer(user_id, str(entry.get("name", user_id)), held)
