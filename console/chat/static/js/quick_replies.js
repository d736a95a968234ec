// Buttons under the last message; choosing one, or writing anything, removes them. Five of them in a row rate a talk.
const RATING = "satisfaction_asked";

export class QuickReplies {
  #node = null;

  /** @param {(button: {title: string, payload: string}, byKeyboard: boolean) => void} onChoose */
  constructor(log, onChoose) {
    Object.assign(this, { log, onChoose });
  }

  show({ buttons, status }) {
    this.hide();
    if (!buttons?.length) return;
    const isRating = status === RATING;
    const template = document.getElementById(isRating ? "rating-template" : "replies-template");
    const node = template.content.firstElementChild.cloneNode(true);
    node.append(...buttons.map((button, place) => this.#button(button, isRating ? place + 1 : 0)));
    this.#node = this.log.appendChild(node);
  }

  hide() {
    this.#node?.remove();
    this.#node = null;
  }

  /** `score` is 0 for all but the buttons of a rating. */
  #button(button, score) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = score ? "score" : "chip";
    element.textContent = button.title;
    if (score) {
      const number = document.createElement("strong");
      number.textContent = String(score);
      element.prepend(number, " ");
    }
    element.addEventListener("click", (event) => this.onChoose(button, event.detail === 0));
    return element;
  }
}
