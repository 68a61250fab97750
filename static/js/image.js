// The page of one picture.

import "./keys_list.js";
import { Viewer } from "./viewer.js";

const root = document.querySelector("[data-viewer]");
const back = root.querySelector("[data-close]").href;
const viewer = new Viewer(root, {
  go: (url) => location.assign(url),
  close: () => location.assign(back),
  removed: (url) => location.replace(url ?? back),
});
addEventListener("keydown", (event) => viewer.key(event));
