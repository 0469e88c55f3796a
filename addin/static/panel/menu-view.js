// @ts-check
// The quieter deeds of the pane. What ends or erases something first says what it will do.
import { pushButton } from "../elements/push-button.js";
import { html } from "../lib/html.js";
import { isUndone } from "../lib/standing.js";
import { mailSentence } from "../lib/standing-words.js";

const CONFIRMATIONS = /** @type {Record<string, any>} */ ({
  unlink: {
    ending: "?",
    text: "Meeting and activity both stay as they are; later changes are no longer carried over. Nobody is mailed. Only a person can link them again.",
    yes: "Unlink",
    does: "unlink-requested",
  },
  retract: {
    ending: " from the CRM?",
    text: "Ends the link and erases what the CRM took from the meeting, in the activity and in the log. The meeting in Outlook stays. Nobody is mailed. This cannot be undone.",
    yes: "Retract",
    does: "retract-requested",
  },
  sync: {
    ending: "?",
    text: "A run was undone and the link rests since. Syncing has it follow the meeting again, and what changed on either side since is carried over.",
    yes: "Sync",
    does: "sync-requested",
    mails: true,
  },
});

/** @param {any} state */
export function menuView({ view, item }) {
  const link = view?.link;
  const isOpen = link && link.state !== "ended";
  return html`<fluent-menu class="menu" data-key="menu">
    <fluent-button role="button" slot="trigger" id="menu-button" appearance="subtle" icon-only aria-label="More actions"><span aria-hidden="true" class="dots">⋯</span></fluent-button>
    <fluent-menu-list role="menu">
      ${isOpen ? entry(isUndone(link) ? "Sync now…" : "Sync now", isUndone(link) ? "sync-asked" : "sync-requested") : ""}
      ${isOpen && view.activity && item?.mode === "compose" ? entry("Insert link to the activity", "insert-requested") : ""}
      ${isOpen ? entry("Unlink…", "unlink-asked") : ""}
      ${isOpen ? entry("Retract from the CRM…", "retract-asked") : ""}
      ${entry("My meetings", "meetings-requested")}
      ${entry("Reload this pane", "refresh-requested")}
      ${entry("Diagnostics", "diagnostics-asked")}
    </fluent-menu-list>
  </fluent-menu>`;
}

function entry(label, does) {
  return html`<fluent-menu-item role="menuitem" data-do="${does}" data-key="menu-${does}">${label}</fluent-menu-item>`;
}

const COVERED = /** @type {Record<string, string>} */ ({ series: "the whole series", occurrence: "this occurrence" });

/** @param {any} state */
export function confirmView({ confirm, doing, view, mails }) {
  if (!confirm) return "";
  const { ending, text, yes, does, mails: counts } = CONFIRMATIONS[confirm];
  const title = `${yes} ${COVERED[view.link?.scope] ?? "this meeting"}${ending}`;
  return html`<section class="confirm" role="alertdialog" aria-labelledby="confirm-title" aria-describedby="confirm-text" data-key="confirm">
    <h3 id="confirm-title">${title}</h3><p id="confirm-text">${text}${counts ? ` ${mailSentence(mails)}` : ""}</p>
    <p class="ways">${pushButton(yes, { does, busy: doing?.name === confirm, key: "confirm-yes" })}
    ${pushButton("Keep it", { does: "confirm-left", look: "subtle", key: "confirm-no" })}</p></section>`;
}
