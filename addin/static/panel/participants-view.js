// @ts-check
// Who takes part, what they answered, and whom the CRM takes them for; who is not known is matched in place.
import { matchBox } from "../elements/match-box.js";
import { pushButton } from "../elements/push-button.js";
import { html } from "../lib/html.js";
import { isInCharge } from "../lib/match-state.js";
import { matchOf, responseOf } from "../lib/sentences.js";

/** @param {any} state */
export function participantsView(state) {
  const people = state.view.participants ?? [];
  return html`<section aria-labelledby="people">
    <h3 id="people">People${people.length ? html` <span class="count">${people.length}</span>` : ""}</h3>
    ${people.length ? html`<ul class="people">
      ${people.map((one) => person(one, state))}</ul>` : html`<p class="quiet">Nobody else is invited. Who is added in Outlook appears here.</p>`}
  </section>`;
}

function person(participant, state) {
  const match = matchOf(participant);
  const { address } = participant;
  const name = participant.name || address || "(no address)";
  const facts = [responseOf(participant), participant.role === "optional" ? "optional" : ""].filter(Boolean).join(", ");
  const isOpen = state.matching && state.matching.address === address;
  const offers = mayMatch(participant, state);
  const said = html`<span class="person-match" data-tone="${match.tone}">${match.text}</span>`;
  return html`<li data-key="person-${address}">
    <div class="person-line"><div class="person-words"><p class="clip" title="${address}">${name}</p>
    ${facts ? html`<p class="quiet">${facts}</p>` : ""}${offers ? said : ""}</div>
    ${offers ? "" : said}
    ${offers && !isOpen ? matchButton(participant, state.view.activity) : ""}</div>
    ${isOpen ? matchBox(state, state.doing?.name) : ""}
  </li>`;
}

/** Only who owns or organizes the activity says who somebody is; somebody without an address cannot be remembered. */
function mayMatch({ address, match }, { view: { link, activity }, me }) {
  const isDoubtful = ["unknown", "ambiguous"].includes(match?.kind);
  return isDoubtful && address && link && link.state !== "ended" && activity && isInCharge(activity, me);
}

function matchButton({ address, name, match }, activity) {
  const isMarked = (activity.review ?? []).some((mark) => mark.address === address.toLowerCase());
  return pushButton("Match", {
    does: "match-asked",
    small: true,
    title: `Match ${address}`,
    key: `match-${address}`,
    values: {
      activity: activity.id,
      address: address.toLowerCase(),
      name: name ?? "",
      ambiguous: match.kind === "ambiguous" ? "yes" : "",
      marked: isMarked ? "yes" : "",
    },
  });
}
