// Shows a cited document beside the conversation on wide screens; elsewhere the same links simply open its page.
import { isDocument } from "./links.js";
import { text } from "./texts.js";

const WIDE = window.matchMedia("(min-width: 64rem)");
const ID_PREFIX = "panel-";

export class Panel {
  #opener = null;
  #asked = 0;

  constructor(element, panes) {
    Object.assign(this, { element, panes });
    this.body = element.querySelector("#panel-body");
    this.title = element.querySelector("#panel-title");
    this.whole = element.querySelector("#panel-whole");
    element.querySelector("#panel-close").addEventListener("click", () => this.close());
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    element.addEventListener("click", (event) => this.#followInside(event));
  }

  /** Handles a click anywhere on the page: takes over links to documents when there is room for the panel. */
  onClick(event) {
    const anchor = event.target.closest("a[href]");
    const href = anchor?.getAttribute("href") ?? "";
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!plain || !WIDE.matches || !isDocument(href) || anchor === this.whole) return;
    event.preventDefault();
    this.open(href, this.element.contains(anchor) ? this.#opener : anchor);
  }

  async open(href, opener) {
    this.#asked += 1;
    const asked = this.#asked;
    this.#setOpener(opener);
    this.whole.href = href;
    this.body.textContent = text("panel_loading");
    this.element.hidden = false;
    this.panes.classList.add("has-panel");
    this.title.focus({ preventScroll: true });
    const content = await load(href);
    if (asked !== this.#asked) return;
    this.body.replaceChildren(content ?? text("panel_failed"));
    this.#showCited();
  }

  close() {
    this.#asked += 1;
    this.element.hidden = true;
    this.panes.classList.remove("has-panel");
    const opener = this.#opener;
    this.#setOpener(null);
    opener?.focus();
  }

  #setOpener(opener) {
    this.#opener?.removeAttribute("aria-current");
    this.#opener = opener;
    opener?.setAttribute("aria-current", "true");
  }

  #showCited() {
    const cited = this.body.querySelector(".is-cited");
    this.body.scrollTop = 0;
    if (!cited) return;
    const offset = cited.getBoundingClientRect().top - this.body.getBoundingClientRect().top;
    this.body.scrollTop = Math.max(0, offset - 24);
  }

  #followInside(event) {
    const href = event.target.closest("a[href]")?.getAttribute("href") ?? "";
    if (!href.startsWith("#")) return;
    event.preventDefault();
    document.getElementById(ID_PREFIX + decodeURIComponent(href.slice(1)))?.scrollIntoView({ block: "start" });
  }
}

/** The document of a page, with ids that cannot collide with ours; null when it cannot be had. */
async function load(href) {
  try {
    const response = await fetch(href, { headers: { Accept: "text/html" } });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const content = page.querySelector("[data-document]");
    for (const node of content?.querySelectorAll("[id]") ?? []) node.id = ID_PREFIX + node.id;
    for (const node of content?.querySelectorAll("[aria-labelledby]") ?? []) {
      node.setAttribute("aria-labelledby", ID_PREFIX + node.getAttribute("aria-labelledby"));
    }
    return content ? document.adoptNode(content) : null;
  } catch {
    return null;
  }
}
