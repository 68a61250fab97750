// Pictures chosen in the feed or the gallery, and the bar that does something with all of them.

import { process } from "./process.js";
import { toast } from "./toasts.js";

const feed = document.getElementById("feed") ?? document.getElementById("gallery");
const bar = document.getElementById("bulk");
const all = bar.querySelector("[data-choose-all]");
const count = bar.querySelector("[data-count]");
const pair = bar.querySelector("[data-compare-two]");
const chosen = new Set(); // image ids; also those whose card is not in the page just now
let last; // the checkbox that was used last

const boxes = () => [...feed.querySelectorAll("[data-choose]")];

export const size = () => chosen.size;
export const ids = () => [...chosen];

export function clear() {
  chosen.clear();
  show();
}

export function toggle(box) {
  box.click();
}

function put(box, on) {
  if (on) chosen.add(box.value);
  else chosen.delete(box.value);
}

function show() {
  const shown = boxes();
  for (const box of shown) box.checked = chosen.has(box.value);
  const inside = bar.contains(document.activeElement);
  bar.hidden = !chosen.size;
  if (bar.hidden && inside) feed.querySelector("[data-choose]")?.focus();
  document.documentElement.toggleAttribute("data-choosing", chosen.size > 0);
  if (pair) {
    pair.hidden = chosen.size !== 2;
    pair.search = new URLSearchParams([...chosen].map((id, at) => ["ab"[at], id]).slice(0, 2));
  }
  count.textContent = count.dataset.count.replace("{count}", chosen.size);
  all.checked = shown.length > 0 && shown.every((box) => box.checked);
  all.indeterminate = !all.checked;
  feed.dispatchEvent(new CustomEvent("chosen"));
}

feed.addEventListener("click", (event) => {
  const box = event.target.closest("[data-choose]");
  if (!box) return;
  put(box, box.checked);
  const shown = boxes();
  const [from, to] = [shown.indexOf(last), shown.indexOf(box)].sort((a, b) => a - b);
  if (event.shiftKey && from >= 0) for (const each of shown.slice(from, to + 1)) put(each, box.checked);
  last = box;
  show();
});

// Cards that come, or are rendered anew, show what is chosen of them.
for (const name of ["changed", "filled"]) feed.addEventListener(name, () => chosen.size && show());
feed.addEventListener("gone", ({ detail: card }) => {
  for (const box of card.querySelectorAll("[data-choose]")) chosen.delete(box.value);
});

all.addEventListener("change", () => {
  for (const box of boxes()) put(box, all.checked);
  show();
});
bar.querySelector("[data-choose-none]").addEventListener("click", clear);

addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (!document.querySelector("dialog[open], :popover-open")) clear();
});

bar.querySelector("[data-process-chosen]").addEventListener("click", () => process(ids()));

const names = () => [...chosen].map((id) => ["image", id]);

bar.addEventListener("submit", () => {
  for (const old of bar.querySelectorAll("[name=image]")) old.remove();
  for (const [name, value] of names()) {
    bar.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
});

bar.querySelector("[data-delete-chosen]").addEventListener("click", async () => {
  if (!confirm(`${bar.dataset.confirm} (${chosen.size})`)) return;
  const body = new FormData(bar);
  body.delete("image");
  for (const [name, value] of names()) body.append(name, value);
  try {
    const answer = await fetch(bar.dataset.deleteUrl, { method: "POST", body });
    const { words } = await answer.json();
    toast(words);
    if (!answer.ok) return;
    feed.dispatchEvent(new CustomEvent("deleted", { detail: ids() }));
    clear();
  } catch {
    toast(feed.dataset.failed);
  }
});

show();
