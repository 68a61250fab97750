// What stands in the form is still there after a reload. It is kept on this device, a member apart from another, and
// forgotten when the member logs out.

import { fill, form } from "./create.js";

const PAUSE = 300; // ms after the last change
const key = `draft.${form.dataset.member}`;
const LEFT_OUT = ["csrfmiddlewaretoken", "idempotency_key", "picture", "preset_name", "preset_prompt"];
let waiting;

function keep() {
  const values = Object.fromEntries([...new FormData(form)].filter(([name]) => !LEFT_OUT.includes(name)));
  localStorage.setItem(key, JSON.stringify(values));
}

function keepSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
}

const stored = localStorage.getItem(key);
if (stored && "fresh" in form.dataset) fill(JSON.parse(stored), { quietly: true });
for (const name of ["input", "change", "filled"]) form.addEventListener(name, keepSoon);
addEventListener("pagehide", () => {
  if (localStorage.getItem("left") !== key) keep();
});
document.querySelector("form[action*='logout']")?.addEventListener("submit", () => {
  clearTimeout(waiting);
  localStorage.removeItem(key);
  localStorage.setItem("left", key); // so that leaving the page does not keep it again
});
localStorage.removeItem("left");
