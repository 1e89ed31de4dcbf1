/** What a request gets. */
export type Answer =
  | { readonly ok: Readonly<Record<string, unknown>> }
  | { readonly error: string; readonly message?: string };
