// @ts-check
// One line about the selected meeting, and what one can do with it.
import { html, update } from "./lib/html.js";
import { spanText } from "./lib/meetings.js";
import { isInSeries } from "./lib/repeats.js";

const ANSWERS = { accepted: "accept", tentative: "tentative", declined: "decline" };
const LABELS = { accepted: "Accept", tentative: "Tentative", declined: "Decline" };
const SAID = { accepted: "accepted", tentativelyAccepted: "tentative", declined: "declined" };

export function renderSelection(root, meeting, state) {
  if (!meeting) {
    update(root, html`<p class="selection__hint">Select a meeting to see it in the pane.
      Drag over free time, double-click, or press <kbd>n</kbd> to make one.</p>`);
    return;
  }
  update(root, html`
    <p class="selection__what"><strong data-testid="selected-subject">${meeting.subject || "(no subject)"}</strong>
      <span data-testid="selected-when">${spanText(meeting, state.person.timeZone)}</span>
      ${isInSeries(meeting) ? html`<span data-testid="selected-series">${meeting.type === "exception" ? "changed occurrence of a series" : "occurrence of a series"}</span>` : ""}
      <span class="selection__who">${standing(meeting)}</span></p>
    <div class="selection__actions">${isOpen(meeting) ? answers(meeting) : ""}
      ${button("edit", "Edit", "Edit (Enter)")}
      ${meeting.isOrganizer && meeting.attendees.length > 0 ? button("cancel", "Cancel meeting", `Cancels it; ${counted(meeting.attendees.length)} by mail`) : ""}
      ${button("copy", "Copy")}
      ${button("delete", "Delete", deletion(meeting))}</div>`);
}

function deletion(meeting) {
  if (!meeting.isOrganizer) return "Only your copy goes; nobody gets a mail (Delete key)";
  return meeting.attendees.length > 0 ? `Cancels it too; ${counted(meeting.attendees.length)} by mail (Delete key)` : "Nobody gets a mail (Delete key)";
}

function counted(people) {
  return people === 1 ? "1 person learns it" : `${people} people learn it`;
}

function isOpen(meeting) {
  return !meeting.isOrganizer && !meeting.isCancelled;
}

function standing(meeting) {
  if (meeting.isCancelled) return "cancelled by the organizer";
  if (!meeting.isOrganizer) return `from ${meeting.organizer.name}`;
  const people = meeting.attendees.length;
  return people === 0 ? "only you" : `you invited ${people === 1 ? meeting.attendees[0].name : `${people} people`}`;
}

function answers(meeting) {
  const said = SAID[meeting.responseStatus];
  return Object.keys(ANSWERS).map((response) => html`<button type="button" data-act="answer" data-response="${response}"
    data-testid="action-${ANSWERS[response]}" aria-pressed="${String(said === response)}">${LABELS[response]}</button>`);
}

function button(act, label, title = label) {
  return html`<button type="button" class="quiet" data-act="${act}" data-testid="action-${act}" title="${title}">${label}</button>`;
}
