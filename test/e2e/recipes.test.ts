import {execFile} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, test} from 'vitest';
import {CLI, NODE, runKtop} from './ktop.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const hasJq = (process.env.PATH ?? '').split(':').some(folder => existsSync(join(folder, 'jq')));

/** Lines of `sh` blocks that print something of a cluster. */
function recipesOf(document: string): readonly string[] {
	const text = readFileSync(join(root, document), 'utf8');
	return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
		.flatMap(([, code = '']) => code.trim().split('\n'))
		.filter(line => line.startsWith('ktop ') && !/--source|replay|doctor/.test(line));
}

const recipes = [...recipesOf('README.md'), ...recipesOf('source/help/json.md')];

/** Looks for what a healthy cluster may not have. */
/** A recording has its own interval, and no store. */
const ofRecording = (recipe: string): string =>
	recipe.replaceAll(/ --(?:interval|history) (?:'[^']*'|\S+)/g, '');

const mayFindNothing = (recipe: string): boolean => /0\.8 \*|0\.1 \*/.test(recipe);

describe.skipIf(!hasJq)('a recipe of the documents prints something of a cluster:', () => {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-recipes-'));
	const recording = join(folder, 'cluster.ktop');

	beforeAll(async () => {
		const source = ['--source', 'demo:nodes=12,pods=200,seed=1', '--interval', '2s', '--count', '3'];
		await runKtop(['record', ...source, '--sink', `file:${recording}`]);
	});

	test.each(recipes)('%s', async recipe => {
		const script = join(mkdtempSync(join(folder, 'recipe-')), 'recipe.sh');
		writeFileSync(
			script,
			`ktop() { '${NODE}' '${CLI}' replay '${recording}' "$@"; }\n${ofRecording(recipe)}\ncat *.csv 2>/dev/null || :\n`,
		);
		const {stdout} = await run('bash', ['-e', '-o', 'pipefail', script], {cwd: resolve(script, '..')});
		expect(stdout !== '' || mayFindNothing(recipe)).toBe(true);
	});
});

test('there are recipes', () => {
	expect(recipes.length).toBeGreaterThan(10);
});
