// @ts-check
// Another page hosts this one, in a frame or as the opener of a window, and speaks by messages. It is trusted only
// if its origin is one that the server names; nothing but the empty "hello" goes anywhere else.
import { HostFailure, SignInNeeded } from "./errors.js";

const HELLO_EVERY = 250;
const PATIENCE = 10_000;
const ANSWER_PATIENCE = 30_000;
const EXPIRES_SOON = 120_000;

/** @param {{origins: string[], window?: Window & typeof globalThis, partner?: Window}} options */
export function connectFrame({ origins, window: own = window, partner = own.opener ?? own.parent }) {
  const link = new FrameLink(own, partner, origins);
  return new Promise((resolve, reject) => {
    const hello = () => partner.postMessage({ liaison: "hello" }, "*");
    const timer = own.setInterval(hello, HELLO_EVERY);
    const limit = own.setTimeout(() => {
      // Who starts over listens anew; what comes late shall not be heard twice.
      link.leave();
      finish(reject, tooLate());
    }, PATIENCE);
    const finish = (/** @type {Function} */ end, /** @type {any} */ value) => {
      own.clearInterval(timer);
      own.clearTimeout(limit);
      end(value);
    };
    link.on("context", (context) => {
      const before = link.context;
      const isFirst = !before;
      link.context = context;
      if (isFirst) {
        hostOwnWindows(own, link);
        finish(resolve, hostOf(link));
      }
      if (!isFirst && JSON.stringify(before.item) !== JSON.stringify(context.item))
        link.tell("item", { item: context.item });
      link.tell("theme", context.theme);
    });
    hello();
  });
}

function tooLate() {
  return new HostFailure("The page that opened Liaison does not answer. Close this one and open it from there again.");
}

/** @param {FrameLink} link */
function hostOf(link) {
  // Who hosts this page may be gone or be somebody else's by now; a token that is good still is.
  let kept = { token: "", until: 0, address: "" };
  const isGood = () => kept.until > Date.now() && kept.address === link.context.person.address;
  return {
    kind: "frame",
    person: link.context.person,
    onItem: (/** @type {(item: any) => void} */ tell) => {
      tell(link.context.item);
      link.on("item", ({ item }) => tell(item));
    },
    onTheme: (/** @type {(theme: any) => void} */ tell) => {
      tell(link.context.theme);
      link.on("theme", tell);
    },
    getToken: async ({ claims = null } = {}) => {
      if (!claims && isGood()) return kept.token;
      const { address } = link.context.person;
      const answer = await link.ask({ liaison: "token-request", claims });
      if (answer.liaison !== "token") throw new SignInNeeded(answer.message);
      kept = { token: answer.token, until: expiryOf(answer.token) - EXPIRES_SOON, address };
      return kept.token;
    },
    insertText: async ({ text, href }) => {
      const answer = await link.ask({ liaison: "insert-text", text, href });
      if (answer.liaison === "failed") throw new HostFailure(answer.message);
    },
    facts: async () => ({ host: "frame", origin: link.origin, mode: link.context.item?.mode ?? null }),
  };
}

/** When a token ends, in milliseconds; one that does not say so is asked for each time. @param {string} token */
function expiryOf(token) {
  try {
    const payload = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload)).exp * 1000 || 0;
  } catch {
    return 0;
  }
}

/** Pages that this one opens have nobody else to ask: context and tokens are passed on to our own origin only. */
function hostOwnWindows(own, link) {
  own.addEventListener("message", async ({ source, origin, data }) => {
    if (origin !== own.location.origin || source === link.partner || !source) return;
    const say = (/** @type {any} */ message) => source.postMessage(message, origin);
    if (data?.liaison === "hello") say({ ...link.context, item: null });
    if (data?.liaison === "token-request")
      say({ ...(await link.ask({ liaison: "token-request", claims: data.claims })), id: data.id });
  });
}

class FrameLink {
  constructor(own, partner, origins) {
    this.own = own;
    this.partner = partner;
    this.origin = null;
    this.context = /** @type {any} */ (null);
    this.listeners = /** @type {Record<string, Array<(message: any) => void>>} */ ({});
    this.waiting = /** @type {Map<string, (message: any) => void>} */ (new Map());
    this.hear = (/** @type {MessageEvent} */ event) => {
      if (event.source !== partner || !(origins.includes(event.origin) || event.origin === own.location.origin)) return;
      if (!event.data || typeof event.data.liaison !== "string") return;
      this.origin = event.origin;
      this.receive(event.data);
    };
    own.addEventListener("message", this.hear);
  }

  leave() {
    this.own.removeEventListener("message", this.hear);
  }

  /** @param {string} word @param {(message: any) => void} tell */
  on(word, tell) {
    (this.listeners[word] ??= []).push(tell);
  }

  tell(word, message) {
    (this.listeners[word] ?? []).forEach((tell) => tell(message));
  }

  receive(message) {
    const answer = message.id && this.waiting.get(message.id);
    if (answer) {
      this.waiting.delete(message.id);
      answer(message);
    } else {
      if (message.liaison === "item" && this.context) this.context = { ...this.context, item: message.item };
      this.tell(message.liaison, message);
    }
  }

  /** @param {Record<string, any>} message @returns {Promise<any>} */
  ask(message) {
    const id = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      const limit = this.own.setTimeout(() => reject(tooLate()), ANSWER_PATIENCE);
      this.waiting.set(id, (answer) => {
        this.own.clearTimeout(limit);
        resolve(answer);
      });
      this.partner.postMessage({ ...message, id }, this.origin);
    });
  }
}
