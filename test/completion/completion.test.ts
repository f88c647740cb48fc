import {describe, expect, test} from 'vitest';
import {completionOf} from '../../source/completion/completion.ts';
import {COMMAND_WORDS} from '../../source/options/command-words.ts';
import {FLAGS} from '../../source/options/option-table.ts';

const wordsAt = (...words: readonly string[]): readonly string[] => {
	const completion = completionOf(words);
	return completion.kind === 'words' ? completion.candidates.map(({word}) => word) : [];
};

describe('completion', () => {
	test('begins with the commands', () => {
		expect(wordsAt('')).toEqual(Object.keys(COMMAND_WORDS));
		expect(wordsAt('--ascii', '')).toEqual(Object.keys(COMMAND_WORDS));
		expect(wordsAt('-n', 'shop', '')).toEqual(Object.keys(COMMAND_WORDS));
	});

	test('offers only the flags of the command', () => {
		expect(wordsAt('--')).toEqual(
			expect.arrayContaining(['--source', '--sort', '--theme', '--help', '--no-mouse']),
		);
		expect(wordsAt('--')).not.toContain('--sink');
		expect(wordsAt('record', '--')).toContain('--sink');
		expect(wordsAt('rbac', '--f')).toContain('--for-user');
	});

	test('offers a flag again only where it may repeat', () => {
		expect(wordsAt('--theme', 'dark', '-')).not.toContain('--theme');
		expect(wordsAt('--theme=dark', '-')).not.toContain('--theme');
		expect(wordsAt('-ojson', '-o', 'json', '-')).not.toContain('--output');
		expect(wordsAt('--source', 'local', '-')).toContain('--source');
	});

	test.each([
		[
			['--theme', ''],
			['auto', 'terminal', 'dark', 'light', 'colorblind'],
		],
		[
			['--theme='],
			['--theme=auto', '--theme=terminal', '--theme=dark', '--theme=light', '--theme=colorblind'],
		],
		[
			['-o', 'j'],
			['json', 'ndjson', 'csv', 'table'],
		],
		[
			['completion', ''],
			['bash', 'zsh', 'fish'],
		],
		[
			['record', '--sink', ''],
			['influxdb:http://', 'file:'],
		],
	])('%j offers %j', (words, candidates) => {
		expect(wordsAt(...words)).toEqual(candidates);
	});

	test('offers the columns of the level that was named', () => {
		expect(wordsAt('--group', '')).toEqual(expect.arrayContaining(['zone', 'label:']));
		expect(wordsAt('pods', '--group', '')).toContain('namespace');
		expect(wordsAt('--sort', '')).toContain('fs%');
		expect(wordsAt('pods', '--sort', '')).toContain('restarts');
		expect(wordsAt('pods', '--sort', '')).not.toContain('fs%');
		expect(wordsAt('replay', 'a.ktop', 'pods', '--sort=')).toContain('--sort=restarts');
	});

	test.each([
		[['help', ''], 'troubleshooting'],
		[['explain', ''], 'tls-name-mismatch'],
		[['replay', 'a.ktop', ''], 'pods'],
	])('%j offers %s', (words, candidate) => {
		expect(wordsAt(...words)).toContain(candidate);
	});

	test.each([
		[['--context', ''], {kind: 'names', of: 'contexts', prefix: ''}],
		[['--context=pr'], {kind: 'names', of: 'contexts', prefix: '--context='}],
		[['pods', '-n', 'sh'], {kind: 'names', of: 'namespaces', prefix: ''}],
		[['pods', '-n', 'shop,d'], {kind: 'names', of: 'namespaces', prefix: 'shop,'}],
		[['--context', 'prod,st'], {kind: 'names', of: 'contexts', prefix: 'prod,'}],
		[['--context=prod,'], {kind: 'names', of: 'contexts', prefix: '--context=prod,'}],
		[['--namespace=a,b,'], {kind: 'names', of: 'namespaces', prefix: '--namespace=a,b,'}],
		[['--node', ''], {kind: 'names', of: 'nodes', prefix: ''}],
		[['replay', ''], {kind: 'files'}],
		[['--kubeconfig', ''], {kind: 'files'}],
		[['--interval', ''], {kind: 'nothing'}],
		[['pods', ''], {kind: 'nothing'}],
		[['--', ''], {kind: 'nothing'}],
		[['--nonsense='], {kind: 'nothing'}],
	])('%j is completed with %j', (words, completion) => {
		expect(completionOf(words)).toEqual(completion);
	});

	test('describes every flag', () => {
		const completion = completionOf(['record', '--']);
		const described = completion.kind === 'words' ? completion.candidates : [];
		expect(described.filter(({description}) => description === '')).toEqual([]);
		expect(FLAGS.length).toBeGreaterThan(described.length);
	});
});
