import {describe, expect, onTestFinished, test} from 'vitest';
import {Store} from '../../../source/metrics/store/store.ts';
import {cadvisorTarget} from '../../../source/scrape/cadvisor/target.ts';
import {startServer} from '../../http/test-server.ts';
import {context} from '../scrape-context.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const ID = 'a'.repeat(64);
const at = (ms: number): string => new Date(ms).toISOString();
const LABELS = {
	'io.kubernetes.container.name': 'redis',
	'io.kubernetes.pod.name': 'redis-0',
	'io.kubernetes.pod.namespace': 'shop',
	'io.kubernetes.pod.uid': 'u1',
};

type Cgroup = {readonly path: string; readonly coreSeconds: number; readonly processes: number};

const RUNNING: Cgroup = {path: `/system.slice/docker-${ID}.scope`, coreSeconds: 100, processes: 3};

const OTHERS: ReadonlyArray<readonly [string, Cgroup]> = [
	['a mount unit', {path: `/system.slice/docker-${ID}.mount`, coreSeconds: 0, processes: 0}],
	['a cgroup without figures', {path: `/docker/${ID}`, coreSeconds: 0, processes: 0}],
	['a cgroup without processes', {path: `/docker/${ID}`, coreSeconds: 7, processes: 0}],
];

const specOf = (path: string) => ({
	creation_time: at(NOW_MS - 600_000),
	labels: path === '/' ? {} : LABELS,
	has_cpu: true,
	has_memory: true,
});

/** Half a core is used all the time. */
const statsOf = ({coreSeconds, processes}: Cgroup, nowMs: number) => [
	{
		timestamp: at(nowMs),
		cpu: {usage: {total: coreSeconds === 0 ? 0 : (coreSeconds + (nowMs - NOW_MS) / 2000) * 1e9}},
		memory: {usage: coreSeconds * 1e6, working_set: coreSeconds * 1e6},
		processes: {process_count: processes},
	},
];

const NODE: Cgroup = {path: '/', coreSeconds: 1000, processes: 50};

function answerOf(path: string, cgroups: readonly Cgroup[], nowMs: number): unknown {
	switch (path.split('?')[0]) {
		case '/api/v1.3/machine':
		case '/api/v2.1/machine':
			return {num_cores: 2, memory_capacity: 8e9};
		case '/api/v1.3/subcontainers/':
			return [NODE, ...cgroups].map(cgroup => ({
				name: cgroup.path,
				spec: specOf(cgroup.path),
				stats: statsOf(cgroup, nowMs),
			}));
		case '/api/v2.1/machinestats':
			return statsOf(NODE, nowMs);
		case '/api/v2.1/stats/':
			return Object.fromEntries(
				cgroups.map(cgroup => [cgroup.path, {spec: specOf(cgroup.path), stats: statsOf(cgroup, nowMs)}]),
			);
		default:
			return undefined;
	}
}

/** What is shown of the container at each of four visits, at which the two are listed in turn first. */
async function seenOf(version: string, other: Cgroup) {
	let visit = 0;
	const nowMs = (): number => NOW_MS + visit * 10_000;
	const server = await startServer((request, response) => {
		const path = request.url ?? '';
		const cgroups = visit % 2 === 0 ? [RUNNING, other] : [other, RUNNING];
		const answer = path.startsWith(`/api/${version}/`) ? answerOf(path, cgroups, nowMs()) : undefined;
		response.statusCode = answer === undefined ? 404 : 200;
		response.end(JSON.stringify(answer ?? 'not found'));
	});
	const target = cadvisorTarget({url: server.origin, now: nowMs});
	onTestFinished(async () => {
		await target.close();
		await server.close();
	});
	const store = new Store({capacity: 10, staleAfterMs: 60_000});
	store.addNode('n', 'n');
	const seen: unknown[] = [];
	for (; visit < 4; visit++) {
		const {readings, route, latencyMs} = await target.scrape(context());
		store.apply('n', readings, {kind: 'live', route, latencyMs, degraded: undefined});
		for (const level of ['containers', 'pods'] as const) {
			const rows = store.view({level}, 'live', nowMs()).rows;
			seen.push(rows.map(({cpuCores, memoryWorkingSetBytes}) => [cpuCores, memoryWorkingSetBytes]));
		}
	}

	return seen;
}

describe.each(['v1.3', 'v2.1'])('a container that two cgroups claim, by %s', version => {
	test.each(OTHERS)('is the one that runs, beside %s, at every visit', async (_, other) => {
		const first = [[undefined, 1e8]];
		const later = [[0.5, 1e8]];
		expect(await seenOf(version, other)).toEqual([first, first, later, later, later, later, later, later]);
	});
});
