// @ts-check
// What the user can do in the pane, by the names the views use.
import { changeActivity, listActivities, previewMails, readActivity } from "../api/activities.js";
import {
  createActivityFromMeeting,
  retractLink,
  retryLink,
  settleLink,
  syncLink,
  unlink,
} from "../api/panel.js";
import { sentenceOf } from "../api/problem.js";
import { activityAddress, pageAddress, windowFeatures } from "../lib/addresses.js";
import { deeds } from "../lib/deeds.js";
import { matchDoings } from "../lib/match-doings.js";
import { attempt } from "../lib/session.js";
import { linkAgain } from "./relinking.js";
import { plainScope } from "./state.js";

const TYPING_PAUSE = 250;

/** @typedef {{store: any, session: any, read: (notice?: string) => Promise<void>, start: () => void}} Setting */

/** @param {Setting} setting */
export function createDoings(setting) {
  return {
    ...startDoings(setting),
    ...linkDoings(setting),
    ...menuDoings(setting),
    ...searchDoings(setting),
    ...editDoings(setting),
    ...matchDoings({ ...setting, settled: () => setting.read() }),
  };
}

/** @param {Setting} setting */
function startDoings({ store, session, read, start }) {
  return {
    ...deeds({
      "start-over": start,
      "sign-in-requested": async () => {
        if (await session.signIn(store.state.claims)) await read();
      },
    }),
    "meetings-requested": () => open(pageAddress("/crm", { view: "meetings" }), "_blank", windowFeatures()),
    "refresh-requested": () => {
      store.dispatch({ type: "refusal-closed" });
      read();
    },
    "refusal-closed": () => store.dispatch({ type: "refusal-closed" }),
  };
}

/** One deed: busy while it runs, then its result is said and the meeting read again. @param {Setting} setting */
function performer({ store, session, read }) {
  return async (name, ask, notice, meant = {}) => {
    const { serial } = store.state;
    store.dispatch({ type: "doing-started", name, ...meant });
    let refused = false;
    const answer = await attempt(session, ask, (problem) => {
      refused = true;
      if (serial === store.state.serial) store.dispatch({ type: "doing-failed", name, problem });
    });
    if (serial !== store.state.serial || refused || store.state.phase !== "ready") return;
    store.dispatch({ type: "doing-done", notice: typeof notice === "function" ? notice(answer) : notice });
    await read();
  };
}

/** @param {Setting} setting */
function linkDoings(setting) {
  const perform = performer(setting);
  return {
    ...scopeDoings(setting, perform),
    ...linkDeeds(setting, perform),
  };
}

/** @param {Setting} setting @param {Function} perform */
function linkDeeds({ store, session }, perform) {
  const linkId = () => store.state.view.link.id;
  return deeds({
    "unlink-requested": () =>
      perform("unlink", () => unlink(session.client, linkId()), "Unlinked. Meeting and activity stay."),
    "retract-requested": () =>
      perform("retract", () => retractLink(session.client, linkId()), "Retracted from the CRM."),
    "sync-requested": () => perform("sync", () => syncLink(session.client, linkId()), syncNotice),
    "settle-sent": ({ field, keep }) =>
      perform(
        `settle-${field}-${keep}`,
        () => settleLink(session.client, linkId(), field, keep),
        keep === "crm" ? "The CRM's value is kept." : "Outlook's value is kept.",
      ),
    "retry-requested": () => perform("retry", () => retryLink(session.client, linkId()), "Tried again."),
    "insert-requested": () =>
      perform("insert", () => insertLink(session, store.state.view.activity), "Link inserted into the meeting."),
  });
}

/** What makes a link; of a meeting that recurs it is asked first what is meant. @param {Setting} setting @param {Function} perform */
function scopeDoings({ store, session }, perform) {
  const { dispatch } = store;
  const ways = /** @type {Record<string, (activity: string|null, scope: string) => any>} */ ({
    link: (activity, scope) =>
      perform("link", () => linkAgain(session.client, store.state, activity, scope), "Linked.", {
        target: activity,
        scope,
      }),
    create: (_, scope) =>
      perform(
        "create",
        () => createActivityFromMeeting(session.client, store.state.item, scope),
        "Activity created and linked.",
        { scope },
      ),
  });
  const begin = (/** @type {string} */ name, /** @type {string|null} */ activity = null) => {
    const scope = plainScope(store.state, activity);
    return scope ? ways[name](activity, scope) : dispatch({ type: "scope-asked", name, activity });
  };
  return {
    ...deeds({
      "link-requested": ({ activity }) => begin("link", activity),
      "create-requested": () => begin("create"),
      "scope-chosen": ({ scope }) => ways[store.state.asking.name](store.state.asking.activity, scope),
      "apart-asked": () => dispatch({ type: "apart-asked" }),
    }),
    "scope-left": () => dispatch({ type: "scope-left" }),
    "apart-left": () => dispatch({ type: "apart-left" }),
  };
}

