// Names for inputs to which Django's admin gives none: cells of a list that can be edited, and the halves of a moment.

for (const input of document.querySelectorAll("#result_list td input:not([type=hidden]), #result_list td select")) {
  const cell = input.closest("td");
  const heading = cell.closest("table").querySelector("thead").rows[0].cells[cell.cellIndex];
  if (!input.labels?.length) input.ariaLabel ||= heading?.textContent.trim();
}
for (const input of document.querySelectorAll(".datetime input")) {
  const label = input.closest(".form-row")?.querySelector("label, legend")?.textContent.trim().replace(/[:：]$/, "");
  input.ariaLabel ||= [label, input.previousSibling?.textContent.trim()].filter(Boolean).join(" · ");
}
