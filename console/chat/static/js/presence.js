// Says above the messages who is there: somebody waited for, a person who has joined, or nobody but the assistant.
import { text } from "./texts.js";

export class Presence {
  /** @param {HTMLElement} element holds a `.presence-text` and the button that ends the waiting */
  constructor(element) {
    this.element = element;
    this.words = element.querySelector(".presence-text");
    this.back = element.querySelector("button");
  }

  /** @param {"waiting" | "person" | null} presence */
  show(presence) {
    this.element.hidden = presence === null;
    this.element.dataset.with = presence ?? "";
    this.back.hidden = presence !== "waiting";
    const words = said(presence);
    if (this.words.textContent !== words) this.words.textContent = words;
  }
}

function said(presence) {
  if (presence === "waiting") return text("with_waiting");
  return presence === "person" ? text("with_person") : "";
}
