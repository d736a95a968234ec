// What a person of the agency wrote, and what the desk says of itself.
import { setRichText } from "./rich_text.js";
import { setTime } from "./times.js";

export const PERSON_ROLES = new Set(["operator", "system"]);
const PRESENCE = new Map([
  ["desk_queued", "waiting"], ["desk_still_queued", "waiting"], ["desk_requeued", "waiting"],
  ["desk_claimed", "person"], ["desk_forwarded", "person"],
  ["desk_returned", null], ["desk_given_back", null], ["desk_back_on", null], ["desk_callback", null], ["desk_closed", null],
]);

/** Where the assistant is switched off, the desk names the number to call, which only an assistant's message can show. */
export function needsMore(message) {
  return message.role === "system" && message.status === "handed_off_emergency";
}

/** `actions` has openTicket(). */
export function personMessage(message, actions) {
  const template = document.getElementById(`${message.role}-template`);
  const node = template.content.firstElementChild.cloneNode(true);
  node.dataset.status = message.status ?? "no_status";
  setRichText(node.querySelector(".message-text"), message.text ?? "");
  setTime(node.querySelector("time"), message.sent_at);
  if (message.role === "system" && message.form === "leave_message") {
    node.querySelector(".offer").hidden = false;
    node.querySelector(".offer-ticket").addEventListener("click", () => actions.openTicket());
  }
  return node;
}

/**
 * Who is there once this was said: "waiting" for a person, with a "person", or null, the assistant alone. While it is not
 * null nobody may say that the assistant is writing.
 */
export function presenceAfter(message, before) {
  if (message.role === "operator") return "person";
  if (message.status === "desk_assistant_off") return message.form ? null : "waiting";
  return PRESENCE.has(message.status) ? PRESENCE.get(message.status) : before;
}
