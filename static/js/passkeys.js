// Says so when a passkey did not work: cancelled, unknown, or none on this device. allauth's script tells the document.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.querySelector("#passkey-problem");
  document.querySelector("main").append(problem);
  problem.hidden = false;
});
