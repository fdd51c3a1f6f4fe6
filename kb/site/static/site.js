// What pages do beyond links and forms: draw charts, suggest words while one types, copy a line, keys.
"use strict";

// Vega without `eval`, as the site's policy asks: expressions are interpreted.
function drawCharts() {
  for (const figure of document.querySelectorAll("figure.chart")) {
    const spec = JSON.parse(figure.querySelector("script").textContent);
    const place = figure.querySelector(".vega");
    const compiled = vegaLite.compile(spec).spec;
    const runtime = vega.parse(compiled, null, { ast: true });
    new vega.View(runtime, { expr: vega.expressionInterpreter, renderer: "svg", container: place, hover: true }).runAsync();
  }
}

// Suggestions of an address that answers [{"value": …, "href": …}] for ?q=
function suggest(input) {
  const list = document.createElement("datalist");
  list.id = `suggestions-${input.id}`;
  input.after(list);
  input.setAttribute("list", list.id);
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mark = input.dataset.suggest.includes("?") ? "&" : "?";
      const answer = await fetch(`${input.dataset.suggest}${mark}q=${encodeURIComponent(input.value)}`);
      if (!answer.ok) return;
      list.replaceChildren(...(await answer.json()).map(({ value }) => new Option(value, value)));
    }, 150);
  });
}

document.addEventListener("DOMContentLoaded", () => {
  if (window.vega) drawCharts();
  document.querySelectorAll("input[data-suggest]").forEach(suggest);
  document.querySelectorAll("button[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.dataset.done = "1";
    button.textContent = "已复制 Copied";
  }));
  // "/" goes to the search box, as readers of other sites know it
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      document.getElementById("top-search").focus();
    }
  });
});
