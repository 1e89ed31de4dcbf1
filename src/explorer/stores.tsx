import { StateBadge } from './parts.tsx';
import type { StoreView } from './possible.ts';
import './stores.css';

interface Props {
  readonly stores: readonly StoreView[];
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
}

/** The stores of the account side by side; the chosen one is what the rest of the page is about. */
export function Stores({ stores, chosen, choose }: Props) {
  return (
    <section aria-labelledby="stores-title" class="stores">
      <h2 id="stores-title" class="hidden">
        Stores
      </h2>
      {stores.length === 0 && <p class="empty">The account has no custom key store. Create one, or drop a history.</p>}
      <ul>
        {stores.map(({ store, state, possible }) => (
          <li key={store.id}>
            <button type="button" class="store" aria-pressed={store.id === chosen} onClick={() => choose(store.id)}>
              <strong>{store.properties.CustomKeyStoreName ?? 'name not seen'}</strong>
              <span class="states">
                {state !== undefined && <StateBadge state={state} />}
                {possible
                  .filter((each) => each !== state)
                  .map((each) => (
                    <StateBadge key={each} state={each} faint />
                  ))}
              </span>
              <span class="type">{store.type}</span>
              <span class="small">
                {store.id}
                {store.keys.length > 0 && `, ${store.keys.length} key${store.keys.length > 1 ? 's' : ''}`}
                {typeof store.connectionErrorCode === 'string' && `, ${store.connectionErrorCode}`}
                {store.disconnectPending && ', disconnection pending'}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
