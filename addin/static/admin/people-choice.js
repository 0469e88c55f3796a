// @ts-check
// Whose mailboxes, one by one: those that are ticked, and a field that finds others.
import { flag, html } from "../lib/html.js";
import { partView } from "./part-view.js";

/** @param {any} state */
export function peopleChoice({ run, parts, peopleSearch: search }) {
  const ticked = run.people.map((/** @type {any} */ one) => one.id);
  const part = search ? parts.found : parts.representatives;
  return html`<div class="people-found">
    <div class="filters"><label>Find <input type="search" id="people-search" autocomplete="off" placeholder="Name or address" data-type="people-searched" value="${search}"></label></div>
    <p class="quiet" role="status">${ticked.length ? `Ticked: ${run.people.map((/** @type {any} */ one) => one.name).join(", ")}` : "Nobody is ticked yet."}</p>
    ${partView(part, "found", (value) => list(value, ticked, search))}</div>`;
}

function list({ items, next }, ticked, search) {
  if (!items.length) return html`<p class="empty">Nobody has a name or an address like “${search}”.</p>`;
  return html`<ul class="people-choice">${items.map((/** @type {any} */ one) => person(one, ticked))}</ul>
    ${next ? html`<p class="quiet">These are the first ${items.length} by name. Find others by name or address.</p>` : ""}`;
}

function person({ id, name, address, syncActive, mailbox }, ticked) {
  const state = mailbox ? (syncActive ? "" : "not active") : "no mailbox";
  return html`<li data-key="person-${id}"><label class="choice"><input type="checkbox" data-choose="person-chosen" data-id="${id}" data-name="${name}"
    ${flag("checked", ticked.includes(id))}><span>${name} <span class="quiet">${address}${state ? ` · ${state}` : ""}</span></span></label></li>`;
}
