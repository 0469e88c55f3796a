// @ts-check
// What the console and the CRM pages have in common: host -> state -> view, list keys, and Escape.
import { CopyText } from "../elements/copy-text.js";
import { announce } from "./announce.js";
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
 *   moveFocus: (root: Element, state: any, before: any) => void, leave: (store: any) => void}} page
 *   `choose` says what its address asks for, `leave` what Escape leaves
 */
export function openPage({ reduce, initial, view, createReading, createDoings, choose, moveFocus, leave }) {
  const root = /** @type {Element} */ (document.getElementById("page"));
  const store = createStore(reduce, initial);
  const session = createSession({ inOutlook: false, dispatch: store.dispatch });
  const reading = createReading({ store, session });

  async function start() {
    choose(store.dispatch);
    await session.start();
    session.host?.onTheme(applyTheme);
    if (store.state.phase === "ready") await reading.page();
  }

  customElements.define("copy-text", CopyText);
  store.watch((state, before) => {
    render(root, view(state, new Date()));
    if (state.notice && state.notice !== before.notice) announce(state.notice);
    showRefusal(root, state, before);
    moveFocus(root, state, before);
  });
  listen(root, createDoings({ store, session, reading, start }));
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

/** What the address asks for of these filters. @param {Record<string, any>} known */
export const askedFilters = (known) =>
  Object.fromEntries([...new URLSearchParams(location.search)].filter(([name]) => name in known));
