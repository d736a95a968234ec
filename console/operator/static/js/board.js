// Keeps the board fresh: fetches it every few seconds and puts it in place of the old one, without taking the focus away.
import { fetchPart, parsed, Refused } from "./net.js";
import { text } from "./texts.js";

const LOOK_MS = 3_000;
const board = document.getElementById("board");
const state = document.getElementById("board-state");

async function look() {
  if (document.hidden) return;
  try {
    replace(parsed(await fetchPart(board.dataset.live)));
    state.textContent = "";
  } catch (error) {
    if (error instanceof Refused && (error.status === 401 || error.status === 403)) location.reload();
    else state.textContent = text("offline");
  }
}

function replace(fresh) {
  const key = board.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const [x, y] = [window.scrollX, window.scrollY];
  board.replaceChildren(fresh);
  if (key) board.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  window.scrollTo(x, y);
}

setInterval(look, LOOK_MS);
document.addEventListener("visibilitychange", look);
document.documentElement.dataset.ready = "1";
