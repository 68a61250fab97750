// Processing pictures: the builder as a dialog over whatever page the button stands on, or as a page of its own.

import { Builder } from "./recipe_builder.js";
import { toast } from "./toasts.js";

let dialog; // made at the first use

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-process]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.href);
});

export const process = (ids) => open(`/process/?${new URLSearchParams(ids.map((id) => ["image", id]))}`);

// Steps for pictures to come: resolves with the operations that were chosen, or with undefined.
export const chooseSteps = (url, begin) => new Promise((resolve) => open(url, { begin, chosen: resolve }));

async function open(url, ahead) {
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => undefined);
  if (answer?.status === 409) return toast(await answer.text());
  if (!answer?.ok || answer.redirected) return location.assign(url); // it says what is wrong
  dialog ??= make();
  dialog.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.children);
  // What lies under an open dialog is neither seen nor heard.
  const heard = [document.getElementById("toasts"), document.getElementById("live-region")];
  const home = heard[0].parentElement;
  dialog.append(...heard);
  dialog.addEventListener("close", () => ((home.isConnected ? home : document.body).append(...heard), dialog.replaceChildren()), { once: true });
  dialog.showModal();
  begin(dialog, () => dialog.close(), ahead);
  dialog.querySelector("[data-add-menu] summary").focus();
  return undefined;
}

function make() {
  const made = Object.assign(document.createElement("dialog"), { className: "builder-dialog" });
  made.setAttribute("aria-labelledby", "process-title");
  made.addEventListener("keydown", (event) => event.stopPropagation()); // the page below has keys of its own
  document.body.append(made);
  return made;
}

function begin(place, close, ahead) {
  const root = place.querySelector("[data-builder]");
  new Builder(root, {
    begin: ahead?.begin ?? [],
    done: (answer) => {
      close();
      if (ahead) return ahead.chosen(answer);
      const { words, link, jobs } = answer;
      document.dispatchEvent(new CustomEvent("processing", { detail: jobs }));
      return toast(words, document.getElementById("feed") && jobs.length ? undefined : link);
    },
  });
  root.querySelector("[data-close]").addEventListener("click", close);
}

const page = document.querySelector(".builder-page");
if (page) begin(page, () => (history.length > 1 ? history.back() : location.assign("/")));
