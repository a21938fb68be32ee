// The same graph as a nested list: for the keyboard, for a screen reader, for a narrow page.

import { html, inline } from "./dom.js";
import { answersTo } from "./folding.js";
import { spoken, words } from "./draw.js";

/** The outline for the state now. Each button's `data-path` finds it again after a change. */
export function outline(plan, view, state) {
  const statement = (id, path) => {
    const here = `${path}/${id}`;
    const said = plan.byId.get(id);
    const lines = plan.stepsTo.get(id) ?? [];
    const answers = answersTo(plan, id);
    const open = view.expanded.has(id);
    const label = words[state.label(id)];
    const choice = { rejected: ", you reject it", accepted: ", you take it as given", weighed: ", you weigh it" }[state.choice(id)] ?? "";
    const degree = state.degree(id);
    const count = [
      lines.length ? `${lines.filter((s) => state.step(s.id) === "s").length} of ${lines.length} line${lines.length > 1 ? "s" : ""}` : "",
      answers.length ? `${answers.length} ${plan.raisedOnly(id) ? "repl" : "objection"}${plan.raisedOnly(id) ? (answers.length > 1 ? "ies" : "y") : answers.length > 1 ? "s" : ""}` : "",
      degree === null || label === "held" ? "" : `${degree} %`,
    ].filter(Boolean).join(", ");
    const row = html("div", { class: `am-line am-${label}` },
      fold(lines.length + answers.length > 0, open, id, here, `what bears on ${id}`),
      html("button", {
        type: "button", class: "am-item", "data-go": id, "data-stay": true, "data-path": `${here}*`,
        "aria-current": String(state.selected === id), "aria-label": spoken(plan, id, state),
      }, inline(plan.glyphs[label]), html("span", {},
        html("span", { class: "am-tagged" }, `${label === "held" ? "held ready" : label}${choice} · ${id} ${said.where}${said.kind === "claim" ? "" : ` · ${plan.kinds[said.kind].toLowerCase()}`}`),
        " ", said.text, count ? html("span", { class: "c-note" }, ` (${count})`) : null)));
    if (!open) return html("li", {}, row);
    const inner = html("ul", {});
    for (const step of lines) {
      const held = words[state.step(step.id)];
      inner.append(html("li", { class: "am-because" },
        html("p", { class: "am-via" }, inline(plan.glyphs[held]), html("span", {}, `Line ${step.id} ${held}: ${step.note}`)),
        html("ul", {}, step.premises.map((p) => statement(p, here)))));
    }
    if (answers.length) {
      inner.append(html("li", { class: "am-because" },
        html("p", { class: "am-via" }, plan.raisedOnly(id) ? "Replies" : "Objections"),
        html("ul", {}, answers.map((a) => statement(a, here)))));
    }
    return html("li", {}, row, inner);
  };
  const sections = plan.sections.filter((s) => plan.members.has(s.id)).map((s) => {
    const members = plan.members.get(s.id);
    const open = view.expanded.has(s.id);
    const label = `Section ${s.number}: ${s.title}`;
    const fallen = members.filter((m) => state.label(m.id) === "f").length;
    const row = html("div", { class: "am-line" }, fold(true, open, s.id, s.id, label),
      html("span", { class: "am-item" }, html("span", {}, html("strong", {}, label),
        html("span", { class: "c-note" }, ` (${members.length} statements${fallen ? `, ${fallen} fall` : ", none falls"})`))));
    return html("li", {}, row, open ? html("ul", {}, members.map((m) => statement(m.id, s.id))) : null);
  });
  return [
    html("h4", {}, "Main conclusions"), html("ul", { class: "am-tree" }, plan.main.map((id) => statement(id, "main"))),
    html("h4", {}, "By section"), html("ul", { class: "am-tree" }, sections),
  ];
}

function fold(can, open, id, path, what) {
  if (!can) return html("span", { class: "am-leaf" });
  return html("button", {
    type: "button", class: "am-fold", "data-fold": id, "data-path": path,
    "aria-expanded": String(open), "aria-label": `${open ? "Close" : "Open"} ${what}`,
  }, open ? "▾" : "▸");
}
