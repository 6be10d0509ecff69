import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** Targets of `[text](target)` in a page, code blocks left out. */
function links(page: string): string[] {
  const prose = readFileSync(join(root, page), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors that a page's headings make. */
function anchors(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The tests that the compatibility page cites, the decisions, the guides: everything a page points to is there. */
describe.each(pages)('%s', (page) => {
  test('its links lead somewhere', () => {
    for (const link of links(page).filter((target) => !/^[a-z]+:/.test(target))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? join(root, page) : resolve(root, dirname(page), path);
      expect(existsSync(target), `${link} in ${page}`).toBe(true);
      if (anchor !== undefined) expect(anchors(target), `${link} in ${page}`).toContain(anchor);
    }
  });
});

test('every row of the compatibility page that claims to work cites a test', () => {
  const rows = readFileSync(join(root, 'docs/compatibility.md'), 'utf8').matchAll(/^\| (.+) \| (.+) \| (.*) \|$/gm);
  const uncited = [...rows].filter(
    ([, , state = '', tests = '']) => /^(works|partly)/.test(state) && !/\.test(\.ts)?\)/.test(tests),
  );
  const described = uncited.map(([, feature]) => feature).filter((feature) => feature !== 'state');
  expect(described).toEqual([]);
});
