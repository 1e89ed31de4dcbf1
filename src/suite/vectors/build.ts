import { Sealed } from '../../oracle/sealed.ts';
import type { RuleId } from '../../spec/catalogue.ts';
import type { Request } from '../../spec/inputs.ts';
import { keyIdsOf } from '../../spec/key-id.ts';
import { emptyAccount } from '../../spec/model.ts';
import type { ConnectionState, Edition } from '../../spec/vocabulary.ts';
import type { WorldFile } from '../../spec/world.ts';
import { type Branch, branchesOf, type Item, keyOf, type Setting, settingOf, settled } from './belief.ts';
import type { Allowed, AllowedErrors, AllowedSuccess, Pattern, Step, Vector } from './format.ts';
import { gathered } from './patterns.ts';
import { kept, namesIn, type Script, type ScriptStep } from './script.ts';
import { needOf, withoutFamilies, worldFor } from './world.ts';

/** From this many steps on, a vector ends on the branches that are left. */
const mostSteps = 120;

/** What a step rests on; for whoever measures what vectors cover. */
export interface Look {
  readonly request: Request;
  readonly items: readonly Item[];
  readonly setting: Setting;
}

/** What the specification makes of a script in one edition. */
export type Built = Omit<Vector, 'editions'>;

/** Works out every outcome of a script that an edition allows, with all that is left open left open. */
export function build(script: Script, edition: Edition, look: (look: Look) => void = () => {}): Built {
  const world = worldFor(script);
  const builder = builderFor(script, edition, world, look);
  const steps = builder.steps as readonly Step[];
  const rules = steps.flatMap(({ allow }) => allow.flatMap((allowed) => ('error' in allowed ? allowed.rules : [])));
  return {
    id: script.id,
    says: script.says,
    needs: needOf(
      world,
      () => stepsOf(script, edition, withoutFamilies(world)) === JSON.stringify([steps, builder.shows]),
    ),
    ...(world === undefined ? {} : { world }),
    ...(script.assumes === undefined ? {} : { assumes: script.assumes }),
    rules: [...new Set(rules)].sort(),
    questions: [...builder.touched].sort(),
    shows: builder.shows,
    steps,
  };
}

/** An allowed outcome with its patterns spelled out. */
type Spelled = AllowedErrors | (Omit<AllowedSuccess, 'ok'> & { readonly ok: readonly Pattern[] });

function builderFor(
  script: Script,
  edition: Edition,
  world: WorldFile | undefined,
  look: (look: Look) => void,
): Builder {
  const builder = new Builder(script, settingOf(edition, script.assumes ?? {}, world), look);
  builder.at(0, [{ account: emptyAccount, chosen: {} }], []);
  return builder;
}

/** The steps, with what shows in them. */
function stepsOf(script: Script, edition: Edition, world: WorldFile | undefined): string {
  const { steps, shows } = builderFor(script, edition, world, () => {});
  return JSON.stringify([steps, shows]);
}

class Builder {
  readonly steps: (Step | undefined)[] = [];
  readonly touched = new Set<string>();
  readonly shows: Pattern[] = [];
  readonly #places = new Map<string, number>();
  readonly #script: Script;
  readonly #setting: Setting;
  readonly #look: (look: Look) => void;
  readonly #sealed: Sealed;

  constructor(script: Script, setting: Setting, look: (look: Look) => void) {
    this.#script = script;
    this.#sealed = new Sealed(script.steps.flatMap(ciphertextsOf));
    this.#setting = setting;
    this.#look = look;
  }

