// @ts-check
// One occurrence that is being changed, cancelled or taken back, and what each happening makes of that. Pure.
import { exceptionAt } from "../lib/occurrences.js";

/** `at` is when it was meant to begin; `deed`: change, cancel or restore. @param {string} at @param {string} deed */
const opened = (at, deed) => ({ at, deed, drafts: {}, status: "open", problem: null });

/** @param {any} state @param {any} change */
const within = (state, change) => ({
  ...state,
  page: { ...state.page, occurrence: { ...state.page.occurrence, ...change } },
});

/** @type {import("../lib/session-state.js").Transitions} */
export const OCCURRENCE_TRANSITIONS = {
  "occurrence-asked": (state, { at, deed }) => ({ ...state, page: { ...state.page, occurrence: opened(at, deed) } }),
  "occurrence-left": (state) => ({ ...state, page: { ...state.page, occurrence: null } }),
  "occurrence-typed": (state, { values }) => within(state, { drafts: { ...state.page.occurrence.drafts, ...values } }),
  "occurrence-sending": (state) =>
    within(state, { status: "sending", problem: null, sent: state.page.occurrence.drafts }),
  "occurrence-failed": (state, { problem, newer = null }) => {
    const known = newer ? { ...state, page: { ...state.page, activity: newer } } : state;
    // Who left it meanwhile is told at the top of the page.
    if (state.page.occurrence?.status !== "sending") return { ...known, refusal: problem };
    return within(known, { status: newer ? "conflict" : "failed", problem });
  },
  "occurrence-saved": (state, { activity }) => ({
    ...state,
    page: { ...state.page, activity, occurrence: afterSending(state.page.occurrence), mails: {} },
    notice: "Saved.",
  }),
};

/** What is still to be sent stays open: what was typed meanwhile, or another occurrence. @param {any} occurrence */
function afterSending(occurrence) {
  const isDone = !occurrence || (occurrence.status === "sending" && occurrence.drafts === occurrence.sent);
  return isDone ? null : { ...occurrence, status: "open" };
}

/** What is open after a newer activity arrived: words stay, and who writes them hears of what another one changed. @param {any} occurrence @param {any} before @param {any} after */
export function meetNewerSeries(occurrence, before, after) {
  if (!occurrence || occurrence.status === "sending") return occurrence;
  if (!after.recurrence) return null;
  const textOf = (/** @type {any} */ activity) => JSON.stringify(exceptionAt(activity, occurrence.at)?.fields ?? null);
  return textOf(before) === textOf(after) ? occurrence : { ...occurrence, status: "conflict", problem: null };
}
