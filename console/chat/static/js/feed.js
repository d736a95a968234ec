// Messages of the conversation as they come. Live ones arrive as server-sent events; whatever a broken connection
// may have swallowed is fetched from the list, with the id of the last message seen. Repetitions are sorted out by the log.
import { eventsAddress, listMessages, Refusal } from "./api.js";

const RECONNECT_SECONDS = [0.3, 1, 2, 4, 8, 15];

export class Feed {
  #source = null;
  #timer = null;
  #failures = 0;
  #run = 0;

  /**
   * @param {Session} session
   * @param {{onMessages: (messages: object[]) => void, onTyping: (on: boolean) => void,
   *          onConnection: (connected: boolean) => void}} listeners
   */
  constructor(session, listeners) {
    Object.assign(this, { session, listeners });
    this.last = 0;
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("pageshow", (event) => event.persisted && this.hurry());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
  }

  /** Starts the current conversation from its beginning; leaves any other. */
  restart() {
    this.stop();
    this.last = 0;
    this.#failures = 0;
    this.#connect(this.#run);
  }

  stop() {
    this.#run += 1;
    clearTimeout(this.#timer);
    this.#close();
  }

  /** Reconnects now if the connection is down. */
  hurry() {
    if (!this.session.token || this.#source?.readyState === EventSource.OPEN) return;
    this.stop();
    this.#connect(this.#run);
  }

  /** Fetches what is new: for networks that hold back server-sent events. */
  async fetchNow() {
    const run = this.#run;
    try {
      await this.#fetchMissed(this.session.token, run);
    } catch {
      // The live connection finds out by itself, and says so.
    }
  }

  async #connect(run) {
    const token = this.session.token;
    if (!token) return;
    try {
      await this.#fetchMissed(token, run);
    } catch (error) {
      if (run !== this.#run) return;
      if (error instanceof Refusal && error.status === 401) await this.#replace(token, run);
      else this.#retry(run);
      return;
    }
    if (run === this.#run) this.#listen(token, run);
  }

  async #fetchMissed(token, run) {
    const messages = await listMessages(token, this.last);
    if (run === this.#run) this.#take(messages);
  }

  async #replace(token, run) {
    try {
      await this.session.replace(token);
    } catch {
      this.#retry(run);
    }
  }

  #listen(token, run) {
    const source = new EventSource(eventsAddress(token, this.last));
    this.#source = source;
    source.addEventListener("open", () => {
      this.#failures = 0;
      this.listeners.onConnection(true);
    });
    source.addEventListener("message", (event) => this.#take([JSON.parse(event.data)]));
    source.addEventListener("typing", (event) => this.listeners.onTyping(isOn(event.data)));
    // The browser would reconnect to the address it has, which asks again for messages already seen.
    source.addEventListener("error", () => run === this.#run && this.#retry(run));
  }

  #take(messages) {
    if (messages.length) this.last = Math.max(this.last, ...messages.map((message) => message.id));
    this.listeners.onMessages(messages);
  }

  #retry(run) {
    this.#close();
    this.listeners.onConnection(false);
    const seconds = RECONNECT_SECONDS[Math.min(this.#failures, RECONNECT_SECONDS.length - 1)];
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => run === this.#run && this.#connect(run), seconds * 1000);
  }

  #close() {
    this.#source?.close();
    this.#source = null;
  }
}

function isOn(data) {
  try {
    return JSON.parse(data)?.typing !== false;
  } catch {
    return true;
  }
}
