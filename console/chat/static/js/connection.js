// Says when the connection is lost, and when it is back; short breaks are not worth a word.
import { text } from "./texts.js";

const PATIENCE_MS = 2500;
const GOOD_NEWS_MS = 4000;

export class Connection {
  #timer = null;
  #lost = false;

  constructor(element) {
    this.element = element;
    window.addEventListener("offline", () => this.#show());
  }

  set(connected) {
    if (connected) this.#recover();
    else if (!this.#lost) this.#timer ??= setTimeout(() => this.#show(), PATIENCE_MS);
  }

  #show() {
    this.#stop();
    this.#lost = true;
    this.element.classList.remove("is-good");
    this.element.textContent = text("offline");
  }

  #recover() {
    this.#stop();
    if (!this.#lost) return;
    this.#lost = false;
    this.element.classList.add("is-good");
    this.element.textContent = text("online_again");
    this.#timer = setTimeout(() => { this.#timer = null; this.element.textContent = ""; }, GOOD_NEWS_MS);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = null;
  }
}
