"use strict";
// Reads on, or asks how far storing has come, until nothing is left; then shows the page anew.
(() => {
  const reading = document.getElementById("reading"), storing = document.getElementById("storing");
  const bar = document.getElementById("bar"), count = document.getElementById("count");
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  const told = async (answer, name) => {
    if (!answer.ok) throw new Error(answer.status);
    const state = await answer.json();
    bar.value = state[name];
    count.textContent = state[name];
    return state[name] >= state.total;
  };
  const read = async () => {
    const token = reading.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { accept: "application/json", "x-csrftoken": token };
    while (!await told(await fetch(reading.action, { method: "POST", headers }), "read"));
  };
  const wait = async () => {
    while (!await told(await fetch(storing.dataset.state), "ended")) await pause(1000);
  };
  if (reading) reading.querySelector("button").hidden = true;
  (reading ? read() : wait()).then(() => location.reload(), () => {
    if (reading) reading.querySelector("button").hidden = false;
  });
})();
