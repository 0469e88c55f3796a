// @ts-check
// Saying who somebody is: the question that is open, what is sought and found, and the contact being written. Pure.
import { isContested } from "./standing.js";

/** The words that begin the search: the address where several carry it, else his name or what stands before the @. */
function firstWords(/** @type {any} */ { name, address = "", isAmbiguous }) {
  return isAmbiguous ? address : name || address.split("@")[0];
}

/** @type {import("./session-state.js").Transitions} */
export const MATCH_TRANSITIONS = {
  "match-opened": (state, { person }) => ({
    ...state,
    refusal: null,
    matching: { ...person, query: firstWords(person), status: "busy", found: [], problem: null, form: null },
  }),
  "match-left": (state) => ({ ...state, matching: null }),
  "match-typed": (state, { query }) =>
    inMatching(state, { query, status: query.trim() ? "busy" : "idle", found: [], problem: null }),
  "match-arrived": (state, { query, found }) =>
    state.matching?.query === query
      ? { ...inMatching(state, { found, status: "done" }), notice: foundNotice(found) }
      : state,
  "match-failed": (state, { query, problem }) =>
    state.matching?.query === query ? inMatching(state, { status: "failed", problem }) : state,
  "match-form-opened": (state, { companies }) => inMatching(state, { form: { companies, problem: null } }),
  "match-form-left": (state) => inMatching(state, { form: null }),
  // A refusal is told where the answer was given; what was typed stays.
  "match-refused": (state, { problem }) => ({ ...inMatching(state, { problem, status: "refused" }), doing: null }),
};

function inMatching(/** @type {any} */ state, /** @type {any} */ members) {
  return state.matching ? { ...state, matching: { ...state.matching, ...members } } : state;
}

function foundNotice(/** @type {any[]} */ found) {
  if (!found.length) return "Nobody found.";
  return found.length === 1 ? "One person found." : `${found.length} people found.`;
}

/** Who may say it: who owns or organizes the activity. @param {any} activity @param {any} me */
export const isInCharge = (activity, me) => !activity.deletedAt && isOwnedOrOrganized(activity, me);

/** Whether it is his, also a deleted one: then he may restore it. @param {any} activity @param {any} me */
export function isOwnedOrOrganized(activity, me) {
  const own = me?.representative?.id;
  return Boolean(own) && [activity.owner?.id, activity.organizer?.id].includes(own);
}

const MARKS = /** @type {Record<string, string>} */ ({
  "participants-unknown": "is not known to the CRM",
  "participants-ambiguous": "is an address that several contacts carry",
});

const CAUSES = /** @type {Record<string, string>} */ ({
  "event-deleted": "The meeting was deleted in Outlook; the activity was kept for you to decide.",
  "event-cancelled": "The meeting was cancelled in Outlook; the activity was kept for you to decide.",
  "occurrence-orphaned": "Its occurrence was lost when the series was shifted in Outlook.",
  "conflict-held": "Both sides changed the same field; keep one of both values.",
  "last-copy-gone": "No mailbox that Liaison follows has the meeting any more.",
});

/**
 * A conflict is settled by keeping one value; setting its mark aside settles nothing while that can be done.
 * @param {{reason: string}} mark @param {any} activity @param {Date} now
 */
export function mayBeSetAside({ reason }, { link, end, recurrence }, now) {
  const isOver = !recurrence && new Date(end) < now;
  return reason !== "conflict-held" || isOver || link?.state !== "live" || !isContested(link);
}

/** Why an activity is marked, as a sentence. @param {{reason: string, address: string|null}} mark */
export function markSentence({ reason, address }) {
  if (address && MARKS[reason]) return `${address} ${MARKS[reason]}.`;
  return CAUSES[reason] ?? `Somebody has to look at it${address ? `: ${address}` : ""}.`;
}
