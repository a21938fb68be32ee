// Bundle the map into one file, with the licence notices of what is inside.
// Usage: node build.mjs [FILE]; by default the file that the course ships.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const notice = ["@dagrejs/dagre", "@dagrejs/graphlib"].map((name) => {
  const { version, license } = JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), "utf8"));
  const words = readFileSync(here(`node_modules/${name}/LICENSE`), "utf8").trim();
  return `${name} ${version} (${license})\n\n${words}`;
});

await build({
  entryPoints: [here("index.js")],
  outfile: process.argv[2] ?? here("../argument_map.js"),
  absWorkingDir: here("."),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/*!\nMade from src/ by "npm ci" and "npm run build"; edit it there. It contains:\n\n${notice.join("\n\n")}\n*/` },
  logLevel: "warning",
});
