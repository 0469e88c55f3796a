// @ts-check
// What the console and the CRM pages have in common: host -> state -> view, list keys, and Escape.
import { CopyText } from "../elements/copy-text.js";
import { announce } from "./announce.js";
import { isBusy, showWaiting } from "./deeds.js";
import { listen } from "./doings.js";
import { listenToListKeys } from "./list-keys.js";
import { showRefusal } from "./refusal.js";
import { render } from "./render.js";
import { createSession } from "./session.js";
import { createStore } from "./store.js";
import { applyTheme } from "./theme.js";

/**
 * @param {{reduce: any, initial: any, view: (state: any, now: Date) => any, createReading: (setting: any) => any,
 *   createDoings: (setting: any) => any, choose: (dispatch: (happening: any) => void) => void,
 *   moveFocus: (root: Element, state: any, before: any) => void, leave: (store: any) => void, isUnsaved: (state: any) => boolean}} page
 *   `choose` says what its address asks for, `leave` what Escape leaves; who goes while something `isUnsaved` is asked
 */
export function openPage({ reduce, initial, view, createReading, createDoings, choose, moveFocus, leave, isUnsaved }) {
  const root = /** @type {Element} */ (document.getElementById("page"));
  const store = createStore(reduce, initial);
  const meet = (/** @type {any} */ host) => host.onTheme(applyTheme);
  const session = createSession({ inOutlook: false, dispatch: store.dispatch, meet });
  const reading = createReading({ store, session });
  const doings = createDoings({ store, session, reading, start });

  async function start() {
    choose(store.dispatch);
    await session.start();
    if (store.state.phase === "ready") await reading.page();
  }

  customElements.define("copy-text", CopyText);
  store.watch((state, before) => {
    const isHeld = root.contains(document.activeElement);
    render(root, view(state, new Date()));
    showWaiting(root, doings, state);
    if (state.notice && state.notice !== before.notice) announce(state.notice, { isSeen: true });
    showRefusal(root, state, before);
    moveFocus(root, state, before);
    if (isHeld) keepFocus(root);
    if (state.filters !== before.filters) keepInAddress(state.filters, initial.filters);
  });
  addEventListener("beforeunload", (event) => isUnsaved(store.state) && event.preventDefault());
  listen(root, doings, () => isBusy(store.state));
  listenToListKeys({ search: "#search", entries: ".row-link" });
  document.addEventListener("keydown", (event) => event.key === "Escape" && leave(store));
  start();
  import("../vendor/fluent.js");
}

/** On the first of these that is there. @param {Element} root @param {...string} selectors */
export function focusOn(root, ...selectors) {
  const element = selectors.map((selector) => root.querySelector(selector)).find(Boolean);
  if (element instanceof HTMLElement) element.focus();
}

/** A button that is gone after it was pressed leaves the keyboard where the page begins, not before its menus. @param {Element} root */
function keepFocus(root) {
  if (root.contains(document.activeElement)) return;
  const main = root.querySelector("main");
  if (main instanceof HTMLElement) main.focus({ preventScroll: true });
}

/** Back, reload and a copied address show the list as it was filtered. @param {Record<string, any>} filters @param {Record<string, any>} known */
function keepInAddress(filters, known) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(filters)) {
    if (value === known[name]) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  }
  history.replaceState(history.state, "", address);
}

/** What the address asks for of these filters. @param {Record<string, any>} known */
export const askedFilters = (known) =>
  Object.fromEntries([...new URLSearchParams(location.search)].filter(([name]) => name in known));
