const width = 120;

/** JSON for people: whatever fits on a line stands on one. */
export function formatted(value: unknown, indent = '', used = 0): string {
  const line = onOneLine(value);
  if (indent.length + used + line.length <= width || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((each) => inner + formatted(each ?? null, inner, 1))
    : present(value).map(([name, each]) => {
        const begin = `${inner}${JSON.stringify(name)}: `;
        return begin + formatted(each, inner, begin.length - inner.length + 1);
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => onOneLine(each ?? null)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = present(value).map(([name, each]) => `${JSON.stringify(name)}: ${onOneLine(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const present = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, each]) => each !== undefined && typeof each !== 'function');
