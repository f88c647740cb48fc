import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {printableJson} from '../../source/metrics/model/printable.ts';
import {Store} from '../../source/metrics/store/store.ts';
import {groupsOfView} from '../../source/metrics/view/group-roots.ts';
import {formatCsv} from '../../source/output/format-csv.ts';
import {formatGroups, formatTable} from '../../source/output/format-table.ts';
import {takeSnapshot} from '../../source/output/snapshot.ts';
import {
	containerReading,
	cpuReading,
	memoryReading,
	nodeReading,
	podReading,
	reading,
} from '../metrics/readings.ts';
import {LIVE, NOW, storeOfThree} from './stores.ts';

function storeNamed(name: string): Store {
	const store = new Store({capacity: 2, staleAfterMs: 1000});
	store.addNode('n', name);
	store.apply('n', [reading(NOW)], LIVE);
	return store;
}

/** RFC 4180, for lines that all end in CRLF. */
function parseCsv(text: string): ReadonlyArray<readonly string[]> {
	const lines: string[][] = [];
	let cells: string[] = [];
	for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
		cells.push(quoted?.replaceAll('""', '"') ?? plain);
		if (end !== ',') {
			lines.push(cells);
			cells = [];
		}
	}

	return lines;
}

describe('JSON', () => {
	test('is one line, and no control character of a name is in it as it is', () => {
		const name = 'a\u001B[2J\n\u007F\u009B31m\u202E\u061Cb';
		const options = {
			nowMs: NOW,
			sourceLabel: 'x',
			context: undefined,
			kubernetesVersion: undefined,
			notices: [],
			isDemo: false,
			staleAfterMs: 1,
			level: 'nodes',
			query: {},
		} as const;
		const line = printableJson(takeSnapshot(storeNamed(name), options));
		// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
		expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202E\u061C]/);
		expect(JSON.parse(line).nodes[0].name).toBe(name);
	});
});

describe('CSV', () => {
	const csv = (store: Store, hasHeading = true): string =>
		formatCsv(store.view({level: 'nodes'}, 'live', NOW), NOW, hasHeading);

	test('has a heading with units, raw numbers, and nothing for what is unknown', () => {
		const [heading, first] = csv(storeOfThree()).split('\r\n');
		expect(heading).toBe(
			'name,status,roles,cpu_cores,cpu_ratio,memory_bytes,memory_ratio,rss_bytes,net_received_bytes_per_second,net_sent_bytes_per_second,fs_ratio,cpu_of_requested_ratio,cpu_of_limited_ratio,memory_of_requested_ratio,memory_of_limited_ratio,cpu_request_cores,cpu_limit_cores,memory_request_bytes,memory_limit_bytes,cpu_allocatable_cores,memory_allocatable_bytes,pods,pods_ratio,containers,version,os,taints,age_seconds,data_age_seconds,state,psi_cpu_ratio,psi_memory_ratio,psi_io_ratio,memory_left_bytes,inodes_ratio,net_errors_per_second,faults_per_second,major_faults_per_second,swap_bytes,processes,route,zone,pool,instance_type,gpu_request,gpu_allocatable,gpu_of_requested_ratio,cpu_user_cores,cpu_system_cores,disk_read_bytes_per_second,disk_written_bytes_per_second,disk_ratio,disks,interfaces,cores',
		);
		expect(first).toBe(
			'b,,,0.3,0.15,0,0,5,100,0,,,,,,,,,,,,2,,2,,,,,0,ok 57ms,,,,,,,,,,,summary,,,,,,,,,,,,,,',
		);
	});

	test('has every byte of a terabyte', () => {
		const store = new Store({capacity: 2, staleAfterMs: 1000});
		store.addNode('n', 'n');
		const memory = memoryReading({timeMs: NOW, workingSetBytes: 1_234_567_890_123});
		store.apply('n', [reading(NOW, {node: nodeReading({memory})})], LIVE);
		expect(csv(store, false).split(',')[5]).toBe('1234567890123');
	});

	test.each(['nodes', 'pods', 'containers', 'namespaces'] as const)('of %s gives every text back', level => {
		// What is left of a text once it is printable and no formula is what must come back.
		const text = fc.stringMatching(/^[a-z][a-z ,"=+@-]{0,12}$/);
		fc.assert(
			fc.property(text, text, (namespace, name) => {
				const store = new Store({capacity: 2, staleAfterMs: 1000});
				store.addNode('n', name);
				const pod = {uid: undefined, namespace, name};
				store.apply(
					'n',
					[
						reading(NOW, {
							pods: [podReading(namespace, name, {pod})],
							containers: [containerReading(name, {pod})],
						}),
					],
					LIVE,
				);
				const view = store.view({level}, 'live', NOW);
				const [heading = [], ...lines] = parseCsv(formatCsv(view, NOW, true));
				const expected = {
					nodes: [name],
					pods: [namespace, name],
					containers: [namespace, name, name],
					namespaces: [namespace],
				}[level];
				expect(lines).toHaveLength(1);
				expect(lines[0]).toHaveLength(heading.length);
				expect(lines[0]?.slice(0, expected.length)).toEqual(expected);
			}),
		);
	});

	test('has the heading once when it goes on', () => {
		expect(csv(storeOfThree(), false).split('\r\n')[0]).toMatch(/^b,/);
	});

	test.each([
		['plain', 'plain'],
		['with, comma', '"with, comma"'],
		['with "quotes"', '"with ""quotes"""'],
		['=1+1', "'=1+1"],
		['@cmd', "'@cmd"],
		['-x', "'-x"],
		['bell\u0007', 'bell\uFFFD'],
	])('writes the name %j as %s', (name, cell) => {
		expect(csv(storeNamed(name), false).startsWith(`${cell},`)).toBe(true);
	});

	test('has the same number of cells in every line, whatever the names', () => {
		fc.assert(
			fc.property(fc.string(), name => {
				const [heading = '', line = ''] = csv(storeNamed(`n${name}`)).split('\r\n');
				const cells = [...line.matchAll(/(?:^|,)(?:"(?:[^"]|"")*"|[^",]*)/g)];
				expect(cells).toHaveLength(heading.split(',').length);
			}),
		);
	});
});

