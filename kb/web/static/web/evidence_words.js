// The words that somebody selects in the text, as positions in code points.
// The browser counts UTF-16: 𠮷 and many emoji are two units there and one code point in the tables.

import { body } from "./evidence.js";

const points = (text) => [...text].length;
const paragraphOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".body p[data-start]");

// {start, end, text} of the selection, `null` for none, {across: true} where it leaves its paragraph.
export function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed || !body.contains(chosen.anchorNode)) return null;
  const range = chosen.getRangeAt(0).cloneRange();
  const first = paragraphOf(range.startContainer);
  if (!first) return null;
  if (paragraphOf(range.endContainer) !== first) {
    const rest = range.cloneRange();
    rest.setStartAfter(first);
    if (rest.toString().trim()) return { across: true };
    range.setEnd(first, first.childNodes.length); // three clicks select up to the next paragraph's start
  }
  return at(first, range);
}

function at(paragraph, range) {
  const before = document.createRange(), all = range.toString(), text = all.trim();
  before.setStart(paragraph, 0);
  before.setEnd(range.startContainer, range.startOffset);
  if (!text) return null;
  const lead = all.slice(0, all.length - all.trimStart().length);
  const start = Number(paragraph.dataset.start) + points(before.toString() + lead);
  return { start, end: start + points(text), text, rect: [...range.getClientRects()].pop() };
}

// Where words stand in the text: {start, end, text, before, behind} of each place.
export function occurrences(text, most = 20) {
  const found = [];
  for (const paragraph of body.querySelectorAll("p[data-start]")) {
    const all = paragraph.textContent;
    for (let from = all.indexOf(text); text && from >= 0 && found.length < most; from = all.indexOf(text, from + 1)) {
      const start = Number(paragraph.dataset.start) + points(all.slice(0, from));
      const end = from + text.length;
      found.push({
        start, end: start + points(text), text,
        before: [...all.slice(0, from)].slice(-10).join(""), behind: [...all.slice(end)].slice(0, 10).join(""),
      });
    }
  }
  return found;
}
