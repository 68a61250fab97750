// Checking a picture: a chosen or dropped file is sent at once; without this module the button sends it.

const form = document.querySelector("[data-verify]");
if (form) {
  const drop = form.querySelector(".drop");
  form.querySelector("button:not([name])").hidden = true;
  form.elements.file.addEventListener("change", () => form.elements.file.files.length && form.requestSubmit());
  drop.addEventListener("dragover", () => drop.classList.add("over"));
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
}
