// @ts-check
// What an administrator asks of the log, the audit and the links: another cut of them, or more.
import * as api from "../api/admin.js";
import { fromField } from "../lib/dates.js";
import { deeds } from "../lib/deeds.js";
import { zoneOf } from "../lib/zones.js";
import { goingOn } from "./more.js";

/** Unless a reason or an outcome is asked for, only what changed something. @param {any} filters */
export function logQuery({ reason, outcome, representativeId }) {
  const isNews = !reason && !outcome;
  return { reason, representativeId, outcome: outcome === "all" ? "" : outcome, news: isNews || null };
}

/** Days are whole days in the person's zone. @param {any} filters @param {string} zone */
export const auditQuery = ({ action, actor, since }, zone) => ({ action, actor, since: since && fromField(`${since}T00:00`, zone) });

/** @param {any} filters */
export const linksQuery = ({ representativeId }) => ({ representativeId });

/** @param {{store: any, session: any, reading: any}} setting @param {any} perform */
export function logDoings({ store, session, reading }, perform) {
  const filter = (/** @type {string} */ part) => ({ name, value }) => {
    store.dispatch({ type: "filter-chosen", name, value: value.trim() });
    reading.read(part);
  };

  const goOn = goingOn({ store }, perform);
  const filters = () => store.state.filters;
  return {
    "log-asked": () => reading.read("decisions"),
    "log-filtered": filter("decisions"),
    "audit-asked": () => reading.read("audit"),
    "audit-filtered": filter("audit"),
    ...deeds({
      "log-continued": () => goOn("decisions", (cursor) => api.listDecisions(session.client, { ...logQuery(filters()), limit: 100, cursor })),
      "audit-continued": () => goOn("audit", (cursor) => api.listAudit(session.client, { ...auditQuery(filters(), zoneOf(store.state)), limit: 100, cursor })),
      "links-continued": () => goOn("links", (cursor) => api.listLinks(session.client, { ...linksQuery(filters()), limit: 100, cursor })),
    }),
  };
}
