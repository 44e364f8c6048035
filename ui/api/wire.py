"""How answers and failures are written: JSON in the house form."""

import json
import logging
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from agent.views import Fixable, Refused

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

log = logging.getLogger("dalm.api")


class Unwelcome(Exception):
    """The caller has no token, or came by a name that is not this machine's."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failure as the caller reads it: `error` is fixable, refused, unwelcome or bug."""

    status: int
    error: str
    text: str
    id: str = ""

    def line(self) -> bytes:
        """Write it as a line of a stream that had already begun."""
        return encoded({"error": self.error, "text": self.text, "id": self.id}) + b"\n"

    def response(self) -> Response:
        """Write it as an answer of its own."""
        return Response(self.line(), self.status, media_type="application/json")


def failure(error: BaseException) -> Failure:
    """Word an exception; a bug is logged here, once, and the caller is told its id alone."""
    match error:
        case Fixable():
            return Failure(422, "fixable", str(error))
        case Refused():
            return Failure(403, "refused", str(error))
        case Unwelcome():
            return Failure(401, "unwelcome", str(error))
        case RequestValidationError():
            wrong = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
            return Failure(422, "fixable", f"The request does not fit: {wrong}.")
        case _:
            number = secrets.token_hex(4)
            log.error("bug %s", number, exc_info=error)
            return Failure(500, "bug", f"Something broke; the log has it under {number}.", number)


class HouseRoute(APIRoute):
    """A route whose failures are answered in the house form, whatever raised them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the route."""
        answer = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await answer(request)
            except Exception as error:  # noqa: BLE001 - this is the edge: it is worded and logged
                return failure(error).response()

        return answered


def encoded(document: object) -> bytes:
    """Write JSON as UTF-8; bytes of a file name that are no text become question marks."""
    return json.dumps(document, ensure_ascii=False, default=sorted).encode("utf-8", "replace")


def answer(document: object) -> Response:
    """Answer with a JSON document."""
    return Response(encoded(document), media_type="application/json")


def answer_view(view: "DataclassInstance") -> Response:
    """Answer with a view."""
    return answer(asdict(view))


def answer_views(views: "list[Any]") -> Response:
    """Answer with a list of views."""
    return answer([asdict(view) for view in views])
