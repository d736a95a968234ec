// Buttons under the last message of the assistant; choosing one, or writing anything, removes them.
export class QuickReplies {
  #node = null;

  /** @param {(button: {title: string, payload: string}, byKeyboard: boolean) => void} onChoose */
  constructor(log, onChoose) {
    Object.assign(this, { log, onChoose });
  }

  show(buttons) {
    this.hide();
    if (!buttons?.length) return;
    const node = document.getElementById("replies-template").content.firstElementChild.cloneNode(true);
    node.append(...buttons.map((button) => this.#button(button)));
    this.#node = this.log.appendChild(node);
  }

  hide() {
    this.#node?.remove();
    this.#node = null;
  }

  #button(button) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "chip";
    element.textContent = button.title;
    element.addEventListener("click", (event) => this.onChoose(button, event.detail === 0));
    return element;
  }
}
