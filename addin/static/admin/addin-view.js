// @ts-check
// How the pane comes into everybody's Outlook: the manifest, where it is given, and where people find the button.
import { ROOT } from "../api/client.js";
import { pageAddress } from "../lib/addresses.js";
import { html } from "../lib/html.js";

const MANIFEST = `${ROOT}/manifest.xml`;

/** @param {any} state */
export function addinView({ settings }) {
  return html`<div class="page-head"><h1>Add-in</h1>
      <a class="button-link" href="${MANIFEST}?download" download="manifest.xml">Download the manifest</a></div>
    ${MANIFEST.startsWith("https:") ? "" : insecure()}
    <div class="letter-part">
    <p>The manifest tells Outlook where the pane is. Its address is <copy-text>${MANIFEST}</copy-text>.</p>
    <h2>For everybody, or for a group</h2>
    <ol><li>In the Microsoft 365 admin center open Settings, then Integrated apps.</li>
      <li>Choose Upload custom apps, and give the file or the address.</li>
      <li>Choose who gets it, and consent to what it asks for.</li></ol>
    <p class="quiet">It may take a day until the button appears. A new version of Liaison needs no new manifest.</p>
    <h2>For one person, as a try</h2>
    <ol><li>Download the manifest, and open <a href="https://aka.ms/olksideload" target="_blank" rel="noopener">aka.ms/olksideload</a>.</li>
      <li>Choose My add-ins, Custom, Add from file.</li></ol>
    <h2>Where people find it</h2>
    <p>In the ribbon of an opened meeting, or under Apps; the <a href="${pageAddress("/support")}">support page</a> says more.</p>
    <h2>This installation</h2>
    <dl class="facts">${facts(settings).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value || "not configured"}</dd></div>`)}</dl></div>`;
}

const insecure = () =>
  html`<div class="notice-box page-note" role="note"><p>This server is reached without https, so Outlook does not take its manifest. It can be looked at here; for use set LIAISON_PUBLIC_URL to an https address.</p></div>`;

const facts = (/** @type {any} */ settings) => [
  ["Version", settings?.version],
  ["Tenant", settings?.tenantId],
  ["Application", settings?.clientId],
];
