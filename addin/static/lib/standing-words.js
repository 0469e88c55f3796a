// @ts-check
// What follows from the policy for one meeting, in sentences: whose copy counts, what is kept, what happens when it ends. Pure.

const WHO_DECIDES = /** @type {Record<string, string>} */ ({
  "held-removal": "It waits for an administrator, because unusually many meetings vanished at once.",
  "mail-held":
    "It waits for an administrator, because one action would mail more people outside than the policy allows.",
  "conflict-held": "It waits for you: keep one of both values below.",
});

/** For whom something waits, and why. @param {{reason: string, sentence: string}} decision */
export const waitsFor = ({ reason, sentence }) => WHO_DECIDES[reason] ?? `${sentence} It waits for an administrator.`;

/**
 * Why an activity follows an invitee's copy, and what that locks; null where the organizer's copy counts.
 * @param {any} view {meeting?, link, activity} @param {string|null|undefined} ownAddress
 */
export function followedCopy({ meeting, link, activity }, ownAddress) {
  if (!link || link.state === "ended" || link.isOrganizerCopy !== false) return null;
  const name = meeting?.organizer?.name || meeting?.organizer?.address || activity?.organizer?.name;
  const whose = link.followedMailbox === ownAddress ? "your copy" : `the copy of ${link.followedMailbox}`;
  const organizer = name ? `The organizer, ${name},` : "The organizer";
  return {
    title: activity?.stub ? "Made from an invitation" : "Followed by an invitation",
    text: `${organizer} is not active in Liaison: this activity follows ${whose} of the meeting.`,
    locks: "Subject, notes, time, place and people are written in Outlook; everything else is the CRM's.",
  };
}

const KEPT = /** @type {Record<string, string>} */ ({
  skip: "This meeting is private: the CRM keeps nothing of it, and linking is refused.",
  "busy-only": "This meeting is private: the CRM keeps its times only, as “Private appointment”.",
  "owner-only":
    "This meeting is private: the CRM keeps subject, notes, time, place and people. Only the activity's owner and participants may read them.",
  include:
    "This meeting is private, but the policy treats it like any other: the CRM keeps subject, notes, time, place and people, and everybody in the CRM may read them.",
});

/** What the CRM keeps of this meeting, and who may read it. @param {any} view @param {any} policy as /api/me tells it */
export function keptSentence({ meeting, link, activity }, policy = {}) {
  const isLinked = link && link.state !== "ended";
  if (meeting.private) {
    if (isLinked && policy.private === "skip")
      return "This meeting is private now: the activity keeps what it had and follows nothing; you can retract it.";
    return KEPT[policy.private] ?? "This meeting is private. Your administrator chose what is kept of such meetings.";
  }
  const kept = "the CRM keeps subject, notes, time, place and people.";
  if (!isLinked) return `Nothing is kept yet. Once it is linked, ${kept} Everybody in the CRM may read them.`;
  const readers = activity && !activity.confidential ? "Everybody in the CRM" : "Only the activity's owner and participants";
  return `T${kept.slice(1)} ${readers} may read them.`;
}

/** Whether it goes to Outlook without another word: somebody asked for it, or the policy does. @param {any} activity */
export const isOnItsWay = ({ transferToOutlook, outlook }) => Boolean(transferToOutlook) || outlook?.state === "pending";

const REMOVED = /** @type {Record<string, string>} */ ({
  cancel: "its activity is cancelled",
  mark: "its activity stays and is marked for editing",
  delete: "its activity is deleted and can be restored",
  keep: "its activity stays as it is and the link ends",
});

/** What happens when either side ends it; told before anybody acts. @param {any} policy as /api/me tells it */
export function endingSentences(policy) {
  if (!policy) return [];
  const { onCancel, onDelete, onCrmDelete } = policy;
  const back =
    onCrmDelete === "cancel"
      ? "the meeting is cancelled in Outlook, and its guests get mail"
      : "the meeting stays in Outlook, the link ends, and nobody is mailed";
  return [
    `If the meeting is cancelled in Outlook, ${REMOVED[onCancel] ?? "the policy decides"}.`,
    `If it is deleted and nobody else was invited, ${REMOVED[onDelete] ?? "the policy decides"}.`,
    `If the activity is cancelled or deleted in the CRM, ${back}.`,
  ];
}

