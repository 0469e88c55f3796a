// @ts-check
// Everything the pane knows, and what each happening makes of it. Pure: no clock, no network, no page.
import { afterSaving, meetNewer, newerOf, NO_EDIT, sending, withDraft } from "../lib/edit.js";
import { MATCH_TRANSITIONS } from "../lib/match-state.js";
import { createReduce, NO_SESSION, sessionTransitions } from "../lib/session-state.js";
import { isContinued, isRecurring } from "../lib/series.js";

const NOTHING_ASKED = { query: "", status: "idle", items: [], problem: null };

const NOTHING_OPEN = { doing: null, confirm: null, asking: null };

const FRESH_MEETING = {
  stage: "reading",
  view: null,
  problem: null,
  attempts: 0,
  refreshing: false,
  search: NOTHING_ASKED,
  edit: NO_EDIT,
  doing: null,
  refusal: null,
  confirm: null,
  // Who would get mail by what waits to be confirmed, as the server counts.
  mails: {},
  // The deed of which a series asks first what is meant: this occurrence, or all of it.
  asking: null,
  // Who somebody of the meeting is, while that is being said.
  matching: null,
  // Whether this occurrence is to be linked by itself although its series is linked.
  apart: false,
};

export const initial = {
  ...NO_SESSION,
  item: null,
  // Counts the meetings shown, so that a late answer for another one can be told and dropped.
  serial: 0,
  diagnostics: null,
  ...FRESH_MEETING,
};

const SESSION = sessionTransitions({ signingIn: { name: "sign-in", target: null } });

/** @type {import("../lib/session-state.js").Transitions} */
const TRANSITIONS = {
  ...SESSION,
  ...MATCH_TRANSITIONS,
  "sign-in-needed": (state, happening) => ({ ...SESSION["sign-in-needed"](state, happening), refreshing: false }),
  "item-opened": openItem,
  "meeting-asked": (state, { of }) => (of === state.serial ? { ...state, refreshing: true } : state),
  "meeting-arrived": (state, happening) => ifCurrent(state, happening, showMeeting),
  "meeting-failed": (state, happening) => ifCurrent(state, happening, missMeeting),
  "gone-told": (state, { of, activity, decisions }) =>
    of === state.serial && state.view
      ? { ...state, view: { ...state.view, activity, decisions }, notice: "The meeting is gone." }
      : state,
  "search-typed": (state, { query }) => ({
    ...state,
    search: { ...state.search, query, status: query.trim() ? "busy" : "idle" },
  }),
  "search-arrived": (state, { query, items }) =>
    query === state.search.query
      ? { ...state, search: { query, items, status: "done", problem: null }, notice: found(items) }
      : state,
  "search-failed": (state, { query, problem }) =>
    query === state.search.query ? { ...state, search: { ...state.search, status: "failed", problem } } : state,
  "doing-started": (state, { name, target = null, scope = null }) => ({
    ...state,
    doing: { name, target, scope },
    refusal: null,
  }),
  "doing-done": (state, { notice }) => ({ ...state, ...NOTHING_OPEN, refusal: null, notice, apart: false }),
  "doing-failed": (state, { name, problem }) => ({
    ...state,
    ...NOTHING_OPEN,
    refusal: { name, problem },
    notice: "",
  }),
  "confirm-asked": (state, { name }) => ({ ...state, confirm: name, mails: {}, asking: null, refusal: null }),
  "mails-counted": (state, { of, mails }) => (of === state.serial ? { ...state, mails } : state),
  "confirm-left": (state) => ({ ...state, confirm: null }),
  "scope-asked": (state, { name, activity = null }) => ({
    ...state,
    asking: { name, activity },
    confirm: null,
    refusal: null,
  }),
  "scope-left": (state) => ({ ...state, asking: null }),
  "apart-asked": (state) => ({ ...state, apart: true }),
  "apart-left": (state) => ({ ...state, apart: false, search: NOTHING_ASKED }),
  "draft-typed": (state, { field, value }) => ({ ...state, edit: withDraft(state.edit, field, value) }),
  "draft-dropped": (state) => ({ ...state, edit: NO_EDIT }),
  "save-started": (state) => ({ ...state, edit: sending(state.edit) }),
  saved: (state, { activity }) => ({
    ...withActivity(state, activity),
    edit: afterSaving(state.edit),
    notice: "Saved.",
  }),
  "save-failed": (state, { problem, newer = null }) => saveFailed(state, problem, newer),
  "activity-changed": (state, { activity }) => withActivity(state, activity),
  "diagnostics-opened": (state, { diagnostics }) => ({ ...state, diagnostics }),
  "diagnostics-closed": (state) => ({ ...state, diagnostics: null }),
  noticed: (state, { text }) => ({ ...state, notice: text }),
};

