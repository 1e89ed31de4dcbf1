/** The user asked for something that cannot be: the message is one line that names the thing, the place, the way out. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
