// @ts-check
// What the user can do on the CRM pages, by the names the views use.
import { changeActivity, readActivity } from "../api/activities.js";
import { changeCompany, changeContact, createCompany, createContact } from "../api/directory.js";
import { rhythmWords } from "../elements/rule-fields.js";
import { announce } from "../lib/announce.js";
import { deeds } from "../lib/deeds.js";
import { matchDoings } from "../lib/match-doings.js";
import { modelOf, problemOf, recurrenceWish } from "../lib/rule-model.js";
import { attempt } from "../lib/session.js";
import { zoneOf } from "../lib/zones.js";
import { activityDoings } from "./activity-doings.js";
import { goesOut } from "./activity-page.js";
import { counter, performer } from "./deeds.js";
import { entryFrom } from "./directory-view.js";
import { chosen, readied } from "./drafts.js";
import { occurrenceDoings } from "./occurrence-doings.js";
import { participantsAfter } from "./people-field.js";
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
    ...occurrenceDoings(setting),
    ...entryDoings(setting),
    ...matchDoings({ ...setting, settled: (activity) => markSettled(setting, activity) }),
  };
}

/** @param {Setting} setting @param {any} activity */
async function markSettled({ store, reading }, activity) {
  store.dispatch({ type: "mark-settled", activity });
  if (store.state.route.name === "activity") await reading.activity();
  else await listAgain({ store, reading });
}

/** A list that is on its way was made before what was done just now. @param {{store: any, reading: any}} setting */
async function listAgain({ store, reading }) {
  if (store.state.list.status === "busy") await reading.list();
}

/** @param {Setting} setting */
function startDoings({ store, session, reading, start }) {
  return {
    ...deeds({
      "start-over": start,
      "sign-in-requested": async () => {
        await session.signIn(store.state.claims);
        if (store.state.phase === "ready") await reading.page();
      },
    }),
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

/** @param {Setting} setting */
function fieldDoings(setting) {
  const { store, session, reading } = setting;
  const { dispatch } = store;
  const count = counter(setting);

  function draft(/** @type {string} */ field, /** @type {any} */ value) {
    dispatch({ type: "draft-typed", field, value });
    const { page, edit } = store.state;
    if (page.activity && goesOut(page.activity, edit.drafts) && !page.mails.change) count("change");
  }

  /** Lines of people become participants, the fields of a rhythm its rule. */
  function written({ people, recurrence: rule, ...drafts }, activity) {
    const recurrence = rule && recurrenceWish(rule, activity, zoneOf(store.state));
    return {
      ...drafts,
      ...(people === undefined ? {} : { participants: participantsAfter(people, activity, store.state.known) }),
      ...(recurrence === undefined ? {} : { recurrence }),
    };
  }

  function typeRule({ part, value }, element) {
    const { page, edit } = store.state;
    const begun = page.activity ?? { start: edit.drafts.start };
    const rule = edit.drafts.recurrence ?? modelOf(begun, zoneOf(store.state));
    const typed = { ...rule, [part]: part === "days" ? withDay(rule.days, value, element.checked) : value };
    draft("recurrence", typed);
    announce(rhythmWords(typed, { zone: zoneOf(store.state), now: new Date() }));
  }

  async function save() {
    const {
      page: { activity },
      edit,
    } = store.state;
    const wrong = edit.drafts.recurrence && problemOf(edit.drafts.recurrence);
    if (wrong) return dispatch({ type: "save-failed", problem: { title: wrong } });
    dispatch({ type: "save-started" });
    // A name is somebody only once it is known who there is.
    if ("people" in edit.drafts) await reading.known();
    const changes = changesOf(activity, readied(written(edit.drafts, activity), activity, zoneOf(store.state)));
    const saved = await attempt(
      session,
      () => changeActivity(session.client, activity.id, changes, activity.version),
      async (problem) => {
        const isStale = problem.code === "version-mismatch";
        const newer = isStale ? await readActivity(session.client, activity.id).catch(() => null) : null;
        dispatch({ type: "save-failed", problem, newer });
      },
    );
    return saved && dispatch({ type: "saved", activity: saved });
  }

  return {
    "draft-typed": ({ field, value }) => draft(field, value),
    "choice-made": ({ field, value }) => draft(field, chosen(field, value, zoneOf(store.state))),
    "all-day-chosen": (_, element) => draft("allDay", element.checked),
    "rule-typed": typeRule,
    "draft-dropped": () => dispatch({ type: "draft-dropped" }),
    ...deeds({ "save-requested": save }),
  };
}

const withDay = (/** @type {string[]} */ days, /** @type {string} */ day, /** @type {boolean} */ isChosen) =>
  isChosen ? [...days, day] : days.filter((one) => one !== day);

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
    if (!saved) return;
    dispatch({ type: "entry-saved", entry: saved });
    await listAgain(setting);
  }

  return {
    "form-closed": () => dispatch({ type: "form-closed" }),
    ...deeds({
      "entry-added": () => dispatch({ type: "form-opened", entry: { id: null } }),
      "entry-opened": ({ entry }) =>
        dispatch({ type: "form-opened", entry: store.state.list.items.find((one) => one.id === entry) }),
      "entry-sent": send,
    }),
  };
}
