// The open conversation: head, messages and card are fetched anew when the stream says so; what is being written stays.
import { fetchPart, parsed, post, Refused } from "./net.js";
import { say } from "./toasts.js";
import { text } from "./texts.js";

const NEAR_END_PIXELS = 80;
const CLOCK_MS = 60_000; // what a channel allows ends by itself, without anybody writing

export class Talk {
  /** `onActs(canReply, canNote)` is called when what the operator may do has changed. */
  constructor(element, onActs) {
    Object.assign(this, { element, onActs, root: element.dataset.root });
    this.log = element.querySelector("#log");
    this.scroller = element.querySelector("#log-scroller");
    this.running = false;
    this.again = false;
    this.log.addEventListener("click", (event) => this.#onClick(event));
    this.atEnd = true;
    this.scroller.addEventListener("scroll", () => {
      this.atEnd = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_END_PIXELS;
    });
    // The box below grows and shrinks: who reads the end goes on reading it.
    const stay = new ResizeObserver(() => this.atEnd && this.toEnd());
    stay.observe(this.scroller);
    stay.observe(this.log);
    this.#tellActs();
    setInterval(() => document.getElementById("talk-limits")?.childElementCount && this.refresh(), CLOCK_MS);
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /** Whether the citizen wrote last. */
  get isUnanswered() {
    const said = [...this.log.querySelectorAll(".entry-citizen, .entry-operator")];
    return said.length > 0 && said[said.length - 1].classList.contains("entry-citizen");
  }

  async refresh() {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    try {
      do {
        this.again = false;
        this.#take(parsed(await fetchPart(`${this.root}/news?after=${this.#after()}&note=${this.#note()}`)));
      } while (this.again);
    } catch (error) {
      // Somebody else has it now, and it is not ours to read.
      if (error instanceof Refused && [403, 409].includes(error.status)) location.assign("/console/desk");
    } finally {
      this.running = false;
    }
  }

  #take(content) {
    for (const id of ["talk-head", "talk-limits", "talk-foot", "card"]) this.#replace(id, content.querySelector(`[data-part="${id}"]`));
    const entries = [...content.querySelectorAll('[data-part="log"] > .entry')];
    for (const entry of entries) this.#put(entry);
    this.#tellActs();
  }

  /** Only what differs is touched, so that focus stays and nothing is read out twice. */
  #replace(id, part) {
    const place = document.getElementById(id);
    if (!place || !part || place.innerHTML === part.innerHTML) return;
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    place.replaceChildren(...part.childNodes);
    if (focused) document.getElementById(focused)?.focus();
  }

  #put(entry) {
    const shown = this.log.querySelector(`[data-key="${entry.dataset.key}"]`);
    if (!shown) {
      entry.classList.add("is-new");
      this.log.append(entry);
    } else if (!shown.dataset.revealed) {
      if (shown.innerHTML !== entry.innerHTML) shown.replaceChildren(...entry.childNodes);
      shown.toggleAttribute("data-unsettled", entry.hasAttribute("data-unsettled"));
    }
  }

  /** Everything from the first message on whose delivery is still open. */
  #after() {
    const open = this.log.querySelector("[data-unsettled]");
    if (open) return Number(open.dataset.sequence) - 1;
    return Math.max(0, ...[...this.log.querySelectorAll("[data-sequence].entry")].map((entry) => Number(entry.dataset.sequence)));
  }

  #note() {
    return Math.max(0, ...[...this.log.querySelectorAll("[data-note]")].map((entry) => Number(entry.dataset.note)));
  }

  #tellActs() {
    const head = this.element.querySelector(".talk-head");
    this.onActs(head.dataset.canReply === "True", head.dataset.canNote === "True");
  }

  async #onClick(event) {
    const button = event.target.closest(".reveal");
    if (!button) return;
    try {
      const { text: words } = await post(`${this.root}/reveal`, { sequence: button.dataset.sequence });
      const entry = button.closest(".entry");
      entry.dataset.revealed = "1";
      entry.querySelector(".entry-text").textContent = words;
      button.remove();
    } catch (error) {
      say(error.message || text("failed"), true);
    }
  }
}
