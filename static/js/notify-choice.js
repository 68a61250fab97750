// The box on the account page: the browser is asked when it is ticked, never before.

import { choose, wanted } from "./notify.js";

const choice = document.querySelector("[data-notify-choice]");
const refused = document.querySelector("[data-notify-refused]");
const box = choice.querySelector("input");

choice.hidden = !("Notification" in window);
box.checked = wanted();
box.addEventListener("change", async () => {
  if (box.checked && (await Notification.requestPermission()) !== "granted") box.checked = false;
  refused.hidden = Notification.permission !== "denied";
  choose(box.checked);
});
