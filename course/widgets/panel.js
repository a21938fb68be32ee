// A panel: labelled native controls, and regions of HTML that Python fills.
// Nothing is decided here. A control sets an entry of `values`; Python answers by setting the
// regions that changed. An element of a region with data-set="name" data-value="…" is a control too.

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// short fixed names are set as small labels; questions and quoted phrases as they are written
function labelled(control) {
  const words = control.label.trim();
  const content = /^["“‘']/.test(words) || /[?.:…"”]$/.test(words) || words.split(/\s+/).length > 4;
  return content ? "c-label c-question" : "c-label";
}

function options(control, type, id, set, get) {
  const long = control.options.some((option) => option.label.length > 26);
  const box = make("div", { class: "c-options" + (control.column || long ? " c-column" : "")
    + (control.options.length > 8 ? " c-many" : "") });
  control.options.forEach((option, i) => {
    const input = make("input", { type, name: `${id}`, id: `${id}-${i}`, value: option.value });
    const words = make("span", {}, option.label);
    if (option.note) words.append(" ", make("small", {}, option.note));
    const label = make("label", { for: `${id}-${i}` }, input);
    if (option.mark) {
      const mark = make("span", { class: "c-mark", "aria-hidden": "true" });
      mark.innerHTML = option.mark;
      label.append(mark);
    }
    label.append(words);
    box.append(label);
    input.addEventListener("change", () => {
      const inputs = [...box.querySelectorAll("input")];
      const on = inputs.filter((x) => x.checked).map((x) => x.value);
      set(type === "radio" ? on[0] : on);
    });
  });
  const show = () => {
    const value = get();
    box.querySelectorAll("input").forEach((input) => {
      input.checked = type === "radio" ? input.value === value : (value ?? []).includes(input.value);
    });
  };
  const set_ = make("fieldset", {}, make("legend", { class: labelled(control) }, control.label), box);
  return [set_, show];
}

function range(control, id, set, get) {
  const labels = control.labels;
  const input = make("input", {
    type: "range", id, min: labels ? 0 : control.min, max: labels ? labels.length - 1 : control.max,
    step: labels ? 1 : (control.step ?? 1),
  });
  const output = make("output", { for: id, "aria-live": "polite" });
  const words = (value) => (labels ? labels[value] : `${value}${control.unit ?? ""}`);
  const show = () => {
    const value = get();
    input.value = value;
    output.textContent = words(value);
    input.setAttribute("aria-valuetext", words(value));
  };
  const take = (value) => { set(Number(value)); show(); };
  input.addEventListener("input", () => take(input.value));
  const row = make("div", { class: "c-row" }, input);
  let stop = () => {};
  if (control.play) {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const act = (playing) => (still ? "step" : playing ? "pause" : "play");
    const name = (playing) => control.words[`${act(playing)}_label`];
    const face = (playing) => control.words[act(playing)];
    const button = make("button", { type: "button", "aria-label": name(false) }, face(false));
    let timer = null;
    const step = () => {
      const next = Number(input.value) + Number(input.step);
      if (next > Number(input.max)) return false;
      take(next);
      return true;
    };
    const dress = () => {
      button.textContent = face(timer !== null);
      button.setAttribute("aria-label", name(timer !== null));
    };
    stop = () => { clearInterval(timer); timer = null; dress(); };
    button.addEventListener("click", () => {
      if (timer !== null) return stop();
      if (Number(input.value) >= Number(input.max)) take(input.min);
      if (still) return void step();
      timer = setInterval(() => { if (!step()) stop(); }, control.play);
      dress();
    });
    row.prepend(button);
  }
  const head = make("div", { class: "c-head" },
    make("label", { class: labelled(control), for: id }, control.label), output);
  return [make("div", { class: "c-range" }, head, row), show, () => stop()];
}

function select(control, id, set, get) {
  const box = make("select", { id });
  for (const option of control.options) box.append(make("option", { value: option.value }, option.label));
  box.addEventListener("change", () => set(box.value));
  const label = make("label", { class: labelled(control), for: id }, control.label);
  return [make("div", {}, label, box), () => { box.value = get() ?? ""; }];
}

function text(control, id, set, get) {
  const box = make(control.lines > 1 ? "textarea" : "input", {
    id, rows: control.lines > 1 ? control.lines : null, type: control.lines > 1 ? null : "text",
  });
  box.addEventListener("change", () => set(box.value));
  if (!(control.lines > 1)) {
    // in JupyterLab Enter fires no change event
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") set(box.value); });
  }
  const label = make("label", { class: labelled(control), for: id }, control.label);
  return [make("div", { class: control.lines > 1 ? "c-wide" : null }, label, box), () => {
    if (document.activeElement !== box) box.value = get() ?? "";
  }];
}

