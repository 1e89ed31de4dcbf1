// Decisions of the specification beside XState's bare transition(), on the same events, in one run.
import { transition } from 'xstate';
import { customKeyStoreMachine, healthyWorld, known, outcomesOf } from '../dist/index.js';

const id = 'cks-1';
const store = {
  id,
  type: 'EXTERNAL_KEY_STORE',
  connectionState: 'CONNECTED',
  keys: [],
  properties: {
    CustomKeyStoreName: 'alpha',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: 'https://one.example',
    XksProxyUriPath: '/kms/xks/v1',
    AccessKeyId: 'A'.repeat(20),
    secretMark: 1,
  },
};
const requests = [
  { op: 'DescribeCustomKeyStores', input: { CustomKeyStoreId: id } },
  { op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: id, NewCustomKeyStoreName: 'beta' } },
  { op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: id, XksProxyUriEndpoint: 'https://two.example' } },
  { op: 'DisconnectCustomKeyStore', input: { CustomKeyStoreId: id } },
  { op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: id } },
];

const is = known({ edition: '2022-11', answers: {} }, healthyWorld);
const snapshot = customKeyStoreMachine.resolveState({
  value: 'CONNECTED',
  context: { store, reading: { edition: '2022-11', answers: {} } },
});
const decide = rate((request) => outcomesOf({ stores: [store] }, request, is, 'new'));
const walk = rate(({ op, input }) => transition(customKeyStoreMachine, snapshot, { type: op, input }));

console.log(`the specification: ${Math.round(decide)} decisions a second`);
console.log(`XState's transition(): ${Math.round(walk)} a second (it asks the same rules)`);
console.log(`ratio: ${(decide / walk).toFixed(1)}`);

/** How often a second, over about a second, after a warm-up. */
function rate(act) {
  for (let i = 0; i < 2000; i++) act(requests[i % requests.length]);
  const begin = performance.now();
  let count = 0;
  while (performance.now() - begin < 1000) for (const request of requests) act(request) && count++;
  return (count * 1000) / (performance.now() - begin);
}
