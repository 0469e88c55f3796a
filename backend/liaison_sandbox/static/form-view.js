// @ts-check
// The form of a meeting. What is typed lives in the form until it is saved or closed.
import { html, render, slug } from "./lib/html.js";
import { addDays, clockText, daysBetween, minutesOf, mondayOf } from "./lib/dates.js";
import { shifted } from "./lib/meetings.js";
import { readRepeat, repeatFields } from "./repeat-view.js";

const CALENDARS = ["Calendar", "Customers", "Private"];
const RESPONSES = { accepted: "✓ accepted", declined: "✗ declined", tentativelyAccepted: "? tentative" };

/** on: {typed(), save(), close()}; known: people that can be picked. */
export function openForm(dialog, draft, known, on) {
  render(dialog, form(draft, known));
  const element = dialog.querySelector("form");
  element.addEventListener("submit", (event) => { event.preventDefault(); addTyped(dialog); on.save(); });
  element.addEventListener("input", () => on.typed());
  element.addEventListener("focusin", (event) => rememberStart(event.target));
  element.addEventListener("change", (event) => { follow(dialog, event.target); on.typed(); });
  element.addEventListener("click", (event) => click(dialog, event, on));
  element.addEventListener("keydown", (event) => keydown(dialog, event, on));
  rememberStart(dialog.querySelector("[name=startDay]"));
  // Beside the meeting, not over it.
  dialog.classList.toggle("is-left", daysBetween(mondayOf(draft.wall.startDay), draft.wall.startDay) > 2);
  if (!dialog.open) dialog.show();
  dialog.querySelector("[name=subject]").focus();
}

export function closeForm(dialog) {
  if (dialog.open) dialog.close();
  dialog.replaceChildren();
}

export function readForm(dialog, before) {
  const fields = new FormData(dialog.querySelector("form"));
  const allDay = fields.has("allDay");
  const day = (name) => String(fields.get(name) || before.wall[name]);
  const minutes = (name) => (fields.get(name) ? minutesOf(String(fields.get(name))) : before.wall[name.replace("Time", "Minutes")]);
  const wall = allDay
    ? { startDay: day("startDay"), startMinutes: 0, endDay: addDays(day("endDay"), 1), endMinutes: 0 }
    : { startDay: day("startDay"), startMinutes: minutes("startTime"), endDay: day("endDay"), endMinutes: minutes("endTime") };
  const text = (name) => String(fields.get(name) ?? "");
  return {
    ...before, allDay, wall, subject: text("subject").trim(), location: text("location").trim(), body: text("body"),
    isPrivate: fields.has("isPrivate"), calendar: text("calendar") || before.calendar, attendees: readPeople(dialog),
    repeat: readRepeat(fields, before.repeat),
  };
}

export function showProblem(dialog, sentence) {
  const place = dialog.querySelector("[data-testid=form-problem]");
  place.textContent = sentence;
  place.hidden = sentence === "";
}

