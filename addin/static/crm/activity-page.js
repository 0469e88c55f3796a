// @ts-check
// One activity: what is true of it, what may be edited, what can be done with it, and why things happened.
import { decisionList } from "../elements/decision-list.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { statusLine } from "../elements/status-line.js";
import { formatRange, zoneNote } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { modelOf } from "../lib/rule-model.js";
import { occurrenceSentence, repeatsSentence, timeOf } from "../lib/series.js";
import { activityLine, fieldName, responseOf, valueText } from "../lib/sentences.js";
import { isInvited, isOnItsWay, mailSentence, outlookStanding, withInvites } from "../lib/standing-words.js";
import { activityFields } from "./activity-fields.js";
import { marksOf } from "./marks.js";
import { endingWords, inviteChoices, outlookPart, transferWords } from "./outlook-part.js";
import { peopleField, peopleText } from "./people-field.js";
import { seriesPart } from "./series-part.js";
import { lockedFields } from "./state.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function activityPage(state, setting) {
  const { page } = state;
  if (page.status === "failed") return gone(page.problem);
  if (!page.activity)
    return html`<div class="skeleton skeleton-line"></div><div class="skeleton"></div><div class="skeleton"></div>`;
  const { activity } = page;
  return html`<div class="page-head"><div><h1>${activity.subject || "(no subject)"}</h1>
      <p class="quiet">${activity.start ? formatRange(timeOf(activity), setting.zone, setting.now) : ""} ${zoneNote(setting.zone)}</p>
      ${repetition(activity, setting)}
      <p class="quiet">${activityLine(activity)}</p></div>${deeds(state)}</div>
    ${confirm(state)}
    <div class="columns"><div class="column standing">${marks(state, setting)}${outlookPart(state, setting)}</div>
      <form class="sheet" data-submit="save-requested" data-key="sheet-${activity.id}">${sheet(state, setting)}</form>
      <div class="column">${seriesPart(state, setting)}${people(activity)}${why(state, setting)}</div></div>`;
}

function repetition(activity, setting) {
  const said = activity.recurrence
    ? repeatsSentence(activity.recurrence, setting)
    : occurrenceSentence(activity, setting);
  return said ? html`<p class="quiet">${said}</p>` : "";
}

function gone(problem) {
  if (problem.status !== 404) return failureNote(problem, { retry: "activity-repeated" });
  return statusLine({
    tone: "quiet",
    title: "No longer available",
    detail: "This activity is not there, or you may not see it.",
  });
}

function sheet(state, setting) {
  const {
    page: { activity, mails },
    edit,
    known,
    fieldProblems: problems,
  } = state;
  const value = (field) => (field in edit.drafts ? edit.drafts[field] : activity[field]);
  const isOpen = ["dirty", "saving", "conflict", "failed"].includes(edit.status);
  return html`${activityFields({ value, locked: activity.deletedAt ? Object.keys(activity) : lockedFields(activity), known, setting, why: lockReason(activity), problems, rule: ruleOf(activity, edit.drafts, setting.zone), hint: exceptionsHint(activity, edit.drafts) })}
    ${mayWritePeople(activity) ? peopleField({ text: edit.drafts.people ?? peopleText(activity), known, problem: problems.people, hint: mailHint(activity) }) : ""}
    ${edit.status === "conflict" ? conflict(edit, setting) : ""}
    ${edit.status === "failed" && edit.problem ? failureNote(edit.problem, { key: "save-failure" }) : ""}
    ${
      isOpen
        ? html`<p class="ways save-bar">${pushButton(edit.status === "conflict" ? "Save mine" : "Save", { submit: true, look: "primary", busy: edit.status === "saving" })}
      ${pushButton("Discard", { does: "draft-dropped", look: "subtle" })} ${goesOut(activity, edit.drafts) ? html`<span class="quiet">Changes the meeting in Outlook. ${mailSentence(mails.change)}</span>` : ""}</p>`
        : ""
    }`;
}

/** One occurrence of a series cannot be a series itself. */
function ruleOf(activity, { recurrence }, zone) {
  return activity.link?.scope === "occurrence" ? null : (recurrence ?? modelOf(activity, zone));
}

function exceptionsHint({ recurrence }, drafts) {
  if (!recurrence?.exceptions?.length || !drafts.recurrence) return "";
  return "Exceptions of dates that the series has no more are dropped; Why keeps them.";
}

function conflict({ drafts, newer }, { zone, now }) {
  return html`<div class="failure-note" role="alert" data-key="save-failure"><div class="failure-words"><p>${newer.changedBy || "Somebody"} changed this activity while you were writing. Your words are kept.</p>
    <ul class="quiet">${Object.keys(drafts).map((field) => html`<li>${fieldName(field)} is now “${valueText(newer[field], zone, now)}”</li>`)}</ul>
      </div></div>`;
}

const OUTLOOKS = ["subject", "start", "end", "allDay", "recurrence", "location", "people"];

/** Whether saving changes the meeting, of which its guests hear. */
export const goesOut = ({ link }, drafts) => link?.state === "live" && OUTLOOKS.some((field) => field in drafts);

