// @ts-check
// Reads Outlook's meeting, which looks different while reading and while composing, into the one shape of the pages.

const NOT_SAVED = 9046;

/** Office's callbacks as promises; a failure carries Office's code. @param {(done: (result: any) => void) => void} call */
export function asked(call) {
  return new Promise((resolve, reject) => {
    call((result) => {
      if (result.status === "succeeded") resolve(result.value);
      else reject(Object.assign(new Error(result.error?.message ?? "Outlook refused."), { code: result.error?.code }));
    });
  });
}

/** @param {any} item */
function modeOf(item) {
  // The only test that holds in every client: plain values while reading, objects while composing.
  return typeof item.subject === "string" ? "read" : "compose";
}

/** @param {any} item @param {{canReadId: boolean}} abilities */
export async function readItem(item, { canReadId }) {
  if (!item || item.itemType !== "appointment") return null;
  const mailbox = await sharedMailbox(item);
  const common = modeOf(item) === "read" ? readPlain(item) : await readComposed(item, canReadId);
  return { ...common, mailbox };
}

function readPlain(item) {
  return {
    mode: "read",
    itemId: item.itemId ?? null,
    saved: true,
    subject: item.subject,
    start: instant(item.start),
    end: instant(item.end),
    organizer: person(item.organizer),
  };
}

async function readComposed(item, canReadId) {
  const [subject, start, end, organizer] = await Promise.all([
    asked((done) => item.subject.getAsync(done)),
    asked((done) => item.start.getAsync(done)),
    asked((done) => item.end.getAsync(done)),
    item.organizer?.getAsync ? asked((done) => item.organizer.getAsync(done)).catch(() => null) : null,
  ]);
  const identity = await composedId(item, canReadId);
  return {
    mode: "compose",
    ...identity,
    subject,
    start: instant(start),
    end: instant(end),
    organizer: person(organizer),
  };
}

/** Old clients cannot tell the id: the server then finds the meeting by what it says. */
async function composedId(item, canReadId) {
  if (!canReadId) return { itemId: null, saved: true };
  try {
    const itemId = await asked((done) => item.getItemIdAsync(done));
    // One Mac build answered null for a saved meeting.
    return { itemId: itemId || null, saved: true };
  } catch (error) {
    const isNew = /** @type {any} */ (error).code === NOT_SAVED;
    return { itemId: null, saved: !isNew };
  }
}

/** The call exists on shared calendars only. */
async function sharedMailbox(item) {
  if (typeof item.getSharedPropertiesAsync !== "function") return null;
  const shared = await asked((done) => item.getSharedPropertiesAsync(done)).catch(() => null);
  return shared?.targetMailbox ?? shared?.owner ?? null;
}

/** @param {Date|string|null|undefined} value */
function instant(value) {
  return value ? new Date(value).toISOString() : null;
}

/** @param {any} details */
function person(details) {
  return details ? { name: details.displayName ?? "", address: details.emailAddress ?? "" } : null;
}

/** Whether Outlook still shows exactly this. @param {any} a @param {any} b */
export function sameItem(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
