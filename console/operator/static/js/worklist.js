// The list: kept up to date, filtered, walked through with keys.
import { fetchPart, parsed, Refused } from "./net.js";
import { text } from "./texts.js";
import { say } from "./toasts.js";

const TICK_MS = 20_000;
const TYPING_MS = 300;
const LONG_MINUTES = 10;

export class Worklist {
  constructor(element, filters, episode) {
    Object.assign(this, { element, filters, episode });
    this.running = false;
    this.again = false;
    let timer = null;
    filters.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.refresh(true), TYPING_MS);
    });
    filters.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      this.refresh(true);
    });
    this.tick();
    setInterval(() => this.tick(), TICK_MS);
  }

  /** Fetches the list; calls that come meanwhile make it fetch once more. `isAsked`: by the operator, who hears a refusal. */
  async refresh(isAsked = false) {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    try {
      do {
        this.again = false;
        this.#replace(await this.#fetch());
      } while (this.again);
    } catch (error) {
      // The stream's own line says that the connection is lost.
      if (isAsked && error instanceof Refused) say(error.message, true);
    } finally {
      this.running = false;
    }
  }

  /** Moves the focus by one row. */
  step(by) {
    const links = [...this.element.querySelectorAll(".work-link")];
    const at = links.findIndex((link) => link === document.activeElement);
    const current = links.findIndex((link) => link.hasAttribute("aria-current"));
    const from = at >= 0 ? at : current;
    links[Math.min(Math.max(from + by, 0), links.length - 1)]?.focus();
  }

  tick() {
    for (const time of this.element.querySelectorAll("[data-since]")) {
      const minutes = Math.floor((Date.now() - Date.parse(time.dataset.since)) / 60_000);
      time.textContent = waited(minutes);
      time.classList.toggle("is-long", minutes >= LONG_MINUTES);
    }
  }

  /** What is looked for is posted, and so stands in no address; the list without it needs no form. */
  #fetch() {
    const fields = new URLSearchParams(new FormData(this.filters));
    if (this.episode) fields.set("selected", this.episode);
    if (fields.get("words").trim()) return fetchPart("/console/worklist", fields);
    for (const name of ["words", "csrf"]) fields.delete(name);
    return fetchPart(`/console/worklist?${fields}`);
  }

  #replace(html) {
    const focused = document.activeElement?.closest(".work")?.dataset.id;
    const isLink = document.activeElement?.classList.contains("work-link");
    const top = this.element.scrollTop;
    this.element.replaceChildren(parsed(html));
    this.element.scrollTop = top;
    if (focused) {
      const row = this.element.querySelector(`.work[data-id="${focused}"]`);
      row?.querySelector(isLink ? ".work-link" : "button, .work-link")?.focus({ preventScroll: true });
    }
    this.tick();
  }
}

function waited(minutes) {
  if (minutes < 1) return text("waited_now");
  if (minutes < 60) return text("waited_minutes", { minutes });
  if (minutes < 60 * 24) return text("waited_hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  return text("waited_days", { days: Math.floor(minutes / 60 / 24) });
}
