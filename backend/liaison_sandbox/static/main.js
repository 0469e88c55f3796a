// @ts-check
// Starts the page: reads the tenant, shows it, and hands what people do to the actions.
import * as api from "./api.js";
import { Actions } from "./actions.js";
import { FrameHost } from "./frame-host.js";
import { addDays } from "./lib/dates.js";
import { html, render } from "./lib/html.js";
import { span } from "./lib/meetings.js";
import { EMPTY, arrived, becamePerson, chose, eventsRead, mailsRead, selected, turnedBy, turnedTo } from "./state.js";
import { itemOf, unsavedItemOf } from "./drafts.js";
import { renderMails } from "./mails-view.js";
import { opened } from "./opening.js";
import { renderSelection } from "./selection-view.js";
import { enableDragging } from "./week-drag.js";
import { renderMeetings, renderWeek } from "./week-view.js";

const RETRY = 2000;
const NOTICE = 6000;
const at = (id) => document.getElementById(id);

let state = EMPTY;
let host = null;
let reading = 0;

const actions = new Actions({
  dialog: at("form"),
  question: at("scope"),
  state: () => state,
  update(next) { state = next; show(); },
  refresh,
  showDay(day) { if (day !== state.day) turn(turnedTo(state, day)); },
  focusSelected() { (at("week").querySelector(".meeting.is-selected") ?? at("week")).focus(); },
  notice,
});

async function start() {
  state = arrived(state, await api.readTenant());
  render(at("person"), state.people.map((one) => html`<option value="${one.oid}">${one.name}</option>`));
  state = await opened(state, location.search).catch((error) => { notice(error.message); return state; });
  at("person").value = state.person.oid;
  if (state.paneUrl) {
    host = new FrameHost(state.paneUrl, {
      token: async (oid) => (await api.readToken(oid, state.people.find((one) => one.oid === oid)?.roles ?? [])).token,
      insert: (text, href) => actions.insert(text, href),
      notice,
    });
    at("product-links").hidden = false;
  } else {
    render(at("pane"), html`<p class="pane__empty">No pane is connected. Start the sandbox with
      <code>--pane-url</code> and the address of Liaison's panel to see it here.</p>`);
  }
  listen();
  renderWeek(at("week"), state);
  host?.showPane(at("pane"), state.person);
  await refresh();
  followChanges();
}

/** Reads again what is on the screen; an answer that was overtaken is dropped. */
async function refresh() {
  const mine = (reading += 1);
  const { oid } = state.person;
  const [from, to] = [addDays(state.monday, -1), addDays(state.monday, 8)];
  const [events, mails] = await Promise.all([api.readEvents(oid, from, to), api.readMails()]);
  if (mine !== reading || oid !== state.person.oid) return;
  state = mailsRead(eventsRead(state, events.items), mails.items);
  show();
}

async function followChanges() {
  let version = 0;
  for (;;) {
    try {
      const next = (await api.readChanges(version)).version;
      if (next !== version) await refresh();
      version = next;
    } catch {
      notice("The sandbox does not answer. Trying again.");
      await waitUntilBack();
    }
  }
}

/** Another sandbox may have another cast, so the page begins anew. */
async function waitUntilBack() {
  for (;;) {
    await new Promise((resume) => setTimeout(resume, RETRY));
    if (await api.readTenant().catch(() => null)) return location.reload();
  }
}

function show() {
  const meeting = selected(state);
  at("title").textContent = actions.weekTitle();
  renderMeetings(at("week"), state);
  renderSelection(at("selection"), meeting, state);
  renderMails(at("mails"), at("mails-count"), state);
  const zone = state.person.timeZone;
  if (state.draft && state.draft.id === null) host?.showItem(unsavedItemOf(state.draft, state.person, zone));
  else host?.showItem(meeting && itemOf(meeting, zone));
}

function listen() {
  at("person").addEventListener("change", () => becomePerson(at("person").value));
  document.addEventListener("click", (event) => click(event));
  document.addEventListener("keydown", (event) => keydown(event));
  at("week").addEventListener("dblclick", (event) => {
    if (event.target.closest("[data-event]")) actions.edit();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => host?.showTheme());
  enableDragging(at("week"), {
    create: (slot) => actions.begin(slot),
    move: (id, by) => actions.move(id, by),
    stretch: (id, minutes) => actions.stretch(id, minutes),
    span: (id) => span(state.events.find((one) => one.id === id), state.person.timeZone),
  });
}

function click(event) {
  const meeting = event.target.closest("[data-event]");
  const heading = event.target.closest("[data-head]");
  const button = event.target.closest("[data-act]");
  if (button) press(button.dataset);
  else if (heading) turn(turnedTo(state, heading.dataset.head));
  else if (meeting) choose(meeting.dataset.event, event.detail === 0);
  else if (event.target.closest("[data-day]")) actions.choose(null);
}

/** Enter on the meeting that is selected already opens it. */
function choose(id, byKeyboard) {
  if (byKeyboard && id === state.selectedId) actions.edit();
  else actions.choose(id);
}

function press({ act, response }) {
  if (act === "previous") turn(turnedBy(state, -1));
  else if (act === "next") turn(turnedBy(state, 1));
  else if (act === "today") turn(turnedTo(state, state.today));
  else if (act === "open-crm" || act === "open-admin") openPage(act.slice("open-".length));
  else if (act === "answer") actions.answer(response);
  else actions[act]();
}

function keydown(event) {
  if (event.key === "Escape") actions.close();
  if (event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "n") { event.preventDefault(); actions.new(); }
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  if (event.key === "Delete" && event.target.closest("[data-event]")) actions.delete();
}

/** From meeting to meeting, in the order of their starts. */
function step(by) {
  const all = [...at("week").querySelectorAll("[data-event]")].filter((one) => one.offsetParent !== null);
  const here = all.findIndex((one) => one.dataset.event === state.selectedId);
  const next = all[(here + by + all.length) % all.length];
  if (!next) return;
  actions.choose(next.dataset.event);
  at("week").querySelector(`[data-event="${CSS.escape(next.dataset.event)}"]`).focus();
}

function turn(next) {
  const sameWeek = next.monday === state.monday;
  state = sameWeek ? next : chose({ ...next, events: [] }, null);
  renderWeek(at("week"), state);
  show();
  if (!sameWeek) refresh().catch((error) => notice(error.message));
}

function becomePerson(oid) {
  actions.close();
  state = becamePerson(state, oid);
  host?.showPane(at("pane"), state.person);
  show();
  refresh().catch((error) => notice(error.message));
}

function openPage(page) {
  if (!host.openPage(page, state.person)) notice("The browser did not let a window open.");
}

function notice(text) {
  const line = document.createElement("p");
  line.textContent = text;
  at("notices").append(line);
  setTimeout(() => line.remove(), NOTICE);
}

start().catch((error) => notice(error.message));
