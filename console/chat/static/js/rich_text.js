// Turns the plain text of an answer into paragraphs, lists and links. Everything is set as text, never as markup.
import { aim, safeLink } from "./links.js";

const BULLET = /^\s*[-•+]\s+/;
const LINKED = /https:\/\/[^\s<>"“”]+|(^|[\s(])(\/(?:van-ban|hoi-dap)\/[^\s<>"“”]+)|\b1900[ .]?9068\b/g;
const TRAILING = /[.,;:!?)\]…]+$/;

/** Replaces what `container` holds. */
export function setRichText(container, source) {
  container.replaceChildren();
  let list = null;
  for (const line of source.split(/\r?\n/)) {
    if (line.trim() === "") {
      list = null;
    } else if (BULLET.test(line)) {
      list ??= container.appendChild(document.createElement("ul"));
      appendLinked(list.appendChild(document.createElement("li")), line.replace(BULLET, ""));
    } else {
      list = null;
      appendLinked(container.appendChild(document.createElement("p")), line.trim());
    }
  }
}

function appendLinked(parent, line) {
  let from = 0;
  for (const match of line.matchAll(LINKED)) {
    const lead = match[1] ?? "";
    const found = (match[2] ?? match[0]).replace(TRAILING, "");
    const start = match.index + lead.length;
    parent.append(line.slice(from, start), linkTo(found));
    from = start + found.length;
  }
  parent.append(line.slice(from));
}

function linkTo(found) {
  const anchor = document.createElement("a");
  anchor.textContent = found;
  if (found.startsWith("1900")) {
    anchor.href = `tel:${found.replace(/\D/g, "")}`;
    return anchor;
  }
  const link = safeLink(found);
  if (!link) return found;
  aim(anchor, link);
  return anchor;
}
