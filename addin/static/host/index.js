// @ts-check
// Which host holds this page. All three answer the same few calls:
//   person            {name, address, timeZone} as far as the host knows, else null
//   onItem(tell)      the meeting: {mode, itemId, saved, subject, start, end, organizer, mailbox}, or null;
//                     now, and whenever another one is opened or this one is saved
//   onTheme(tell)     {background, foreground, dark}, now and whenever it changes
//   getToken({claims, renew, interactive})   an access token for our API; throws SignInNeeded
//   insertText({text, href})                 writes into the meeting, where the host can
//   facts()           what support wants to know about the host
import { connectBrowser } from "./browser.js";
import { connectFrame } from "./frame.js";

/** @param {{settings: any, inOutlook: boolean}} options */
export async function connectHost({ settings, inOutlook }) {
  if (new URLSearchParams(location.search).get("host") === "frame") {
    return connectFrame({ origins: settings.hostOrigins });
  }
  if (!inOutlook) return connectBrowser({ settings });
  // Loaded only here: nothing of Office is asked for when another page hosts the pane.
  const { connectOutlook } = await import("./outlook.js");
  return connectOutlook({ settings });
}
