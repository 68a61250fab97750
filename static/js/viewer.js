// One picture with everything that is told of it: on its own page, or in the lightbox.

import { press } from "./hearts.js";
import { meant, tellKeys } from "./keymap.js";
import { toast } from "./toasts.js";
import { Zoom } from "./zoom.js";

const headers = { "HX-Request": "true" };

export class Viewer {
  // `go(url)` shows another picture, `close()` leaves, `removed(url)` follows a deletion with the neighbour's address.
  constructor(root, { go, close, removed }) {
    Object.assign(this, { root, go, close, removed });
    const stage = root.querySelector("[data-stage]");
    const button = root.querySelector("[data-zoom]");
    const words = root.querySelector("[data-zoom-words]");
    button.hidden = false;
    this.zoom = new Zoom(stage, [stage], {
      onChange: (percent) => (words.textContent = `${percent} %`),
      onSwipe: (way) => this.turn(way > 0 ? "older" : "newer"),
    });
    button.addEventListener("click", () => this.zoom.toggle());
    const picture = root.querySelector(".stage-picture");
    const loaded = () => picture.toggleAttribute("data-loaded", true);
    if (picture.complete) loaded();
    else picture.addEventListener("load", loaded, { once: true });
    root.querySelector(".strip [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    this.#copy();
    tellKeys(root);
    root.addEventListener("click", (event) => this.#click(event));
    root.addEventListener("submit", (event) => this.#submit(event));
    for (const url of [root.dataset.newerPicture, root.dataset.olderPicture]) if (url) new Image().src = url;
  }

  address(way) {
    return this.root.querySelector(`[data-go="${way}"]`)?.href;
  }

  turn(way) {
    const url = this.address(way);
    if (url) this.go(url);
  }

  // Whether the key was ours.
  key(event) {
    if (event.defaultPrevented) return false;
    const key = meant(event, "picture");
    if (key === "Escape" && this.root.querySelector("details.menu[open]")) return false; // see frame.js
    const control = key && this.root.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const acts = {
      ArrowLeft: () => this.turn("newer"),
      ArrowRight: () => this.turn("older"),
      i: () => this.root.toggleAttribute("data-plain"),
      Escape: () => (this.zoom.zoomed ? this.zoom.to(1) : this.close()),
    };
    if (!control && !acts[key]) return false;
    event.preventDefault();
    if (control) {
      if (control.matches("a")) control.focus(); // a dialog that it opens gives the focus back to it
      control.click();
    } else acts[key]();
    return true;
  }

  #copy() {
    const button = this.root.querySelector("[data-copy]");
    button.hidden = !navigator.clipboard; // a studio in a home network has none
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.root.querySelector("[data-prompt]").textContent);
      toast(this.root.dataset.copied);
    });
  }

  #click(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[data-go], a[data-close]");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-close]")) this.close();
    else this.go(link.href);
  }

  #submit(event) {
    const form = event.target;
    event.preventDefault();
    if (form.matches("[data-heart]")) press(form, this.root.dataset.failed);
    else if (form.matches("[data-delete]")) this.#delete(form);
    else if (form.matches("[data-collect]")) this.#collect(form, event.submitter);
  }

  async #delete(form) {
    if (!confirm(form.dataset.confirm)) return;
    const answer = await this.#send(form.action, new FormData(form));
    if (answer?.ok) this.removed(this.address("older") ?? this.address("newer"));
    else if (answer) toast(answer.status < 500 ? await answer.text() : this.root.dataset.failed);
  }

  async #collect(form, submitter) {
    const answer = await this.#send(form.action, new FormData(form, submitter));
    if (!answer) return;
    toast((await answer.json()).words);
    if (answer.ok) form.closest("details").open = false;
  }

  async #send(address, body) {
    try {
      return await fetch(address, { method: "POST", headers, body });
    } catch {
      toast(this.root.dataset.failed);
      return undefined;
    }
  }
}
