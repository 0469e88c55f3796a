// @ts-check
// Reads the meeting, looks again where Outlook is late, and follows the linked activity while the pane is visible.
import { pollActivity, readActivity } from "../api/activities.js";
import { readDecisions, readMeeting } from "../api/panel.js";
import { follow, isNews } from "../lib/follow.js";
import { attempt } from "../lib/session.js";
import { isAwaited, secondsUntilNextLook } from "./state.js";

const MOST_LOOKS = 10;

/** @param {{store: any, session: any}} options */
export function createReading({ store, session }) {
  let latest = 0;
  let timer = /** @type {any} */ (0);
  let followed = /** @type {string|null} */ (null);
  let unfollow = () => {};
  // How often a meeting was looked at that the next run links by itself.
  let looks = { of: -1, count: 0 };

  /** @param {string} [notice] said when the answer is there */
  async function read(notice) {
    clearTimeout(timer);
    const { item, serial: of, phase } = store.state;
    if (phase !== "ready" || !item?.saved) return;
    const mine = ++latest;
    // Answers may overtake each other; only the one to the last question counts.
    const tell = (/** @type {any} */ happening) => mine === latest && store.dispatch({ ...happening, of });
    tell({ type: "meeting-asked" });
    const view = await attempt(
      session,
      () => readMeeting(session.client, item),
      (problem) => tell({ type: "meeting-failed", problem }),
    );
    if (view) tell({ type: "meeting-arrived", view, notice });
    if (mine !== latest) return;
    if (store.state.stage === "waiting-for-outlook" && store.state.serial === of) {
      timer = setTimeout(() => read(), secondsUntilNextLook(store.state.attempts) * 1000);
    }
    looks = { of, count: looks.of === of ? looks.count + 1 : 1 };
    if (isAwaited(store.state) && looks.count <= MOST_LOOKS) timer = setTimeout(() => read(), secondsUntilNextLook(looks.count) * 1000);
    if (store.state.stage === "gone") await tellOfGone(of);
    followActivity();
  }

  /** Outlook says no more about it, but the CRM still knows what became of the activity, and why. */
  async function tellOfGone(of) {
    const { link, activity } = store.state.view;
    if (!link) return;
    const [decisions, latest] = await Promise.all([
      readDecisions(session.client, link.id).then(
        (answer) => answer.items,
        () => store.state.view.decisions,
      ),
      activity && readActivity(session.client, activity.id).catch(() => activity),
    ]);
    store.dispatch({ type: "gone-told", of, activity: latest, decisions });
  }

  function followActivity() {
    const { view, stage } = store.state;
    const id = stage !== "gone" && view?.link && view.link.state !== "ended" && view.activity ? view.activity.id : null;
    if (id === followed) return;
    unfollow();
    followed = id;
    unfollow = id ? follow({ poll: (etag) => pollActivity(session.client, id, etag), changed }) : () => {};
  }

  function changed(activity, isFirst) {
    if (isFirst && !isNews(store.state.view?.activity, activity)) return;
    read("The activity changed.");
  }

  return { read };
}
