// Hearts: set at once, put back where the server says no. Every heart of the same picture on the page follows.

import { toast } from "./toasts.js";

function paint(image, on) {
  for (const button of document.querySelectorAll(`:is([data-image="${image}"], [data-viewer="${image}"]) [data-heart] button`)) {
    button.setAttribute("aria-pressed", on);
  }
  document.getElementById(`image-${image}`)?.toggleAttribute("data-favourite", on);
}

export async function press(form, failed) {
  const button = form.querySelector("button");
  const image = form.closest("[data-image], [data-viewer]").dataset;
  const id = image.image ?? image.viewer;
  const on = button.getAttribute("aria-pressed") !== "true";
  paint(id, on);
  const address = on ? form.dataset.heart.replace("/unfavourite/", "/favourite/") : form.dataset.heart;
  try {
    const answer = await fetch(address, { method: "POST", headers: { "HX-Request": "true" }, body: new FormData(form) });
    if (!answer.ok) throw new Error(answer.status);
  } catch {
    paint(id, !on);
    toast(failed);
  }
}
