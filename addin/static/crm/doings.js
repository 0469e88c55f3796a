// @ts-check
// What the user can do on the CRM pages, by the names the views use.
import {
  changeActivity,
  deleteActivity,
  planActivity,
  previewMails,
  readActivity,
  restoreActivity,
} from "../api/activities.js";
import { changeCompany, changeContact, createCompany, createContact } from "../api/directory.js";
import { retryLink, settleLink } from "../api/panel.js";
import { activityAddress } from "../lib/addresses.js";
import { matchDoings } from "../lib/match-doings.js";
import { attempt } from "../lib/session.js";
import { withInvites } from "../lib/standing-words.js";
import { zoneOf } from "../lib/zones.js";
import { goesOut } from "./activity-page.js";
import { entryFrom } from "./directory-view.js";
import { chosen, readied } from "./drafts.js";
import { participantsAfter, participantsFrom } from "./people-field.js";
import { changesOf } from "./state.js";

const TYPING_PAUSE = 250;

/** @typedef {{store: any, session: any, reading: any, start: () => void}} Setting */

/** @param {Setting} setting */
export function createDoings(setting) {
  return {
    ...startDoings(setting),
    ...listDoings(setting),
    ...fieldDoings(setting),
    ...activityDoings(setting),
    ...entryDoings(setting),
    ...matchDoings({ ...setting, settled: (activity) => markSettled(setting, activity) }),
  };
}

/** @param {Setting} setting @param {any} activity */
async function markSettled({ store, reading }, activity) {
  store.dispatch({ type: "mark-settled", activity });
  if (store.state.route.name === "activity") await reading.activity();
}

/** @param {Setting} setting */
function startDoings({ store, session, reading, start }) {
  return {
    "start-over": start,
    "sign-in-requested": async () => {
      await session.signIn(store.state.claims);
      if (store.state.phase === "ready") await reading.page();
    },
    "refusal-closed": () => store.dispatch({ type: "refusal-closed" }),
  };
}

/** @param {Setting} setting */
function listDoings({ store, reading }) {
  let typing = /** @type {any} */ (0);
  const filter = (/** @type {string} */ name, /** @type {string} */ value) => {
    store.dispatch({ type: "filter-chosen", name, value });
    reading.list();
  };
  return {
    "filters-sent": () => reading.list(),
    "filter-chosen": ({ name, value }) => filter(name, value),
    "mine-chosen": (_, element) => filter("mine", element.checked ? "true" : ""),
    "query-typed": ({ value }) => {
      clearTimeout(typing);
      typing = setTimeout(() => filter("query", value), TYPING_PAUSE);
    },
    "list-repeated": () => reading.list(),
    "more-requested": () => reading.list({ more: true }),
  };
}

/** Asks the server whom Outlook would mail. @param {Setting} setting */
function counter({ store, session }) {
  return async (/** @type {string} */ by) => {
    const counted = (/** @type {any} */ mails) => store.dispatch({ type: "mails-counted", by, mails });
    const { id } = store.state.page.activity;
    counted({});
    const ask = () => previewMails(session.client, id, by);
    const mails = await attempt(session, ask, (problem) => counted({ problem }));
    if (mails) counted(mails);
  };
}

/** @param {Setting} setting */
function fieldDoings(setting) {
  const { store, session } = setting;
  const { dispatch } = store;
  const count = counter(setting);

  function draft(/** @type {string} */ field, /** @type {any} */ value) {
    dispatch({ type: "draft-typed", field, value });
    const { page, edit } = store.state;
    if (page.activity && goesOut(page.activity, edit.drafts) && !page.mails.change) count("change");
  }

  /** Lines of people become participants. */
  function written({ people, ...drafts }, activity) {
    if (people === undefined) return drafts;
    return { ...drafts, participants: participantsAfter(people, activity, store.state.known) };
  }

  async function save() {
    const {
      page: { activity },
      edit,
    } = store.state;
    const changes = changesOf(activity, readied(written(edit.drafts, activity), activity, zoneOf(store.state)));
    dispatch({ type: "save-started" });
    const saved = await attempt(
      session,
      () => changeActivity(session.client, activity.id, changes, activity.version),
      async (problem) => {
        const isStale = problem.code === "version-mismatch";
        const newer = isStale ? await readActivity(session.client, activity.id).catch(() => null) : null;
        dispatch({ type: "save-failed", problem, newer });
      },
    );
    if (saved) dispatch({ type: "saved", activity: saved });
  }

  return {
    "draft-typed": ({ field, value }) => draft(field, value),
    "choice-made": ({ field, value }) => draft(field, chosen(field, value, zoneOf(store.state))),
    "all-day-chosen": (_, element) => draft("allDay", element.checked),
    "draft-dropped": () => dispatch({ type: "draft-dropped" }),
    "save-requested": save,
  };
}

