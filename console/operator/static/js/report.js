// The report's own button for printing, which nobody needs without a script.
const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => window.print());
