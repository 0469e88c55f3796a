// @ts-check
// <copy-text>4f2a…</copy-text>: shows the text as a button; a click copies it and says so for a moment.
import { announce } from "../lib/announce.js";

export class CopyText extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "button");
    this.setAttribute("tabindex", "0");
    this.setAttribute("title", "Copy");
    this.addEventListener("click", () => this.copy());
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.copy();
    });
  }

  async copy() {
    const text = this.getAttribute("text") ?? this.textContent ?? "";
    await copy(text);
    this.setAttribute("data-copied", "");
    announce("Copied.");
    setTimeout(() => this.removeAttribute("data-copied"), 1500);
  }
}

/** Outlook's frames often forbid the clipboard interface; selecting and copying still works there. @param {string} text */
async function copy(text) {
  const done = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (done) return;
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
