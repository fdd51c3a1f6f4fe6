// What pages do beyond links and forms: draw charts, suggest words while one types, copy a line, keys.
"use strict";

// Vega without `eval`, as the site's policy asks: expressions are interpreted.
// Vega 5.33.0 lacks the list of names that its interpreter asks for before it makes an object.
function drawCharts() {
  const own = Object.getOwnPropertyNames(Object.prototype).filter((name) => typeof Object.prototype[name] === "function");
  vega.DisallowedObjectProperties ??= new Set([...own, "__proto__"]);
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
  // filters stand open where there is room for them
  const isWide = matchMedia("(min-width: 60rem)").matches;
  if (isWide) document.querySelectorAll("details[data-open-wide]").forEach((details) => { details.open = true; });
  document.querySelectorAll("button[data-copy]").forEach((button) => button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.dataset.done = "1";
    button.textContent = "已复制 Copied";
  }));
  // Keys of buttons and links: data-key="1", "shift+1", "u"
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const digit = event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toLowerCase();
    const target = document.querySelector(`[data-key="${event.shiftKey ? "shift+" : ""}${CSS.escape(digit)}"]`);
    if (target) { event.preventDefault(); target.click(); }
  });
  // "/" goes to the search box, as readers of other sites know it
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      document.getElementById("top-search").focus();
    }
  });
});
