// Cards, joints and curves as SVG elements that can be focused; labels change in place.

import { glyph, svg, wrap } from "./dom.js";

const WIDTH = { statement: 220, section: 208, main: 216 };
const PAD = 12;
const LINE = 17;
const MOST = 6;
const PER_ROW = 14;

/** The label that a letter stands for. */
export const labels = { s: "stands", f: "falls", u: "undecided", "-": "held" };

/** Sizes and contents of the cards, from the plan and the labels now. */
export class Cards {
  constructor(plan, fonts) {
    Object.assign(this, { plan, fonts });
    this.lines = new Map();
  }

  /** Take a plan in which the learner has added or removed something. */
  learn(plan) {
    this.plan = plan;
    for (const id of this.lines.keys()) if (plan.byId.get(id)?.own) this.lines.delete(id);
  }

  width(node) {
    return node.kind === "section" ? WIDTH.section : node.main ? WIDTH.main : WIDTH.statement;
  }

  text(node) {
    const key = `${node.id}${node.main ? "m" : ""}`;
    if (!this.lines.has(key)) {
      const said = node.kind === "section"
        ? this.plan.sections.find((s) => s.id === node.id).title : this.plan.byId.get(node.id).text;
      const font = node.kind === "section" ? this.fonts.title : this.font(node.id);
      this.lines.set(key, wrap(said, font, this.width(node) - 2 * PAD, MOST));
    }
    return this.lines.get(key);
  }

  font(id) {
    const kind = this.plan.byId.get(id).kind;
    if (kind === "implicit") return this.fonts.unsaid;
    return kind === "claim" ? this.fonts.claim : this.fonts.answer;
  }

  size(node, footed) {
    const rows = node.kind === "section" ? Math.ceil(this.plan.folded.get(node.id).length / PER_ROW) : 0;
    const text = this.text(node).length * (node.kind === "section" ? 20 : LINE);
    const foot = node.kind === "section" ? 16 * rows + 26 : footed ? 24 : 4;
    return { width: this.width(node), height: Math.round(30 + text + foot + 6) };
  }
}

/** The outline of a card: its shape says what kind of statement it is. */
function outline(kind, w, h) {
  const cut = 13;
  if (kind === "objection") return `M${cut} 0H${w}V${h}H${cut}L0 ${h - cut}V${cut}Z`;
  if (kind === "reply") return `M0 0H${w - cut}L${w} ${cut}V${h - cut}L${w - cut} ${h}H0Z`;
  const r = kind === "implicit" ? 17 : 3;
  return `M${r} 0H${w - r}A${r} ${r} 0 0 1 ${w} ${r}V${h - r}A${r} ${r} 0 0 1 ${w - r} ${h}H${r}A${r} ${r} 0 0 1 0 ${h - r}V${r}A${r} ${r} 0 0 1 ${r} 0Z`;
}

const text = (x, y, css, said, more = {}) => svg("text", { x, y, class: css, ...more }, said);

function body(cards, node, y, step, css) {
  const said = svg("text", { class: css });
  cards.text(node).forEach((line, i) => said.append(svg("tspan", { x: PAD, y: y + i * step }, line)));
  return said;
}

/** Fill the element of a statement's card for the state now. */
export function statement(element, cards, node, state) {
  const { plan } = cards;
  const { width: w, height: h } = node;
  const said = plan.byId.get(node.id);
  const label = labels[state.label(node.id)];
  const choice = state.choice(node.id);
  const shape = outline(said.kind, w, h);
  const name = label === "held" ? plan.say("card.held") : plan.say(`label.${label}`);
  const whose = said.own ? "own." : "";
  const parts = [
    svg("path", { class: "am-ring", d: outline(said.kind, w + 10, h + 10), transform: "translate(-5 -5)" }),
    svg("path", { class: "am-card", d: shape }),
    state.selected === node.id && svg("path", { class: "am-mark", d: `M2.5 ${said.kind === "claim" ? 1 : 17}V${h - (said.kind === "claim" ? 1 : 17)}` }),
    glyph(plan.glyphs[label], 15, PAD - 1, 9),
    text(PAD + 20, 21, "am-label", choice ? plan.say(`card.${choice}`, { label: name }) : name),
    text(w - PAD, 21, "am-id", said.kind !== "claim" && !choice
      ? plan.say(`card.${whose}${said.kind}`, { id: said.id }) : `${said.id} ${said.near ? "" : said.where}`.trim(), { "text-anchor": "end" }),
    body(cards, node, 43, LINE, `am-text am-${said.kind}`),
  ];
  const feet = foot(plan, node, state);
  if (feet.length) {
    parts.push(svg("path", { class: "am-hair", d: `M${PAD} ${h - 25}H${w - PAD}` }));
    parts.push(text(PAD, h - 9, "am-foot", feet.join(" · ")));
  }
  const degree = state.degree(node.id);
  if (degree !== null && label !== "held") {
    parts.push(svg("path", { class: "am-track", d: `M0 ${h}H${w}` }));
    parts.push(svg("path", { class: "am-degree", d: `M0 ${h}H${(w * degree) / 100}` }));
    parts.push(text(w - PAD, h - 9, "am-foot", plan.say("percent", { number: degree }), { "text-anchor": "end" }));
  }
  element.replaceChildren(...parts.filter(Boolean));
  element.setAttribute("class", ["am-node", `am-${label}`, `am-is-${said.kind}`, node.main || plan.main.includes(node.id) ? "am-is-main" : "",
    choice ? "am-chosen" : "", state.selected === node.id ? "am-selected" : "", node.outside ? "am-outside" : ""].join(" "));
  element.setAttribute("aria-label", spoken(plan, node.id, state));
  element.setAttribute("aria-current", String(state.selected === node.id));
  const lines = plan.stepsTo.get(node.id);
  if (lines && !node.main) element.setAttribute("aria-expanded", String(!node.hidden));
  else element.removeAttribute("aria-expanded");
}

