import type { Request } from '../spec/inputs.ts';
import { bareKeyId } from '../spec/key-id.ts';
import { given } from '../spec/properties.ts';
import { type HistoryEvent, isPhantom, isUnanswered, type Output } from './history.ts';
import { isStoreId } from './match.ts';

/** The one store that an event, or a request, is about, if it is a step of that store alone. */
export function storeOf(
  event: HistoryEvent | Request,
  owners: ReadonlyMap<string, string> | undefined,
): string | undefined {
  if (isAnswered(event) && !isWhole(event)) return undefined;
  const { CustomKeyStoreId: id, KeyId: key } = event.input as { CustomKeyStoreId?: unknown; KeyId?: unknown };
  switch (event.op) {
    case 'CreateCustomKeyStore':
    case 'ReEncrypt':
      return undefined;
    case 'DescribeCustomKeyStores':
      return typeof id === 'string' && isAnswered(event) && showsOnly(event, id) ? id : undefined;
    default:
      if (typeof id === 'string') return key === undefined ? id : undefined;
      return typeof key === 'string' ? owners?.get(bareKeyId(key)) : undefined;
  }
}

/** A list of all stores, as one list of each alone; nothing, if it is none, or not whole. */
export function listsOfOne(event: HistoryEvent): readonly HistoryEvent[] | undefined {
  if (event.op !== 'DescribeCustomKeyStores' || !('ok' in event) || !isWhole(event)) return undefined;
  for (const member of Object.values(event.input)) if (given(member)) return undefined;
  const { CustomKeyStores: list, Truncated, NextMarker } = event.ok;
  if (!Array.isArray(list) || given(NextMarker) || (Truncated !== undefined && Truncated !== false)) return undefined;
  const { op, status } = event;
  return (list as readonly (Output | null)[]).map((entry) => {
    const ok = { CustomKeyStores: [entry] };
    const input = { CustomKeyStoreId: entry?.['CustomKeyStoreId'] };
    return (status === undefined ? { op, input, ok } : { op, input, ok, status }) as HistoryEvent;
  });
}

/** The ID of the store that an event shows to have been created, if it shows all of it. */
export function createdBy(event: HistoryEvent): string | undefined {
  if (event.op !== 'CreateCustomKeyStore' || !('ok' in event) || !isWhole(event)) return undefined;
  const { CustomKeyStoreId: id } = event.ok;
  return typeof id === 'string' && isStoreId(id) && !isPhantom(id) ? id : undefined;
}

const isAnswered = (event: HistoryEvent | Request): event is HistoryEvent =>
  'ok' in event || 'error' in event || 'unknown' in event;

/** Is it known what was asked for, and what came of it? */
const isWhole = (event: HistoryEvent): boolean =>
  !(event.incomplete || event.partial || event.withheld !== undefined || isUnanswered(event));

/** The ID of the key that an event shows to have been created. */
export function keyMadeBy(event: HistoryEvent): string | undefined {
  if (event.op !== 'CreateKey' || !('ok' in event)) return undefined;
  const { KeyId } = (event.ok['KeyMetadata'] ?? {}) as { readonly KeyId?: unknown };
  return typeof KeyId === 'string' ? KeyId : undefined;
}

function showsOnly(event: HistoryEvent, id: string): boolean {
  const { Limit, Marker, CustomKeyStoreName } = event.input as Output;
  if (given(Limit) || given(Marker) || given(CustomKeyStoreName) || !('ok' in event)) return false;
  const list: unknown = event.ok['CustomKeyStores'];
  return Array.isArray(list) && list.length === 1 && list[0]?.CustomKeyStoreId === id;
}
