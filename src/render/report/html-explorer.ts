import { around, type ExplorerState, scriptJson, stateJson } from '../explorer-state.ts';
import { escaped } from './html-text.ts';

/** The page of the explorer, and what it shows of each violation, by fingerprint. */
export interface Explorers {
  readonly page: string;
  readonly states: ReadonlyMap<string, ExplorerState>;
}

/** Where the explorer opens, at the failing step, once somebody wants to see it. */
export const explorerFrame = (state: ExplorerState | undefined, title: string): string =>
  state === undefined
    ? ''
    : `<details class="explorer"><summary>Step through it in the explorer</summary>
<script type="application/json">${stateJson(state)}</script>
<iframe title="${escaped(`The explorer: ${title}`)}"></iframe>
</details>`;

/** The page of the explorer, once for all frames, and what puts it into one. */
export const explorerScript = (page: string): string => `<script type="application/json" id="explorer">${scriptJson(
  around(page),
)}</script>
<script>
for (const details of document.querySelectorAll('details.explorer')) {
  details.addEventListener('toggle', () => {
    const frame = details.querySelector('iframe');
    if (!details.open || frame.srcdoc !== '') return;
    const [before, after] = JSON.parse(document.getElementById('explorer').textContent);
    frame.srcdoc = before + details.querySelector('script').textContent + after;
  });
}
</script>`;
