// Adds a PNG button beside each link to a picture's SVG.
"use strict";

async function toPng(address, name) {
  const source = await (await fetch(address)).blob();
  const url = URL.createObjectURL(source);
  const image = new Image();
  image.src = url;
  await image.decode();
  const [, , width, height] = new DOMParser()
    .parseFromString(await source.text(), "image/svg+xml")
    .documentElement.getAttribute("viewBox").split(" ").map(Number);
  const canvas = document.createElement("canvas");
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  canvas.toBlob((made) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(made);
    link.download = `${name}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }, "image/png");
}

for (const link of document.querySelectorAll("a[data-png]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "PNG";
  button.addEventListener("click", () => toPng(link.href, link.dataset.png));
  link.after(" ", button);
}
