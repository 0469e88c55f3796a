// @ts-check
// What a decision about something held will do, in words. Pure.
import { mailSentence } from "../lib/standing-words.js";

/** @param {number} count @param {string} noun */
export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const MAIL_HELD = "mail-held";

/** @param {any} held */
export const waitsForMail = ({ reason }) => reason === MAIL_HELD;

/** What waits: how many of what, and who would get mail. @param {any} held */
export function waitingWords(held) {
  if (!waitsForMail(held)) return counted(held.count, "removal");
  return `${counted(held.count, "change")}, ${mailWords(held.mails)}`;
}

/** @param {{people: number, outsiders: number}|undefined} mails */
function mailWords(mails) {
  if (!mails) return "which would mail many people outside";
  const { people, outsiders } = mails;
  if (people === 1) return `which would mail one person${outsiders ? " from outside" : ""}`;
  return `which would mail ${people} people, ${outsiders} from outside`;
}

function mailConsequence(/** @type {any} */ { count, mails }, /** @type {string} */ deed) {
  const what = count === 1 ? "the change" : `all ${count} changes`;
  if (deed === "discard")
    return `Nothing of it goes to Outlook and nobody is mailed; the ${count === 1 ? "activity stays" : "activities stay"} as in the CRM.`;
  return `Carries out ${what} in Outlook. ${mails ? mailSentence(mails) : "Their people get mail."}`;
}

/** @param {any} held @param {string} deed */
export function consequenceOf(held, deed) {
  if (waitsForMail(held)) return mailConsequence(held, deed);
  const { count, removedBefore } = held;
  const what = count === 1 ? "the meeting" : `all ${count} meetings`;
  if (deed === "approve")
    return `Looks up ${what} again. What is still gone is removed from the CRM as the policy says; what is back stays. Nobody is mailed.`;
  const kept = count === 1 ? "Keeps the activity and ends its link" : `Keeps the ${count} activities and ends their links`;
  const back = removedBefore
    ? ` ${counted(removedBefore, "removal")} of the day before ${removedBefore === 1 ? "is" : "are"} taken back where nobody changed the activity since.`
    : "";
  return `${kept}; the sync does not follow ${count === 1 ? "this meeting" : "these meetings"} again.${back} Outlook is not touched and nobody is mailed.`;
}
