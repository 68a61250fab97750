// What the editors of a picture share: a dialog that shows a picture and ends with an answer or without one.

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// Shows `url` in the dialog, calls `begin` with the loaded picture, and resolves with what `finish` gives when the
// member is done, or with undefined. A `finish` that gives null keeps the dialog open.
export async function edit(dialog, url, begin, finish) {
  const picture = dialog.querySelector("img");
  picture.src = url;
  await picture.decode();
  dialog.showModal();
  begin(picture);
  const stop = new AbortController();
  return new Promise((resolve) => {
    const end = (answer) => {
      stop.abort();
      dialog.close();
      resolve(answer);
    };
    const on = (target, name, act) => target.addEventListener(name, act, { signal: stop.signal });
    on(dialog, "close", () => end());
    on(dialog, "keydown", (event) => event.stopPropagation()); // the page below has keys of its own
    for (const button of dialog.querySelectorAll("[data-cancel]")) on(button, "click", () => end());
    on(dialog.querySelector("[data-done]"), "click", async () => {
      const answer = await finish();
      if (answer) end(answer);
    });
  });
}
