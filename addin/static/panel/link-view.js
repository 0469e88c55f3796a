// @ts-check
// What is true of this meeting's link, and what can be done about it.
import { sentenceOf } from "../api/problem.js";
import { activityCard } from "../elements/activity-card.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { settleBox } from "../elements/settle-box.js";
import { statusLine } from "../elements/status-line.js";
import { activityAddress, windowRelation } from "../lib/addresses.js";
import { html } from "../lib/html.js";
import { coverSentence, isContinued, isRecurring } from "../lib/series.js";
import { isInCharge, markSentence, mayBeSetAside } from "../lib/match-state.js";
import { activityLine, fieldName, valueText } from "../lib/sentences.js";
import { isUndone, standingOf, statusOf } from "../lib/standing.js";
import { followedCopy, keptSentence } from "../lib/standing-words.js";
import { wayBack } from "./relinking.js";

const CONTINUED = "Linking ends its link with the old series; the activity goes on with this one.";

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function linkView(state, setting) {
  const { link } = state.view;
  if (!link) return notLinked(state, setting);
  return link.state === "ended" ? ended(state, setting) : linked(state, setting);
}

function notLinked(state, setting) {
  const status = statusOf(state.view, setting.zone, setting.now);
  if (state.refusal?.problem.code === "private") return privateRefused(state.refusal.problem);
  const { meeting } = state.view;
  const policy = state.me?.policy;
  const said = meeting.private ? keptSentence(state.view, policy) : "The CRM knows nothing of this meeting.";
  // What would be refused is not offered.
  if (meeting.private && policy?.private === "skip") return statusLine({ ...status, detail: said });
  return html`${statusLine({ ...status, detail: said })}${copied(state.view.copiedFrom)}${candidates(state, setting)}`;
}

/** A copy that a person made of a linked meeting is never followed by itself; he may link it. */
function copied(activity) {
  if (!activity) return "";
  return html`<div class="notice-box" role="note" data-key="copied"><p class="strong">A copy of a linked meeting</p>
    <p>It was copied from the meeting of <a href="${activityAddress(activity)}" target="_blank" rel="${windowRelation()}">${activity.name || "(no subject)"}</a> and is not followed. Link it with another activity, or create one, if it is a meeting of its own.</p></div>`;
}

function privateRefused(problem) {
  return statusLine({ tone: "quiet", title: "Private, not linked", detail: sentenceOf(problem) });
}

function ended(state, setting) {
  const status = statusOf(state.view, setting.zone, setting.now);
  return html`${statusLine(status)}${reviving(state)}
    ${candidates(state, setting, "Or link with another activity")}`;
}

/** The way back to the same activity, as far as this person has one; what would be refused is not offered. */
function reviving(state) {
  const { activity, link } = state.view;
  const way = wayBack(state.view, state.me);
  if (!way) return notRevived(activity);
  const again = link.scope === "series" ? "ink the whole series again" : "ink again";
  const revive = pushButton(`${way === "restore" ? "Restore and l" : "L"}${again} with ${activity.subject || "(no subject)"}`, {
    does: "link-requested",
    look: "primary",
    busy: state.doing?.target === link.activityId,
    values: { activity: link.activityId },
  });
  const deleted = html`<p class="quiet">Its activity was deleted. ${activityLink(activity, "Open the deleted activity")}</p>`;
  return html`${way === "restore" ? deleted : ""}<p class="block">${revive}</p>`;
}

function notRevived(activity) {
  if (!activity) return html`<p class="quiet">Its activity is confidential, or no longer there for you.</p>`;
  return html`<p class="quiet">Its activity, ${activity.subject || "(no subject)"}, was deleted. Only ${activity.owner?.name || "its owner"} or its organizer can restore it; then it can be linked again.</p>`;
}

const activityLink = (activity, words) =>
  html`<a href="${activityAddress(activity)}" target="_blank" rel="${windowRelation()}">${words}</a>`;

function candidates(state, setting, title = "Suggested") {
  const { suggestions = [] } = state.view;
  const taken = state.search.query.trim() !== "";
  return html`
    ${
      taken || !suggestions.length
        ? ""
        : html`<section aria-labelledby="suggested"><h3 id="suggested">${title}</h3>
      <ul class="cards">${suggestions.map(({ activity, why }) => suggestion(state, activity, setting, why))}</ul></section>`
    }
    ${searchBox(state)}
    ${taken ? results(state, setting) : ""}
    <p class="block">${pushButton("Create activity from meeting", {
      does: "create-requested",
      key: "create",
      look: state.view.link || suggestions.length ? "outline" : "primary",
      busy: state.doing?.name === "create",
    })}</p>`;
}

function suggestion(state, activity, setting, why) {
  return card(state, activity, setting, why, isContinued(why) ? CONTINUED : "");
}

function card(state, activity, setting, why, note = "") {
  const action = pushButton("Link", {
    does: "link-requested",
    small: true,
    title: `Link with ${activity.subject}`,
    busy: state.doing?.name === "link" && state.doing.target === activity.id,
    values: { activity: activity.id },
  });
  return activityCard(activity, { ...setting, why, note, action });
}

