"""The paths of administrators, together."""

from liaison.api.admin.held import held
from liaison.api.admin.links import links
from liaison.api.admin.log import log
from liaison.api.admin.mailboxes import mailboxes
from liaison.api.admin.policy import policy
from liaison.api.admin.representatives import representatives
from liaison.api.admin.runs import runs
from liaison.api.admin.service import service
from liaison.api.admin.sync_user import sync_user

ADMIN_ROUTES = (representatives, policy, service, sync_user, log, held, mailboxes, links, runs)
