// @ts-check
// What an administrator can do in the console, by the names the views use.
import * as api from "../api/admin.js";
import { listReviews } from "../api/reviews.js";
import { listRuns, readRun } from "../api/runs.js";
import { deeds } from "../lib/deeds.js";
import { attempt } from "../lib/session.js";
import { zoneOf } from "../lib/zones.js";
import { heldDoings } from "./held-doings.js";
import { auditQuery, linksQuery, logDoings, logQuery } from "./log-doings.js";
import { peopleDoings } from "./people-doings.js";
import { policyDoings } from "./policy-doings.js";
import { createFollower, runDoings } from "./run-doings.js";
import { itemsAsked } from "./run-state.js";

const PARTS = /** @type {Record<string, string[]>} */ ({
  overview: ["service", "syncUser", "held", "failed", "reviews", "mailboxes"],
  representatives: ["representatives"],
  policy: ["policy", "presets", "policyKeys", "service", "runs"],
  log: ["decisions", "representatives", "reasons"],
  audit: ["audit", "representatives"],
  links: ["links", "representatives"],
  held: ["held", "waiting", "failed"],
  initial: ["representatives", "runs", "run", "service", "presets", "policy"],
  "add-in": [],
});

/** @param {{store: any, session: any}} options */
export function createReading({ store, session }) {
  const readers = /** @type {Record<string, () => Promise<any>>} */ ({
    service: () => api.readService(session.client),
    syncUser: () => api.readSyncUser(session.client),
    mailboxes: () => api.listMailboxes(session.client),
    representatives: () => api.listRepresentatives(session.client),
    found: () => api.listRepresentatives(session.client, { query: store.state.peopleSearch }),
    policy: () => api.readPolicy(session.client),
    policyKeys: () => api.listPolicyKeys(session.client),
    presets: () => api.listPresets(session.client),
    held: () => api.listHeld(session.client),
    reviews: () => listReviews(session.client, { mine: false, limit: 200 }),
    failed: () => api.listFailed(session.client),
    waiting: () => api.listWaiting(session.client, { representativeId: store.state.filters.representativeId }),
    runs: () => listRuns(session.client),
    run: async () => {
      const { run } = store.state;
      return run.id ? readRun(session.client, run.id, itemsAsked(run)) : null;
    },
    reasons: () => api.listReasons(session.client),
    audit: () => api.listAudit(session.client, { limit: 100, ...auditQuery(store.state.filters, zoneOf(store.state)) }),
    links: () => api.listLinks(session.client, { limit: 100, ...linksQuery(store.state.filters) }),
    decisions: () => api.listDecisions(session.client, { limit: 100, ...logQuery(store.state.filters) }),
  });

  const asked = /** @type {Record<string, number>} */ ({});

  async function read(part) {
    const mine = (asked[part] ?? 0) + 1;
    asked[part] = mine;
    // Answers may overtake each other; only the one to the last question counts.
    const tell = (/** @type {any} */ happening) => mine === asked[part] && store.dispatch({ ...happening, part });
    tell({ type: "part-asked" });
    const value = await attempt(session, readers[part], (problem) => tell({ type: "part-failed", problem }));
    if (value) tell({ type: "part-arrived", value });
  }

  const follow = createFollower({ store, reading: { read } });
  const page = async () => {
    await Promise.all(PARTS[store.state.view].map(read));
    follow();
  };
  return { read, page, follow };
}

/** @typedef {{store: any, session: any, reading: ReturnType<typeof createReading>, start: () => void}} Setting */

/** @param {Setting} setting */
export function createDoings(setting) {
  const perform = performer(setting);
  return {
    ...pageDoings(setting),
    ...switchDoings(setting, perform),
    ...peopleDoings(setting, perform),
    ...policyDoings(setting, perform),
    ...heldDoings(setting, perform),
    ...logDoings(setting, perform),
    ...runDoings(setting, perform),
  };
}

/** A deed; afterwards its part of the page is read again. @param {Setting} setting */
function performer({ store, session, reading }) {
  return async (name, ask, notice, part) => {
    store.dispatch({ type: "doing-started", name });
    const answer = await attempt(session, ask, (problem) => store.dispatch({ type: "doing-failed", problem }));
    if (answer === undefined) return undefined;
    store.dispatch({ type: "doing-done", notice: typeof notice === "function" ? notice(answer) : notice });
    if (part) await reading.read(part);
    return answer;
  };
}

/** @param {Setting} setting */
function pageDoings({ store, session, reading, start }) {
  return {
    ...deeds({
      "start-over": start,
      "sign-in-requested": async () => {
        await session.signIn(store.state.claims);
        if (store.state.phase === "ready") await reading.page();
      },
    }),
    "parts-repeated": () => reading.page(),
    "refusal-closed": () => store.dispatch({ type: "refusal-closed" }),
  };
}

/** @param {Setting} setting @param {any} perform */
function switchDoings({ session }, perform) {
  return deeds({
    "service-switched": ({ deed }) =>
      perform(`service-${deed}`, () => api.switchService(session.client, deed), "Done.", "service"),
    "sync-user-switched": ({ deed }) =>
      perform(`sync-user-${deed}`, () => api.switchSyncUser(session.client, deed), "Done.", "syncUser"),
  });
}