export const reduce = createReduce("The pane knows", TRANSITIONS);

function openItem(state, { item }) {
  // The same meeting, moved or renamed in Outlook: what is shown and typed stays while it is read again.
  if (state.view && isSameMeeting(state, item)) return { ...state, item };
  const serial = state.serial + 1;
  const stage = !item ? "no-item" : item.saved ? "reading" : "unsaved";
  return { ...state, ...FRESH_MEETING, item, serial, stage, diagnostics: null };
}

function isSameMeeting({ item: before, view }, item) {
  if (!item?.itemId || item.itemId !== before?.itemId || item.mailbox !== before.mailbox) return false;
  // Outlook is known to give all occurrences the id of their series; only the start tells them apart.
  return !isRecurring(view.meeting) || item.start === before.start;
}

function ifCurrent(state, happening, transition) {
  return happening.of === state.serial ? transition(state, happening) : state;
}

function showMeeting(state, { view: read, notice = state.notice }) {
  const activity = newerOf(state.view?.activity, read.activity);
  const view = activity === read.activity ? read : { ...read, activity };
  const edit = view.activity ? meetNewer(state.edit, state.view?.activity ?? view.activity, view.activity) : state.edit;
  return { ...state, stage: "shown", view, edit, problem: null, attempts: 0, refreshing: false, notice };
}

function missMeeting(state, { problem }) {
  const attempts = state.attempts + 1;
  if (problem.code === "meeting-not-found" && state.view) {
    // It was here a moment ago: somebody deleted or moved it away. What is known of it stays readable.
    return { ...state, stage: "gone", problem, refreshing: false };
  }
  if (problem.code === "meeting-not-found") {
    return { ...state, stage: "waiting-for-outlook", problem, attempts, refreshing: false, view: null };
  }
  // A failed re-reading keeps what is on the screen and says so beside it.
  if (state.view) return { ...state, refusal: { name: "refresh", problem }, refreshing: false };
  return {
    ...state,
    stage: problem.code === "unsupported" ? "unsupported" : "failed",
    problem,
    attempts,
    refreshing: false,
  };
}

function withActivity(state, activity) {
  return state.view?.activity?.id === activity.id ? { ...state, view: { ...state.view, activity } } : state;
}

function saveFailed(state, problem, newer) {
  const conflict = problem.code === "version-mismatch" && newer;
  const kept = conflict ? withActivity(state, newer) : state;
  return { ...kept, edit: { ...kept.edit, status: conflict ? "conflict" : "failed", problem, newer } };
}

function found(items) {
  if (!items.length) return "No activity found.";
  return items.length === 1 ? "One activity found." : `${items.length} activities found.`;
}

/** Seconds until the pane looks again for a meeting that Outlook has not delivered yet. @param {number} attempts */
export function secondsUntilNextLook(attempts) {
  return Math.min(2 ** Math.max(attempts, 1), 30);
}

/** Whether the next run links this meeting by itself: nothing speaks against it. @param {any} state */
export function isAwaited({ stage, view, me }) {
  const captures = (me?.policy?.capture ?? "linked") !== "linked";
  return captures && stage === "shown" && !view.link && !view.decisions?.length;
}

/** The words of the edit, as typed or as stored. @param {any} state @param {string} field */
export function draftOf(state, field) {
  return state.edit.drafts[field] ?? state.view?.activity?.[field] ?? "";
}

/**
 * What a deed means without asking; null where a person has to say.
 * @param {any} state @param {string|null} [activityId] the activity that is to be linked
 */
export function plainScope({ view, apart }, activityId = null) {
  const { meeting, link, suggestions = [] } = view;
  if (!isRecurring(meeting)) return "single";
  if (apart) return "occurrence";
  if (meeting.kind === "series-master") return "series";
  // An ended link is revived as what it was.
  if (link && link.activityId === activityId) return link.originalStart ? "occurrence" : "series";
  const continued = suggestions.some(({ activity, why }) => activity.id === activityId && isContinued(why));
  return continued ? "series" : null;
}
