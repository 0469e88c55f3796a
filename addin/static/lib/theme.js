// @ts-check
// Office's colours over ours: background and foreground, and which of the two schemes fits them.

/** Office says #rrggbb, a page that hosts us may say rgb(r, g, b). @param {string} text @returns {number[]|null} */
function parts(text) {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (hex) return hex.slice(1).map((pair) => parseInt(pair, 16));
  const rgb = /^rgb\((\d{1,3}), (\d{1,3}), (\d{1,3})\)$/.exec(text);
  return rgb && rgb.slice(1).map(Number);
}

/** @param {{background?: string, foreground?: string, dark?: boolean}|null} theme */
export function applyTheme(theme, root = document.documentElement) {
  const { background = "", foreground = "" } = theme ?? {};
  const isKnown = Boolean(parts(background) && parts(foreground));
  for (const [name, value] of [
    ["--host-background", background],
    ["--host-foreground", foreground],
  ]) {
    if (isKnown) root.style.setProperty(name, value);
    else root.style.removeProperty(name);
  }
  if (!isKnown) delete root.dataset.theme;
  else root.dataset.theme = (theme?.dark ?? isDark(background)) ? "dark" : "light";
}

/** @param {string} colour */
function isDark(colour) {
  const [r, g, b] = parts(colour) ?? [255, 255, 255];
  return (r * 299 + g * 587 + b * 114) / 1000 < 128;
}
