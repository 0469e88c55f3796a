// @ts-check
// How an activity stands to Outlook: its link, its way there, whose copy it follows, what both sides changed, its transfer.
import { pushButton } from "../elements/push-button.js";
import { settleBox } from "../elements/settle-box.js";
import { statusLine } from "../elements/status-line.js";
import { windowRelation } from "../lib/addresses.js";
import { flag, html } from "../lib/html.js";
import { isInCharge } from "../lib/match-state.js";
import { standingOf, statusOf } from "../lib/standing.js";
import {
  followedCopy,
  guestsOf,
  isInvited,
  isOnItsWay,
  mailedBy,
  mailSentence,
  outlookStanding,
} from "../lib/standing-words.js";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function outlookPart(state, setting) {
  const { page, me, doing } = state;
  const { activity } = page;
  return html`<section aria-labelledby="outlook"><h2 id="outlook">Outlook</h2>
    <div data-key="standing">${standing(page, setting)}</div>${followed(activity, me)}
    ${activity.outlook?.webLink ? html`<p><a href="${activity.outlook.webLink}" target="_blank" rel="${windowRelation()}">Open in Outlook</a></p>` : ""}
    ${activity.outlook?.state === "failed" && activity.link && isInCharge(activity, me) ? html`<p class="ways">${pushButton("Try again", { does: "retry-requested", busy: doing === "retry" })}</p>` : ""}
    ${mayTransfer(state, setting.now) ? html`<p class="ways">${pushButton("Transfer to Outlook…", { does: "transfer-asked", key: "transfer", busy: doing === "transfer" })}</p>` : ""}</section>
    ${activity.link ? settleBox(activity.link, setting, doing) : ""}`;
}

/** One line, whether the link or the way to Outlook has the news. */
function standing({ activity, decisions }, { zone, now }) {
  const { link } = activity;
  const way = outlookStanding(activity);
  const isNewer = link?.state === "ended" && way?.tone !== "good";
  if (way && (!link || isNewer)) return statusLine(way);
  if (!link) return untied(activity);
  const view = { link, activity, decisions: decisions ?? [] };
  const status = statusOf(view, zone, now);
  return statusLine({ ...status, title: standingOf(view) === "in-step" ? "In step with Outlook" : status.title });
}

function untied({ transferToOutlook }) {
  return transferToOutlook
    ? html`<p class="quiet">Transfer is asked for; it waits for the next run.</p>`
    : html`<p class="quiet">Not linked with a meeting. Open the meeting in Outlook and link it there, or transfer this activity.</p>`;
}

function followed(activity, me) {
  const copy = followedCopy({ link: activity.link, activity }, me?.address);
  return copy
    ? html`<div class="notice-box" role="note"><p class="strong">${copy.title}</p><p>${copy.text}</p><p class="quiet">${copy.locks}</p></div>`
    : "";
}

/** Only what is planned, ahead and without a living link goes out, and only by who is in charge of it. */
function mayTransfer({ page: { activity }, me }, now) {
  const isLinked = activity.link && activity.link.state !== "ended";
  const isAhead = !activity.end || new Date(activity.end) > now;
  const isAsked = !activity.link && isOnItsWay(activity);
  return activity.status === "planned" && isAhead && !isLinked && !isAsked && isInCharge(activity, me);
}

/** What a transfer will do, said before it is done. @param {any} activity with what was chosen about invitations @param {any} _policy @param {any} mails */
export function transferWords(activity, _policy, mails) {
  const again = activity.link?.state === "ended" ? " Its link ended before; this makes a new meeting." : "";
  return `Makes a meeting in the calendar of ${activity.organizer?.name || "the organizer"}.${again} ${mailSentence(mailedBy(activity, mails))}`;
}

/** Who shall be invited; others take part without hearing of it. @param {any} activity */
export function inviteChoices(activity) {
  const guests = guestsOf(activity);
  if (!guests.length) return "";
  return html`<fieldset class="aliases"><legend>Who gets an invitation</legend>${guests.map(
    (one) =>
      html`<label class="check"><input type="checkbox" data-choose="invite-chosen" data-address="${one.address}" ${flag("checked", isInvited(one))} /> ${one.name || one.address} <span class="quiet">${one.kind === "representative" ? "colleague" : one.address}</span></label>`,
  )}</fieldset>`;
}

/** What freezes a link only until its organizer is back. */
const ORGANIZER_AWAY = ["organizer-inactive", "mailbox-unavailable"];

/** What cancelling or deleting does to the meeting, said before it is done. @param {any} activity @param {any} policy @param {any} mails */
export function endingWords(activity, policy, mails) {
  const { link } = activity;
  const rests = ORGANIZER_AWAY.includes(link?.frozenReason);
  if (!link || (!rests && !["live", "reserved"].includes(link.state))) return "Nobody is mailed.";
  const leaves = policy?.onCrmDelete !== "cancel" || link.isOrganizerCopy === false;
  if (leaves) return "The meeting in Outlook is not cancelled by this, the link ends, and nobody is mailed.";
  if (rests) return `The meeting stays in Outlook until its organizer's calendar can be written again; then it goes too. ${mailSentence(mails)}`;
  return `The meeting in Outlook is ${mails?.people === 0 ? "deleted" : "cancelled"} too. ${mailSentence(mails)}`;
}
