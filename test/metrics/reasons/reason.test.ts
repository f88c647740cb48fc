import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import type {Column, Surroundings} from '../../../source/metrics/model/column.ts';
import type {NodeState} from '../../../source/metrics/model/node-state.ts';
import {parseRoute} from '../../../source/metrics/model/route.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {Level} from '../../../source/metrics/model/view.ts';
import {reasonOf} from '../../../source/metrics/reasons/reason.ts';
import {containerInfo, nodeInfo, podInfo} from '../inventories.ts';
import {containerRow, namespaceRow, nodeRow, podRow} from '../rows.ts';

const NOW = 1_800_000_000_000;
const FORBIDDEN = {
	code: 'forbidden',
	brief: '403 needs nodes/stats',
	message: 'no',
	hint: 'grant it',
} as const;
const FAILED: NodeState = {kind: 'failed', failure: FORBIDDEN, sinceMs: 0, attempts: 1, retryAtMs: 0};
const live = (route: string): NodeState => ({
	kind: 'live',
	route: parseRoute(route),
	latencyMs: 1,
	degraded: undefined,
});
const READ = {receivedAtMs: NOW, sampleTimeMs: NOW, cpuCores: 1, memoryWorkingSetBytes: 1};

function why(level: Level, id: string, row: Row, around: Partial<Surroundings> = {}): string {
	const columns: ReadonlyArray<Column<Row>> = columnsOf(level);
	const column = columns.find(known => known.id === id);
	if (column === undefined || column.value(row, NOW) !== undefined) {
		throw new Error(`${id} is not missing`);
	}

	return reasonOf(column, row, {
		node: nodeRow('n1', {state: live('summary')}),
		isPast: false,
		hasInventory: true,
		nowMs: NOW,
		watchedMs: 600_000,
		...around,
	});
}

const forbidden = {node: nodeRow('n1', {state: FAILED})};
const readBy = (route: string, info = nodeInfo('n1')) => ({
	node: nodeRow('n1', {...READ, info, state: live(route)}),
});
const unscheduled = podInfo('p', {
	phase: 'Pending',
	reason: 'Pending',
	nodeName: undefined,
	message: '0/3 nodes are available: insufficient cpu',
});
const tree = (of: Parameters<typeof treeOf>[0]): Row => treeOf(of);
function treeOf(of: ReturnType<typeof podRow> | ReturnType<typeof nodeRow>): Row {
	return {kind: 'tree', id: of.id, name: of.name, depth: 0, isOpen: false, of};
}

