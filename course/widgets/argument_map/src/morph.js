// Change what differs and leave the rest: focus, typed text and opened parts stay as they are.

/** Make `node` like `wanted`, an element with the same tag. */
export function morph(node, wanted) {
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && name !== "open" && name !== "data-lm-suppress-shortcuts") node.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  const [old, fresh] = [[...node.childNodes], [...wanted.childNodes]];
  fresh.forEach((child, i) => {
    const was = old[i];
    if (!was) node.append(child);
    else if (was.nodeType !== child.nodeType || was.nodeName !== child.nodeName) was.replaceWith(child);
    else if (child.nodeType === Node.ELEMENT_NODE) morph(was, child);
    else if (was.data !== child.data) was.data = child.data;
  });
  old.slice(fresh.length).forEach((child) => child.remove());
}
