// One message of the assistant: text, sources, rating, and what its status asks for.
import { aim, safeLink } from "./links.js";
import { setRichText } from "./rich_text.js";
import { text } from "./texts.js";
import { setTime, vietnameseDate } from "./times.js";

/** `actions` has rate(id, value, reason), which resolves to whether the rating was kept. */
export function assistantMessage(message, rating, actions) {
  const node = document.getElementById("assistant-template").content.firstElementChild.cloneNode(true);
  const status = message.status ?? "no_status";
  node.dataset.status = status;
  node.dataset.family = status.split("_", 1)[0];
  setRichText(node.querySelector(".message-text"), message.text ?? "");
  setTime(node.querySelector("time"), message.sent_at);
  showEmergency(node, status);
  showSources(node, message);
  if (message.feedback) showFeedback(node, message.id, rating, actions);
  return node;
}

function showEmergency(node, status) {
  if (status !== "handed_off_emergency") return;
  node.querySelector(".emergency-band").hidden = false;
  node.querySelector(".emergency-call").hidden = false;
}

function showSources(node, message) {
  const citations = message.citations ?? [];
  if (!citations.length) return;
  const sources = node.querySelector(".sources");
  const title = citations.length === 1 ? text("one_source") : text("many_sources", { count: citations.length });
  sources.querySelector(".sources-title").textContent = title;
  sources.querySelector("ul").append(...citations.map((citation) => source(citation, message.text ?? "")));
  sources.hidden = false;
}

function source(citation, said) {
  const node = document.getElementById("source-template").content.firstElementChild.cloneNode(true);
  const anchor = node.querySelector(".source-link");
  const link = safeLink(citation.url);
  anchor.textContent = capitalised(citation.label || citation.document);
  if (link) aim(anchor, link);
  if (link?.external) anchor.append(" ", text("opens_new_tab"));
  node.querySelector(".source-date").textContent = separateDate(citation);
  // An answer from a directive says the note itself, for channels that show nothing but text.
  node.querySelector(".source-validity").textContent = said.includes(citation.validity) ? "" : citation.validity ?? "";
  return node;
}

/** A label is written for the middle of a sentence; here it begins a line. */
function capitalised(label) {
  return label.charAt(0).toLocaleUpperCase("vi") + label.slice(1);
}

/** The date, unless the label or the validity note already says it. */
function separateDate(citation) {
  const date = vietnameseDate(citation.date);
  if (!date || `${citation.label} ${citation.validity}`.includes(date)) return "";
  return text("dated", { date });
}

function showFeedback(node, id, rating, actions) {
  const group = node.querySelector(".feedback");
  group.hidden = false;
  press(group, rating);
  for (const button of group.querySelectorAll("[data-value]")) {
    button.addEventListener("click", () => rate(node, id, button.dataset.value, actions));
  }
  for (const button of node.querySelectorAll(".why button")) {
    button.addEventListener("click", () => explain(node, id, button.dataset.reason, actions));
  }
}

/** Why the thumb was turned down: the gateway answers it as if it had been written. */
async function explain(node, id, reason, actions) {
  node.querySelector(".why").hidden = true;
  const kept = await actions.rate(id, "down", reason);
  node.querySelector(".feedback-status").textContent = kept ? "" : text("feedback_removed_failed");
}

async function rate(node, id, value, actions) {
  const group = node.querySelector(".feedback");
  const before = group.querySelector("[aria-pressed=true]")?.dataset.value;
  if (value === before) return;
  press(group, value);
  const kept = await actions.rate(id, value);
  if (!kept) press(group, before);
  node.querySelector(".why").hidden = !kept || value !== "down";
  group.querySelector(".feedback-status").textContent = text(kept ? `feedback_thanks_${value}` : "feedback_removed_failed");
}

function press(group, value) {
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.value === value));
  }
}
