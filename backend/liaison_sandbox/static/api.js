// @ts-check
// One function per address of the sandbox.

export const readTenant = () => call("GET", "/api/tenant");
export const readMails = () => call("GET", "/api/mails");
export const readChanges = (since) => call("GET", `/api/changes?since=${since}`);
export const readToken = (oid, roles) => call("GET", `${person(oid)}/token?roles=${encodeURIComponent(roles.join(","))}`);
export const readEvents = (oid, from, to) =>
  call("GET", `${person(oid)}/events?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`);
export const readEvent = (oid, id) => call("GET", event(oid, id));
export const createEvent = (oid, fields) => call("POST", `${person(oid)}/events`, fields);
export const changeEvent = (oid, id, fields) => call("PATCH", event(oid, id), fields);
export const deleteEvent = (oid, id) => call("DELETE", event(oid, id));
export const changeFollowing = (oid, id, fields) => call("PATCH", `${event(oid, id)}/following`, fields);
export const deleteFollowing = (oid, id) => call("DELETE", `${event(oid, id)}/following`);
export const answerEvent = (oid, id, response) => call("POST", `${event(oid, id)}/answer`, { response, send: true });
export const cancelEvent = (oid, id, comment) => call("POST", `${event(oid, id)}/cancel`, { comment });
export const moveEvent = (oid, id, calendar) => call("POST", `${event(oid, id)}/move`, { calendar });
export const copyEvent = (oid, id) => call("POST", `${event(oid, id)}/copy`, {});

function person(oid) {
  return `/api/people/${encodeURIComponent(oid)}`;
}

function event(oid, id) {
  return `${person(oid)}/events/${encodeURIComponent(id)}`;
}

async function call(method, address, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(address, options);
  if (answer.status === 204) return null;
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(content.error ?? `The sandbox answered ${answer.status}.`);
  return content;
}
