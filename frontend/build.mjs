// Builds what the browser loads: every file in frontend/entries becomes one file in
// src/gongzhi/base/ui/static/built/, under a name that carries a hash of its content, so that
// browsers may keep it for ever. built/manifest.json says which name is which:
//   {"app.js": "app-2UHPQ7TX.js", "app.css": "app-ZLBA3CXX.css", …}
//
//   node frontend/build.mjs            minified, for a county
//   node frontend/build.mjs --watch    readable, with source maps, rebuilt on every change
//
// Scripts are ES modules that share chunks. MapLibre's worker is an entry of its own, "map-worker.js"
// in the manifest: a page hands its address to setWorkerUrl(), because no 'self'-only policy admits
// a worker made from a blob.
// Workers are the exception: each is one script without imports, which every browser starts.

import { gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const ENTRIES = join(ROOT, "frontend", "entries");
const BUILT = join(ROOT, "src/gongzhi/base/ui/static/built");
const CLASSIC = new Set(["service-worker.js"]);
const FROM_PACKAGES = { "map-worker": "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs" };
const KINDS = new Set([".js", ".css"]);
const watching = process.argv.includes("--watch");

const shared = {
  absWorkingDir: ROOT,
  bundle: true,
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  charset: "utf8",
  minify: !watching,
  sourcemap: watching ? "inline" : false,
  legalComments: "none", // licences are collected whole in LICENSES.txt
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  // CSS refers to its files by relative address, so the county may live below any path.
  loader: { ".woff2": "file", ".svg": "file", ".png": "file", ".webp": "file" },
  metafile: true,
  write: false,
  logLevel: "warning",
};

function entries() {
  const names = fs.readdirSync(ENTRIES).filter((name) => KINDS.has(extname(name)));
  if (!names.length) throw new Error(`no .js or .css file in ${ENTRIES}`);
  return names.sort();
}

function passes(names) {
  const entry = (name) => ({ in: join(ENTRIES, name), out: basename(name, extname(name)) });
  const classic = names.filter((name) => CLASSIC.has(name)).map(entry);
  const modules = names.filter((name) => !CLASSIC.has(name)).map(entry);
  for (const [out, path] of Object.entries(FROM_PACKAGES)) classic.push({ in: path, out });
  return [
    { ...shared, entryPoints: modules, format: "esm", splitting: true },
    { ...shared, entryPoints: classic, format: "iife" },
  ]
    .filter((pass) => pass.entryPoints.length)
    .map((pass) => ({ ...pass, outdir: BUILT }));
}

/** {"app.js": "app-2UHPQ7TX.js"} for every entry of one pass. */
function manifestOf(metafile) {
  const built = Object.entries(metafile.outputs).filter(([, made]) => made.entryPoint);
  return Object.fromEntries(
    built.map(([path]) => [basename(path).replace(/-[0-9A-Z]{8}(\.\w+)$/, "$1"), basename(path)]),
  );
}

/** Name and licence text of every package whose code went into the bundles. */
function licences(metafiles) {
  const folders = new Set();
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (found) folders.add(found[1]);
  }
  return [...folders].sort().map(licenceOf).join("\n\n");
}

function licenceOf(folder) {
  const about = JSON.parse(fs.readFileSync(join(ROOT, folder, "package.json"), "utf8"));
  const file = fs.readdirSync(join(ROOT, folder)).find((name) => /^licen[sc]e/i.test(name));
  const text = file ? fs.readFileSync(join(ROOT, folder, file), "utf8").trim() : about.license;
  return `${"=".repeat(78)}\n${about.name} ${about.version} (${about.license})\n\n${text}`;
}

/** Writes beside the old build, then swaps: a server that is running never sees half a build. */
function publish(files, manifest, licenceText) {
  const fresh = `${BUILT}.new`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { recursive: true });
  for (const file of files) {
    fs.writeFileSync(join(fresh, basename(file.path)), file.contents);
    // Whitenoise sends the packed copy: a phone on a slow line waits for a third of the bytes.
    if (file.contents.length > 1024) fs.writeFileSync(join(fresh, `${basename(file.path)}.gz`), gzipSync(file.contents, { level: 9 }));
  }
  fs.writeFileSync(join(fresh, "LICENSES.txt"), licenceText + "\n");
  fs.writeFileSync(join(fresh, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
  fs.rmSync(BUILT, { recursive: true, force: true });
  fs.renameSync(fresh, BUILT);
}

async function build() {
  const results = await Promise.all(passes(entries()).map((pass) => esbuild.build(pass)));
  const manifest = Object.assign({}, ...results.map((result) => manifestOf(result.metafile)));
  const files = results.flatMap((result) => result.outputFiles);
  publish(files, manifest, licences(results.map((result) => result.metafile)));
  const bytes = files.reduce((sum, file) => sum + file.contents.length, 0);
  console.log(`front end: ${Object.keys(manifest).length} entries, ${Math.round(bytes / 1024)} KiB`);
}

/** A digest of all sources; polling is enough for a folder this small and works everywhere. */
function fingerprint(folder = join(ROOT, "frontend")) {
  const digest = createHash("sha1");
  for (const name of fs.readdirSync(folder, { recursive: true }).sort()) {
    const path = join(folder, name);
    if (fs.existsSync(path) && KINDS.has(extname(name))) digest.update(name).update(fs.readFileSync(path));
  }
  return digest.digest("hex");
}

async function watch() {
  let last = "";
  for (;;) {
    const seen = fingerprint();
    if (seen !== last) await build().catch((error) => console.error(error.message));
    last = seen;
    await new Promise((wake) => setTimeout(wake, 400));
  }
}

await (watching ? watch() : build());
