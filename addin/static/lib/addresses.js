// @ts-check
// Addresses of our own pages; a page that another one hosts passes that on to the pages it opens.
import { ROOT } from "../api/client.js";

const isHosted = () => new URLSearchParams(globalThis.location?.search ?? "").get("host") === "frame";

/** A page in a window of its own asks the one that opened it, where that is hosted itself. */
export const windowRelation = () => (isHosted() ? "opener" : "noopener");

/** The same for a window that a script opens. */
export const windowFeatures = () => (isHosted() ? "" : "noopener");

/** @param {string} path @param {Record<string, string>} [query] */
export function pageAddress(path, query = {}) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  if (isHosted()) parameters.set("host", "frame");
  const text = parameters.toString();
  return `${ROOT}${path}${text ? `?${text}` : ""}`;
}

/** @param {{id: string}} activity */
export const activityAddress = (activity) => pageAddress(`/crm/activities/${activity.id}`);
