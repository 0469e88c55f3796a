// @ts-check
// Asks what of a series is meant: this occurrence, this and the following, or all.
import { html, render } from "./lib/html.js";

const LABELS = { one: "This one", following: "This and following", series: "The series" };

/** @returns {Promise<"one" | "following" | "series" | null>} null when the question was closed. */
export function askScope(dialog, verb, scopes) {
  render(dialog, html`<form method="dialog" class="scope">
    <h2 id="scope-title">${verb} one meeting of the series, or more?</h2>
    <p class="scope__choices">${scopes.map((one) => html`<button value="${one}" data-testid="scope-${one}">${LABELS[one]}</button>`)}</p>
    <p><button value="" class="quiet" data-testid="scope-close">Leave it as it is</button></p></form>`);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answered) => {
    dialog.addEventListener("close", () => answered(dialog.returnValue || null), { once: true });
  });
}
