// A part of the page that changes by itself while something is built: fetched again until it says that it is settled.
import { fetchPart, parsed, Refused } from "./net.js";

const LOOK_MS = 1_500;

export class Follower {
  /** `data-follow` is the address of the part; the part holds `data-settled` when nothing more will come. */
  constructor(place) {
    this.place = place;
    this.settled = place.querySelector("[data-settled]") !== null;
    if (!this.settled) this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  async look() {
    if (document.hidden) return;
    try {
      this.place.replaceChildren(parsed(await fetchPart(this.place.dataset.follow)));
    } catch (error) {
      if (error instanceof Refused && (error.status === 401 || error.status === 403)) location.reload();
      return;
    }
    if (this.place.querySelector("[data-settled]")) {
      clearInterval(this.timer);
      if (this.place.dataset.then === "reload" && !isTyping()) location.reload();
    }
  }
}

/** Whether something was typed that a reload would lose. */
function isTyping() {
  return [...document.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);
}
