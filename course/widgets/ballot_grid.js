// Every State with its ballot, as buttons in groups; one Tab stop, arrow keys inside.
// Nothing is decided here: a press is handed to Python, which answers with new ballots.

const KEYS = { y: "yes", n: "no", a: "abstain", q: "abstain-constructive", s: "silent", x: "absent" };

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/* A sentence from Python with its blanks filled. */
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);

function render({ model, el }) {
  const words = model.get("words");
  el.classList.add("course", "course-live", "c-grid");
  // JupyterLab looks for this mark on the focused element itself before it looks at its parents
  el.addEventListener("focusin", (event) => {
    event.target.setAttribute("data-lm-suppress-shortcuts", "true");
  });
  let cells = [];
  let presses = 0;

  const dress = () => {
    const ballots = model.get("ballots");
    const seated = model.get("seated");
    const marks = model.get("marks");
    const origins = model.get("origins");
    for (const { code, name, node, mark, tag } of cells) {
      const [vote, origin] = ballots[code] ?? ["abstain", "unread"];
      const seat = !seated.length || seated.includes(code);
      mark.innerHTML = marks[vote][1];
      tag.textContent = origins[origin][0];
      node.className = `c-cell c-${origin}${seat ? "" : " c-no-seat"}`;
      node.setAttribute("aria-label", fill(seat ? words.cell : words.seatless,
        { name, ballot: marks[vote][0], origin: origins[origin][1] }));
    }
  };

  const build = () => {
    el.replaceChildren();
    cells = [];
    el.append(make("p", { class: "c-note" }, words.hint));
    const key = make("ul", { class: "c-key" });
    for (const [origin, [tag, meaning]] of Object.entries(model.get("origins"))) {
      const sample = make("span", { class: `c-cell c-sample c-${origin}`, "aria-hidden": "true" }, tag || "\u00a0");
      key.append(make("li", {}, sample, meaning));
    }
    key.append(make("li", {}, make("span", { class: "c-cell c-sample c-no-seat", "aria-hidden": "true" }, "\u00a0"), words.key));
    el.append(key);
    for (const [title, states] of model.get("groups")) {
      const row = make("div", { class: "c-cells", role: "group", "aria-label": fill(words.group, { name: title, number: states.length }) });
      for (const [code, name] of states) {
        const mark = make("span", { class: "c-glyph", "aria-hidden": "true" });
        const tag = make("span", { class: "c-origin", "aria-hidden": "true" });
        const node = make("button", { type: "button", tabindex: "-1", title: name },
          mark, make("span", { class: "c-state" }, name), tag);
        node.dataset.code = code;
        cells.push({ code, name, node, mark, tag });
        row.append(node);
      }
      el.append(make("p", { class: "c-label c-group", "aria-hidden": "true" }, fill(words.heading, { name: title, number: states.length })), row);
    }
    if (cells.length) cells[0].node.tabIndex = 0;
    dress();
  };

  const press = (code, vote) => {
    model.set("pressed", [code, vote ?? "", ++presses]);
    model.save_changes();
  };
  const focus = (node) => {
    for (const cell of cells) cell.node.tabIndex = cell.node === node ? 0 : -1;
    node.focus();
  };
  const near = (from, by) => {
    const a = from.getBoundingClientRect();
    const rows = cells.map(({ node }) => [node, node.getBoundingClientRect()])
      .filter(([, b]) => (by > 0 ? b.top > a.top + 4 : b.top < a.top - 4));
    if (!rows.length) return null;
    const edge = by > 0 ? Math.min(...rows.map(([, b]) => b.top)) : Math.max(...rows.map(([, b]) => b.top));
    return rows.filter(([, b]) => Math.abs(b.top - edge) < 4)
      .sort((x, y) => Math.abs(x[1].left - a.left) - Math.abs(y[1].left - a.left))[0][0];
  };
  const onclick = (event) => {
    const node = event.target.closest("button[data-code]");
    if (node) { focus(node); press(node.dataset.code); }
  };
  const onkey = (event) => {
    const node = event.target.closest("button[data-code]");
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = cells.findIndex((cell) => cell.node === node);
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: cells.length - 1 };
    let next = null;
    if (event.key in steps) next = cells[steps[event.key]]?.node;
    else if (event.key === "ArrowDown") next = near(node, 1);
    else if (event.key === "ArrowUp") next = near(node, -1);
    else if (event.key.toLowerCase() in KEYS) press(node.dataset.code, KEYS[event.key.toLowerCase()]);
    else return;
    event.preventDefault();
    if (next) focus(next);
  };

  build();
  model.on("change:groups", build);
  model.on("change:ballots", dress);
  model.on("change:seated", dress);
  el.addEventListener("click", onclick);
  el.addEventListener("keydown", onkey);
  return () => {
    model.off("change:groups", build);
    model.off("change:ballots", dress);
    model.off("change:seated", dress);
  };
}

export default { render };
