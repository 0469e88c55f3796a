// @ts-check
// A field that both sides changed: both values, and which one to keep. The same in the pane and on the CRM page.
import { html } from "../lib/html.js";
import { fieldName, valueText } from "../lib/sentences.js";
import { pushButton } from "./push-button.js";

const HOW = /** @type {Record<string, string>} */ ({
  held: "Both sides changed it; nothing is carried over until you choose.",
  "outlook-won": "Both sides changed it and Outlook's value won. The CRM's can be put back.",
  "crm-won": "Both sides changed it and the CRM's value won. Outlook's can be put back.",
});

/** Whose value is in force, so that only the other one is offered. */
const WON = /** @type {Record<string, string>} */ ({ "outlook-won": "outlook", "crm-won": "crm" });

/**
 * @param {any} link @param {{zone: string, now: Date}} setting
 * @param {string|null} busy which answer is under way: settle-<field>-<side>
 */
export function settleBox({ contested = [] }, setting, busy) {
  if (!contested.length) return "";
  return html`<section aria-labelledby="contested"><h3 id="contested">Changed on both sides</h3>
    <ul class="contests">${contested.map((one) => contest(one, setting, busy))}</ul></section>`;
}

function contest(one, { zone, now }, busy) {
  const { field, outlook, crm, how, chosen } = one;
  const stands = chosen ?? WON[how];
  // An answer that is being carried out is not asked for again.
  const isDecided = how === "held" && chosen;
  const value = (side, label, text) => html`<li class="contest-side"><p><span class="quiet">${label}</span> ${valueText(text, zone, now)}</p>
    ${stands === side ? html`<span class="quiet">${isDecided ? "chosen, on its way" : "in force"}</span>` : isDecided ? "" : keep(field, side, label, busy)}</li>`;
  return html`<li class="contest" data-key="contest-${field}"><p class="strong">${fieldName(field)}</p>
    <p class="quiet">${HOW[how] ?? HOW.held}</p>
    <ul>${value("outlook", "Outlook", outlook)}${value("crm", "CRM", crm)}</ul></li>`;
}

function keep(field, side, label, busy) {
  return pushButton(`Keep ${label}'s`, {
    does: "settle-sent",
    small: true,
    title: `Keep ${label}'s value of ${fieldName(field)}`,
    busy: busy === `settle-${field}-${side}`,
    values: { field, keep: side },
  });
}
