// @ts-check
// What Exchange would have sent, newest first.
import { html, update } from "./lib/html.js";
import { clockText, dayText, wallClock } from "./lib/dates.js";

const MOST = 200;

export function renderMails(root, count, state) {
  count.textContent = String(state.mails.length);
  if (state.mails.length === 0) {
    update(root, html`<p class="mails__empty">None yet. Invite somebody, move a meeting or answer one, and the mails of that stand here.</p>`);
    return;
  }
  const newest = state.mails.slice(-MOST).reverse();
  update(root, html`<table><thead><tr><th>When</th><th>To</th><th>Kind</th><th>Subject</th></tr></thead>
    <tbody>${newest.map((mail) => row(mail, state))}</tbody></table>`);
}

function row(mail, state) {
  const { day, minutes } = wallClock(mail.at, state.person.timeZone);
  const when = day === state.today ? clockText(minutes) : `${dayText(day)} ${clockText(minutes)}`;
  return html`<tr data-testid="mail" data-kind="${mail.kind}" data-recipient="${mail.recipient}">
    <td>${when}</td><td title="${mail.recipient}">${mail.recipient}</td><td><span class="kind kind--${mail.kind}">${mail.kind}</span></td><td>${mail.subject}</td></tr>`;
}