describe('the table of kubectl top', () => {
	test('rounds CPU up and memory down, and puts nodes without figures last', () => {
		const store = storeOfThree();
		store.apply(
			'a',
			[
				reading(NOW + 1, {
					node: nodeReading({
						cpu: cpuReading({timeMs: NOW + 1, usageCores: 1.0001}),
						memory: memoryReading({timeMs: NOW + 1, workingSetBytes: 3 * 2 ** 20 - 1}),
						cpuCapacityCores: 4,
					}),
				}),
			],
			LIVE,
		);
		const view = store.view({level: 'nodes', sort: {column: 'name', isDescending: true}}, 'live', NOW);
		expect(formatTable(view)).toBe(
			[
				'NAME   CPU(cores)   CPU(%)      MEMORY(bytes)   MEMORY(%)   ',
				'b      300m         15%         0Mi             0%          ',
				'a      1001m        25%         2Mi             <unknown>   ',
				'c      <unknown>    <unknown>   <unknown>       <unknown>   ',
				'',
			].join('\n'),
		);
	});

	test('prints pods, containers, namespaces and workloads', () => {
		const print = (level: 'pods' | 'containers' | 'namespaces' | 'workloads'): string =>
			formatTable(storeOfThree().view({level, sort: {column: 'name', isDescending: false}}, 'live', NOW));
		expect(print('pods').split('\n').slice(0, 2)).toEqual([
			'NAMESPACE   NAME   CPU(cores)   MEMORY(bytes)   ',
			'shop        db     300m         0Mi             ',
		]);
		expect(print('containers').split('\n')[1]).toBe('shop        db    app    300m         0Mi             ');
		expect(print('workloads').split('\n')[1]).toBe(
			'shop        <unknown>   db     1      300m         0Mi             ',
		);
		expect(print('namespaces').split('\n')[1]).toBe('shop   2      600m         0Mi             ');
	});

	test('prints problems with the time since when, and what is only known now without', () => {
		const view = storeOfThree().view(
			{level: 'problems', sort: {column: 'level', isDescending: false}},
			'live',
			NOW,
		);
		expect(formatTable(view).split('\n')).toEqual([
			'LEVEL      REASON     WHERE   SINCE                      MESSAGE             ',
			'critical   not read   c       2027-01-15T08:00:00.000Z   n3 did not answer   ',
			'',
		]);
		expect(formatCsv(view, NOW + 5000, true)).toBe(
			'level,reason,kind,namespace,name,node,since_seconds,message\r\ncritical,not read,node,,c,c,5,n3 did not answer\r\n',
		);
	});

	test('shows no control character of a name', () => {
		const store = new Store({capacity: 2, staleAfterMs: 1000});
		store.addNode('n', 'n');
		store.apply('n', [reading(NOW, {pods: [podReading('shop', 'x\u001B[2J')]})], LIVE);
		expect(formatTable(store.view({level: 'pods'}, 'live', NOW))).toContain('x\uFFFD[2J');
	});
});

describe('groups', () => {
	const store = storeOfThree();
	const grouped = groupsOfView(store.view({level: 'pods'}, 'live', NOW), 'namespace', undefined, NOW);

	test('are a table of their pods and usage', () => {
		expect(formatGroups(grouped.rows.slice())).toBe(
			['NAME   PODS   CPU(cores)   MEMORY(bytes)   ', 'shop   2      600m         0Mi             ', ''].join(
				'\n',
			),
		);
	});

	test('are CSV without what only objects have', () => {
		const [heading = '', line] = formatCsv(grouped, NOW, true).split('\r\n');
		expect(heading).toMatch(/^name,pods,restarts,cpu_cores,memory_bytes,/);
		expect(heading).not.toMatch(/status|node|age|cpu_p95/);
		expect(line).toMatch(/^shop,2,,0\.6,0,/);
	});
});
