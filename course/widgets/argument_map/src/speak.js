// Words by key, as Python gives them once at the start: none stands in these files.

/** `say` fills the blanks of a sentence; `count` takes the form for one thing or for many. */
export function speaker(words) {
  const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
  const count = (key, number, values = {}) => say(`${key}.${number === 1 ? "one" : "many"}`, { number, ...values });
  return { say, count };
}