describe('a figure is unknown', () => {
	test.each([
		[
			'its node cannot be read',
			'pods',
			'cpu',
			podRow('p'),
			forbidden,
			/node n1 cannot be read: 403 needs nodes/,
		],
		['and in a tree too', 'tree', 'memory', tree(podRow('p')), forbidden, /n1 cannot be read: 403/],
		['and of its containers', 'containers', 'memory', containerRow('c'), forbidden, /n1 cannot be read: 403/],
		[
			'the node itself cannot be',
			'nodes',
			'fs%',
			nodeRow('n', {state: FAILED}),
			{},
			/^the node cannot be read: 403/,
		],
		[
			'its node has not answered',
			'pods',
			'cpu',
			podRow('p'),
			{node: nodeRow('n1')},
			/n1 has not answered yet/,
		],
		['its node leaves it out', 'pods', 'cpu', podRow('p'), {}, /n1 answers and does not report it/],
		['its node is unknown', 'pods', 'cpu', podRow('p', {node: 'n9'}), {node: undefined}, /n9 is not among/],
		[
			'it ended',
			'pods',
			'cpu',
			podRow('p', {info: podInfo('p', {phase: 'Succeeded', reason: 'Completed'})}),
			{},
			/has ended: Completed/,
		],
		[
			'no node takes it',
			'pods',
			'cpu',
			podRow('p', {info: unscheduled}),
			{node: undefined},
			/no node yet: Pending, 0\/3 nodes are available/,
		],
		[
			'it waits',
			'containers',
			'cpu',
			containerRow('c', {info: containerInfo('c', {state: {kind: 'waiting', reason: 'CrashLoopBackOff'}})}),
			{},
			/it waits: CrashLoopBackOff/,
		],
		[
			'a rate takes two samples',
			'pods',
			'faults',
			podRow('p', READ),
			{watchedMs: 10_000},
			/needs two samples/,
		],
		[
			'it has just begun',
			'pods',
			'net-received',
			podRow('p', {...READ, startTimeMs: NOW - 5000}),
			readBy('summary'),
			/needs two samples/,
		],
		['nobody counts it', 'pods', 'faults', podRow('p', READ), readBy('summary'), /do not count it/],
		[
			'the route is narrow',
			'pods',
			'rss',
			podRow('p', READ),
			readBy('resource'),
			/^resource reports only CPU and memory/,
		],
		[
			'rounds are late',
			'pods',
			'rss',
			podRow('p', READ),
			readBy('summary cpu+mem'),
			/^summary cpu\+mem reports only CPU and memory, which nodes off the screen are asked for alone while a round is late$/,
		],
		[
			'metrics.k8s.io is',
			'nodes',
			'fs%',
			nodeRow('n', {...READ, state: live('metrics.k8s.io')}),
			{},
			/metrics.k8s.io reports only CPU and memory/,
		],
		[
			'the kubelet is too old',
			'pods',
			'psi-cpu',
			podRow('p', READ),
			readBy('summary', nodeInfo('n1', {versions: {...nodeInfo('n1').versions, kubelet: 'v1.31.2'}})),
			/kubelet v1\.31\.2 does not report pressure: that needs 1\.34/,
		],
		['pressure needs cgroup v2', 'pods', 'psi-cpu', podRow('p', READ), readBy('summary'), /cgroup v2/],
		[
			'a kubelet is asked for throttling of one node at a time',
			'containers',
			'throttled',
			containerRow('c', {...READ, cpuLimitCores: 1}),
			readBy('summary'),
			/ktop reads it only while a page of its node is open/,
		],
		[
			'nothing throttles it',
			'containers',
			'throttled',
			containerRow('c', READ),
			readBy('cadvisor v2.1'),
			/has no CPU limit, so it is never throttled/,
		],
		[
			'a hostNetwork pod uses the network of its node',
			'pods',
			'net-received',
			podRow('p', {...READ, isHostNetwork: true}),
			readBy('summary'),
			/network of its node/,
		],
		[
			'no limit is set',
			'pods',
			'cpu%limit',
			podRow('p', {
				...READ,
				info: podInfo('p', {isLimited: {cpu: false, memory: false}, containers: [containerInfo('a')]}),
			}),
			{},
			/no container of it has a CPU limit/,
		],
		[
			'one of two containers has no limit',
			'pods',
			'memory-limit',
			podRow('p', {
				...READ,
				info: podInfo('p', {
					isLimited: {cpu: false, memory: false},
					containers: [
						containerInfo('a', {limits: {cpuCores: undefined, memoryBytes: 5}}),
						containerInfo('b'),
					],
				}),
			}),
			{},
			/1 of 2 containers have a memory limit/,
		],
		[
			'an aggregate lacks some',
			'namespaces',
			'cpu-limit',
			namespaceRow('shop', {
				bound: {pods: 3, requests: {cpuCores: 0, memoryBytes: 0}, limits: {cpuCores: 1, memoryBytes: 1}},
				limited: {cpuCores: 2, memoryBytes: 3, of: 3},
			}),
			{},
			/2 of 3 containers have a CPU limit/,
		],
		[
			'of an aggregate what is read asks for nothing',
			'namespaces',
			'cpu%request',
			namespaceRow('shop', {
				cpuCores: 1,
				bound: {pods: 3, requests: {cpuCores: 2, memoryBytes: 0}, limits: {cpuCores: 1, memoryBytes: 1}},
				measured: {
					requests: {cpuCores: 0, memoryBytes: 0},
					limits: {cpuCores: undefined, memoryBytes: undefined},
				},
			}),
			{},
			/its pods whose usage is known request no CPU/,
		],
		[
			'the usage is what lacks',
			'pods',
			'cpu%limit',
			podRow('p', {info: podInfo('p')}),
			forbidden,
			/cannot be read/,
		],
		[
			'no limit of storage',
			'pods',
			'ephemeral%',
			podRow('p', {...READ, ephemeralStorageUsedBytes: 1, info: podInfo('p')}),
			{},
			/no container of it has a limit of ephemeral storage/,
		],
		['there is no volume', 'pods', 'volumes%', podRow('p', READ), readBy('summary'), /has no volume/],
		['its past is not kept', 'pods', 'psi-cpu', podRow('p', READ), {isPast: true}, /its history is not kept/],
		['nothing is kept of then', 'pods', 'cpu', podRow('p'), {isPast: true}, /no sample from that time/],
		[
			'no API server is asked',
			'pods',
			'qos',
			podRow('p'),
			{hasInventory: false},
			/only an API server reports it/,
		],
		[
			'pods may not be listed',
			'nodes',
			'cpu%requested',
			nodeRow('n', {info: nodeInfo('n')}),
			{},
			/not all pods may be listed/,
		],
		['there is none of it', 'nodes', 'taints', nodeRow('n', {info: nodeInfo('n')}), {}, /it has none/],
		[
			'there is no such thing',
			'tree',
			'restarts',
			tree(nodeRow('n', READ)),
			{},
			/only containers, pods, namespaces and groups report this/,
		],
		[
			'a machine is told no cores',
			'nodes',
			'cpu%',
			nodeRow('n', {...READ, state: live('summary')}),
			{hasInventory: false},
			/how many cores/,
		],
	] as const)('because %s', (_which, level, id, row, around, reason) => {
		expect(why(level, id, row, around)).toMatch(reason);
	});
});