/** What stands at the foot of a card: lines of support left, objections. */
export function foot(plan, node, state) {
  const lines = plan.stepsTo.get(node.id) ?? [];
  const feet = [];
  if (lines.length) {
    const left = lines.filter((s) => state.step(s.id) === "s").length;
    const fold = node.hidden ? "▸ " : node.main ? "" : "▾ ";
    feet.push(fold + plan.count("lines", lines.length, { left }));
  }
  return feet;
}

/** What is read aloud for a statement, in short sentences. */
export function spoken(plan, id, state) {
  const said = plan.byId.get(id);
  const choice = state.choice(id);
  const lines = plan.stepsTo.get(id) ?? [];
  const left = lines.filter((s) => state.step(s.id) === "s").length;
  const degree = state.degree(id);
  return [
    `${id} ${said.where}`.trim(), plan.kinds[said.kind], plan.say(`label.${labels[state.label(id)]}`), choice && plan.say(`choice.${choice}`),
    degree === null ? null : plan.say("strength", { number: degree }), said.text.replace(/\.$/, ""),
    lines.length ? plan.count("support", lines.length, { left }) : null,
  ].filter(Boolean).join(". ") + ".";
}

/** Fill the element of a section's card: one glyph for each of its statements. */
export function section(element, cards, node, state) {
  const { plan } = cards;
  const { width: w, height: h } = node;
  const { number, title } = plan.sections.find((s) => s.id === node.id);
  const members = plan.folded.get(node.id);
  const count = { stands: 0, falls: 0, undecided: 0 };
  const dots = svg("g", { class: "am-dots" });
  const top = 36 + cards.text(node).length * 20;
  members.forEach((member, i) => {
    const label = labels[state.label(member.id)];
    count[label] += 1;
    dots.append(glyph(plan.glyphs[label], 10.5, PAD + (i % PER_ROW) * 13, top + Math.floor(i / PER_ROW) * 16));
  });
  const rest = Object.entries(count).filter(([, n]) => n).map(([label, n]) => plan.count(`section.${label}`, n));
  const said = rest.length === 1 && count.stands ? plan.count("section.whole", members.length) : rest.join(", ");
  element.replaceChildren(
    svg("path", { class: "am-ring", d: outline("claim", w + 10, h + 10), transform: "translate(-5 -5)" }),
    svg("path", { class: "am-under", d: outline("claim", w, h), transform: "translate(5 5)" }),
    svg("path", { class: "am-card", d: outline("claim", w, h) }),
    text(PAD, 21, "am-kicker", plan.say("section", { number })),
    body(cards, node, 42, 20, "am-title"),
    dots,
    text(PAD, h - 10, "am-foot", `▸ ${said}`),
  );
  const worst = count.falls ? "am-some" : count.undecided ? "am-some" : "";
  element.setAttribute("class", `am-node am-section ${worst}`);
  element.setAttribute("aria-label", plan.count("section.spoken", members.length, { section: number, title, said }));
}

/** Fill the element of a joint, where the premises of one step meet. */
export function joint(element, cards, node, state) {
  const label = labels[state.step(node.id)];
  const said = cards.plan.stepById.get(node.id);
  element.replaceChildren(
    svg("circle", { class: "am-ring", cx: 7.5, cy: 7.5, r: 13 }),
    glyph(cards.plan.glyphs[label], 15),
    svg("title", {}, `${said.id}: ${said.note}`),
    ...(node.more ? [text(7.5, -4, "am-foot", `+${node.more}`, { "text-anchor": "middle" })] : []),
  );
  element.setAttribute("class", `am-node am-joint am-${label} ${state.selected === node.id ? "am-selected" : ""}`);
  element.setAttribute("aria-label", cards.plan.say("step", { id: said.id, label: cards.plan.say(`label.${label}`), note: said.note }));
}

/** The curve of an edge, and what ends it; `look` says how it fares. */
export function edge(item, prefix) {
  const end = item.kind === "attack" ? "tee" : item.kind === "premise" ? "" : "arrow";
  return svg("path", {
    d: item.path, style: item.kind === "bundle" ? `stroke-width: ${Math.min(1 + 0.5 * item.steps.size, 4.5)}` : null,
    "marker-end": end ? `url(#${prefix}-${end})` : null, "marker-start": item.both ? `url(#${prefix}-tee)` : null,
  });
}

/** The classes of an edge for the state now. */
export function look(item, state) {
  const fares = () => {
    if (item.kind === "attack") return item.effect ? "idle" : state.label(item.from) === "s" ? "hits" : "weak";
    if (item.kind === "bundle") {
      const letters = [...item.steps].map((id) => state.step(id));
      const all = (letter) => letters.every((l) => l === letter);
      return all("s") ? "held" : all("f") ? "lost" : letters.includes("s") ? "part" : "open";
    }
    return { s: "held", f: "lost", u: "open" }[item.kind === "step" ? state.step(item.from) : state.label(item.from)];
  };
  return `am-edge am-${item.kind} am-${fares()}`;
}

/** Ends of edges: an arrow for support, a bar for an attack. */
export function ends(prefix) {
  const marker = (name, d, more) => svg("marker", {
    id: `${prefix}-${name}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9,
    markerUnits: "userSpaceOnUse", orient: "auto-start-reverse", ...more,
  }, svg("path", { d }));
  return svg("defs", {}, marker("arrow", "M1 1 9 5 1 9z", { class: "am-arrow" }),
    marker("tee", "M8 0V10", { class: "am-tee", markerWidth: 12, markerHeight: 12 }));
}

