// "Gặp cán bộ": leaves a message for a person and gives its case code. What was typed survives a failed attempt.
import { createTicket, Refusal } from "./api.js";
import { newId } from "./identity.js";
import { text } from "./texts.js";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const PHONE = /^\+?[\d .()-]{8,20}$/;

export class Ticket {
  #requestId = null;
  #sending = false;

  /**
   * @param {() => string} lastQuestion
   * @param {(code: string) => void} onFiled
   */
  constructor(dialog, session, lastQuestion, onFiled) {
    Object.assign(this, { dialog, session, lastQuestion, onFiled });
    this.form = dialog.querySelector("form");
    this.done = dialog.querySelector("#ticket-done");
    this.status = dialog.querySelector("#ticket-status");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());
    for (const field of this.#fields()) field.addEventListener("input", () => this.#mark(field, ""));
    dialog.querySelector("#copy-code").addEventListener("click", () => this.#copy());
  }

  open() {
    if (this.dialog.open) return;
    if (!this.#requestId) this.#begin();
    this.dialog.showModal();
    (this.#fields().find((field) => !field.value) ?? this.form.elements.name).focus();
  }

  #begin() {
    this.#requestId = newId();
    this.form.elements.question.value = this.lastQuestion();
    this.form.hidden = false;
    this.done.hidden = true;
    this.dialog.setAttribute("aria-labelledby", "ticket-title");
    this.#say("");
  }

  #fields() {
    const { name, contact, question } = this.form.elements;
    return [name, contact, question];
  }

  async #submit() {
    if (this.#sending || !this.#check()) return;
    this.#setSending(true);
    const [name, contact, question] = this.#fields().map((field) => field.value.trim());
    const ticket = { request_id: this.#requestId, name, contact, question };
    try {
      const filed = await this.session.call((token) => createTicket(token, ticket));
      this.#succeed(filed.case_code);
    } catch (error) {
      const refusal = error instanceof Refusal ? error.message : "";
      this.#say(refusal || text("ticket_failed"), true);
    } finally {
      this.#setSending(false);
    }
  }

  #succeed(code) {
    this.#requestId = null;
    this.form.elements.question.value = "";
    this.#say("");
    this.dialog.querySelector("#case-code").textContent = code;
    this.dialog.querySelector("#copy-status").textContent = "";
    this.form.hidden = true;
    this.done.hidden = false;
    this.dialog.setAttribute("aria-labelledby", "ticket-done-title");
    this.dialog.querySelector("#ticket-done-title").focus();
    this.onFiled(code);
  }

  #check() {
    const { name, contact, question } = this.form.elements;
    this.#mark(name, name.value.trim() ? "" : text("ticket_missing_name"));
    this.#mark(contact, contactProblem(contact.value.trim()));
    this.#mark(question, question.value.trim() ? "" : text("ticket_missing_question"));
    const wrong = this.#fields().find((field) => field.getAttribute("aria-invalid") === "true");
    wrong?.focus();
    return !wrong;
  }

  #mark(field, problem) {
    document.getElementById(`${field.id}-error`).textContent = problem;
    if (problem) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  #setSending(sending) {
    this.#sending = sending;
    this.form.querySelector("[type=submit]").setAttribute("aria-disabled", String(sending));
    if (sending) this.#say(text("ticket_sending"));
  }

  #say(words, isError = false) {
    this.status.textContent = words;
    this.status.classList.toggle("is-error", isError);
  }

  async #copy() {
    const status = this.dialog.querySelector("#copy-status");
    try {
      await navigator.clipboard.writeText(this.dialog.querySelector("#case-code").textContent);
      status.textContent = text("copied");
    } catch {
      status.textContent = text("copy_failed");
    }
  }
}

function contactProblem(contact) {
  if (!contact) return text("ticket_missing_contact");
  const digits = contact.replace(/\D/g, "").length;
  if (EMAIL.test(contact) || (PHONE.test(contact) && digits >= 9 && digits <= 12)) return "";
  return text("ticket_invalid_contact");
}
