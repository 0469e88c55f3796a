// @ts-check
// The meeting is not there to be shown: none is open, it is unsaved, or Outlook has not delivered it yet.
import { sentenceOf } from "../api/problem.js";
import { failureNote } from "../elements/failure-note.js";
import { pushButton } from "../elements/push-button.js";
import { statusLine } from "../elements/status-line.js";
import { html } from "../lib/html.js";
import { linkedActivity } from "./link-view.js";
import { whyView } from "./why-view.js";

export const noItemView = () =>
  statusLine({
    tone: "quiet",
    title: "No meeting is open",
    detail: "Open a meeting in the calendar; what Liaison knows about it appears here.",
  });

export const unsavedView = () =>
  statusLine({
    tone: "quiet",
    title: "Not saved yet",
    detail: "Save the meeting first; the pane continues by itself. No invitation is sent by Liaison.",
  });

/** @param {any} state */
export function waitingForOutlookView({ refreshing }) {
  return html`${statusLine({
    tone: "wait",
    title: "Waiting for Outlook",
    detail:
      "Outlook has not delivered this meeting to the server yet. That can take a minute after saving; the pane looks again by itself.",
  })}<p class="block">${pushButton("Look again now", { does: "refresh-requested", busy: refreshing })}</p>`;
}

/** @param {any} state @param {{zone: string, now: Date}} setting */
export function goneView(state, setting) {
  const { view } = state;
  const detail = view.activity ? "" : "Its activity, if there was one, stays in the CRM.";
  return html`${statusLine({ tone: "quiet", title: "The meeting is no longer in this calendar", detail, body: view.activity ? linkedActivity(view) : "" })}
    ${view.link ? whyView(state, setting) : ""}
    <p class="block">${pushButton("Look again", { does: "refresh-requested", busy: state.refreshing })}</p>`;
}

/** @param {any} state */
export function unsupportedView({ problem }) {
  return statusLine({ tone: "quiet", title: "Not linked", detail: sentenceOf(problem) });
}

/** @param {any} state */
export function failedView({ problem }) {
  return html`<h2 class="only-read">The meeting could not be read</h2>
    ${failureNote(problem, { retry: "refresh-requested" })}`;
}

/** Grey places of the final size, so that nothing jumps when the answer comes. */
export const skeletonView = () => html`<div class="skeletons" aria-busy="true" aria-label="Reading the meeting">
    <div class="skeleton skeleton-line"></div><div class="skeleton"></div><div class="skeleton"></div>
      <div class="skeleton skeleton-button"></div>
    <div class="skeleton skeleton-line"></div><div class="skeleton skeleton-line"></div></div>`;
