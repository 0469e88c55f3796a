// @ts-check
// What the console asks of the server about initial syncs: one function per endpoint.

export const listRuns = (client) => client.get("/api/admin/runs", { limit: 20 });
export const beginRun = (client, { representativeIds, activeOnly, dryRun, preset, policy }) =>
  client.post("/api/admin/runs", { kind: "initial", representativeIds, activeOnly, dryRun, preset, policy });
export const readRun = (client, id, query) => client.get(`/api/admin/runs/${id}`, query);
export const applyRun = (client, id) => client.post(`/api/admin/runs/${id}/apply`);
export const chooseTwins = (client, id, { itemIds, link }) => client.post(`/api/admin/runs/${id}/twins`, { itemIds, link });
export const undoRun = (client, id) => client.post(`/api/admin/runs/${id}/undo`);
export const readPlanTable = (client, id) => client.text(`/api/admin/runs/${id}/items.csv`);
