// The keys of the studio. Single letters work only while nothing is being typed.

import { stop, stoppable } from "./feed.js";
import { meant, typing } from "./keymap.js";
import "./keys_list.js";
import { act } from "./tile_menu.js";

const feed = document.getElementById("feed");
const prompt = document.getElementById("prompt");
const tileOf = (element) => element.closest?.(".tile");
const pictures = () => [...feed.querySelectorAll(".picture")];

function move(by) {
  const all = pictures();
  const at = all.indexOf(document.activeElement);
  const to = all[at + by];
  to?.focus();
  to?.scrollIntoView({ block: "nearest" });
}

// The picture straight above or below, whatever the shapes of the cards are.
function moveAcross(by) {
  const here = document.activeElement.getBoundingClientRect();
  const middle = here.left + here.width / 2;
  const others = pictures().map((element) => [element, element.getBoundingClientRect()]);
  const beyond = others.filter(([, box]) => (by > 0 ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1));
  const distance = ([, box]) => Math.abs(box.top - here.top) * 4 + Math.abs(box.left + box.width / 2 - middle);
  const [nearest] = beyond.sort((a, b) => distance(a) - distance(b));
  nearest?.[0].focus();
}

const onPicture = {
  ArrowRight: () => move(1),
  ArrowLeft: () => move(-1),
  ArrowDown: () => moveAcross(1),
  ArrowUp: () => moveAcross(-1),
  " ": (tile) => tile.querySelector("[data-choose]").click(),
  Delete: (tile) => act("delete", tile),
  r: (tile) => act("seed", tile),
  s: (tile) => act("start", tile),
  d: (tile) => tile.querySelector("a[download]").click(),
};
const anywhere = {
  "/": () => prompt.focus(),
  1: () => tab("create", prompt),
  2: () => tab("tasks", pictures()[0] ?? feed.querySelector(".job a, .job button")),
  3: () => document.querySelector(".top-links a[href*='gallery']")?.click(),
};

function tab(name, focus) {
  document.documentElement.dataset.tab = name;
  focus?.focus();
}

addEventListener("keydown", (event) => {
  if (event.altKey || document.querySelector("dialog[open]")) return;
  // Out of a field, so that the keys below work; Escape that did something else already stays there.
  if (event.key === "Escape" && !event.defaultPrevented && typing(event)) return event.target.blur();
  if (typing(event)) return;
  const control = event.ctrlKey || event.metaKey;
  if (event.shiftKey && event.key.toLowerCase() === "x") {
    event.preventDefault();
    if (control) return document.getElementById("clear-waiting").requestSubmit();
    const newest = stoppable();
    return newest && stop(newest);
  }
  const key = meant(event, "studio");
  const tile = event.target.matches?.(".picture") ? tileOf(event.target) : undefined;
  const doing = (tile && onPicture[key]) || anywhere[key];
  if (!doing) return;
  event.preventDefault();
  doing(tile);
});
