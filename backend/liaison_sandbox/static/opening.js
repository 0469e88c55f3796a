// @ts-check
// The address may name a person and a meeting, as “Open in Outlook” does: the page begins with both.
import * as api from "./api.js";
import { addDays } from "./lib/dates.js";
import { span } from "./lib/meetings.js";
import { becamePerson, chose, turnedTo } from "./state.js";

const A_YEAR = 366;

/** The state with what the address asks for; a meeting that is no longer there leaves its calendar. */
export async function opened(state, search) {
  const asked = new URLSearchParams(search);
  const whose = becamePerson(state, asked.get("person"));
  const id = asked.get("event");
  if (!id) return whose;
  const meeting = await api.readEvent(whose.person.oid, id);
  const shown = meeting.type === "seriesMaster" ? await nextOf(meeting, whose) : meeting;
  return chose(turnedTo(whose, span(shown, whose.person.timeZone).startDay), shown.id);
}

/** Of a series the occurrence that comes next; of one that is over, the first. */
async function nextOf(series, { person, today }) {
  const { items } = await api.readEvents(person.oid, today, addDays(today, A_YEAR));
  return items.find((one) => one.seriesMasterId === series.id) ?? series;
}
