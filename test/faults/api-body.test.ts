import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {report} from '../reliability/report.ts';
import {follow, pod} from './followed-inventory.ts';

/** A list of a later version than the server’s events, with another pod. */
const LIST = {
	kind: 'PodList',
	metadata: {resourceVersion: '9999'},
	items: [pod('web'), pod('job', 'ops'), pod('new')],
};
const LISTED = ['job', 'new', 'web'];
const TEXT = JSON.stringify(LIST);
const BOMB = gzipSync(Buffer.alloc(130 * 2 ** 20, ' '));

type Fault = {
	readonly fault: string;
	readonly body: string | Buffer;
	readonly headers?: Readonly<Record<string, string>>;
	/** What is said at the foot of the screen; undefined: the list is read. */
	readonly said?: string;
	readonly code?: string;
	/** The names of pods then; by default what was known before. */
	readonly names?: readonly string[];
	/** What is read, in words of the report. */
	readonly words?: string;
};

const outdated = (why: string): string => `pods may be out of date since TIME: ${why}`;
const NO_LIST = {
	said: outdated('list pods: the answer to /api/v1/pods is not a Kubernetes list'),
	code: 'bad-answer',
} as const;

const FAULTS: readonly Fault[] = [
	{
		fault: 'the page of a proxy with 200',
		body: '<!DOCTYPE html><title>Log in</title>',
		headers: {'content-type': 'text/html'},
		...NO_LIST,
	},
	{fault: 'null in place of a list', body: 'null', ...NO_LIST},
	{fault: 'a bare array', body: '[]', ...NO_LIST},
	{fault: 'an object of another kind', body: '{"kind":"Status","status":"Success"}', ...NO_LIST},
	{fault: 'JSON that is cut off', body: TEXT.slice(0, 200), ...NO_LIST},
	{fault: 'no body', body: '', ...NO_LIST},
	{fault: 'a hundred thousand levels', body: '['.repeat(1e5) + ']'.repeat(1e5), ...NO_LIST},
	{
		fault: 'a gzip bomb',
		body: BOMB,
		headers: {'content-encoding': 'gzip'},
		said: outdated('API server http://HOST sent more than 128 MiB, which is more than ktop accepts'),
		code: 'too-large',
	},
	{
		fault: 'broken gzip',
		body: 'no gzip',
		headers: {'content-encoding': 'gzip'},
		said: outdated('API server http://HOST sent an invalid gzip body'),
		code: 'bad-answer',
	},
	{
		fault: 'null for the items',
		body: JSON.stringify({...LIST, items: null}),
		names: [],
		words: 'an empty list, as Go writes one',
	},
	{
		fault: 'null, numbers and text among the items',
		body: JSON.stringify({...LIST, items: [null, 7, 'x', [], {}, {metadata: null}, pod('new')]}),
		names: ['new'],
		words: 'what is no pod is left out',
	},
	{
		fault: 'null for every value of an object',
		body: JSON.stringify({
			...LIST,
			items: [pod('new'), {metadata: {name: null, uid: null}, spec: null, status: null}],
		}),
		names: ['new'],
		words: 'what has no name is left out',
	},
	{
		fault: 'every key twice',
		body: TEXT.replace(/"(\w+)":/g, '"$1":null,"$1":'),
		names: LISTED,
		words: 'the last one counts',
	},
	{
		fault: 'every object twice',
		body: JSON.stringify({...LIST, items: [...LIST.items, ...LIST.items]}),
		names: LISTED,
		words: 'each is there once',
	},
	{
		fault: 'keys that JavaScript gives a meaning',
		body: TEXT.replaceAll('"name":', '"__proto__":{"phase":1},"constructor":1,"name":'),
		names: LISTED,
		words: 'read as if they were not there',
	},
	{
		fault: 'invalid UTF-8 in names',
		body: Buffer.from(TEXT.replaceAll('"name":"', '"name":"\u00FF'), 'latin1'),
		names: ['�job', '�new', '�web'],
		words: '� in their place',
	},
];

describe('bodies of the API server', () => {
	test.for(FAULTS.map(fault => [fault.fault, fault] as const))(
		'%s',
		async ([, {body, headers = {}, said, code = '–', names: expected, words}], {task}) => {
			const {server, inventory, names, notices} = await follow();
			const masked = () => notices().map(text => text.replace(/127\.0\.0\.1:\d+/, 'HOST'));
			server.rules.push(
				{path: /pods\?limit/, status: 200, body, headers},
				{path: /pods.*watch=1/, status: 410, times: 1},
			);
			server.dropConnections();
			if (said === undefined) {
				await expect.poll(names).toEqual(expected);
				expect(Object.prototype).not.toHaveProperty('phase');
			} else {
				await expect.poll(masked).toEqual([said]);
				expect(inventory.status('pods').problem?.code).toBe(code);
				expect(names()).toEqual(['job', 'web']);
				server.rules.length = 0;
				await expect.poll(notices).toEqual([]);
			}

			report(task, 'faults', '–', code, said === undefined ? (words ?? '') : `${said}; what is known stays`);
		},
	);
});
