// @ts-check
// Linking an activity again that was deleted: it is restored first, and both are told apart where one fails.
import { restoreActivity } from "../api/activities.js";
import { linkMeeting } from "../api/panel.js";
import { ProblemError, sentenceOf } from "../api/problem.js";
import { isOwnedOrOrganized } from "../lib/match-state.js";

/** What linking with the activity of the ended link takes: "link", "restore" first, or null where the person cannot. @param {any} view @param {any} me */
export function wayBack({ activity }, me) {
  if (!activity) return null;
  if (!activity.deletedAt) return "link";
  return isOwnedOrOrganized(activity, me) ? "restore" : null;
}

/** May be repeated: one that is there again is not restored twice. @param {any} client @param {any} state @param {string|null} activityId @param {string} scope */
export async function linkAgain(client, { item, view }, activityId, scope) {
  const isDeleted = view.activity?.id === activityId && view.activity?.deletedAt;
  if (!isDeleted) return linkMeeting(client, item, activityId, scope);
  await restoreActivity(client, activityId).catch(told("The activity could not be restored, so nothing was linked."));
  return linkMeeting(client, item, activityId, scope).catch(told("The activity was restored, but is not linked yet."));
}

/** What was kept, before the server's own words. @param {string} kept */
function told(kept) {
  return (/** @type {any} */ error) => {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError({ ...error.problem, detail: `${kept} ${sentenceOf(error.problem)}` });
  };
}
