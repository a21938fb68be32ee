// The live argument map. It draws what Python has labelled and sends moves; it knows no rule.
// Faces: a map of focusable cards, and an outline; both show one state.

import { html, inline, svg } from "./dom.js";
import * as draw from "./draw.js";
import { index, visible } from "./folding.js";
import { layout } from "./layout.js";
import { morph } from "./morph.js";
import { outline } from "./outline.js";
import { speaker } from "./speak.js";

const PACE = 260; // milliseconds from one label to the next that follows from it

function render({ model, el }) {
  // each widget loads this module anew, so a counter would give two maps the same ids
  const prefix = `am-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  el.classList.add("course", "course-live", "am");
  // Keys pressed here belong to the map. In command mode Lab looks at the focused element alone, so
  // each one is marked as the focus reaches it.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true"));
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const stop = new AbortController();
  const undo = [];
  const listen = (event, act) => { model.on(event, act); undo.push(() => model.off(event, act)); };

  const speech = speaker(model.get("words"));
  const { say } = speech;
  let own = model.get("own");
  let plan = index(model.get("plan"), own, speech);
  const view = { anchor: plan.around, expanded: new Set(plan.around ? [plan.around] : []), past: [] };
  let face = "map";
  let zoom = 1;
  let roving = null;
  let waiting = null; // a weight that the learner moved on from while Python was still at the last
  let sent = model.get("answered");

  // --- state: letters by position in the plan; `seen` holds back what is still travelling --------
  const seen = new Map();
  const state = {
    label: (id) => seen.get(id) ?? model.get("labels")[plan.byId.get(id).at] ?? "-",
    step: (id) => model.get("steps")[plan.stepById.get(id).at],
    choice: (id) => model.get("choices")[id] ?? "",
    degree: (id) => model.get("degrees")[plan.byId.get(id).at] ?? null,
    get selected() { return model.get("selected"); },
  };
  const raised = (id) => (model.get("labels")[plan.byId.get(id).at] ?? "-") !== "-";

  // --- frame ------------------------------------------------------------------------------------
  const region = (css, more = {}) => html("div", { class: css, ...more });
  const head = region("am-head");
  const board = region("am-board", { role: "group", "aria-label": say("conclusions") });
  const detail = region("am-detail", { tabindex: -1, role: "region", "aria-label": say("chosen") });
  const news = region("am-news", { tabindex: -1, role: "status", "aria-live": "polite" });
  const probe = region("am-probe", { "aria-live": "polite" });
  const frame = region("am-frame");
  const list = region("am-outline");
  const paper = region("am-paper");
  const said = region("am-export");

  const button = (label, more = {}) => html("button", { type: "button", ...more }, label);
  const faces = ["map", "outline"].map((name) =>
    button(say(`face.${name}`), { "data-face": name, "aria-pressed": String(name === face) }));
  const all = button(say("do.sections"), { "data-all": true });
  const back = button(say("do.back"), { "data-back": true });
  const strict = html("input", { type: "checkbox", id: `${prefix}-strict` });
  const undoing = button(say("do.undo"), { "data-do": "undo" });
  const bar = html("div", { class: "am-bar", role: "group", "aria-label": say("bar.shown") },
    html("span", { class: "am-faces" }, faces), all, back,
    html("label", { class: "am-switch", for: `${prefix}-strict` }, strict, ` ${say("do.strict")}`));
  const acts = html("div", { class: "am-bar", role: "group", "aria-label": say("bar.moves") },
    button(say("do.raise"), { "data-do": "raise-all" }),
    button(say("do.replies"), { "data-do": "raise-all", "data-replies": true }),
    undoing, button(say("do.reset"), { "data-do": "reset" }));
  const asks = html("div", { class: "am-bar", role: "group", "aria-label": say("bar.questions") },
    ["load", "cuts", "swings"].map((value) => button(say(`ask.${value}`), { "data-do": "probe", "data-value": value, "aria-pressed": "false" })));
  const hand = html("details", { class: "am-hand" }, html("summary", {}, say("take")),
    html("p", { class: "c-note" }, say("take.note")),
    html("div", { class: "am-bar" }, ["argdown", "aif"].flatMap((form) => [
      button(say(`take.show.${form}`), { "data-do": "export", "data-value": form }),
      button(say(`take.save.${form}`), { "data-do": "save", "data-value": form }),
    ])), said);
  const hint = html("p", { class: "c-note am-hint", id: `${prefix}-hint` },
    say("hint"));
  const key = html("ul", { class: "am-key" },
    ["stands", "falls", "undecided", "held"].map((label) => html("li", {}, inline(plan.glyphs[label]), ` ${say(`key.${label}`)}`)),
    html("li", {}, html("em", {}, say("key.slanted")), ` ${say("key.unsaid")}`), html("li", {}, say("key.answers")));
  const sizes = html("div", { class: "am-bar am-sizes", role: "group", "aria-label": say("bar.size") },
    button("−", { "data-zoom": "0.85", "aria-label": say("do.smaller") }), button("+", { "data-zoom": "1.18", "aria-label": say("do.larger") }));
  paper.append(frame, list, sizes);
  const desk = html("div", { class: "am-desk" }, html("div", { class: "am-left" }, paper, key, hint, news), detail);
  el.append(head, board, html("div", { class: "am-bars" }, bar, acts), desk, asks, probe, hand);

  // --- regions that Python fills ------------------------------------------------------------------
  let dragging = false;
  function fill(node, name) {
    const fresh = html("div");
    fresh.innerHTML = model.get(name); // made and escaped in Python
    fresh.querySelectorAll("i[data-g]").forEach((i) => i.replaceWith(inline(plan.glyphs[i.dataset.g])));
    const same = node.dataset.of === model.get("selected");
    node.dataset.of = model.get("selected");
    // a live region is announced when it has new content, so what changed is always new there
    if (node === news || (node === detail && !same)) {
      const held = node.contains(document.activeElement);
      node.replaceChildren(...fresh.childNodes);
      if (held) node.focus({ preventScroll: true }); // where the reader was is gone
      return;
    }
    morph(node, fresh);
    const slider = node.querySelector("[data-weigh]");
    // while the learner is ahead of the answers, the slider stays where the learner left it
    if (slider && !dragging && model.get("answered") >= sent) show(slider, Number(slider.getAttribute("value")));
  }
  const regions = { head, board, detail, news, probe };
  Object.entries(regions).forEach(([name, node]) => fill(node, name));

  // --- the map ------------------------------------------------------------------------------------
  const family = (css) => {
    const node = html("span", { class: css, hidden: true });
    el.append(node);
    const { fontFamily } = getComputedStyle(node);
    node.remove();
    return fontFamily;
  };
  let cards;
  let measured = false;
  let dealt = 0;
  const picture = svg("svg", { role: "group", "aria-label": say("map"), "aria-describedby": `${prefix}-hint`, class: "am-picture" });
  const edgesLayer = svg("g", { "aria-hidden": "true" });
  const nodesLayer = svg("g", {});
  picture.append(draw.ends(prefix), edgesLayer, nodesLayer);
  frame.append(picture);
  let shown = { nodes: [], edges: [] };
  let extent = { width: 1, height: 1 };
  const elements = new Map();
  /** What the layout depends on: the objections that are raised, and whether cards have a foot. */
  const needed = () => model.get("labels").replace(/[^-]/g, "x") + (model.get("degrees").length > 0);
  let drawn = "";
  const painters = { statement: draw.statement, section: draw.section, joint: draw.joint };

  const looks = new WeakMap();
  function paintNode(node) {
    const look = JSON.stringify([node.kind === "section"
      ? plan.folded.get(node.id).map((m) => state.label(m.id)) : node.kind === "step" ? state.step(node.id)
        : [state.label(node.id), state.choice(node.id), state.degree(node.id), (plan.stepsTo.get(node.id) ?? []).map((t) => state.step(t.id))],
    state.selected === node.id, node.hidden, node.outside, node.more, node.width, node.height, node.main, dealt]);
    if (looks.get(elements.get(node.id)) === look) return;
    looks.set(elements.get(node.id), look);
    painters[node.kind === "step" ? "joint" : node.kind](elements.get(node.id), cards, node, state);
  }
  function paintEdge(item, at) {
    const look = draw.look(item, state);
    if (item.look !== look) edgesLayer.children[at].setAttribute("class", look);
    item.look = look;
  }
  /** Show the labels now on what is drawn already: nothing is placed anew. */
  function paint() {
    shown.nodes.forEach(paintNode);
    shown.edges.forEach(paintEdge);
  }

  function fit() {
    const room = frame.clientWidth || 700;
    const scale = Math.min(Math.max(room / extent.width, 0.84), 1.06) * zoom;
    picture.setAttribute("viewBox", `0 0 ${extent.width} ${extent.height}`);
    picture.setAttribute("width", Math.round(extent.width * scale));
    picture.setAttribute("height", Math.round(extent.height * scale));
    return scale;
  }

  function drawMap() {
    if (!cards) {
      const [sans, serif] = [family("am-sans"), family("am-serif")];
      dealt += 1;
      measured = Boolean(serif); // outside the page nothing has a font yet
      cards = new draw.Cards(plan, {
        claim: `14px ${serif || "serif"}`, unsaid: `italic 14px ${serif || "serif"}`,
        answer: `13px ${sans || "sans-serif"}`, title: `600 16px ${serif || "serif"}`,
      });
    }
    shown = visible(plan, view, raised);
    Object.assign(extent, layout(shown.nodes, shown.edges, (node) =>
      cards.size(node, plan.stepsTo.has(node.id) || model.get("degrees").length > 0)));
    extent.height += 8;
    const keep = new Set(shown.nodes.map((n) => n.id));
    for (const [id, node] of elements) if (!keep.has(id)) { node.remove(); elements.delete(id); }
    // reading order is from the conclusion to its reasons: right to left, top to bottom
    const order = [...shown.nodes].sort((a, b) => b.x - a.x || a.y - b.y);
    for (const node of order) {
      let element = elements.get(node.id);
      if (!element) {
        element = svg("g", { role: "button", tabindex: -1, "data-node": node.id });
        elements.set(node.id, element);
        element.classList.add("am-new");
      }
      element.style.transform = `translate(${node.x - node.width / 2}px, ${node.y - node.height / 2}px)`;
      if (element.parentNode !== nodesLayer || nodesLayer.children[order.indexOf(node)] !== element) {
        const focused = document.activeElement === element;
        nodesLayer.append(element);
        if (focused) element.focus({ preventScroll: true });
      }
    }
    edgesLayer.replaceChildren(...shown.edges.map((item) => draw.edge(item, prefix)));
    paint();
    drawn = needed();
    if (!keep.has(roving)) roving = keep.has(state.selected) ? state.selected : keep.has(view.anchor) ? view.anchor : plan.main.find((id) => keep.has(id)) ?? order[0]?.id;
    rove();
    fit();
    all.disabled = view.anchor === "";
    back.disabled = view.past.length === 0;
  }

  function rove(id = roving, focus = false) {
    roving = id;
    for (const [key_, node] of elements) node.setAttribute("tabindex", key_ === roving ? "0" : "-1");
    if (focus) { elements.get(roving)?.focus({ preventScroll: true }); reveal(roving, true); }
  }

  function reveal(id, near = false) {
    const node = shown.nodes.find((n) => n.id === id);
    if (!node) return;
    const scale = picture.getAttribute("width") / extent.width;
    const box = { left: (node.x - node.width / 2) * scale, top: (node.y - node.height / 2) * scale, width: node.width * scale, height: node.height * scale };
    const inside = box.left >= frame.scrollLeft && box.left + box.width <= frame.scrollLeft + frame.clientWidth
      && box.top >= frame.scrollTop && box.top + box.height <= frame.scrollTop + frame.clientHeight;
    if (near && inside) return;
    frame.scrollTo({
      left: box.left - (frame.clientWidth - box.width) / 2, top: box.top - (frame.clientHeight - box.height) / 2,
      behavior: still.matches ? "auto" : "smooth",
    });
  }

  function drawList() {
    const path = list.contains(document.activeElement) ? document.activeElement.dataset.path : null;
    list.replaceChildren(...outline(plan, view, state));
    if (path) list.querySelector(`[data-path="${CSS.escape(path)}"]`)?.focus({ preventScroll: true });
  }

  function drawFace() {
    frame.hidden = sizes.hidden = face !== "map";
    list.hidden = face !== "outline";
    hint.hidden = face !== "map";
    faces.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.face === face)));
    if (face === "map") drawMap(); else drawList();
  }

  // --- where the reader is ------------------------------------------------------------------------
  const copy = () => ({ anchor: view.anchor, expanded: new Set(view.expanded) });
  function settle(before) {
    if (before) { view.past.push(before); if (view.past.length > 50) view.past.shift(); }
    drawFace();
  }
  function open(anchor) {
    const before = copy();
    view.anchor = anchor;
    if (anchor) view.expanded.add(anchor); else view.expanded.clear();
    settle(before);
    frame.scrollTo({ left: 0, top: 0 });
    if (anchor && plan.byId.has(anchor)) reveal(anchor);
  }
  function choose(id) {
    if (id !== state.selected) send({ do: "select", id });
  }
  /** Go to a statement or a step: choose it, and open the map around it unless it is there. */
  function go(id, stay = false) {
    const step = plan.stepById.get(id);
    const home = step ? step.conclusion : id;
    choose(id);
    if (face === "outline" && stay) return;
    if (!elements.has(id) || view.anchor === "" || face === "outline") {
      const before = copy();
      // an objection held ready is shown beside what it speaks against
      let place = home;
      while (plan.byId.get(place)?.kind === "reply" && !raised(place)) place = plan.byId.get(place).reply;
      if (plan.raisedOnly(place) && !raised(place)) place = plan.attacks.find((a) => a.source === place)?.target ?? place;
      place = plan.stepById.get(place)?.conclusion ?? place;
      view.anchor = place;
      view.expanded.add(place);
      settle(before);
    }
    roving = elements.has(id) ? id : roving;
    rove();
    reveal(id, true);
  }
  function toggle(id) {
    const before = copy();
    if (view.expanded.has(id)) view.expanded.delete(id); else view.expanded.add(id);
    settle(before);
  }
  function backwards() {
    const before = view.past.pop();
    if (!before) return;
    Object.assign(view, before);
    settle(null);
    rove(elements.has(roving) ? roving : undefined, frame.contains(document.activeElement));
  }
  function press(id) {
    rove(id);
    if (plan.members.has(id) && !plan.byId.has(id)) {
      open(id);
      rove(plan.members.get(id)[0].id, true);
      return;
    }
    if (plan.stepById.has(id)) {
      const node = shown.nodes.find((n) => n.id === id);
      choose(id);
      if (node?.more) toggle(plan.stepById.get(id).conclusion);
      return;
    }
    if (view.anchor === "") { choose(id); open(id); rove(id, true); return; }
    const lines = plan.stepsTo.has(id);
    if (lines && (id === state.selected || !view.expanded.has(id)) && id !== view.anchor) toggle(id);
    choose(id);
    rove(id, true);
  }

  // --- moves --------------------------------------------------------------------------------------
  function send(move) {
    sent += 1;
    model.send(move);
  }
  function show(input, value) {
    input.value = value;
    input.setAttribute("aria-valuetext", say("percent.spoken", { number: value }));
    input.parentNode.querySelector("output").textContent = say("percent", { number: value });
  }
  function weigh(input) {
    const value = Number(input.value);
    show(input, value);
    waiting = { do: "weigh", id: input.dataset.weigh, value };
    if (model.get("answered") >= sent) { send(waiting); waiting = null; }
  }
  listen("change:answered", () => { if (waiting) { send(waiting); waiting = null; } });

  el.addEventListener("click", (event) => {
    const target = event.target.closest?.("button, [data-node]");
    if (!target || !el.contains(target)) return;
    const data = target.dataset;
    if (data.node) press(data.node);
    else if (data.face) { face = data.face; drawFace(); if (face === "map") reveal(state.selected); }
    else if ("all" in data) { open(""); choose(""); }
    else if ("back" in data) backwards();
    else if (data.zoom) { zoom = Math.min(Math.max(zoom * Number(data.zoom), 0.5), 2); fit(); }
    else if (data.fold) toggle(data.fold);
    else if (data.go) go(data.go, "stay" in data);
    else if ("copy" in data) {
      const box = said.querySelector("textarea");
      box.select();
      navigator.clipboard?.writeText(box.value).catch(() => document.execCommand("copy"));
      target.textContent = say("do.copied");
    } else if (data.do === "probe") {
      const on = target.getAttribute("aria-pressed") !== "true";
      asks.querySelectorAll("button").forEach((b) => b.setAttribute("aria-pressed", String(on && b === target)));
      send({ do: "probe", id: state.selected, value: on ? data.value : "" });
    } else if (data.do) {
      const move = { do: data.do, id: data.id ?? "" };
      if ("value" in data) move.value = data.value;
      if ("replies" in data) move.replies = true;
      send(move);
    }
  }, { signal: stop.signal });

  el.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target.closest("form[data-do]");
    if (!form) return;
    const fields = Object.fromEntries(new FormData(form));
    send({ do: form.dataset.do, id: form.dataset.id, ...fields });
    if (fields.text.trim()) form.reset();
  }, { signal: stop.signal });

  strict.addEventListener("change", () => send({ do: "strict", value: strict.checked }), { signal: stop.signal });
  el.addEventListener("input", (event) => { if (event.target.dataset.weigh) weigh(event.target); }, { signal: stop.signal });
  detail.addEventListener("pointerdown", (event) => { dragging = Boolean(event.target.dataset.weigh); }, { signal: stop.signal });
  window.addEventListener("pointerup", () => { dragging = false; }, { signal: stop.signal });

  picture.addEventListener("keydown", (event) => {
    const id = event.target.closest("[data-node]")?.dataset.node;
    if (!id) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) {
      const from = shown.nodes.find((n) => n.id === id);
      let best = null;
      for (const node of shown.nodes) {
        if (node === from || node.kind === "step") continue;
        const [dx, dy] = [node.x - from.x, node.y - from.y];
        const along = dx * way[0] + dy * way[1];
        if (along < 12) continue;
        const across = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
        const cost = along + 2.2 * across;
        if (!best || cost < best.cost) best = { node, cost };
      }
      if (best) rove(best.node.id, true);
    } else if (event.key === "Enter" || event.key === " ") press(id);
    else if (event.key === "Escape") backwards();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal: stop.signal });

  // --- labels travel ------------------------------------------------------------------------------
  let timers = [];
  let before = model.get("labels");
  function hops(moved) {
    // each change follows the changes that it rests on
    const level = new Map();
    for (const id of moved) {
      const reasons = [
        ...(plan.stepsTo.get(id) ?? []).flatMap((s) => [...s.premises, ...(plan.attacksOn.get(s.id) ?? []).map((a) => a.source)]),
        ...(plan.attacksOn.get(id) ?? []).map((a) => a.source),
      ];
      level.set(id, 1 + Math.max(-1, ...reasons.filter((r) => level.has(r)).map((r) => level.get(r))));
    }
    return level;
  }
  function pulse(id) {
    elements.get(id)?.animate?.([{ filter: "brightness(1)" }, { filter: "brightness(0.8)" }, { filter: "brightness(1)" }], { duration: 420 });
    for (const [i, item] of shown.edges.entries()) {
      if (item.to !== id) continue;
      edgesLayer.children[i]?.animate?.([{ strokeWidth: "5px" }, { strokeWidth: "1.6px" }], { duration: 520, easing: "ease-out" });
    }
  }
  function travel() {
    timers.forEach(clearTimeout);
    timers = [];
    seen.clear();
    const moved = model.get("moved");
    const was = before;
    before = model.get("labels");
    const level = hops(moved);
    if (!still.matches && face === "map") {
      for (const id of moved) if (level.get(id) > 0 && plan.byId.has(id)) seen.set(id, was[plan.byId.get(id).at] ?? "-");
      for (const hop of [...new Set(level.values())].sort((a, b) => a - b)) {
        const now = moved.filter((id) => level.get(id) === hop);
        timers.push(setTimeout(() => {
          now.forEach((id) => seen.delete(id));
          if (hop > 0) paint();
          now.forEach(pulse);
        }, hop * PACE));
      }
    }
  }

  // One message changes several traits at once. What the learner looks at and what is read aloud come
  // first: labels on the map and what the move changed. The words beside them follow in a task of
  // their own, and so does a new layout, so that a frame can be shown in between.
  const changed = new Set();
  let later = 0;
  function update() {
    const now = new Set(changed);
    changed.clear();
    const grown = now.has("own");
    if (grown) {
      own = model.get("own");
      plan = index(model.get("plan"), own, speech);
      cards?.learn(plan);
      if (view.anchor && !plan.byId.has(view.anchor) && !plan.members.has(view.anchor)) view.anchor = "";
    }
    if (model.get("labels") !== before) travel();
    strict.checked = model.get("strict");
    undoing.disabled = !model.get("undo");
    desk.classList.toggle("am-chosen-none", !model.get("selected"));
    if (face === "map" && grown) drawMap();
    else if (face === "map") paint();
    if (now.has("news")) fill(news, "news");
    for (const name of now) if (name in regions && name !== "news") stale.add(name);
    later ||= setTimeout(() => { later = 0; follow(); });
  }
  const stale = new Set();
  function follow() {
    for (const name of stale) fill(regions[name], name);
    stale.clear();
    if (face === "outline") drawList();
    else if (drawn !== needed()) drawMap();
  }
  for (const name of ["own", "labels", "steps", "choices", "degrees", "strict", "undo", "selected", ...Object.keys(regions)]) {
    listen(`change:${name}`, () => {
      if (!changed.size) queueMicrotask(update);
      changed.add(name);
    });
  }
  listen("msg:custom", async (content, buffers) => {
    if (!content?.export || !buffers?.length) return;
    const bytes = new Blob([buffers[0]]).stream().pipeThrough(new DecompressionStream("deflate"));
    const written = await new Response(bytes).text();
    const id = `${prefix}-export`;
    said.replaceChildren(html("label", { class: "c-label", for: id }, say(`take.box.${content.export}`)),
      html("textarea", { id, rows: 9, readonly: true, spellcheck: "false" }), button(say("do.copy"), { "data-copy": true }));
    said.querySelector("textarea").value = written;
  });

  const watch = new ResizeObserver(() => {
    if (face !== "map") return;
    if (!measured && el.isConnected) { cards = null; drawMap(); }
    fit();
  });
  watch.observe(frame);
  desk.classList.toggle("am-chosen-none", !model.get("selected"));
  strict.checked = model.get("strict");
  undoing.disabled = !model.get("undo");
  drawFace();
  if (plan.around) reveal(plan.around);
  return () => {
    timers.forEach(clearTimeout);
    clearTimeout(later);
    watch.disconnect();
    stop.abort();
    undo.forEach((act) => act());
  };
}

export default { render };
