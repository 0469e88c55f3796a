// @ts-check
// Activities marked for editing: one function per endpoint.

/** @param {any} client @param {Record<string, any>} query */
export const listReviews = (client, query) => client.get("/api/reviews", query);
export const resolveReview = (client, activityId, answer) => client.post(`/api/reviews/${activityId}/resolve`, answer);
