// @ts-check
// Why an activity is marked for editing, and how each mark is settled where it stands.
import { matchBox } from "../elements/match-box.js";
import { pushButton } from "../elements/push-button.js";
import { html } from "../lib/html.js";
import { isInCharge, markSentence, mayBeSetAside } from "../lib/match-state.js";

/** @param {any} activity @param {any} state @param {Date} now */
export function marksOf(activity, state, now) {
  return html`<ul class="marks" aria-label="Why it is marked">${(activity.review ?? []).map((mark) => markLine(mark, activity, state, now))}</ul>`;
}

function markLine(mark, activity, state, now) {
  const { matching, doing, me } = state;
  const isOpen = matching?.activityId === activity.id && matching.address === mark.address;
  const may = isInCharge(activity, me);
  return html`<li data-key="mark-${activity.id}-${mark.address ?? mark.reason}"><p>${markSentence(mark)}</p>
    ${may && !isOpen ? html`<p class="ways">${mayBeMatched(mark) ? match(mark, activity) : ""}${mayBeSetAside(mark, activity, now) ? aside(mark, activity, doing) : ""}</p>` : ""}
    ${may ? "" : html`<p class="quiet">${activity.owner?.name || "Its owner"} settles this.</p>`}
    ${isOpen ? matchBox(state, doing) : ""}</li>`;
}

/** A mark names a person by address; somebody without one is marked by name and cannot be remembered. */
const mayBeMatched = ({ address }) => address?.includes("@");

function match({ address, reason }, activity) {
  const named = (activity.participants ?? []).find((one) => one.address === address);
  return pushButton("Match…", {
    does: "match-asked",
    small: true,
    title: `Match ${address}`,
    key: `match-${activity.id}-${address}`,
    values: {
      activity: activity.id,
      address,
      name: named?.name && named.name !== address ? named.name : "",
      ambiguous: reason === "participants-ambiguous" ? "yes" : "",
      marked: "yes",
    },
  });
}

function aside({ address, reason }, activity, doing) {
  return pushButton("Set aside", {
    does: "mark-set-aside",
    small: true,
    look: "subtle",
    title: `Set aside: ${markSentence({ address, reason })}`,
    busy: doing === `match-aside-${address ?? reason}`,
    values: { activity: activity.id, ...(address ? { address } : { reason }) },
  });
}
