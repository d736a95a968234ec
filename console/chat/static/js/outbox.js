// What the citizen sent in this tab and the gateway has not yet confirmed. It survives a reload; order is kept; a message
// keeps its message_id through every attempt, so that the gateway can tell a repetition from a second message.
import { Refusal } from "./api.js";

const KEY = "outbox";
const RETRY_SECONDS = [1, 2, 4, 8, 15, 30];

export const SENDING = "sending";
export const WAITING = "waiting";
export const REFUSED = "refused";

export class Outbox {
  #running = false;
  #wake = null;
  #failures = 0;
  #generation = 0;

  /**
   * @param {(item: object) => Promise<void>} deliver throws Refusal or Unreachable
   * @param {(item: object, reason?: Error) => void} onState called when an item's state changed
   * @param {(item: object) => void} onDelivered
   */
  constructor(store, deliver, onState, onDelivered) {
    Object.assign(this, { store, deliver, onState, onDelivered });
    this.items = store.read(KEY, []);
    window.addEventListener("online", () => this.hurry());
  }

  /** `item` is {message_id, text, choice?, sent_at}. */
  add(item) {
    this.items.push({ ...item, state: SENDING });
    this.#save();
    this.run();
  }

  remove(messageId) {
    this.items = this.items.filter((item) => item.message_id !== messageId);
    this.#save();
  }

  clear() {
    this.items = [];
    this.#generation += 1;
    this.#save();
  }

  holds(item) {
    return this.items.includes(item);
  }

  /** Tries at once instead of waiting for the next attempt. */
  hurry() {
    this.#failures = 0;
    if (this.#wake) this.#wake();
    else this.run();
  }

  async run() {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let item = this.#next(); item; item = this.#next()) await this.#attempt(item);
    } finally {
      this.#running = false;
    }
  }

  #next() {
    return this.items.find((item) => item.state !== REFUSED);
  }

  async #attempt(item) {
    const generation = this.#generation;
    if (item.state !== SENDING) this.#state(item, SENDING);
    try {
      await this.deliver(item);
    } catch (error) {
      if (generation === this.#generation) await this.#failed(item, error);
      return;
    }
    if (generation !== this.#generation) return;
    this.#failures = 0;
    this.remove(item.message_id);
    this.onDelivered(item);
  }

  async #failed(item, error) {
    if (error instanceof Refusal && error.status !== 429) {
      this.#state(item, REFUSED, error);
      return;
    }
    this.#state(item, WAITING, error);
    const planned = RETRY_SECONDS[Math.min(this.#failures, RETRY_SECONDS.length - 1)];
    this.#failures += 1;
    await this.#pause(error instanceof Refusal ? error.retryAfterSeconds : planned);
  }

  #pause(seconds) {
    return new Promise((resolve) => {
      const done = () => { clearTimeout(timer); this.#wake = null; resolve(); };
      const timer = setTimeout(done, seconds * 1000);
      this.#wake = done;
    });
  }

  #state(item, state, reason) {
    item.state = state;
    this.#save();
    if (this.items.includes(item)) this.onState(item, reason);
  }

  #save() {
    this.store.write(KEY, this.items);
  }
}
