// One stream of "something changed" for the whole page. The browser reconnects by itself, unless the session is over.
import { text } from "./texts.js";

const GOOD_NEWS_MS = 3_000;

/** `listeners` has worklist(data) and conversation(). */
export function listen(episode, listeners) {
  const source = new EventSource(`/console/events${episode ? `?episode=${episode}` : ""}`);
  const line = document.getElementById("connection");
  let wasLost = false;
  source.addEventListener("open", () => {
    if (wasLost) showFor(line, text("online_again"));
    wasLost = false;
  });
  source.addEventListener("worklist", (event) => listeners.worklist(JSON.parse(event.data)));
  source.addEventListener("conversation", () => listeners.conversation());
  source.addEventListener("ended", () => end(source, line));
  source.addEventListener("error", () => {
    wasLost = true;
    line.classList.remove("is-good");
    // Closed for good: the server refused, which is what it does without a session.
    if (source.readyState === EventSource.CLOSED) retryOrEnd(source, line, episode, listeners);
    else line.textContent = text("offline");
  });
  window.addEventListener("pagehide", () => source.close());
}

async function retryOrEnd(source, line, episode, listeners) {
  line.textContent = text("offline");
  let status = 0;
  try {
    status = (await fetch("/console/worklist", { headers: { "X-Console": "1" } })).status;
  } catch {
    // Still offline.
  }
  if (status === 401 || status === 403) end(source, line);
  else setTimeout(() => listen(episode, listeners), GOOD_NEWS_MS);
}

function end(source, line) {
  source.close();
  line.replaceChildren(`${text("signed_out")} `);
  const link = document.createElement("a");
  link.href = `/console/sign-in?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = "→";
  line.append(link);
  line.dataset.ended = "1";
  location.assign(link.href);
}

function showFor(line, words) {
  line.textContent = words;
  line.classList.add("is-good");
  setTimeout(() => {
    if (line.classList.contains("is-good")) line.textContent = "";
  }, GOOD_NEWS_MS);
}
