// @ts-check
// What the CRM pages know, and what each happening makes of it. Pure.
import { afterSaving, meetNewer, newerOf, NO_EDIT, sending, withDraft } from "../lib/edit.js";
import { MATCH_TRANSITIONS } from "../lib/match-state.js";
import { movedTo } from "../lib/occurrences.js";
import { createReduce, NO_SESSION, sessionTransitions } from "../lib/session-state.js";
import { meetNewerSeries, OCCURRENCE_TRANSITIONS } from "./occurrence-state.js";
import { organizersOf } from "./people-field.js";
import { fieldProblems } from "./field-problems.js";

const HOUR = 3_600_000;
const NO_LIST = { status: "busy", items: [], next: null, problem: null, serial: 0 };

export const initial = {
  ...NO_SESSION,
  route: { name: "activities", id: null },
  filters: { query: "", mine: "", status: "", linked: "", from: "", to: "" },
  list: NO_LIST,
  // The people and companies that forms offer; they are read once.
  known: { companies: [], contacts: [], representatives: [] },
  page: { status: "busy", activity: null, problem: null, decisions: null, earlier: null, unread: null, confirm: null, occurrence: null, invites: {}, mails: {} },
  edit: NO_EDIT,
  // What was wrong with what was written, by its field.
  fieldProblems: {},
  // The contact or company being written: null, {id: null} for a new one, or the one itself.
  form: null,
  // Who somebody of an activity is, while that is being said.
  matching: null,
};

/** @type {import("../lib/session-state.js").Transitions} */
const TRANSITIONS = {
  ...sessionTransitions(),
  ...MATCH_TRANSITIONS,
  ...OCCURRENCE_TRANSITIONS,
  "route-chosen": (state, { route, filters }) => ({ ...state, route, filters: { ...state.filters, ...filters } }),
  "filter-chosen": (state, { name, value }) => ({ ...state, filters: { ...state.filters, [name]: value } }),
  "list-asked": (state, { more = false }) => ({
    ...state,
    list: {
      ...(more ? state.list : { ...NO_LIST, items: state.list.items }),
      status: "busy",
      serial: state.list.serial + 1,
    },
  }),
  "list-arrived": (state, { of, items, next, more }) =>
    of === state.list.serial
      ? {
          ...state,
          list: {
            ...state.list,
            status: "done",
            items: more ? [...state.list.items, ...items] : items,
            next,
            problem: null,
          },
        }
      : state,
  "list-failed": (state, { of, problem }) =>
    of === state.list.serial ? { ...state, list: { ...state.list, status: "failed", problem } } : state,
  "known-arrived": (state, { known }) => ({ ...state, known: { ...state.known, ...known } }),
  "activity-arrived": (state, { activity: read }) => {
    const activity = newerOf(state.page.activity, read);
    return {
      ...state,
      page: {
      ...state.page,
      status: "done",
      activity,
      problem: null,
      occurrence: meetNewerSeries(state.page.occurrence, state.page.activity ?? activity, activity),
    },
      edit: meetNewer(state.edit, state.page.activity ?? activity, activity),
    };
  },
  "activity-failed": (state, { problem }) => ({ ...state, page: { ...state.page, status: "failed", problem } }),
  // `earlier`: where older decisions begin, null where there are none.
  "decisions-arrived": (state, { decisions, earlier = null }) => ({
    ...state,
    page: { ...state.page, decisions, earlier, unread: null },
  }),
  "decisions-failed": (state, { problem }) => ({ ...state, page: { ...state.page, unread: problem } }),
  "draft-begun": (state, { drafts }) => ({
    ...state,
    edit: { ...state.edit, drafts: { ...drafts, ...state.edit.drafts } },
  }),
  "draft-typed": (state, { field, value }) => ({
    ...state,
    edit: withDraft(field === "start" ? withEnd(state, value) : state.edit, field, value),
    fieldProblems: { ...state.fieldProblems, [field]: undefined },
  }),
  "draft-dropped": (state) => ({ ...state, edit: NO_EDIT, refusal: null, fieldProblems: {} }),
  "save-started": (state) => ({ ...state, edit: sending(state.edit), fieldProblems: {} }),
  // Whom Outlook would mail, by what somebody is about to do; empty while the server counts.
  "mails-counted": (state, { by, mails }) => ({
    ...state,
    page: { ...state.page, mails: { ...state.page.mails, [by]: mails } },
  }),
  saved: (state, { activity }) => ({
    ...state,
    page: { ...state.page, activity, confirm: null, mails: {} },
    edit: afterSaving(state.edit),
    notice: "Saved.",
  }),
  // Typed words stay: completing an activity does not save, and does not throw away, what is being written.
  "status-changed": (state, { activity }) => ({
    ...state,
    page: { ...state.page, activity, confirm: null },
    notice: "Saved.",
  }),
  // An activity after one of its marks was settled; in the list of reviews it stays while another mark is left.
  "mark-settled": (state, { activity }) => ({
    ...state,
    page: state.page.activity?.id === activity.id ? { ...state.page, activity } : state.page,
    list: {
      ...state.list,
      items: withEntry(state.list.items, activity).filter(
        (one) => state.route.name !== "reviews" || one.id !== activity.id || activity.review.length,
      ),
    },
  }),
  "save-failed": saveFailed,
  "doing-started": (state, { name }) => ({ ...state, doing: name, refusal: null, fieldProblems: {} }),
  "doing-done": (state, { notice = "" }) => ({ ...state, doing: null, page: { ...state.page, confirm: null }, notice }),
  "doing-failed": (state, { problem }) => ({
    ...state,
    doing: null,
    page: { ...state.page, confirm: null },
    refusal: problem,
    notice: "",
  }),
  "plan-refused": (state, { problem }) => {
    const { told, refusal } = fieldProblems(problem, state.edit.drafts.people ?? "");
    return { ...state, doing: null, notice: "", refusal, fieldProblems: told };
  },
  "confirm-asked": (state, { name }) => ({ ...state, page: { ...state.page, confirm: name, invites: {} } }),
  "invite-chosen": (state, { address, invite }) => ({
    ...state,
    page: { ...state.page, invites: { ...state.page.invites, [address]: invite } },
  }),
  "confirm-left": (state) => ({ ...state, page: { ...state.page, confirm: null } }),
  "form-opened": (state, { entry }) => ({ ...state, form: entry, refusal: null }),
  "form-closed": (state) => ({ ...state, form: null, refusal: null }),
  "entry-saved": (state, { entry }) => ({
    ...state,
    form: null,
    doing: null,
    refusal: null,
    notice: "Saved.",
    list: { ...state.list, items: withEntry(state.list.items, entry) },
  }),
};

