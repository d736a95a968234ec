// The page of a group of questions: entries that are near come a moment later; a click puts one into the form.
import { fetchPart, parsed } from "./net.js";

const near = document.getElementById("near");
if (near) {
  try {
    near.replaceChildren(parsed(await fetchPart(near.dataset.path)));
  } catch {
    near.querySelector("p").textContent = "–";
  }
  near.addEventListener("click", choose);
}
document.documentElement.dataset.ready = "1";

function choose(event) {
  const button = event.target.closest("[data-entry]");
  if (!button) return;
  const field = document.getElementById("entry");
  field.value = button.dataset.entry;
  field.focus();
}
