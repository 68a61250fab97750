// The page `/`: brings the create bar, the feed and the live channel together.

import { tick } from "./clock.js";
import "./after_steps.js";
import "./create.js";
import "./days.js";
import "./draft.js";
import * as feedCards from "./feed.js";
import "./keys.js";
import "./lightbox.js";
import { Live } from "./live.js";
import * as meters from "./meter.js";
import { finished } from "./notify.js";
import "./presets.js";
import "./selection.js";
import * as tiles from "./tiles.js";
import { toast } from "./toasts.js";

const root = document.documentElement;
const feed = document.getElementById("feed");
const offline = document.getElementById("offline");

let warning; // a short break is not worth a word
const live = new Live({
  seq: Number(feed.dataset.seq),
  changesUrl: feed.dataset.changesUrl,
  handler: { job: (job) => (finished(job), feedCards.job(job)), gone: feedCards.gone, reset: feedCards.reset, progress: tiles.progress, preview: tiles.preview },
  onState: (state) => {
    clearTimeout(warning);
    if (state === "open") offline.hidden = true;
    else warning = setTimeout(() => (offline.hidden = false), state === "polling" ? 0 : 2_000);
  },
});
live.connect();

// --- The top bar's meter, and where waiting cards stand: one question for all ------------------------------------

let asked;
function askPositions(delay) {
  clearTimeout(asked);
  asked = setTimeout(showPositions, delay);
}

async function showPositions() {
  if (!document.hidden) {
    try {
      const answer = await fetch(feed.dataset.positionsUrl);
      if (answer.ok) show(await answer.json());
    } catch {
      // The server is away; the banner says so.
    }
  }
  if (feed.querySelector("[data-wait]")) askPositions(2_000);
}

function show({ positions, meter }) {
  for (const [job, { kind, words }] of Object.entries(positions)) {
    const line = feedCards.cardOf(job)?.querySelector("[data-wait]");
    if (!line) continue;
    if (line.dataset.wait === kind) line.querySelector("[data-wait-words]").textContent = words;
    else feedCards.refresh(job); // with it go other buttons
  }
  const before = document.getElementById("meter").title;
  if (before !== meter.words) htmx.trigger(document.body, "estimate"); // other work may start later now, or sooner
  meters.show(meter);
  showClear(meter.waiting);
}

// --- Cancel all that waits ------------------------------------------------------------------------------------

const clearing = document.getElementById("clear-waiting");
function showClear(waiting) {
  const words = clearing.querySelector("[data-words]");
  clearing.hidden = waiting < 2;
  words.textContent = words.dataset.words.replace("{count}", waiting);
}

async function clearWaiting() {
  const answer = await fetch(clearing.action, { method: "POST", headers: { "HX-Request": "true" }, body: new FormData(clearing) }).catch(() => undefined);
  toast(answer?.ok ? await answer.text() : feed.dataset.failed);
}
clearing.addEventListener("submit", (event) => {
  event.preventDefault();
  clearWaiting();
});

feed.addEventListener("changed", () => askPositions(200));
document.addEventListener("visibilitychange", () => document.hidden || askPositions(0));
askPositions(2_000);

// --- Times, and the phone's tabs ------------------------------------------------------------------------------------

setInterval(tick, 1_000);
tick();

const tabs = document.querySelectorAll(".bottom-tabs [data-tab]");
for (const tab of tabs) {
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    root.dataset.tab = tab.dataset.tab;
    scrollTo(0, 0);
  });
}
function markTab() {
  for (const tab of tabs) {
    if (tab.dataset.tab === root.dataset.tab) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}
new MutationObserver(markTab).observe(root, { attributeFilter: ["data-tab"] });
root.dataset.tab = location.hash === "#tasks" ? "tasks" : "create";
