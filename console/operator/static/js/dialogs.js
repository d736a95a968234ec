// Opens and closes the page's dialogs.
import { fetchPart, parsed } from "./net.js";
import { text } from "./texts.js";

/** `talk` is the open conversation, or null. */
export function wireDialogs(talk) {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) open(document.getElementById(opener.dataset.open), talk);
    event.target.closest("[data-close]")?.closest("dialog").close();
  });
}

export function open(dialog, talk) {
  if (!dialog || dialog.open) return;
  for (const error of dialog.querySelectorAll("[data-error]")) error.textContent = "";
  if (dialog.id === "forward-dialog") showColleagues(dialog, talk);
  if (dialog.id === "close-dialog") dialog.querySelector("#close-warning").hidden = !talk.isUnanswered;
  dialog.showModal();
}

async function showColleagues(dialog, talk) {
  const place = dialog.querySelector("#colleagues");
  try {
    place.replaceChildren(parsed(await fetchPart(`${talk.root}/colleagues`)));
  } catch (error) {
    place.textContent = error.message || text("failed");
  }
}
