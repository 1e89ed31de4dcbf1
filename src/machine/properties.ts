import { healthyWorld } from '../spec/facts.ts';
import { type Known, known, type Reading } from '../spec/reading.ts';
import { keys } from './properties/keys.ts';
import { states } from './properties/states.ts';
import { uniqueness } from './properties/uniqueness.ts';
import { updates } from './properties/updates.ts';
import type { Property } from './property.ts';

/** What a property is decided under: nothing is wrong in the world, and the reading answers every question. */
export const knownFor = (reading: Reading): Known => known(reading, healthyWorld);

/** Every claim, by its id. */
export const properties = {
  ...updates,
  ...uniqueness,
  ...states,
  ...keys,
} as const satisfies Record<string, Property>;
export type PropertyId = keyof typeof properties;
