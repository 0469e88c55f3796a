// @ts-check
// Starts the CRM pages: host -> state -> view.
import { CopyText } from "../elements/copy-text.js";
import { announce } from "../lib/announce.js";
import { listen } from "../lib/doings.js";
import { listenToListKeys } from "../lib/list-keys.js";
import { showRefusal } from "../lib/refusal.js";
import { render } from "../lib/render.js";
import { createSession } from "../lib/session.js";
import { createStore } from "../lib/store.js";
import { applyTheme } from "../lib/theme.js";
import { createDoings } from "./doings.js";
import { createReading } from "./reading.js";
import { crmView } from "./shell-view.js";
import { initial, reduce, routeOf } from "./state.js";

const root = /** @type {Element} */ (document.getElementById("page"));
const store = createStore(reduce, initial);
const session = createSession({ inOutlook: false, dispatch: store.dispatch });
const reading = createReading({ store, session });

customElements.define("copy-text", CopyText);
store.watch((state, before) => {
  render(root, crmView(state, new Date()));
  if (state.notice && state.notice !== before.notice) announce(state.notice);
  showRefusal(root, state, before);
  if (state.page.confirm && !before.page.confirm)
    /** @type {any} */ (root.querySelector("[data-key=confirm-no]"))?.focus();
  moveMatchFocus(state, before);
  if (state.form && state.form !== before.form) /** @type {any} */ (root.querySelector("form.confirm input"))?.focus();
});
listen(root, createDoings({ store, session, reading, start }));
listenToListKeys({ search: "#search", entries: ".row-link" });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (store.state.matching) store.dispatch({ type: "match-left" });
  else if (store.state.page.confirm) store.dispatch({ type: "confirm-left" });
  else if (store.state.form) store.dispatch({ type: "form-closed" });
});
start();
import("../vendor/fluent.js");

/** Focus follows the question who somebody is, and comes back to the button that asked it. */
function moveMatchFocus({ matching }, { matching: before }) {
  if (matching === before) return;
  if (!matching) focusOn(`[data-key="match-${before.activityId}-${before.address}"]`, "#main");
  else if (!before) focusOn("#match-search");
  else if (matching.form && !before.form) focusOn("#match-given");
  else if (!matching.form && before.form) focusOn("[data-key=match-new]");
}

/** On the first of these that is there. @param {...string} selectors */
function focusOn(...selectors) {
  const element = selectors.map((selector) => root.querySelector(selector)).find(Boolean);
  if (element instanceof HTMLElement) element.focus();
}

async function start() {
  const filters = Object.fromEntries(
    [...new URLSearchParams(location.search)].filter(([name]) => name in initial.filters),
  );
  store.dispatch({ type: "route-chosen", route: routeOf(location.pathname, location.search), filters });
  const isSignedIn = await session.start();
  session.host?.onTheme(applyTheme);
  if (isSignedIn) await reading.page();
}
