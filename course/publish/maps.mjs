// Cut a Natural Earth atlas to the region of the course, simplify it, and name its shapes.
// Usage: node maps.mjs ATLAS SPARE PLAN OUTPUT   (run by maps.py; the plan says where topojson lies)
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const [atlasPath, sparePath, planPath, outputPath] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planPath, "utf8"));
const require = createRequire(`${plan.modules}/`);
const { feature, quantize } = require("topojson-client");
const { topology } = require("topojson-server");
const { presimplify, simplify, filter, filterAttachedWeight, planarRingArea } = require("topojson-simplify");

function shapesOf(path) {
  const atlas = JSON.parse(readFileSync(path, "utf8"));
  return feature(atlas, atlas.objects.countries).features;
}

const shapes = shapesOf(atlasPath);
const spare = new Map(shapesOf(sparePath).map((shape) => [shape.id, shape]));

// One atlas has the Holy See as a single point: such a shape is taken from the other one.
function isPoint(geometry) {
  const points = geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2);
  return points.every(([x, y]) => x === points[0][0] && y === points[0][1]);
}

// Parts of a state that lie far outside the region (overseas departments, Hawaii) are left out.
function inRegion(rings) {
  const outer = rings[0];
  const middle = (axis) => outer.reduce((sum, point) => sum + point[axis], 0) / outer.length;
  const latitude = middle(1);
  return latitude > plan.south && !(latitude < plan.mainlandSouth && middle(0) < plan.west);
}

function cut(geometry) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return { type: "MultiPolygon", coordinates: parts.filter(inRegion) };
}

const states = [];
const around = [];
for (const shape of shapes) {
  const key = shape.id ?? shape.properties.name;
  const named = plan.shapes[key] ?? plan.shapes[shape.properties.name];
  const neighbour = plan.around.includes(key);
  if (!named && !neighbour) continue;
  const whole = isPoint(shape.geometry) ? spare.get(shape.id) : shape;
  const geometry = cut(whole.geometry);
  if (!geometry.coordinates.length) continue;
  const made = { type: "Feature", properties: named ?? { name: shape.properties.name }, geometry };
  (named ? states : around).push(made);
}
states.sort((a, b) => (a.properties.name < b.properties.name ? -1 : 1));

let result = topology(
  {
    states: { type: "FeatureCollection", features: states },
    around: { type: "FeatureCollection", features: around },
  },
  1e6,
);
result = presimplify(result);

// Microstates keep every point and every ring: at this scale they would vanish.
const kept = new Set();
for (const geometry of result.objects.states.geometries) {
  if (!plan.keep.includes(geometry.properties.iso3)) continue;
  for (const polygon of feature(result, geometry).geometry.coordinates) kept.add(String(polygon[0][0]));
  for (const index of geometry.arcs.flat(2)) {
    for (const point of result.arcs[index < 0 ? ~index : index]) point[2] = Infinity;
  }
}
const size = (ring) => (kept.has(String(ring[0])) ? Infinity : planarRingArea(ring));
result = filter(result, filterAttachedWeight(result, plan.smallest, size));
result = quantize(simplify(result, plan.weight), plan.quantization);
writeFileSync(outputPath, `${JSON.stringify(result)}\n`);
