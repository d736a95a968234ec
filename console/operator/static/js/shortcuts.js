// Keys of one letter, for hands that stay on the keyboard. Off while somebody writes, and for good where they are not wanted.
const KEY = "bhxh.console.shortcuts";

export function wireShortcuts(checkbox, actions) {
  checkbox.checked = localStorage.getItem(KEY) !== "off";
  checkbox.addEventListener("change", () => localStorage.setItem(KEY, checkbox.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isWriting(event.target)) event.target.blur();
    if (!checkbox.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isWriting(event.target) || document.querySelector("dialog[open]")) return;
    const act = actions[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function isWriting(element) {
  return element.matches?.("input:not([type=radio], [type=checkbox]), textarea, select") ?? false;
}
