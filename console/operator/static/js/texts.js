// Sentences that scripts show; the server puts them into <template id="texts">, so that no Vietnamese hides in code.
let sentences = null;

function load() {
  const spans = document.getElementById("texts").content.querySelectorAll("[data-key]");
  return new Map([...spans].map((span) => [span.dataset.key, span.textContent]));
}

/** The sentence under `key`, with each `{name}` replaced by `fill.name`. Throws for a key that does not exist. */
export function text(key, fill = {}) {
  sentences ??= load();
  const sentence = sentences.get(key);
  if (sentence === undefined) throw new Error(`no text named ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in fill ? String(fill[name]) : whole));
}
