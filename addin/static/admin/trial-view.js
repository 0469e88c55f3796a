// @ts-check
// A dry run of a policy that is not in force: which one is looked at, and the choice of one.
import { pushButton } from "../elements/push-button.js";
import { flag, html } from "../lib/html.js";
import { actsAtOnce, stopFirst } from "./next-step.js";
import { keyName, valueName } from "./policy-words.js";
import { effectOnPlan } from "./preset-words.js";
import { question } from "./run-question.js";
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
    <dl class="changes wide">${differing.map(([name, value]) => html`<div><dt>${keyName(name)}</dt><dd>${valueName(name, value)}</dd></div>`)}</dl></details>`;
}

/** The way to that policy, where it is not in force; what it does at once is said first. @param {any} run @param {any} state */
export function trialWay({ trial, stale }, { run: { asked }, doing, parts: { service } }) {
  if (!trial || !stale) return "";
  const label = trial.preset ? `Take the preset ${trial.preset}` : "Change the policy to that";
  if (asked === "take") return question(label, effectOnPlan(service.value), "take", doing === "policy-take");
  return html`${stopFirst(service.value, doing)} ${pushButton(`${label}…`, { does: "run-deed-asked", values: { deed: "take" }, look: actsAtOnce(service.value) ? "outline" : "primary" })}`;
}
