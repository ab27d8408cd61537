// Opens the pages of a site in Chromium from the disk, light and dark, and fails on a message in the console, a request for
// anything but the site's own files, or a violation that axe finds; then searches with the keyboard alone.
//
// node site.mjs FOLDER [CHROMIUM] [PICTURES]

import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = resolve(process.argv[2] ?? ".");
const pictures = process.argv[4];
const browser = await chromium.launch({
  executablePath: process.argv[3] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
const faults = [];
const address = (path) => `file://${join(folder, path)}`;

const open = async (path, colorScheme) => {
  const page = await browser.newPage({ colorScheme });
  page.on("console", (message) => faults.push(`${path}: console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`${path}: ${error}`));
  page.on("request", (request) => {
    const isOwn = request.url().startsWith(address("")) || request.url().startsWith("data:image/");
    if (!isOwn) faults.push(`${path}: asks for ${request.url()}`);
  });
  await page.goto(address(path));
  return page;
};

const names = (await readdir(folder)).filter((name) => name.endsWith(".html"));
const within = async (kind, most) => (await readdir(join(folder, kind))).slice(0, most).map((name) => `${kind}/${name}`);
const checked = [...names, ...(await within("council", 8)), ...(await within("region", 2)), ...(await within("asked", 2))];
for (const path of checked) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(path, colorScheme);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run({ preload: false }));
    for (const { id, help, nodes } of violations) {
      faults.push(`${path} (${colorScheme}): ${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 2).join(" ")}`);
    }
    if (pictures) await page.screenshot({ path: join(pictures, `${path.replace("/", "-")}-${colorScheme}.png`) });
    await page.close();
  }
}

const expect = (what, found, wanted) => {
  if (found !== wanted) faults.push(`search: ${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`);
};
const page = await open("england.html", "light");
await page.locator(".site input").focus();
await page.keyboard.type("durham");
expect("a name", await page.locator(".found li").first().textContent(), "Durham, North East");
await page.keyboard.press("Escape");
expect("escape clears", await page.locator(".found").isHidden(), true);
await page.keyboard.type("kings hull");
expect("beginnings of words", await page.locator(".found li").count(), 1);
expect("how many", await page.locator(".found p").textContent(), "1 council");
await page.keyboard.press("Escape");
await page.keyboard.type("zzz");
expect("none", await page.locator(".found p").textContent(), "no council has this name");
await page.keyboard.press("Escape");
await page.keyboard.type("london");
expect("a region", (await page.locator(".found p").textContent()).startsWith("33 councils"), true);
await page.locator("h1").click();
expect("a click elsewhere closes it", await page.locator(".found").isHidden(), true);
await page.locator(".site input").fill("");
await page.locator(".site input").focus();
await page.keyboard.type("bristol");
await page.keyboard.press("ArrowDown");
await page.keyboard.press("Enter");
await page.waitForURL(address("council/bristol.html"));
expect("the page opened", await page.locator("h1").textContent(), "Bristol");
await page.locator(".site input").fill("leeds");
await page.keyboard.press("Enter");
await page.waitForURL(address("council/leeds.html"));
expect("Enter opens the first, also from within a folder", await page.locator("h1").textContent(), "Leeds");
await page.close();
await browser.close();
console.log(`${checked.length} pages of the site in light and dark, and the search`);
faults.forEach((fault) => console.error(fault));
process.exitCode = faults.length > 0 ? 1 : 0;
