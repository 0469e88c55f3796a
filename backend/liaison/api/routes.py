"""How paths are tied to views: flask-smorest's blueprint with types, and a strict reader of requests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, TypeVar

import marshmallow as ma
import orjson
from flask import Request
from flask_smorest import Blueprint
from webargs.core import missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from liaison.api.bodies import read_body
from liaison.api.standing import wishes_of

View = TypeVar("View", bound=Callable[..., Any])


class StrictParser(FlaskParser):
    """Refuses unknown keys everywhere, and reads JSON as the standard says it (no NaN, no half characters)."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - webargs wants it as a plain class attribute
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": ma.RAISE,
        "json": ma.RAISE,
    }

    def load_json(self, req: Request, schema: ma.Schema) -> Any:
        """What the body wishes; without one it is as if `{}` had been sent."""
        body = read_body(req)
        if not body:
            return missing
        if not req.is_json:
            raise UnsupportedMediaType("Send the body as application/json.")
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise BadRequest("The body is no JSON.") from None
        return wishes_of(given, schema)

    def handle_error(self, error: ma.ValidationError, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Hand the errors on as they are; problems.py words them."""
        raise error


class Nothing(ma.Schema):
    """A body without members."""


class Routes(Blueprint):  # type: ignore[misc]  # flask-smorest is untyped
    """The paths of one noun."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, module: str, description: str) -> None:
        """`name` groups them in the documentation."""
        super().__init__(name, module, description=description)

    def get(self, rule: str) -> Callable[[View], View]:
        """Read."""
        return self._route(rule, "GET")

    def post(self, rule: str) -> Callable[[View], View]:
        """Make, or do."""
        return self._route(rule, "POST")

    def does(self, rule: str) -> Callable[[View], View]:
        """Do something that needs no more than its address: the body, if there is one, has no members."""
        empty = self.arguments(Nothing, location="json", required=False)

        def wrap(view: View) -> View:
            @wraps(view)
            def act(_nothing: object, **parts: Any) -> Any:
                return view(**parts)

            done: View = self._route(rule, "POST")(empty(act))
            return done

        return wrap

    def put(self, rule: str) -> Callable[[View], View]:
        """Replace."""
        return self._route(rule, "PUT")

    def patch(self, rule: str) -> Callable[[View], View]:
        """Change."""
        return self._route(rule, "PATCH")

    def delete(self, rule: str) -> Callable[[View], View]:
        """End."""
        return self._route(rule, "DELETE")

    def takes(self, schema: type[ma.Schema]) -> Callable[[View], View]:
        """The view gets the body as the schema loads it."""
        wrap: Callable[[View], View] = self.arguments(schema, location="json")
        return wrap

    def asks(self, schema: type[ma.Schema]) -> Callable[[View], View]:
        """The view gets the query as the schema loads it."""
        wrap: Callable[[View], View] = self.arguments(schema, location="query")
        return wrap

    def answers(
        self, schema: type[ma.Schema] | None = None, status: int = 200
    ) -> Callable[[View], View]:
        """What the view returns is written by the schema."""
        wrap: Callable[[View], View] = self.response(status, schema)
        return wrap

    def may_also_answer(
        self, status: int, schema: type[ma.Schema] | None = None, description: str | None = None
    ) -> Callable[[View], View]:
        """Another success, for the documentation."""
        wrap: Callable[[View], View] = self.alt_response(
            status, schema=schema, description=description, success=True
        )
        return wrap

    def _route(self, rule: str, method: str) -> Callable[[View], View]:
        wrap: Callable[[View], View] = self.route(rule, methods=[method])
        return wrap
