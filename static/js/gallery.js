// The gallery: filters in the address, older pictures as they are needed, what is done with many, and its keys.

import { press } from "./hearts.js";
import { meant, typing } from "./keymap.js";
import "./keys_list.js";
import "./lightbox.js";
import * as selection from "./selection.js";
import { toast } from "./toasts.js";

const gallery = document.getElementById("gallery");
const form = document.getElementById("filters");
const bar = document.getElementById("bulk");
const headers = { "HX-Request": "true" };
const PAUSE = 250; // ms after the last key of a search
const TOLD = "imagegen-told"; // words for the page after a reload
const links = () => [...gallery.querySelectorAll("[data-lightbox]")];

// --- Filters ---------------------------------------------------------------------------------------------------

const query = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim())).toString();
let waiting;
let turn = 0;

async function apply() {
  clearTimeout(waiting);
  const mine = (turn += 1);
  const address = query() ? `?${query()}` : location.pathname;
  try {
    const answer = await fetch(address, { headers });
    if (!answer.ok || answer.redirected) return location.assign(address);
    const html = await answer.text();
    if (mine !== turn) return;
    history.replaceState(null, "", address);
    selection.clear();
    gallery.replaceChildren(...fragment(html));
  } catch {
    return toast(gallery.dataset.failed);
  }
  for (const clear of form.querySelectorAll("[data-clear-filters]")) clear.hidden = !query();
  watch();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  apply();
});
form.addEventListener("change", (event) => {
  // With a collection come its name and its menu.
  if (event.target.name === "collection") location.assign(query() ? `?${query()}` : location.pathname);
  else apply();
});
form.addEventListener("input", (event) => {
  if (event.target.type !== "search") return;
  clearTimeout(waiting);
  waiting = setTimeout(apply, PAUSE);
});

// --- Older pictures ----------------------------------------------------------------------------------------------

const near = new IntersectionObserver((entries) => entries.some((each) => each.isIntersecting) && more(), {
  rootMargin: "1200px 0px",
});

function fragment(html) {
  return [...new DOMParser().parseFromString(html, "text/html").body.children];
}

function watch() {
  near.disconnect();
  const link = gallery.querySelector("[data-more]");
  if (link) near.observe(link);
}

async function more() {
  const link = gallery.querySelector("[data-more]");
  if (!link || link.dataset.loading) return;
  link.dataset.loading = "yes";
  try {
    const answer = await fetch(link.href, { headers });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const days = fragment(await answer.text());
    if (!link.isConnected) return;
    link.replaceWith(...days);
    for (const day of days) join(day);
    gallery.dispatchEvent(new CustomEvent("filled"));
    watch();
  } catch {
    delete link.dataset.loading; // it stays a link that can be pressed
  }
}

// A day that was begun on the page before goes on there.
function join(day) {
  const before = day.previousElementSibling;
  if (!day.dataset.day || before?.dataset.day !== day.dataset.day) return;
  before.querySelector(".wall").append(...day.querySelectorAll(".wall > li"));
  day.remove();
}

gallery.addEventListener("click", (event) => {
  if (event.target.closest("[data-clear-filters]")) return;
  if (!event.target.closest("[data-more]")) return;
  event.preventDefault();
  more();
});

// --- Hearts, and what is done with many ------------------------------------------------------------------------------

gallery.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-heart]")) return;
  event.preventDefault();
  press(event.target, gallery.dataset.failed);
});

for (const button of bar.querySelectorAll("[data-change]")) button.addEventListener("click", () => change(button));
const newName = bar.querySelector("[data-new-collection]");
newName.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // not the bar's own button, which downloads
  change(bar.querySelector("[data-new]"));
});

async function change(button) {
  const { change: action, collection = "" } = button.dataset;
  const body = new FormData(bar);
  for (const [name, value] of [["action", action], ["collection", collection], ["name", newName.value]]) body.set(name, value);
  body.delete("image");
  for (const id of selection.ids()) body.append("image", id);
  let answer, words;
  try {
    answer = await fetch(bar.dataset.changeUrl, { method: "POST", headers, body });
    ({ words } = await answer.json());
  } catch {
    return toast(gallery.dataset.failed);
  }
  if (!answer.ok) return toast(words);
  button.closest("details")?.removeAttribute("open");
  selection.clear();
  if ("new" in button.dataset) return reload(words); // the menus have one entry more
  toast(words);
  apply();
}

// What was done is told by the page that comes.
function reload(words) {
  sessionStorage.setItem(TOLD, words);
  location.reload();
}

const told = sessionStorage.getItem(TOLD);
sessionStorage.removeItem(TOLD);
if (told) toast(told);

const compare = bar.querySelector("[data-compare]");
compare.addEventListener("click", () => {
  const [a, b] = selection.ids();
  location.assign(`${bar.dataset.compareUrl}?${new URLSearchParams(b ? { a, b } : { a })}`);
});
gallery.addEventListener("chosen", () => (compare.disabled = selection.size() > 2));

function forget(ids) {
  for (const id of ids) document.getElementById(`image-${id}`)?.remove();
  for (const day of gallery.querySelectorAll(".day")) if (!day.querySelector("li")) day.remove();
  if (!links().length) apply();
}
gallery.addEventListener("deleted", (event) => forget(event.detail));
document.addEventListener("picture-deleted", (event) => forget([event.detail]));

document.addEventListener("submit", (event) => {
  const words = event.target.dataset.confirm;
  if (words && event.target.closest(".collection-menu") && !confirm(words)) event.preventDefault();
});

// --- Keys ----------------------------------------------------------------------------------------------------------

// The tile above or below: in the next row that has one, the nearest.
function beside(from, way) {
  const box = from.getBoundingClientRect();
  const middle = box.left + box.width / 2;
  const rows = links()
    .map((link) => ({ link, at: link.getBoundingClientRect() }))
    .filter(({ at }) => (way > 0 ? at.top >= box.bottom - 1 : at.bottom <= box.top + 1));
  const edge = way > 0 ? Math.min(...rows.map(({ at }) => at.top)) : Math.max(...rows.map(({ at }) => at.top));
  const distance = ({ at }) => Math.abs(at.left + at.width / 2 - middle);
  return rows.filter(({ at }) => Math.abs(at.top - edge) < 2).sort((a, b) => distance(a) - distance(b))[0]?.link;
}

addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || typing(event)) return;
  const tile = event.target.closest(".wall-tile");
  if (event.key === "a" && (event.ctrlKey || event.metaKey) && gallery.querySelector("[data-choose]")) {
    event.preventDefault();
    const all = bar.querySelector("[data-choose-all]");
    if (!all.checked) all.click();
    return;
  }
  const key = meant(event, "gallery");
  if (key === "Delete" && selection.size()) bar.querySelector("[data-delete-chosen]").click();
  else if (key === "/") {
    event.preventDefault();
    form.elements.q.focus();
  } else if (tile) tileKey(event, key, tile);
});

function tileKey(event, key, tile) {
  const link = tile.querySelector("[data-lightbox]");
  const all = links();
  const steps = {
    ArrowLeft: () => all[all.indexOf(link) - 1],
    ArrowRight: () => all[all.indexOf(link) + 1],
    ArrowUp: () => beside(link, -1),
    ArrowDown: () => beside(link, 1),
  };
  if (steps[key]) {
    event.preventDefault();
    const next = steps[key]();
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  } else if (key === ".") tile.querySelector("[data-heart]").requestSubmit();
  else if (key === " " && event.target === link) {
    event.preventDefault();
    selection.toggle(tile.querySelector("[data-choose]"));
  }
}

watch();
