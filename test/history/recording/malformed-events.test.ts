import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {EventDecoder} from '../../../source/history/recording/event-codec.ts';
import type {RecordedEvent} from '../../../source/history/recording/recorded-event.ts';
import {containerInfo, podInfo} from '../../metrics/inventories.ts';

type Path = readonly string[];

const lines = gunzipSync(readFileSync(join(import.meta.dirname, '../../fixtures/recording/format-1.ktop')))
	.toString('utf8')
	.trimEnd()
	.split('\n')
	.slice(1);

/** The first whole value of a kind that has something at a path. */
function recorded(kind: string, path: Path): object {
	for (const line of lines) {
		const [each, , , difference] = JSON.parse(line);
		const value = each === kind ? difference?.['='] : undefined;
		if (value !== undefined && (path.length === 0 || holderOf(value, path) !== undefined)) {
			return value;
		}
	}

	throw new Error(`no ${kind} with ${path.join('.')}`);
}

/** The object in which the last name of a path is, `*` being the first key; undefined if there is none. */
function holderOf(value: unknown, path: Path): [holder: {[key: string]: unknown}, key: string] | undefined {
	if (typeof value !== 'object' || value === null) {
		return undefined;
	}

	const holder = value as {[key: string]: unknown};
	const [name = '', ...rest] = path;
	const keys = name === '*' ? Object.keys(holder) : Object.hasOwn(holder, name) ? [name] : [];
	for (const key of keys) {
		const found =
			rest.length === 0 ? ([holder, key] as [typeof holder, string]) : holderOf(holder[key], rest);
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}

/** Texts that stand for JSON that `JSON.stringify` cannot make. */
const INFINITY = '<infinity>';
const DEEP = '<deep>';

function decode(kind: string, value: object): RecordedEvent | undefined {
	const line = JSON.stringify([kind, 1, 'a', {'=': value}])
		.replace(`"${INFINITY}"`, '1e999')
		.replace(`"${DEEP}"`, `${'['.repeat(20_000)}${']'.repeat(20_000)}`);
	return new EventDecoder('x').event(line);
}

/** Decodes a value of a kind with something at a path in place of what was recorded. */
function decodeWith(kind: string, path: Path, instead: unknown): RecordedEvent | undefined {
	const value = structuredClone(recorded(kind, path));
	const [holder, key] = holderOf(value, path) ?? [{}, ''];
	if (instead === undefined) {
		delete holder[key];
	} else {
		holder[key] = instead;
	}

	return decode(kind, value);
}

describe('a recorded value', () => {
	test.each<[kind: string, path: string, instead: unknown]>([
		['reading', 'receivedAtMs', undefined],
		['reading', 'receivedAtMs', 1e300],
		['reading', 'nodeName', DEEP],
		['reading', 'node', []],
		['reading', 'node.filesystems', undefined],
		['reading', 'node.filesystems.*', null],
		['reading', 'node.filesystems.*.name', undefined],
		['reading', 'node.memory', 5],
		['reading', 'node.memory.rssBytes', null],
		['reading', 'node.pressure.ioSomePercent', 'x'],
		['reading', 'pods', []],
		['reading', 'pods.*', null],
		['reading', 'pods.*.pod.uid', DEEP],
		['reading', 'pods.*.pod.namespace', undefined],
		['reading', 'pods.*.cpu', null],
		['reading', 'pods.*.cpu.timeMs', INFINITY],
		['reading', 'pods.*.cpu.usageCores', -1],
		['reading', 'pods.*.network.interfaces', {}],
		['reading', 'pods.*.volumes', undefined],
		['reading', 'pods.*.volumes.*', null],
		['reading', 'pods.*.volumes.*.usedBytes', 'x'],
		['reading', 'pods.*.isHostNetwork', 'no'],
		['reading', 'containers.*.id', 3],
		['reading', 'containers.*.kind', 'toString'],
		['reading', 'containers.*.pod.name', null],
		['reading', 'containers.*.name', {toString: null}],
		['reading', 'containers.*.rootFilesystem.usedBytes', INFINITY],
		['state', 'kind', 'toString'],
		['state', 'route', {toString: null}],
		['state', 'latencyMs', undefined],
		['state', 'failure', undefined],
		['state', 'failure.message', DEEP],
		['state', 'retryAtMs', 'soon'],
		['inventory', 'hasAllPods', undefined],
		['inventory', 'nodes', [1]],
		['inventory', 'nodes.*', null],
		['inventory', 'nodes.*.roles.*', 1],
		['inventory', 'nodes.*.readiness', 'Perhaps'],
		['inventory', 'nodes.*.problems', undefined],
		['inventory', 'nodes.*.labels.*', {}],
		['inventory', 'nodes.*.versions', null],
		['inventory', 'nodes.*.allocatable.cpuCores', 'x'],
		['inventory', 'nodes.*.addresses.*.address', 1],
		['inventory', 'pods.*.phase', null],
		['inventory', 'pods.*.isLimited', undefined],
		['inventory', 'pods.*.workload', 'web'],
		['inventory', 'pods.*.requests', null],
		['inventory', 'pods.*.containers', {}],
		['inventory', 'pods.*.containers.*', 'x'],
		['inventory', 'pods.*.containers.*.kind', 'main'],
		['inventory', 'pods.*.containers.*.state', undefined],
		['inventory', 'pods.*.containers.*.state.kind', 'asleep'],
		['inventory', 'pods.*.containers.*.lastTermination.exitCode', 'x'],
	])('%s whose %s is not what it was recorded as is refused', (kind, path, instead) => {
		expect(() => decodeWith(kind, path.split('.'), instead)).toThrow(
			`line 1 of x holds no ${kind}: ${path} is missing or malformed`,
		);
	});

	test.each<[kind: string, path: string]>([
		['reading', 'nodeName'],
		['reading', 'node'],
		['reading', 'node.cpu'],
		['reading', 'pods.*.pod.uid'],
		['reading', 'pods.*.network'],
		['reading', 'containers.*.memory.rssBytes'],
		['inventory', 'nodes.*.createdAtMs'],
		['inventory', 'pods.*.nodeName'],
		['inventory', 'pods.*.containers.*.state.startedAtMs'],
	])('%s without %s is read, since what is unknown is absent', (kind, path) => {
		expect(decodeWith(kind, path.split('.'), undefined)).toMatchObject({kind});
	});

	test.each<[kind: string, path: string]>([
		['reading', 'pods.*'],
		['reading', 'pods.*.cpu'],
		['reading', 'node'],
		['inventory', 'nodes.*'],
		['inventory', 'pods.*.containers.*'],
	])('%s may have more fields in %s, of a newer ktop', (kind, path) => {
		const value = recorded(kind, path.split('.'));
		const [holder = {}, key = ''] = holderOf(value, path.split('.')) ?? [];
		expect(decodeWith(kind, path.split('.'), {...(holder[key] as object), more: DEEP})).toMatchObject({kind});
	});

	test('reading has no processes, which no recorder writes', () => {
		expect(decode('reading', {...recorded('reading', []), processes: DEEP})).not.toHaveProperty(
			'reading.processes',
		);
	});

	test('state keeps the code of a failure that only a newer ktop has', () => {
		expect(decodeWith('state', ['failure', 'code'], 'out-of-orbit')).toMatchObject({
			state: {failure: {code: 'out-of-orbit'}},
		});
	});
});

describe('a difference', () => {
	const whole = JSON.stringify([
		'inventory',
		1,
		'',
		{
			'=': {
				nodes: {},
				pods: {u: podInfo('web', {containers: [containerInfo('app')]})},
				hasAllPods: true,
				isSelective: false,
			},
		},
	]);
	const pod = (difference: unknown): unknown => ({'~': {pods: {'~': {u: difference}}}});

	test.each<[what: string, difference: unknown, wrong: string]>([
		['takes a field away', {'-': ['isSelective']}, 'isSelective'],
		['takes a field within away', pod({'-': ['containers']}), 'pods.*.containers'],
		['makes a field another', pod({'~': {phase: 'Gone'}}), 'pods.*.phase'],
		['adds a wrong part', {'~': {pods: {'~': {v: {'=': {}}}}}}, 'pods.*.uid'],
		['changes an element', pod({'~': {containers: {'#': [[0, 5]]}}}), 'pods.*.containers.*'],
		[
			'changes within an element',
			pod({'~': {containers: {'#': [[0, {'~': {state: {'~': {kind: 'asleep'}}}}]]}}}),
			'pods.*.containers.*.state.kind',
		],
	])('that %s is refused', (_what, difference, wrong) => {
		const decoder = new EventDecoder('x');
		decoder.event(whole);
		expect(() => decoder.event(JSON.stringify(['inventory', 2, '', difference]))).toThrow(
			`line 2 of x holds no inventory: ${wrong} is missing or malformed`,
		);
	});

	test.each<[what: string, difference: unknown]>([
		['takes an optional field away', pod({'-': ['nodeName']})],
		['takes a pod away', {'~': {pods: {'-': ['u']}}}],
		['adds a label of any name', pod({'~': {labels: {'~': {toString: 'x', constructor: 'y'}}}})],
		['takes away what is not there', pod({'-': ['toString']})],
		['adds a field of a newer ktop', pod({'~': {new: {'=': [null]}}})],
	])('that %s is applied', (_what, difference) => {
		const decoder = new EventDecoder('x');
		decoder.event(whole);
		expect(decoder.event(JSON.stringify(['inventory', 2, '', difference]))).toMatchObject({atMs: 2});
	});
});
