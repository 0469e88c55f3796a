// @ts-check
// What is said of a series and of its occurrences. Pure.
import { formatRange, formatStart } from "./dates.js";
import { ruleWords } from "./rule-words.js";
import { fieldName, valueText } from "./sentences.js";

const CONTINUES = "continues this series";
const OF_TIME = ["start", "end", "timeZone", "allDay"];

/** @param {any} meeting as GET /api/meeting tells it */
export const isRecurring = (meeting) => ["series-master", "occurrence", "exception"].includes(meeting?.kind);

/** Whether a suggested activity belongs to the series that this one goes on with. @param {string} why */
export const isContinued = (why) => why === CONTINUES;

/** "Repeats every second Tuesday until 18 Dec". @param {{rule: string}} recurrence @param {{zone: string, now: Date}} setting */
export const repeatsSentence = (recurrence, setting) => `Repeats ${ruleWords(recurrence.rule, setting)}`;

/** When an activity takes place: of a series its next date, once it is over its last. @param {any} activity */
export function timeOf({ start, end, allDay, recurrence }) {
  const date = recurrence?.nextDates?.[0] ?? recurrence?.lastDate;
  return date ? { ...date, allDay: !date.start.includes("T") } : { start, end, allDay };
}

/** "One occurrence of a series, meant for Tue 24 Nov, 10:00"; nothing of other activities. @param {any} activity @param {{zone: string, now: Date}} setting */
export function occurrenceSentence({ link }, { zone, now }) {
  if (link?.scope !== "occurrence" || !link.originalStart) return "";
  return `One occurrence of a series, meant for ${formatStart(link.originalStart, zone, now)}`;
}

/**
 * What each answer to "this occurrence or the whole series" means.
 * @param {any} view @param {{zone: string, now: Date}} setting
 */
export function scopeWords({ meeting, recurrence }, setting) {
  return {
    occurrence: `only ${formatStart(meeting.start, setting.zone, setting.now)}`,
    series: recurrence ? ruleWords(recurrence.rule, setting) : "all its dates",
  };
}

/** Which of both a link covers, as seen from the open meeting. @param {any} view */
export function coverSentence({ meeting, link }) {
  if (link.scope === "occurrence") return "This occurrence has an activity of its own. It takes nothing from the series.";
  if (meeting.kind === "series-master") return "The activity is that of the whole series.";
  return "This occurrence belongs to the activity of the whole series.";
}

/**
 * The occurrences that are not as the series has them, those to come first: {key, title, what, changes, activityId, isCancelled}.
 * @param {any} activity @param {{zone: string, now: Date}} setting
 */
export function exceptionLines(activity, setting) {
  const lines = (activity.recurrence?.exceptions ?? []).map((one) => lineOf(activity, one, setting));
  return { coming: lines.filter((line) => !line.isOver), earlier: lines.filter((line) => line.isOver).reverse() };
}

function lineOf(activity, exception, { zone, now }) {
  const { originalStart, fields } = exception;
  const changes = exception.kind === "changed" ? changesOf(activity, exception, { zone, now }) : [];
  return {
    key: originalStart,
    title: formatStart(originalStart, zone, now),
    what: whatOf(exception),
    changes,
    activityId: exception.activityId ?? null,
    isCancelled: exception.kind === "cancelled" && !exception.apart,
    isOver: new Date(fields?.end ?? originalStart) < now && new Date(originalStart) < now,
  };
}

function whatOf({ kind, apart, fields }) {
  if (apart) return "has an activity of its own";
  if (kind === "cancelled") return "cancelled";
  return fields.start || fields.end ? "moved" : "changed";
}

function changesOf(activity, { originalStart, fields }, { zone, now }) {
  const isMoved = OF_TIME.some((field) => field in fields);
  const isOwn = (field) => field !== "participants" || !isMoved || !hasSamePeople(activity, fields);
  const others = Object.keys(fields).filter((field) => !OF_TIME.includes(field) && isOwn(field));
  const was = meantRange(activity, originalStart);
  const time = {
    field: fieldName("time"),
    was: formatRange(was, zone, now),
    is: formatRange({ ...was, ...fields }, zone, now),
  };
  const words = (value) => valueText(value, zone, now);
  const told = others.map((field) => ({
    field: fieldName(field),
    was: words(apartFrom(activity[field], fields[field])),
    is: words(apartFrom(fields[field], activity[field])),
  }));
  return [...(isMoved ? [time] : []), ...told].filter(({ was, is }) => was !== is);
}

const ofPerson = ({ address, name }) => (address || name || "").toLowerCase();

/** Whether only the answers differ: a move resets them, which is no change of the people. */
function hasSamePeople(...sides) {
  const [one, other] = sides.map(({ participants = [] }) => participants.map(ofPerson).sort().join("\n"));
  return one === other;
}

/** Of people those who are not alike on the other side; other values as they are. */
function apartFrom(value, other) {
  if (!Array.isArray(value) || !Array.isArray(other)) return value;
  const known = other.map((one) => `${ofPerson(one)} ${one.response}`);
  return value.filter((one) => !known.includes(`${ofPerson(one)} ${one.response}`));
}

/** What to plan where an occurrence was cancelled: the words of its series at its own time. @param {any} activity @param {string} originalStart */
export function draftInPlaceOf(activity, originalStart) {
  const told = ["subject", "location", "type", "regarding"].filter((field) => activity[field]);
  return {
    ...Object.fromEntries(told.map((field) => [field, activity[field]])),
    ...(activity.company ? { company: { id: activity.company.id } } : {}),
    ...meantRange(activity, originalStart),
  };
}

/** When the occurrence was meant to take place: as long as the series' first one. */
export function meantRange({ start, end, allDay }, originalStart) {
  const lasts = Date.parse(end) - Date.parse(start);
  const meantEnd = new Date(Date.parse(originalStart) + lasts).toISOString();
  return { start: originalStart, end: allDay ? meantEnd.slice(0, 10) : meantEnd, allDay };
}
