import { UsageError } from '../usage-error.ts';

/** Where an endpoint may be: on this machine, unless more is allowed. */
export interface Allowed {
  readonly allowRemote?: true;
  readonly allowRealAws?: true;
}

/** The URL, if it may be driven; otherwise one line says why not. */
export function permitted(url: string, { allowRemote, allowRealAws }: Allowed): URL {
  const parsed = parseUrl(url);
  const { hostname } = parsed;
  if (isAws(hostname) && !allowRealAws) {
    throw new UsageError(
      `${hostname} is AWS itself: check creates and deletes custom key stores there. Add --allow-real-aws if you mean it`,
    );
  }
  if (!isLoopback(hostname) && !(allowRemote || allowRealAws)) {
    throw new UsageError(
      `${hostname} is not this machine: check creates and deletes custom key stores there. Add --allow-remote if you mean it`,
    );
  }
  return parsed;
}

const isAws = (hostname: string): boolean =>
  /(^|\.)(amazonaws\.com(\.cn)?|amazonaws\.eu|aws\.dev|api\.aws)\.?$/i.test(hostname);

export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);

function parseUrl(url: string): URL {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === 'http:' || parsed.protocol === 'https:') return parsed;
  } catch {
    // told below
  }
  throw new UsageError(
    `${JSON.stringify(url.slice(0, 100))} is not an http or https URL. For example http://localhost:4566`,
  );
}
