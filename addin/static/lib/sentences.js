// @ts-check
// What the pages say about links, people and changes, in plain words.
import { formatMoment, formatRange } from "./dates.js";
import { ruleWords } from "./rule-words.js";

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
  undone: "A run was undone. Nothing is carried over until somebody resumes the link.",
});

const WAITING = ["retry-later", "throttled", "service-stopped", "sync-user-locked"];

/** What is true of the link now, as one word. @param {any} view the answer of GET /api/meeting */
export function standingOf(view) {
  const { link, differences = [], decisions = [] } = view;
  if (!link) return "not-linked";
  if (link.state === "ended" || link.state === "frozen") return link.state;
  if (link.state === "reserved") return "waiting";
  const last = decisions[0];
  if (last?.outcome === "failed") return "failed";
  if (last?.outcome === "held") return "held";
  if (last && WAITING.includes(last.reason)) return "waiting";
  if (!view.activity) return "hidden";
  if ((link.contested ?? []).some(({ how, chosen }) => how === "held" && !chosen)) return "contested";
  return differences.length ? "differs" : "in-step";
}

/**
 * The first line of the pane: {tone, title, detail}.
 * @param {any} view @param {string} zone @param {Date} now
 */
export function statusOf(view, zone, now) {
  const { link, decisions = [], differences = [] } = view;
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
    held: () => ["wait", "Held", said],
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

function since(link, zone, now) {
  return link.lastSyncedAt ? `last compared ${formatMoment(link.lastSyncedAt, zone, now)}` : "";
}

function endOf(link, zone, now) {
  const when = link.endedAt ? formatMoment(link.endedAt, zone, now) : "";
  const who = link.endedBy ? ` by ${link.endedBy}` : "";
  return `${when ? `Ended ${when}${who}. ` : ""}Only a person can start it again.`;
}

const RESPONSES = /** @type {Record<string, string>} */ ({
  organizer: "organizer",
  accepted: "accepted",
  declined: "declined",
  tentative: "tentative",
  "tentatively-accepted": "tentative",
  none: "no answer yet",
  "not-responded": "no answer yet",
});

/** @param {any} participant */
export function responseOf(participant) {
  if (participant.role === "resource" || participant.match?.kind === "resource") return "room";
  return RESPONSES[participant.response] ?? participant.response ?? "";
}

/** Who this is for the CRM: {text, tone}. @param {any} participant */
export function matchOf({ match }) {
  if (!match || match.kind === "unknown") return { text: "not known", tone: "wait" };
  if (match.kind === "ambiguous") {
    const names = (match.candidates ?? []).map((candidate) => candidate.name).filter(Boolean);
    return { text: names.length ? `could be ${names.join(" or ")}` : "several contacts fit", tone: "wait" };
  }
  if (match.kind === "representative") return { text: "colleague", tone: "quiet" };
  if (match.kind === "resource") return { text: "", tone: "quiet" };
  return { text: match.company?.name ?? "contact", tone: "quiet" };
}

const FIELDS = /** @type {Record<string, string>} */ ({
  subject: "Subject",
  start: "Start",
  end: "End",
  time: "Time",
  recurrence: "Repeats",
  allDay: "All day",
  timeZone: "Time zone",
  location: "Place",
  place: "Place",
  notes: "Notes",
  internalNotes: "Internal notes",
  outcome: "Outcome",
  nextStep: "Next step",
  regarding: "Regarding",
  status: "Status",
  deletedAt: "Deleted",
  confidential: "Confidential",
  owner: "Owner",
  organizer: "Organizer",
  company: "Company",
  participants: "People",
  type: "Type",
  review: "Marked for editing",
  transferToOutlook: "Transfer to Outlook",
  state: "State",
  response: "Response",
});

const IN_ORDER = Object.keys(FIELDS);

/** Known fields in the order people read them, others after them. @param {string} field */
function placeOf(field) {
  const at = IN_ORDER.indexOf(field);
  return at < 0 ? IN_ORDER.length : at;
}

/** @param {string} field */
export function fieldName(field) {
  return (
    FIELDS[field] ??
    field
      .replace(/([A-Z])/g, " $1")
      .replace(/^./, (c) => c.toUpperCase())
      .replace(/ [A-Z]/g, (c) => c.toLowerCase())
  );
}

/** @param {unknown} value @param {string} zone @param {Date} now @returns {string} */
export function valueText(value, zone, now) {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length ? value.map((one) => valueText(one, zone, now)).join(", ") : "nobody";
  if (typeof value === "object") return objectText(/** @type {any} */ (value), zone, now);
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? formatMoment(text, zone, now) : text;
}

function objectText(value, zone, now) {
  if (value.start && value.end) return formatRange(value, zone, now);
  if (value.rule) return recurrenceText(value, zone, now);
  const name = value.name || value.displayName || value.address || value.subject;
  if (name) return value.response && value.response !== "none" ? `${name} (${value.response})` : name;
  return Object.entries(value)
    .map(([k, v]) => `${fieldName(k)}: ${valueText(v, zone, now)}`)
    .join(", ");
}

function recurrenceText({ rule, exceptions = [] }, zone, now) {
  const words = ruleWords(rule, { zone, now });
  if (!exceptions.length) return words;
  return `${words}, ${exceptions.length === 1 ? "one exception" : `${exceptions.length} exceptions`}`;
}

/**
 * The lines "was -> is" of a decision.
 * @param {any} decision @param {string} zone @param {Date} now
 */
export function changesOf({ before, after }, zone, now) {
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return fields
    .sort((a, b) => placeOf(a) - placeOf(b))
    .filter((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]))
    .map((field) => ({
      field: fieldName(field),
      was: valueText(before?.[field], zone, now),
      is: valueText(after?.[field], zone, now),
    }));
}

/** @param {any} activity */
export function activityLine(activity) {
  const state = activity.deletedAt ? "deleted" : activity.status;
  return [state, activity.company?.name, activity.owner?.name].filter(Boolean).join(" · ");
}
