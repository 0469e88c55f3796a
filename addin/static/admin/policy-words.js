// @ts-check
// What the keys of the policy and their values are called; the key itself, as the command line takes it, stands small beside it. Pure.

const NAMES = /** @type {Record<string, string>} */ ({
  capture: "Meetings that become activities",
  categoryName: "The category that asks for it",
  captureInternal: "Meetings among colleagues too",
  outsideOrganizer: "Meetings of somebody outside become",
  private: "Of private meetings the CRM keeps",
  windowPastDays: "Days back",
  windowFrom: "Fixed first day",
  windowFutureDays: "Days ahead",
  followPast: "Linked meetings that are over are followed",
  unknownParticipants: "People whom nobody knows",
  internalDomains: "Our own mail domains",
  owners: "Who may change what",
  conflict: "Where both sides changed the same field",
  transfer: "Activities that go to Outlook",
  transferTypes: "Types that go to Outlook",
  deepLink: "Address of the activity in the meeting's text",
  regardingText: "What it regards in the meeting's text",
  mark: "Category on linked meetings",
  mailBudgetPerAction: "People outside who get mail unasked",
  onCancel: "A meeting is cancelled in Outlook: its activity",
  onDelete: "A meeting is deleted in Outlook: its activity",
  onCrmDelete: "An activity is cancelled or deleted: its meeting",
  removalLimit: "Removals within a day unasked",
  removalPercent: "Per cent of the links within a day unasked",
  push: "Changes are notified at once",
  calendarInterval: "Every calendar is read every",
  alignToClock: "At full intervals of the clock",
  reconcileInterval: "Every link is looked at every",
  tasks: "Tasks go to To Do",
  tasksInterval: "Tasks are compared every",
  taskWindowPastDays: "Tasks: days back",
  taskWindowFutureDays: "Tasks: days ahead",
  taskStatusMap: "Status of To Do for each status of ours",
  contacts: "Contacts go to Outlook",
  contactsInterval: "Contacts are compared every",
  contactFolder: "Folder for contacts",
  maxAttempts: "Tries before something is given up",
  retryMax: "Longest pause between two tries",
  logRetentionDays: "Days that the log is kept",
});

const REMOVED = {
  cancel: "is cancelled",
  mark: "stays and is marked for editing",
  delete: "is deleted and can be restored",
  keep: "stays as it is",
};

/** Values by key; what is not named here reads well as it is. */
const VALUES = /** @type {Record<string, Record<string, string>>} */ ({
  capture: { linked: "those that people link", category: "those with the category" },
  outsideOrganizer: { stub: "one stub for all invitees", ignore: "nothing" },
  private: { skip: "nothing", "busy-only": "times only", "owner-only": "all, for its people only", include: "all, as of others" },
  followPast: { push: "when notified" },
  unknownParticipants: { keep: "are kept by address", review: "mark the activity for editing" },
  owners: { outlook: "Outlook", crm: "CRM", both: "both" },
  conflict: { "outlook-wins": "Outlook's value wins", "crm-wins": "the CRM's value wins", hold: "a person decides" },
  transfer: { flagged: "those flagged for it" },
  onCancel: REMOVED,
  onDelete: REMOVED,
  onCrmDelete: { cancel: "is cancelled, its guests get mail", leave: "stays, nobody is mailed" },
});

/** @param {string} key */
export const keyName = (key) => NAMES[key] ?? key;

/** One word of a key's values. @param {string} key @param {string} word */
export const wordName = (key, word) => VALUES[key]?.[word] ?? word;

/** A value as people read it. @param {string} key @param {any} value @returns {string} */
export function valueName(key, value) {
  if (value === null || value === undefined || value === "") return "empty";
  if (Array.isArray(value)) return value.join(", ") || "none";
  if (typeof value === "object")
    return Object.entries(value)
      .map(([member, word]) => `${member}: ${wordName(key, word)}`)
      .join(", ");
  return wordName(key, String(value));
}
