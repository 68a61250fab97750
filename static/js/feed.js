// The cards. The server renders each of them; this fetches, places and morphs them, and never shows an older state
// over a newer one.

import { Idiomorph } from "../vendor/idiomorph/idiomorph.js";
import { tick } from "./clock.js";
import * as tiles from "./tiles.js";

const AGAIN = 2_000; // ms until a card that could not be fetched is asked for again
const FINAL = ["succeeded", "failed", "cancelled"];
// Attributes that belong to the browser and that a rendering must not take away.
const OURS = { "data-broken": ".tile", "data-half-said": ".job", open: "details", src: ".preview", hidden: ".preview" };
const REST = { callbacks: { beforeAttributeUpdated: (name, node) => !node.matches(OURS[name] ?? ":not(*)") } };

const feed = document.getElementById("feed");
const speaker = document.getElementById("live-region");
const fetching = new Set(); // card ids
const known = new Map(); // card id -> seq of the newest state heard of

export const cardOf = (job) => document.getElementById(`job-${job}`);
const fragment = (html) => new DOMParser().parseFromString(html, "text/html").body;
const headers = { "HX-Request": "true" };

// --- What the live channel tells ---------------------------------------------------------------------------

export function job(data) {
  if (data.seq <= Number(cardOf(data.id)?.dataset.seq ?? 0)) return;
  known.set(data.id, Math.max(data.seq, known.get(data.id) ?? 0));
  for (const image of data.images) if (FINAL.includes(image.status) || image.status === "queued") tiles.forget(image.id);
  if (cardOf(data.id) || belongs(data.id)) refresh(data.id);
}

export function gone(id) {
  known.delete(id);
  const card = cardOf(id);
  if (!card) return;
  const neighbour = card.nextElementSibling ?? card.previousElementSibling;
  if (card.contains(document.activeElement)) neighbour?.querySelector("a, button, summary")?.focus();
  tiles.release(card);
  card.remove();
  changed();
}

export async function reset() {
  const answer = await fetch(feed.dataset.feedUrl, { headers });
  if (!answer.ok) return;
  feed.replaceChildren(...fragment(await answer.text()).children);
  htmx.process(feed);
  tick(feed);
  changed();
}

// --- Cards ---------------------------------------------------------------------------------------------------

// Ids sort by time: an older card than the last one shown comes with its own page.
function belongs(id) {
  const last = [...feed.querySelectorAll(".job[data-job]")].at(-1);
  return !feed.querySelector(".older") || !last || id > last.dataset.job;
}

// At most one fetch a card is under way; what is announced meanwhile is fetched after it.
export async function refresh(id) {
  if (fetching.has(id)) return;
  fetching.add(id);
  try {
    const answer = await fetch(`/jobs/${id}/card/`, { headers });
    if (answer.status === 404) gone(id);
    else if (!answer.ok || answer.redirected) throw new Error(answer.status);
    else if (known.has(id) || cardOf(id)) show(await answer.text());
  } catch {
    await new Promise((resume) => setTimeout(resume, AGAIN)); // the server is away
  }
  fetching.delete(id);
  if ((known.get(id) ?? 0) > Number(cardOf(id)?.dataset.seq ?? 0)) refresh(id);
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
  changed();
}

function place(card, ghost) {
  if (!ghost) card.classList.add("fresh");
  const after = [...feed.querySelectorAll(".job[data-job]")].find((other) => other.dataset.job < card.dataset.job);
  feed.insertBefore(card, after ?? feed.querySelector(".older"));
}

export function say(words) {
  if (words) speaker.textContent = words;
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

feed.addEventListener("half", (event) => say(event.target.dataset.half));
tiles.watch(feed);
