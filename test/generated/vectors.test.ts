import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { coreFiles, fullFiles, textOf } from '../../src/suite/vectors/files.ts';
import type { VectorFile } from '../../src/suite/vectors/format.ts';

const schema = JSON.parse(readFileSync('schemas/vectors.schema.json', 'utf8')) as object;
const keepsSchema = new Ajv({ allowUnionTypes: true }).compile(schema);
const core = [...coreFiles()];
/** The large suite takes most of a minute: `npm run generate` writes it, and the exhaustive suite compares it. */
const isGenerating = process.env['GENERATE'] === 'true';
const full = isGenerating ? [...fullFiles()] : [];

// An operation that has no vectors any more has no file either.
if (isGenerating) {
  const written = new Set(full.map(([path]) => path.slice('full/'.length)));
  for (const file of readdirSync('vectors/full')) if (!written.has(file)) rmSync(`vectors/full/${file}`);
}

describe('vectors', () => {
  it.each([...core, ...full])('%s is what the specification says', async (path, file) => {
    // While everything is generated, the schema may be one from before.
    if (!isGenerating) expect(keepsSchema(file) ? [] : keepsSchema.errors).toEqual([]);
    await expect(textOf(file)).toMatchFileSnapshot(`../../vectors/${path}`);
  });

  it('the small suite has at most 300, and every file of either is generated', () => {
    expect(core.reduce((sum, [, { numberOfVectors }]) => sum + numberOfVectors, 0)).toBeLessThanOrEqual(300);
    expect(readdirSync('vectors/core').sort()).toEqual(core.map(([path]) => path.slice('core/'.length)).sort());
    expect(readdirSync('vectors').sort()).toEqual(['core', 'full']);
  });

  it('ids are unique, and descriptions are short and say what is', () => {
    const vectors = [...core, ...full].flatMap(([, file]) => file.vectors);
    const ids = vectors.map(({ id }) => id);

    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(vectors.filter(({ says }) => says.length > 160 || /\b(should|must|shall)\b/i.test(says))).toEqual([]);
  });

  it('every rule that a file mentions is explained in it', () => {
    const unexplained = ({ vectors, notes }: VectorFile) =>
      vectors.flatMap((vector) => vector.rules).filter((id) => notes[id] === undefined);

    expect([...core, ...full].flatMap(([, file]) => unexplained(file))).toEqual([]);
  });
});
