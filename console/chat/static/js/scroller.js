// Keeps the newest message in view, unless the citizen has scrolled up to read; then a button leads down.
const NEAR_PIXELS = 96;

export class Scroller {
  // A conversation that has not begun shows its welcome from the top.
  #following = false;
  #end = 0;

  constructor(element, newestButton) {
    Object.assign(this, { element, newestButton });
    element.addEventListener("scroll", () => this.#look(), { passive: true });
    window.addEventListener("scroll", () => this.#look(), { passive: true });
    newestButton.addEventListener("click", () => {
      this.toEnd();
      this.element.focus({ preventScroll: true });
    });
    new ResizeObserver(() => this.settle()).observe(element);
  }

  toStart() {
    this.#box().scrollTop = 0;
    this.#following = false;
    this.newestButton.hidden = true;
  }

  toEnd() {
    const box = this.#box();
    box.scrollTop = box.scrollHeight;
    this.#end = box.scrollTop;
    this.#following = true;
    this.newestButton.hidden = true;
  }

  /** To be called after something small changed below the messages. */
  settle() {
    if (this.#isFollowing()) this.toEnd();
  }

  /** To be called after `node` came in: shows it from its beginning when it is taller than the view. */
  follow(node) {
    if (!this.#isFollowing()) {
      this.newestButton.hidden = false;
      return;
    }
    this.toEnd();
    if (node.offsetHeight <= this.#box().clientHeight) return;
    node.scrollIntoView({ block: "start" });
    this.#following = false;
  }

  /** On low screens the style sheet lets the whole page scroll instead of the messages. */
  #box() {
    return getComputedStyle(this.element).overflowY === "visible" ? document.scrollingElement : this.element;
  }

  /** A scroll event comes a moment after the scrolling: somebody may have just begun to read above. */
  #isFollowing() {
    return this.#following && this.#box().scrollTop >= this.#end - NEAR_PIXELS;
  }

  #look() {
    const box = this.#box();
    this.#following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PIXELS;
    if (!this.#following) return;
    this.#end = box.scrollTop;
    this.newestButton.hidden = true;
  }
}
