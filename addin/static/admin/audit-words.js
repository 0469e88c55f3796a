// @ts-check
// What administrators did, in words: the act, to what, and what changed by it. Pure.
import { counted } from "./held-words.js";
import { keyName, valueName } from "./policy-words.js";

const ACTS = /** @type {Record<string, string>} */ ({
  "service-started": "Started the service",
  "service-stopped": "Stopped the service",
  "service-restarted": "Restarted the service",
  "sync-user-unlocked": "Unlocked the sync user",
  "sync-user-locked": "Locked the sync user",
  "sync-user-activated": "Activated the sync user",
  "sync-user-deactivated": "Deactivated the sync user",
  "policy-changed": "Changed the policy",
  "people-imported": "Imported people",
  "representative-changed": "Changed a representative",
  "held-approved": "Approved what was held",
  "held-discarded": "Discarded what was held",
  "initial-sync-started": "Started an initial sync",
  "initial-sync-twins-chosen": "Chose what a plan does with meetings that are there already",
  "initial-sync-applied": "Applied a plan",
  "run-undone": "Undid a run",
});

/** For filters: the word of each act, and what it is called. */
export const EVERY_ACT = Object.entries(ACTS);

/** @param {string} action */
export const actName = (action) => ACTS[action] ?? action;

const DETAILS = /** @type {Record<string, Record<string, (value: any) => string>>} */ ({
  "people-imported": { added: (n) => `${n} added`, updated: (n) => `${n} updated` },
  "representative-changed": {
    syncActive: (on) => (on ? "activated" : "deactivated"),
    permissions: (names) => (names.length ? `may now: ${names.join(", ")}` : "has no permission any more"),
  },
  "held-approved": { count: (n) => counted(n, "change") },
  "held-discarded": {
    count: (n) => counted(n, "change"),
    restored: (n) => `${n} taken back`,
    left: (n) => `${n} changed meanwhile and left`,
  },
  "initial-sync-started": {
    dryRun: (dry) => (dry ? "as a dry run" : "carried out at once"),
    mailboxes: (n) => (n === 1 ? "1 mailbox" : `${n} mailboxes`),
  },
  "initial-sync-applied": { activated: (n) => (n ? `${counted(n, "representative")} activated` : "") },
  "initial-sync-twins-chosen": { linked: (is) => (is ? "linked" : "made anew"), items: (n) => (n === 1 ? "1 meeting" : `${n} meetings`) },
  "run-undone": { undone: (n) => `${n} taken back`, newer: (n) => (n ? `${n} changed meanwhile and left` : "") },
});

/** What came with it, in a few words; of the policy that is a list of its own. @param {any} entry */
export function detailWords({ action, details = {} }) {
  const known = DETAILS[action] ?? {};
  const said = Object.entries(details).map(([name, value]) => known[name]?.(value));
  return said.filter(Boolean).join(", ");
}

/** The keys of the policy that an act changed, as "was -> is". @param {any} entry */
export function policyChanges({ action, details = {} }) {
  if (action !== "policy-changed") return [];
  return Object.entries(details).map(([key, { before, after }]) => ({
    field: keyName(key),
    was: valueName(key, before),
    is: valueName(key, after),
  }));
}

/** To whom or what: {text, runId?}. @param {any} entry @param {any[]} people the representatives */
export function subjectOf({ action, subject }, people) {
  if (action.startsWith("held-")) return { text: people.find(({ id }) => id === subject)?.name ?? "" };
  if (action === "run-undone" || action.startsWith("initial-sync-")) return { text: "The run", runId: subject };
  return { text: ["representative-changed", "policy-changed"].includes(action) ? subject : "" };
}
