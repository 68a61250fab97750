// A mask as a list of what was done to it, so that undo, redo and any size of canvas come for free.
// Coordinates are pixels of the picture.

export class Strokes {
  #done = [];
  #undone = [];

  constructor(width, height) {
    Object.assign(this, { width, height });
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  // Start a stroke; its points are pushed while it goes on. `points` are [x, y, width].
  begin(erase) {
    return this.#add({ kind: "stroke", erase, points: [] });
  }

  invert() {
    this.#add({ kind: "invert" });
  }

  clear() {
    this.#add({ kind: "clear" });
  }

  undo() {
    if (this.canUndo) this.#undone.push(this.#done.pop());
  }

  redo() {
    if (this.canRedo) this.#done.push(this.#undone.pop());
  }

  #add(step) {
    this.#done.push(step);
    this.#undone = [];
    return step;
  }

  // Draw everything, in the canvas's own scale.
  draw(canvas, colour) {
    const context = prepare(canvas, this.width, colour);
    context.clearRect(0, 0, this.width, this.height);
    for (const step of this.#done) {
      if (step.kind === "stroke") for (let index = 0; index < step.points.length; index += 1) segment(context, step, index);
      if (step.kind === "clear") context.clearRect(0, 0, this.width, this.height);
      if (step.kind === "invert") {
        context.globalCompositeOperation = "source-out"; // colour where there is none, and none where there is
        context.fillRect(0, 0, this.width, this.height);
      }
    }
  }

  // Draw only the newest point of a stroke that goes on.
  drawLast(canvas, colour, step) {
    segment(prepare(canvas, this.width, colour), step, step.points.length - 1);
  }

  // Gives the mask as a picture of the reference's size, white on black; null where nothing is painted.
  async toBlob(feather) {
    const canvas = Object.assign(document.createElement("canvas"), { width: this.width, height: this.height });
    this.draw(canvas, "white");
    const context = canvas.getContext("2d");
    const picture = context.getImageData(0, 0, this.width, this.height);
    let values = Float32Array.from({ length: this.width * this.height }, (_, index) => picture.data[4 * index + 3]);
    if (!values.some((value) => value > 0)) return null;
    if (feather) values = blur(values, this.width, this.height, feather);
    for (let index = 0; index < values.length; index += 1) picture.data.fill(values[index], 4 * index, 4 * index + 3);
    for (let index = 3; index < picture.data.length; index += 4) picture.data[index] = 255;
    context.putImageData(picture, 0, 0);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }
}

function prepare(canvas, width, colour) {
  const context = canvas.getContext("2d");
  const scale = canvas.width / width;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.globalCompositeOperation = "source-over";
  context.lineCap = context.lineJoin = "round";
  context.strokeStyle = context.fillStyle = colour;
  return context;
}

function segment(context, { erase, points }, index) {
  const [x, y, width] = points[index];
  const [fromX, fromY] = points[Math.max(0, index - 1)];
  context.globalCompositeOperation = erase ? "destination-out" : "source-over";
  context.lineWidth = width;
  context.beginPath();
  if (x === fromX && y === fromY) {
    context.arc(x, y, width / 2, 0, 2 * Math.PI); // a line without length would draw nothing
    context.fill();
  } else {
    context.moveTo(fromX, fromY);
    context.lineTo(x, y);
    context.stroke();
  }
}

// Three box blurs are nearly a Gaussian. What lies beyond the border is as the border, so a mask that reaches it stays full.
export function blur(values, width, height, radius) {
  const box = Math.max(1, Math.round(radius / 2));
  const other = new Float32Array(values.length);
  for (let pass = 0; pass < 3; pass += 1) {
    for (let row = 0; row < height; row += 1) blurLine(values, other, row * width, 1, width, box);
    for (let column = 0; column < width; column += 1) blurLine(other, values, column, width, height, box);
  }
  return values;
}

function blurLine(from, to, start, step, count, radius) {
  const at = (index) => from[start + Math.min(Math.max(index, 0), count - 1) * step];
  let sum = 0;
  for (let index = -radius; index < radius; index += 1) sum += at(index);
  for (let index = 0; index < count; index += 1) {
    sum += at(index + radius);
    to[start + index * step] = sum / (2 * radius + 1);
    sum -= at(index - radius);
  }
}
