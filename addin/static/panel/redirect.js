// @ts-check
// Where Microsoft sends the browser back to; msal's bridge hands the answer to the page that asked.
/** @type {any} */ (globalThis).msalRedirectBridge
  .broadcastResponseToMainFrame()
  .catch((/** @type {Error} */ error) => {
    const words = /** @type {Element} */ (document.getElementById("words"));
    words.textContent = `The sign-in could not be handed back (${error.message}). Close this window and try again.`;
  });
