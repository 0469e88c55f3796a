// Copies the few files of the npm packages that the pages load into static/vendor/, which git ignores.
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const files = {
  "@fluentui/web-components/dist/web-components-all.min.js": "fluent.js",
  "@azure/msal-browser/lib/msal-browser.min.js": "msal.js",
  "@azure/msal-browser/lib/redirect-bridge/msal-redirect-bridge.min.js": "msal-redirect-bridge.js",
};

const target = join(here, "static", "vendor");
await mkdir(target, { recursive: true });
for (const [from, to] of Object.entries(files)) {
  await copyFile(join(here, "node_modules", from), join(target, to));
}
console.log(`${Object.keys(files).length} files copied to ${target}`);
