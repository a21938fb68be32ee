// Places for nodes and curves for edges: layers from left to right, by dagre.

import { Graph, layout as place } from "@dagrejs/dagre";

const JOINT = 15;

/** Give each node `x`, `y` (its centre) and each edge `path`; return width and height. */
export function layout(nodes, edges, size) {
  const folded = edges.some((e) => e.kind === "bundle");
  const graph = new Graph().setGraph({ rankdir: "LR", nodesep: folded ? 20 : 12, edgesep: 9, ranksep: folded ? 46 : 26, marginx: 8, marginy: 10 })
    .setDefaultEdgeLabel(() => ({}));
  const byId = new Map(nodes.map((n) => [n.id, n]));
  for (const node of nodes) {
    Object.assign(node, node.kind === "step" ? { width: JOINT, height: JOINT } : size(node));
    graph.setNode(node.id, { width: node.width, height: node.height });
  }
  for (const edge of edges) {
    // a joint stands between two columns of cards, so an edge from card to card spans two layers
    const joint = byId.get(edge.from).kind === "step" || byId.get(edge.to).kind === "step";
    const span = edge.kind === "bundle" || joint ? 1 : 2;
    graph.setEdge(edge.from, edge.to, { minlen: span, weight: edge.kind === "attack" ? 1 : 3 });
  }
  place(graph);
  for (const node of nodes) Object.assign(node, { x: graph.node(node.id).x, y: graph.node(node.id).y });
  for (const edge of edges) edge.path = curve(byId.get(edge.from), byId.get(edge.to), graph.edge(edge.from, edge.to).points);
  const { width, height } = graph.graph();
  return { width, height };
}

function curve(from, to, points) {
  const ahead = from.x < to.x;
  const side = (node, right) => [node.x + ((right ? 1 : -1) * node.width) / 2, node.y];
  const [start, end] = [side(from, ahead), side(to, !ahead)];
  const way = ahead ? 1 : -1;
  const bends = points.slice(1, -1).map((p) => [p.x, p.y])
    .filter(([x]) => (x - start[0]) * way > 14 && (end[0] - x) * way > 14);
  if (bends.length < 2) return bow(start, end);
  return spline([start, [start[0] + 10 * way, start[1]], ...bends, [end[0] - 14 * way, end[1]], end]);
}

/** One S-shaped curve that leaves and arrives level. */
function bow([x1, y1], [x2, y2]) {
  const middle = round((x1 + x2) / 2);
  return `M${round(x1)} ${round(y1)}C${middle} ${round(y1)} ${middle} ${round(y2)} ${round(x2)} ${round(y2)}`;
}

/** A uniform cubic B-spline from the first point to the last: round, and never beyond its points. */
function spline(points) {
  const at = (i) => points[Math.min(Math.max(i, 0), points.length - 1)];
  const mix = (a, b, c, u, v, w) => [0, 1].map((k) => round((u * a[k] + v * b[k] + w * c[k]) / (u + v + w))).join(" ");
  let path = `M${points[0].map(round).join(" ")}`;
  for (let i = -1; i < points.length - 1; i += 1) {
    const [b, c, d] = [at(i), at(i + 1), at(i + 2)];
    path += `C${mix(b, c, d, 2, 1, 0)} ${mix(b, c, d, 1, 2, 0)} ${mix(b, c, d, 1, 4, 1)}`;
  }
  return `${path}L${points[points.length - 1].map(round).join(" ")}`;
}

const round = (value) => Math.round(value * 10) / 10;
