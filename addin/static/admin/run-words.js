// @ts-check
// What is true of an initial sync, and what a deed will do, in words. Pure.
import { counted } from "./held-words.js";

/** @param {number} count */
export const people = (count) => (count === 1 ? "1 person" : `${count} people`);

/** How many mailboxes are done. @param {any} run */
const doneOf = ({ progress: { done, total } }) => `${done} of ${counted(total, "mailbox").replace("mailboxs", "mailboxes")}`;

const OPEN = ["planned", "failed"];
const MOST_NAMED = 20;

/** @type {Record<string, (run: any) => {tone: string, title: string, detail: string}>} */
const STATES = {
  running: (run) =>
    run.phase === "plan"
      ? {
          tone: "wait",
          title: `Reading ${doneOf(run)}`,
          detail: "Nothing is written. You may leave this page and come back.",
        }
      : {
          tone: "wait",
          title: `Carrying out: ${doneOf(run)}`,
          detail: "You may leave this page and come back.",
        },
  planned: (run) =>
    run.changing
      ? { tone: "good", title: "The plan is ready", detail: `${changingWords(run)} Nothing was written yet. ${mailWords(run)}` }
      : { tone: "good", title: "Nothing would change", detail: "What was read needs no change under this policy." },
  done: (run) =>
    run.applied
      ? { tone: "good", title: carriedOut(run.applied), detail: appliedWords(run.applied) }
      : { tone: "good", title: `Carried out: ${doneOf(run)}`, detail: "" },
  failed: (run) => ({
    tone: "bad",
    title: "Not everything could be done",
    detail: `The mailboxes that could not be done are named below; nothing of the others is lost.${run.applied ? ` ${appliedWords(run.applied)}` : ""}`,
  }),
  undone: ({ undo }) => ({
    tone: "quiet",
    title: "Undone",
    detail: `What it wrote to the CRM was taken back. What it made is deleted and not captured again by itself; the links of what it changed rest until somebody syncs them.${stayWords(undo.meetings)}`,
  }),
};

const STALE = {
  tone: "bad",
  title: "This plan is not true any more",
  detail: "The policy was changed after it was made, so it is not applied. Make another dry run to see what would happen now.",
};

/** Of a policy that is not in force; once it is, the plan is one like any other. @param {any} run */
const tried = (run) => ({
  tone: "wait",
  title: `What ${trialName(run.trial)} would do`,
  detail: `It is not in force, and nothing was written. ${run.changing ? `${changingWords(run)} ${mailWords(run)}` : "Nothing would change."} This plan can be applied once that policy is in force; the service is stopped for that, so that nothing is faster than the plan.`,
});

/** The first line of the page. @param {any} run */
export function stateOf(run) {
  if (run.stale) return run.trial ? tried(run) : STALE;
  return STATES[run.status](run);
}

/** A state in a table. @param {any} run */
export function stateWord({ status, phase, dryRun }) {
  if (status === "running") return phase === "plan" ? "being planned" : "under way";
  return dryRun && status === "done" ? "applied" : status;
}

/** Who would get mail. @param {{mails: {people: number, outsiders: number}}} run */
export function mailWords({ mails }) {
  if (!mails.people) return "Nobody would be mailed.";
  return `Outlook would mail ${people(mails.people)}, ${mails.outsiders} of them outside.`;
}

