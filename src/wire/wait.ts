/** How long a connection attempt, or a disconnection, takes: in calls of DescribeCustomKeyStores, or in time. */
export type Wait = { readonly calls: number } | { readonly seconds: number };

/** `3`, `3calls`, `2s`, `500ms` or `20m`; undefined for anything else. */
export function waitFrom(text: string): Wait | undefined {
  const [, digits, unit = 'calls'] = /^(\d{1,7}(?:\.\d{1,3})?)(calls?|ms|s|m)?$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const count = Number(digits);
  if (unit.startsWith('call')) return Number.isInteger(count) ? { calls: count } : undefined;
  return { seconds: count * secondsIn[unit as keyof typeof secondsIn] };
}

const secondsIn = { ms: 0.001, s: 1, m: 60 } as const;
