// Says to those who listen what Django's admin and Select2 draw without a name.
"use strict";
{
  const nameOf = (field) => {
    const words = field.getAttribute("aria-label") || (field.labels && field.labels[0] && field.labels[0].textContent) || "";
    return words.trim().replace(/[:：]$/, "");
  };
  const set = (part, name, value) => part && value && part.getAttribute(name) !== value && part.setAttribute(name, value);

  // Select2 puts a box in the place of a <select>; the box has the name of the field, and what opens from it too.
  const nameBox = (box) => {
    const words = nameOf(box.previousElementSibling);
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], [role=searchbox]")) set(part, "aria-label", words);
    // The list of what is chosen holds more than its items.
    for (const list of box.querySelectorAll("ul.select2-selection__rendered")) {
      set(list, "role", "group");
      for (const item of list.children) set(item, "role", item.matches("li") ? "none" : "");
    }
    const button = box.querySelector("[role=combobox]");
    if (!button) return;
    if (box.classList.contains("select2-container--open")) {
      set(button, "aria-controls", button.getAttribute("aria-owns"));
      const open = document.querySelectorAll(".select2-dropdown :is([role=listbox], [role=searchbox], .select2-search__field)");
      for (const part of open) set(part, "aria-label", words);
    } else {
      button.removeAttribute("aria-controls");
    }
  };

  // A row of a table of forms has its fields' names in the head alone; an empty head is no head.
  const nameRows = () => {
    for (const table of document.querySelectorAll(".tabular table")) {
      for (const cell of table.querySelectorAll("td[class^=field-]")) {
        const head = table.querySelector(`th.column-${cell.className.slice("field-".length).split(" ")[0]}`);
        for (const field of cell.querySelectorAll("input:not([type=hidden]), select, textarea")) {
          if (head && !field.labels.length) set(field, "aria-label", head.firstChild.textContent.trim());
        }
      }
      const last = table.querySelector("thead tr :is(th, td):last-child");
      for (const box of table.querySelectorAll("td.delete input")) set(box, "aria-label", last.textContent.trim());
      for (const head of table.querySelectorAll("thead th")) {
        if (head.textContent.trim() || head.children.length) continue;
        const cell = document.createElement("td");
        cell.className = head.className;
        head.replaceWith(cell);
      }
    }
  };

  const all = () => {
    nameRows();
    document.querySelectorAll("select + .select2-container").forEach(nameBox);
  };
  const begin = () => {
    new MutationObserver(all).observe(document.body, {childList: true, subtree: true, attributeFilter: ["class"]});
    all();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
