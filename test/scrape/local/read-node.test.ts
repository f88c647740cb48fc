import {describe, expect, test} from 'vitest';
import {NOW_MS, PROC, readMachine, type Tree, V2_MOUNTS} from './machine-tree.ts';

const machine: Tree = {...PROC, 'proc/self/mountinfo': V2_MOUNTS};

// Expected figures were added up by hand from the text of the files.
describe('this machine as a node', () => {
	test('has the CPU time of its ticks and the CPUs that are switched on', async () => {
		const {node} = await readMachine(machine);
		expect(node).toMatchObject({
			startTimeMs: 1_795_434_874_000,
			cpu: {
				timeMs: NOW_MS,
				usageCores: undefined,
				usageCoreNanoseconds: 17_100_000_000,
				split: {user: 12e9, system: 4.3e9},
			},
			cpuCapacityCores: 3,
			processCount: 2,
		});
	});

	test('has the memory that a kubelet would report of its root cgroup', async () => {
		const {node} = await readMachine(machine);
		expect(node?.memoryCapacityBytes).toBe(8_192_000_000);
		expect(node?.memory).toEqual({
			timeMs: NOW_MS,
			rssBytes: 2_048_000_000,
			cacheBytes: 3_194_880_000,
			usageBytes: 5_242_880_000,
			workingSetBytes: 3_706_880_000,
			availableBytes: 4_485_120_000,
			limitBytes: undefined,
			pageFaults: 123_456,
			majorPageFaults: 789,
		});
		expect(node?.swap).toEqual({timeMs: NOW_MS, usageBytes: 512_000_000, availableBytes: 1_536_000_000});
	});

	test('sums its own interfaces, not loopback or the ends of containers’', async () => {
		const {node} = await readMachine(machine);
		expect(node?.network).toEqual({
			timeMs: NOW_MS,
			interfaces: 'eth0 eth1',
			rxBytes: 1500,
			txBytes: 2600,
			rxErrors: 3,
			txErrors: 5,
		});
		expect(node?.interfaces?.map(({name}) => name)).toEqual(['eth0', 'eth1']);
		expect(node?.cores).toHaveLength(3);
		expect(node?.disks).toEqual([{name: 'vda', readBytes: 1_024_000, writtenBytes: 2_048_000, busyMs: 120}]);
	});

	test('counts the bytes of a bond once', async () => {
		const {node} = await readMachine({
			...machine,
			'proc/net/dev': `eth0: 10 0 0 0 0 0 0 0 20 0 0 0 0 0 0 0
bond0: 10 0 0 0 0 0 0 0 20 0 0 0 0 0 0 0
eth0.7: 10 0 0 0 0 0 0 0 20 0 0 0 0 0 0 0
`,
			'proc/net/bonding/bond0': '',
			'proc/net/vlan/config': '',
			'proc/net/vlan/eth0.7': '',
		});
		expect(node?.network).toMatchObject({rxBytes: 10, txBytes: 20});
	});

	test('knows by /sys what is stacked on what, whatever it is called', async () => {
		const {node} = await readMachine({
			...machine,
			'proc/net/dev': `uplink: 30 0 0 0 0 0 0 0 60 0 0 0 0 0 0 0
lan1: 10 0 0 0 0 0 0 0 20 0 0 0 0 0 0 0
lan2: 20 0 0 0 0 0 0 0 40 0 0 0 0 0 0 0
office: 5 0 0 0 0 0 0 0 6 0 0 0 0 0 0 0
`,
			'sys/class/net/uplink/lower_lan1/mtu': '1500',
			'sys/class/net/uplink/lower_lan2/mtu': '1500',
			'sys/class/net/office/lower_uplink/mtu': '1500',
			'sys/class/net/lan1/device/vendor': '0x8086',
			'sys/class/net/lan2/device/vendor': '0x8086',
		});
		expect(node?.network).toMatchObject({interfaces: 'lan1 lan2', rxBytes: 30, txBytes: 60});
	});

	test('has only the pressure that its kernel reports', async () => {
		const {node} = await readMachine(machine);
		expect(node?.pressure).toEqual({
			cpuSomePercent: 12.34,
			cpuFullPercent: undefined,
			memorySomePercent: 1.5,
			memoryFullPercent: 0.75,
			ioSomePercent: undefined,
			ioFullPercent: undefined,
		});
	});

	test.each([
		['memory', 'proc/meminfo', {memory: undefined, swap: undefined, memoryCapacityBytes: undefined}],
		['network', 'proc/net/dev', {network: undefined}],
		['CPU', 'proc/stat', {cpu: undefined, cpuCapacityCores: undefined, startTimeMs: undefined}],
	])('without the file of its %s leaves just that unknown', async (_what, path, expected) => {
		const {[path]: _, ...rest} = machine;
		const {node} = await readMachine(rest);
		expect(node).toMatchObject(expected);
		expect(node?.processCount).toBe(2);
	});

	test('without page fault counters in vmstat leaves those unknown', async () => {
		const {node} = await readMachine({...machine, 'proc/vmstat': 'nr_free_pages 5\n'});
		expect(node?.memory).toMatchObject({pageFaults: undefined, majorPageFaults: undefined});
	});
});
