// @ts-check
import { HostFailure } from "./errors.js";

/** @param {string} src @param {{patience?: number, sentence: string}} options @returns {Promise<void>} */
export function loadScript(src, { patience = 8000, sentence }) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const limit = setTimeout(() => reject(new HostFailure(sentence)), patience);
    script.src = src;
    script.onload = () => {
      clearTimeout(limit);
      resolve();
    };
    script.onerror = () => {
      clearTimeout(limit);
      reject(new HostFailure(sentence));
    };
    document.head.append(script);
  });
}
