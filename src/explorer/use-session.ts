import { useCallback, useEffect, useState } from 'preact/hooks';
import { hashOf, partsOf } from '../render/explorer-state.ts';
import { type Session, sessionFrom, stateOf } from './session.ts';

/** How a change is kept: `do` can be taken back with the browser's back button, `look` cannot. */
export type Change = (next: Partial<Session>, kind?: 'do' | 'look') => void;

/** The session, kept in the address of the page. */
export function useSession(opening: Session, told: (problem: string) => void) {
  const [session, setSession] = useState(opening);
  const change: Change = useCallback((next, kind = 'look') => {
    setSession((before) => {
      const after = { ...before, seeking: undefined, ...next };
      keep(after, kind);
      return after;
    });
  }, []);
  useEffect(() => {
    const read = async () => {
      if (location.hash.length < 2) return setSession(opening);
      try {
        const read = sessionFrom(await partsOf(location.hash));
        setSession(read);
        keep(read, 'look'); // without the secrets that somebody may have put there
      } catch {
        told('The link is damaged: its history cannot be read. Ask for the whole link, or for the file.');
      }
    };
    if (location.hash.length > 1) void read();
    addEventListener('popstate', read);
    return () => removeEventListener('popstate', read);
  }, []);
  return [session, change] as const;
}

let latest = 0;

/** Writes the session into the address; only the last of several changes in a row counts. */
async function keep(session: Session, kind: 'do' | 'look'): Promise<void> {
  const mine = ++latest;
  if (isFramed) return;
  if (kind === 'do') history.pushState(null, '', location.hash || '#');
  const hash = await hashOf(stateOf(session));
  if (mine === latest) history.replaceState(null, '', `#${hash}`);
}

/** A page inside another has no address of its own. */
const isFramed = location.protocol === 'about:';
