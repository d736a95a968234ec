/** What may become a link: a place on this site, or an https address. Gives {href, external}, or null for the rest. */
export function safeLink(address) {
  if (typeof address !== "string" || address.trim() === "") return null;
  let url;
  try {
    url = new URL(address, window.location.origin);
  } catch {
    return null;
  }
  if (url.origin === window.location.origin) return { href: url.pathname + url.search + url.hash, external: false };
  return url.protocol === "https:" ? { href: url.href, external: true } : null;
}

/** Points `anchor` at a link from `safeLink`; other sites open in their own tab and learn nothing about us. */
export function aim(anchor, link) {
  anchor.href = link.href;
  if (!link.external) return;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
}

/** Whether the address is one of our document pages, which the side panel can show. */
export function isDocument(href) {
  return href.startsWith("/van-ban/") || href.startsWith("/hoi-dap/");
}
