// @ts-check
// A dry run of a policy that is not in force: which one is looked at, and the choice of one.
import { pageAddress } from "../lib/addresses.js";
import { flag, html } from "../lib/html.js";
import { keyName, valueName } from "./policy-words.js";
import { trialName } from "./run-words.js";

/** With which policy the next dry run is made. @param {any[]|undefined} presets @param {string} chosen */
export function trialChoice(presets, chosen) {
  if (!presets) return "";
  const option = (/** @type {string} */ value, /** @type {string} */ label) =>
    html`<option value="${value}" ${flag("selected", value === chosen)}>${label}</option>`;
  return html`<div class="filters"><label>With this preset <select data-choose="trial-chosen" data-key="trial">
      ${option("", "the policy in force")}${presets.map(({ name }) => option(name, name))}</select></label></div>
    ${chosen ? html`<p class="quiet page-note">The policy stays as it is: a dry run only shows what ${chosen} would do. Its plan is applied once ${chosen} is in force.</p>` : ""}`;
}

/** What of the policy differs in this plan. @param {any} run */
export function trialNote({ trial }) {
  if (!trial) return "";
  const differing = Object.entries(trial.keys);
  return html`<details class="page-note"><summary>Made with ${trialName(trial)}: ${differing.length === 1 ? "1 key differs" : `${differing.length} keys differ`} from the policy that was in force</summary>
    <dl class="changes">${differing.map(([name, value]) => html`<div><dt>${keyName(name)}</dt><dd>${valueName(name, value)}</dd></div>`)}</dl></details>`;
}

/** The way to that policy, where it is not in force. @param {any} run */
export function trialWay({ trial, stale }) {
  if (!trial || !stale) return "";
  return html`<a href="${pageAddress("/admin", { view: "policy" })}">${trial.preset ? `Take the preset ${trial.preset} first` : "Change the policy first"}</a>`;
}
