// @ts-check
// Dragging in the week: over free time for a new meeting, a meeting elsewhere, its lower edge.
import { clockText, daysBetween } from "./lib/dates.js";
import { hideGhost, showGhost } from "./week-view.js";

const SNAP = 15;
const THRESHOLD = 4;

/** on: {create({day, from, to}), move(id, {days, minutes}), stretch(id, minutes), span(id)} */
export function enableDragging(root, on) {
  let drag = null;

  root.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    drag = beginning(root, event, on);
  });
  root.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < THRESHOLD) return;
    if (!drag.moved) root.setPointerCapture(event.pointerId);
    drag.moved = true;
    drag.now = pointAt(root, event, drag.whole) ?? drag.now;
    preview(root, drag);
  });
  root.addEventListener("pointerup", () => {
    if (drag?.moved) finish(drag, on);
    drag = stopped(root, drag);
  });
  for (const end of ["pointercancel", "lostpointercapture"]) {
    root.addEventListener(end, () => { drag = stopped(root, drag); });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) drag = stopped(root, drag);
  });
  root.addEventListener("dblclick", (event) => {
    const point = event.target.closest("[data-event]") ? null : pointAt(root, event, false);
    if (point && event.target.closest("[data-day]")) on.create({ day: point.day, from: floor(point.minutes, 30), to: floor(point.minutes, 30) + 30 });
  });
}

function beginning(root, event, on) {
  const meeting = event.target.closest("[data-event]");
  const whole = event.target.closest("[data-whole]") !== null;
  if (!meeting && !event.target.closest("[data-day]")) return null;
  const start = pointAt(root, event, whole);
  if (!start) return null;
  const kind = !meeting ? "create" : event.target.closest("[data-resize]") ? "stretch" : "move";
  const id = meeting?.dataset.event ?? null;
  return { kind, id, whole, start, now: start, x: event.clientX, y: event.clientY, moved: false, span: id && on.span(id), subject: meeting?.innerText ?? "" };
}

function preview(root, drag) {
  const { day, from, to } = shape(drag);
  markDragged(root, drag.id);
  if (drag.whole) showGhost(root, day, null, null, drag.subject);
  else showGhost(root, day, Math.max(from, 0), Math.min(to, 1440), `${clockText(from)} – ${clockText(to)}`);
}

function markDragged(root, id) {
  for (const one of root.querySelectorAll(".meeting")) one.classList.toggle("is-dragged", one.dataset.event === id);
}

/** Where the ghost is: the first day of what would be. */
function shape({ kind, start, now, span }) {
  if (kind === "create") {
    const [first, last] = [start.minutes, now.minutes].sort((one, other) => one - other);
    const from = floor(first, SNAP);
    return { day: start.day, from, to: Math.max(floor(last, SNAP) + (last % SNAP ? SNAP : 0), from + SNAP) };
  }
  const length = daysBetween(span.startDay, span.endDay) * 1440 + span.endMinutes - span.startMinutes;
  const minutes = shift(start, now);
  if (kind === "stretch") {
    return { day: span.startDay, from: span.startMinutes, to: span.startMinutes + Math.max(length + minutes, SNAP) };
  }
  return { day: now.day, from: span.startMinutes + minutes, to: span.startMinutes + minutes + length };
}

function finish(drag, on) {
  const { kind, id, start, now, span } = drag;
  if (kind === "create") {
    if (!drag.whole) on.create(shape(drag));
  } else if (kind === "stretch") {
    const { from, to } = shape(drag);
    const length = daysBetween(span.startDay, span.endDay) * 1440 + span.endMinutes - span.startMinutes;
    if (to - from !== length) on.stretch(id, to - from - length);
  } else {
    const by = { days: daysBetween(start.day, now.day), minutes: drag.whole ? 0 : shift(start, now) };
    if (by.days !== 0 || by.minutes !== 0) on.move(id, by);
  }
}

function shift(start, now) {
  return Math.round((now.minutes - start.minutes) / SNAP) * SNAP;
}

/** The day and minute under the pointer; columns are found by their sides only. */
function pointAt(root, event, whole) {
  for (const column of root.querySelectorAll(whole ? "[data-whole]" : "[data-day]")) {
    const box = column.getBoundingClientRect();
    if (event.clientX < box.left || event.clientX >= box.right) continue;
    const share = Math.min(Math.max((event.clientY - box.top) / box.height, 0), 1);
    return { day: column.dataset.day ?? column.dataset.whole, minutes: share * 1440 };
  }
  return null;
}

function stopped(root, drag) {
  hideGhost(root);
  markDragged(root, null);
  // The click that ends a drag must not also select or open something.
  if (drag?.moved) {
    const swallow = (event) => event.stopPropagation();
    root.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => root.removeEventListener("click", swallow, { capture: true }));
  }
  return null;
}

function floor(minutes, step) {
  return Math.floor(minutes / step) * step;
}
