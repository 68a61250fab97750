// What a tile shows between two renderings of its card: progress, previews, and pictures that do not load.

const PAINT = 250; // ms: at most four repaints a second, of all cards in one frame
const stages = JSON.parse(document.getElementById("stages").textContent);
const latest = new Map(); // image id -> last progress message
const arrived = new Map(); // image id -> preview not shown yet
const previews = new Map(); // image id -> object URL of the preview that is shown
const due = new Set(); // cards with news
let painting;

const tile = (image) => document.getElementById(`image-${image}`);
const busy = (element) => element?.dataset.status === "running";

export function progress(message) {
  latest.set(message.image, message);
  repaint(message.image);
}

export function preview(image, blob) {
  if (!busy(tile(image))) return;
  arrived.set(image, blob);
  repaint(image);
}

function repaint(image) {
  const card = tile(image)?.closest(".job").dataset.job; // of a cell: its grid's
  if (!card) return;
  due.add(card);
  painting ??= setTimeout(() => {
    painting = undefined;
    due.forEach(paint);
    due.clear();
  }, PAINT);
}

// An image came to its end, or to a new beginning: what was said of it before is stale.
export function forget(image) {
  latest.delete(image);
}

// How far the running pictures are, the oldest first: also those whose cards are not in the page.
export const fractions = () => [...latest.values()].map(({ progress: done }) => done);

function drop(image) {
  arrived.delete(image);
  URL.revokeObjectURL(previews.get(image));
  previews.delete(image);
}

// Paint what is known of a card's tiles, and the card's own bar from it. Also right after a rendering.
export function paint(job) {
  const card = document.getElementById(`job-${job}`);
  if (!card) return;
  let sum = 0;
  let stage = "";
  const tiles = card.querySelectorAll(".tile");
  for (const element of tiles) {
    sum += busy(element) ? paintTile(element) : isFinal(element) ? 1 : 0;
    stage ||= latest.get(element.dataset.image)?.stage ?? "";
    if (!element.querySelector(".preview")) drop(element.dataset.image);
  }
  const bar = card.querySelector("[data-job-progress]");
  if (!bar) return;
  const percent = Math.floor((sum / tiles.length) * 100);
  if (percent) bar.value = percent;
  else bar.removeAttribute("value"); // a model is being loaded: nobody knows how far
  if (percent || stage) card.querySelector("[data-job-percent]").textContent = percent ? `${percent} %` : words(stage);
  if (percent >= 50 && !card.dataset.halfSaid) {
    card.dataset.halfSaid = "yes";
    card.dispatchEvent(new CustomEvent("half", { bubbles: true }));
  }
}

function paintTile(element) {
  showPreview(element);
  const message = latest.get(element.dataset.image);
  const bar = element.querySelector("progress");
  if (!message || !bar) return (bar?.value ?? 0) / 100;
  const percent = Math.floor(message.progress * 100);
  const steps = message.steps ? ` ${message.step}/${message.steps}` : "";
  if (percent) bar.value = percent;
  element.querySelector("[data-percent]").textContent = percent ? `${percent} %` : "";
  element.querySelector("[data-stage]").textContent = words(message.stage) + steps;
  return message.progress;
}

function showPreview(element) {
  const { image } = element.dataset;
  const blob = arrived.get(image);
  const picture = element.querySelector(".preview");
  if (!blob || !picture) return;
  drop(image);
  picture.src = URL.createObjectURL(blob);
  picture.hidden = false;
  previews.set(image, picture.src);
}

const words = (stage) => stages[stage] ?? stage ?? "";

function isFinal(element) {
  return ["succeeded", "failed", "cancelled"].includes(element.dataset.status);
}

// A card left the page: give its previews back.
export function dropPreviews(card) {
  for (const element of card.querySelectorAll(".tile")) drop(element.dataset.image);
}

export function release(card) {
  dropPreviews(card);
  for (const element of card.querySelectorAll(".tile")) forget(element.dataset.image);
}

// `load` and `error` do not bubble, so they are caught on their way down.
export function watch(feed) {
  feed.addEventListener("load", (event) => settle(event, true), true);
  feed.addEventListener("error", (event) => settle(event, false), true);
  feed.addEventListener("click", (event) => {
    const element = event.target.closest("[data-reload]")?.closest(".tile");
    if (!element) return;
    const picture = element.querySelector(".picture img");
    picture.removeAttribute("srcset"); // what it chose may be what is broken
    picture.src = `${picture.src.split("?")[0]}?again=${Date.now()}`;
    element.querySelector(".picture").focus();
  });
  for (const picture of feed.querySelectorAll(".picture img")) {
    if (picture.complete && !picture.naturalWidth && picture.loading !== "lazy") fail(picture);
  }
}

function settle({ target }, loaded) {
  if (!target.matches(".picture img")) return;
  if (!loaded) return fail(target);
  const element = target.closest(".tile");
  element.removeAttribute("data-broken");
  drop(element.dataset.image);
  const below = element.querySelector(".preview:not([hidden])"); // hiding it again would have the tile styled again
  if (!below) return;
  below.hidden = true;
  below.removeAttribute("src");
}

function fail(picture) {
  picture.closest(".tile").dataset.broken = "yes";
}
