// @ts-check
// "Who is c@x.example?": contacts and colleagues to choose from, a new contact, or nobody; right where the address stands.
import { flag, html } from "../lib/html.js";
import { failureNote } from "./failure-note.js";
import { pushButton } from "./push-button.js";

/** @param {any} state the page's: `matching` is open here, `doing` may be the answer @param {string} busy which answer is under way */
export function matchBox({ matching }, busy) {
  const { address, name, form } = matching;
  return html`<div class="match-box" role="group" aria-label="Who is ${address}?" data-key="match-${address}">
    ${form ? contactForm(matching, busy) : search(matching, busy)}
    ${matching.problem ? failureNote(matching.problem, { key: "match-failure" }) : ""}
    ${name && !form ? html`<p class="quiet">In the meeting: ${name}</p>` : ""}
  </div>`;
}

function search(matching, busy) {
  const { address, query, isMarked, activityId } = matching;
  const aside = pushButton("Leave as it is", {
    does: "mark-set-aside",
    look: "subtle",
    small: true,
    busy: busy === `match-aside-${address}`,
    values: { activity: activityId, address },
  });
  return html`<label class="field"><span>Who is ${address}?</span>
      <input type="search" id="match-search" autocomplete="off" placeholder="Name, company or address" data-type="match-typed" value="${query}" /></label>
    ${results(matching, busy)}
    <p class="ways">${pushButton("New contact…", { does: "match-form-asked", small: true, key: "match-new" })}
      ${isMarked ? aside : ""}
      ${pushButton("Close", { does: "match-left", look: "subtle", small: true })}</p>`;
}

function results({ status, found, query }, busy) {
  if (status === "busy") return html`<div class="skeleton skeleton-line" aria-hidden="true"></div>`;
  if (!query.trim() || status === "failed") return "";
  if (!found.length) return html`<p class="quiet">Nobody has these words. Try another word, or make a new contact.</p>`;
  return html`<ul class="cards" aria-label="Found people">${found.map((one) => card(one, busy))}</ul>`;
}

function card(one, busy) {
  const addresses = (one.addresses ?? []).join(", ");
  const facts = [one.kind === "representative" ? "colleague" : "", addresses].filter(Boolean).join(" · ");
  const button = pushButton("This one", {
    does: "match-sent",
    small: true,
    busy: busy === `match-${one.id}`,
    title: `This one: ${one.name}`,
    values: { kind: one.kind, id: one.id, name: one.name },
  });
  return html`<li class="activity-card" data-key="found-${one.id}"><div class="activity-words">
    <p class="strong clip">${one.name}</p><p class="quiet clip">${facts}</p></div>${button}</li>`;
}

function contactForm({ address, name, form }, busy) {
  const [given = "", ...rest] = name.split(" ");
  return html`<form data-submit="match-form-sent" data-key="match-form"><h4>New contact for ${address}</h4>
    <label class="field"><span>Given name</span><input name="givenName" id="match-given" autocomplete="off" value="${given}" /></label>
    <label class="field"><span>Surname</span><input name="surname" autocomplete="off" value="${rest.join(" ")}" /></label>
    <label class="field"><span>Company</span><select name="companyId"><option value="">none</option>
      ${form.companies.map((one) => html`<option value="${one.id}" ${flag("selected", isOf(one, address))}>${one.name}</option>`)}</select></label>
    <p class="ways">${pushButton("Make contact", { submit: true, look: "primary", busy: busy === "match-new" })}
      ${pushButton("Back", { does: "match-form-left", look: "subtle" })}</p></form>`;
}

/** The company whose mail domain the address has. */
const isOf = (company, address) => (company.domains ?? []).includes(address.split("@")[1]);
