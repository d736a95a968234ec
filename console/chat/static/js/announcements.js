// What the agency announces, above the conversation: looked for now and then, shown until its time is over or it is closed.
import { listAnnouncements } from "./api.js";
import { aim, safeLink } from "./links.js";
import { setRichText } from "./rich_text.js";
import { text } from "./texts.js";

const EVERY_MS = 60_000;
const CLOSED = "announcements.closed";
const CLOSED_KEPT = 50;

export class Announcements {
  #shown = [];
  #lookedAt = 0;

  constructor(place, store) {
    Object.assign(this, { place, store });
    this.template = document.getElementById("announcement-template");
    place.addEventListener("click", (event) => this.#onClick(event));
  }

  start() {
    this.#look();
    setInterval(() => document.hidden || this.#look(), EVERY_MS);
    // Who comes back to the page after a while need not wait for the next look.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && Date.now() - this.#lookedAt > EVERY_MS) this.#look();
    });
  }

  async #look() {
    this.#lookedAt = Date.now();
    try {
      this.#show((await listAnnouncements()) ?? []);
    } catch {
      // What was shown stays; the next look comes by itself.
    }
  }

  #show(found) {
    const closed = new Set(this.store.read(CLOSED, []));
    const open = found.filter((each) => !closed.has(each.id));
    if (JSON.stringify(open) === JSON.stringify(this.#shown)) return; // nothing is read out twice
    this.#shown = open;
    this.place.replaceChildren(...open.map((each) => this.#node(each)));
    this.place.hidden = open.length === 0;
  }

  #node(announcement) {
    const node = this.template.content.firstElementChild.cloneNode(true);
    const link = announcement.link && safeLink(announcement.link);
    const anchor = node.querySelector(".announcement-link");
    node.dataset.id = announcement.id;
    node.querySelector("h2").textContent = announcement.title;
    setRichText(node.querySelector(".announcement-text"), announcement.text);
    anchor.hidden = !link;
    if (link) aim(anchor, link);
    node.querySelector(".announcement-close").setAttribute("aria-label", text("close_announcement", { title: announcement.title }));
    return node;
  }

  #onClick(event) {
    const node = event.target.closest(".announcement-close")?.closest(".announcement");
    if (!node) return;
    const closed = [...this.store.read(CLOSED, []), node.dataset.id];
    this.store.write(CLOSED, closed.slice(-CLOSED_KEPT));
    node.remove();
    this.#shown = this.#shown.filter((each) => each.id !== node.dataset.id);
    this.place.hidden = this.place.childElementCount === 0;
    document.getElementById("composer-text")?.focus({ preventScroll: true });
  }
}
