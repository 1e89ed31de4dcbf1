import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { defineConfig } from 'vitepress';
import { withMermaid } from 'vitepress-plugin-mermaid';

/** The pages are those of the repository, as they lie: the site adds a frame, search and drawn diagrams. */
const root = join(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'table/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => `docs/${path}`),
];

const storeOperations = ['Create', 'Connect', 'Disconnect', 'Update', 'Delete', 'Describe'].map(
  (verb) => `${verb}CustomKeyStore${verb === 'Describe' ? 's' : ''}`,
);

export default withMermaid(
  defineConfig({
    title: 'KMS custom key stores',
    description: 'An executable specification of AWS KMS custom key stores',
    srcDir: '..',
    head: [['link', { rel: 'icon', href: 'data:,' }]],
    srcExclude: ['**/node_modules/**', '{src,test,examples,bench,coverage}/**'],
    rewrites: (page) => page.replace(/README\.md$/, 'index.md'),
    // What is not a page is copied at the end; a test of the repository looks for dead links, anchors included.
    ignoreDeadLinks: true,
    markdown: { anchor: { slugify: anchorOf }, theme: { light: 'github-light-high-contrast', dark: 'github-dark' } },
    mermaid: { securityLevel: 'strict' },
    themeConfig: {
      search: { provider: 'local' },
      outline: [2, 3],
      nav: [
        { text: 'Guides', link: '/docs/' },
        { text: 'Reference', link: '/docs/reference/' },
        { text: 'Explorer', link: '/explorer.html', target: '_blank' },
      ],
      sidebar: [
        {
          text: 'Guides',
          items: [
            { text: 'Start here', link: '/' },
            { text: 'Test an emulator in CI', link: '/docs/test-an-emulator' },
            { text: 'Automate against serve', link: '/docs/automate' },
            { text: 'Clients of serve', link: '/docs/clients/' },
            { text: 'Check a CloudTrail log', link: '/docs/check-cloudtrail' },
            { text: 'Understand the rules', link: '/docs/understand' },
            { text: 'The explorer and the inspector', link: '/docs/inspect' },
          ],
        },
        {
          text: 'In your language',
          items: [
            { text: 'Test kit for JavaScript', link: '/docs/test-kit' },
            { text: 'Harnesses', link: '/docs/harness' },
            { text: 'The oracle', link: '/docs/oracle-protocol' },
            { text: 'Vectors', link: '/docs/vectors' },
            { text: 'The table', link: '/table/' },
          ],
        },
        {
          text: 'To look things up',
          items: [
            { text: 'How to read a verdict', link: '/docs/verdicts' },
            { text: 'Histories', link: '/docs/history-format' },
            { text: 'World files', link: '/docs/world-files' },
            { text: 'Glossary', link: '/docs/glossary' },
          ],
        },
        {
          text: 'Reference',
          items: [
            { text: 'All of it', link: '/docs/reference/' },
            { text: 'States and transitions', link: '/docs/reference/states' },
            { text: 'Eligibility', link: '/docs/reference/eligibility' },
            { text: 'Rules', link: '/docs/reference/rules' },
            { text: 'Errors', link: '/docs/reference/errors' },
            { text: 'Connection error codes', link: '/docs/reference/connection-error-codes' },
            { text: 'Faults of a proxy', link: '/docs/reference/proxy-faults' },
            { text: 'Questions', link: '/docs/reference/questions' },
            { text: 'Editions', link: '/docs/reference/editions' },
            { text: 'Properties', link: '/docs/reference/properties' },
            { text: 'Register', link: '/docs/reference/requirements' },
            { text: 'Sources', link: '/docs/reference/sources' },
          ],
        },
        {
          text: 'Operations on stores',
          items: [
            ...storeOperations.map((name) => ({ text: name, link: `/docs/reference/operations/${name}` })),
            { text: 'Operations on keys', link: '/docs/reference/#operations-on-keys' },
          ],
        },
        {
          text: 'The project',
          items: [
            { text: 'How to change things', link: '/CONTRIBUTING' },
            { text: 'Decisions', link: '/docs/decisions/' },
            { text: 'Changelog', link: '/CHANGELOG' },
          ],
        },
      ],
    },
    buildEnd: ({ outDir }) => {
      for (const file of linkedFiles()) copy(file, join(outDir, file));
      copy('dist/explorer.html', join(outDir, 'explorer.html'));
    },
  }),
);

/** The anchor of a heading, as GitHub makes it, so that a link works there and here. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

/** Files that pages link to and that are no pages: source, schemas, examples. */
function linkedFiles(): readonly string[] {
  const targets = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)\s#:]+)\)/g)].map(([, target = '']) =>
      relative(root, join(root, dirname(page), target)),
    ),
  );
  return [...new Set(targets)].filter((file) => !file.endsWith('.md') && isFile(join(root, file)));
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

function copy(file: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(root, file), to);
}
