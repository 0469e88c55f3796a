// @ts-check
// Starts the console: host -> state -> view.
import { CopyText } from "../elements/copy-text.js";
import { announce } from "../lib/announce.js";
import { listen } from "../lib/doings.js";
import { listenToListKeys } from "../lib/list-keys.js";
import { showRefusal } from "../lib/refusal.js";
import { render } from "../lib/render.js";
import { createSession } from "../lib/session.js";
import { createStore } from "../lib/store.js";
import { applyTheme } from "../lib/theme.js";
import { createDoings, createReading } from "./doings.js";
import { leaveQuestion, moveFocus } from "./focus.js";
import { adminView } from "./shell-view.js";
import { initial, reduce } from "./state.js";

const root = /** @type {Element} */ (document.getElementById("page"));
const store = createStore(reduce, initial);
const session = createSession({ inOutlook: false, dispatch: store.dispatch });
const reading = createReading({ store, session });

customElements.define("copy-text", CopyText);
store.watch((state, before) => {
  render(root, adminView(state, new Date()));
  if (state.notice && state.notice !== before.notice) announce(state.notice);
  showRefusal(root, state, before);
  moveFocus(root, state, before);
});
listen(root, createDoings({ store, session, reading, start }));
listenToListKeys({ search: "#search", entries: ".row-link" });
document.addEventListener("keydown", (event) => event.key === "Escape" && leaveQuestion(store));
start();
import("../vendor/fluent.js");

async function start() {
  const asked = new URLSearchParams(location.search);
  const filters = Object.fromEntries([...asked].filter(([name]) => name in initial.filters));
  store.dispatch({ type: "view-chosen", view: asked.get("view"), filters });
  store.dispatch({ type: "run-chosen", id: asked.get("run") });
  await session.start();
  session.host?.onTheme(applyTheme);
  if (store.state.phase === "ready") await reading.page();
}
