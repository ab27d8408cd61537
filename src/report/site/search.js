// Finds councils by the beginnings of words of their names, other names, regions and codes. Asks for nothing from anywhere.
(() => {
  "use strict";
  const script = document.currentScript;
  const root = script.getAttribute("src").slice(0, -"search.js".length);
  const form = document.querySelector(".site form");
  const input = form.querySelector("input");
  const found = form.querySelector(".found");
  const list = found.querySelector("ul");
  const status = found.querySelector("p");
  const MOST = 10;

  const folded = (text) =>
    text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  const entries = INDEX.map(([name, page, region, others]) => ({
    name, page, region, own: folded(name), words: folded([name, region, others].join(" ")).split(" "),
  }));

  // The whole name comes before its beginning, and that before a word within it or another name.
  const rank = (entry, query) =>
    entry.own === query ? 0 : entry.own.startsWith(query) ? 1 : (" " + entry.own).includes(" " + query) ? 2 : 3;
  const matching = (query) => {
    const wanted = query.split(" ");
    const has = (entry) => wanted.every((part) => entry.words.some((word) => word.startsWith(part)));
    return entries.filter(has).sort((a, b) => rank(a, query) - rank(b, query) || a.own.localeCompare(b.own));
  };

  const show = () => {
    const query = folded(input.value);
    found.hidden = query === "";
    const all = query === "" ? [] : matching(query);
    list.replaceChildren(...all.slice(0, MOST).map((entry) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + entry.page;
      link.textContent = entry.region === "" ? entry.name : `${entry.name}, ${entry.region}`;
      item.append(link);
      return item;
    }));
    const count = all.length === 1 ? "1 council" : `${all.length} councils`;
    status.textContent = all.length > MOST ? `${count}; the first ${MOST} are shown` : all.length === 0 ? "no council has this name" : count;
  };

  const move = (event, by) => {
    const links = [input, ...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement) + by;
    if (at >= 0 && at < links.length) links[at].focus();
    event.preventDefault();
  };
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(event, 1);
    else if (event.key === "ArrowUp") move(event, -1);
    else if (event.key === "Escape") {
      input.value = "";
      show();
      input.focus();
    }
  });
  // What was found closes when the focus leaves it, or on a click elsewhere.
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) found.hidden = true;
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) found.hidden = true;
  });
  input.addEventListener("focus", show);
  form.hidden = false;
})();