/** Whom Outlook could invite: everybody but the organizer who has an address. @param {any} activity */
export const guestsOf = ({ participants = [] }) =>
  participants.filter(({ response, address }) => response !== "organizer" && address);

/** Colleagues are invited unless somebody decided otherwise, others only if somebody wants it. @param {any} participant */
export const isInvited = ({ kind, invite }) => invite ?? kind === "representative";

/**
 * Who gets mail when this activity goes to Outlook, with what was chosen about its invitations.
 * @param {any} activity @param {any} mails as the server counted them: it knows whose addresses are outside
 */
export function mailedBy(activity, mails = {}) {
  const { outside, budget } = mails;
  if (!outside) return mails;
  const mailed = guestsOf(activity).filter((one) => isInvited(one) && one.role !== "resource");
  const outsiders = mailed.filter(({ address }) => outside.includes(address)).length;
  return { people: mailed.length, outsiders, willBeHeld: outsiders > budget };
}

/** The activity with what was chosen about its invitations. @param {any} activity @param {Record<string, boolean>} invites by address */
export function withInvites(activity, invites) {
  const chosen = (/** @type {any} */ one) => (one.address in invites ? { ...one, invite: invites[one.address] } : one);
  return { ...activity, participants: (activity.participants ?? []).map(chosen) };
}

/** @param {{people?: number|null, outsiders?: number|null, willBeHeld?: boolean|null, problem?: any}} [mails] as the server counts them */
export function mailSentence({ people, outsiders, willBeHeld, problem } = {}) {
  if (problem) return "Who gets mail could not be counted.";
  if (people === undefined) return "Who gets mail is being counted…";
  if (people === null)
    return "Its guests get mail; how many is not known, because the CRM does not keep who is in all of this meeting.";
  if (!people) return "Nobody is mailed.";
  const outside = outsiders ? `, ${outsiders} of them from outside` : "";
  const held = willBeHeld ? " That is more than one action may: it waits for an administrator first." : "";
  return people === 1
    ? `One person${outsiders ? " from outside" : ""} gets mail.${held}`
    : `${people} people get mail${outside}.${held}`;
}

const OUTLOOK = /** @type {Record<string, [string, string]>} */ ({
  pending: ["wait", "On its way to Outlook"],
  synchronized: ["good", "In Outlook"],
  held: ["wait", "Held before Outlook"],
  failed: ["bad", "It could not be brought to Outlook"],
});

const BECAUSE = /** @type {Record<string, string>} */ ({
  "mail-held": "It waits for an administrator, because more people outside would get mail than one action may.",
  "organizer-not-active": "The organizer is not active in Liaison; nobody else's calendar is written.",
  "past-never-written": "Its time is over, and nothing is written into the past.",
  "outside-window": "It lies outside the time that the policy looks at.",
  unsupported: "Outlook cannot hold it as it is.",
  throttled: "Microsoft 365 asks to slow down; it is tried again by itself.",
  "consent-missing": "Liaison lacks a permission in the tenant. An administrator grants it in Entra ID.",
  "mailbox-unavailable": "The organizer's mailbox cannot be written.",
  "request-rejected": "Microsoft 365 refused it as it is.",
});

/** How far an activity has come to Outlook: {tone, title, detail}; null where nobody asked for it. @param {any} activity */
export function outlookStanding({ outlook }) {
  const { state, reason } = outlook ?? {};
  if (state === "none" && BECAUSE[reason]) return { tone: "quiet", title: "Not in Outlook", detail: BECAUSE[reason] };
  const known = OUTLOOK[state];
  if (!known) return null;
  const other = state === "failed" ? "It was given up" : "It is tried again by itself";
  return { tone: known[0], title: known[1], detail: reason ? (BECAUSE[reason] ?? `${other} (${reason}).`) : "" };
}
