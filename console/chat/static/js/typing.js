// "The assistant is writing": from the moment a message is accepted, or the gateway says so, until an answer comes.
import { text } from "./texts.js";

const SLOW_MS = 8000;
const GIVE_UP_MS = 60000;

export class Typing {
  #timers = [];

  constructor(element, words, onShow) {
    Object.assign(this, { element, words, onShow });
  }

  get isShown() {
    return !this.element.hidden;
  }

  show() {
    this.#stopTimers();
    this.words.textContent = text("typing");
    this.element.hidden = false;
    this.#timers = [
      setTimeout(() => { this.words.textContent = text("typing_slow"); }, SLOW_MS),
      setTimeout(() => this.hide(), GIVE_UP_MS),
    ];
    this.onShow();
  }

  hide() {
    this.#stopTimers();
    this.element.hidden = true;
  }

  #stopTimers() {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
  }
}
