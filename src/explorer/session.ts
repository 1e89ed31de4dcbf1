import worldSchema from '../../schemas/world.schema.json' with { type: 'json' };
import type { HistoryEvent } from '../oracle/history.ts';
import type { ExplorerState, Judging } from '../render/explorer-state.ts';
import { defaultEdition } from '../spec/editions.ts';
import { unknownWorld } from '../spec/facts.ts';
import { choicesOf, questionIds } from '../spec/questions.ts';
import type { Answers, Reading } from '../spec/reading.ts';
import { type Schema, wrongIn } from '../spec/schema.ts';
import { type Edition, editions } from '../spec/vocabulary.ts';
import { type WorldFile, worldOf } from '../spec/world.ts';
import { isEvent } from '../suite/history-lines.ts';
import { withoutSecrets } from '../suite/masked.ts';
import { eventOf } from './answers.ts';
import { Judged } from './judged.ts';
import { creationsFor } from './requests.ts';

/** The state of the page, with everything filled in. */
export interface Session {
  readonly history: readonly HistoryEvent[];
  readonly at: number;
  readonly edition: Edition;
  readonly answers: Answers;
  readonly compare: Edition;
  readonly initial: 'empty' | 'unknown';
  readonly store: string | undefined;
  /** What is still chosen by what judging finds, as nobody has chosen it: it takes longer than one waits. */
  readonly seeking?: 'step' | 'edition and step' | undefined;
  /** How else the history is judged, where that is not as usual. */
  readonly judging: Omit<Judging, 'initial'>;
}

export const readingOf = ({ edition, answers }: Session): Reading => ({ edition, answers });

/** What the session is compared with: another edition, without answers. */
export const comparedTo = ({ compare }: Session): Reading => ({ edition: compare, answers: {} });

type ToJudge = Pick<Session, 'history' | 'initial' | 'judging'>;

const judges = new Map<string, Judged>();

/** The history of a session, judged under a reading. */
export function judgedBy({ history, initial, judging }: ToJudge, reading: Reading): Judged {
  const key = JSON.stringify([reading, initial, judging]);
  const { world = {}, ...how } = judging;
  const judged = judges.get(key) ?? new Judged({ ...reading, ...how, initial, world: worldOf(world, unknownWorld) });
  if (judges.size > 40) judges.clear();
  judges.set(key, judged);
  return judged.of(history);
}

/** A state that may come from anywhere. */
type Unchecked = Partial<Record<keyof ExplorerState, unknown>>;

/** The state that an address or a file has to hold, for the page to show this again. */
export const stateOf = ({ judging, seeking, ...session }: Session): ExplorerState => ({ ...session, ...judging });

/** A session from a state that may come from anywhere: what does not fit is left out. */
export function sessionFrom(state: Unchecked): Session {
  const history = Array.isArray(state.history) ? withoutSecrets(state.history.filter(isEvent)) : [];
  const answers = answersIn(state.answers);
  const initial = state.initial === 'unknown' ? 'unknown' : 'empty';
  const judging = judgingIn(state);
  const toJudge: ToJudge = { history, initial, judging };
  const edition = editions.find((each) => each === state.edition);
  const seeking = edition === undefined ? 'edition and step' : 'step';
  const chosen = edition ?? bestEdition(toJudge, answers);
  return {
    ...toJudge,
    ...(state.at === undefined
      ? firstOfInterest(toJudge, { edition: chosen, answers }, seeking)
      : { at: placeIn(history, state.at) }),
    answers,
    edition: chosen,
    compare: editions.find((each) => each === state.compare) ?? defaultEdition,
    store: typeof state.store === 'string' ? state.store : undefined,
  };
}

/** A session that shows a history: at its first violation, if it has one. */
export function sessionOf(history: readonly HistoryEvent[], session: Session): Session {
  const opened = { ...session, history };
  const edition = bestEdition(opened, session.answers);
  const reading = { edition, answers: session.answers };
  return { ...opened, edition, ...firstOfInterest(opened, reading, 'edition and step'), store: undefined };
}

/** What a session that is still seeking shows when everything is judged. */
export function found(session: Session): Partial<Session> {
  const { answers, seeking } = session;
  const edition = seeking === 'step' ? session.edition : bestEdition(session, answers);
  return { edition, ...firstOfInterest(session, { edition, answers }, 'step'), seeking: undefined };
}

/** The step of the first violation, or the beginning; still to be found if it is not with some patience. */
function firstOfInterest(
  toJudge: ToJudge,
  reading: Reading,
  seeking: NonNullable<Session['seeking']>,
): Pick<Session, 'at' | 'seeking'> {
  const judged = judgedBy(toJudge, reading);
  const done = judged.advance(performance.now() + patience);
  if (judged.firstViolation !== undefined) return { at: judged.firstViolation + 1, seeking: undefined };
  return { at: 0, seeking: done ? undefined : seeking };
}
const patience = 1500;

/** Milliseconds for each edition, before anything shows. */
const haste = 150;

/** The edition that allows the longest beginning of a history, as far as can be told at once; of several the first. */
function bestEdition(toJudge: ToJudge, answers: Answers): Edition {
  if (toJudge.history.length === 0) return defaultEdition;
  const ranked = editions.map((edition) => {
    const judged = judgedBy(toJudge, { edition, answers });
    judged.advance(performance.now() + haste);
    return { edition, good: judged.firstViolation ?? Number.POSITIVE_INFINITY };
  });
  const most = Math.max(...ranked.map(({ good }) => good));
  return ranked.find(({ good }) => good === most)?.edition ?? defaultEdition;
}

/** What the page shows first: an account with a store of either type. */
export function welcome(): Session {
  let session = sessionFrom({});
  for (const [index, { request }] of creationsFor(1).slice(0, 2).entries()) {
    const oracle = judgedBy(session, readingOf(session)).after(index);
    const history = [...session.history, eventOf(request, 'ok', oracle, readingOf(session))];
    session = { ...session, history, at: index + 1 };
  }
  return session;
}

const placeIn = (history: readonly HistoryEvent[], at: unknown): number =>
  Number.isInteger(at) ? Math.max(0, Math.min(at as number, history.length)) : 0;

/** How the history is to be judged, as far as it fits. */
function judgingIn({ world, worldIs, consistency, staleness, strict }: Unchecked): Session['judging'] {
  const hasWorld = world !== undefined && wrongIn(worldSchema as Schema, world) === undefined;
  return {
    ...(hasWorld && Object.keys(world as object).length > 0 && { world: world as WorldFile }),
    ...(worldIs === 'changing' && { worldIs }),
    ...(consistency === 'eventual' && { consistency }),
    ...(Number.isInteger(staleness) && (staleness as number) >= 0 && { staleness: staleness as number }),
    ...(strict === true && { strict }),
  };
}

function answersIn(value: unknown): Answers {
  if (typeof value !== 'object' || value === null) return {};
  const given = Object.entries(value).filter(([question, choice]) => {
    const id = questionIds.find((each) => each === question);
    return id !== undefined && choicesOf(id).includes(String(choice));
  });
  return Object.fromEntries(given) as Answers;
}

/** The step of the next violation that is known yet; from the beginning again after the last. */
export function nextViolation(session: Session): number | undefined {
  const judged = judgedBy(session, readingOf(session));
  const places = judged.observations.flatMap(({ verdict }, index) => (verdict === 'violates' ? [index + 1] : []));
  return places.find((place) => place > session.at) ?? places[0];
}
