"""What axe-core finds on a page, once nothing on it moves any more."""

from pathlib import Path

SCRIPT = Path(__file__).parent / "vendor" / "axe.min.js"
IMPACTS = ("minor", "moderate", "serious", "critical")

# A picture half-way through a fade has colours that nobody reads: wait until what moves has ended
# (a notice that waits for seconds before it goes is steady until then).
_REST = """() => Promise.all(document.getAnimations()
    .filter(one => one.effect.getComputedTiming().endTime < 2000)
    .map(one => one.finished.catch(() => {})))"""

_RUN = """async ({selector, rules, impacts}) => {
  const options = {preload: false, resultTypes: ['violations'], rules};
  const found = await axe.run(selector ? {include: [selector]} : document, options);
  return found.violations.filter(one => impacts.includes(one.impact)).map(one => one.id + ': '
    + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160) + ' | '
    + node.failureSummary.slice(0, 200)).join(' || '));
}"""


def violations(page, selector=None, *, least="minor", without=()):
    """Violations inside `selector` (the whole page if None), of impact `least` or worse, a line each.

    `without` names rules to leave out. Preloading is off, since a page opened from a folder may not
    fetch its own style sheets.
    """
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    page.evaluate(_REST)
    return page.evaluate(
        _RUN,
        {
            "selector": selector,
            "rules": {rule: {"enabled": False} for rule in without},
            "impacts": list(IMPACTS[IMPACTS.index(least) :]),
        },
    )
