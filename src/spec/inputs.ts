import type { Member } from './shape.ts';
import type { shapes } from './shapes.ts';
import type { Operation } from './vocabulary.ts';

/** The TypeScript type of a value that a member describes. */
type ValueOf<M extends Member> = M extends { readonly values: readonly (infer V)[] }
  ? V
  : M extends { readonly members: infer Inner extends Readonly<Record<string, Member>> }
    ? InputFrom<Inner>
    : M extends { readonly of: infer Element extends Member }
      ? readonly ValueOf<Element>[]
      : Simple[M['type']];

interface Simple {
  readonly string: string;
  readonly integer: number;
  readonly boolean: boolean;
  readonly timestamp: number;
  /** Base64. */
  readonly blob: string;
  readonly structure: object;
  readonly list: readonly unknown[];
  readonly map: Readonly<Record<string, string>>;
}

type InputFrom<Members extends Readonly<Record<string, Member>>> = {
  readonly [K in keyof Members as Members[K] extends { readonly required: true } ? K : never]: ValueOf<Members[K]>;
} & {
  readonly [K in keyof Members as Members[K] extends { readonly required: true } ? never : K]?:
    | ValueOf<Members[K]>
    | undefined;
};

/** The input of an operation, as its shape has it. */
export type InputOf<Op extends Operation> = InputFrom<(typeof shapes)[Op]['input']>;

/** A request: an operation with its input. */
export type Request = { readonly [Op in Operation]: { readonly op: Op; readonly input: InputOf<Op> } }[Operation];
