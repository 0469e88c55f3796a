// @ts-check
// The console: places at the left, what was asked for in the middle.
import { failureNote } from "../elements/failure-note.js";
import { statusLine } from "../elements/status-line.js";
import { pageAddress } from "../lib/addresses.js";
import { html } from "../lib/html.js";
import { zoneOf } from "../lib/zones.js";
import { signInView, startFailedView, strangerView } from "../panel/sign-in-view.js";
import { addinView } from "./addin-view.js";
import { auditView } from "./audit-view.js";
import { heldView } from "./held-view.js";
import { linksView } from "./links-view.js";
import { logView } from "./log-view.js";
import { overviewView } from "./overview-view.js";
import { policyView } from "./policy-view.js";
import { representativesView } from "./representatives-view.js";
import { runsView } from "./runs-view.js";

const PLACES = [
  ["overview", "Overview"],
  ["representatives", "Representatives"],
  ["initial", "Initial sync"],
  ["policy", "Policy"],
  ["log", "Log"],
  ["audit", "Who did what"],
  ["held", "Held and failed"],
  ["add-in", "Add-in"],
];

const MIDDLE = /** @type {Record<string, (state: any, setting: any) => unknown>} */ ({
  overview: overviewView,
  representatives: representativesView,
  policy: policyView,
  log: logView,
  audit: auditView,
  links: linksView,
  held: heldView,
  initial: runsView,
  "add-in": addinView,
});

const PHASES = /** @type {Record<string, (state: any) => unknown>} */ ({
  starting: () => html`<div class="skeleton skeleton-line"></div><div class="skeleton"></div>`,
  "sign-in": (state) => signInView({ ...state, doing: { name: state.doing } }),
  "not-a-user": strangerView,
  failed: startFailedView,
  "not-an-administrator": () =>
    statusLine({
      tone: "quiet",
      title: "The console is for administrators",
      detail:
        "Your sign-in worked, but it does not carry the role Liaison.Admin. Ask whoever manages your Microsoft 365.",
    }),
});

/** @param {any} state @param {Date} now */
export function adminView(state, now) {
  const phase = PHASES[state.phase];
  const middle = phase ? html`<div class="phase">${phase(state)}</div>` : MIDDLE[state.view](state, { zone: zoneOf(state), now });
  return html`<header class="top-bar"><p class="brand strong">Liaison console</p>
    <nav aria-label="Pages"><a href="${pageAddress("/crm")}">CRM</a></nav><p class="who quiet clip">
      ${state.me?.name ?? ""}</p></header>
    <div class="console"><nav class="side" aria-label="Console">${PLACES.map(([name, label]) => html`<a href="${pageAddress("/admin", { view: name })}" ${name === state.view ? html`aria-current="page"` : ""}>${label}</a>`)}</nav>
    <main class="console-main" tabindex="-1">${state.refusal ? failureNote(state.refusal, { close: "refusal-closed", key: "refusal" }) : ""}${middle}</main></div>`;
}
