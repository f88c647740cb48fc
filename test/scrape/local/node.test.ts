import {describe, expect, test} from 'vitest';
import {findCgroups} from '../../../source/scrape/local/cgroup-mounts.ts';
import {localFilesystems} from '../../../source/scrape/local/local-filesystems.ts';
import {parseMountinfo} from '../../../source/scrape/local/mountinfo.ts';
import {HYBRID_MOUNTS, NOW_MS, PROC, readMachine, type Tree, V1_MOUNTS, V2_MOUNTS} from './machine-tree.ts';

const machine: Tree = {...PROC, 'proc/self/mountinfo': V2_MOUNTS};

// Expected figures were added up by hand from the text of the files.
describe('this machine as a node', () => {
	test('has the CPU time of its ticks and the CPUs that are switched on', async () => {
		const {node} = await readMachine(machine);
		expect(node).toMatchObject({
			startTimeMs: 1_795_434_874_000,
			cpu: {timeMs: NOW_MS, usageCores: undefined, usageCoreNanoseconds: 17_100_000_000},
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

	test('has the pressure that its kernel tells, and none of what it does not', async () => {
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

describe('the file systems of a machine', () => {
	const named = (text: string): readonly string[] =>
		localFilesystems(parseMountinfo(text)).map(({mountPoint}) => mountPoint);

	test('are those on its disks, the root first, each device once', () => {
		expect(
			named(`20 1 8:2 / /data rw - xfs /dev/sda2 rw
21 1 8:1 / / rw - ext4 /dev/sda1 rw
22 21 8:1 /srv /srv rw - ext4 /dev/sda1 rw
23 21 8:2 /x /d rw - xfs /dev/sda2 rw
24 21 0:5 / /proc rw - proc proc rw
25 21 0:6 / /run rw - tmpfs tmpfs rw
26 21 0:44 / /mnt/nas rw - nfs4 nas:/export rw
27 21 0:45 / /mnt/win rw - cifs //nas/x rw
28 21 0:50 / /var/lib/docker/overlay2/abc/merged rw - overlay overlay rw
29 21 7:0 / /snap/core rw - squashfs /dev/loop0 ro
30 21 0:60 / /var/lib/docker/zfs/graph/abc rw - zfs pool/docker/abc rw
31 21 0:61 / /tank rw - zfs tank rw
32 21 8:3 / /var/lib/docker rw - ext4 /dev/sda3 rw
`),
		).toEqual(['/', '/data', '/tank', '/var/lib/docker']);
	});

	test('seen from within a container are its own root, not the files that its runtime mounts', () => {
		expect(
			named(`20 1 0:50 / / rw - overlay overlay rw
21 20 8:1 /var/lib/docker/containers/abc/hosts /etc/hosts rw - ext4 /dev/sda1 rw
22 20 8:1 /var/lib/docker/containers/abc/resolv.conf /etc/resolv.conf rw - ext4 /dev/sda1 rw
`),
		).toEqual(['/']);
	});
});

describe('the cgroup hierarchies', () => {
	const found = (text: string) => findCgroups(parseMountinfo(text));

	test('of v1 are found wherever they are mounted, together or apart', () => {
		const {unified, controllers} = found(V1_MOUNTS);
		expect(unified).toBeUndefined();
		expect([controllers.get('cpu'), controllers.get('cpuacct'), controllers.get('memory')]).toEqual([
			'/sys/fs/cgroup/cpu,cpuacct',
			'/sys/fs/cgroup/cpu,cpuacct',
			'/sys/fs/cgroup/memory',
		]);
	});

	test('of a hybrid machine are both', () => {
		const {unified, controllers} = found(HYBRID_MOUNTS);
		expect([unified, controllers.get('memory')]).toEqual(['/sys/fs/cgroup/unified', '/sys/fs/cgroup/memory']);
	});

	test('are taken whole before a part that a network plugin mounted for itself', () => {
		expect(
			found(`30 1 0:26 /kubepods /run/plugin/cgroup rw - cgroup2 none rw
31 1 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
`).unified,
		).toBe('/sys/fs/cgroup');
	});
});
