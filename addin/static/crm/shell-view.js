// @ts-check
// The frame of every CRM page: where one can go, who one is, and what stands in the middle.
import { failureNote } from "../elements/failure-note.js";
import { pageAddress } from "../lib/addresses.js";
import { html } from "../lib/html.js";
import { zoneOf } from "../lib/zones.js";
import { signInView, startFailedView, strangerView } from "../panel/sign-in-view.js";
import { activityPage } from "./activity-page.js";
import { activityList } from "./activity-list.js";
import { companiesView, contactsView } from "./directory-view.js";
import { meetingsView } from "./meetings-view.js";
import { planView } from "./plan-view.js";
import { reviewsView } from "./reviews-view.js";

const PLACES = [
  ["activities", "Activities", {}],
  ["meetings", "My meetings", { view: "meetings" }],
  ["reviews", "Marked for editing", { view: "reviews" }],
  ["contacts", "Contacts", { view: "contacts" }],
  ["companies", "Companies", { view: "companies" }],
];

const PAGES = /** @type {Record<string, (state: any, setting: any) => unknown>} */ ({
  activities: activityList,
  activity: activityPage,
  plan: planView,
  meetings: meetingsView,
  reviews: reviewsView,
  contacts: contactsView,
  companies: companiesView,
});

const PHASES = /** @type {Record<string, (state: any) => unknown>} */ ({
  starting: () =>
    html`<div class="skeletons"><div class="skeleton skeleton-line"></div><div class="skeleton"></div>
      <div class="skeleton"></div></div>`,
  "sign-in": crmSignIn,
  "not-a-user": strangerView,
  failed: startFailedView,
});

function crmSignIn(state) {
  return signInView({ ...state, doing: { name: state.doing } });
}

/** @param {any} state @param {Date} now */
export function crmView(state, now) {
  const zone = zoneOf(state);
  const phase = PHASES[state.phase];
  const middle = phase ? html`<div class="phase">${phase(state)}</div>` : PAGES[state.route.name](state, { zone, now });
  return html`${topBar(state)}<main id="main" class="console-main" tabindex="-1">
    ${state.refusal ? failureNote(state.refusal, { close: "refusal-closed", key: "refusal" }) : ""}${middle}</main>`;
}

function topBar({ route, me }) {
  const here = route.name === "activity" || route.name === "plan" ? "activities" : route.name;
  return html`<header class="top-bar"><p class="brand strong">Liaison</p>
    <nav aria-label="CRM">${PLACES.map(([name, label, query]) => html`<a href="${pageAddress("/crm", /** @type {any} */ (query))}" ${name === here ? html`aria-current="page"` : ""}>${label}</a>`)}
    ${me?.isAdministrator ? html`<a href="${pageAddress("/admin")}">Console</a>` : ""}</nav>
    <p class="who quiet clip">${me?.name ?? ""}</p></header>`;
}
