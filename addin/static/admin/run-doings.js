// @ts-check
// What an administrator does with initial syncs: begin, dry run, apply, undo, take the plan away as a table.
import { writePolicy } from "../api/admin.js";
import * as api from "../api/runs.js";
import { pageAddress } from "../lib/addresses.js";
import { deeds } from "../lib/deeds.js";
import { attempt } from "../lib/session.js";
import { changesOf } from "./policy-state.js";
import { chosenPeople, itemsAsked } from "./run-state.js";
import { stayWords } from "./run-words.js";

const EVERY = 1000;

/** Reads the run again while a worker is at it. @param {{store: any, reading: any}} setting */
export function createFollower({ store, reading }) {
  let timer = /** @type {any} */ (0);
  return function follow() {
    clearTimeout(timer);
    const { view, parts } = store.state;
    if (view !== "initial" || parts.run.value?.status !== "running") return;
    timer = setTimeout(async () => {
      await reading.read("run");
      follow();
    }, EVERY);
  };
}

/** @param {{store: any, session: any, reading: any}} setting @param {any} perform */
export function runDoings({ store, session, reading }, perform) {
  const show = (/** @type {any} */ run) => {
    if (!run) return;
    // The address names it too, so that it is there again when the page is opened anew.
    history.replaceState(null, "", pageAddress("/admin", { view: "initial", run: run.id }));
    store.dispatch({ type: "run-chosen", id: run.id });
    store.dispatch({ type: "part-arrived", part: "run", value: run });
    reading.follow();
  };
  const people = () => chosenPeople(store.state.run, store.state.parts.representatives.value.items);
  const begin = async () => {
    const { representativeIds } = people();
    const ask = () => api.beginRun(session.client, { representativeIds, dryRun: false });
    show(await perform("run-begin", ask, "The initial sync has begun."));
  };
  const plan = async (/** @type {any} */ whom) => {
    const ask = () => api.beginRun(session.client, { ...whom, dryRun: true });
    show(await perform("dry-run", ask, "The mailboxes are read. Nothing is written."));
  };
  const ways = /** @type {Record<string, () => Promise<unknown>>} */ ({
    begin,
    apply: async () =>
      show(await perform("run-apply", () => api.applyRun(session.client, store.state.run.id), "The plan is carried out.")),
    take: async () => {
      const { policy, run } = store.state.parts;
      const { preset, keys } = run.value.trial;
      const write = () => writePolicy(session.client, preset ? { preset } : keys, policy.value.version);
      if (await perform("policy-take", write, "The policy is changed.")) await Promise.all(["policy", "run"].map(reading.read));
    },
    undo: async () => {
      const undone = await perform("run-undo", () => api.undoRun(session.client, store.state.run.id), undoNotice);
      if (undone) await reading.read("run");
    },
  });
  return {
    "whose-chosen": ({ value }) => store.dispatch({ type: "whose-chosen", whose: value }),
    "person-chosen": ({ id, name }) => store.dispatch({ type: "person-chosen", id, name }),
    "trial-chosen": ({ value }) => store.dispatch({ type: "trial-chosen", preset: value }),
    "run-deed-dropped": () => store.dispatch({ type: "run-deed-dropped" }),
    "run-reason-chosen": ({ reason }) => {
      store.dispatch({ type: "run-reason-chosen", reason });
      return reading.read("run");
    },
    "run-changes-chosen": () => {
      store.dispatch({ type: "run-changes-chosen" });
      return reading.read("run");
    },
    ...deeds({
      "run-deed-asked": ({ deed }) => store.dispatch({ type: "run-deed-asked", deed }),
      "dry-run-requested": () => plan({ ...people(), preset: store.state.run.trial || undefined }),
      "dry-run-repeated": () => plan({ representativeIds: store.state.parts.run.value.mailboxes.map(({ id }) => id) }),
      "trial-requested": async ({ preset }) => {
        const { parts, policyDraft } = store.state;
        const wished = preset ? { preset } : { policy: changesOf(parts.policyKeys.value.items, policyDraft, parts.policy.value) };
        const whose = parts.service.value?.activePeople ? { activeOnly: true } : {};
        const ask = () => api.beginRun(session.client, { representativeIds: null, ...whose, dryRun: true, ...wished });
        const refused = (/** @type {any} */ problem) => store.dispatch({ type: preset ? "doing-failed" : "policy-refused", problem });
        store.dispatch({ type: "doing-started", name: "trial" });
        const run = await attempt(session, ask, refused);
        if (!run) return;
        store.dispatch({ type: "doing-done", notice: "The mailboxes are read. Nothing is written." });
        history.pushState(null, "", location.href);
        store.dispatch({ type: "view-chosen", view: "initial" });
        show(run);
        await reading.page();
      },
      "run-deed-sent": async ({ deed }) => {
        await ways[deed]();
        store.dispatch({ type: "run-deed-dropped" });
      },
      "twins-chosen": async ({ id, link }) => {
        const chosen = { itemIds: id ? [id] : null, link: link === "true" };
        const ask = () => api.chooseTwins(session.client, store.state.run.id, chosen);
        const run = await perform(id ? `twin-${id}` : "twins", ask, chosen.link ? "Linked when the plan is applied." : "Made anew when the plan is applied.");
        if (run) store.dispatch({ type: "twins-arrived", run, ...chosen });
      },
      "more-items-asked": async () => {
        const { run, parts } = store.state;
        const query = { cursor: parts.run.value.next, ...itemsAsked(run) };
        const page = await perform("more-items", () => api.readRun(session.client, run.id, query), "");
        // Another cut was asked for meanwhile: what continues the old one is of no use.
        if (page && store.state.parts.run.value.items === parts.run.value.items) store.dispatch({ type: "more-items-arrived", items: page.items, next: page.next });
      },
      "plan-table-asked": async ({ id }) => {
        const table = await perform("plan-table", () => api.readPlanTable(session.client, id), "The table is made.");
        if (table) save(table, `plan-${id}.csv`);
      },
    }),
  };
}

function undoNotice({ undo }) {
  const left = undo.newer ? ` ${undo.newer} left, because something newer happened.` : "";
  return `${undo.possible} taken back.${left}${stayWords(undo.meetings)}`;
}

/** Hands a text to the browser as a file. @param {string} text @param {string} name */
function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
