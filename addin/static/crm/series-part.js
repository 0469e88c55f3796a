// @ts-check
// The series of an activity: its dates, its exceptions, and what can be done with a single one of them.
import { occurrenceForm } from "../elements/occurrence-form.js";
import { pushButton } from "../elements/push-button.js";
import { seriesFacts } from "../elements/series-facts.js";
import { pageAddress } from "../lib/addresses.js";
import { formatStart } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { isInCharge } from "../lib/match-state.js";
import { exceptionAt, originalStartOf } from "../lib/occurrences.js";
import { mailSentence } from "../lib/standing-words.js";
import { lockedFields } from "./state.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function seriesPart(state, setting) {
  const { activity } = state.page;
  if (!activity.recurrence) return "";
  const isLocked = lockedFields(activity).includes("recurrence");
  const mayEdit = !isLocked && isInCharge(activity, state.me);
  return html`<section aria-labelledby="series"><h2 id="series" tabindex="-1">Series</h2>
    ${isLocked ? html`<p class="quiet">Its dates are changed in Outlook while the link lives.</p>` : ""}
    ${seriesFacts(activity.recurrence, setting, activity, mayEdit ? deedsOf(state, setting) : withoutDeeds(activity))}</section>`;
}

const STAYS = "Outlook cannot bring back an occurrence that was cancelled.";
const isInOutlook = ({ link }) => ["live", "frozen"].includes(link?.state);
const placeOf = (activity) => (/** @type {string} */ at) => pageAddress("/crm", { view: "plan", from: activity.id, at });

/** Whoever may not change the series may still plan something in place of what is cancelled. */
function withoutDeeds(activity) {
  return { ofDate: () => "", ofException: (one) => (isInOutlook(activity) ? inPlace(one, activity) : ""), note: noteOf(activity) };
}

const noteOf = (activity) => (isInOutlook(activity) ? STAYS : "");

function inPlace({ key, isCancelled }, activity) {
  return isCancelled ? html`<p><a href="${placeOf(activity)(key)}">Plan one in its place</a></p>` : "";
}

function deedsOf(state, setting) {
  const { activity, occurrence } = state.page;
  const dates = (activity.recurrence.nextDates ?? []).map((date) => originalStartOf(activity, date));
  const shows = (/** @type {string} */ at, /** @type {string[]} */ ...deeds) => occurrence?.at === at && deeds.includes(occurrence.deed);
  const form = () => occurrenceForm(occurrence, activity, setting, { mails: mailWords(state.page), placeOf: placeOf(activity) });
  const button = (/** @type {string} */ label, /** @type {string} */ deed, /** @type {string} */ at) => deedButton(label, deed, at, setting);
  const both = (/** @type {string} */ at) => [button("Change…", "change", at), button("Cancel…", "cancel", at)];

  function ofDate(date) {
    const at = originalStartOf(activity, date);
    return shows(at, "change", "cancel") ? form() : html`<p class="ways deeds">${both(at)}</p>`;
  }

  function ofException({ key: at, isCancelled, what }) {
    const isLater = !dates.includes(at);
    if (shows(at, "restore") || (isLater && shows(at, "change", "cancel"))) return form();
    if (isCancelled) return isInOutlook(activity) ? inPlace({ key: at, isCancelled }, activity) : html`<p class="ways deeds">${button("Let it take place", "restore", at)}</p>`;
    if (exceptionAt(activity, at)?.kind !== "changed") return "";
    return html`<p class="ways deeds">${isLater ? both(at) : ""}${button("As the series has it…", "restore", at)}</p>`;
  }

  return { ofDate, ofException, note: noteOf(activity) };
}

function deedButton(label, deed, at, { zone, now }) {
  const title = `${label.replace("…", "")}: ${formatStart(at, zone, now)}`;
  return pushButton(label, { does: "occurrence-asked", look: "subtle", small: true, values: { at, deed }, title, key: `${deed}-${at}` });
}

/** Nobody hears of it as long as it is not in Outlook. */
function mailWords({ activity, mails }) {
  if (activity.link?.state === "live") return `Changes the meeting in Outlook. ${mailSentence(mails.change)}`;
  return activity.link?.state === "reserved" ? "Who is invited gets mail when it goes to Outlook." : "Nobody is mailed.";
}
