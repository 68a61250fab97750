// Names for what Django's admin gives none: cells of a list that can be edited, and the halves of a moment. A heading
// over nothing is none.

for (const input of document.querySelectorAll("#result_list td input:not([type=hidden]), #result_list td select")) {
  const cell = input.closest("td");
  const heading = cell.closest("table").querySelector("thead").rows[0].cells[cell.cellIndex];
  if (!input.labels?.length) input.ariaLabel ||= heading?.textContent.trim();
}
for (const input of document.querySelectorAll(".datetime input")) {
  const label = input.closest(".form-row")?.querySelector("label, legend")?.textContent.trim().replace(/[:：]$/, "");
  input.ariaLabel ||= [label, input.previousSibling?.textContent.trim()].filter(Boolean).join(" · ");
}
for (const heading of document.querySelectorAll(".inline-group thead th")) {
  if (!heading.textContent.trim()) heading.replaceWith(document.createElement("td"));
}
