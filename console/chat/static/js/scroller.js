// Keeps the newest message in view, unless the citizen has scrolled up to read; then a button leads down.
const NEAR_PIXELS = 96;

export class Scroller {
  #following = true;

  constructor(element, newestButton) {
    Object.assign(this, { element, newestButton });
    element.addEventListener("scroll", () => this.#look(), { passive: true });
    newestButton.addEventListener("click", () => {
      this.toEnd();
      this.element.focus({ preventScroll: true });
    });
    new ResizeObserver(() => this.settle()).observe(element);
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
    this.#following = true;
    this.newestButton.hidden = true;
  }

  /** To be called after something small changed below the messages. */
  settle() {
    if (this.#following) this.toEnd();
  }

  /** To be called after `node` came in: shows it from its beginning when it is taller than the view. */
  follow(node) {
    if (!this.#following) {
      this.newestButton.hidden = false;
      return;
    }
    this.toEnd();
    if (node.offsetHeight <= this.element.clientHeight) return;
    node.scrollIntoView({ block: "start" });
    this.#following = false;
  }

  #look() {
    const below = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight;
    this.#following = below < NEAR_PIXELS;
    if (this.#following) this.newestButton.hidden = true;
  }
}
