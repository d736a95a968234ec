// Forms that are sent without leaving the page; a refusal is said where it happened.
import { post, Refused } from "./net.js";
import { text } from "./texts.js";
import { say, sayThere } from "./toasts.js";

/** `refresh` is called after everything that may have changed something. */
export function wireLiveForms(refresh) {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-live]");
    if (!form) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    try {
      settle(form, await post(form.action, new FormData(form)), refresh);
    } catch (error) {
      complain(form, error instanceof Refused && error.message ? error.message : text("failed"));
      refresh();
    } finally {
      delete form.dataset.busy;
    }
  });
}

function settle(form, { go, say: words }, refresh) {
  form.closest("dialog")?.close();
  if (go && go !== location.pathname) {
    sayThere(words);
    location.assign(go);
    return;
  }
  form.reset();
  // A form in a message is about that message: it has to be looked at again.
  form.closest(".entry")?.setAttribute("data-unsettled", "");
  say(words);
  refresh();
}

function complain(form, words) {
  const place = form.querySelector("[data-error]");
  if (place) place.textContent = words;
  else say(words, true);
}
