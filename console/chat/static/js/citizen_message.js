// One message of the citizen, and how far its delivery got.
import { REFUSED, WAITING } from "./outbox.js";
import { text } from "./texts.js";
import { setTime } from "./times.js";

/** `actions` has resend() and edit(item). */
export function citizenMessage(message, actions) {
  const node = document.getElementById("citizen-template").content.firstElementChild.cloneNode(true);
  node.querySelector(".message-text").textContent = message.text;
  setTime(node.querySelector("time"), message.sent_at);
  node.querySelector(".resend").addEventListener("click", () => actions.resend());
  node.querySelector(".edit").addEventListener("click", () => actions.edit(message));
  return node;
}

/** `state` is one of the outbox, or null once the gateway has the message. */
export function showDelivery(node, state, reason) {
  node.classList.toggle("is-unsent", state === WAITING || state === REFUSED);
  node.querySelector(".delivery").textContent = deliveryText(state, reason);
  node.querySelector(".resend").hidden = state !== WAITING;
  node.querySelector(".edit").hidden = state !== REFUSED;
}

function deliveryText(state, reason) {
  if (state === null) return "";
  if (state === REFUSED) return reason?.message || text("refused");
  if (state !== WAITING) return text("sending");
  return reason?.status === 429 && reason.message ? reason.message : text("waiting_for_network");
}
