// Keeps what is typed into a form until it is saved: over a reload, an expired session, a lost connection.
import { text } from "./texts.js";

const PREFIX = "bhxh.editor.";

export class Keeper {
  /** `form.dataset.keep` names the version; `data-fresh` marks a form that holds what was typed already. */
  constructor(form, note) {
    this.form = form;
    this.note = note;
    this.key = PREFIX + form.dataset.keep;
    this.dirty = "fresh" in form.dataset;
    this.restored = false;
    if (form.dataset.saved) sessionStorage.removeItem(this.key);
    else if (!this.dirty) this.restore();
    this.before = (event) => this.dirty && event.preventDefault();
    window.addEventListener("beforeunload", this.before);
    document.addEventListener("submit", () => window.removeEventListener("beforeunload", this.before));
  }

  keep() {
    this.dirty = true;
    const fields = [...new FormData(this.form)].filter(([name]) => name !== "csrf" && name !== "revision");
    sessionStorage.setItem(this.key, JSON.stringify({ revision: this.revision, fields }));
    this.note.textContent = text("editor_unsaved");
  }

  get revision() {
    return this.form.elements.namedItem("revision")?.value ?? "";
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!kept) return;
    this.missingRows(kept.fields);
    const values = new Map(kept.fields);
    for (const input of this.form.elements) {
      if (!input.name || input.name === "csrf" || input.name === "revision" || input.type === "submit") continue;
      if (input.type === "checkbox" || input.type === "radio") input.checked = values.get(input.name) === input.value;
      else input.value = values.get(input.name) ?? "";
    }
    this.restored = this.dirty = true;
    // Saving must still meet whoever was quicker: the revision is that of the text that was typed upon.
    const revision = this.form.elements.namedItem("revision");
    const isOlder = revision && revision.value !== kept.revision;
    if (isOlder) revision.value = kept.revision;
    this.note.textContent = text(isOlder ? "editor_kept_older" : "editor_kept");
  }

  missingRows(fields) {
    for (const button of this.form.querySelectorAll("[data-add-row]")) {
      const list = document.getElementById(button.dataset.addRow);
      const prefix = `${button.dataset.addRow}_`;
      const numbers = fields.map(([name]) => name).filter((name) => name.startsWith(prefix)).map((name) => parseInt(name.slice(prefix.length), 10));
      const wanted = Math.max(-1, ...numbers.filter(Number.isInteger)) + 1;
      const row = document.getElementById(`${button.dataset.addRow}-row`).innerHTML;
      for (let number = list.children.length; number < wanted; number += 1) {
        list.insertAdjacentHTML("beforeend", row.replaceAll("__n__", String(number)));
      }
    }
  }
}
