// The same graph as a nested list: for the keyboard, for a screen reader, for a narrow page.

import { html, inline } from "./dom.js";
import { answersTo } from "./folding.js";
import { labels, spoken } from "./draw.js";

/** The outline for the state now. Each button's `data-path` finds it again after a change. */
export function outline(plan, view, state) {
  const { say, count } = plan;
  const named = (letter) => say(`label.${labels[letter]}`);
  const statement = (id, path) => {
    const here = `${path}/${id}`;
    const said = plan.byId.get(id);
    const lines = plan.stepsTo.get(id) ?? [];
    const answers = answersTo(plan, id);
    const open = view.expanded.has(id);
    const letter = state.label(id);
    const choice = state.choice(id);
    const degree = state.degree(id);
    const counted = [
      lines.length ? count("lines", lines.length, { left: lines.filter((s) => state.step(s.id) === "s").length }) : "",
      answers.length ? count(plan.raisedOnly(id) ? "replies" : "objections", answers.length) : "",
      degree === null || letter === "-" ? "" : say("percent", { number: degree }),
    ].filter(Boolean).join(", ");
    const fares = [named(letter), choice && say(`choice.${choice}`)].filter(Boolean).join(", ");
    const tags = [fares, `${id} ${said.where}`, said.kind === "claim" ? "" : say(`kind.${said.kind}`)];
    const row = html("div", { class: `am-line am-${labels[letter]}` },
      fold(lines.length + answers.length > 0, open, id, here, say(open ? "outline.close" : "outline.open", { id })),
      html("button", {
        type: "button", class: "am-item", "data-go": id, "data-stay": true, "data-path": `${here}*`,
        "aria-current": String(state.selected === id), "aria-label": spoken(plan, id, state),
      }, inline(plan.glyphs[labels[letter]]), html("span", {},
        html("span", { class: "am-tagged" }, tags.filter(Boolean).join(" · ")),
        " ", said.text, counted ? html("span", { class: "c-note" }, ` (${counted})`) : null)));
    if (!open) return html("li", {}, row);
    const inner = html("ul", {});
    for (const step of lines) {
      const held = state.step(step.id);
      inner.append(html("li", { class: "am-because" },
        html("p", { class: "am-via" }, inline(plan.glyphs[labels[held]]),
          html("span", {}, say("outline.line", { id: step.id, label: named(held), note: step.note }))),
        html("ul", {}, step.premises.map((p) => statement(p, here)))));
    }
    if (answers.length) {
      inner.append(html("li", { class: "am-because" },
        html("p", { class: "am-via" }, say(plan.raisedOnly(id) ? "outline.replies" : "outline.objections")),
        html("ul", {}, answers.map((a) => statement(a, here)))));
    }
    return html("li", {}, row, inner);
  };
  const sections = plan.sections.filter((s) => plan.members.has(s.id)).map((s) => {
    const members = plan.members.get(s.id);
    const open = view.expanded.has(s.id);
    const title = { number: s.number, title: s.title };
    const fallen = members.filter((m) => state.label(m.id) === "f").length;
    const fares = fallen ? count("outline.fallen", fallen, { members: members.length }) : count("outline.whole", members.length);
    const row = html("div", { class: "am-line" },
      fold(true, open, s.id, s.id, say(open ? "outline.close.section" : "outline.open.section", title)),
      html("span", { class: "am-item" }, html("span", {}, html("strong", {}, say("outline.section", title)),
        html("span", { class: "c-note" }, ` (${fares})`))));
    return html("li", {}, row, open ? html("ul", {}, members.map((m) => statement(m.id, s.id))) : null);
  });
  return [
    html("h4", {}, say("conclusions")), html("ul", { class: "am-tree" }, plan.main.map((id) => statement(id, "main"))),
    html("h4", {}, say("outline.sections")), html("ul", { class: "am-tree" }, sections),
  ];
}

function fold(can, open, id, path, what) {
  if (!can) return html("span", { class: "am-leaf" });
  return html("button", {
    type: "button", class: "am-fold", "data-fold": id, "data-path": path,
    "aria-expanded": String(open), "aria-label": what,
  }, open ? "▾" : "▸");
}
