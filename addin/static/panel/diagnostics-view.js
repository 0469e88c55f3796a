// @ts-check
// What support asks for: versions, the host's facts and the trace ids of the last requests.
import { pushButton } from "../elements/push-button.js";
import { formatTime } from "../lib/dates.js";
import { html } from "../lib/html.js";

/** @param {any} state @param {{zone: string}} setting */
export function diagnosticsView({ diagnostics }, { zone }) {
  const { facts, trail } = diagnostics;
  return html`<section class="page" aria-labelledby="diagnostics"><h2 id="diagnostics" tabindex="-1">Diagnostics</h2>
    <p class="quiet">Nothing here shows what the meeting is about. Copy it into a message to support.</p>
    <dl class="facts">${Object.entries(facts).map(([name, value]) => html`<div><dt>${name}</dt>
      <dd>${value === null ? "none" : value === false ? "no" : value === true ? "yes" : value}</dd></div>`)}</dl>
    <h3>Last requests</h3>
    <ul class="trail">${trail.map((one) => html`<li><span>${formatTime(one.at, zone)} ${one.method} ${one.path}</span> <span class="code">${one.status || "no answer"} ${one.traceId ? html`<copy-text>${one.traceId}</copy-text>` : ""}</span></li>`)}</ul>
    <p class="ways"><copy-text class="copy-all" text="${asText(diagnostics)}">Copy all</copy-text> ${pushButton("Back", { does: "diagnostics-closed", look: "primary" })}</p>
  </section>`;
}

/** @param {{facts: Record<string, unknown>, trail: any[]}} diagnostics */
function asText({ facts, trail }) {
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${value}`);
  const requests = trail.map((one) => `${one.at} ${one.method} ${one.path} ${one.status} ${one.traceId ?? ""}`.trim());
  return [...lines, ...requests].join("\n");
}
