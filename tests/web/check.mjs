// Opens every page of a folder in Chromium, light and dark, and fails on a message in the console, a request to
// anywhere, a violation that axe finds, or a print of more pages than expected. What a committee reads of a council, before the
// notes, takes two sheets.
//
// node check.mjs FOLDER [CHROMIUM]

import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The most sheets of A4 that a page may take.
const SHEETS = { "show.html": 6, "stoke.html": 6, "list.html": 6, "stats.html": 4, "years.html": 5, "changes.html": 2, "map.html": 9 };

const folder = resolve(process.argv[2] ?? ".");
const browser = await chromium.launch({
  executablePath: process.argv[3] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
const faults = [];
const names = (await readdir(folder)).filter((name) => name.endsWith(".html")).sort();
if (names.length === 0) faults.push(`there is no page in ${folder}`);

for (const name of names) {
  const address = `file://${join(folder, name)}`;
  for (const colorScheme of ["light", "dark"]) {
    // A page has no script of its own, so only axe's runs.
    const page = await browser.newPage({ colorScheme });
    page.on("console", (message) => faults.push(`${name}: console: ${message.text()}`));
    page.on("pageerror", (error) => faults.push(`${name}: ${error}`));
    page.on("request", (request) => {
      if (request.url() !== address && !request.url().startsWith("data:image/")) faults.push(`${name}: asks for ${request.url()}`);
    });
    await page.goto(address);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    for (const { id, help, nodes } of violations) {
      faults.push(`${name} (${colorScheme}): ${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 2).join(" ")}`);
    }
    if (colorScheme === "light") {
      const beforeNotes = await page.evaluate(() => {
        const notes = document.querySelector(".notes");
        notes?.remove();
        return notes !== null;
      });
      const first = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      const firstSheets = first.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
      if (beforeNotes && firstSheets > 2) faults.push(`${name}: ${firstSheets} sheets before the notes`);
      await page.reload();
      const print = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      const sheets = print.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
      const most = SHEETS[name];
      console.log(`${name}: ${sheets} sheets`);
      if (most === undefined) faults.push(`${name}: nothing says how many sheets it may take`);
      else if (sheets < 1 || sheets > most) faults.push(`${name}: ${sheets} sheets; expected at most ${most}`);
    }
    await page.close();
  }
}
await browser.close();
faults.forEach((fault) => console.error(fault));
process.exitCode = faults.length > 0 ? 1 : 0;
