"use strict";
// Shows a view, asks for news, and shows the card of what is clicked. Every text goes in as text.

const at = (id) => document.getElementById(id);
let version = 0;
let request = "";
let elements = {};

async function ask(path, values = {}) {
  const answer = await fetch(path + "?" + new URLSearchParams(values));
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error || answer.statusText);
  return told;
}

function trouble(text) {
  at("trouble").textContent = text;
  at("trouble").hidden = !text;
}

async function listViews() {
  const { views } = await ask("/api/views");
  const options = views.map((one) => new Option(one.title, one.request, false, one.request === request));
  at("views").replaceChildren(...options);
  at("views").value = request;
}

async function draw() {
  const told = await ask("/api/view", { request });
  elements = told.elements;
  const sheets = told.sheets.map((text) => {
    const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    for (const link of root.querySelectorAll("a")) link.removeAttribute("href");
    return document.importNode(root, true);
  });
  at("sheets").replaceChildren(...sheets);
  at("counts").textContent = told.counts;
  document.title = told.title;
}

async function show(name) {
  if (name === request && at("sheets").children.length) return draw();
  request = name;
  await draw();
  await listViews();
}

function fact(name, value) {
  const term = document.createElement("dt");
  const said = document.createElement("dd");
  term.textContent = name;
  said.textContent = value;
  return [term, said];
}

async function showCard(id) {
  const card = await ask("/api/card", { id });
  at("name").textContent = card.name;
  at("place").textContent = card.type + " " + card.id + " · " + card.place;
  at("facts").replaceChildren(...card.facts.flatMap(([name, value]) => fact(name, value)));
  at("findings").replaceChildren(...card.findings.map((one) => {
    const item = document.createElement("li");
    item.textContent = one;
    return item;
  }));
  at("source").textContent = card.source.join("\n");
  at("card").hidden = false;
}

async function follow() {
  for (;;) {
    try {
      const state = await ask("/api/state", { version });
      if (state.version !== version) {
        version = state.version;
        await show(at("follow").checked || !request ? state.request : request);
        if (!at("card").hidden) await showCard(at("card").dataset.id).catch(() => { at("card").hidden = true; });
      }
      trouble("");
    } catch (error) {
      trouble(error instanceof TypeError ? at("trouble").dataset.gone : error.message);
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

at("sheets").addEventListener("click", (event) => {
  const box = event.target.closest("g[id]");
  const before = box && box.closest("svg").querySelector("title").id.slice(0, -"title".length);
  const id = box && elements[box.id.slice(before.length)];
  if (id) {
    at("card").dataset.id = id;
    showCard(id).catch((error) => trouble(error.message));
  }
});
at("close").addEventListener("click", () => { at("card").hidden = true; });
at("views").addEventListener("change", (event) => { show(event.target.value).catch((error) => trouble(error.message)); });
follow();
