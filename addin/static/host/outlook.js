// @ts-check
// Outlook's side of the pane: the only file that says Office.*
/* global Office */
import { ROOT } from "../api/client.js";
import { HostFailure } from "./errors.js";
import { loadScript } from "./load-script.js";
import { asked, readItem, sameItem } from "./outlook-item.js";
import { loadMsal, outlookSignIn } from "./sign-in.js";

const BLOCKED =
  "Outlook's own script could not be loaded from Microsoft. Your network or an extension may block appsforoffice.microsoft.com; ask your administrator to allow it.";
const SILENT = "Outlook did not answer. Close this pane and open it again.";
const LOOK_EVERY = 2000;

/** @param {{settings: any, patience?: number}} options */
export async function connectOutlook({ settings, patience = 8000 }) {
  const host = await loadOffice(settings.officeJs, patience);
  if (host !== "Outlook" || !Office.context?.mailbox) {
    throw new HostFailure("This page belongs beside a meeting in Outlook. Open a meeting and choose Liaison there.");
  }
  const { mailbox } = Office.context;
  const abilities = { canReadId: supports("1.8") };
  const current = () => readItem(mailbox.item, abilities);
  return {
    kind: "outlook",
    person: personOf(mailbox.userProfile),
    onItem: (/** @type {(item: any) => void} */ tell) => watchItem(mailbox, current, tell),
    onTheme: (/** @type {(theme: any) => void} */ tell) => watchTheme(mailbox, tell),
    getToken: outlookSignIn({ settings, nested: () => nestedApplication(settings), dialog: signInByDialog }),
    insertText: ({ text, href }) => insertLink(mailbox.item, text, href),
    facts: async () => facts(mailbox, abilities),
  };
}

/** Office's script takes the history functions away; msal and the page's own links need them. */
async function loadOffice(address, patience) {
  const { pushState, replaceState } = history;
  await loadScript(address, { patience, sentence: BLOCKED });
  Object.assign(history, { pushState, replaceState });
  const late = new Promise((_, reject) => setTimeout(() => reject(new HostFailure(SILENT)), patience));
  const { host } = await Promise.race([Office.onReady(), late]);
  return host;
}

/** @param {string} version @param {string} [set] */
function supports(version, set = "Mailbox") {
  return Boolean(Office.context.requirements?.isSetSupported(set, version));
}

function personOf(profile) {
  return { name: profile.displayName, address: profile.emailAddress, timeZone: profile.timeZone };
}

/** Tells which meeting is open, now and whenever that changes, and looks again while it is unsaved. */
function watchItem(mailbox, current, tell) {
  let last = /** @type {any} */ (undefined);
  let [asked, answered] = [0, 0];
  const look = async () => {
    const mine = ++asked;
    const item = await current().catch(() => last ?? null);
    // Outlook may answer late of a meeting that was left.
    if (mine !== asked) return;
    answered = mine;
    if (last === undefined || !sameItem(item, last)) tell(item);
    last = item;
  };
  look();
  mailbox.addHandlerAsync?.(Office.EventType.ItemChanged, look);
  setInterval(() => {
    // Outlook has no event for "saved": asking for the id is the only way to notice.
    if (asked === answered && last && !last.saved && !document.hidden) look();
  }, LOOK_EVERY);
}

/** Office's own colours exist from Mailbox 1.14 on; before that the system's preference is used. */
function watchTheme(mailbox, tell) {
  const say = () => tell(themeOf(Office.context.officeTheme));
  say();
  if (supports("1.14")) mailbox.addHandlerAsync?.(Office.EventType.OfficeThemeChanged, say);
}

function themeOf(theme) {
  if (!theme?.bodyBackgroundColor) return null;
  const { bodyBackgroundColor: background, bodyForegroundColor: foreground, isDarkTheme } = theme;
  return { background, foreground, dark: isDarkTheme };
}

async function nestedApplication(settings) {
  if (!supports("1.1", "NestedAppAuth")) throw new HostFailure("Nested sign-in is not supported here.");
  return loadMsal(settings, { nested: true });
}

/** A window of our own origin that signs in and tells the token. @param {string|null} claims @returns {Promise<string>} */
function signInByDialog(claims) {
  const address = `${ROOT}/panel/dialog${claims ? `?${new URLSearchParams({ claims })}` : ""}`;
  return new Promise((resolve, reject) => {
    Office.context.ui.displayDialogAsync(address, { height: 60, width: 30 }, (opened) => {
      if (opened.status !== "succeeded") {
        reject(new HostFailure("The sign-in window could not be opened. Allow pop-ups for Outlook and try again."));
        return;
      }
      const dialog = opened.value;
      dialog.addEventHandler(Office.EventType.DialogMessageReceived, ({ message }) => {
        dialog.close();
        const answer = JSON.parse(message);
        if (answer.token) resolve(answer.token);
        else reject(new HostFailure(answer.sentence));
      });
      dialog.addEventHandler(Office.EventType.DialogEventReceived, () => {
        reject(new HostFailure("The sign-in window was closed before it was finished. Try again."));
      });
    });
  });
}

/** Called by the dialog's page: gives its answer to the pane that opened it. */
export async function tellPane(settings, answer) {
  await loadOffice(settings.officeJs, 8000);
  Office.context.ui.messageParent(JSON.stringify(answer));
}

async function insertLink(item, text, href) {
  if (typeof item?.body?.setSelectedDataAsync !== "function") {
    throw new HostFailure("Open the meeting for editing first; a meeting that is only read cannot take the link.");
  }
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  await asked((done) => item.body.setSelectedDataAsync(anchor.outerHTML, { coercionType: "html" }, done));
}

function facts(mailbox, abilities) {
  const sets = ["1.16", "1.14", "1.9", "1.8", "1.5"].find((version) => supports(version)) ?? "below 1.5";
  return {
    host: "Outlook",
    platform: Office.context.platform ?? Office.context.diagnostics?.platform ?? "unknown",
    version: mailbox.diagnostics?.hostVersion ?? "unknown",
    mailboxSet: sets,
    nestedAppAuth: supports("1.1", "NestedAppAuth"),
    readsIds: abilities.canReadId,
    timeZone: mailbox.userProfile.timeZone,
  };
}
