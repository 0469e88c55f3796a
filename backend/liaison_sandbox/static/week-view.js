// @ts-check
// The week: headings, the row of whole days, and a column of hours per day.
import { html, render, slug, update } from "./lib/html.js";
import { addDays, clockText, dayText } from "./lib/dates.js";
import { allDayOn, piecesOf, spanText } from "./lib/meetings.js";
import { isInSeries } from "./lib/repeats.js";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const FIRST_HOUR_SHOWN = 7.5;
const LEAST_MINUTES = 20;
// As in tokens.css and week.css: whole lines are shown, none is cut in half.
const HOUR_HEIGHT = 48;
const ROW_HEIGHT = 15;
const LOCK = html`<svg class="mark" viewBox="0 0 12 12" aria-hidden="true"><path d="M3 5V4a3 3 0 0 1 6 0v1h1v6H2V5zm1.2 0h3.6V4a1.8 1.8 0 0 0-3.6 0z"/></svg>`;
const AGAIN = html`<svg class="mark" viewBox="0 0 12 12" data-testid="mark-series" aria-hidden="true"><path d="M6 1a5 5 0 0 1 4 2V1h1.2v4H7.2V3.8h2A3.8 3.8 0 0 0 2.2 6H1a5 5 0 0 1 5-5zM11 6a5 5 0 0 1-9 3v2H.8V7h4v1.2h-2A3.8 3.8 0 0 0 9.8 6z"/></svg>`;
const ANSWERS = {
  accepted: ["✓", "accepted"], tentativelyAccepted: ["?", "tentative"], declined: ["✗", "declined"],
  notResponded: ["•", "not answered"], none: ["•", "not answered"],
};

/** The fixed structure, once per week shown. */
export function renderWeek(root, state) {
  const days = daysOf(state);
  const scrolled = root.querySelector(".week__hours")?.scrollTop;
  render(root, html`
    <div class="week__head"><span class="week__gutter"></span>${days.map((day) => heading(day, state))}</div>
    <div class="week__whole"><span class="week__gutter">all day</span>
      ${days.map((day) => html`<div class="whole" data-whole="${day}" data-testid="allday-${day}"></div>`)}
    </div>
    <div class="week__hours" tabindex="-1">
      <div class="week__gutter">${HOURS.map((hour) => html`<span class="week__hour">${hour ? clockText(hour * 60) : ""}</span>`)}</div>
      ${days.map((day) => html`<div class="day" data-day="${day}" data-testid="day-${day}" role="group" aria-label="${dayText(day)}"></div>`)}
    </div>`);
  for (const part of root.querySelectorAll("[data-day], [data-whole], [data-head]")) {
    const day = part.dataset.day ?? part.dataset.whole ?? part.dataset.head;
    part.classList.toggle("is-today", day === state.today);
    part.classList.toggle("is-chosen", day === state.day);
  }
  const hours = root.querySelector(".week__hours");
  hours.scrollTop = scrolled ?? (hours.scrollHeight / 24) * FIRST_HOUR_SHOWN;
}

