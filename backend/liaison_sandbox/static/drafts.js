// @ts-check
// A draft is what the form shows: a meeting with its times on the wall.
import { addDays, instantOf } from "./lib/dates.js";
import { span, times } from "./lib/meetings.js";
import { NEVER, isInSeries, recurrenceOf, repeatOf } from "./lib/repeats.js";

export function newDraft({ day, from, to }) {
  const end = to >= 1440 ? { endDay: addDays(day, 1), endMinutes: to - 1440 } : { endDay: day, endMinutes: to };
  return {
    id: null, subject: "", allDay: false, wall: { startDay: day, startMinutes: from, ...end },
    location: "", body: "", isPrivate: false, attendees: [], calendar: "Calendar", organizer: null,
    repeat: NEVER, recurrence: null, isFollowing: false,
  };
}

export function draftOf(meeting, zone) {
  return {
    id: meeting.id, subject: meeting.subject, allDay: meeting.allDay, wall: span(meeting, zone),
    location: meeting.location, body: meeting.body, isPrivate: meeting.sensitivity !== "normal",
    attendees: meeting.attendees, calendar: meeting.calendar,
    organizer: meeting.isOrganizer ? null : meeting.organizer,
    repeat: meeting.type === "exception" || isInSeries(meeting) ? null : repeatOf(meeting.recurrence),
    recurrence: meeting.recurrence, isFollowing: false,
  };
}

/** What the server is told; of a meeting that exists only what differs, for each change mails people. */
export function fieldsOf(draft, before, zone) {
  const all = { ...asFields(draft, zone), ...repeating(draft, before) };
  if (before === null) return all;
  const old = asFields(before, zone);
  if (JSON.stringify(draft.repeat) === JSON.stringify(before.repeat)) delete all.recurrence;
  const names = Object.keys(all).filter((name) => JSON.stringify(all[name]) !== JSON.stringify(old[name]));
  if (names.some((name) => ["start", "end", "allDay"].includes(name))) names.push("start", "end", "allDay");
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

/** The meeting as Outlook shows it to the pane. */
export function itemOf(meeting, zone) {
  const { start, end } = instants(meeting, zone);
  const { ewsId, subject, organizer, isOrganizer } = meeting;
  return { mode: isOrganizer ? "compose" : "read", itemId: ewsId, saved: true, subject, start, end, organizer, mailbox: null };
}

export function unsavedItemOf(draft, person, zone) {
  const { start, end } = instants({ ...times(draft.wall, draft.allDay, zone), allDay: draft.allDay }, zone);
  const organizer = { name: person.name, address: person.address };
  return { mode: "compose", itemId: null, saved: false, subject: draft.subject, start, end, organizer, mailbox: null };
}

/** Whole days float on the server; Outlook gives the pane their midnights in the mailbox's zone. */
function instants(meeting, zone) {
  if (!meeting.allDay) return { start: meeting.start, end: meeting.end };
  return { start: instantOf(meeting.start.slice(0, 10), 0, zone), end: instantOf(meeting.end.slice(0, 10), 0, zone) };
}

/** On another day the pattern begins anew, for its days of the week are no longer right. */
function repeating(draft, before) {
  if (draft.repeat === null || (before === null && draft.repeat.kind === "none")) return {};
  const sameDay = before !== null && draft.wall.startDay === before.wall.startDay;
  return { recurrence: recurrenceOf(draft.repeat, sameDay ? draft.recurrence : null) };
}

function asFields(draft, zone) {
  return {
    subject: draft.subject, ...times(draft.wall, draft.allDay, zone), allDay: draft.allDay,
    location: draft.location, body: draft.body, sensitivity: draft.isPrivate ? "private" : "normal",
    attendees: draft.attendees.map(({ name, address, type }) => ({ name, address, type })),
  };
}
