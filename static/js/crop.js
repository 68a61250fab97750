// Cropping a picture: a frame that is moved and drawn larger or smaller, by hand or by keys, free or in a fixed shape.

import { clamp, edit } from "./editor.js";

const LEAST = 64; // pixels a side
const dialog = document.getElementById("crop-editor");
const frame = dialog?.querySelector(".frame");
const hole = dialog?.querySelector(".shade > i");
const form = dialog?.querySelector("form");
let picture;
let box; // { x, y, width, height } in pixels of the picture

// Resolves with the cropped picture as a PNG, or with undefined. `shape` is width ÷ height of the picture to be made.
export function crop(url, shape) {
  return edit(dialog, url, (loaded) => begin(loaded, shape), finish);
}

function begin(loaded, shape) {
  picture = loaded;
  form.elements.shape.value = "free";
  form.querySelector("[value=target]").dataset.ratio = shape;
  form.querySelector("[value=own]").dataset.ratio = picture.naturalWidth / picture.naturalHeight;
  box = { x: 0, y: 0, width: picture.naturalWidth, height: picture.naturalHeight };
  show();
  frame.focus();
}

function finish() {
  const canvas = document.createElement("canvas");
  const { x, y, width, height } = rounded();
  Object.assign(canvas, { width, height });
  canvas.getContext("2d").drawImage(picture, x, y, width, height, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function rounded() {
  const [x, y] = [Math.round(box.x), Math.round(box.y)];
  return {
    x, y,
    width: clamp(Math.round(box.width), 1, picture.naturalWidth - x),
    height: clamp(Math.round(box.height), 1, picture.naturalHeight - y),
  };
}

function show() {
  const [width, height] = [picture.naturalWidth / 100, picture.naturalHeight / 100];
  const place = {
    left: `${box.x / width}%`, top: `${box.y / height}%`, width: `${box.width / width}%`, height: `${box.height / height}%`,
  };
  for (const each of [frame, hole]) Object.assign(each.style, place);
  const size = rounded();
  form.querySelector("output").textContent = `${size.width} × ${size.height}`;
}

const ratio = () => Number(form.querySelector("[name=shape]:checked").dataset.ratio) || 0;

// The largest frame of the chosen shape, around the middle of the present one.
function reshape() {
  if (!ratio()) return;
  const { naturalWidth, naturalHeight } = picture;
  const width = Math.min(naturalWidth, naturalHeight * ratio());
  const height = width / ratio();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  box = { x: clamp(middle[0] - width / 2, 0, naturalWidth - width), y: clamp(middle[1] - height / 2, 0, naturalHeight - height), width, height };
  show();
}

function move(x, y) {
  box.x = clamp(x, 0, picture.naturalWidth - box.width);
  box.y = clamp(y, 0, picture.naturalHeight - box.height);
  show();
}

// Draw one side (`across` or `down` is 0) or one corner to a point; what lies opposite stays.
function resize(across, down, x, y) {
  const { naturalWidth, naturalHeight } = picture;
  const horizontal = span(across, box.x, box.width, x, naturalWidth);
  const vertical = span(down, box.y, box.height, y, naturalHeight);
  let { size: width } = horizontal;
  let { size: height } = vertical;
  if (ratio()) {
    if (across) width = Math.max(width, down ? height * ratio() : 0);
    else width = height * ratio();
    width = Math.min(width, horizontal.most, vertical.most * ratio());
    height = width / ratio();
  }
  box = { x: horizontal.anchor - width * horizontal.before, y: vertical.anchor - height * vertical.before, width, height };
  show();
}

function span(side, start, length, to, whole) {
  const before = side < 0 ? 1 : side > 0 ? 0 : 0.5; // the share of the frame that lies before the anchor
  const anchor = start + length * before;
  const most = side < 0 ? anchor : side > 0 ? whole - anchor : 2 * Math.min(anchor, whole - anchor);
  const size = side ? clamp((to - anchor) * side, Math.min(LEAST, most), most) : length;
  return { before, anchor, most, size };
}

// --- By hand --------------------------------------------------------------------------------------------------------

let held;

frame?.addEventListener("pointerdown", (event) => {
  if (!event.isPrimary || event.button !== 0) return;
  event.preventDefault();
  frame.setPointerCapture(event.pointerId);
  const handle = event.target.closest("[data-across]");
  (handle ?? frame).focus();
  held = { handle, from: point(event), box: { ...box } };
});
frame?.addEventListener("pointermove", (event) => {
  if (!held || !event.isPrimary) return;
  const [x, y] = point(event);
  if (held.handle) resize(Number(held.handle.dataset.across), Number(held.handle.dataset.down), x, y);
  else move(held.box.x + x - held.from[0], held.box.y + y - held.from[1]);
});
for (const name of ["pointerup", "pointercancel"]) frame?.addEventListener(name, () => (held = undefined));

function point(event) {
  const { left, top, width } = picture.getBoundingClientRect();
  const scale = picture.naturalWidth / width;
  return [(event.clientX - left) * scale, (event.clientY - top) * scale];
}

// --- By keys: arrows move the frame, or the side or corner that has the focus; with Shift in large steps ---------------

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

frame?.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const far = Math.max(1, Math.round(Math.max(picture.naturalWidth, picture.naturalHeight) / (event.shiftKey ? 20 : 200)));
  const { across, down } = event.target.dataset;
  if (across === undefined) return move(box.x + step[0] * far, box.y + step[1] * far);
  const corner = [box.x + box.width * (across > 0), box.y + box.height * (down > 0)];
  resize(Number(across), Number(down), corner[0] + step[0] * far, corner[1] + step[1] * far);
});

form?.addEventListener("change", reshape);
form?.addEventListener("submit", (event) => event.preventDefault());
