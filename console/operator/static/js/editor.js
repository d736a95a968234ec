// An editor's page: keeps what is typed, shows previews and hints beside it, tries questions, follows progress.
import { Follower } from "./editor_follow.js";
import { Keeper } from "./editor_keep.js";
import { fetchPart, parsed, Refused } from "./net.js";
import { text } from "./texts.js";

const PREVIEW_MS = 500;
const HINTS_MS = 1_500;
const byId = (id) => document.getElementById(id);
const form = byId("editor-form");

if (form) {
  const keeper = new Keeper(form, byId("editor-note"));
  const preview = later(PREVIEW_MS, () => fill(byId("previews"), form.dataset.preview, new FormData(form)));
  const hints = later(HINTS_MS, () => fill(byId("hints"), form.dataset.hints, new FormData(form), placeProblems));
  form.addEventListener("input", () => {
    keeper.keep();
    count();
    preview();
    hints();
  });
  form.addEventListener("click", rows);
  count();
  if (keeper.restored) preview();
  hints();
}

for (const each of document.querySelectorAll("[data-follow]")) new Follower(each);
byId("try-form")?.addEventListener("submit", tryQuestion);
document.documentElement.dataset.ready = "1";

/** Only the last of quick calls is made. */
function later(milliseconds, work) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}

async function fill(place, path, fields, after = () => {}) {
  if (!place || !path) return;
  place.dataset.turn = String(Number(place.dataset.turn ?? 0) + 1);
  const turn = place.dataset.turn;
  try {
    const fresh = parsed(await fetchPart(path, fields));
    if (place.dataset.turn !== turn) return;
    place.replaceChildren(fresh);
    after(place);
  } catch (error) {
    if (place.dataset.turn === turn) say(error);
  }
}

function say(error) {
  const note = byId("editor-note");
  if (!note) return;
  if (error instanceof Refused && error.status === 401) note.textContent = text("editor_signed_out");
  else note.textContent = error instanceof Refused && error.message ? error.message : text("editor_offline");
}

/** What is wrong stands at its field. */
function placeProblems(place) {
  for (const slot of form.querySelectorAll("[data-slot]")) slot.replaceChildren();
  for (const problem of place.querySelectorAll("[data-for]")) {
    form.querySelector(`[data-slot="${CSS.escape(problem.dataset.for)}"]`)?.append(problem);
  }
}

function count() {
  const place = byId("alternates-count");
  const typed = form.elements.namedItem("alternates");
  if (!place || !typed) return;
  place.textContent = text("editor_alternates", { count: typed.value.split("\n").filter((line) => line.trim()).length });
}

/** Rows can be added and taken out; the number of rows is read from their names. */
function rows(event) {
  const add = event.target.closest("[data-add-row]");
  if (add) {
    const list = byId(add.dataset.addRow);
    const number = list.children.length;
    if (number >= Number(add.dataset.most)) return;
    const html = byId(`${add.dataset.addRow}-row`).innerHTML.replaceAll("__n__", String(number));
    list.append(parsed(html));
    list.lastElementChild.querySelector("input, select, textarea")?.focus();
  }
  const remove = event.target.closest("[data-remove-row]");
  if (remove) {
    const row = remove.closest("[data-row]");
    for (const input of row.querySelectorAll("input, select, textarea")) input.value = "";
    row.hidden = true;
  }
  if (add || remove) form.dispatchEvent(new Event("input"));
}

async function tryQuestion(event) {
  event.preventDefault();
  const place = byId("try-result");
  place.textContent = text("editor_trying");
  try {
    place.replaceChildren(parsed(await fetchPart(event.target.action, new FormData(event.target))));
  } catch (error) {
    place.textContent = error instanceof Refused && error.message ? error.message : text("failed");
  }
}
