// Sharing a picture: the page of its links, as a dialog over whatever page the button stands on.

let dialog; // made at the first use
const headers = { "HX-Request": "true" };

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-share]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    share(link.href);
  }
  const line = event.target.closest(".link-line");
  if (line && event.target.closest("[data-copy]")) copy(line, event.target.closest("[data-copy]"));
  if (line && event.target.closest("[data-send]")) navigator.share({ url: line.querySelector("[data-link]").value }).catch(() => {}); // closed again
});

export async function share(url) {
  const answer = await fetch(url, { headers }).catch(() => undefined);
  if (!answer?.ok || answer.redirected) return location.assign(url); // it says what is wrong
  dialog ??= make();
  fill(await answer.text());
  dialog.showModal();
  dialog.querySelector("select").focus();
}

function make() {
  const made = Object.assign(document.createElement("dialog"), { className: "share-dialog" });
  made.setAttribute("aria-labelledby", "share-title");
  made.addEventListener("click", (event) => event.target === made && made.close());
  made.addEventListener("submit", submit);
  made.addEventListener("keydown", (event) => event.stopPropagation()); // the page below has keys of its own
  document.body.append(made);
  return made;
}

function fill(html) {
  dialog.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
  dialog.querySelector("[data-share-close]").addEventListener("click", () => dialog.close());
  show(dialog);
}

async function submit(event) {
  event.preventDefault();
  const { action, method } = event.target;
  const body = new FormData(event.target);
  const answer = await fetch(action, { method, headers, body }).catch(() => undefined);
  if (!answer || answer.redirected || answer.status >= 500) return event.target.submit(); // the plain way says why
  fill(await answer.text());
  const made = dialog.querySelector(".made [data-link]");
  if (made) made.select();
  else dialog.querySelector("[data-share-close]").focus();
}

async function copy(line, button) {
  const input = line.querySelector("[data-link]");
  input.select();
  // The clipboard needs a secure context; a studio in a home network has none.
  if (navigator.clipboard) await navigator.clipboard.writeText(input.value).catch(() => document.execCommand("copy"));
  else document.execCommand("copy");
  button.title = button.dataset.copy;
  button.setAttribute("aria-label", button.dataset.copy);
  button.toggleAttribute("data-copied", true);
}

// What works with scripts alone.
function show(place) {
  for (const button of place.querySelectorAll(".link-line [data-copy]")) button.hidden = false;
  for (const button of place.querySelectorAll(".link-line [data-send]")) button.hidden = !navigator.share;
}

show(document);