function searchBox({ search }) {
  return html`<div class="search" role="search">
    <input type="search" id="search" placeholder="Search activities" aria-label="Search activities" aria-keyshortcuts="/"
      autocomplete="off" data-type="search-typed" value="${search.query}" ${search.status === "busy" ? html`aria-busy="true"` : ""} />
    <kbd aria-hidden="true">/</kbd></div>`;
}

function results(state, setting) {
  const { status, items, problem } = state.search;
  if (status === "failed") return failureNote(problem, { retry: "search-repeated", key: "search-failure" });
  if (status === "busy" && !items.length)
    return html`<div class="skeleton" aria-hidden="true"></div><div class="skeleton" aria-hidden="true"></div>`;
  if (!items.length)
    return html`<p class="quiet">No activity has these words. Try a company or a person, or create one from the meeting.</p>`;
  return html`<ul class="cards" aria-label="Found activities">
    ${items.map((activity) => card(state, activity, setting, ""))}</ul>`;
}

function linked(state, setting) {
  const { view } = state;
  const status = statusOf(view, setting.zone, setting.now);
  const isStuck = ["failed", "waiting"].includes(standingOf(view)) || view.activity?.outlook?.state === "failed";
  const offersRetract = view.link.state === "frozen" && (view.link.frozenReason === "private" || view.meeting.private);
  return html`${statusLine({ ...status, body: view.activity ? linkedActivity(view) : "" })}
    ${standingNotes(state, setting)}
    ${isRecurring(view.meeting) ? cover(state, setting) : ""}
    ${isStuck ? html`<p class="block">${pushButton("Try again now", { does: "retry-requested", busy: state.doing?.name === "retry" })}</p>` : ""}
    ${isUndone(view.link) ? html`<p class="block">${pushButton("Sync now…", { does: "sync-asked", key: "sync-asked" })}</p>` : ""}
    ${offersRetract ? html`<p class="block">${pushButton("Retract from the CRM…", { does: "retract-asked" })}</p>` : ""}
    ${differences(view, setting)}`;
}

/** Which of both the link covers, and the way to an activity of its own. */
function cover(state, setting) {
  const { meeting, link } = state.view;
  const said = html`<p class="quiet" data-key="cover">${coverSentence(state.view)}</p>`;
  if (link.scope === "occurrence" || meeting.kind === "series-master") return said;
  if (!state.apart)
    return html`${said}<p>${pushButton("Link this occurrence by itself…", { does: "apart-asked", small: true, key: "apart" })}</p>`;
  return html`${said}<section class="apart" aria-labelledby="apart"><h3 id="apart">This occurrence by itself</h3>
    <p class="quiet">The activity of the series leaves this date out.</p>
    ${candidates(state, setting)}
    <p>${pushButton("Keep it with the series", { does: "apart-left", look: "subtle" })}</p></section>`;
}

export function linkedActivity({ activity }) {
  return html`<p class="linked-activity">
    <a href="${activityAddress(activity)}" target="_blank" rel="${windowRelation()}">${activity.subject || "(no subject)"}<span class="open-mark" aria-hidden="true"> ↗</span><span class="only-read"> (opens the activity)</span></a>
      </p>
    <p class="quiet">${activityLine(activity)}</p>
    ${(activity.review ?? []).length ? html`<p class="quiet">Marked for editing</p>` : ""}`;
}

/** Whose copy counts, what both sides changed, and why the activity is marked. */
function standingNotes(state, setting) {
  const { view, doing } = state;
  const followed = followedCopy(view, state.me?.address);
  const marks = (view.activity?.review ?? []).filter((mark) => !mark.address && mayBeSetAside(mark, view.activity, setting.now));
  return html`${followed ? html`<div class="notice-box" role="note" data-key="followed"><p class="strong">${followed.title}</p><p>${followed.text}</p><p class="quiet">${followed.locks}</p></div>` : ""}
    ${settleBox(view.link, setting, doing?.name ?? null)}
    ${marks.map((mark) => markNote(mark, state))}`;
}

function markNote(mark, { view: { activity }, me, doing }) {
  const aside = pushButton("Set aside", {
    does: "mark-set-aside",
    small: true,
    busy: doing?.name === `match-aside-${mark.reason}`,
    values: { activity: activity.id, reason: mark.reason },
  });
  return html`<div class="notice-box" role="note" data-key="mark-${mark.reason}"><p>${markSentence(mark)}</p>
    ${isInCharge(activity, me) ? html`<p>${aside}</p>` : ""}</div>`;
}

function differences({ differences: list = [] }, { zone, now }) {
  if (!list.length) return "";
  return html`<section aria-labelledby="differences"><h3 id="differences">Differences</h3>
    <table class="differences"><thead><tr><th scope="col"><span class="only-read">Field</span></th>
      <th scope="col">Outlook</th><th scope="col">CRM</th></tr></thead>
    <tbody>${list.map(({ field, outlook, crm, apart }) => html`<tr><th scope="row">${fieldName(field)}${apart ? html`<p class="quiet">each side keeps its own until somebody changes it</p>` : ""}</th>
      <td>${valueText(outlook, zone, now)}</td><td>${valueText(crm, zone, now)}</td></tr>`)}</tbody></table></section>`;
}
