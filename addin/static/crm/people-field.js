// @ts-check
// Who takes part, as lines that one writes: a name or an address each.
import { html } from "../lib/html.js";

/** @param {{text: string, known: any, hint: string, problem?: string}} field */
export function peopleField({ text, known, hint, problem = "" }) {
  const example = [...known.representatives, ...known.contacts.flatMap(addressesOf)][0];
  return html`<label class="field"><span>People, one address or name per line</span>
      <textarea name="people" id="people-lines" rows="4" data-type="draft-typed" data-field="people" aria-describedby="people-hint${problem ? " people-problem" : ""}" ${problem ? html`aria-invalid="true"` : ""}>${text}</textarea></label>
    ${problemLine("people", problem)}
    <p id="people-hint" class="quiet">Colleagues and contacts are recognised by name or address${example ? html`, for example ${example.address}` : ""}. ${hint}</p>`;
}

/** @param {string} field @param {string|undefined} problem what is wrong with it */
export const problemLine = (field, problem) => (problem ? html`<p class="problem" id="${field}-problem">${problem}</p>` : "");

function addressesOf(contact) {
  return (contact.addresses ?? []).map((address) => ({ address }));
}

/** Everybody but the organizer, who stays whatever is written. @param {any} activity */
export function peopleText({ participants = [] }) {
  return guests(participants).map(lineOf).join("\n");
}

const guests = (participants) => participants.filter((one) => one.response !== "organizer");

/** Who stands before the guests wherever participants are written. @param {any} activity */
export const organizersOf = ({ participants = [] }) => participants.filter((one) => one.response === "organizer");

const lineOf = (one) => one.address || one.name;

/**
 * The participants after the lines were written: who was there stays as he was, others are looked up.
 * @param {string} text @param {any} activity @param {any} known
 */
export function participantsAfter(text, activity, known) {
  const present = guests(activity.participants ?? []);
  const stays = (/** @type {string} */ line) =>
    present.find((one) => [one.address, one.name].some((word) => word?.toLowerCase() === line.toLowerCase()));
  return [...organizersOf(activity), ...linesOf(text).map((line) => stays(line) ?? participantOf(line.toLowerCase(), line, known))];
}

/** What somebody wrote, line by line, as the API's participants. @param {string} text @param {any} known */
export function participantsFrom(text, known) {
  return linesOf(text).map((line) => participantOf(line.toLowerCase(), line, known));
}

/** @param {string} text */
export function linesOf(text) {
  return text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter(Boolean);
}

function participantOf(key, line, { representatives, contacts }) {
  const colleague = representatives.find(
    (one) => one.name?.toLowerCase() === key || one.address?.toLowerCase() === key,
  );
  if (colleague) return { kind: "representative", id: colleague.id, role: "required" };
  const contact = contacts.find(
    (one) => nameOf(one).toLowerCase() === key || one.addresses?.some((address) => address.toLowerCase() === key),
  );
  const written = contact?.addresses?.find((address) => address.toLowerCase() === key);
  if (contact) return { kind: "contact", id: contact.id, role: "required", ...(written && { address: written }) };
  return { kind: "other", name: line, address: line, role: "required" };
}

/** @param {any} contact */
export function nameOf({ givenName = "", surname = "" }) {
  return `${givenName ?? ""} ${surname ?? ""}`.trim();
}
