"""msgraph-sdk, set up for us: its typed request builders, none of its retries, redirects or models.

Reading an event with the SDK's models costs a hundred times what reading its JSON costs, so every call asks for
the native response.
"""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import httpx
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from kiota_abstractions.native_response_handler import NativeResponseHandler
from kiota_abstractions.serialization import Parsable, ParseNode, SerializationWriter
from kiota_http.middleware import ParametersNameDecodingHandler
from kiota_http.middleware.options import ResponseHandlerOption
from msgraph_core import GraphClientFactory

if TYPE_CHECKING:
    from msgraph.generated.models.event import Event

with warnings.catch_warnings():
    # The generated builders warn, while they are imported, of classes of theirs that we do not use.
    warnings.simplefilter("ignore", DeprecationWarning)
    from msgraph import GraphRequestAdapter, GraphServiceClient
    from msgraph.generated.subscriptions.item.subscription_item_request_builder import (
        SubscriptionItemRequestBuilder,  # noqa: F401 - imported for the sake of the silence above
    )
    from msgraph.generated.subscriptions.subscriptions_request_builder import (
        SubscriptionsRequestBuilder,  # noqa: F401 - likewise
    )
    from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import (
        CalendarViewRequestBuilder,
    )
    from msgraph.generated.users.item.calendar_view.delta.delta_request_builder import (
        DeltaRequestBuilder,
    )
    from msgraph.generated.users.item.calendars.calendars_request_builder import (
        CalendarsRequestBuilder,
    )
    from msgraph.generated.users.item.events.events_request_builder import EventsRequestBuilder
    from msgraph.generated.users.item.events.item.cancel.cancel_request_builder import (
        CancelRequestBuilder,  # noqa: F401 - likewise
    )
    from msgraph.generated.users.item.events.item.event_item_request_builder import (
        EventItemRequestBuilder,
    )
    from msgraph.generated.users.item.events.item.instances.instances_request_builder import (
        InstancesRequestBuilder,
    )
    from msgraph.generated.users.item.outlook.master_categories.master_categories_request_builder import (
        MasterCategoriesRequestBuilder,
    )
    from msgraph.generated.users.item.outlook.outlook_request_builder import (
        OutlookRequestBuilder,  # noqa: F401 - likewise
    )
    from msgraph.generated.users.item.translate_exchange_ids.translate_exchange_ids_request_builder import (
        TranslateExchangeIdsRequestBuilder,  # noqa: F401 - likewise
    )
    from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
    from msgraph.generated.users.users_request_builder import UsersRequestBuilder

Graph: TypeAlias = GraphServiceClient
Configuration: TypeAlias = RequestConfiguration

EventQuery = EventItemRequestBuilder.EventItemRequestBuilderGetQueryParameters
EventsQuery = EventsRequestBuilder.EventsRequestBuilderGetQueryParameters
InstancesQuery = InstancesRequestBuilder.InstancesRequestBuilderGetQueryParameters
ViewQuery = CalendarViewRequestBuilder.CalendarViewRequestBuilderGetQueryParameters
DeltaQuery = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters
CalendarsQuery = CalendarsRequestBuilder.CalendarsRequestBuilderGetQueryParameters
CategoriesQuery = MasterCategoriesRequestBuilder.MasterCategoriesRequestBuilderGetQueryParameters
UserQuery = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters
UsersQuery = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters

# Seconds; `pool` is the wait for a free connection.
TIMEOUT = httpx.Timeout(connect=5, read=30, write=15, pool=15)
LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=60)


@dataclass(frozen=True, slots=True)
class Connection:
    """The SDK's client, and what lies below it on the network."""

    graph: Graph
    transports: tuple[httpx.AsyncBaseTransport, ...]

    async def close(self) -> None:
        """Close the sockets. The SDK's own transport wraps these and leaves them open."""
        for transport in self.transports:
            await transport.aclose()


def connect_sdk(graph_url: str, trust: ssl.SSLContext) -> Connection:
    """A client of the Graph at this address, to be used on one event loop only."""
    client = httpx.AsyncClient(
        base_url=graph_url, verify=trust, timeout=TIMEOUT, limits=LIMITS, follow_redirects=False
    )
    # Those of proxies that the environment names are mounted beside the usual one.
    transports = [client._transport, *filter(None, client._mounts.values())]  # noqa: SLF001 - no other way
    client = GraphClientFactory.create_with_custom_middleware(
        [ParametersNameDecodingHandler()], client=client
    )
    adapter = GraphRequestAdapter(AnonymousAuthenticationProvider(), client=client)
    adapter.base_url = graph_url.rstrip("/")
    return Connection(GraphServiceClient(request_adapter=adapter), tuple(transports))


def configuration(headers: Iterable[tuple[str, str]], query: object | None = None) -> Configuration:
    """Headers, query and the wish for the native response, as the builders take them."""
    collection = HeadersCollection()
    for name, value in headers:
        collection.add(name, value)
    return RequestConfiguration(
        headers=collection,
        query_parameters=query,
        options=[ResponseHandlerOption(NativeResponseHandler())],
    )


class _EventBody(Parsable):  # type: ignore[misc]  # untyped library
    """Members of an event that are sent as they stand: the SDK's own model adds to them, and cannot empty one."""

    def __init__(self, members: Mapping[str, Any]) -> None:
        self._members = dict(members)

    def get_field_deserializers(self) -> dict[str, Callable[[ParseNode], None]]:
        """It is never read."""
        return {}

    def serialize(self, writer: SerializationWriter) -> None:
        """Member by member."""
        writer.write_additional_data_value(self._members)


def event_body(members: Mapping[str, Any]) -> Event:
    """The body of a request that writes an event."""
    return cast("Event", _EventBody(members))
