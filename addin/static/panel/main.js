// @ts-check
// Starts the pane: host -> state -> view. Elements are registered here, visibly.
import { CopyText } from "../elements/copy-text.js";
import { announce } from "../lib/announce.js";
import { isBusy, showWaiting } from "../lib/deeds.js";
import { listen } from "../lib/doings.js";
import { listenToListKeys } from "../lib/list-keys.js";
import { render } from "../lib/render.js";
import { createSession } from "../lib/session.js";
import { createStore } from "../lib/store.js";
import { applyTheme } from "../lib/theme.js";
import { createDoings } from "./doings.js";
import { createReading } from "./reading.js";
import { initial, reduce } from "./state.js";
import { panelView } from "./view.js";

const root = /** @type {Element} */ (document.getElementById("pane"));
const store = createStore(reduce, initial);
const session = createSession({ inOutlook: true, dispatch: store.dispatch, meet });
const reading = createReading({ store, session });
const doings = createDoings({ store, session, read: reading.read, start });
const paint = () => {
  render(root, panelView(store.state, new Date()));
  showWaiting(root, doings, store.state);
};

customElements.define("copy-text", CopyText);
store.watch((state, before) => {
  paint();
  if (state.notice && state.notice !== before.notice) announce(state.notice);
  moveFocus(state, before);
});
listen(root, doings, () => isBusy(store.state));
listenToListKeys({ search: "#search", entries: ".cards fluent-button" });
document.addEventListener("keydown", leaveByEscape);
// What is not linked is read again only when somebody looks at it; linked meetings are followed anyway.
window.addEventListener("focus", () => {
  const { stage, view } = store.state;
  if (stage === "shown" && (!view.link || view.link.state === "ended")) reading.read();
});
paint();
start();
// After the first paint: the buttons look and stand the same before Fluent takes them over.
import("../vendor/fluent.js");

async function start() {
  if (await session.start()) await reading.read();
}

function meet(/** @type {any} */ host) {
  host.onTheme(applyTheme);
  host.onItem((/** @type {any} */ item) => {
    store.dispatch({ type: "item-opened", item });
    reading.read();
  });
}

/** Focus follows a question that was asked, and comes back to the menu that asked it. */
function moveFocus(state, before) {
  if (state.confirm && !before.confirm) focusOn("[data-key=confirm-no]");
  if (state.asking && state.asking !== before.asking) focusOn("#ask-title");
  if (!state.asking && before.asking) focusOn(askerOf(before.asking), "#menu-button");
  if (state.apart && !before.apart) focusOn("#search");
  if (!state.apart && before.apart) focusOn("[data-key=apart]", "#menu-button");
  if (!state.confirm && before.confirm) focusOn("#menu-button");
  if (state.matching && !before.matching) focusOn("#match-search");
  if (state.matching?.form && !before.matching?.form) focusOn("#match-given");
  if (!state.matching?.form && before.matching?.form) focusOn("[data-key=match-new]");
  if (!state.matching && before.matching) focusOn(`[data-key="match-${before.matching.address}"]`, "#people");
  if (state.diagnostics && !before.diagnostics) focusOn("#diagnostics");
  if (!state.diagnostics && before.diagnostics) focusOn("#menu-button");
}

/** The button that was pressed before the question. @param {{name: string, activity: string|null}} asking */
function askerOf({ name, activity }) {
  return name === "create" ? "[data-key=create]" : `[data-key="activity-${activity}"] fluent-button`;
}

/** On the first of these that is there. @param {...string} selectors */
function focusOn(...selectors) {
  const element = selectors.map((selector) => root.querySelector(selector)).find(Boolean);
  if (element instanceof HTMLElement) element.focus();
}

function leaveByEscape(event) {
  if (event.key !== "Escape") return;
  if (store.state.confirm) store.dispatch({ type: "confirm-left" });
  else if (store.state.asking) store.dispatch({ type: "scope-left" });
  else if (store.state.matching) store.dispatch({ type: "match-left" });
  else if (store.state.apart) store.dispatch({ type: "apart-left" });
  else if (store.state.diagnostics) store.dispatch({ type: "diagnostics-closed" });
}
