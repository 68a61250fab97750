// What the feed shows. The choice is in the address, so that a reload and the way back find it again.

const form = document.getElementById("filters");
const feed = document.getElementById("feed");
const PAUSE = 250; // ms after the last key of a search
let waiting;

// The filters as an address has them; empty where nothing is filtered.
export function query() {
  const chosen = [...new FormData(form)].filter(([, value]) => value.trim());
  return new URLSearchParams(chosen).toString();
}

// An address with the filters added to it.
export const filtered = (url) => (query() ? `${url}${url.includes("?") ? "&" : "?"}${query()}` : url);

function apply() {
  clearTimeout(waiting);
  const address = query() ? `?${query()}` : location.pathname;
  if (address !== (location.search || location.pathname)) history.replaceState(null, "", address + location.hash);
  for (const clear of form.querySelectorAll("[data-clear-filters]")) clear.hidden = !query();
  feed.dispatchEvent(new CustomEvent("filtered"));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  apply();
});
form.addEventListener("change", apply);
form.addEventListener("input", (event) => {
  if (event.target.type !== "search") return;
  clearTimeout(waiting);
  waiting = setTimeout(apply, PAUSE);
});
document.getElementById("tasks").addEventListener("click", (event) => {
  if (!event.target.closest("[data-clear-filters]")) return;
  event.preventDefault();
  for (const field of form.elements) field.value = "";
  apply();
  form.elements.q.focus();
});
