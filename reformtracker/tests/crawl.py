"""All pages, opened once by somebody: what they answered serves every test that only looks at them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.test import Client

from departments.models import User
from reformtracker.tests.test_access import LINES, address
from reformtracker.tests.world import Objects, World

SignIn = Callable[[User], Client]


@dataclass(frozen=True)
class Shown:
    """What an address answered to GET."""

    name: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is to be looked at, not kept."""
        return "text/html" in self.headers["Content-Type"] and bool(self.body)


_OPENED: dict[tuple[str, str], list[Shown]] = {}


def shown_to(role: str, world: World, sign_in: SignIn) -> list[Shown]:
    """What every address answers somebody of the world; opened once for worlds of the same numbers."""
    numbers = [getattr(world, field.name).pk for field in fields(Objects)]
    key = (role, str(numbers))
    if key not in _OPENED:
        client = sign_in(world.people[role])
        _OPENED[key] = [opened(client, name, url) for name, url in addresses(world)]
    return _OPENED[key]


def opened(client: Client, name: str, url: str) -> Shown:
    """Open one address."""
    response = client.get(url)
    body = read(response)
    return Shown(name, url, response.status_code, response.headers, body)


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Every address about the world's objects, with its name; but for the way out, behind which there is none."""
    for name in sorted(LINES.keys() - {"departments:signout"}):
        yield name, address(world, name)


def read(response: Any) -> bytes:
    """The body, also of a download, which is closed by it."""
    return b"".join(response)
