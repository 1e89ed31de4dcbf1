import * as alphabet from '../../../machine/alphabet.ts';
import { connectionStates } from '../../../spec/vocabulary.ts';
import type { Script, ScriptStep } from '../script.ts';
import {
  called,
  connect,
  created,
  describe,
  describeAll,
  disconnect,
  kinds,
  leadingTo,
  ok,
  other,
  remove,
  slug,
  wait,
  worldTo,
} from './common.ts';

/** Another store, which is CONNECTED and stays so, whatever becomes of the first. */
const bystander: readonly ScriptStep[] = [
  created(alphabet.publicStore(alphabet.names[1], alphabet.endpoints[1]), 'other'),
  ok(connect(other)),
  wait('CONNECTED', other),
];

/** From creation to deletion, in every world. */
const whole = kinds.flatMap((kind): readonly Script[] => {
  const steps = [
    ...leadingTo('DISCONNECTED', kind),
    describe(),
    ok(connect()),
    wait('CONNECTED'),
    describeAll,
    ok(disconnect()),
    wait('DISCONNECTED'),
    describeAll,
    ok(remove()),
    describe(),
    describeAll,
  ];
  const says = `An ${called(kind)} is created, connected, disconnected and deleted`;
  return [
    { id: `lifecycle/${kind}`, says: `${says}, beside another store`, steps: [...bystander, ...steps] },
    { id: `lifecycle/${kind}-anywhere`, says: `${says}, in a world of which nothing is known`, steps, world: 'none' },
  ];
});

/** A connection is looked at before anything else is sent: it may end at any time. */
const operations = [
  ['disconnect', [disconnect()], 'DisconnectCustomKeyStore meets'],
  ['connect', [connect(), describe(), describe(), remove()], 'ConnectCustomKeyStore and DeleteCustomKeyStore meet'],
] as const;

/** What the vectors of the whole life show already. */
const inLifecycle: readonly string[] = ['disconnected-connect', 'connected-disconnect'];

/** The operations that a connection state decides, in every state. */
const inStates = (['cloudhsm', 'public'] as const).flatMap((kind) =>
  connectionStates.flatMap((state) =>
    operations
      .filter(([name]) => !inLifecycle.includes(`${slug(state)}-${name}`))
      .map(
        ([name, steps, meet]): Script => ({
          id: `state/${kind}-${slug(state)}-${name}`,
          says: `${meet} an ${called(kind)} that is ${state}`,
          steps: [...leadingTo(state, kind), ...steps, describe(), describe()],
          ...worldTo(state, kind),
        }),
      ),
  ),
);

/** What an attempt leaves behind, and what the next one does to it. */
const again = (['cloudhsm', 'public'] as const).flatMap((kind): readonly Script[] => [
  {
    id: `again/${kind}-after-failure`,
    says: `An ${called(kind)} that FAILED is disconnected, deleted and not found`,
    steps: [
      ...leadingTo('FAILED', kind),
      connect(),
      ok(disconnect()),
      wait('DISCONNECTED'),
      describe(),
      ok(connect()),
      wait('FAILED'),
      ok(disconnect()),
      wait('DISCONNECTED'),
      ok(remove()),
      describe(),
    ],
    ...worldTo('FAILED', kind),
  },
  {
    id: `again/${kind}-while-connecting`,
    says: `An ${called(kind)} is disconnected while it connects, and connects again`,
    steps: [
      ...leadingTo('CONNECTING', kind),
      ok(disconnect()),
      wait('DISCONNECTED'),
      ok(connect()),
      wait('CONNECTED'),
      describe(),
    ],
  },
  {
    id: `again/${kind}-failing-while-disconnecting`,
    says: `An ${called(kind)} that cannot connect is disconnected while it tries`,
    steps: [...leadingTo('CONNECTING', kind), ok(disconnect()), wait('DISCONNECTED'), describe()],
    ...worldTo('FAILED', kind),
  },
]);

export const lifecycle: readonly Script[] = [...whole, ...inStates, ...again];