function mailHint(activity) {
  if (activity.link?.state === "live") return "Saving changes the meeting in Outlook, and who is invited gets mail.";
  return isOnItsWay(activity) ? "Who is invited gets mail when it goes to Outlook." : "Nobody is mailed.";
}

function lockReason({ deletedAt, link }) {
  if (deletedAt) return "Restore the activity to edit it";
  return link?.isOrganizerCopy === false
    ? "Written in Outlook: this activity follows an invitation"
    : "Written in Outlook while the link lives";
}

/** While a link lives, the people are those of the meeting. */
function mayWritePeople(activity) {
  return !activity.deletedAt && !lockedFields(activity).includes("participants");
}

function deeds({ page: { activity }, doing }) {
  if (activity.deletedAt)
    return html`<p class="ways">${pushButton("Restore", { does: "restore-requested", look: "primary", busy: doing === "restore" })}</p>`;
  const open = activity.status === "planned";
  return html`<p class="ways">
    ${open ? pushButton("Complete", { does: "complete-requested", look: "primary", busy: doing === "complete" }) : pushButton("Plan again", { does: "replan-requested", busy: doing === "replan" })}
    ${open ? pushButton("Cancel activity…", { does: "cancel-asked", look: "subtle" }) : ""}
    ${pushButton("Delete…", { does: "delete-asked", look: "subtle" })}</p>`;
}

const QUESTIONS = /** @type {Record<string, any>} */ ({
  cancel: ["Cancel this activity?", "Cancel activity", "cancel-requested", "Keep it"],
  delete: ["Delete this activity?", "Delete", "delete-requested", "Keep it"],
  transfer: ["Transfer this activity to Outlook?", "Transfer to Outlook", "transfer-requested", "Not now"],
});

const SAID = /** @type {Record<string, (activity: any, policy: any, mails: any) => string>} */ ({
  cancel: (activity, policy, mails) => `It stays in the lists as cancelled. ${endingWords(activity, policy, mails)}`,
  delete: (activity, policy, mails) =>
    `It disappears from the lists and can be restored. ${endingWords(activity, policy, mails)}`,
  transfer: transferWords,
});

function confirm({ page: { confirm: name, activity: stored, invites, mails }, doing, me }) {
  if (!name) return "";
  const [title, yes, does, no] = QUESTIONS[name];
  const activity = withInvites(stored, invites);
  return html`<section class="confirm" role="alertdialog" aria-labelledby="confirm-title" aria-describedby="confirm-text" data-key="confirm">
    <h2 id="confirm-title">${title}</h2><p id="confirm-text">${SAID[name](activity, me?.policy, mails[name])}</p>
    ${name === "transfer" ? inviteChoices(activity) : ""}
    <p class="ways">${pushButton(yes, { does, busy: doing === name })} ${pushButton(no, { does: "confirm-left", look: "subtle", key: "confirm-no" })}</p>
      </section>`;
}

function marks(state, { now }) {
  const { activity } = state.page;
  if (!(activity.review ?? []).length) return "";
  return html`<section aria-labelledby="marked"><h2 id="marked">Marked for editing</h2>${marksOf(activity, state, now)}</section>`;
}

function people(activity) {
  const { participants = [] } = activity;
  return html`<section aria-labelledby="people"><h2 id="people">People</h2>${
    participants.length
      ? html`<ul class="plain">${participants.map((one) => html`<li><span class="clip" title="${one.address}">${one.name || one.address}</span> <span class="quiet">${factsOf(one, activity)}</span></li>`)}</ul>`
      : html`<p class="quiet">Nobody yet.</p>`
  }</section>`;
}

/** What somebody answered, and how far his invitation has come, where that is not as with the whole activity. */
function factsOf(one, { link, outlook }) {
  const unanswered = one.response === "none" && one.role !== "resource";
  const takesPartUnasked = unanswered && link?.state === "live" && !isInvited(one);
  const isAsked = link || outlook?.state === "synchronized";
  const way = one.outlook === outlook?.state ? null : outlookStanding({ outlook: { state: one.outlook } });
  const said = way && way.tone !== "good" ? way.title.replace(/^./, (first) => first.toLowerCase()) : "";
  const answer = unanswered && !isAsked ? "not asked yet" : responseOf(one);
  return [takesPartUnasked ? "not invited" : answer, said].filter(Boolean).join(" · ");
}

/** `unread`: why the reasons, or the newest of them, could not be had. */
function why({ page: { activity, decisions, earlier, unread }, doing }, { zone, now }) {
  if (!activity.link && !decisions?.length && !unread) return "";
  const pending = unread ? "" : html`<div class="skeleton"></div>`;
  return html`<section aria-labelledby="why"><h2 id="why">Why</h2>
    ${unread ? failureNote(unread, { retry: "decisions-repeated", key: "why-failure" }) : ""}
    ${decisions ? decisionList(decisions, zone, now) : pending}
    ${earlier ? html`<p class="more">${pushButton("Show earlier", { does: "earlier-asked", small: true, busy: doing === "earlier" })}</p>` : ""}</section>`;
}
