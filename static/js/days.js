// Headings between the days of the feed, in the visitor's own time zone. An id says when its task was made.

import { span } from "./paging.js";

const feed = document.getElementById("feed");
const language = document.documentElement.lang;
const near = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const DAY = 86_400_000; // ms

const midnight = (moment) => new Date(moment).setHours(0, 0, 0, 0);
const madeAt = (id) => parseInt(id.slice(0, 8) + id.slice(9, 13), 16); // UUID version 7: milliseconds first

function label(day) {
  const ago = Math.round((midnight(Date.now()) - day) / DAY);
  if (ago < 2) return near.format(-ago, "day");
  const year = new Date(day).getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", year }).format(day);
}

function heading() {
  const element = Object.assign(document.createElement("p"), { className: "day", role: "heading" });
  element.setAttribute("aria-level", "3");
  return element;
}

// First and last day that a child of the feed stands for: a card, a gap of cards, or a card that is being sent.
function daysOf(child) {
  if (child.matches(".ghost")) return [midnight(Date.now()), midnight(Date.now())];
  return child.matches(".job, .gap") ? span(child).map((id) => midnight(madeAt(id))) : [];
}

// Put a heading before the first of each day; those that are there and right stay.
export function dress() {
  let before;
  for (const child of [...feed.children]) {
    const [first, last] = daysOf(child);
    if (!first) continue;
    const above = child.previousElementSibling?.matches(".day") ? child.previousElementSibling : undefined;
    if (first === before) above?.remove();
    else {
      const shown = above ?? heading();
      const words = label(first);
      if (shown.textContent !== words) shown.textContent = words;
      if (!above) child.before(shown);
    }
    before = last;
  }
  for (const element of feed.querySelectorAll(".day")) if (!element.nextElementSibling?.matches(".job, .gap")) element.remove();
}

for (const name of ["changed", "filled", "tidied"]) feed.addEventListener(name, dress);
dress();