function button(control, id, set, get) {
  const node = make("button", { type: "button", id, class: control.primary ? "c-primary" : null }, control.label);
  node.addEventListener("click", () => set((get() ?? 0) + 1));
  return [node, () => {}];
}

function build(control, id, set, get) {
  if (control.type === "checks") return options(control, "checkbox", id, set, get);
  if (control.type === "choice") return options(control, "radio", id, set, get);
  if (control.type === "range") return range(control, id, set, get);
  if (control.type === "select") return select(control, id, set, get);
  if (control.type === "text") return text(control, id, set, get);
  return button(control, id, set, get);
}

function render({ model, el }) {
  // every widget loads this file anew, so a counter would repeat itself on the page
  const number = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
  el.classList.add("course", "course-live");
  // Keys pressed here belong to the view, not to the notebook around it; JupyterLab looks for this
  // mark on the focused element itself before it looks at its parents.
  el.addEventListener("focusin", (event) => {
    event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  });
  const undo = [];
  const listen = (event, act) => { model.on(event, act); undo.push(() => model.off(event, act)); };
  const set = (name, value) => {
    model.set("values", { ...model.get("values"), [name]: value });
    model.save_changes();
  };

  // entries of a list show what is chosen and what is shown, without being sent again
  const mark = () => {
    const values = model.get("values");
    const shown = model.get("shown");
    for (const node of el.querySelectorAll("[data-set]")) {
      node.setAttribute("aria-pressed", String(values[node.dataset.set] ?? "") === node.dataset.value);
    }
    for (const line of el.querySelectorAll(".c-entries > li")) {
      const key = line.firstElementChild?.dataset.key;
      line.hidden = shown !== null && key !== undefined && !shown.includes(key);
    }
  };
  const controls = make("div", { class: "c-controls" });
  const dress = () => {
    controls.replaceChildren();
    const shows = [];
    for (const control of model.get("controls")) {
      const get = () => model.get("values")[control.name];
      const [node, show, stop] = build(control, `course-${number}-${control.name}`, (v) => set(control.name, v), get);
      if (control.type === "button") {
        // buttons that follow each other share one line
        const line = controls.lastElementChild?.matches(".c-buttons")
          ? controls.lastElementChild : make("div", { class: "c-buttons" });
        controls.append(line);
        line.append(node);
      } else controls.append(node);
      shows.push(show);
      if (stop) undo.push(stop);
      show();
    }
    controls.hidden = shows.length === 0;
    return shows;
  };
  let shows = dress();
  listen("change:controls", () => { shows = dress(); });
  listen("change:values", () => shows.forEach((show) => show()));

  for (const region of model.get("layout")) {
    if (region.name === "controls") { el.append(controls); continue; }
    const node = make("div", {
      class: region.css ?? null, "aria-live": region.live ? "polite" : null,
      role: region.live ? "status" : null,
    });
    const fill = () => {
      const focus = node.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      const scroll = [...node.querySelectorAll(".c-tall")].map((box) => box.scrollTop);
      node.innerHTML = model.get(`region_${region.name}`);
      node.querySelectorAll(".c-tall").forEach((box, i) => { box.scrollTop = scroll[i] ?? 0; });
      if (focus) node.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
      mark();
    };
    listen(`change:region_${region.name}`, fill);
    fill();
    el.append(node);
  }

  listen("change:values", mark);
  listen("change:shown", mark);
  mark();

  const press = (event) => {
    const node = event.target.closest?.("[data-set]");
    if (!node || !el.contains(node)) return;
    if (event.type === "keydown") {
      if (node.tagName === "BUTTON" || !["Enter", " "].includes(event.key)) return;
      event.preventDefault();
    }
    set(node.dataset.set, node.dataset.value);
  };
  // arrow keys move within a list of entries, as in any list box
  const move = (event) => {
    const list = event.target.closest?.(".c-entries");
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!list || !by) return;
    const all = [...list.querySelectorAll("li:not([hidden]) [data-set]")];
    const next = all[all.indexOf(event.target.closest("[data-set]")) + by];
    if (next) { next.focus(); event.preventDefault(); }
  };
  el.addEventListener("click", press);
  el.addEventListener("keydown", press);
  el.addEventListener("keydown", move);
  return () => undo.forEach((act) => act());
}

export default { render };
