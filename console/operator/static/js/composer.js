// Where the operator writes: reply or note. What is written survives a reload, and a failed sending.
import { Canned } from "./canned.js";
import { fetchPart, parsed, post, Refused } from "./net.js";
import { text } from "./texts.js";
import { say } from "./toasts.js";

const UNPROCESSABLE = 422;

export class Composer {
  constructor(element, root, onSent) {
    Object.assign(this, { element, root, onSent });
    this.form = element.querySelector("#reply-form");
    this.area = element.querySelector("#reply");
    this.count = element.querySelector("#reply-count");
    this.suggestions = element.querySelector("#suggestions");
    this.suggesting = element.querySelector("#suggest");
    this.error = element.querySelector("#reply-error");
    this.limit = Number(this.form.dataset.limit);
    this.draftKey = `bhxh.console.draft.${root}`;
    this.canned = new Canned(element.querySelector("#canned"), this.area, () => this.#changed());
    this.area.value = sessionStorage.getItem(this.draftKey) ?? "";
    this.#changed();
    this.#wire();
  }

  allow(canReply, canNote) {
    this.tab("reply").hidden = !canReply;
    this.tab("note").hidden = !canNote;
    this.element.hidden = !canReply && !canNote;
    if (!canReply && this.shown === "reply") this.#show(canNote ? "none" : "");
    if (canReply && this.shown !== "note") this.#show("reply");
  }

  write() {
    if (this.tab("reply").hidden) return;
    this.#show("reply");
    this.area.focus();
  }

  note() {
    if (this.tab("note").hidden) return;
    this.#show("note");
    this.element.querySelector("#note").focus();
  }

  /** For these words, or for what the citizen asked. */
  async suggest(words = "") {
    if (!this.suggesting || this.form.hidden || this.looking) return;
    this.looking = true;
    this.#showSuggestions(text("looking"));
    try {
      const part = await fetchPart(`${this.root}/suggestions`, { question: words });
      this.#showSuggestions(...parsed(part).childNodes);
      this.suggestions.querySelector("#suggest-words").focus();
    } catch (error) {
      this.#hideSuggestions();
      say(error.message || text("failed"), true);
    } finally {
      this.looking = false;
    }
  }

  tab(name) {
    return this.element.querySelector(`#tab-${name}`);
  }

  #wire() {
    this.tab("reply").addEventListener("click", () => this.write());
    this.tab("note").addEventListener("click", () => this.note());
    this.area.addEventListener("input", () => {
      this.#changed();
      this.#complain("");
    });
    this.area.addEventListener("keydown", (event) => this.#onKey(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.suggesting?.addEventListener("click", () => this.suggest());
    document.getElementById("card")?.addEventListener("click", (event) => this.#insert(event.target.closest(".insert")));
    this.suggestions.addEventListener("click", (event) => {
      this.#insert(event.target.closest(".insert"));
      if (event.target.closest("[data-hide]")) this.#leaveSuggestions();
    });
    this.suggestions.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#leaveSuggestions();
      if (event.key === "Enter" && event.target.id === "suggest-words" && !event.isComposing) this.suggest(event.target.value.trim());
    });
  }

  #onKey(event) {
    if (this.canned.onKey(event)) return;
    // Vietnamese keyboards compose letters: Enter then ends a word, not the message.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  async #send() {
    const words = this.area.value.trim();
    if (!words || this.sending) return;
    this.sending = true;
    // The same words sent again after a lost answer keep their id: they are said once.
    if (this.requestFor !== words) Object.assign(this, { requestFor: words, requestId: crypto.randomUUID() });
    try {
      await post(this.form.action, { text: words, request_id: this.requestId, held: this.held ?? "" });
      Object.assign(this, { requestFor: null, held: null });
      this.area.value = "";
      this.#hideSuggestions();
      this.#complain("");
      this.#changed();
    } catch (error) {
      // What is wrong with the words is said beside them, and stays until they are changed.
      if (error instanceof Refused && error.status === UNPROCESSABLE) this.#complain(error.message);
      else say(error instanceof Refused && error.message ? error.message : text("not_sent"), true);
    } finally {
      this.sending = false;
      this.onSent();
    }
  }

  #insert(button) {
    if (!button) return;
    this.held = button.dataset.held ?? this.held;
    if (button.dataset.held) this.#show("reply");
    const typed = this.area.value.trimEnd();
    this.area.value = typed ? `${typed}\n\n${button.dataset.whole}` : button.dataset.whole;
    this.#leaveSuggestions();
    this.#changed();
    this.#complain("");
    say(text("inserted"));
  }

  #showSuggestions(...nodes) {
    this.suggestions.replaceChildren(...nodes);
    this.suggestions.hidden = false;
    this.suggesting.setAttribute("aria-expanded", "true");
    this.suggestions.scrollTop = 0;
  }

  #hideSuggestions() {
    this.suggestions.hidden = true;
    this.suggesting?.setAttribute("aria-expanded", "false");
  }

  #leaveSuggestions() {
    this.#hideSuggestions();
    this.area.focus();
  }

  #complain(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
    this.area.toggleAttribute("aria-invalid", Boolean(words));
  }

  #show(which) {
    this.shown = which;
    if (which !== "reply") this.#hideSuggestions();
    this.form.hidden = which !== "reply";
    this.element.querySelector("#note-form").hidden = which !== "note";
    this.tab("reply").setAttribute("aria-pressed", String(which === "reply"));
    this.tab("note").setAttribute("aria-pressed", String(which === "note"));
  }

  #changed() {
    const length = this.area.value.length;
    sessionStorage.setItem(this.draftKey, this.area.value);
    const parts = Math.ceil(length / this.limit);
    this.count.textContent = length ? text(this.#lengthKey(parts), { count: length, limit: this.limit, parts, left: this.#freeLeft() }) : "";
    this.count.classList.toggle("is-many", parts > 1);
    this.canned.onInput();
  }

  #lengthKey(parts) {
    if (parts > this.#freeLeft()) return "characters_beyond";
    return parts > 1 ? "characters_many" : "characters";
  }

  /** Messages that the channel takes at no cost; as many as one likes where it does not count, or counts no more. */
  #freeLeft() {
    const left = Number(document.querySelector("#talk-limits [data-free-left]")?.dataset.freeLeft ?? 0);
    return left || Infinity;
  }
}
