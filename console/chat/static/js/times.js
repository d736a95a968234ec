const MONTH_DAY = { day: "2-digit", month: "2-digit" };
const CLOCK = { hour: "2-digit", minute: "2-digit", hour12: false };

/** Sets a <time> element: the hour for today, with the day before it for any other day. Empty for no valid time. */
export function setTime(element, isoTime) {
  const moment = new Date(isoTime);
  if (Number.isNaN(moment.getTime())) return;
  const clock = moment.toLocaleTimeString("vi-VN", CLOCK);
  const today = moment.toDateString() === new Date().toDateString();
  element.dateTime = moment.toISOString();
  element.textContent = today ? clock : `${moment.toLocaleDateString("vi-VN", MONTH_DAY)} ${clock}`;
}

/** `2024-01-31` as `31/01/2024`; anything else unchanged. */
export function vietnameseDate(isoDate) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate ?? "");
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : isoDate ?? "";
}
