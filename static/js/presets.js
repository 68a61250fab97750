// Saved settings of the form: put in, kept, renamed and forgotten without leaving the page.

import { fill, form } from "./create.js";
import { toast } from "./toasts.js";

const menu = document.getElementById("preset-menu");
const name = document.getElementById("preset-name");
const error = document.getElementById("preset-error");

const say = (words) => {
  error.textContent = words;
  error.hidden = !words;
};

async function send(url, extra = {}) {
  const body = new FormData(form);
  body.delete("picture");
  for (const [key, value] of Object.entries(extra)) body.set(key, value);
  try {
    const answer = await fetch(url, { method: "POST", headers: { "HX-Request": "true" }, body });
    const told = await answer.text();
    if (!answer.ok) return say(answer.status < 500 ? told : document.getElementById("feed").dataset.failed);
    say("");
    const fresh = new DOMParser().parseFromString(told, "text/html").getElementById("presets");
    document.getElementById("presets").replaceWith(fresh);
    return true;
  } catch {
    return say(document.getElementById("feed").dataset.failed);
  }
}

form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button?.matches("[data-preset-action]")) return;
  event.preventDefault();
  const next = button.closest("li")?.nextElementSibling ?? name;
  if (await send(button.formAction)) {
    if (!button.isConnected) (next.querySelector?.("a") ?? name).focus();
    else name.value = "";
  }
});

name.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // Enter in a field of the form would press Generate
  menu.querySelector(".preset-save [data-preset-action]").click();
});

menu.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-preset]");
  if (chosen) {
    event.preventDefault();
    menu.open = false;
    fill(JSON.parse(chosen.parentElement.querySelector("script").textContent));
    toast(chosen.textContent);
  }
  const pencil = event.target.closest("[data-rename]");
  if (pencil) rename(pencil);
});

// The name becomes a field until Enter or Escape.
function rename(pencil) {
  const link = pencil.closest("li").querySelector("[data-preset]");
  const field = Object.assign(document.createElement("input"), { className: "input", value: link.textContent, maxLength: 60 });
  field.setAttribute("aria-label", pencil.getAttribute("aria-label"));
  const back = () => {
    field.replaceWith(link);
    pencil.hidden = false;
    pencil.focus();
  };
  field.addEventListener("keydown", async (key) => {
    if (key.key === "Escape") {
      key.stopPropagation();
      back();
    }
    if (key.key !== "Enter") return;
    key.preventDefault();
    const id = link.dataset.preset;
    if (await send(pencil.dataset.rename, { preset_new_name: field.value })) {
      menu.querySelector(`[data-preset="${id}"]`).focus();
    }
  });
  pencil.hidden = true;
  link.replaceWith(field);
  field.select();
}
