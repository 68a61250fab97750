// Only what is near is in the page. Cards far from the window become a gap of the same height, older ones are fetched
// before anybody sees their end, and a gap is filled again when the window comes back to it.

import { filtered } from "./filters.js";

const NEAR = 1_500; // px around the window: here cards have to be
const FAR = 4_500; // px: beyond this they may go
const RUN = 20; // cards of a gap; fewer where they stand between two
const PATIENCE = 10_000; // ms for an answer: all others wait for it
const AGAIN = 2_000; // ms until something that could not be fetched is asked for again

const feed = document.getElementById("feed");
const far = new Set();
const due = new Set(); // gaps that are near, and the button for older ones
const isCard = (element) => element.dataset.job !== undefined;
const isGap = (element) => element?.matches(".gap");
let filling;
let tidying;

// Newest and oldest id that a child of the feed stands for: a card, or a gap of cards.
export const span = ({ dataset }) => (dataset.job ? [dataset.job, dataset.job] : [dataset.newest, dataset.oldest]);
export const inGap = (id) => [...feed.querySelectorAll(".gap")].some((gap) => gap.dataset.oldest <= id && id <= gap.dataset.newest);

const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) due[isIntersecting ? "add" : "delete"](target);
    fillNearest();
  },
  { rootMargin: `${NEAR}px 0px` },
);
const distant = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) far[isIntersecting ? "delete" : "add"](target);
    tidying ??= requestIdleCallback(tidy, { timeout: 500 });
  },
  { rootMargin: `${FAR}px 0px` },
);

// Look after what came into the feed.
export function watch(elements) {
  for (const element of elements) {
    if (isCard(element)) distant.observe(element);
    else if (element.matches(".older, .gap")) near.observe(element);
  }
}

// A card leaves the page for good, or for a gap. Chromium's document keeps every picture with `sizes` that was ever in
// it, and with the picture its card; another document takes both along when it goes.
export function remove(card) {
  distant.unobserve(card);
  far.delete(card);
  new Document().adoptNode(card);
}

// One after another, what is nearest first: a window that jumps over thousands of cards fetches few of them.
async function fillNearest() {
  if (filling) return;
  const [place] = [...due].sort((one, other) => distance(one) - distance(other));
  if (!place) return;
  filling = true;
  const { more, newest, oldest } = place.dataset;
  const address = more ?? filtered(`${feed.dataset.feedUrl}?${new URLSearchParams({ newest, oldest })}`);
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const html = await answer.text();
    if (due.delete(place) && place.isConnected) fill(place, html);
  } catch {
    await new Promise((resume) => setTimeout(resume, AGAIN));
  }
  filling = false;
  fillNearest();
}

function distance(place) {
  const { top, bottom } = place.getBoundingClientRect();
  return Math.max(top - innerHeight, -bottom);
}

function fill(place, html) {
  const cards = [...new DOMParser().parseFromString(html, "text/html").body.children];
  near.unobserve(place);
  place.replaceWith(...cards.filter((card) => !isCard(card) || !document.getElementById(card.id)));
  feed.dispatchEvent(new CustomEvent("filled", { detail: cards }));
}

function tidy() {
  tidying = undefined;
  if (!feed.offsetParent) return; // on a phone it is behind the other tab: nothing is near then
  const runs = [];
  let run = [];
  for (const element of [...feed.children, feed]) {
    if (element.matches(".day")) continue;
    const goes = far.has(element) && !element.contains(document.activeElement);
    if (goes) run.push(element);
    const whole = run.length === RUN || (!goes && isGap(element) && isGap(run[0]?.previousElementSibling));
    if (whole) runs.push(run);
    if (whole || !goes) run = [];
  }
  // All are measured before the first goes: after that, each measure would have the whole feed styled and laid out.
  const heights = runs.map((cards) => cards.at(-1).getBoundingClientRect().bottom - cards[0].getBoundingClientRect().top);
  runs.forEach((cards, index) => letGo(cards, heights[index]));
  if (runs.length) feed.dispatchEvent(new CustomEvent("tidied"));
}

function letGo(cards, height) {
  const gap = Object.assign(document.createElement("div"), { className: "gap" });
  gap.dataset.newest = cards[0].dataset.job;
  gap.dataset.oldest = cards.at(-1).dataset.job;
  gap.style.height = `${height}px`;
  cards[0].before(gap);
  for (const card of cards) {
    feed.dispatchEvent(new CustomEvent("leaving", { detail: card }));
    remove(card);
  }
  near.observe(gap);
}

feed.addEventListener("click", (event) => {
  const older = event.target.closest(".older");
  if (!older) return;
  event.preventDefault();
  due.add(older);
  fillNearest();
});
