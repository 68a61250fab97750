// A member's saved recipes: put in, kept, renamed, given to others and forgotten without leaving the builder.
// Beside them, sizes of shops and channels, which follow on the steps that are there.

import { toast } from "./toasts.js";

export class Shelf {
  // `read()` gives the operations to keep; `load(operations)` takes those of a recipe.
  constructor(root, { read, load }) {
    const menu = root.querySelector("[data-shelf]");
    Object.assign(this, { root, menu, read, load });
    this.name = menu.querySelector("[data-recipe-name]");
    this.error = menu.querySelector("#recipe-error");
    menu.addEventListener("click", (event) => this.#click(event));
    this.name.addEventListener("keydown", (event) => event.key === "Enter" && this.#save());
  }

  #click({ target }) {
    const on = (selector) => target.closest(selector);
    if (on("[aria-disabled=true]")) return;
    if (on("[data-load], [data-append]")) {
      this.menu.open = false;
      const operations = JSON.parse(on("li").querySelector("script").textContent);
      this.load(on("[data-append]") ? [...this.read(), ...operations] : operations);
      this.menu.querySelector("summary").focus();
    } else if (on("[data-save]")) this.#save();
    else if (on("[data-rename]")) this.#rename(on("[data-rename]"));
    else if (on("[data-delete]")) this.#delete(on("[data-delete]"));
    else if (on("[data-share-recipe]")) this.#share(on("[data-share-recipe]").dataset.shareRecipe);
  }

  async #save() {
    const { value } = this.name;
    const done = await this.#send(this.menu.querySelector("[data-save]").dataset.save, { name: value, recipe: JSON.stringify(this.read()) });
    if (done) this.name.value = "";
  }

  async #delete(button) {
    if (!confirm(this.root.dataset.confirm)) return;
    if (await this.#send(button.dataset.delete)) (this.menu.querySelector("[data-load]") ?? this.name).focus();
  }

  // The name becomes a field until Enter or Escape.
  #rename(pencil) {
    const button = pencil.closest("li").querySelector("[data-load]");
    const field = Object.assign(document.createElement("input"), { className: "input", value: button.textContent, maxLength: 60 });
    field.setAttribute("aria-label", pencil.getAttribute("aria-label"));
    const back = () => {
      field.replaceWith(button);
      pencil.hidden = false;
      pencil.focus();
    };
    field.addEventListener("keydown", async (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        event.preventDefault();
        back();
      }
      if (event.key !== "Enter" || !(await this.#send(pencil.dataset.rename, { name: field.value }))) return;
      this.menu.querySelector(`[data-rename="${pencil.dataset.rename}"]`).focus();
    });
    pencil.hidden = true;
    button.replaceWith(field);
    field.select();
  }

  async #share(url) {
    const answer = await this.#post(url).catch(() => undefined);
    const told = answer && answer.status < 500 ? await answer.json() : { words: this.root.dataset.failed };
    if (!told.url) return this.#say(told.words);
    if (navigator.share) return navigator.share({ url: told.url }).catch(() => {}); // closed again
    const copied = await navigator.clipboard?.writeText(told.url).then(() => true, () => false); // secure pages alone may
    this.#say("");
    const link = this.menu.querySelector("[data-link]");
    link.hidden = false;
    link.lastElementChild.value = told.url;
    link.lastElementChild.select();
    if (copied) toast(this.root.dataset.copied);
  }

  async #send(url, values = {}) {
    const answer = await this.#post(url, values).catch(() => undefined);
    const told = answer && answer.status < 500 ? await answer.text() : this.root.dataset.failed;
    this.#say(answer?.ok ? "" : told);
    if (!answer?.ok) return false;
    const fresh = new DOMParser().parseFromString(told, "text/html").querySelector("[data-recipes]");
    this.menu.querySelector("[data-recipes]").replaceWith(fresh);
    return true;
  }

  #post(url, values = {}) {
    return fetch(url, { method: "POST", headers: { "X-CSRFToken": this.root.dataset.token }, body: new URLSearchParams(values) });
  }

  #say(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
  }
}
