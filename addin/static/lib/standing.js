// @ts-check
// How a meeting and its activity stand to each other, as one word and as one line. Pure.
import { formatMoment } from "./dates.js";
import { outcomeWord } from "./sentences.js";
import { outlookStanding, waitsFor } from "./standing-words.js";

const FROZEN = /** @type {Record<string, string>} */ ({
  "representative-inactive":
    "The organizer is not active in Liaison. Nothing was removed; it goes on by itself when the organizer is active again.",
  "organizer-not-active":
    "The organizer is not active in Liaison. Nothing was removed; it goes on by itself when the organizer is active again.",
  "representative-incomplete": "The organizer has no mailbox or address known to Liaison. Nothing was removed.",
  "mailbox-unavailable":
    "The organizer's mailbox cannot be read. Nothing was removed; it goes on by itself when the mailbox is back.",
  private: "The meeting was marked private. The activity keeps what it had; you can retract it.",
  "last-copy-gone": "No mailbox that Liaison follows has this meeting any more. The activity stays as it is.",
  undone: "A run was undone. Nothing is carried over until somebody syncs this meeting.",
});

const WAITING = ["retry-later", "throttled", "service-stopped", "sync-user-locked"];

/** Whether it rests because a run was undone, until a person has it follow its meeting again. @param {any} link */
export const isUndone = ({ state, frozenReason }) => state === "frozen" && frozenReason === "undone";

/** Whether somebody has to choose a value. @param {any} link */
export const isContested = ({ contested = [] }) =>
  contested.some((/** @type {any} */ { how, chosen }) => how === "held" && !chosen);

/** Whether something of it has still to reach Outlook, or cannot. */
function isOnItsWay(/** @type {any} */ activity) {
  const way = activity ? outlookStanding(activity) : null;
  return Boolean(way) && way?.tone !== "good" && activity.outlook.state !== "none";
}

/** What is true of the link now, as one word. @param {any} view the answer of GET /api/meeting */
export function standingOf(view) {
  const { link, differences = [], decisions = [] } = view;
  if (!link) return "not-linked";
  if (link.state === "frozen") return "frozen";
  const isUnderWay = isOnItsWay(view.activity);
  if (link.state === "ended") return isUnderWay ? "on-its-way" : "ended";
  if (link.state === "reserved") return isUnderWay ? "on-its-way" : "waiting";
  const last = decisions[0];
  if (last && outcomeWord(last) === "failed") return "failed";
  if (isContested(link)) return "contested";
  if (last?.outcome === "held") return "held";
  if (last && WAITING.includes(last.reason)) return "waiting";
  if (!view.activity) return "hidden";
  if (isUnderWay) return "on-its-way";
  return differences.some(({ apart }) => !apart) ? "differs" : "in-step";
}

/**
 * What is true now, said once, for the first line of a page: {tone, title, detail}.
 * @param {any} view @param {string} zone @param {Date} now
 */
export function statusOf(view, zone, now) {
  const { link, decisions = [] } = view;
  const differences = (view.differences ?? []).filter(({ apart }) => !apart);
  const said = decisions[0]?.sentence ?? "";
  const lines = /** @type {Record<string, () => [string, string, string]>} */ ({
    "not-linked": () => ["quiet", "Not linked", ""],
    "in-step": () => ["good", "In step with", since(link, zone, now)],
    hidden: () => [
      "good",
      "Linked",
      "The activity is confidential, or no longer there for you. You may still unlink the meeting.",
    ],
    waiting: () => ["wait", "Waiting", said || "The first transfer is on its way; the pane follows by itself."],
    held: () => ["wait", "Held", waitsFor(decisions[0])],
    "on-its-way": () => wayOf(view.activity),
    failed: () => ["bad", "The last change did not arrive", said],
    differs: () => [
      "wait",
      differences.length === 1 ? "One field differs" : `${differences.length} fields differ`,
      since(link, zone, now),
    ],
    contested: () => ["wait", "Waits for your choice", "Both sides changed the same field; nothing is lost."],
    frozen: () => ["wait", "Frozen", FROZEN[link.frozenReason] ?? said],
    ended: () => ["quiet", "The link has ended", endOf(link, zone, now)],
  });
  const [tone, title, detail] = lines[standingOf(view)]();
  return { tone, title, detail };
}

/** @returns {[string, string, string]} */
function wayOf(/** @type {any} */ activity) {
  const { tone, title, detail } = /** @type {any} */ (outlookStanding(activity));
  return [tone, title, detail];
}

function since(link, zone, now) {
  return link.lastSyncedAt ? `last compared ${formatMoment(link.lastSyncedAt, zone, now)}` : "";
}

function endOf(link, zone, now) {
  const ended = link.endedAt ? `Ended ${formatMoment(link.endedAt, zone, now)}${endedBy(link)}. ` : "";
  return `${ended}Only a person can start it again.`;
}

const ENDINGS = /** @type {Record<string, string>} */ ({
  undone: ", by undoing the run that had captured it",
  retracted: ", by retracting it from the CRM",
});

function endedBy({ endedBy: name, endedReason }) {
  if (!name) return "";
  return ` by ${name === "command line" ? "somebody at the command line" : name}${ENDINGS[endedReason] ?? ""}`;
}
