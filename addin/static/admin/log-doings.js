// @ts-check
// What an administrator asks of the log, the audit and the links: another cut of them, or more.
import * as api from "../api/admin.js";
import { fromField } from "../lib/dates.js";
import { zoneOf } from "../lib/zones.js";

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

  async function goOn(part, ask) {
    const { items, next } = store.state.parts[part].value;
    const answer = await perform(`${part === "decisions" ? "log" : part}-more`, () => ask({ limit: 100, cursor: next }), "");
    // Another cut was asked for meanwhile: what continues the old one is of no use.
    if (!answer || store.state.parts[part].value.items !== items) return;
    store.dispatch({ type: "part-arrived", part, value: { ...answer, items: [...items, ...answer.items] } });
  }

  const filters = () => store.state.filters;
  return {
    "log-asked": () => reading.read("decisions"),
    "log-filtered": filter("decisions"),
    "log-continued": () => goOn("decisions", (page) => api.listDecisions(session.client, { ...logQuery(filters()), ...page })),
    "audit-asked": () => reading.read("audit"),
    "audit-filtered": filter("audit"),
    "audit-continued": () => goOn("audit", (page) => api.listAudit(session.client, { ...auditQuery(filters(), zoneOf(store.state)), ...page })),
    "links-continued": () => goOn("links", (page) => api.listLinks(session.client, { ...linksQuery(filters()), ...page })),
  };
}
