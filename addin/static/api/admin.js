// @ts-check
// What the console asks of the server: one function per endpoint.

export const readService = (client) => client.get("/api/admin/service");
export const switchService = (client, deed) => client.post(`/api/admin/service/${deed}`);
export const readSyncUser = (client) => client.get("/api/admin/sync-user");
export const switchSyncUser = (client, deed) => client.post(`/api/admin/sync-user/${deed}`);
export const listRepresentatives = (client, asked = {}) => client.get("/api/admin/representatives", { limit: 200, ...asked });
export const importRepresentatives = (client, addresses) =>
  client.post("/api/admin/representatives/import", { addresses });
export const changeRepresentative = (client, id, values, version) =>
  client.patch(`/api/admin/representatives/${id}`, values, version);
export const testRepresentative = (client, id) => client.post(`/api/admin/representatives/${id}/test`);
export const readPolicy = (client) => client.get("/api/admin/policy");
export const listPolicyKeys = (client) => client.get("/api/admin/policy/keys");
export const listPresets = (client) => client.get("/api/admin/policy/presets");
export const writePolicy = (client, policy, version) => client.put("/api/admin/policy", policy, version);
export const listDecisions = (client, query) => client.get("/api/admin/decisions", query);
export const listReasons = (client) => client.get("/api/admin/reasons");
export const listAudit = (client, query) => client.get("/api/admin/audit", query);
export const listLinks = (client, query) => client.get("/api/admin/links", query);
export const listMailboxes = (client) => client.get("/api/admin/mailboxes", { limit: 200 });
export const listHeld = (client) => client.get("/api/admin/held", { limit: 200 });
export const decideHeld = (client, id, deed) => client.post(`/api/admin/held/${id}/${deed}`);
export const listFailed = (client) => client.get("/api/admin/failed", { limit: 200 });
export const listWaiting = (client, query) => client.get("/api/admin/waiting", { limit: 200, ...query });
export const retryFailed = (client, id) => client.post(`/api/admin/failed/${id}/retry`);
