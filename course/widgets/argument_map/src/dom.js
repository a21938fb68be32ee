// Elements of HTML and SVG, made without markup: a text can never become an element.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const html = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

const stamps = new WeakMap(); // a glyph is drawn once and then copied
function stamp(mark, kind, draw) {
  if (!stamps.has(mark)) stamps.set(mark, {});
  const drawn = stamps.get(mark);
  drawn[kind] ??= draw();
  return drawn[kind].cloneNode(true);
}

/** The glyph of a label, drawn in a box of `size` pixels. */
export function glyph(mark, size, x = 0, y = 0) {
  const node = stamp(mark, "glyph", () => svg("g", { class: "am-glyph" },
    svg("path", { d: mark.shape, fill: mark.colour, stroke: "currentColor" }),
    mark.sign && svg("path", {
      d: mark.sign, fill: "none", stroke: mark.ink, "stroke-width": 1.9,
      "stroke-linecap": "round", "stroke-linejoin": "round",
    })));
  node.setAttribute("transform", `translate(${x} ${y}) scale(${size / 16})`);
  return node;
}

/** The same as an element that stands in a line of text. */
export const inline = (mark) => stamp(mark, "inline", () =>
  svg("svg", { class: "am-glyph", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, glyph(mark, 16)));

let canvas;
/** Width of `text` in pixels, in a CSS font. */
export function measure(text, font) {
  canvas ??= document.createElement("canvas").getContext("2d");
  canvas.font = font;
  return canvas.measureText(text).width;
}

/** `text` broken into lines of `width` pixels; at most `most` of them, the last one then cut. */
export function wrap(text, font, width, most) {
  const lines = [];
  let line = "";
  const words = text.split(/\s+/);
  while (words.length) {
    const longer = line ? `${line} ${words[0]}` : words[0];
    if (measure(longer, font) <= width) { line = longer; words.shift(); continue; }
    if (line) { lines.push(line); line = ""; continue; }
    // one word wider than the card: break it where it must be broken
    let cut = words[0].length - 1;
    while (cut > 1 && measure(words[0].slice(0, cut), font) > width) cut -= 1;
    lines.push(words[0].slice(0, cut));
    words[0] = words[0].slice(cut);
  }
  if (line) lines.push(line);
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  let last = kept[most - 1];
  while (last && measure(`${last} …`, font) > width) last = last.slice(0, last.lastIndexOf(" ") > 0 ? last.lastIndexOf(" ") : -1);
  kept[most - 1] = `${last} …`;
  return kept;
}
