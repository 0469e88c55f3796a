// @ts-check
// What the pane asks of the server: one function per endpoint.

export const readMe = (client) => client.get("/api/me");

/**
 * A meeting is named by the id Office gives, else by what it says; the start settles which occurrence an id means.
 * @param {any} client @param {any} item
 */
export const readMeeting = (client, item) => client.get("/api/meeting", meetingKey(item));

export const linkMeeting = (client, item, activityId, scope) =>
  client.post("/api/links", { ...meetingKey(item), activityId, scope });

export const createActivityFromMeeting = (client, item, scope) =>
  client.post("/api/activities", { ...meetingKey(item), scope });

/** @param {any} client @param {Record<string, any>} query */
export const listMeetings = (client, query) => client.get("/api/meetings", query);

export const unlink = (client, linkId) => client.delete(`/api/links/${linkId}`);
export const syncLink = (client, linkId) => client.post(`/api/links/${linkId}/sync`);
export const retryLink = (client, linkId) => client.post(`/api/links/${linkId}/retry`);
export const retractLink = (client, linkId) => client.post(`/api/links/${linkId}/retract`);
export const settleLink = (client, linkId, field, keep) => client.post(`/api/links/${linkId}/settle`, { field, keep });
export const readDecisions = (client, linkId, cursor = null) =>
  client.get(`/api/links/${linkId}/decisions`, { limit: 50, cursor });

/** @param {any} item */
function meetingKey(item) {
  const mailbox = item.mailbox ?? undefined;
  if (item.itemId) return clean({ itemId: item.itemId, mailbox, start: item.start });
  const { subject, start, end } = item;
  return clean({ subject, start, end, organizer: item.organizer?.address, mailbox });
}

/** @param {Record<string, any>} values */
function clean(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}
