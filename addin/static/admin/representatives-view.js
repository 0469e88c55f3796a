// @ts-check
// Our people: import them, switch their sync on or off, and see whether their mailbox can be read.
import { dataTable, twoLines } from "../elements/data-table.js";
import { pushButton } from "../elements/push-button.js";
import { icon } from "../elements/status-line.js";
import { flag, html } from "../lib/html.js";
import { partView } from "./part-view.js";

/** @param {any} state */
export function representativesView(state) {
  return html`<div class="page-head"><h1>Representatives</h1></div>
    <form class="filters" data-submit="import-requested" data-key="import">
      <input name="addresses" aria-label="Addresses to import" placeholder="ann@example.com, bo@example.com" autocomplete="off" />
      ${pushButton("Import", { submit: true, look: "primary", busy: state.doing === "import" })}
      ${pushButton("Import everybody with a mailbox", { does: "everybody-imported", look: "subtle", busy: state.doing === "import-all" })}
    </form>
    ${partView(state.parts.representatives, "representatives", ({ items, next }) => html`${table(items, state)}
      ${next ? html`<p class="more">${pushButton("Show more", { does: "people-continued", busy: state.doing === "representatives-more" })}</p>` : ""}`)}`;
}

function table(items, state) {
  if (!items.length)
    return html`<p class="empty">Nobody is imported yet. Import people by their addresses; nothing of theirs is read before you activate them.</p>`;
  return dataTable({ label: "Representatives", columns: COLUMNS, rows: items.map((one) => row(one, state)) });
}

/** @type {import("../elements/data-table.js").Column[]} */
const COLUMNS = [
  { title: "Name" },
  { title: "Mailbox", said: true },
  { title: "Sync", said: true },
  { title: "Permissions", isBlock: true },
  { title: "Actions", isUnsaid: true, isBlock: true },
];

const PERMISSIONS = [
  ["EXCHANGE_SYNC_USER", "may be synced"],
  ["PLAN_FOR_OTHERS", "may plan for others"],
];

function permissions({ id, name, permissions: held = [] }, doing) {
  const isBusy = (/** @type {string} */ permission) => doing === `permission-${id}-${permission}`;
  return html`<div class="ways" role="group" aria-label="Permissions of ${name}">${PERMISSIONS.map(
    ([permission, words]) =>
      html`<label class="check" title="${permission}"><input type="checkbox" data-choose="permission-chosen" data-id="${id}" data-permission="${permission}" ${flag("checked", held.includes(permission))} ${isBusy(permission) ? html`aria-busy="true"` : ""} /> ${words}${isBusy(permission) ? html` <span class="working" aria-hidden="true"></span>` : ""}</label>`,
  )}</div>`;
}

function row(one, { doing, tests }) {
  const test = tests[one.id];
  const label = one.syncActive ? "Deactivate" : "Activate";
  const ways = html`<p class="ways">${pushButton(label, { does: "sync-switched", small: true, title: `${label} ${one.name}`, values: { id: one.id }, busy: doing === `sync-${one.id}` })}
      ${pushButton("Test", { does: "test-requested", small: true, look: "subtle", title: `Test the mailbox of ${one.name}`, values: { id: one.id }, busy: doing === `test-${one.id}` })}</p>
      ${test ? html`<p class="quiet test">${icon(test.ok ? "good" : "bad")} ${test.sentence}</p>` : ""}`;
  const cells = [
    twoLines(one.name, one.address),
    one.mailbox ? "yes" : "none",
    one.syncActive ? "active" : "not active",
    permissions(one, doing),
    ways,
  ];
  return { key: `person-${one.id}`, cells };
}
