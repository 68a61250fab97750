// The list of keys, opened by “?” or by its button. Single letters and digits can be switched off in it.

const dialog = document.getElementById("keys");
const choice = dialog.querySelector("[data-letters]");

export const letters = () => choice.checked;
export const typing = (event) => event.target.closest?.("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable], [popover]");

choice.checked = localStorage.getItem("letters") !== "off";
choice.addEventListener("change", () => localStorage.setItem("letters", choice.checked ? "on" : "off"));
document.addEventListener("click", (event) => event.target.closest("[data-show-keys]") && dialog.showModal());
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
dialog.addEventListener("keydown", (event) => event.stopPropagation()); // what lies below has keys of its own
addEventListener("keydown", (event) => {
  if (event.key === "?" && letters() && !typing(event)) dialog.showModal();
});
