// Zoom and drag for one picture, or for several that move alike. 1 is as large as fits; 100 % is a pixel for a pixel.

const KEYS = { "+": 1.25, "=": 1.25, "-": 0.8 };
const SWIPE = 60; // px
const LEAST = 3; // times as large as fits can always be had, of small pictures too

export class Zoom {
  #scale = 1;
  #x = 0;
  #y = 0;
  #pointers = new Map();
  #start;

  // `frames` each hold one picture; events come from `surface`. `onChange(percent, zoomed)`, `onSwipe(-1 or 1)`.
  constructor(surface, frames, { onChange = () => {}, onSwipe = () => {} } = {}) {
    Object.assign(this, { surface, frames, onChange, onSwipe });
    this.pictures = frames.map((frame) => frame.querySelector("img[data-full]"));
    surface.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    surface.addEventListener("pointerdown", (event) => this.#down(event));
    surface.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel"]) surface.addEventListener(name, (event) => this.#up(event));
    surface.addEventListener("dblclick", (event) => this.toggle(...this.#point(event)));
    surface.addEventListener("keydown", (event) => {
      if (KEYS[event.key] && !event.ctrlKey && !event.metaKey) this.to(this.#scale * KEYS[event.key]);
    });
    new ResizeObserver(() => this.to(this.#scale)).observe(frames[0]);
  }

  get zoomed() {
    return this.#scale > 1.001;
  }

  // From fit to 100 %, and back; a picture that fits at 100 % is shown at twice its size.
  toggle(x = 0, y = 0) {
    const full = 1 / this.#fit();
    this.to(this.zoomed ? 1 : full > 1.05 ? full : 2, x, y);
  }

  // Zoom so that the point under (x, y), measured from the middle of the frame, stays where it is.
  to(scale, x = 0, y = 0) {
    const next = Math.min(Math.max(1, scale), Math.max(LEAST, 1 / this.#fit()));
    this.#x = x - (x - this.#x) * (next / this.#scale);
    this.#y = y - (y - this.#y) * (next / this.#scale);
    this.#scale = next;
    this.#apply();
  }

  #fit() {
    const { clientWidth, clientHeight } = this.frames[0];
    const [picture] = this.pictures;
    return Math.min(clientWidth / picture.getAttribute("width"), clientHeight / picture.getAttribute("height")) || 1;
  }

  #apply() {
    const [picture] = this.pictures;
    const shown = this.#fit() * this.#scale;
    const room = (side, frame) => Math.max(0, (picture.getAttribute(side) * shown - frame) / 2);
    const bound = (value, most) => Math.min(most, Math.max(-most, value));
    this.#x = bound(this.#x, room("width", this.frames[0].clientWidth));
    this.#y = bound(this.#y, room("height", this.frames[0].clientHeight));
    for (const each of this.pictures) {
      each.style.transform = this.zoomed ? `translate(${this.#x}px, ${this.#y}px) scale(${this.#scale})` : "";
      if (this.zoomed && each.src !== new URL(each.dataset.full, location.href).href) each.src = each.dataset.full;
    }
    this.surface.toggleAttribute("data-zoomed", this.zoomed);
    this.onChange(Math.round(shown * 100), this.zoomed);
  }

  #point({ clientX, clientY, target }) {
    const frame = this.frames.find((each) => each.contains(target)) ?? this.frames[0];
    const box = frame.getBoundingClientRect();
    return [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2];
  }

  #wheel(event) {
    event.preventDefault();
    this.to(this.#scale * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), ...this.#point(event));
  }

  #down(event) {
    if (event.target.closest("a, button, input")) return;
    this.#pointers.set(event.pointerId, event);
    if (!event.target.closest("label")) this.surface.setPointerCapture(event.pointerId); // a click would not reach it
    this.#start = event;
  }

  #move(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return;
    const others = [...this.#pointers.values()].filter((each) => each.pointerId !== event.pointerId);
    this.#pointers.set(event.pointerId, event);
    if (others.length) return this.#pinch(before, event, others[0]);
    if (!this.zoomed) return;
    this.#x += event.clientX - before.clientX;
    this.#y += event.clientY - before.clientY;
    this.#apply();
  }

  #pinch(before, now, other) {
    const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = { clientX: (now.clientX + other.clientX) / 2, clientY: (now.clientY + other.clientY) / 2 };
    this.#start = undefined; // two fingers are no swipe
    this.to((this.#scale * apart(now)) / (apart(before) || 1), ...this.#point({ ...middle, target: other.target }));
  }

  #up(event) {
    if (!this.#pointers.delete(event.pointerId) || event.type === "pointercancel") return;
    if (!this.#start || this.zoomed || event.pointerType === "mouse") return;
    const [across, down] = [event.clientX - this.#start.clientX, event.clientY - this.#start.clientY];
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) this.onSwipe(across < 0 ? 1 : -1);
  }
}
