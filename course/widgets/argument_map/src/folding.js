// What is shown: the folded map by section, or an open part of the graph. No label is decided here.

/** The plan, what the learner added to it, and the look-ups that drawing needs. */
export function index(source, own, speech) {
  const plan = { ...source, statements: [...source.statements, ...own.statements], attacks: [...source.attacks, ...own.attacks] };
  const byId = new Map(plan.statements.map((s, i) => [s.id, { ...s, at: i }]));
  const steps = plan.steps.map(([id, premises, conclusion, note], i) => ({ id, premises, conclusion, note, at: i }));
  const stepById = new Map(steps.map((s) => [s.id, s]));
  const group = (items, key) => items.reduce((found, item) => {
    for (const k of [key(item)].flat()) found.set(k, [...(found.get(k) ?? []), item]);
    return found;
  }, new Map());
  const attacks = plan.attacks.map(([source, target, effect]) => ({ source, target, effect }));
  const raisedOnly = (id) => ["objection", "reply"].includes(byId.get(id).kind);
  const members = group([...byId.values()].filter((s) => !raisedOnly(s.id)), (s) => `S${s.section}`);
  // folded, a section does not hold the main conclusions, which stand beside it
  const folded = new Map([...members].map(([id, all]) => [id, all.filter((s) => !plan.main.includes(s.id))]));
  return {
    ...plan, ...speech, folded, byId, stepById, steps, attacks, raisedOnly, members,
    sections: plan.sections.map(([number, title]) => ({ id: `S${number}`, number, title })),
    stepsTo: group(steps, (s) => s.conclusion),
    stepsFrom: group(steps, (s) => s.premises),
    attacksOn: group(attacks, (a) => a.target),
    replies: group([...byId.values()].filter((s) => s.reply), (s) => s.reply),
  };
}

/** Objections to a statement and to the steps that lead to it, and replies to an objection. */
export function answersTo(plan, id) {
  if (plan.raisedOnly(id)) return (plan.replies.get(id) ?? []).map((s) => s.id);
  const aims = [id, ...(plan.stepsTo.get(id) ?? []).map((s) => s.id)];
  return [...new Set(aims.flatMap((t) => (plan.attacksOn.get(t) ?? []).map((a) => a.source)))];
}

/** Nodes and edges of the map. `view` has `anchor` (a statement, a section or "") and `expanded`. */
export function visible(plan, view, raised) {
  return view.anchor ? opened(plan, view, raised) : folded(plan);
}

function folded(plan) {
  const main = new Set(plan.main);
  const holder = (id) => (main.has(id) ? id : `S${plan.byId.get(id).section}`);
  const joined = new Map();
  for (const step of plan.steps) {
    for (const premise of step.premises) {
      const [from, to] = [holder(premise), holder(step.conclusion)];
      if (from === to) continue;
      const edge = joined.get(`${from}>${to}`) ?? { kind: "bundle", from, to, steps: new Set() };
      edge.steps.add(step.id);
      joined.set(`${from}>${to}`, edge);
    }
  }
  const nodes = plan.sections.filter((s) => plan.folded.get(s.id)?.length).map((s) => ({ id: s.id, kind: "section" }));
  nodes.push(...plan.main.map((id) => ({ id, kind: "statement", main: true })));
  return { nodes, edges: [...joined.values()] };
}

function opened(plan, view, raised) {
  const shown = new Set();
  const expand = new Set(view.expanded);
  if (plan.members.has(view.anchor)) {
    for (const member of plan.members.get(view.anchor)) { shown.add(member.id); expand.add(member.id); }
  } else {
    shown.add(view.anchor);
  }
  const home = [...shown];
  // up: what rests on the statements at home; down: the lines of support of what is expanded
  for (const id of home) for (const step of plan.stepsFrom.get(id) ?? []) shown.add(step.conclusion);
  const fold = plan.members.has(view.anchor) ? new Set(home) : null;
  const queue = [...shown].filter((id) => expand.has(id));
  while (queue.length) {
    for (const step of plan.stepsTo.get(queue.pop()) ?? []) {
      for (const premise of step.premises) {
        if (shown.has(premise)) continue;
        shown.add(premise);
        if (view.expanded.has(premise)) queue.push(premise);
      }
    }
  }
  const steps = plan.steps.filter((s) => shown.has(s.conclusion) && s.premises.some((p) => shown.has(p)));
  const drawn = new Set(steps.map((s) => s.id));
  for (let size = -1; size !== shown.size;) {
    size = shown.size;
    for (const { source, target } of plan.attacks) {
      const meets = shown.has(target) || drawn.has(target);
      if (raised(source) && meets && plan.raisedOnly(source)) shown.add(source);
    }
  }
  const edges = [];
  for (const step of steps) {
    for (const premise of step.premises.filter((p) => shown.has(p))) edges.push({ kind: "premise", from: premise, to: step.id });
    edges.push({ kind: "step", from: step.id, to: step.conclusion });
  }
  const pairs = new Set();
  for (const { source, target, effect } of plan.attacks) {
    if (!shown.has(source) || !(shown.has(target) || drawn.has(target))) continue;
    if (pairs.has(`${target}>${source}`)) {
      edges.find((e) => e.kind === "attack" && e.from === target && e.to === source).both = true;
      continue;
    }
    pairs.add(`${source}>${target}`);
    edges.push({ kind: "attack", from: source, to: target, effect });
  }
  const order = plan.statements.filter((s) => shown.has(s.id));
  const nodes = [
    ...order.map((s) => ({
      id: s.id, kind: "statement", home: home.includes(s.id),
      hidden: (plan.stepsTo.get(s.id) ?? []).filter((step) => !step.premises.every((p) => shown.has(p))).length,
      outside: fold !== null && !fold.has(s.id) && !plan.raisedOnly(s.id),
    })),
    ...steps.map((s) => ({ id: s.id, kind: "step", more: s.premises.filter((p) => !shown.has(p)).length })),
  ];
  return { nodes, edges };
}
