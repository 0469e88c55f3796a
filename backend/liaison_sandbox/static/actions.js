// @ts-check
// What a person does with meetings. Each ends in a fresh reading; a refusal is said, nothing is lost.
import * as api from "./api.js";
import { draftOf, fieldsOf, newDraft } from "./drafts.js";
import { closeForm, insertIntoForm, openForm, readForm, showProblem } from "./form-view.js";
import { weekText } from "./lib/dates.js";
import { shifted, span, stretched, times } from "./lib/meetings.js";
import { isInSeries } from "./lib/repeats.js";
import { askScope } from "./scope-view.js";
import { chose, choseAny, drafted, peopleSeen, selected } from "./state.js";

const ALL_SCOPES = ["one", "following", "series"];

export class Actions {
  /** page: {dialog, question, state(), update(state), refresh(), showDay(day), focusSelected(), notice(text)} */
  constructor(page) {
    this.page = page;
    this.before = null;
    this.opened = null;
  }

  weekTitle() {
    return weekText(this.#state.monday);
  }

  /** Another meeting closes a form in which nothing was typed; typed text stays. */
  choose(id) {
    if (this.page.dialog.open && id !== this.#state.selectedId && !this.#isTyped()) this.close();
    if (id !== this.#state.selectedId) this.page.update(chose(this.#state, id));
  }

  new() {
    this.begin({ day: this.#state.day, from: 600, to: 660 });
  }

  begin(slot) {
    this.page.update(chose(this.#state, null));
    this.#open(newDraft(slot));
  }

  async edit() {
    const meeting = selected(this.#state);
    const scope = meeting && await this.#scope("Open", meeting);
    if (!scope) return;
    const target = await this.#targetOf(meeting, scope);
    this.#open({ ...draftOf(target, this.#zone), isFollowing: scope === "following" });
  }

  close() {
    if (!this.page.dialog.open) return;
    closeForm(this.page.dialog);
    this.page.update(drafted(this.#state, null));
    this.page.focusSelected();
  }

  answer(response) {
    const scopes = ["one", "series"];
    return this.#withSelected("Answer", (oid, one, scope) => api.answerEvent(oid, idOf(one, scope), response), scopes);
  }

  cancel() {
    return this.#withSelected("Cancel", (oid, one, scope) =>
      scope === "following" ? api.deleteFollowing(oid, one.id) : api.cancelEvent(oid, idOf(one, scope), ""));
  }

  delete() {
    return this.#withSelected("Delete", (oid, one, scope) =>
      scope === "following" ? api.deleteFollowing(oid, one.id) : api.deleteEvent(oid, idOf(one, scope)));
  }

  copy() {
    return this.#withSelected("Copy", async (oid, one) => this.choose((await api.copyEvent(oid, one.id)).id), ["one"]);
  }

  move(id, { days, minutes }) {
    return this.#retime(id, (wall) => shifted(wall, days, minutes));
  }

  stretch(id, minutes) {
    return this.#retime(id, (wall) => stretched(wall, minutes));
  }

  /** A text from the pane goes where Outlook would put it: into the form that is open, else the meeting. */
  async insert(text, href) {
    const line = href && !text.includes(href) ? `${text} ${href}` : text;
    const meeting = selected(this.#state);
    if (this.page.dialog.open) return insertIntoForm(this.page.dialog, line);
    if (!meeting) throw new Error("No meeting is open.");
    const body = meeting.body ? `${meeting.body}\n${line}` : line;
    await api.changeEvent(this.#oid, meeting.id, { body });
    return this.page.refresh();
  }

  get #state() {
    return this.page.state();
  }

  get #oid() {
    return this.#state.person.oid;
  }

  get #zone() {
    return this.#state.person.timeZone;
  }

  #open(draft) {
    this.before = draft.id ? draft : null;
    this.page.update(drafted(this.#state, draft));
    openForm(this.page.dialog, draft, peopleSeen(this.#state), {
      typed: () => this.page.update(drafted(this.#state, readForm(this.page.dialog, draft))),
      save: () => this.#save(readForm(this.page.dialog, draft)),
      close: () => this.close(),
    });
    this.opened = JSON.stringify(readForm(this.page.dialog, draft));
  }

  #isTyped() {
    return JSON.stringify(readForm(this.page.dialog, JSON.parse(this.opened))) !== this.opened;
  }

  async #save(draft) {
    try {
      const id = draft.id ? await this.#change(draft) : await this.#create(draft);
      closeForm(this.page.dialog);
      // The first occurrence of a series that exists may be years ago.
      if (draft.id === null || draft.recurrence === null) this.page.showDay(draft.wall.startDay);
      await this.page.refresh();
      this.page.update(drafted(choseAny(this.#state, id), null));
      this.page.focusSelected();
    } catch (error) {
      showProblem(this.page.dialog, error.message);
    }
  }

  async #create(draft) {
    const fields = fieldsOf(draft, null, this.#zone);
    return (await api.createEvent(this.#oid, { ...fields, timeZone: this.#zone })).id;
  }

  async #change(draft) {
    const fields = fieldsOf(draft, this.before, this.#zone);
    const change = draft.isFollowing ? api.changeFollowing : api.changeEvent;
    const id = Object.keys(fields).length > 0 ? (await change(this.#oid, draft.id, fields)).id : draft.id;
    if (draft.calendar === this.before.calendar) return id;
    return (await api.moveEvent(this.#oid, id, draft.calendar)).id;
  }

  async #retime(id, moved) {
    const meeting = this.#state.events.find((one) => one.id === id);
    this.choose(id);
    const scope = await this.#scope("Move", meeting);
    if (!scope) return;
    await this.#try(async () => {
      const target = await this.#targetOf(meeting, scope);
      const fields = times(moved(span(target, this.#zone)), target.allDay, this.#zone);
      const change = scope === "following" ? api.changeFollowing : api.changeEvent;
      await change(this.#oid, target.id, fields);
    });
  }

  async #withSelected(verb, act, scopes = ALL_SCOPES) {
    const meeting = selected(this.#state);
    const scope = meeting && await this.#scope(verb, meeting, scopes);
    if (scope) await this.#try(() => act(this.#oid, meeting, scope));
  }

  /** What of a series is meant; a meeting that stands alone asks nothing. */
  #scope(verb, meeting, scopes = ALL_SCOPES) {
    if (!isInSeries(meeting) || scopes.length === 1) return "one";
    const mine = meeting.isOrganizer ? scopes : scopes.filter((one) => one !== "following");
    return askScope(this.page.question, verb, mine);
  }

  #targetOf(meeting, scope) {
    return scope === "series" ? api.readEvent(this.#oid, meeting.seriesMasterId) : meeting;
  }

  async #try(act) {
    try {
      await act();
    } catch (error) {
      this.page.notice(error.message);
    }
    await this.page.refresh().catch((error) => this.page.notice(error.message));
  }
}

function idOf(meeting, scope) {
  return scope === "series" ? meeting.seriesMasterId : meeting.id;
}
