// @ts-check
// Our people: import them, switch their sync on or off, and see whether their mailbox can be read.
import { pushButton } from "../elements/push-button.js";
import { icon } from "../elements/status-line.js";
import { html } from "../lib/html.js";
import { partView } from "./overview-view.js";

/** @param {any} state */
export function representativesView(state) {
  return html`<div class="page-head"><h1>Representatives</h1></div>
    <form class="filters" data-submit="import-requested" data-key="import">
      <input name="addresses" aria-label="Addresses to import" placeholder="ann@example.com, bo@example.com" autocomplete="off" />
      ${pushButton("Import", { submit: true, look: "primary", busy: state.doing === "import" })}
      ${pushButton("Import everybody with a mailbox", { does: "everybody-imported", look: "subtle", disabled: Boolean(state.doing) })}
    </form>
    ${partView(state.parts.representatives, "representatives", (value) => table(value.items, state))}`;
}

function table(items, state) {
  if (!items.length)
    return html`<p class="empty">Nobody is imported yet. Import people by their addresses; nothing of theirs is read before you activate them.</p>`;
  return html`<div class="table-place"><table class="rows" aria-label="Representatives"><thead><tr>
    <th scope="col">Name</th><th scope="col">Address</th><th scope="col">Mailbox</th><th scope="col">Sync</th>
      <th scope="col">Permissions</th><th scope="col"><span class="only-read">Actions</span></th></tr></thead>
    <tbody>${items.map((one) => row(one, state))}</tbody></table></div>`;
}

function row(one, { doing, tests }) {
  const test = tests[one.id];
  const label = one.syncActive ? "Deactivate" : "Activate";
  return html`<tr data-key="person-${one.id}"><td>${one.name}</td><td>${one.address}</td>
    <td>${one.mailbox ? "yes" : "none"}</td>
    <td>${one.syncActive ? "active" : "not active"}</td><td>${(one.permissions ?? []).join(", ") || "–"}</td>
    <td><p class="ways">${pushButton(label, { does: "sync-switched", small: true, title: `${label} ${one.name}`, values: { id: one.id }, busy: doing === `sync-${one.id}` })}
      ${pushButton("Test", { does: "test-requested", small: true, look: "subtle", title: `Test the mailbox of ${one.name}`, values: { id: one.id }, busy: doing === `test-${one.id}` })}</p>
      ${test ? html`<p class="quiet test">${icon(test.ok ? "good" : "bad")} ${test.sentence}</p>` : ""}</td></tr>`;
}
