// Reads an Argdown file and prints, as JSON, what the parser of the format's authors finds in it.
import { readFileSync } from "node:fs";
import { ArgdownApplication, DataPlugin, ModelPlugin, ParserPlugin } from "@argdown/core";

const app = new ArgdownApplication();
app.addPlugin(new ParserPlugin(), "parse-input");
app.addPlugin(new DataPlugin(), "build-model");
app.addPlugin(new ModelPlugin(), "build-model");
const found = app.run({
  process: ["parse-input", "build-model"],
  input: readFileSync(process.argv[2], "utf8"),
  throwExceptions: true,
});
const name = (end) => end.title ?? end.argumentTitle;
console.log(
  JSON.stringify({
    errors: [...(found.lexerErrors ?? []), ...(found.parserErrors ?? [])].map((e) => e.message),
    statements: Object.fromEntries(
      Object.entries(found.statements).map(([key, s]) => [
        key,
        s.members.map((m) => m.text).find(Boolean)?.trim() ?? null,
      ]),
    ),
    steps: Object.fromEntries(
      Object.entries(found.arguments).map(([key, a]) => [key, a.pcs.map((s) => s.title)]),
    ),
    relations: found.relations.map((r) => [r.relationType, name(r.from), name(r.to)]),
  }),
);
