// Pictures opened over the page they are on. Each has its own address: Back closes, Forward opens again, a reload
// shows the page of the picture. Focus goes back to the tile.

import { Viewer } from "./viewer.js";

const dialog = document.getElementById("lightbox");
const title = document.title;
const fetched = new Map(); // address -> promise of its HTML: the neighbours are fetched ahead
let viewer;
let opener;
let asked; // the address that is wanted last

const ours = () => Boolean(history.state?.lightbox);

function fetchViewer(url) {
  if (!fetched.has(url)) {
    const answer = fetch(url, { headers: { "HX-Request": "true" } }).then((each) => {
      if (!each.ok || each.redirected) throw new Error(each.status);
      return each.text();
    });
    answer.catch(() => fetched.delete(url));
    fetched.set(url, answer);
  }
  return fetched.get(url);
}

async function show(url) {
  asked = url;
  let html;
  try {
    html = await fetchViewer(url);
  } catch {
    return location.assign(url); // its own page says what is wrong
  }
  if (asked !== url) return;
  fetched.clear(); // what was fetched ahead may change any moment; the neighbours come anew
  const root = new DOMParser().parseFromString(html, "text/html").querySelector("[data-viewer]");
  const within = dialog.open && dialog.contains(document.activeElement) ? document.activeElement.dataset : {};
  for (const old of dialog.querySelectorAll("[data-viewer]")) old.remove();
  dialog.prepend(root);
  viewer = new Viewer(root, { go, close, removed });
  document.title = root.dataset.title;
  if (!dialog.open) open();
  const again = within.go && root.querySelector(`[data-go="${within.go}"]`);
  (again || root.querySelector("[data-stage]")).focus({ preventScroll: true });
  for (const way of ["newer", "older"]) if (viewer.address(way)) fetchViewer(viewer.address(way)).catch(() => {});
}

// Toasts and the live region go along: what lies under an open dialog is neither seen nor heard.
function open() {
  dialog.append(document.getElementById("toasts"), document.getElementById("live-region"));
  dialog.showModal();
  document.documentElement.toggleAttribute("data-viewing", true); // by `:has()`, the page would look for it all the time
}

function go(url) {
  history.replaceState({ lightbox: true }, "", url);
  show(url);
}

// Backwards where we came from the page below; where this was the first page of the tab there is nothing to go back to.
const close = () => (ours() ? history.back() : shut());

function shut() {
  asked = undefined;
  if (!dialog.open) return;
  const tile = document.getElementById(`image-${viewer.root.dataset.viewer}`)?.querySelector("[data-lightbox]");
  document.body.append(...dialog.querySelectorAll("#toasts, #live-region"));
  dialog.close();
  dialog.replaceChildren();
  document.title = title;
  (tile ?? opener)?.focus();
  tile?.scrollIntoView({ block: "nearest" });
}

function removed(next) {
  document.dispatchEvent(new CustomEvent("picture-deleted", { detail: viewer.root.dataset.viewer }));
  fetched.clear();
  if (next) go(next);
  else close();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-lightbox]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  opener = link;
  history.pushState({ lightbox: true }, "", link.href);
  show(link.href);
});
dialog.addEventListener("close", () => document.documentElement.removeAttribute("data-viewing"));
dialog.addEventListener("cancel", (event) => {
  event.preventDefault(); // Escape is one of the viewer's keys
});
dialog.addEventListener("keydown", (event) => {
  if (viewer?.key(event)) event.stopPropagation();
});
addEventListener("popstate", () => (ours() ? show(location.href) : shut()));
if (ours()) history.replaceState(null, ""); // a reload is the page itself
