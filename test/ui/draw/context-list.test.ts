import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ClusterContext} from '../../../source/metrics/model/cluster-context.ts';
import {type ContextListOptions, drawContexts} from '../../../source/ui/draw/context-list.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});

const context = (name: string, known: Partial<ClusterContext> = {}): ClusterContext => ({
	name,
	cluster: `${name}-cluster`,
	host: `${name}.example:6443`,
	namespace: 'default',
	user: 'reader',
	problem: undefined,
	...known,
});

const draw = (known: Partial<ContextListOptions>): readonly string[] =>
	drawContexts({
		contexts: [context('prod'), context('staging', {namespace: 'shop'})],
		failure: undefined,
		selected: 0,
		shown: ['prod'],
		opening: undefined,
		failed: undefined,
		width: 80,
		height: 12,
		theme,
		...known,
	}).map(stripVTControlCharacters);

const textOf = (lines: readonly string[]): string =>
	lines
		.map(line => line.trim())
		.filter(line => line !== '')
		.join(' ');

const FAILURE = {
	code: 'refused',
	brief: 'refused',
	message: 'API server https://staging.example:6443 refused the connection',
	hint: 'check that the API server runs and listens there',
} as const;

describe('the list of contexts', () => {
	test('shows server, namespace, user and cluster, and marks the one on the screen', () => {
		const [heading, prod, staging] = draw({selected: 1});
		expect(heading?.trimEnd()).toBe('    CONTEXT  SERVER                NAMESPACE  USER    CLUSTER');
		expect(prod?.trimEnd()).toBe('  * prod     prod.example:6443     default    reader  prod-cluster');
		expect(staging?.trimEnd()).toBe('▸   staging  staging.example:6443  shop       reader  staging-cluster');
	});

	test('cuts the last columns first where 80 columns are too few, and tells what is cut below', () => {
		const arn = 'arn:aws:eks:eu-west-1:123456789012:cluster/staging';
		const host = 'A1B2.gr7.eu-west-1.eks.amazonaws.com';
		const [, line = '', ...below] = draw({contexts: [context(arn, {host, cluster: arn})]});
		expect(line).toMatch(/^▸ {3}arn:\S+…\S*staging +A1B2\S*… +default +reader +arn:\S*…$/);
		expect(widthOf(line)).toBe(80);
		expect(textOf(below)).toBe(`context ${arn}, server ${host}, cluster ${arn}`);
	});

	test.each([
		['that it is read', {contexts: undefined}, 'reading the kubeconfig …'],
		['that there is none', {contexts: []}, 'there is no context: set KUBECONFIG, or start ktop with'],
		['what is opened', {opening: 'staging'}, 'opening staging … the screen stays as it is until then'],
		[
			'cause and fix of what failed',
			{failed: {name: 'staging', failure: FAILURE}},
			`staging: ${FAILURE.message}; ${FAILURE.hint}`,
		],
		[
			'what is wrong with the selected one',
			{contexts: [context('prod', {problem: 'its cluster has no server'})]},
			'its cluster has no server',
		],
		['why the kubeconfig cannot be read', {failure: FAILURE}, `${FAILURE.message}; ${FAILURE.hint}`],
	] satisfies ReadonlyArray<readonly [string, Partial<ContextListOptions>, string]>)(
		'tells %s, in full',
		(_what, known, text) => {
			expect(textOf(draw(known))).toContain(text);
		},
	);

	test('scrolls to the selected one', () => {
		const contexts = Array.from({length: 100}, (_, index) => context(`c-${index}`));
		expect(draw({contexts, selected: 70}).find(line => line.startsWith('▸'))).toContain('c-70 ');
	});

	test('shows no control characters of a kubeconfig', () => {
		const text = draw({contexts: [context('a\u001B[31m\nb', {user: '\u202Eu'})]}).join('');
		// biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
		expect(text).not.toMatch(/[\u0000-\u001F\u202E]/);
	});

	test('fills every size exactly', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.string({maxLength: 60}), fc.string({maxLength: 60})), {maxLength: 20}),
				fc.integer({min: 10, max: 200}),
				fc.integer({min: 1, max: 40}),
				fc.boolean(),
				(names, width, height, hasFailed) => {
					const contexts = names.map(([name, host]) => context(name, {host}));
					const failed = hasFailed ? {name: 'x', failure: FAILURE} : undefined;
					const lines = draw({contexts, width, height, failed});
					expect(lines).toHaveLength(height);
					expect(new Set(lines.map(widthOf))).toEqual(new Set([width]));
				},
			),
			{numRuns: 100},
		);
	});
});
