"""The people of the library: the local owner, and those of the users file."""

import re
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
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Fixable(f"users.toml is not valid TOML: {error}.") from error
    entries = document.pop("user", [])
    if document or not isinstance(entries, list):
        raise Fixable("users.toml: write each person as a table [[user]], and nothing else.")
    users = tuple(_user(entry) for entry in entries)
    ids = [user.id for user in users]
    if twice := {user_id for user_id in ids if ids.count(user_id) > 1}:
        raise Fixable(f"users.toml: {sorted(twice)[0]} is there twice; each id names one person.")
    return users


def _user(entry: dict[str, object]) -> Viewer:
    match entry:
        case {"id": str(user_id), "roles": list(roles)} if _usable(user_id):
            pass
        case _:
            raise Fixable(
                "users.toml: each [[user]] needs an id of letters, digits and .@_+- (not 'owner' "
                "or 'system') and roles."
            )
    try:
        held = frozenset(Role(role) for role in roles)
    except ValueError as error:
        known = ", ".join(Role)
        raise Fixable(
            f"users.toml: {user_id} has an unknown role ({error}). Known: {known}."
        ) from error
    return Viewer(user_id, str(entry.get("name", user_id)), held)


def _usable(user_id: str) -> bool:
    """Tell whether an id is one that nobody can take for another kind of name."""
    return bool(re.fullmatch(r"\w[\w.@+-]{0,63}", user_id)) and user_id.casefold() not in {
        OWNER.id,
        SYSTEM.id,
    }
