// The list of keys, opened by “?” or by its button: searched, each changed, and single signs switched off.

import { change, isChanged, isSign, keepSigns, nameOf, partOf, reset, shown, signs, tellKeys, typing } from "./keymap.js";

const dialog = document.getElementById("keys");
const choice = dialog.querySelector("[data-signs]");
const again = dialog.querySelector("[data-reset]");
const searched = dialog.querySelector("[type=search]");
const told = dialog.querySelector("output");
const buttons = [...dialog.querySelectorAll("[data-ours]")];
const NOT_ALONE = ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"];
const KEPT = ["?", "+", "=", "-"]; // this list, and the zoom
const OTHERS = ["Delete", "Backspace", "Insert"];
let asking; // the button that waits for its new key

const wordsOf = (button) => button.closest("div").querySelector("dd").textContent;

function label() {
  for (const button of buttons) {
    button.textContent = shown(button.dataset.ours, partOf(button));
    button.setAttribute("aria-label", `${wordsOf(button)}: ${button.textContent}`);
  }
  again.hidden = !isChanged();
  tellKeys();
}

function ask(button) {
  asking = button;
  button.textContent = told.value = dialog.dataset.ask;
}

function answer(event) {
  if (event.key === "Tab" || NOT_ALONE.includes(event.key)) return;
  event.preventDefault();
  const key = nameOf(event);
  const fits = (isSign(key) && !KEPT.includes(key)) || OTHERS.includes(key);
  if (event.key !== "Escape" && (!fits || event.ctrlKey || event.metaKey || event.altKey)) {
    told.value = dialog.dataset.taken;
    return;
  }
  const button = asking;
  asking = undefined;
  if (fits) change(button.dataset.ours, key, partOf(button));
  label();
  told.value = button.getAttribute("aria-label");
}

function search(text) {
  const asked = text.trim().toLowerCase();
  for (const section of dialog.querySelectorAll("section")) {
    const rows = [...section.querySelectorAll("dl > div")];
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(asked);
    section.hidden = rows.every((row) => row.hidden);
  }
  told.value = dialog.querySelector("section:not([hidden])") ? "" : dialog.dataset.none;
}

label();
choice.checked = signs();
choice.addEventListener("change", () => keepSigns(choice.checked));
again.addEventListener("click", () => {
  reset();
  label();
  choice.focus();
});
for (const button of buttons) {
  button.addEventListener("click", () => ask(button));
  button.addEventListener("blur", () => {
    if (asking !== button) return;
    asking = undefined;
    told.value = "";
    label();
  });
}
searched.addEventListener("input", () => search(searched.value));
dialog.addEventListener("close", () => search((searched.value = "")));
document.addEventListener("click", (event) => event.target.closest("[data-show-keys]") && dialog.showModal());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
dialog.addEventListener("keydown", (event) => {
  event.stopPropagation(); // what lies below has keys of its own
  if (asking) answer(event);
});
addEventListener("keydown", (event) => {
  if (event.key !== "?" || !signs() || typing(event)) return;
  event.preventDefault(); // else it is typed into the search
  dialog.showModal();
});