/** Names, the first of many. @param {any[]} some */
function named(some) {
  const names = some.map(({ name }) => name);
  const left = names.length - MOST_NAMED;
  return left > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${left} more` : names.join(", ");
}

/** Whom applying the plan activates, or activated. @param {any} run */
export function activationWords({ status, activates, mailboxes }) {
  const meant = mailboxes.filter((/** @type {any} */ one) => one.activates && !one.error);
  if (status === "done" && meant.length) return `${people(meant.length)} activated: ${named(meant)}.`;
  if (!activates || !OPEN.includes(status)) return "";
  const followed = activates === 1 ? "whose mailbox is" : "whose mailboxes are";
  return `Applying it activates ${people(activates)}, ${followed} followed from then on: ${named(meant)}.`;
}

/** What the service means for a plan that is not applied yet. @param {boolean} running */
export const serviceWords = (running) =>
  running
    ? "The service is running: what it brings in step before you apply is left out then. To get exactly this, stop the service before the dry run."
    : "The service is stopped: nothing comes before this plan. Next: apply it, then start the service.";

/** While the service is stopped: the order in which nothing is done that nobody saw. */
export const STEPS = /** @type {Record<string, string>} */ ({
  look: "The service is stopped. Next: make a dry run, apply its plan, then start the service.",
  apply: "The service is stopped, and a plan is ready. Next: apply it, then start the service.",
  start: "The service is stopped: Outlook and the CRM are followed again when it is started.",
});

/** How far that is with the policy in force: a plan of fewer people than are active does not count as looked at. @param {{activePeople: number}} service @param {any[]} runs the newest first */
export function stepAhead({ activePeople }, runs) {
  const whole = runs.filter((one) => one.dryRun && one.policyInForce && one.progress.total >= activePeople);
  const applied = whole.find(({ status }) => status === "done");
  const ready = whole.find(({ status }) => status === "planned");
  if (applied) return { step: "start", run: applied };
  return ready ? { step: "apply", run: ready } : { step: "look", run: null };
}

/** A policy that was only looked at. @param {{preset: string|null, keys: any}} trial */
export const trialName = ({ preset }) => (preset ? `the preset ${preset}` : "a changed policy");

/** What a plan would bring into both calendars twice, and what was chosen instead. @param {{twins: number, linkable: number, linked: number}} run */
export function twinWords({ twins, linkable, linked }) {
  if (!twins) return "";
  const alike = `${twins === 1 ? "1 activity resembles" : `${twins} activities resemble`} a meeting that is captured too: both would be there twice.`;
  if (!linkable) return `${alike} Link them in the pane first.`;
  return `${alike} ${linkable} can be linked to the meeting instead of making both anew; chosen for ${linked || "none"}.`;
}

/** @param {any} run */
const changingWords = ({ changing, counts }) => `${changing} of ${Object.values(counts).reduce((sum, count) => sum + count, 0)} would change something.`;

const ITEM_STATES = /** @type {Record<string, string>} */ ({ applied: "applied", stale: "left out", undone: "undone" });

/** What became of an item; what changes nothing has no state. @param {any} item */
export const itemWord = ({ state, changes, linked }) => (linked && state === "applied" ? "linked" : (changes && ITEM_STATES[state]) || "");

const carriedOut = ({ stale }) => (stale ? "Carried out, without what had changed" : "Carried out as planned");

function appliedWords({ applied, stale }) {
  const left = stale ? `, ${stale} left out because ${stale === 1 ? "it" : "they"} changed after the plan was made` : "";
  return `${counted(applied, "change")} applied${left}.`;
}

/** What undoing will do, before it does it. @param {any} run */
export function undoWords({ undo, mailboxes = [] }) {
  const { possible, newer, meetings } = undo;
  if (!possible && !newer) return `There is nothing left to take back.${stayWords(meetings)}`;
  const left = newer ? ` ${newer === 1 ? "1 activity is left" : `${newer} activities are left`}, because something newer happened.` : "";
  const active = mailboxes.some((/** @type {any} */ one) => one.activates) ? " Whom the plan activated stays active." : "";
  return `${backWords(undo)}${left}${stayWords(meetings)} Outlook is not touched and nobody is mailed.${active}`;
}

/** What was made is not captured again: that is said by number. */
function backWords({ possible, created }) {
  const back = `Takes back ${possible === 1 ? "1 activity" : `${possible} activities`}.`;
  const changed = possible - created;
  return `${back}${created ? ` ${createdWords(created)}` : ""}${changed ? ` ${changedWords(changed)}` : ""}`;
}

const createdWords = (/** @type {number} */ count) =>
  count === 1
    ? "1 that it made is deleted and can be restored; its meeting is not captured again by itself, only when somebody links it."
    : `${count} that it made are deleted and can be restored; their meetings are not captured again by themselves, only when somebody links each of them.`;

const changedWords = (/** @type {number} */ count) =>
  count === 1
    ? "1 that it changed holds its old values again; its link rests until somebody syncs it."
    : `${count} that it changed hold their old values again; their links rest until somebody syncs them.`;

/** Meetings that a run made are not taken away again: that would mail their guests. @param {number} count */
export function stayWords(count) {
  if (!count) return "";
  return count === 1 ? " 1 meeting that it made in Outlook stays there." : ` ${count} meetings that it made in Outlook stay there.`;
}

/** What beginning without a plan will do. @param {number} count */
export const beginWords = (count) =>
  `Reads ${count === 1 ? "1 mailbox" : `${count} mailboxes`} from the beginning and carries out at once what the policy says. Mail to people outside above the budget waits for you.`;
