// Change what differs and leave the rest: focus, typed text and opened parts stay as they are.

/** Make what is in `node` like what is in `wanted`. */
export function morph(node, wanted) {
  const fresh = [...wanted.childNodes];
  let was = node.firstChild;
  fresh.forEach((child, i) => {
    if (was && !alike(was, child) && !fresh.slice(i + 1).some((later) => alike(was, later))) {
      // what stands here is wanted no more: go on to what may be
      while (was && !alike(was, child)) {
        const gone = was;
        was = was.nextSibling;
        gone.remove();
      }
    }
    if (!was || !alike(was, child)) { node.insertBefore(child, was); return; }
    if (!was.isEqualNode(child)) become(was, child);
    was = was.nextSibling;
  });
  while (was) {
    const gone = was;
    was = was.nextSibling;
    gone.remove();
  }
}

function become(node, wanted) {
  if (node.nodeType !== Node.ELEMENT_NODE) { node.data = wanted.data; return; }
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && name !== "open" && name !== "data-lm-suppress-shortcuts") node.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  morph(node, wanted);
}

const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName
  && a.dataset?.key === b.dataset?.key && a.dataset?.go === b.dataset?.go
  && (a.nodeName === "BUTTON" || a.getAttribute?.("class") === b.getAttribute?.("class"));
