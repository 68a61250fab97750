// The cards. The server renders each of them; this fetches, places and morphs them, and never shows an older state
// over a newer one.

import { Idiomorph } from "../vendor/idiomorph/idiomorph.js";
import { tick } from "./clock.js";
import { filtered } from "./filters.js";
import { flying } from "./flight.js";
import * as paging from "./paging.js";
import * as tiles from "./tiles.js";
import { say } from "./toasts.js";

const AGAIN = 2_000; // ms until a card that could not be fetched is asked for again
const FINAL = ["succeeded", "failed", "cancelled"];
// Attributes that belong to the browser and that a rendering must not take away.
const OURS = {
  "data-broken": ".tile", "data-half-said": ".job", class: ".state.fresh",
  open: "details", src: ".preview", hidden: ".preview",
};
const REST = {
  callbacks: {
    beforeAttributeUpdated: (name, node) => !node.matches(OURS[name] ?? ":not(*)"),
    // A picture that is done while one looks fades in, and its card's state stands out. What comes with a page of
    // cards does not: each would be a layer of its own, or be styled anew in each frame, while the feed is scrolled.
    afterNodeAdded: (node) => node.matches?.(".picture") && node.classList.add("fresh"),
  },
};

const feed = document.getElementById("feed");
const fetching = new Set(); // card ids
const known = new Map(); // card id -> seq of the newest state heard of

export const cardOf = (job) => document.getElementById(`job-${job}`);
const fragment = (html) => new DOMParser().parseFromString(html, "text/html").body;
const headers = { "HX-Request": "true" };

// --- Stopping a task ---

const STOP = ".job-actions form[action$='/cancel/'] button";
export const stoppable = () => feed.querySelector(STOP)?.closest(".job"); // the newest that runs or waits
export const stop = (card) => card.querySelector(STOP)?.click();

// --- What the live channel tells ---------------------------------------------------------------------------

export function job(data) {
  const id = data.group ?? data.id; // all cells of a grid are one card
  if (data.seq <= Number(cardOf(id)?.dataset.seq ?? 0)) return;
  known.set(id, Math.max(data.seq, known.get(id) ?? 0));
  for (const image of data.images) if (FINAL.includes(image.status) || image.status === "queued") tiles.forget(image.id);
  if (cardOf(id) || belongs(id)) refresh(id);
}

export function gone(id) {
  known.delete(id);
  const card = cardOf(id);
  if (!card) return cellGone(id);
  const cards = [...feed.querySelectorAll(".job")];
  const neighbour = cards[cards.indexOf(card) + 1] ?? cards[cards.indexOf(card) - 1];
  if (card.contains(document.activeElement)) neighbour?.querySelector("a, button, summary")?.focus();
  tiles.release(card);
  feed.dispatchEvent(new CustomEvent("gone", { detail: card }));
  paging.remove(card);
  changed();
}

// The rest of a grid stays, and what it has come to may be older than the cell that went.
function cellGone(id) {
  const grid = feed.querySelector(`[data-cell="${id}"]`)?.closest(".job");
  if (!grid) return;
  grid.dataset.seq = 0;
  refresh(grid.dataset.job);
}

let asked = 0;
export async function reset() {
  const turn = (asked += 1);
  const answer = await fetch(filtered(feed.dataset.feedUrl), { headers });
  if (!answer.ok || turn !== asked) return;
  for (const card of feed.querySelectorAll(".job[data-job]")) leave(card);
  feed.replaceChildren(...fragment(await answer.text()).children);
  arrived([...feed.children]);
  changed();
}

// Cards that came as a page of them.
function arrived(cards) {
  paging.watch(cards);
  for (const card of cards) {
    card.toggleAttribute("data-passing", flying() && card.matches(".job"));
    tick(card);
  }
}

// A flight begins or ends.
document.addEventListener("flight", () => {
  const unseen = (card) => ![...card.querySelectorAll(".picture img")].some((picture) => picture.complete);
  for (const card of feed.querySelectorAll(".job")) card.toggleAttribute("data-passing", flying() && unseen(card));
});

