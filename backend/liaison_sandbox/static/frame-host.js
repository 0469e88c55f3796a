// @ts-check
// Hosts the product's real pages, in a frame or in a window of their own, and answers them.
// They are told who is signed in, which meeting is open, and get tokens and texts inserted.

/** on: {token(oid) -> Promise<string>, insert(text, href) -> Promise, notice(text)} */
export class FrameHost {
  constructor(paneUrl, on) {
    this.paneUrl = paneUrl;
    this.origin = new URL(paneUrl).origin;
    this.on = on;
    this.partners = [];
    this.item = null;
    window.addEventListener("message", (event) => this.#hear(event));
  }

  /** A new frame for each person, as if somebody else signed in. */
  showPane(root, person) {
    root.querySelector("iframe")?.remove();
    const frame = document.createElement("iframe");
    frame.title = "Liaison";
    frame.allow = "clipboard-write";
    frame.dataset.testid = "pane-frame";
    frame.src = this.#address(this.paneUrl);
    root.append(frame);
    this.partners = this.partners.filter((one) => !one.isPane);
    this.partners.push({ window: () => frame.contentWindow, person, isPane: true });
  }

  /** page: "crm" or "admin", beside the pane's own address. */
  openPage(page, person) {
    const opened = window.open(this.#address(new URL(page, this.paneUrl).href), `liaison-${page}`);
    if (!opened) return false;
    this.partners = this.partners.filter((one) => one.window() !== opened);
    this.partners.push({ window: () => opened, person, isPane: false });
    return true;
  }

  /** Another meeting was opened, or this one was changed. */
  showItem(item) {
    if (JSON.stringify(item) === JSON.stringify(this.item)) return;
    this.item = item;
    for (const partner of this.partners) {
      if (partner.isPane && partner.heard) this.#say(partner, { liaison: "item", item });
    }
  }

  showTheme() {
    for (const partner of this.partners) if (partner.heard) this.#introduce(partner);
  }

  #hear(event) {
    const partner = this.partners.find((one) => one.window() === event.source);
    if (!partner || event.origin !== this.origin || typeof event.data !== "object") return;
    const { liaison, id, text, href } = event.data ?? {};
    if (liaison === "hello") this.#introduce(partner);
    else if (liaison === "notice") this.on.notice(String(text));
    else if (liaison === "token-request") {
      this.#answer(partner, id, this.on.token(partner.person.oid), (token) => ({ liaison: "token", token }), "token-failed");
    } else if (liaison === "insert-text") {
      this.#answer(partner, id, this.on.insert(String(text), href ?? null), () => ({ liaison: "done" }), "failed");
    }
  }

  #introduce(partner) {
    partner.heard = true;
    const { name, address, timeZone } = partner.person;
    const item = partner.isPane ? this.item : null;
    this.#say(partner, { liaison: "context", person: { name, address, timeZone }, item, theme: currentTheme() });
  }

  async #answer(partner, id, promise, answer, failure) {
    try {
      this.#say(partner, { ...answer(await promise), id });
    } catch (error) {
      this.#say(partner, { liaison: failure, id, message: error.message });
    }
  }

  #say(partner, message) {
    partner.window()?.postMessage(message, this.origin);
  }

  #address(url) {
    const address = new URL(url);
    address.searchParams.set("host", "frame");
    return address.href;
  }
}

function currentTheme() {
  const style = getComputedStyle(document.body);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return { background: style.backgroundColor, foreground: style.color, dark };
}
