// @ts-check
// Where meetings stand in a week, as plain values.
import { addDays, clockText, dayText, daysBetween, instantOf, wallClock } from "./dates.js";

/** Start and end on the wall: {startDay, startMinutes, endDay, endMinutes}; all-day ones float. */
export function span(meeting, zone) {
  if (meeting.allDay) {
    return { startDay: meeting.start.slice(0, 10), startMinutes: 0, endDay: meeting.end.slice(0, 10), endMinutes: 0 };
  }
  const start = wallClock(meeting.start, zone);
  const end = wallClock(meeting.end, zone);
  return { startDay: start.day, startMinutes: start.minutes, endDay: end.day, endMinutes: end.minutes };
}

/** Back from the wall to what the server stores. */
export function times(wall, allDay, zone) {
  if (allDay) return { start: `${wall.startDay}T00:00:00Z`, end: `${wall.endDay}T00:00:00Z` };
  return {
    start: instantOf(wall.startDay, wall.startMinutes, zone),
    end: instantOf(wall.endDay, wall.endMinutes, zone),
  };
}

/** The same meeting some days and minutes later; its length on the wall stays. */
export function shifted(wall, days, minutes) {
  const start = carried(addDays(wall.startDay, days), wall.startMinutes + minutes);
  const end = carried(addDays(wall.endDay, days), wall.endMinutes + minutes);
  return { startDay: start.day, startMinutes: start.minutes, endDay: end.day, endMinutes: end.minutes };
}

export function stretched(wall, minutes) {
  const end = carried(wall.endDay, wall.endMinutes + minutes);
  return { ...wall, endDay: end.day, endMinutes: end.minutes };
}

export function spanText(meeting, zone) {
  const wall = span(meeting, zone);
  if (meeting.allDay) {
    const last = addDays(wall.endDay, -1);
    return last <= wall.startDay ? `${dayText(wall.startDay)}, all day` : `${dayText(wall.startDay)} – ${dayText(last)}`;
  }
  const end = wall.endDay === wall.startDay ? "" : `${dayText(wall.endDay)} `;
  return `${dayText(wall.startDay)}, ${clockText(wall.startMinutes)} – ${end}${clockText(wall.endMinutes)}`;
}

/** The pieces of timed meetings that fall on one day, side by side where they overlap. */
export function piecesOf(day, meetings, zone) {
  const pieces = [];
  for (const meeting of meetings) {
    if (meeting.allDay) continue;
    const wall = span(meeting, zone);
    const from = wall.startDay < day ? 0 : wall.startMinutes;
    const to = wall.endDay > day ? 1440 : wall.endMinutes;
    if (wall.startDay > day || wall.endDay < day || (wall.startDay < day && to === 0)) continue;
    pieces.push({ meeting, from, to: Math.max(to, from), isFirst: wall.startDay === day });
  }
  return inLanes(pieces.sort((one, other) => one.from - other.from || other.to - one.to));
}

export function allDayOn(day, meetings) {
  return meetings.filter((one) => {
    if (!one.allDay) return false;
    const [start, end] = [one.start.slice(0, 10), one.end.slice(0, 10)];
    return start <= day && (day < end || (start === day && daysBetween(start, end) < 1));
  });
}

const LEAST = 20;

function inLanes(pieces) {
  let cluster = [];
  let clusterEnd = -1;
  for (const piece of pieces) {
    if (piece.from >= clusterEnd) cluster = [];
    const taken = new Set(cluster.filter((one) => visibleEnd(one) > piece.from).map((one) => one.lane));
    piece.lane = 0;
    while (taken.has(piece.lane)) piece.lane += 1;
    cluster.push(piece);
    clusterEnd = Math.max(...cluster.map(visibleEnd));
    const lanes = Math.max(...cluster.map((one) => one.lane)) + 1;
    for (const one of cluster) one.lanes = lanes;
  }
  return pieces;
}

function visibleEnd(piece) {
  return Math.max(piece.to, piece.from + LEAST);
}

function carried(day, minutes) {
  const days = Math.floor(minutes / 1440);
  return { day: addDays(day, days), minutes: minutes - days * 1440 };
}
