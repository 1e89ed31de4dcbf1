import type { Member } from '../spec/shape.ts';

/** A value at, or just beyond, a limit of a member. */
export interface Boundary {
  readonly what: string;
  readonly value: unknown;
}

/** The values at the limits of a member, made from a valid one; each breaks at most one constraint. */
export function boundariesOf({ type, min = 0, max, pattern }: Member, valid: unknown): readonly Boundary[] {
  if (type === 'integer') {
    return [
      ...(max === undefined
        ? []
        : [
            { what: `${max}`, value: max },
            { what: `${max + 1}`, value: max + 1 },
          ]),
      { what: `${min}`, value: min },
      { what: `${min - 1}`, value: min - 1 },
    ];
  }
  if (type !== 'string' || typeof valid !== 'string') return [];
  const form = pattern === undefined ? undefined : new RegExp(`^(?:${pattern})$`, 'u');
  const fits = (text: string) => form?.test(text) ?? true;
  const longest = max === undefined ? undefined : lengthened(valid, max, fits);
  const shortest = shortened(valid, min, fits);
  const colourful = form === undefined ? undefined : varied(valid, max, fits);
  return [
    ...(colourful === undefined ? [] : [{ what: 'every character that fits', value: colourful }]),
    ...(longest === undefined ? [] : [{ what: `${max} characters`, value: longest }]),
    ...(max === undefined
      ? []
      : [
          {
            what: `${max + 1} characters`,
            value: lengthened(valid, max + 1, fits) ?? valid + valid.slice(-1).repeat(max + 1 - valid.length),
          },
        ]),
    ...(shortest === undefined || shortest === valid
      ? []
      : [{ what: `${shortest.length} characters`, value: shortest }]),
    ...(min > 0 ? [{ what: `${min - 1} characters`, value: valid.slice(0, min - 1) }] : []),
    ...(form === undefined || fits(spoilt(valid))
      ? []
      : [{ what: 'a character that the pattern forbids', value: spoilt(valid) }]),
  ];
}

/** The text, with each character that the pattern allows somewhere, as far as there is room; signs come first. */
function varied(text: string, max: number | undefined, fits: (text: string) => boolean): string | undefined {
  let value = text;
  for (const sign of printable) {
    if (value.length === max) break;
    if (value.includes(sign)) continue;
    for (let place = value.length; place >= 0; place--) {
      const longer = value.slice(0, place) + sign + value.slice(place);
      if (!fits(longer)) continue;
      value = longer;
      break;
    }
  }
  return value === text ? undefined : value;
}
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

const spoilt = (text: string): string => `${text.slice(0, -1)}!`;

/** The text, made this long with more of some character, at the first place where it fits. */
function lengthened(text: string, length: number, fits: (text: string) => boolean): string | undefined {
  const missing = length - text.length;
  if (missing < 0) return undefined;
  for (let place = text.length; place >= 0; place--) {
    for (const filler of ['a', 'A', '2']) {
      const long = text.slice(0, place) + filler.repeat(missing) + text.slice(place);
      if (fits(long)) return long;
    }
  }
  return undefined;
}

/** The shortest text that is left when a part of this one is cut out, and still fits. */
function shortened(text: string, least: number, fits: (text: string) => boolean): string | undefined {
  for (let length = Math.max(1, least); length < text.length; length++) {
    for (let place = text.length - (text.length - length); place >= 0; place--) {
      const short = text.slice(0, place) + text.slice(place + text.length - length);
      if (fits(short)) return short;
    }
  }
  return undefined;
}
