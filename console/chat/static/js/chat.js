// The conversation: what the citizen sends goes to the outbox, what the gateway has comes from the feed.
import { sendFeedback, sendMessage } from "./api.js";
import { assistantMessage } from "./assistant_message.js";
import { citizenMessage, showDelivery } from "./citizen_message.js";
import { newId } from "./identity.js";
import { SENDING } from "./outbox.js";
import { needsMore, PERSON_ROLES, personMessage, presenceAfter } from "./person_message.js";
import { text } from "./texts.js";

const RATINGS_KEY = "ratings";
const CHECK_MS = 6000;

export class Chat {
  #checking = null;
  #restoring = false;
  #with = null;

  /** @param {object} parts everything the conversation works with, made by main.js */
  constructor(parts) {
    Object.assign(this, parts);
  }

  /** Shows what was said before, sends what was not yet sent, and listens. */
  start() {
    this.#restore();
    this.outbox.run();
  }

  /** `choice` is the payload of a quick reply, whose title is `words`. */
  say(words, choice = null) {
    this.#ready();
    const item = { message_id: newId(), text: words, sent_at: new Date().toISOString() };
    if (choice) item.choice = choice;
    this.replies.hide();
    this.#showOutgoing({ ...item, state: SENDING });
    this.scroller.toEnd();
    this.outbox.add(item);
  }

  /** Hands an item of the outbox to the gateway. */
  async deliver(item) {
    const { message_id, text: words, choice } = item;
    const message = choice ? { message_id, choice } : { message_id, text: words };
    // The citizen may have begun anew while the conversation was being made.
    await this.session.call((token) => this.outbox.holds(item) && sendMessage(token, message));
  }

  onState(item, reason) {
    const node = this.log.sent(item.message_id);
    if (node) showDelivery(node, item.state, reason);
  }

  onDelivered(item) {
    const node = this.log.sent(item.message_id);
    if (node) showDelivery(node, null);
    if (this.#with || this.log.isAnswered(item.message_id)) return;
    this.typing.show();
    this.#checkUntilAnswered();
  }

  onMessages(messages) {
    const added = messages.map((message) => this.#take(message)).filter(Boolean);
    if (this.#restoring) {
      if (!this.log.isEmpty) this.scroller.toEnd();
      setTimeout(() => this.#ready());
    } else if (added.length) {
      this.scroller.follow(added[0]);
    }
  }

  onTyping(on) {
    if (on) this.typing.show();
    else this.typing.hide();
  }

  /** The gateway no longer knew the conversation: what is on the page stays to be read. */
  onReplaced() {
    this.#be(null);
    this.replies.hide();
    this.typing.hide();
    this.log.beginConversation();
    this.store.remove(RATINGS_KEY);
    for (const button of this.log.element.querySelectorAll(".feedback button")) button.disabled = true;
    this.log.note(text("new_conversation_expired"));
    this.#ready();
  }

  /** Forgets everything in this browser and begins anew. */
  clear() {
    this.feed.stop();
    this.feed.last = 0;
    this.session.forget();
    this.outbox.clear();
    this.store.remove(RATINGS_KEY);
    this.#empty();
  }

  /** Another tab began a conversation, or cleared it. */
  follow() {
    this.#empty();
    this.#restore();
  }

  /** Asks for a person, in the words that a citizen would type. */
  askForPerson() {
    this.say(text("wants_person"));
  }

  /** Whether the verdict was kept; `reason` is why a thumb was turned down, or undefined. */
  async rate(id, value, reason) {
    try {
      await sendFeedback(this.session.token, id, value, reason);
    } catch {
      return false;
    }
    this.store.write(RATINGS_KEY, { ...this.store.read(RATINGS_KEY, {}), [id]: value });
    return true;
  }

  /** What the citizen asked last, but for a person; empty when nothing yet. */
  lastQuestion() {
    const said = [...this.log.element.querySelectorAll(".message-citizen .message-text")].map((node) => node.textContent);
    return said.findLast((words) => words.toLowerCase() !== text("wants_person").toLowerCase()) ?? "";
  }

  /** What was said before is neither announced nor scrolled to message by message. */
  #restore() {
    this.#restoring = Boolean(this.session.token);
    this.log.element.setAttribute("aria-live", this.#restoring ? "off" : "polite");
    for (const item of this.outbox.items) this.#showOutgoing(item);
    this.feed.restart();
  }

  #empty() {
    this.#be(null);
    this.typing.hide();
    this.replies.hide();
    this.log.beginConversation();
    this.log.clear();
  }

  #be(presence) {
    this.#with = presence;
    this.presence.show(presence);
  }

  /** From now on, screen readers announce what comes in. */
  #ready() {
    this.#restoring = false;
    this.log.element.setAttribute("aria-live", "polite");
  }

  #showOutgoing(item) {
    const node = citizenMessage(item, {
      resend: () => this.outbox.hurry(),
      edit: () => {
        this.outbox.remove(item.message_id);
        this.log.remove(item.message_id);
        this.composer.prepend(item.text);
      },
    });
    showDelivery(node, item.state);
    this.log.add(node, { messageId: item.message_id });
  }

  /** Shows a message that is not shown yet; gives its element, or null. */
  #take(message) {
    if (this.log.has(message.id)) return null;
    this.#be(presenceAfter(message, this.#with));
    if (PERSON_ROLES.has(message.role) && !needsMore(message)) return this.#takePerson(message);
    return message.role === "citizen" ? this.#takeCitizen(message) : this.#takeAssistant(message);
  }

  #takeCitizen(message) {
    this.replies.hide();
    this.outbox.remove(message.message_id);
    const shown = this.log.sent(message.message_id);
    if (shown) {
      this.log.confirm(message.message_id, message.id);
      showDelivery(shown, null);
      return null;
    }
    const node = citizenMessage(message, { resend() {}, edit() {} });
    this.log.add(node, { id: message.id, messageId: message.message_id });
    return node;
  }

  #takePerson(message) {
    this.typing.hide();
    this.replies.hide();
    const node = personMessage(message, { openTicket: () => this.ticket.open() });
    node.classList.toggle("is-new", this.log.element.getAttribute("aria-live") === "polite");
    this.log.add(node, { id: message.id });
    this.replies.show(message);
    return node;
  }

  #takeAssistant(message) {
    this.typing.hide();
    this.replies.hide();
    const rating = this.store.read(RATINGS_KEY, {})[message.id];
    const node = assistantMessage(message, rating, { rate: (id, value, reason) => this.rate(id, value, reason) });
    node.classList.toggle("is-new", this.log.element.getAttribute("aria-live") === "polite");
    this.log.add(node, { id: message.id });
    this.replies.show(message);
    return node;
  }

  /** Some networks hold back server-sent events: while an answer is due, the list is asked as well. */
  #checkUntilAnswered() {
    clearInterval(this.#checking);
    this.#checking = setInterval(() => {
      if (this.typing.isShown) this.feed.fetchNow();
      else clearInterval(this.#checking);
    }, CHECK_MS);
  }
}
