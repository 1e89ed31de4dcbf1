import type { CheckedViolation, CheckVerdict } from '../oracle/verdict.ts';

/** One verdict for the parts of one run: what `--shard` took apart. */
export function mergedVerdict(parts: readonly [CheckVerdict, ...CheckVerdict[]]): CheckVerdict {
  const [first] = parts;
  const violations = new Map<string, CheckedViolation>();
  for (const each of parts.flatMap((part) => part.violations)) {
    const known = violations.get(each.fingerprint);
    const shorter = known === undefined || each.history.length < known.history.length ? each : known;
    violations.set(each.fingerprint, { ...shorter, times: each.times + (known?.times ?? 0) });
  }
  const [violation] = violations.values();
  const profile: Record<string, readonly string[]> = {};
  for (const [question, choices] of parts.flatMap((part) => Object.entries(part.profile))) {
    const before = profile[question];
    profile[question] = before === undefined ? choices : before.filter((choice) => choices.includes(choice));
  }
  const contradicting = Object.entries(profile).flatMap(([question, choices]) =>
    choices.length === 0 ? [question] : [],
  );
  for (const question of contradicting) delete profile[question];
  const observed: Record<string, 'conforms' | 'violates'> = {};
  for (const [place, what] of parts.flatMap((part) => Object.entries(part.observed)))
    if (observed[place] !== 'violates') observed[place] = what;
  const editions = Object.fromEntries(
    Object.keys(first.editions).map(
      (edition) =>
        [edition, parts.every((part) => part.editions[edition] === 'conforms') ? 'conforms' : 'violates'] as const,
    ),
  );
  const noEdition = Object.values(editions).every((each) => each === 'violates');
  const { violation: _, baseline: __, ...rest } = first;
  return {
    ...rest,
    verdict:
      violation !== undefined || (noEdition && parts.some((part) => Object.values(part.editions).includes('conforms')))
        ? 'violates'
        : parts.some((part) => part.verdict === 'conforms')
          ? 'conforms'
          : 'undetermined',
    editions,
    events: parts.reduce((sum, part) => sum + part.events, 0),
    ...(violation && { violation }),
    violations: [...violations.values()],
    profile,
    inconsistent: [
      ...new Set([...parts.flatMap((part) => part.inconsistent.map(({ question }) => question)), ...contradicting]),
    ]
      .sort()
      .map((question) => ({ question })),
    missing: Object.assign({}, ...parts.map((part) => part.missing)) as CheckVerdict['missing'],
    coverage: Object.fromEntries(
      Object.entries(first.coverage).map(([what, { of }]) => {
        const items = [...new Set(parts.flatMap((part) => part.coverage[what]?.items ?? []))].sort();
        return [what, { seen: items.length, of, items }];
      }),
    ),
    observed,
    unreached: mergedUnreached(parts, (kind) => new Set(parts.flatMap((part) => part.coverage[kind]?.items ?? []))),
    notes: [
      ...new Set(parts.flatMap((part) => part.notes)),
      ...(noEdition && violation === undefined
        ? ['the parts are each allowed by some edition, and by no common one']
        : []),
    ],
    left: parts.flatMap((part) => part.left),
  };
}

/** What no part has reached; of what stood in the way, the first that any part met. */
function mergedUnreached(
  parts: readonly CheckVerdict[],
  seen: (kind: string) => ReadonlySet<string>,
): CheckVerdict['unreached'] {
  const reached = new Set(['states', 'transitions', 'cells', 'rules', 'errors'].flatMap((kind) => [...seen(kind)]));
  const placed = new Set<string>();
  const of = (why: keyof CheckVerdict['unreached']): readonly string[] =>
    [...new Set(parts.flatMap(({ unreached }) => unreached[why]))].sort().filter((item) => {
      if (placed.has(item) || reached.has(item.replace(/^\S+ /, ''))) return false;
      placed.add(item);
      return true;
    });
  return {
    choice: of('choice'),
    edition: of('edition'),
    world: of('world'),
    chance: of('chance'),
    untried: of('untried'),
  };
}
