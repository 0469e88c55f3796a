// @ts-check
// The sign-in window of last resort: Office opens it, it signs in by redirect and tells the pane the token.
import { readClientSettings } from "../api/client.js";
import { tellPane } from "../host/outlook.js";
import { loadMsal, tokenRequest } from "../host/sign-in.js";

const words = /** @type {Element} */ (document.getElementById("words"));

async function signIn() {
  const settings = await readClientSettings();
  const application = await loadMsal(settings);
  const answer = await application.handleRedirectPromise();
  if (answer) {
    words.textContent = "You are signed in. This window closes by itself.";
    await tellPane(settings, { token: answer.accessToken });
  } else {
    const claims = new URLSearchParams(location.search).get("claims");
    await application.acquireTokenRedirect(tokenRequest(settings, claims));
  }
}

signIn().catch(async (error) => {
  const sentence = "The sign-in was not finished. Close this window and try again.";
  words.textContent = `${sentence} (${error.errorCode ?? error.message})`;
  const settings = await readClientSettings();
  await tellPane(settings, { token: null, sentence });
});