/** One deed at a time: busy while it runs. @param {Setting} setting */
function performer({ store, session }) {
  return async (name, ask) => {
    if (store.state.doing) return undefined;
    store.dispatch({ type: "doing-started", name });
    return attempt(session, ask, (problem) => store.dispatch({ type: "doing-failed", problem }));
  };
}

/** @param {Setting} setting */
function activityDoings(setting) {
  const { store, session, reading } = setting;
  const { dispatch } = store;
  const perform = performer(setting);

  async function changeStatus(name, status) {
    const { id, version } = store.state.page.activity;
    const activity = await perform(name, () => changeActivity(session.client, id, { status }, version));
    if (!activity) return;
    dispatch({ type: "doing-done" });
    dispatch({ type: "status-changed", activity });
  }

  async function removeOrRestore(name, ask, notice) {
    const { id, version } = store.state.page.activity;
    const answer = await perform(name, () => ask(session.client, id, version));
    if (answer === undefined) return;
    dispatch({ type: "doing-done", notice });
    await reading.activity();
  }

  async function transfer() {
    const { activity: stored, invites } = store.state.page;
    const { participants } = withInvites(stored, invites);
    const chosen = Object.keys(invites).length ? { participants } : {};
    const wishes = { transferToOutlook: true, ...chosen };
    const ask = () => changeActivity(session.client, stored.id, wishes, stored.version);
    const activity = await perform("transfer", ask);
    if (!activity) return;
    dispatch({ type: "doing-done" });
    dispatch({ type: "status-changed", activity });
  }

  async function retry() {
    const { link } = store.state.page.activity;
    if ((await perform("retry", () => retryLink(session.client, link.id))) === undefined) return;
    dispatch({ type: "doing-done", notice: "It is tried again." });
    await reading.activity();
  }

  async function settle({ field, keep }) {
    const { link } = store.state.page.activity;
    const kept = await perform(`settle-${field}-${keep}`, () => settleLink(session.client, link.id, field, keep));
    if (kept === undefined) return;
    dispatch({ type: "doing-done", notice: keep === "crm" ? "The CRM's value is kept." : "Outlook's value is kept." });
    await reading.activity();
  }

  async function plan() {
    const zone = zoneOf(store.state);
    const { people = "", ...drafts } = store.state.edit.drafts;
    const participants = participantsFrom(people, store.state.known);
    const values = { type: "appointment", timeZone: zone, ...readied(drafts, {}, zone), participants };
    const activity = await perform("plan", () => planActivity(session.client, values));
    if (activity) location.assign(activityAddress(activity));
  }

  const count = counter(setting);
  const question = (/** @type {string} */ name) => () => {
    dispatch({ type: "confirm-asked", name });
    return count(name);
  };
  return {
    "activity-repeated": () => reading.activity(),
    "complete-requested": () => changeStatus("complete", "completed"),
    "replan-requested": () => changeStatus("replan", "planned"),
    "cancel-asked": question("cancel"),
    "cancel-requested": () => changeStatus("cancel", "cancelled"),
    "delete-asked": question("delete"),
    "delete-requested": () => removeOrRestore("delete", deleteActivity, "Deleted."),
    "transfer-asked": question("transfer"),
    "transfer-requested": transfer,
    "invite-chosen": ({ address }, element) => dispatch({ type: "invite-chosen", address, invite: element.checked }),
    "settle-sent": settle,
    "retry-requested": retry,
    "restore-requested": () => removeOrRestore("restore", restoreActivity, "Restored."),
    "confirm-left": () => dispatch({ type: "confirm-left" }),
    "plan-requested": plan,
  };
}

/** @param {Setting} setting */
function entryDoings(setting) {
  const { store, session } = setting;
  const { dispatch } = store;
  const perform = performer(setting);

  async function send(values) {
    const { route, form } = store.state;
    const entry = entryFrom(route.name, values);
    const [create, change] =
      route.name === "companies" ? [createCompany, changeCompany] : [createContact, changeContact];
    const ask = () => (form.id ? change(session.client, form.id, entry, form.version) : create(session.client, entry));
    const saved = await perform("entry", ask);
    if (saved) dispatch({ type: "entry-saved", entry: saved });
  }

  return {
    "entry-added": () => dispatch({ type: "form-opened", entry: { id: null } }),
    "entry-opened": ({ entry }) =>
      dispatch({ type: "form-opened", entry: store.state.list.items.find((one) => one.id === entry) }),
    "form-closed": () => dispatch({ type: "form-closed" }),
    "entry-sent": send,
  };
}
