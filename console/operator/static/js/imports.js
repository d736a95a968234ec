// Pages of imports: says that a file is on its way, lets rows be compared bit by bit, keeps typed text from being lost.
import { post, Refused } from "./net.js";

const form = document.getElementById("import-form");
form?.addEventListener("submit", () => {
  const wait = document.getElementById("import-wait");
  wait.textContent = wait.dataset.words;
  for (const button of form.querySelectorAll("button")) button.disabled = true;
});
// Coming back with the browser's own button shows the page as it was left.
addEventListener("pageshow", () => {
  for (const button of form?.querySelectorAll("button") ?? []) button.disabled = false;
  const wait = document.getElementById("import-wait");
  if (wait) wait.textContent = "";
});

const compare = document.getElementById("compare");
compare?.addEventListener("submit", (event) => {
  event.preventDefault();
  compareAll();
});

async function compareAll() {
  const box = document.getElementById("compare-progress");
  const error = document.getElementById("compare-error");
  box.hidden = false;
  error.hidden = true;
  compare.hidden = true;
  try {
    let left = Number(compare.dataset.left);
    while (left > 0) {
      const answer = await post(compare.action, new FormData(compare));
      left = Math.min(left - 1, answer.left);
      box.querySelector("progress").value = Number(compare.dataset.all) - left;
    }
    location.reload();
  } catch (problem) {
    box.hidden = true;
    compare.hidden = false;
    error.textContent = problem instanceof Refused ? problem.message : error.textContent;
    error.hidden = !error.textContent;
  }
}

// Each form of the page is sent alone: the browser asks before what was typed into another one is lost.
const unsaved = new Set();
document.addEventListener("input", (event) => {
  if (event.target.form?.classList.contains("editor-form")) unsaved.add(event.target.form);
});
document.addEventListener("submit", (event) => unsaved.delete(event.target));
addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});
document.documentElement.dataset.ready = "1";
