import type { HistoryEvent } from '../../oracle/history.ts';
import { errorNamesOf } from '../../oracle/nearest.ts';
import { rules } from '../../spec/catalogue.ts';
import { updateFields } from '../../spec/eligibility.ts';
import { errors } from '../../spec/errors.ts';
import { masked } from '../../spec/properties.ts';
import { membersOf } from '../../spec/shapes.ts';
import { isOperation, type Operation } from '../../spec/vocabulary.ts';
import { deepest, isDeeperThan } from './event.ts';
import { textOf } from './lines.ts';
import type { Batch, Reader, ReadOptions } from './reader.ts';
import { Unreadable } from './unreadable.ts';

/**
 * AWS CloudTrail: log files ({"Records": […]}), exported event lists ({"Events": […]}, or a list), and one record a
 * line. Parameters begin with a small letter there, secrets are left out, and so is much of what was answered.
 */
export const cloudTrail: Reader = {
  recognizes: (beginning) =>
    /^\s*[[{][\s\S]*"(Records|Events|eventSource|CloudTrailEvent|eventVersion)"/.test(beginning),
  read,
  defaults: { initial: 'unknown', consistency: 'eventual', worldIs: 'changing' },
};

async function* read(path: string, bytes: AsyncIterable<Buffer>, { lenient }: ReadOptions): AsyncGenerator<Batch> {
  yield* batchesOf(recordsIn(path, await textOf(path, bytes)), path, lenient);
}

/** The events of some records, account by account and Region by Region, in the order of time. */
export function batchesOf(records: readonly unknown[], path: string, lenient: boolean): readonly Batch[] {
  const parts = new Map<string, { event: HistoryEvent; time: number }[]>();
  let skipped = 0;
  let ofKms = 0;
  for (const [place, record] of records.entries()) {
    if (!isObject(record)) {
      if (!lenient) throw new Unreadable(`${path}: record ${place + 1} is not a JSON object. --lenient passes it over`);
      skipped += 1;
      continue;
    }
    const { eventSource, eventName, eventTime, eventType } = record;
    if (eventSource === 'kms.amazonaws.com') ofKms += 1;
    const isOurs = eventSource === 'kms.amazonaws.com' && eventType !== 'AwsServiceEvent';
    if (!isOurs || typeof eventName !== 'string' || !isOperation(eventName)) {
      skipped += 1;
      continue;
    }
    const time = typeof eventTime === 'string' ? Date.parse(eventTime) : Number.NaN;
    if (Number.isNaN(time)) {
      if (!lenient) throw new Unreadable(`${path}: record ${place + 1} has no eventTime. --lenient passes it over`);
      skipped += 1;
      continue;
    }
    if (isDeeperThan(record, deepest)) {
      if (!lenient)
        throw new Unreadable(
          `${path}: record ${place + 1} is nested more than ${deepest} levels deep. --lenient passes it over`,
        );
      skipped += 1;
      continue;
    }
    const part = `${accountOf(record)} ${String(record['awsRegion'] ?? 'an unknown Region')}`;
    const event = { ...eventOf(eventName, record), start: time, end: time } as HistoryEvent;
    parts.set(part, [...(parts.get(part) ?? []), { event, time }]);
  }
  if (records.length > 0 && ofKms === 0 && !lenient) {
    throw new Unreadable(
      `${path}: none of its ${records.length} records is from kms.amazonaws.com. Give a trail of AWS KMS; --lenient passes them over`,
    );
  }
  if (parts.size === 0) return [{ part: '', events: [], skipped }];
  return [...parts].map(([part, events], index) => ({
    part,
    events: events.sort((a, b) => a.time - b.time).map(({ event }) => event),
    skipped: index === 0 ? skipped : 0,
  }));
}

/** Every record in a document, whatever form it has. */
export function recordsIn(path: string, text: string): readonly unknown[] {
  const value = jsonIn(text) ?? linesIn(path, text);
  const list = Array.isArray(value)
    ? value
    : isObject(value)
      ? (value['Records'] ?? value['Events'] ?? [value])
      : [value];
  if (!Array.isArray(list)) throw new Unreadable(`${path}: Records is not a list. Is it a CloudTrail log file?`);
  return list.map((entry: unknown) => {
    const inner = isObject(entry) ? entry['CloudTrailEvent'] : undefined;
    return typeof inner === 'string' ? (jsonIn(inner) ?? entry) : entry;
  });
}

function linesIn(path: string, text: string): readonly unknown[] {
  return text.split('\n').flatMap((line, place) => {
    if (line.trim() === '') return [];
    const value = jsonIn(line);
    if (value === undefined) throw new Unreadable(`${path}:${place + 1}: is not JSON. Give a whole CloudTrail file`);
    return [value];
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const accountOf = (record: Json): string => {
  const { recipientAccountId, userIdentity } = record;
  const inIdentity = isObject(userIdentity) ? userIdentity['accountId'] : undefined;
  return String(recipientAccountId ?? inIdentity ?? 'an unknown account');
};

function eventOf(op: Operation, record: Json): object {
  const parameters = isObject(record['requestParameters']) ? record['requestParameters'] : {};
  const outcome = outcomeOf(record);
  const input = withMasks(inputOf(op, parameters, 'ok' in outcome));
  return { op, ...completed(op, input, outcome), ...outcome, partial: true };
}

/** The parameters under the names of the service model. A trail shows some that were not given as empty texts. */
function inputOf(op: Operation, parameters: Json, succeeded: boolean): Json {
  const names = new Map(Object.keys(membersOf(op)).map((name) => [name.toLowerCase(), name]));
  names.set('clusterid', 'CloudHsmClusterId');
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => {
      const known = names.get(name.toLowerCase());
      const isAbsent = value === null || (value === '' && succeeded);
      return known === undefined || isAbsent ? [] : [[known, capitalized(value)]];
    }),
  );
}

/** What a record leaves out is masked where it was there for certain; elsewhere nobody knows what was asked for. */
function completed(
  op: Operation,
  input: Json,
  outcome: Outcome,
): { input: Json; incomplete?: true; withheld?: string[] } {
  if (op === 'CreateCustomKeyStore') {
    // What was refused may have been refused for what the record leaves out.
    if ('error' in outcome && aboutMembers.has(outcome.error)) return { input, incomplete: true };
    if (input['CloudHsmClusterId'] !== undefined) {
      return { input: { TrustAnchorCertificate: masked, KeyStorePassword: masked, ...input } };
    }
    const isWhole = input['XksProxyUriEndpoint'] !== undefined && input['XksProxyConnectivity'] !== undefined;
    return isWhole
      ? { input: { CustomKeyStoreType: 'EXTERNAL_KEY_STORE', ...input, XksProxyAuthenticationCredential: credential } }
      : { input, incomplete: true };
  }
  if (op !== 'UpdateCustomKeyStore') return { input: { ...blobsOf(op), ...input } };
  const isSeen = updateFields.some((field) => input[field] !== undefined);
  return isSeen && 'ok' in outcome ? { input, withheld: ['KeyStorePassword'] } : { input, incomplete: true };
}

/** What a member is refused with that is missing, malformed or too long. */
const aboutMembers: ReadonlySet<string> = new Set(
  (['request/malformed', 'create/too-long', 'create/member-missing'] as const).flatMap((id) => errorNamesOf(rules[id])),
);

const credential = { AccessKeyId: masked, RawSecretAccessKey: masked };

/** Secrets as a history masks them: a trail leaves them out, wholly or in part, or has masks of its own. */
const withMasks = (input: Json): Json => ({
  ...input,
  ...(input['KeyStorePassword'] === undefined ? {} : { KeyStorePassword: masked }),
  ...(input['XksProxyAuthenticationCredential'] === undefined ? {} : { XksProxyAuthenticationCredential: credential }),
});

/** Plaintexts, ciphertexts and key material, which no trail shows. */
const blobsOf = (op: Operation): Json =>
  Object.fromEntries(
    Object.entries(membersOf(op)).flatMap(([name, { type }]) => (type === 'blob' ? [[name, masked]] : [])),
  );

type Outcome = { readonly ok: unknown } | { readonly error: string } | { readonly unknown: string };

function outcomeOf({ errorCode, errorMessage, responseElements }: Json): Outcome {
  if (typeof errorCode !== 'string') return { ok: capitalized(isObject(responseElements) ? responseElements : {}) };
  const name = errorCode === 'AccessDenied' ? 'AccessDeniedException' : errorCode;
  if (!Object.hasOwn(errors, name)) return { unknown: 'an error that the documents do not list' };
  return { error: name, ...(typeof errorMessage === 'string' ? { message: errorMessage } : {}) };
}

/** The members of structures as the service model spells them, however deep. */
function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.charAt(0).toUpperCase() + name.slice(1), capitalized(inner)]),
  );
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
