// @ts-check
// Whom a new activity invites, where planning it already brings it to Outlook: chosen before it is saved.
import { html } from "../lib/html.js";
import { guestsOf, isInvited, mailSentence } from "../lib/standing-words.js";
import { inviteChoices } from "./outlook-part.js";
import { nameOf, participantsFrom } from "./people-field.js";

/** Whether an activity of this type goes out as soon as it is planned. @param {string} type @param {any} policy */
export const goesOutAtOnce = (type, policy) => policy?.transfer === "all" && policy.transferTypes.includes(type);

/**
 * Whom the lines name, each with his name and address as far as they are known, and with what was chosen about his invitation.
 * @param {{text: string, known: any, invites: Record<string, boolean>}} planned
 */
export function plannedGuests({ text, known, invites }) {
  return participantsFrom(text, known).map((one) => {
    const shown = { ...one, ...shownAs(one, known) };
    return shown.address in invites ? { ...shown, invite: invites[shown.address] } : shown;
  });
}

/** The same as the API's participants. @param {{text: string, known: any, invites: Record<string, boolean>}} planned */
export function plannedParticipants(planned) {
  const guests = plannedGuests(planned);
  return participantsFrom(planned.text, planned.known).map((one, at) =>
    guests[at].invite === undefined ? one : { ...one, invite: guests[at].invite },
  );
}

/** @param {{text: string, known: any, invites: Record<string, boolean>, ownId: string|undefined}} planned */
export function planInvites({ ownId, ...planned }) {
  const others = plannedGuests(planned).filter(({ id, address }) => (!id || id !== ownId) && address.includes("@"));
  const guests = guestsOf({ participants: others });
  const mailed = new Set(guests.filter(isInvited).map(({ address }) => address));
  return html`${inviteChoices({ participants: others })}
    <p class="quiet" role="status">It goes to Outlook as soon as it is planned. ${mailSentence({ people: mailed.size, outsiders: 0 })}</p>`;
}

function shownAs(one, { representatives, contacts }) {
  if (one.kind === "other") return { address: one.address.toLowerCase() };
  if (one.kind === "representative") {
    const { name, address = "" } = representatives.find(({ id }) => id === one.id);
    return { name, address };
  }
  const contact = contacts.find(({ id }) => id === one.id);
  return { name: nameOf(contact), address: one.address ?? contact.addresses?.[0] ?? "" };
}
