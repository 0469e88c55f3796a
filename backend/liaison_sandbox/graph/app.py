"""The application behind the TLS port: Graph under /v1.0, sign-in under /{tenant}."""

from flask import Flask

from liaison_sandbox.graph.actions import create_actions
from liaison_sandbox.graph.answers import answer_problems
from liaison_sandbox.graph.calendar_view import create_calendar_view
from liaison_sandbox.graph.categories import create_categories
from liaison_sandbox.graph.delta import create_delta
from liaison_sandbox.graph.events import create_events
from liaison_sandbox.graph.exchange_ids import create_exchange_ids
from liaison_sandbox.graph.subscription_routes import create_subscriptions
from liaison_sandbox.graph.users import create_users
from liaison_sandbox.graph.world import World
from liaison_sandbox.login.grants import Grants
from liaison_sandbox.login.routes import create_login

_RESOURCES = (
    create_users,
    create_events,
    create_actions,
    create_calendar_view,
    create_delta,
    create_exchange_ids,
    create_subscriptions,
    create_categories,
)


def create_graph(world: World, grants: Grants) -> Flask:
    app = Flask("liaison_sandbox.graph", static_folder=None)
    app.url_map.strict_slashes = False
    for create in _RESOURCES:
        app.register_blueprint(create(world), url_prefix="/v1.0")
    app.register_blueprint(create_login(world.issuer, grants))
    answer_problems(app, world.tenant.exchange.clock)
    return app
