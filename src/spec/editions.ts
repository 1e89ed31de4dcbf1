import type { Source } from './source.ts';
import { type Edition, editions } from './vocabulary.ts';

/** What a dated state of AWS's documents says differently from the one before. */
interface EditionNotes {
  readonly says: string;
  /** The versions of the JavaScript SDK that carry the wording; they order the changes better than dates do. */
  readonly versions: string;
  readonly changes: readonly Source[];
}

export const editionNotes = {
  '2022-11': {
    says: 'The text of the source document: an AWS CloudHSM key store has to be DISCONNECTED to change at all.',
    versions: 'up to 3.920.0',
    changes: [],
  },
  '2025-10': {
    says: 'A VPC endpoint service may belong to another account: XksProxyVpcEndpointServiceOwner.',
    versions: '3.921.0 to 3.1037.0',
    changes: [
      { page: 'BISECT', says: 'XksProxyVpcEndpointServiceOwner appears in Create, Update and Describe' },
      { page: 'SMITHY', says: 'names of endpoint services may begin with eu as well as com (between two models)' },
      { page: 'G:resource-limits', says: 'the quota of ten stores can be raised' },
    ],
  },
  '2026-04': {
    says: 'A CONNECTED AWS CloudHSM key store may be renamed.',
    versions: 'from 3.1038.0',
    changes: [
      { page: 'BISECT', says: 'operation, parameter and exception now let a CONNECTED store change its name' },
      {
        page: 'G:create-xks-keystore',
        says: 'proxies that insist on mutual TLS: not for new stores from 16 March 2026, not at all from 15 June 2026; a matter of the day rather than of the edition, so a world declares the fault TLS_FAILURE',
      },
    ],
  },
} as const satisfies Record<Edition, EditionNotes>;

/** The edition of the source document: the default of everything that does not ask for `any`. */
export const defaultEdition = editions[0];

/** Is the edition this one, or a later one? */
export const since = (edition: Edition, from: Edition): boolean => editions.indexOf(edition) >= editions.indexOf(from);