  /** The step that sends the request at this place of the script, when this is possible; none if the vector ends. */
  at(place: number, possible: readonly Item[], names: readonly string[]): number | undefined {
    const scripted = this.#script.steps[place];
    if (scripted === undefined || namesIn(scripted.request.input).some((name) => !names.includes(name))) {
      return undefined;
    }
    const items = settled(possible, this.#setting);
    const key = JSON.stringify([place, names, items.map(keyOf).sort()]);
    const found = this.#places.get(key);
    if (found !== undefined) return found;
    if (this.steps.length >= mostSteps) return undefined;
    const index = this.steps.push(undefined) - 1;
    this.#places.set(key, index);
    this.steps[index] = this.#step(place, scripted, items, names);
    return index;
  }

  #step(place: number, scripted: ScriptStep, items: readonly Item[], names: readonly string[]): Step {
    const { request: asked, keep } = scripted;
    const request = this.#sealed.named(asked);
    this.#look({ request, items, setting: this.#setting });
    const fresh = kept(keep ?? 'unkept');
    const branches = branchesOf(items, request, this.#setting, fresh, this.touched);
    const allowed = branches.map((branch): Spelled => {
      const keeps = keptIn(scripted, branch);
      const more = [...names, ...Object.keys(keeps)];
      const next = this.#next(place, scripted, branch, more);
      const leading = next === undefined ? {} : { next };
      if (branch.ok === undefined) return { error: [branch.error as never], rules: branch.rules, ...leading };
      const keeping = Object.keys(keeps).length === 0 ? {} : { keep: keeps };
      return { ok: branch.ok, ...keeping, ...leading };
    });
    const allow = compact(allowed).map((each): Allowed => {
      if ('error' in each) return each;
      const { ok, ...rest } = each;
      return { ok: ok.map((pattern) => this.#placeOf(pattern)), ...rest };
    });
    return { op: asked.op, input: asked.input as Step['input'], allow };
  }

  #placeOf(pattern: Pattern): number {
    const text = JSON.stringify(pattern);
    const found = this.shows.findIndex((each) => JSON.stringify(each) === text);
    return found >= 0 ? found : this.shows.push(pattern) - 1;
  }

  #next(
    place: number,
    { request, onlyAfter, until }: ScriptStep,
    branch: Branch,
    names: readonly string[],
  ): number | undefined {
    const isOk = branch.ok !== undefined;
    if (until !== undefined) {
      if (!isOk) return undefined;
      const { CustomKeyStoreId: id } = request.input as { readonly CustomKeyStoreId?: string };
      if (isIn(branch.items, id, until)) return this.at(place + 1, branch.items, names);
      return settled(branch.items, this.#setting).some((item) => isIn([item], id, until))
        ? this.at(place, branch.items, names)
        : undefined;
    }
    if (onlyAfter !== undefined && (onlyAfter === 'ok') !== isOk) return undefined;
    return this.at(place + 1, branch.items, names);
  }
}

/** The ciphertexts that a step keeps, each with its key. */
const ciphertextsOf = ({ request, keepToo = {} }: ScriptStep): readonly (readonly [string, string | undefined])[] =>
  Object.entries(keepToo).flatMap(([name, member]) =>
    member === 'CiphertextBlob' ? [[kept(name), keyIdsOf(request.input).at(-1)] as const] : [],
  );

/** What is kept of the answer that a branch stands for. */
function keptIn({ request: { op }, keep, keepToo }: ScriptStep, branch: Branch): Readonly<Record<string, string>> {
  if (branch.ok === undefined) return {};
  const id = op === 'CreateKey' ? 'KeyMetadata.KeyId' : 'CustomKeyStoreId';
  return { ...(keep !== undefined && branch.isNew ? { [keep]: id } : {}), ...keepToo };
}

const isIn = (items: readonly Item[], id: string | undefined, states: readonly ConnectionState[]): boolean =>
  items.every(({ account }) =>
    account.stores.some((store) => store.id === id && states.includes(store.connectionState)),
  );

/** Outcomes that lead to the same step, as one. */
function compact(allowed: readonly Spelled[]): readonly Spelled[] {
  const groups = new Map<string, Spelled>();
  for (const each of allowed) {
    const isError = 'error' in each;
    const key = JSON.stringify([each.next, isError ? [...each.rules].sort() : (each.keep ?? {}), isError]);
    const same = groups.get(key);
    if (same === undefined) groups.set(key, each);
    else if ('error' in same && 'error' in each) groups.set(key, { ...same, error: [...same.error, ...each.error] });
    else if ('ok' in same && 'ok' in each) groups.set(key, { ...same, ok: [...same.ok, ...each.ok] });
  }
  return [...groups.values()].map((each) => {
    if ('error' in each) return { ...each, rules: [...each.rules].sort() as RuleId[] };
    return { ...each, ok: gathered(each.ok) };
  });
}
