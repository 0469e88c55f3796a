// @ts-check
// render(state): which part of the pane is shown, in the order people read it.
import { sentenceOf } from "../api/problem.js";
import { failureNote } from "../elements/failure-note.js";
import { formatRange, zoneNote } from "../lib/dates.js";
import { html } from "../lib/html.js";
import { zoneOf } from "../lib/zones.js";
import { activityView } from "./activity-view.js";
import { diagnosticsView } from "./diagnostics-view.js";
import { linkView } from "./link-view.js";
import { confirmView, menuView } from "./menu-view.js";
import { participantsView } from "./participants-view.js";
import { askView, seriesView } from "./series-view.js";
import { signInView, startFailedView, strangerView } from "./sign-in-view.js";
import {
  failedView,
  goneView,
  noItemView,
  skeletonView,
  unsavedView,
  unsupportedView,
  waitingForOutlookView,
} from "./waiting-view.js";
import { keptView, whyView } from "./why-view.js";

const PHASES = /** @type {Record<string, (state: any) => unknown>} */ ({
  starting: skeletonView,
  "sign-in": signInView,
  "not-a-user": strangerView,
  failed: startFailedView,
});

const STAGES = /** @type {Record<string, (state: any, setting: any) => unknown>} */ ({
  "no-item": noItemView,
  unsaved: unsavedView,
  reading: skeletonView,
  "waiting-for-outlook": waitingForOutlookView,
  gone: goneView,
  unsupported: unsupportedView,
  failed: failedView,
});

/** @param {any} state @param {Date} now */
export function panelView(state, now) {
  const setting = { zone: zoneOf(state), now };
  if (state.diagnostics) return diagnosticsView(state, setting);
  const body = PHASES[state.phase] ?? STAGES[state.stage];
  return html`${header(state, setting)}<div class="pane-body">${body ? body(state, setting) : shown(state, setting)}</div>`;
}

function header(state, { zone, now }) {
  const meeting = state.view?.meeting ?? state.item;
  const when = meeting?.start ? formatRange(meeting, zone, now) : "";
  const note = when && !meeting.allDay ? zoneNote(zone) : "";
  const place = state.view?.meeting.location;
  return html`<header class="pane-head">
    <div class="pane-title"><h1 class="clip">${meeting ? meeting.subject || "(no subject)" : "Liaison"}</h1>
    <p class="quiet">${when}${note ? html` <span class="zone">${note}</span>` : ""}</p>
    ${place ? html`<p class="quiet clip">${place}</p>` : ""}
    ${state.item?.mailbox ? html`<p class="quiet clip">Calendar of ${state.item.mailbox}</p>` : ""}</div>
    ${state.phase === "starting" ? "" : menuView(state)}
  </header>`;
}

function shown(state, setting) {
  const { refusal, view } = state;
  const showsRefusal = refusal && refusal.problem.code !== "private";
  const isLinked = view.link && view.link.state !== "ended";
  return html`
    ${showsRefusal ? refused(refusal) : ""}
    ${confirmView(state)}
    ${underWay(state)}
    ${askView(state, setting)}
    ${linkView(state, setting)}
    ${seriesView(state, setting)}
    ${participantsView(state)}
    ${isLinked ? activityView(state) : ""}
    ${view.link || view.decisions?.length ? whyView(state, setting) : ""}
    ${keptView(state)}`;
}

const FROM_THE_MENU = /** @type {Record<string, string>} */ ({
  sync: "Syncing this meeting…",
  insert: "Inserting the link into the meeting…",
});

/** What was chosen in the menu, which closed, says here that it is under way. */
function underWay({ doing, confirm }) {
  const words = !confirm && FROM_THE_MENU[doing?.name];
  return words ? html`<p class="quiet" aria-busy="true" data-key="under-way"><span class="working" aria-hidden="true"></span>${words}</p>` : "";
}

const AGAIN = /** @type {Record<string, string>} */ ({
  refresh: "refresh-requested",
  create: "create-requested",
  sync: "sync-requested",
  retry: "retry-requested",
});

function refused({ name, problem }) {
  const named = problem.activity?.subject
    ? { ...problem, detail: `${sentenceOf(problem)} It is “${problem.activity.subject}”.` }
    : problem;
  const isLost = problem.status === 0 || problem.status >= 500;
  return failureNote(named, { retry: isLost ? AGAIN[name] : undefined, close: "refusal-closed", key: "refusal" });
}
