/** Something that cannot be read: one line that names what, where, and the way out. It never quotes a value. */
export class Unreadable extends Error {}
