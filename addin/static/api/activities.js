// @ts-check
// Activities of the CRM: one function per endpoint.

export const listActivities = (client, query) => client.get("/api/activities", query);
export const readActivity = (client, id) => client.get(`/api/activities/${id}`);
export const pollActivity = (client, id, etag) => client.poll(`/api/activities/${id}`, etag);
export const previewMails = (client, id, by) => client.get(`/api/activities/${id}/mails`, { by });
export const planActivity = (client, values) => client.post("/api/activities", values);
export const changeActivity = (client, id, values, version) => client.patch(`/api/activities/${id}`, values, version);
export const deleteActivity = (client, id, version) => client.delete(`/api/activities/${id}`, version);
export const restoreActivity = (client, id) => client.post(`/api/activities/${id}/restore`);
export const readActivityDecisions = (client, id, cursor = null) =>
  client.get(`/api/activities/${id}/decisions`, { limit: 50, cursor });
