"""/subscriptions. A created one has passed the validation handshake."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from liaison_sandbox.graph.access import Caller, authenticate, open_mailbox
from liaison_sandbox.graph.answers import answer, nothing, preferences, request_json
from liaison_sandbox.graph.world import World
from liaison_sandbox.handshake import check_endpoint
from liaison_sandbox.problems import GraphProblem, access_denied, bad_request, invalid_request
from liaison_sandbox.subscriptions import Subscription, new_subscription_id
from liaison_sandbox.zones import read_moment, write_instant

_RESOURCE = re.compile(r"^/?users(?:/([^/]+)|\('([^']+)'\))/(?:calendar/)?events/?$", re.IGNORECASE)
_KNOWN = frozenset(
    {
        "changeType", "notificationUrl", "lifecycleNotificationUrl", "resource",
        "expirationDateTime", "clientState", "latestSupportedTlsVersion", "includeResourceData",
        "applicationId", "creatorId", "encryptionCertificate", "encryptionCertificateId",
        "notificationQueryOptions", "notificationUrlAppId",
    }
)  # fmt: skip
_CHANGES = frozenset({"created", "updated", "deleted"})
LONGEST_CLIENT_STATE = 128
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def create_subscriptions(world: World) -> Blueprint:
    return _Subscriptions(world).blueprint()


class _Subscriptions:
    def __init__(self, world: World) -> None:
        self._world = world
        self._subscriptions = world.subscriptions

    def blueprint(self) -> Blueprint:
        routes = Blueprint("subscriptions", __name__)
        one = "/subscriptions/<subscription_id>"
        routes.add_url_rule("/subscriptions", view_func=self.create, methods=["POST"])
        routes.add_url_rule("/subscriptions", view_func=self.list_own)
        routes.add_url_rule(one, view_func=self.read)
        routes.add_url_rule(one, view_func=self.renew, methods=["PATCH"])
        routes.add_url_rule(one, view_func=self.remove, methods=["DELETE"])
        routes.add_url_rule(f"{one}/reauthorize", view_func=self.reauthorize, methods=["POST"])
        return routes

    def create(self) -> Response:
        caller = authenticate(self._world)
        wanted = _read(self._world, caller, request_json())
        for url in filter(None, (wanted.notification_url, wanted.lifecycle_url)):
            check_endpoint(url)
        return _answer(self._world, self._subscriptions.add(wanted), 201)

    def list_own(self) -> Response:
        creator = _creator(self._world, authenticate(self._world))
        own = [one for one in self._subscriptions.list_all() if one.creator == creator]
        context = f"{self._world.root}/$metadata#subscriptions"
        written = [_written(self._world, one) for one in own]
        return answer({"@odata.context": context, "value": written})

    def read(self, subscription_id: str) -> Response:
        return _answer(self._world, self._own(subscription_id))

    def renew(self, subscription_id: str) -> Response:
        changed = self._own(subscription_id)
        body = request_json()
        if not body or body.keys() - {"expirationDateTime", "notificationUrl"}:
            raise bad_request("Only expirationDateTime and notificationUrl can be updated.")
        if "expirationDateTime" in body:
            expires_at = self._subscriptions.allowed_expiry(_moment(body))
            changed = self._subscriptions.renew(subscription_id, expires_at)
        if "notificationUrl" in body:
            url = _url(body, "notificationUrl")
            check_endpoint(url)
            changed = self._subscriptions.redirect(subscription_id, url)
        return _answer(self._world, changed)

    def remove(self, subscription_id: str) -> Response:
        self._subscriptions.remove(self._own(subscription_id).id)
        return nothing()

    def reauthorize(self, subscription_id: str) -> Response:
        self._own(subscription_id)
        return nothing()

    def _own(self, subscription_id: str) -> Subscription:
        caller = authenticate(self._world)
        found = self._subscriptions.get(subscription_id)
        if found.creator != _creator(self._world, caller):
            raise GraphProblem(404, "ResourceNotFound", "The object was not found.")
        return found


def _read(world: World, caller: Caller, body: Mapping[str, Any]) -> Subscription:
    unknown = sorted(name for name in body if name not in _KNOWN and "@odata" not in name)
    if unknown:
        raise bad_request(f"The property '{unknown[0]}' does not exist on a subscription.")
    if body.get("includeResourceData"):
        raise invalid_request("Resource data needs an encryption certificate.")
    found = _RESOURCE.match(str(body.get("resource", "")))
    if found is None:
        raise bad_request("The resource of the subscription is not supported.")
    access = open_mailbox(world, found.group(1) or found.group(2))
    if not caller.app_only and not access.owns:
        raise access_denied("A person's token can subscribe to his own mailbox only.")
    state = body.get("clientState")
    if state is not None and (not isinstance(state, str) or len(state) > LONGEST_CLIENT_STATE):
        raise bad_request("clientState must not be longer than 128 characters.")
    lifecycle = body.get("lifecycleNotificationUrl")
    return Subscription(
        id=new_subscription_id(),
        mailbox=access.person.oid,
        resource=str(body["resource"]),
        change_types=_change_types(body),
        notification_url=_url(body, "notificationUrl"),
        lifecycle_url=_url(body, "lifecycleNotificationUrl") if lifecycle else None,
        client_state=state,
        expires_at=world.subscriptions.allowed_expiry(_moment(body)),
        immutable_ids=preferences().immutable_ids,
        creator=_creator(world, caller),
    )


def _creator(world: World, caller: Caller) -> str:
    return caller.oid or world.issuer.registration.app_oid


def _change_types(body: Mapping[str, Any]) -> frozenset[str]:
    given = frozenset(str(body.get("changeType", "")).replace(" ", "").split(","))
    if not given <= _CHANGES:
        raise bad_request("changeType must be a list of created, updated and deleted.")
    return given


def _url(body: Mapping[str, Any], name: str) -> str:
    """https, as Graph demands; plain http is let through on loopback alone."""
    url = str(body.get(name, ""))
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return url
    raise bad_request(f"{name} must be an https address.")


def _moment(body: Mapping[str, Any]) -> datetime:
    moment = read_moment(str(body.get("expirationDateTime", "")))
    if moment is None or moment.tzinfo is None:
        raise bad_request("expirationDateTime must be a date and time with an offset.")
    return moment


def _answer(world: World, subscription: Subscription, status: int = 200) -> Response:
    context = {"@odata.context": f"{world.root}/$metadata#subscriptions/$entity"}
    return answer(context | _written(world, subscription), status)


def _written(world: World, one: Subscription) -> dict[str, Any]:
    """clientState comes back to the call that set it only."""
    return {
        "id": one.id,
        "resource": one.resource,
        "applicationId": world.issuer.registration.client_id,
        "changeType": ",".join(sorted(one.change_types)),
        "clientState": one.client_state if request.method == "POST" else None,
        "notificationUrl": one.notification_url,
        "lifecycleNotificationUrl": one.lifecycle_url,
        "notificationQueryOptions": None,
        "expirationDateTime": write_instant(one.expires_at),
        "creatorId": one.creator,
        "includeResourceData": None,
        "latestSupportedTlsVersion": "v1_2",
        "encryptionCertificate": None,
        "encryptionCertificateId": None,
        "notificationUrlAppId": None,
    }
