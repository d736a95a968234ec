// The messages on the page, in the order of the gateway, each exactly once.
const UNCONFIRMED = Infinity;

export class Log {
  #entries = [];
  #epoch = 0;

  constructor(element) {
    this.element = element;
  }

  get isEmpty() {
    return this.#entries.length === 0;
  }

  /** Later messages belong to another conversation, whose ids begin anew. */
  beginConversation() {
    this.#epoch += 1;
  }

  clear() {
    this.#entries = [];
    this.element.replaceChildren();
  }

  /** Whether the message of this id is shown already. */
  has(id) {
    return this.#entries.some((entry) => entry.epoch === this.#epoch && entry.id === id);
  }

  /** The element of a message that the citizen sent, or null. */
  sent(messageId) {
    return this.#entries.find((entry) => entry.messageId === messageId)?.node ?? null;
  }

  /** Whether an answer stands after the message that the citizen sent. */
  isAnswered(messageId) {
    const index = this.#entries.findIndex((entry) => entry.messageId === messageId);
    return this.#entries.slice(index + 1).some((entry) => entry.messageId === null);
  }

  add(node, { id = UNCONFIRMED, messageId = null } = {}) {
    this.#place({ node, id, messageId, epoch: this.#epoch });
  }

  /** The gateway has a message that was shown before it was sent: it now has an id and, maybe, another place. */
  confirm(messageId, id) {
    const entry = this.#entries.find((candidate) => candidate.messageId === messageId);
    this.#entries = this.#entries.filter((candidate) => candidate !== entry);
    this.#place({ ...entry, id, epoch: this.#epoch });
  }

  remove(messageId) {
    this.sent(messageId)?.remove();
    this.#entries = this.#entries.filter((entry) => entry.messageId !== messageId);
  }

  /** A line between messages, which says what happened. */
  note(words) {
    const node = document.getElementById("note-template").content.firstElementChild.cloneNode(true);
    node.textContent = words;
    this.element.append(node);
  }

  #place(entry) {
    let index = this.#entries.length;
    while (index > 0 && isAfter(this.#entries[index - 1], entry)) index -= 1;
    const next = this.#entries[index]?.node ?? null;
    this.#entries.splice(index, 0, entry);
    // Moving a node that already stands right would make a screen reader read it again.
    if (entry.node.isConnected && entry.node.nextElementSibling === next) return;
    if (entry.node.isConnected && next === null) return;
    this.element.insertBefore(entry.node, next);
  }
}

function isAfter(placed, entry) {
  return placed.epoch > entry.epoch || (placed.epoch === entry.epoch && placed.id > entry.id);
}
