// @ts-check
// The one state of the page and what may happen to it: (state, happening) => state.
import { addDays, mondayOf, weekToShow } from "./lib/dates.js";

export const EMPTY = {
  people: [], person: null, paneUrl: null, productUrl: null, today: "",
  monday: "", day: "", events: [], mails: [], selectedId: null, draft: null,
};

export function arrived(state, tenant) {
  const people = tenant.people.filter((one) => one.hasMailbox);
  const monday = weekToShow(tenant.today);
  const day = tenant.today < monday ? monday : tenant.today;
  return { ...state, ...tenant, people, person: people[0] ?? null, monday, day };
}

export function becamePerson(state, oid) {
  const person = state.people.find((one) => one.oid === oid) ?? state.person;
  return { ...state, person, events: [], selectedId: null, draft: null };
}

export function turnedTo(state, day) {
  return { ...state, day, monday: mondayOf(day) };
}

export function turnedBy(state, weeks) {
  return turnedTo(state, addDays(state.day, weeks * 7));
}

/** A meeting that was moved, or an occurrence that was changed, has another id; by what it has in
 * every copy it stays the selected one. Of a series that was chosen an occurrence is. */
export function eventsRead(state, events) {
  const before = selected(state);
  const still = events.find((one) => one.id === state.selectedId)
    ?? events.find((one) => state.selectedId !== null && one.seriesMasterId === state.selectedId)
    ?? events.find((one) => before !== null && one.icalUid === before.icalUid && one.originalStart === before.originalStart);
  return { ...state, events, selectedId: still?.id ?? null };
}

export function mailsRead(state, mails) {
  return { ...state, mails };
}

export function chose(state, id) {
  return { ...state, selectedId: id };
}

export function drafted(state, draft) {
  return { ...state, draft };
}

export function selected(state) {
  return state.events.find((one) => one.id === state.selectedId) ?? null;
}

/** Where only the id of a series is known, its occurrence on the screen is meant. */
export function choseAny(state, id) {
  const known = eventsRead(chose(state, id), state.events);
  return known.selectedId === null ? chose(state, id) : known;
}

/** Colleagues and everybody in the meetings on the screen, without oneself. */
export function peopleSeen(state) {
  const inMeetings = state.events.flatMap((one) => [one.organizer, ...one.attendees]);
  const byAddress = new Map([...inMeetings, ...state.people].map((one) => [one.address.toLowerCase(), one]));
  byAddress.delete(state.person.address.toLowerCase());
  return [...byAddress.values()].sort((one, other) => one.name.localeCompare(other.name));
}