/** Only the meetings; focus stays on the one that had it. */
export function renderMeetings(root, state) {
  const focused = document.activeElement?.closest?.("[data-event]")?.dataset.event;
  for (const day of daysOf(state)) {
    const column = root.querySelector(`[data-day="${day}"]`);
    const pieces = piecesOf(day, state.events, state.person.timeZone);
    update(column, pieces.map((piece) => timed(piece, state)));
    [...column.querySelectorAll(".meeting")].forEach((element, at) => place(element, pieces[at]));
    update(root.querySelector(`[data-whole="${day}"]`), allDayOn(day, state.events).map((one) => whole(one, day, state)));
  }
  if (focused) root.querySelector(`[data-event="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** Shows where the dragged meeting would be: pieces as piecesOf gives them, by day. */
export function showGhost(root, day, from, to, text) {
  hideGhost(root);
  const parent = root.querySelector(from === null ? `[data-whole="${day}"]` : `[data-day="${day}"]`);
  if (!parent) return;
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.textContent = text;
  if (from !== null) place(ghost, { from, to, lane: 0, lanes: 1 });
  parent.append(ghost);
}

export function hideGhost(root) {
  for (const ghost of root.querySelectorAll(".ghost")) ghost.remove();
}

export function daysOf(state) {
  return Array.from({ length: 7 }, (_, at) => addDays(state.monday, at));
}

function heading(day, state) {
  return html`<button type="button" class="heading" data-head="${day}" data-testid="day-head-${day}"
    aria-pressed="${String(day === state.day)}" ${day === state.today ? html`aria-current="date"` : ""}>
    <span class="heading__name">${dayText(day, { weekday: "short" })}</span>
    <span class="heading__number">${Number(day.slice(8))}</span></button>`;
}

function timed(piece, state) {
  const { meeting } = piece;
  return html`<button type="button" class="${classesOf(meeting, state)}" data-event="${meeting.id}"
      data-testid="${testIdOf(meeting, piece.isFirst)}" aria-pressed="${String(meeting.id === state.selectedId)}"
      title="${titleOf(meeting, state)}" aria-label="${titleOf(meeting, state)}">
      <span class="meeting__text">${marksOf(meeting)}<span class="meeting__subject">${meeting.subject || "(no subject)"}</span><br>
        <span class="meeting__more">${clockText(piece.from)}${meeting.location ? `, ${meeting.location}` : ""}</span></span>
      <span class="meeting__handle" data-resize="${meeting.id}" aria-hidden="true"></span>
    </button>`;
}

function whole(meeting, day, state) {
  const isFirst = meeting.start.slice(0, 10) === day;
  return html`<button type="button" class="${classesOf(meeting, state)}" data-event="${meeting.id}"
    data-testid="${testIdOf(meeting, isFirst)}" aria-pressed="${String(meeting.id === state.selectedId)}"
    title="${titleOf(meeting, state)}" aria-label="${titleOf(meeting, state)}"><span class="meeting__text">
    ${marksOf(meeting)}<span class="meeting__subject">${meeting.subject || "(no subject)"}</span></span></button>`;
}

function place(element, { from, to, lane, lanes }) {
  element.style.setProperty("--from", String(from));
  element.style.setProperty("--length", String(Math.max(to - from, LEAST_MINUTES)));
  element.style.setProperty("--lane", String(lane));
  element.style.setProperty("--lanes", String(lanes));
  const rows = Math.max(Math.floor((Math.max(to - from, LEAST_MINUTES) * HOUR_HEIGHT) / 60 / ROW_HEIGHT - 0.3), 1);
  element.style.setProperty("--rows", String(rows));
  element.classList.toggle("is-short", rows === 1);
}

function classesOf(meeting, state) {
  return [
    "meeting",
    meeting.isOrganizer ? "is-own" : "is-invited",
    meeting.isCancelled && "is-cancelled",
    !meeting.isOrganizer && ["notResponded", "none", "tentativelyAccepted"].includes(meeting.responseStatus) && "is-open",
    meeting.id === state.selectedId && "is-selected",
  ].filter(Boolean).join(" ");
}

function marksOf(meeting) {
  const isPrivate = ["private", "confidential"].includes(meeting.sensitivity);
  const answer = !meeting.isOrganizer && !meeting.isCancelled ? `${ANSWERS[meeting.responseStatus]?.[0] ?? ""} ` : "";
  return html`${isPrivate ? LOCK : ""}${isInSeries(meeting) ? AGAIN : ""}${answer}`;
}

function titleOf(meeting, state) {
  const parts = [meeting.subject || "(no subject)", spanText(meeting, state.person.timeZone), meeting.location];
  if (meeting.isCancelled) parts.push("cancelled");
  else if (!meeting.isOrganizer) parts.push(`invited by ${meeting.organizer.name}, ${ANSWERS[meeting.responseStatus]?.[1] ?? ""}`);
  if (isInSeries(meeting)) parts.push(meeting.type === "exception" ? "changed occurrence of a series" : "in a series");
  if (meeting.sensitivity === "private") parts.push("private");
  if (meeting.calendar !== "Calendar") parts.push(`in ${meeting.calendar}`);
  return parts.filter(Boolean).join(", ");
}

function testIdOf(meeting, isFirst) {
  return `meeting-${slug(meeting.subject)}${isFirst ? "" : "-continued"}`;
}
