// Short sentences at the foot of the page, read out by screen readers; kept over one change of page.
const SHOWN_MS = 6_000;
const KEY = "bhxh.console.said";

export function say(words, isError = false) {
  if (!words) return;
  const toast = document.createElement("p");
  toast.className = isError ? "toast is-error" : "toast";
  toast.textContent = words;
  document.getElementById("toasts").append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}

/** For the page that comes next. */
export function sayThere(words) {
  if (words) sessionStorage.setItem(KEY, words);
}

export function sayWhatWasLeft() {
  const words = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  say(words);
}
