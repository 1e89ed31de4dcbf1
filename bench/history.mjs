// Histories to measure with: what the reference endpoint answers to many requests about several stores.
import { createHash } from 'node:crypto';
import { createRequests, requestsAbout } from '../dist/machine/alphabet.js';
import { ReferenceService } from '../dist/wire/reference-service.js';

/**
 * `count` events about `stores` stores that are created, connected, updated, used, disconnected and deleted, again and
 * again under new IDs and names, polled in between, with a share of requests that are refused. The same for the same
 * arguments.
 */
export function historyOf(count, stores) {
  const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
  const random = numbers(`${count} ${stores}`);
  const slots = Array.from({ length: stores }, () => ({ id: undefined, key: undefined }));
  const events = [];
  const ask = (op, input) => {
    const event = { op, input, ...service.answer({ op, input }) };
    events.push(event);
    return event;
  };
  while (events.length < count) {
    const place = random(stores);
    const slot = slots[place];
    const input = { CustomKeyStoreId: slot.id };
    const pick = random(100);
    if (slot.id === undefined) {
      slot.name = `store-${place}-${events.length}`;
      slot.id = ask('CreateCustomKeyStore', creation(place, slot.name)).ok?.CustomKeyStoreId;
    } else if (pick < 35) ask('DescribeCustomKeyStores', input);
    else if (pick < 50) ask('ConnectCustomKeyStore', input);
    else if (pick < 60) ask('DisconnectCustomKeyStore', input);
    else if (pick < 72) ask('UpdateCustomKeyStore', { ...input, ...update(place, slot.name, random(4)) });
    else if (pick < 75) {
      if ('ok' in ask('DeleteCustomKeyStore', input)) slots[place] = {};
    } else if (pick < 78)
      slot.key ??= ask('CreateKey', { ...input, Origin: origin(place), ...external(place) }).ok?.KeyMetadata.KeyId;
    else if (slot.key === undefined) ask('DescribeCustomKeyStores', input);
    else if (pick < 88) ask('DescribeKey', { KeyId: slot.key });
    else if (pick < 96) ask('GenerateDataKey', { KeyId: slot.key, KeySpec: 'AES_256' });
    else if (pick < 98) ask('ScheduleKeyDeletion', { KeyId: slot.key, PendingWindowInDays: 7 });
    else ask('CancelKeyDeletion', { KeyId: slot.key });
  }
  return events;
}

/**
 * The same of everything that there is to ask, right and wrong, in any order, of stores that share a few names, clusters
 * and endpoints: as a suite of tests asks, and hardly ever twice the same.
 */
export function mixedHistoryOf(count) {
  const service = new ReferenceService({ reading: { edition: '2022-11', answers: {} } });
  const random = numbers(`mixed ${count}`);
  const events = [];
  while (events.length < count) {
    const { stores } = service.account;
    const store = stores[random(stores.length + 1)];
    const among =
      store === undefined ? createRequests : requestsAbout(store.id, store.type, store.keys[0]?.id ?? 'none');
    const request = random(12) === 0 ? { op: 'DescribeCustomKeyStores', input: {} } : among[random(among.length)];
    events.push({ ...request, ...service.answer(request) });
  }
  return events;
}

const isExternal = (place) => place % 2 === 1;
const origin = (place) => (isExternal(place) ? 'EXTERNAL_KEY_STORE' : 'AWS_CLOUDHSM');
const external = (place) => (isExternal(place) ? { XksKeyId: `key-${place}` } : {});
const credential = (letter) => ({
  AccessKeyId: letter.repeat(20),
  RawSecretAccessKey: letter.toLowerCase().repeat(43),
});

function creation(place, name) {
  if (!isExternal(place)) {
    return {
      CustomKeyStoreName: name,
      CloudHsmClusterId: `cluster-${String.fromCharCode(97 + place).repeat(11)}`,
      TrustAnchorCertificate: 'customerCA.crt',
      KeyStorePassword: 'password1',
    };
  }
  return {
    CustomKeyStoreName: name,
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: `https://proxy-${place}.example`,
    XksProxyUriPath: '/kms/xks/v1',
    XksProxyAuthenticationCredential: credential('A'),
  };
}

function update(place, name, which) {
  if (!isExternal(place))
    return which < 2
      ? { KeyStorePassword: `password${which + 1}` }
      : { NewCustomKeyStoreName: `${name}${which === 2 ? '' : '-b'}` };
  if (which === 0) return { XksProxyAuthenticationCredential: credential('B') };
  if (which === 1) return { XksProxyUriPath: '/b/kms/xks/v1' };
  return { NewCustomKeyStoreName: `${name}${which === 2 ? '' : '-b'}` };
}

/** Numbers below a bound, the same for the same seed. */
function numbers(seed) {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
