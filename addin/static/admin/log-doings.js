// @ts-check
// What an administrator asks of the log: another cut of it, or more.
import * as api from "../api/admin.js";

/** Unless a reason or an outcome is asked for, only what changed something. @param {any} filters */
export function logQuery({ reason, outcome, representativeId }) {
  const isNews = !reason && !outcome;
  return { reason, representativeId, outcome: outcome === "all" ? "" : outcome, news: isNews || null };
}

/** @param {{store: any, session: any, reading: any}} setting @param {any} perform */
export function logDoings({ store, session, reading }, perform) {
  const decisions = () => store.state.parts.decisions.value;
  return {
    "log-asked": () => reading.read("decisions"),
    "log-filtered": ({ name, value }) => {
      store.dispatch({ type: "filter-chosen", name, value: value.trim() });
      reading.read("decisions");
    },
    "log-continued": async () => {
      const { items, next } = decisions();
      const ask = () => api.listDecisions(session.client, { ...logQuery(store.state.filters), limit: 100, cursor: next });
      const answer = await perform("log-more", ask, "");
      // Another cut was asked for meanwhile: what continues the old one is of no use.
      if (!answer || decisions().items !== items) return;
      store.dispatch({ type: "part-arrived", part: "decisions", value: { ...answer, items: [...items, ...answer.items] } });
    },
  };
}
