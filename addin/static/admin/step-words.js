// @ts-check
// Whether all mailboxes are in step, as one line: what was compared, what differs, who cannot be read. Pure.
import { formatMoment } from "../lib/dates.js";
import { counted } from "./held-words.js";

/** @param {any[]} mailboxes @param {{zone: string, now: Date}} setting @returns {{tone: string, title: string, detail: string}} */
export function stepOf(mailboxes, { zone, now }) {
  const followed = mailboxes.filter((one) => one.followed);
  if (!followed.length) return { tone: "quiet", title: "Nothing to keep in step", detail: "No mailbox is followed yet." };
  const lost = followed.filter((one) => one.unavailableSince);
  const compared = followed.filter((one) => one.reconciledAt);
  const open = sum(compared, "unsettledDifferences");
  const when = ageWords(followed, zone, now);
  if (lost.length) return { tone: "bad", title: `${mailboxCount(lost)} cannot be read`, detail: `Nothing of ${lost.length === 1 ? "it" : "them"} is removed. ${when}` };
  if (open) return { tone: "wait", title: `${counted(open, "difference")} not settled yet`, detail: `Each is named at its mailbox below. ${when}` };
  if (!compared.length) return { tone: "quiet", title: "Not compared yet", detail: `Every link is compared with its meeting once a day. ${when}` };
  const found = sum(compared, "differences");
  const mended = found ? `, ${counted(found, "difference")} found and settled` : ", 0 differences";
  return { tone: "good", title: "In step", detail: `${mailboxCount(compared)} compared${mended}. ${when}` };
}

/** How old what is known can be at most. */
function ageWords(followed, zone, now) {
  const read = followed.map((one) => one.lastSuccessAt).filter(Boolean);
  if (read.length < followed.length) return `${mailboxCount(followed.slice(read.length))} not read so far.`;
  const [oldest] = read.sort((a, b) => Date.parse(a) - Date.parse(b));
  return `Every mailbox was read at ${formatMoment(oldest, zone, now)} or later.`;
}

const mailboxCount = (/** @type {any[]} */ some) => (some.length === 1 ? "1 mailbox" : `${some.length} mailboxes`);

const sum = (/** @type {any[]} */ some, /** @type {string} */ figure) =>
  some.reduce((total, one) => total + (one[figure] ?? 0), 0);
