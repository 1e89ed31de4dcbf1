import { useState } from 'preact/hooks';
import type { KeyOperation } from '../spec/vocabulary.ts';
import {
  cryptographicOperations,
  keyStateOperations,
  type Operation,
  storeOperations,
  unsupportedKeyOperations,
} from '../spec/vocabulary.ts';
import { Ask, type Asking } from './ask.tsx';
import { Hidden } from './hidden.tsx';
import { Card } from './parts.tsx';
import type { StoreView } from './possible.ts';
import { creationsFor, requestAbout } from './requests.ts';

const aboutStore: readonly Operation[] = [
  ...storeOperations.filter((op) => op !== 'CreateCustomKeyStore' && op !== 'UpdateCustomKeyStore'),
  'CreateKey',
  'GenerateRandom',
];
const aboutKey: Readonly<Record<string, readonly KeyOperation[]>> = {
  'Look after a key': keyStateOperations,
  'Use a key': cryptographicOperations,
  'Never supported here': unsupportedKeyOperations,
};

/** Every operation as a button. */
export function Operations({ view, ...asking }: Asking & { readonly view: StoreView | undefined }) {
  const { session } = asking;
  const number = session.history.slice(0, session.at).filter(({ op }) => op === 'CreateCustomKeyStore').length + 1;
  const keys = view?.store.keys ?? [];
  const [chosen, setChosen] = useState<string>();
  const key = keys.find(({ id }) => id === chosen) ?? keys.at(-1);
  return (
    <Card title="Operations" note="Press to ask. Beside it: what may come of it.">
      {view !== undefined && (
        <>
          <Hidden view={view} {...asking} />
          <h3>
            On <code>{view.store.properties.CustomKeyStoreName ?? view.store.id}</code>
          </h3>
          <ul class="asks">
            {aboutStore.map((op) => (
              <Ask key={op} request={requestAbout(op, view.store, undefined, session.edition)} {...asking} />
            ))}
          </ul>
        </>
      )}
      <h3>Create a store</h3>
      <ul class="asks">
        {creationsFor(number).map(({ title, request }) => (
          <Ask key={title} title={title} request={request} {...asking} />
        ))}
      </ul>
      {view !== undefined && key !== undefined && (
        <>
          <h3>
            On the key{' '}
            <select aria-label="Key" value={key.id} onChange={(event) => setChosen(event.currentTarget.value)}>
              {keys.map(({ id, state }) => (
                <option key={id} value={id}>
                  {id} ({state})
                </option>
              ))}
            </select>
          </h3>
          {Object.entries(aboutKey).map(([title, ops]) => (
            <Group key={title} title={title} initially={ops === keyStateOperations}>
              <ul class="asks">
                {ops.map((op) => (
                  <Ask key={op} request={requestAbout(op, view.store, key.id, session.edition)} {...asking} />
                ))}
              </ul>
            </Group>
          ))}
        </>
      )}
      {view !== undefined && key === undefined && (
        <p class="empty">The store holds no keys. CreateKey makes one while it is CONNECTED.</p>
      )}
    </Card>
  );
}

/** Operations that are worked out only when somebody looks. */
function Group({ title, initially, children }: { title: string; initially: boolean; children: preact.JSX.Element }) {
  const [open, setOpen] = useState(initially);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && children}
    </details>
  );
}
