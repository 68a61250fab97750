// Which key does what. Each of ours that works by itself can be changed for another, and this browser keeps that.

let changed = JSON.parse(localStorage.getItem("keys") ?? "{}"); // in each part of the product: our key -> the member's

export const typing = (event) => event.target.closest?.("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], [popover]");
export const signs = () => localStorage.getItem("letters") !== "off";
export const keepSigns = (on) => localStorage.setItem("letters", on ? "on" : "off");
export const isSign = (key) => key.length === 1 && key !== " ";
export const nameOf = (event) => (isSign(event.key) ? event.key.toLowerCase() : event.key);

const meaning = (key, part) => Object.entries(changed[part] ?? {}).find(([, theirs]) => theirs === key)?.[0] ?? key;
const keyFor = (ours, part) => changed[part]?.[ours] ?? ours;
export const isChanged = () => Object.values(changed).some((own) => Object.entries(own).some(([ours, theirs]) => ours !== theirs));

// The key of ours that is meant by a press in this part of the product; none while something is typed.
export function meant(event, part) {
  const key = nameOf(event);
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event) || (isSign(key) && !signs())) return "";
  return meaning(key, part);
}

// Whatever had the new key gets the old one, so that no two are alike.
export function change(ours, key, part) {
  const other = meaning(key, part);
  changed[part] = { ...changed[part], [other]: keyFor(ours, part), [ours]: key };
  localStorage.setItem("keys", JSON.stringify(changed));
}

export function reset() {
  changed = {};
  localStorage.removeItem("keys");
}

const SHOWN = { Delete: "Del", Backspace: "⌫", Insert: "Ins" };
export const partOf = (element) => element.closest("[data-part]").dataset.part;
export const shown = (ours, part) => SHOWN[keyFor(ours, part)] ?? keyFor(ours, part).toUpperCase();

// What a key presses tells the key in its title.
export function tellKeys(root = document) {
  for (const each of root.querySelectorAll("[data-key]")) {
    each.dataset.words ??= each.title;
    each.title = `${each.dataset.words} (${shown(each.dataset.key, partOf(each))})`;
  }
}
