// Two pictures over each other, with a line between them that is moved by hand, by finger and by keys.

export class BeforeAfter {
  constructor(root) {
    this.root = root;
    this.slider = root.querySelector("[data-slider]");
    this.before = root.querySelector("[data-before] img");
    this.after = root.querySelector("[data-after] img");
    this.slider.addEventListener("input", () => this.#cut());
    root.addEventListener("pointerdown", (event) => this.#hold(event));
    root.addEventListener("pointermove", (event) => this.#held === event.pointerId && this.#to(event.clientX));
    for (const name of ["pointerup", "pointercancel"]) root.addEventListener(name, () => (this.#held = undefined));
    for (const image of [this.before, this.after]) {
      image.addEventListener("load", () => image.style.setProperty("--ratio", image.naturalWidth / image.naturalHeight));
    }
    this.before.addEventListener("load", () => this.before.style.removeProperty("background-image"));
    this.#cut();
  }

  #held;

  // The thumbnail stands for the picture until that has come.
  start(url, thumbnail, ratio) {
    this.whole = url;
    if (this.before.getAttribute("src") === url) return;
    this.before.style.setProperty("--ratio", ratio);
    this.before.style.backgroundImage = `url(${thumbnail})`;
  }

  // Nothing: only the picture as it is. `before`: the picture cut as the result is, so that both lie over each other.
  show(url, before = this.whole) {
    if (url) this.after.src = url;
    if (before && this.before.getAttribute("src") !== before) this.before.src = before;
    for (const part of this.root.querySelectorAll("[data-after], .look-line, .look-name, [data-slider]")) part.hidden = !url;
    this.root.toggleAttribute("data-both", Boolean(url));
  }

  #hold(event) {
    if (this.slider.hidden || !event.isPrimary || event.button !== 0 || event.target.closest("button, label")) return;
    event.preventDefault();
    this.#held = event.pointerId;
    this.root.setPointerCapture(event.pointerId);
    this.slider.focus({ preventScroll: true });
    this.#to(event.clientX);
  }

  #to(x) {
    const { left, width } = this.root.getBoundingClientRect();
    this.slider.value = ((x - left) / width) * 100;
    this.#cut();
  }

  #cut() {
    this.root.style.setProperty("--cut", `${this.slider.value}%`);
  }
}
