"""What Graph answers when it refuses."""

from collections.abc import Mapping


class GraphProblem(Exception):
    """An answer with Graph's own status and code."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.headers = dict(headers or {})


def item_not_found() -> GraphProblem:
    return GraphProblem(
        404, "ErrorItemNotFound", "The specified object was not found in the store."
    )


def id_malformed() -> GraphProblem:
    return GraphProblem(400, "ErrorInvalidIdMalformed", "Id is malformed.")


def access_denied(
    message: str = "Access is denied. Check credentials and try again.",
) -> GraphProblem:
    return GraphProblem(403, "ErrorAccessDenied", message)


def invalid_request(message: str) -> GraphProblem:
    return GraphProblem(400, "ErrorInvalidRequest", message)


def bad_request(message: str) -> GraphProblem:
    return GraphProblem(400, "BadRequest", message)


def request_body_invalid(message: str) -> GraphProblem:
    return GraphProblem(400, "RequestBodyRead", message)


def property_invalid(message: str) -> GraphProblem:
    return GraphProblem(400, "ErrorPropertyValidationFailure", message)