export function insertIntoForm(dialog, text) {
  const body = dialog.querySelector("[name=body]");
  body.value = body.value ? `${body.value}\n${text}` : text;
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

function form(draft, known) {
  const { wall } = draft;
  const lastDay = draft.allDay ? addDays(wall.endDay, -1) : wall.endDay;
  const [from, to] = draft.allDay ? [540, 600] : [wall.startMinutes, wall.endMinutes];
  return html`<form class="form" autocomplete="off" novalidate>
    <header class="form__head"><h2 id="form-title">${draft.id ? "Meeting" : "New meeting"}</h2>
      <button type="button" class="quiet" data-do="close" data-testid="action-close" aria-label="Close without saving">✕</button></header>
    ${draft.organizer ? html`<p class="form__note">${draft.organizer.name} organizes this meeting. What you change stays in your own calendar.</p>` : ""}
    <label class="form__row">Subject <input name="subject" data-testid="field-subject" value="${draft.subject}" maxlength="255"></label>
    <fieldset class="form__times"><legend class="hidden">When</legend>
      <label>Start <input type="date" name="startDay" data-testid="field-start-date" value="${wall.startDay}" required></label>
      <label class="form__clock"><span class="hidden">Start time</span><input type="time" name="startTime" data-testid="field-start-time" step="300" value="${clockText(from)}" aria-label="Start time"></label>
      <label>End <input type="date" name="endDay" data-testid="field-end-date" value="${lastDay}" required></label>
      <label class="form__clock"><span class="hidden">End time</span><input type="time" name="endTime" data-testid="field-end-time" step="300" value="${clockText(to)}" aria-label="End time"></label>
      <label class="form__check"><input type="checkbox" name="allDay" data-testid="field-all-day" ${draft.allDay ? html`checked` : ""}> All day</label>
    </fieldset>
    ${draft.repeat ? repeatFields(draft.repeat) : ""}
    <label class="form__row">Place <input name="location" data-testid="field-location" value="${draft.location}"></label>
    <fieldset class="form__people"><legend>People</legend>
      <ul data-testid="attendees">${draft.attendees.map(person)}</ul>
      <div class="form__add"><input data-testid="field-attendee" name="typed" list="known-people" placeholder="Name or address" aria-label="Add a person">
        <button type="button" data-do="add" data-testid="action-add-attendee">Add</button></div>
      <datalist id="known-people">${known.map((one) => html`<option value="${one.address}">${one.name}</option>`)}</datalist>
    </fieldset>
    <label class="form__row">Text <textarea name="body" rows="4" data-testid="field-body">${draft.body}</textarea></label>
    <div class="form__last">
      <label class="form__check"><input type="checkbox" name="isPrivate" data-testid="field-private" ${draft.isPrivate ? html`checked` : ""}> Private</label>
      ${draft.id ? calendars(draft.calendar) : ""}
    </div>
    <p class="form__problem" role="alert" data-testid="form-problem" hidden></p>
    <footer class="form__foot"><button type="submit" class="primary" data-testid="action-save">${saveLabel(draft)}</button>
      <button type="button" data-do="close" data-testid="action-discard">Close</button></footer>
  </form>`;
}

function saveLabel(draft) {
  return draft.attendees.length > 0 && !draft.organizer ? "Save and send" : "Save";
}

function calendars(current) {
  const all = CALENDARS.includes(current) ? CALENDARS : [...CALENDARS, current];
  return html`<label>Calendar <select name="calendar" data-testid="field-calendar">
    ${all.map((one) => html`<option ${one === current ? html`selected` : ""}>${one}</option>`)}</select></label>`;
}

function person({ name, address, type, response }) {
  return html`<li class="attendee" data-address="${address}" data-name="${name}" data-testid="attendee-${slug(address)}">
    <span class="attendee__who">${name === address ? address : html`${name} <small>${address}</small>`}</span>
    <span class="attendee__said">${RESPONSES[response] ?? ""}</span>
    <select aria-label="How ${name} takes part" data-testid="field-type-${slug(address)}">${["required", "optional", "resource"].map((one) => html`<option ${one === type ? html`selected` : ""}>${one}</option>`)}</select>
    <button type="button" class="quiet" data-do="remove" data-testid="action-remove-${slug(address)}" aria-label="Remove ${name}">✕</button></li>`;
}

function readPeople(dialog) {
  return [...dialog.querySelectorAll(".attendee")].map((row) => ({
    name: row.dataset.name, address: row.dataset.address, type: row.querySelector("select").value,
  }));
}

/** Takes an address, "Name <address>", or a name from the list. */
function addTyped(dialog) {
  const input = dialog.querySelector("[name=typed]");
  const typed = input.value.trim();
  if (!typed) return;
  const options = [...dialog.querySelectorAll("#known-people option")];
  const known = findKnown(options, typed.toLowerCase());
  const [, written, within] = /^(.*)<([^<>]+)>$/.exec(typed) ?? [null, "", typed];
  const address = (known?.value ?? within).trim();
  const name = known?.textContent || written.trim() || address;
  if (!readPeople(dialog).some((one) => one.address.toLowerCase() === address.toLowerCase())) {
    const row = document.createElement("ul");
    render(row, person({ name, address, type: "required", response: "none" }));
    dialog.querySelector(".form__people ul").append(row.firstElementChild);
    dialog.querySelector("[data-testid=action-save]").textContent = "Save and send";
  }
  input.value = "";
}

/** By address or name, or by the beginning of a name that only one person has. */
function findKnown(options, typed) {
  const exact = options.find((one) => [one.value.toLowerCase(), one.textContent.toLowerCase()].includes(typed));
  const begun = options.filter((one) => one.textContent.toLowerCase().startsWith(typed));
  return exact ?? (begun.length === 1 ? begun[0] : undefined);
}

function click(dialog, event, on) {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (what === "close") on.close();
  if (what === "add") addTyped(dialog);
  if (what === "remove") event.target.closest(".attendee").remove();
  if (what === "add" || what === "remove") on.typed();
}

function keydown(dialog, event, on) {
  if (event.key === "Escape") on.close();
  if (event.key === "Enter" && event.target.name === "typed" && event.target.value.trim()) {
    event.preventDefault();
    addTyped(dialog);
    on.typed();
  }
}

/** The end follows the start, as people know it from Outlook. */
function follow(dialog, changed) {
  if (!["startDay", "startTime"].includes(changed.name)) return;
  const field = (name) => dialog.querySelector(`[name=${name}]`);
  const [day, time] = [field("startDay"), field("startTime")];
  if (!day.value || !time.value) return;
  const days = daysBetween(dialog.dataset.startDay, day.value);
  const minutes = minutesOf(time.value) - Number(dialog.dataset.startMinutes);
  const end = { endDay: field("endDay").value, endMinutes: minutesOf(field("endTime").value || "00:00") };
  const moved = shifted({ startDay: day.value, startMinutes: 0, ...end }, days, minutes);
  field("endDay").value = moved.endDay;
  field("endTime").value = clockText(moved.endMinutes);
  rememberStart(day);
}

function rememberStart(element) {
  const dialog = element?.closest("dialog");
  if (!dialog || !["startDay", "startTime"].includes(element.name)) return;
  dialog.dataset.startDay = dialog.querySelector("[name=startDay]").value;
  dialog.dataset.startMinutes = String(minutesOf(dialog.querySelector("[name=startTime]").value || "00:00"));
}
