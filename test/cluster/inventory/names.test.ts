import {expect, test} from 'vitest';
import {hasNamespace, namesOf} from '../../../source/cluster/inventory/names.ts';
import type {Answer} from '../../../source/http/endpoint.ts';

const TIMEOUT_MS = 1000;

function server(answer: (path: string) => readonly [status: number, body: string]) {
	const paths: string[] = [];
	const get = async (path: string): Promise<Answer> => {
		paths.push(path);
		const [status, body] = answer(path);
		return {status, body: Buffer.from(body), headers: {}} as unknown as Answer;
	};
	return {get, paths};
}

const page = (names: readonly unknown[], token = '') =>
	[
		200,
		JSON.stringify({metadata: {continue: token}, items: names.map(name => ({metadata: {name}}))}),
	] as const;

test('names are collected from page to page', async () => {
	const api = server(path => (path.includes('continue=') ? page(['a', 'c']) : page(['b', 'a'], 'next')));
	expect(await namesOf(api, '/api/v1/nodes', 'name', TIMEOUT_MS)).toEqual(['a', 'b', 'c']);
	expect(api.paths).toEqual(['/api/v1/nodes?limit=500', '/api/v1/nodes?limit=500&continue=next']);
});

test('pages without end are left after ten', async () => {
	const api = server(() => page(['a'], 'more'));
	expect(await namesOf(api, '/api/v1/pods', 'name', TIMEOUT_MS)).toEqual(['a']);
	expect(api.paths).toHaveLength(10);
});

test.each([
	['a refusal', [403, '{}']],
	['no JSON', [200, '<html>']],
	['no list', [200, 'null']],
	['no items', [200, '{"items": {}}']],
] as const)('%s gives no names', async (_, answer) => {
	expect(
		await namesOf(
			server(() => answer),
			'/api/v1/nodes',
			'name',
			TIMEOUT_MS,
		),
	).toBeUndefined();
});

test('objects without a name are passed over', async () => {
	const api = server(() => page(['a', 7, null, undefined]));
	expect(await namesOf(api, '/api/v1/nodes', 'name', TIMEOUT_MS)).toEqual(['a']);
});

test.each([
	['the namespace', [200, '{}'], true],
	['a Status that says not found', [404, '{"kind": "Status"}'], false],
	['a 404 of something else', [404, '404 page not found'], undefined],
	['a refusal', [403, '{"kind": "Status"}'], undefined],
] as const)('where %s is the answer, that a namespace exists is %s', async (_, answer, exists) => {
	expect(
		await hasNamespace(
			server(() => answer),
			'a',
			TIMEOUT_MS,
		),
	).toBe(exists);
});
