// Shows a record where its words are pointed at or focused, and steps through the records with n and p.
// Everything else (marks, links, legend) works without this file.

export const body = document.querySelector(".body");
const hint = document.createElement("div");
hint.className = "hint";
hint.id = "hint";
hint.hidden = true;
hint.setAttribute("role", "tooltip");
document.querySelector("main").append(hint);

export const keysOf = (segment) => segment.dataset.records.split(" ");
export const card = (key) => document.getElementById(`record-${key}`);
const ruler = (key) => (card(key).classList.contains("is-rejected") ? "rejected" : key.split("-")[0]);
const isShown = (key) => document.getElementById(`show-${ruler(key)}`).checked;
export const keysAreOn = (event) =>
  document.getElementById("keys-on").checked && !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing &&
  !event.target.closest("input:not([type=checkbox]), textarea, select, dialog");

const words = new Map();
let inOrder = [];
export let current = "";

// Takes in the marks and the list of records; again after they were replaced.
export function reread() {
  words.clear();
  for (const segment of body.querySelectorAll(".seg")) {
    segment.removeAttribute("title"); // the hint says it better
    for (const key of keysOf(segment)) words.set(key, [...(words.get(key) || []), segment]);
  }
  inOrder = [...document.querySelectorAll("#record-list .record")].map((each) => each.id.replace("record-", ""));
}

export function clear() {
  hint.hidden = true;
  for (const each of document.querySelectorAll(".now")) each.classList.remove("now");
  for (const each of body.querySelectorAll("[aria-describedby]")) each.removeAttribute("aria-describedby");
}

function show(segment, first) {
  clear();
  const keys = keysOf(segment).filter(isShown);
  if (!keys.length) return;
  const key = keys.includes(first) ? first : keys[0];
  for (const each of words.get(key)) each.classList.add("now");
  card(key).classList.add("now");
  hint.replaceChildren(...keys.map((each) => {
    const copy = document.createElement("div");
    copy.className = card(each).className.replace(" now", each === key && keys.length > 1 ? " now" : "");
    copy.append(...[...card(each).childNodes].map((node) => node.cloneNode(true)));
    for (const part of copy.querySelectorAll(".act, .to")) part.remove();
    for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    return copy;
  }));
  segment.setAttribute("aria-describedby", "hint");
  hint.hidden = false;
  place(hint, segment.getClientRects()[0]);
}

// Puts a box below a part of the text, or above it where there is no room.
export function place(box, at) {
  const room = document.documentElement.clientWidth;
  box.style.left = "0"; // its width is what it wants to be, not what is left at the edge
  const left = Math.max(16, Math.min(at.left, room - box.offsetWidth - 16));
  const below = at.bottom + box.offsetHeight + 8 < window.innerHeight || at.top < box.offsetHeight + 8;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${(below ? at.bottom + 4 : at.top - box.offsetHeight - 4) + window.scrollY}px`;
}

function reveal(key) {
  const side = card(key).closest(".side-scroll"), top = card(key).offsetTop - side.offsetTop;
  if (top < side.scrollTop || top + card(key).offsetHeight > side.scrollTop + side.clientHeight) side.scrollTop = top - 40;
}

export function go(key) {
  if (!words.has(key)) return;
  const segment = words.get(key).find((each) => each.id === key) || words.get(key)[0];
  current = key;
  segment.focus({ preventScroll: true });
  segment.scrollIntoView({ block: "center" });
  show(segment, key);
  reveal(key);
}

const named = (hash = "") => hash.slice(1).replace("record-", "");

// Opens the record that the address names, also where its kind was switched off.
function arrive() {
  const key = named(location.hash);
  if (!words.has(key)) return;
  document.getElementById(`show-${ruler(key)}`).checked = true;
  go(key);
}

export function step(by) {
  const shown = inOrder.filter((key) => isShown(key) && words.has(key));
  if (!shown.length) return;
  const at = shown.indexOf(current);
  go(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length]);
}

// A mouse that moves points at something; one that rests does not, though the text moves under it.
let pointed = null;
body.addEventListener("pointermove", (event) => {
  const segment = event.target.closest(".seg");
  if (event.pointerType === "touch" || segment === pointed) return;
  pointed = segment;
  if (segment) show(segment);
});
body.addEventListener("pointerleave", () => {
  pointed = null;
  const focused = document.activeElement.closest(".body .seg"); // what was opened stays open
  focused && !hint.hidden ? show(focused, current) : clear();
});
body.addEventListener("focusin", (event) => {
  const segment = event.target.closest(".seg");
  if (!segment) return;
  if (!keysOf(segment).includes(current)) current = keysOf(segment)[0];
  show(segment, current);
});
body.addEventListener("focusout", clear);
// A phone's browser resizes its window as it lays the page out and as its bars come and go: what was opened stays.
window.addEventListener("resize", () => {
  if (!hint.hidden) place(hint, body.querySelector("[aria-describedby]").getClientRects()[0]);
});
// What leads to a record of this page shows it where it stands, and the address names it from then on.
document.querySelector("main").addEventListener("click", (event) => {
  const key = named(event.target.closest("a[href^='#']")?.hash);
  if (!words.has(key) || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  history.replaceState(null, "", `#${key}`);
  go(key);
});
window.addEventListener("hashchange", arrive);
document.querySelector(".keys-on").hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return clear();
  if (!keysAreOn(event)) return;
  if (event.key === "n") step(1);
  if (event.key === "p") step(-1);
});
reread();
const own = document.querySelector(".lines .own");
if (own) own.closest(".side-scroll").scrollTop = Math.max(0, own.offsetTop - 60);
// The browser looks for what the address names, and moves the focus, when all is loaded: this comes after.
window.addEventListener("load", () => setTimeout(arrive));
