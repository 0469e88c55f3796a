// @ts-check
// What comes next while the service is stopped, as long as that is true: look, apply what was looked at, start. And when to stop it.
import { pushButton } from "../elements/push-button.js";
import { pageAddress } from "../lib/addresses.js";
import { html } from "../lib/html.js";
import { stepAhead, STEPS } from "./run-words.js";

/** @param {any} service @param {any[]|undefined} runs the newest first @param {string|null} doing @param {boolean} isThere whether dry runs are made on this page */
export function nextStep(service, runs, doing, isThere = false) {
  if (!service || !runs || service.running) return "";
  const { step, run } = stepAhead(service, runs);
  return html`<div class="page-note notice-box" data-key="next-step"><p>${STEPS[step]}</p>
    <p class="ways">${way(step, run, isThere)} ${step === "start" ? startButton("Start the service", doing) : isThere ? startButton("Start without looking first", doing, "subtle") : ""}</p></div>`;
}

function way(/** @type {string} */ step, run, /** @type {boolean} */ isThere) {
  if (step === "apply") return html`<a href="${pageAddress("/admin", { view: "initial", run: run.id })}">Look at the plan</a>`;
  return step === "look" && !isThere ? html`<a href="${pageAddress("/admin", { view: "initial" })}">Make a dry run</a>` : "";
}

/** @param {string} label @param {string|null} doing */
export const startButton = (label, doing, look = "outline") =>
  pushButton(label, { does: "service-switched", values: { deed: "start" }, look, busy: doing === "service-start" });

/** Whether a change of the policy acts on somebody's calendar at once. @param {any} service */
export const actsAtOnce = (service) => Boolean(service?.running && service.activePeople);

/** @param {any} service @param {string|null} doing */
export function stopFirst(service, doing) {
  if (!actsAtOnce(service)) return "";
  return pushButton("Stop the service first", { does: "service-switched", values: { deed: "stop" }, look: "primary", busy: doing === "service-stop", key: "policy-stop" });
}
