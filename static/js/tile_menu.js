// The menu of a picture: one for all tiles, opened at the button that asked. `doing` maps the `data-do` of an item to
// what it does with the tile; other modules add theirs.

import { fill } from "./create.js";
import { gone, show } from "./feed.js";
import { process } from "./process.js";
import { share } from "./share.js";
import { toast } from "./toasts.js";

const menu = document.getElementById("tile-menu");
const feed = document.getElementById("feed");
let tile;
let opener;

export const doing = {
  seed: () => fill({ ...settings(), seed: tile.dataset.seed }),
  start: () => fill({ reference: tile.dataset.image }),
  copy: async () => {
    try {
      await navigator.clipboard.writeText(settings().prompt);
      toast(menu.dataset.copied);
    } catch {
      toast(feed.dataset.failed); // only secure pages may write there
    }
  },
  process: () => process([tile.dataset.image]),
  share: () => share(`/images/${tile.dataset.image}/share/`),
  delete: remove,
};

const settings = () => JSON.parse(tile.closest(".job").dataset.settings);

async function remove() {
  if (!confirm(menu.dataset.confirm)) return;
  const job = tile.closest(".job").dataset.job;
  const body = new FormData(document.getElementById("bulk"));
  body.set("image", tile.dataset.image);
  try {
    const answer = await fetch(document.getElementById("bulk").dataset.deleteUrl, { method: "POST", body });
    toast((await answer.json()).words);
    const card = await fetch(`/jobs/${job}/card/`, { headers: { "HX-Request": "true" } });
    if (card.status === 404) gone(job);
    else if (card.ok) show(await card.text());
  } catch {
    toast(feed.dataset.failed);
  }
}

export function act(name, on) {
  tile = on;
  doing[name]();
}

function open(button) {
  opener = button;
  tile = button.closest(".tile");
  for (const item of menu.querySelectorAll("[data-for]")) item.hidden = !document.querySelector(item.dataset.for);
  menu.showPopover();
  const { right, bottom, top } = button.getBoundingClientRect();
  const below = bottom + menu.offsetHeight + 8 < innerHeight;
  menu.style.left = `${Math.max(8, right - menu.offsetWidth)}px`;
  menu.style.top = `${below ? bottom + 4 : Math.max(8, top - menu.offsetHeight - 4)}px`;
  button.setAttribute("aria-expanded", "true");
  items()[0].focus();
}

const items = () => [...menu.querySelectorAll("[role=menuitem]:not([hidden])")];

feed.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tile-menu]");
  if (button) open(button);
});
menu.addEventListener("click", (event) => {
  const item = event.target.closest("[data-do]");
  if (!item) return;
  menu.hidePopover();
  doing[item.dataset.do]();
});
menu.addEventListener("keydown", (event) => {
  const all = items();
  const at = all.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === "Tab") menu.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  all[to % all.length].focus();
});
menu.addEventListener("toggle", ({ newState }) => {
  if (newState !== "closed") return;
  opener?.setAttribute("aria-expanded", "false");
  if (menu.contains(document.activeElement) || document.activeElement === document.body) opener?.focus();
});