function leave(card) {
  tiles.dropPreviews(card);
  paging.remove(card);
}

// --- Cards ---------------------------------------------------------------------------------------------------

// Ids sort by time: an older card than the last one shown comes with its own page, one in a gap with the gap.
function belongs(id) {
  if (paging.inGap(id)) return false;
  const last = [...feed.querySelectorAll(".job[data-job], .gap")].at(-1);
  return !feed.querySelector(".older") || !last || id > paging.span(last)[1];
}

// At most one fetch a card is under way; what is announced meanwhile is fetched after it.
export async function refresh(id) {
  if (fetching.has(id)) return;
  fetching.add(id);
  try {
    const address = `/jobs/${id}/card/`;
    const answer = await fetch(cardOf(id) ? address : filtered(address), { headers });
    if (answer.status === 404) gone(id);
    else if (answer.status === 204) known.delete(id); // the filters leave it out
    else if (!answer.ok || answer.redirected) throw new Error(answer.status);
    else if (known.has(id) || cardOf(id)) show(await answer.text());
  } catch {
    await new Promise((resume) => setTimeout(resume, AGAIN)); // the server is away
  }
  fetching.delete(id);
  if ((known.get(id) ?? 0) > Number(cardOf(id)?.dataset.seq ?? 0)) refresh(id);
  else known.delete(id);
}

// Put a rendered card in its place; a ghost gives way to the card it stood for.
export function show(html, ghost) {
  const next = fragment(html).querySelector(".job");
  const old = cardOf(next.dataset.job);
  if (old && Number(old.dataset.seq) > Number(next.dataset.seq)) return void ghost?.remove();
  const before = old?.dataset.status;
  if (old) Idiomorph.morph(old, next, REST);
  else place(next, ghost);
  ghost?.remove();
  const card = cardOf(next.dataset.job);
  tiles.paint(card.dataset.job);
  tick(card);
  if (before !== card.dataset.status) say(card.dataset.announce);
  if (old && before !== card.dataset.status) card.querySelector(".state").classList.add("fresh");
  changed();
}

function place(card, ghost) {
  if (!ghost) card.classList.add("fresh");
  const { job } = card.dataset;
  const after = [...feed.querySelectorAll(".job[data-job], .gap")].find((other) => paging.span(other)[0] < job);
  feed.insertBefore(card, after ?? feed.querySelector(".older"));
  feed.querySelector(".nothing-found")?.remove();
  paging.watch([card]);
}

function changed() {
  feed.dispatchEvent(new CustomEvent("changed"));
}

// --- Buttons -------------------------------------------------------------------------------------------------

feed.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-action]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return;
  const card = form.closest(".job");
  const button = form.querySelector("button");
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", headers, body: new FormData(form, event.submitter) });
    if (answer.status === 204) gone(card.dataset.job);
    else if (answer.ok) show(await answer.text());
    else refuse(card, answer.status < 500 ? await answer.text() : feed.dataset.failed);
  } catch {
    refuse(card, feed.dataset.failed);
  } finally {
    button.removeAttribute("aria-disabled");
  }
});

function refuse(card, words) {
  card.querySelector(".refusal")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "refusal", role: "alert", textContent: words });
  card.querySelector(".job-actions").append(line);
}

// Not by `:has()` in the styles: each word that changes in a card would have all cards styled again.
new MutationObserver(() => {
  document.getElementById("tasks").toggleAttribute("data-empty", !feed.querySelector(".job, .nothing-found"));
}).observe(feed, { childList: true });

feed.addEventListener("half", (event) => say(event.target.dataset.half));
feed.addEventListener("filled", ({ detail: cards }) => arrived(cards));
feed.addEventListener("leaving", ({ detail: card }) => tiles.dropPreviews(card));
feed.addEventListener("filtered", reset);
tiles.watch(feed);
arrived([...feed.children]);
