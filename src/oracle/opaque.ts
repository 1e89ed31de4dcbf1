import { masked } from '../spec/properties.ts';

/** What a value is, that matters to the rules only by what it is equal to, and by what is known of it. */
export type Role =
  | 'store'
  | 'key'
  | 'name'
  | 'cluster'
  | 'certificate'
  | 'endpoint'
  | 'service'
  | 'access key'
  | 'external key'
  /** The mark of a secret, as it stands in what a fact is about. */
  | 'secret';

/** Values of these forms are well formed in every edition; any other is looked at as it is. */
const forms: Readonly<Record<Role, RegExp>> = {
  store: /^[\w-]{1,64}$/,
  key: /^[\w-]{1,128}$/,
  name: /^[\w. -]{1,256}$/,
  cluster: /^cluster-[2-7a-zA-Z]{11,16}$/,
  certificate: /^[\s\S]{1,5000}$/,
  endpoint: /^https:\/\/[a-zA-Z0-9.-]{2,120}$/,
  service: /^com\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]{1,20}$/,
  'access key': /^[A-Z2-7]{20,30}$/,
  'external key': /^[a-zA-Z0-9._-]{1,128}$/,
  secret: /^\d{1,3}$/,
};

export const isOpaque = (role: Role, value: string): boolean =>
  value !== masked && !isStandIn(value) && forms[role].test(value) && (role !== 'service' || value.length <= 64);

/** Secrets that are well formed; of such a one nothing matters but its mark. */
const secretForms = { KeyStorePassword: /^[a-zA-Z0-9]{7,32}$/, RawSecretAccessKey: /^[a-zA-Z0-9/+=]{43,64}$/ } as const;
export const isPlainSecret = (member: keyof typeof secretForms, value: string): boolean =>
  secretForms[member].test(value);

/** Stands for the value with this number. No value that stands for itself has this sign in it. */
export const standIn = (place: number): string => standIns[place] ?? `${sign}${place};`;
const sign = '\u0002';
const anyStandIn = new RegExp(`${sign}(\\d+);`, 'g');
const standIns = Array.from({ length: 100 }, (_, place) => `${sign}${place};`);
export const isStandIn = (text: string): boolean => text.includes(sign);

/** The text with values in place of what stands for them. */
export const filledIn = (text: string, values: readonly string[]): string =>
  text.includes(sign) ? text.replace(anyStandIn, (_, place) => values[Number(place)] as string) : text;

/** The subject of a fact in pieces, each a value or what stands between values. */
export function piecesOf(fact: string, about: string): readonly string[] {
  if (fact === 'name.freeElsewhere') return [about];
  if (fact === 'cluster.trustAnchor') {
    const end = about.indexOf(' ');
    return end < 0 ? [about] : [about.slice(0, end), ' ', about.slice(end + 1)];
  }
  return about.split(/( )/).flatMap((piece) => {
    if (!piece.startsWith('https://')) return [piece];
    const end = piece.indexOf('/', 8);
    return end < 0 ? [piece] : [piece.slice(0, end), piece.slice(end)];
  });
}
