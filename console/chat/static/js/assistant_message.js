// One message of the assistant: text, sources, rating, and what its status asks for.
import { aim, safeLink } from "./links.js";
import { setRichText } from "./rich_text.js";
import { text } from "./texts.js";
import { setTime, vietnameseDate } from "./times.js";

const OFFERS_A_PERSON = new Set([
  "unanswerable_no_content", "unanswerable_low_score", "unanswerable_own_case",
  "handed_off_requested", "handed_off_offered_accepted", "handed_off_complaint",
  "error_timeout", "error_service",
]);

/** `actions` has openTicket() and rate(id, value), which resolves to whether the rating was kept. */
export function assistantMessage(message, rating, actions) {
  const node = document.getElementById("assistant-template").content.firstElementChild.cloneNode(true);
  const status = message.status ?? "no_status";
  node.dataset.status = status;
  node.dataset.family = status.split("_", 1)[0];
  setRichText(node.querySelector(".message-text"), message.text ?? "");
  setTime(node.querySelector("time"), message.sent_at);
  showEmergency(node, status);
  showOffer(node, message, status, actions);
  showSources(node, message);
  if (message.feedback) showFeedback(node, message.id, rating, actions);
  return node;
}

function showEmergency(node, status) {
  if (status !== "handed_off_emergency") return;
  node.querySelector(".emergency-band").hidden = false;
  node.querySelector(".emergency-call").hidden = false;
}

function showOffer(node, message, status, actions) {
  if (message.form !== "leave_message" && !OFFERS_A_PERSON.has(status)) return;
  node.querySelector(".offer").hidden = false;
  node.querySelector(".offer-ticket").addEventListener("click", () => actions.openTicket());
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
  for (const button of group.querySelectorAll("button")) {
    button.addEventListener("click", () => rate(group, id, button.dataset.value, actions));
  }
}

async function rate(group, id, value, actions) {
  const before = group.querySelector("[aria-pressed=true]")?.dataset.value;
  if (value === before) return;
  press(group, value);
  const kept = await actions.rate(id, value);
  if (!kept) press(group, before);
  group.querySelector(".feedback-status").textContent = text(kept ? `feedback_thanks_${value}` : "feedback_removed_failed");
}

function press(group, value) {
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.dataset.value === value));
  }
}
