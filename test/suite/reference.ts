import type { Request } from '../../src/spec/inputs.ts';
import { ReferenceService, type ServiceOptions } from '../../src/wire/reference-service.ts';

/** The reference service with everything that an implementation may offer. */
export function reference(options: Omit<ServiceOptions, 'reading'>) {
  const reading = { edition: '2022-11', answers: {} } as const;
  const fresh = () =>
    [
      new ReferenceService({ reading, ...options }),
      new ReferenceService({ reading, ...options, failConnect: 'INTERNAL_ERROR' }),
    ] as const;
  let [service, failing] = fresh();
  return {
    /** Both hear everything, and one of them is listened to. */
    send: async (request: Request) => {
      const answers = [service.answer(request), failing.answer(request)] as const;
      return answers[0];
    },
    reset: () => {
      [service, failing] = fresh();
    },
    failNextConnection: () => {
      [service, failing] = [failing, service];
    },
  };
}
