"""The check Graph makes before it trusts an address with notifications."""

import secrets

import httpx

from liaison_sandbox.problems import GraphProblem

ANSWER_WITHIN_SECONDS = 10


def check_endpoint(url: str) -> None:
    """The endpoint must give the token back, as plain text, within ten seconds."""
    # A space and signs that change when they are decoded twice or escaped for HTML.
    token = f"Validation: Testing client application reachability {secrets.token_hex(8)} <&>+%2B"
    separator = "&" if "?" in url else "?"
    try:
        answer = httpx.post(
            f"{url}{separator}{httpx.QueryParams({'validationToken': token})}",
            headers={"Content-Type": "text/plain; charset=utf-8"},
            timeout=ANSWER_WITHIN_SECONDS,
            trust_env=False,
        )
    except httpx.HTTPError as failed:
        raise _failed(f"The endpoint could not be reached: {type(failed).__name__}.") from failed
    if answer.status_code != httpx.codes.OK:
        raise _failed(f"Notification endpoint must respond with 200 OK, not {answer.status_code}.")
    if not answer.headers.get("Content-Type", "").startswith("text/plain"):
        raise _failed("The response must be of type text/plain.")
    if answer.text != token:
        raise _failed("The response does not match the validation token.")


def _failed(reason: str) -> GraphProblem:
    message = f"Subscription validation request failed. {reason}"
    return GraphProblem(400, "ValidationError", message)
