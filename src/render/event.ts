import type { Output } from '../oracle/history.ts';

/** Members in the order in which they tell what a request is about. */
const telling = [
  'CustomKeyStoreId',
  'KeyId',
  'CustomKeyStoreName',
  'NewCustomKeyStoreName',
  'CloudHsmClusterId',
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyVpcEndpointServiceName',
  'XksKeyId',
  'XksProxyConnectivity',
];
/** What a store cannot be without, and what says little in the middle of a history. */
const taken: ReadonlySet<string> = new Set([
  'KeyStorePassword',
  'TrustAnchorCertificate',
  'XksProxyAuthenticationCredential',
]);
const width = 130;
const widest = 48;

/** An event on one line that fits a terminal, most often: what matters of its input, and its outcome. */
export function eventText(event: Output): string {
  const { op, input = {} } = event as { op?: string; input?: Output };
  return `${op}${inputText(String(op), input)}  ${outcomeText(event)}`;
}

/** The input on one line; what a creation cannot be without is only hinted at, and the rest cut to what fits. */
export function inputText(op: string, input: Output): string {
  const isCreate = op === 'CreateCustomKeyStore';
  const names = Object.keys(input).sort((a, b) => placeOf(a) - placeOf(b));
  const shown = names.filter((name) => !(isCreate && taken.has(name)));
  let text = '';
  for (const [place, name] of shown.entries()) {
    const next = ` ${name}=${shortened(input[name])}`;
    if (text.length + next.length > width) return `${text} and ${names.length - place} more`;
    text += next;
  }
  return shown.length < names.length ? `${text} …` : text;
}

const placeOf = (name: string): number => {
  const place = telling.indexOf(name);
  return place < 0 ? telling.length : place;
};

function shortened(value: unknown): string {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll(/\s+/g, ' ');
  return text.length > widest ? `${text.slice(0, widest)}…` : text;
}

/** What came of a request, in a few words. */
export function outcomeText(event: Output): string {
  if (typeof event['error'] === 'string') return event['error'];
  if ('unknown' in event) return 'unknown';
  const { CustomKeyStoreId: id, CustomKeyStores: stores, KeyMetadata: key } = (event['ok'] ?? {}) as Output;
  if (Array.isArray(stores)) return `ok ${listText(stores)}`;
  if (typeof id === 'string') return `ok ${shortened(id)}`;
  return typeof key === 'object' && key !== null
    ? `ok ${String((key as Output)['KeyId'])} ${String((key as Output)['KeyState'])}`
    : 'ok';
}

const mostStores = 3;
function listText(stores: readonly (Output | null)[]): string {
  if (stores.length === 0) return 'no stores';
  const more = stores.length > mostStores ? ` and ${stores.length - mostStores} more` : '';
  return `${stores.slice(0, mostStores).map(storeText).join(', ')}${more}`;
}

const storeText = (store: Output | null): string =>
  [store?.['CustomKeyStoreId'], store?.['ConnectionState'], store?.['ConnectionErrorCode']]
    .filter((each) => each !== undefined && each !== null)
    .join(' ');