describe('every column that can be unknown', () => {
	const rows: ReadonlyArray<readonly [Level, Row]> = [
		['nodes', nodeRow('n')],
		['nodes', nodeRow('n', {state: FAILED})],
		['nodes', nodeRow('n', {...READ, state: live('summary'), info: nodeInfo('n')})],
		['pods', podRow('p')],
		['pods', podRow('p', {...READ, info: podInfo('p')})],
		['containers', containerRow('c')],
		['containers', containerRow('c', {pod: undefined, containerKind: 'system'})],
		['containers', containerRow('c', {...READ, info: containerInfo('c')})],
		['namespaces', namespaceRow('shop')],
		['namespaces', namespaceRow('shop', {podCount: 1, cpuCores: 1})],
		['tree', tree(podRow('p'))],
		['tree', tree(nodeRow('n'))],
		['tree', {kind: 'tree', id: 'c', name: 'c', depth: 2, isOpen: undefined, of: containerRow('c')}],
		['tree', {kind: 'tree', id: 's', name: 's', depth: 0, isOpen: false, of: namespaceRow('s')}],
	];
	const arounds: ReadonlyArray<Partial<Surroundings>> = [
		{},
		{isPast: true},
		{hasInventory: false},
		{node: undefined},
		forbidden,
		readBy('resource'),
	];
	test.each(rows.flatMap(([level, row]) => arounds.map(around => [level, row, around] as const)))(
		'has a reason of its own: %s',
		(level, row, around) => {
			const columns: ReadonlyArray<Column<Row>> = columnsOf(level);
			for (const column of columns.filter(known => known.value(row, NOW) === undefined)) {
				const reason = why(level, column.id, row, around);
				expect(reason, column.id).toMatch(/^[^.]/);
				expect(reason, column.id).not.toBe('the source does not report it');
			}
		},
	);
});
