// @ts-check
// Typed words against an activity that changed meanwhile: what somebody else wrote in the same field is never overwritten unseen.

export const NO_EDIT = { status: "clean", drafts: {}, sent: {}, problem: null, newer: null };

/** Answers may overtake each other: of two readings of one activity the later version. @param {any} shown @param {any} read */
export const newerOf = (shown, read) => (shown && shown.id === read?.id && shown.version > read.version ? shown : read);

/** The fields that are being typed and that somebody else changed. @param {any} drafts @param {any} before @param {any} after */
function contestedFields(drafts, before, after) {
  const differs = (/** @type {string} */ field) => textOf(before?.[field]) !== textOf(after[field]);
  return Object.keys(drafts).filter((field) => field in after && differs(field));
}

/** The next dates of a series are another day by day, without anybody changing it. @param {any} value */
function textOf(value) {
  return JSON.stringify(value?.rule ? { rule: value.rule, exceptions: value.exceptions } : (value ?? null));
}

/** The edit after a newer activity arrived. @param {any} edit @param {any} before @param {any} after */
export function meetNewer(edit, before, after) {
  if (edit.status === "saving" || !contestedFields(edit.drafts, before, after).length) return edit;
  return { ...edit, status: "conflict", newer: after };
}

/** The edit after something was typed. @param {any} edit @param {string} field @param {any} value */
export function withDraft(edit, field, value) {
  const status = ["conflict", "saving"].includes(edit.status) ? edit.status : "dirty";
  return { ...edit, status, drafts: { ...edit.drafts, [field]: value } };
}

/** The edit while its drafts are on their way. @param {any} edit */
export const sending = (edit) => ({ ...edit, status: "saving", problem: null, sent: edit.drafts });

/** The edit after what was sent is saved; what was typed meanwhile is still to be saved. @param {any} edit */
export function afterSaving({ drafts, sent }) {
  const later = Object.entries(drafts).filter(([field, value]) => sent[field] !== value);
  return later.length ? { ...NO_EDIT, status: "dirty", drafts: Object.fromEntries(later) } : { ...NO_EDIT, status: "saved" };
}