export const reduce = createReduce("The CRM pages know", TRANSITIONS);

/** The edit before another start is written: it lasts as long as before, a new one an hour. */
function withEnd({ edit, page }, start) {
  const { start: before, end } = { ...page.activity, ...edit.drafts };
  if (!Date.parse(start)) return edit;
  if (before && end) return withDraft(edit, "end", movedTo({ start: before, end }, start).end);
  return end || !start.includes("T") ? edit : withDraft(edit, "end", new Date(Date.parse(start) + HOUR).toISOString());
}

function saveFailed(state, { problem, newer = null }) {
  const page = newer ? { ...state.page, activity: newer } : state.page;
  const status = problem.code === "version-mismatch" && newer ? "conflict" : "failed";
  const { told, refusal } = fieldProblems(problem, state.edit.drafts.people ?? "", organizersOf(page.activity).length);
  return { ...state, page, edit: { ...state.edit, status, problem: refusal, newer }, fieldProblems: told };
}

function withEntry(items, entry) {
  return items.some((one) => one.id === entry.id)
    ? items.map((one) => (one.id === entry.id ? entry : one))
    : [entry, ...items];
}

/** Which page an address means; a plan may take the place of an occurrence (`at`) of the series `id`. @param {string} path @param {string} search */
export function routeOf(path, search) {
  const parameters = new URLSearchParams(search);
  const activity = path.match(/\/crm\/activities\/([^/]+)$/);
  if (activity) return { name: "activity", id: decodeURIComponent(activity[1]) };
  const view = parameters.get("view") ?? "";
  const [from, at] = ["from", "at"].map((name) => parameters.get(name));
  if (view === "plan" && from && at) return { name: view, id: from, at };
  return { name: ["plan", "meetings", "reviews", "contacts", "companies"].includes(view) ? view : "activities", id: null };
}

const OWNED_BY_OUTLOOK = ["subject", "notes", "start", "end", "timeZone", "allDay", "recurrence", "location", "participants"];

/** The fields of an activity that are written in Outlook while its link lives. @param {any} activity */
export function lockedFields(activity) {
  if (activity.link?.state !== "live") return [];
  return activity.link.ownedByOutlook ?? OWNED_BY_OUTLOOK;
}

/** Only what differs from the stored activity is sent. @param {any} activity @param {Record<string, any>} drafts */
export function changesOf(activity, drafts) {
  return Object.fromEntries(
    Object.entries(drafts).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(activity[field] ?? "")),
  );
}
