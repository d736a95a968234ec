// The box where the citizen writes: Enter sends, Shift+Enter breaks the line; nothing is ever cut off silently.
import { text } from "./texts.js";

const DRAFT_KEY = "draft";
// Twelve digits in a row (CCCD), or ten that do not begin like a phone number of Vietnam (BHXH code).
const IDENTIFIER = /(?:^|\D)(?:\d{12}|(?!0[35789])\d{10})(?!\d)/;

export class Composer {
  /** @param {(text: string) => void} onSend */
  constructor(form, draftStore, onSend) {
    Object.assign(this, { form, draftStore, onSend });
    this.area = form.querySelector("textarea");
    this.send = form.querySelector(".send");
    this.count = form.querySelector(".count");
    this.hint = form.querySelector(".composer-hint");
    this.limit = Number(this.area.dataset.limit);
    this.counterFrom = Number(this.area.dataset.counterFrom);
    this.#listen();
    this.area.value = draftStore.read(DRAFT_KEY, "");
    form.hidden = false;
    this.#changed();
  }

  focus() {
    this.area.focus({ preventScroll: true });
  }

  /** Puts words into the box, ahead of what stands there. */
  prepend(words) {
    this.area.value = this.area.value ? `${words}\n${this.area.value}` : words;
    this.#changed();
    this.focus();
  }

  clear() {
    this.area.value = "";
    this.#changed();
  }

  #listen() {
    this.area.addEventListener("input", () => this.#changed());
    this.area.addEventListener("keydown", (event) => {
      // While an input method composes a letter, Enter belongs to it.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#submit();
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  #submit() {
    const words = this.area.value.trim();
    this.focus();
    if (!words || length(words) > this.limit) return;
    this.clear();
    this.onSend(words);
  }

  #changed() {
    const words = this.area.value;
    const used = length(words.trim());
    this.draftStore.write(DRAFT_KEY, words);
    this.send.setAttribute("aria-disabled", String(used === 0 || used > this.limit));
    this.count.textContent = this.#countText(used);
    this.count.classList.toggle("is-over", used > this.limit);
    const hint = IDENTIFIER.test(words) ? text("identifier_hint") : "";
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
    this.#fit();
  }

  #countText(used) {
    if (used > this.limit) return text("characters_over", { count: used - this.limit });
    return used >= this.counterFrom ? text("characters_left", { count: this.limit - used }) : "";
  }

  /** Grows with its text, for browsers that do not know field-sizing. */
  #fit() {
    if (CSS.supports("field-sizing", "content")) return;
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight}px`;
  }
}

/** Characters as the gateway counts them: code points, not UTF-16 units. */
function length(words) {
  return [...words].length;
}