/** @param {Setting} setting */
function menuDoings({ store, session }) {
  const { dispatch } = store;
  return {
    ...deeds({
      "sync-asked": async () => {
        const { serial: of, view } = store.state;
        dispatch({ type: "confirm-asked", name: "sync" });
        const counted = (/** @type {any} */ mails) => dispatch({ type: "mails-counted", of, mails });
        const ask = () => previewMails(session.client, view.link.activityId, "resume");
        const mails = await attempt(session, ask, (problem) => counted({ problem }));
        if (mails) counted(mails);
      },
      "unlink-asked": () => dispatch({ type: "confirm-asked", name: "unlink" }),
      "retract-asked": () => dispatch({ type: "confirm-asked", name: "retract" }),
    }),
    "confirm-left": () => dispatch({ type: "confirm-left" }),
    "diagnostics-asked": async () =>
      dispatch({ type: "diagnostics-opened", diagnostics: await diagnose(session, store.state) }),
    "diagnostics-closed": () => dispatch({ type: "diagnostics-closed" }),
  };
}

/** @param {Setting} setting */
function searchDoings({ store, session }) {
  const { dispatch } = store;
  let typing = /** @type {any} */ (0);

  async function search() {
    const { query } = store.state.search;
    if (!query.trim()) return;
    dispatch({ type: "search-typed", query });
    const failed = (/** @type {any} */ problem) => dispatch({ type: "search-failed", query, problem });
    const answer = await attempt(session, () => listActivities(session.client, { query, limit: 20 }), failed);
    if (answer) dispatch({ type: "search-arrived", query, items: answer.items });
  }

  return {
    "search-typed": ({ value }) => {
      clearTimeout(typing);
      dispatch({ type: "search-typed", query: value });
      typing = setTimeout(search, TYPING_PAUSE);
    },
    "search-repeated": search,
  };
}

/** @param {Setting} setting */
function editDoings({ store, session }) {
  const { dispatch } = store;

  async function save() {
    const { view, edit, serial } = store.state;
    const { id, version } = view.activity;
    const isLeft = () => serial !== store.state.serial;
    dispatch({ type: "save-started" });
    const activity = await attempt(
      session,
      () => changeActivity(session.client, id, edit.drafts, version),
      async (problem) => {
        if (isLeft()) return dispatch({ type: "noticed", text: `Not saved: ${sentenceOf(problem)}` });
        const isStale = problem.code === "version-mismatch";
        const newer = isStale ? await readActivity(session.client, id).catch(() => null) : null;
        dispatch({ type: "save-failed", problem, newer });
      },
    );
    if (activity) dispatch(isLeft() ? { type: "noticed", text: "Saved." } : { type: "saved", activity });
  }

  return {
    "draft-typed": ({ field, value }) => dispatch({ type: "draft-typed", field, value }),
    "draft-dropped": () => dispatch({ type: "draft-dropped" }),
    ...deeds({ "save-requested": save }),
  };
}

function syncNotice(answer) {
  const [last] = answer?.items ?? [];
  return last?.sentence ?? "Sync asked for; the pane follows by itself.";
}

function insertLink(session, activity) {
  const address = new URL(activityAddress(activity));
  address.searchParams.delete("host");
  return session.host.insertText({ text: activity.subject, href: address.href });
}

async function diagnose(session, state) {
  const facts = {
    Liaison: state.settings?.version ?? "unknown",
    ...(await session.host?.facts().catch(() => ({}))),
    link: state.view?.link?.id ?? null,
    linkState: state.view?.link?.state ?? null,
    activity: state.view?.activity?.id ?? null,
    browser: navigator.userAgent,
  };
  return { facts, trail: [...(session.client?.trail ?? [])] };
}
