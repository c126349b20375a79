"use strict";
// Files dropped anywhere on the frame go to the input; what is chosen is listed.
(() => {
  const drop = document.getElementById("drop"), input = drop.querySelector("input[type=file]");
  const chosen = document.getElementById("chosen"), button = document.querySelector("button.default");

  const list = () => {
    chosen.replaceChildren(...[...input.files].map((file) => {
      const item = document.createElement("li"), size = document.createElement("span");
      item.textContent = file.name;
      size.textContent = `${Math.max(1, Math.round(file.size / 1000))} KB`;
      item.append(" ", size);
      return item;
    }));
  };
  input.addEventListener("change", list);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
    list();
  });
  input.form.addEventListener("submit", () => {
    button.textContent = button.dataset.busy;
    // Only after the form is on its way: a button that is disabled before would not send it.
    setTimeout(() => { button.disabled = true; });
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  list();
})();
