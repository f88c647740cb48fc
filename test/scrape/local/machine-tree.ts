import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import {localTarget} from '../../../source/scrape/local/target.ts';
import type {Scrape} from '../../../source/scrape/target.ts';
import {context} from '../scrape-context.ts';

/** Files by their path; a `->` before the text makes a link to it, a path that ends in a slash a folder. */
export type Tree = Readonly<Record<string, string>>;

/** Writes a machine's files below a folder of their own, which is removed at the end of the test. */
export function buildMachine(tree: Tree): string {
	const root = mkdtempSync(join(tmpdir(), 'ktop-machine-'));
	onTestFinished(() => rmSync(root, {recursive: true}));
	addFiles(root, tree);
	return root;
}

export function addFiles(root: string, tree: Tree): void {
	for (const [path, text] of Object.entries(tree)) {
		const full = join(root, path);
		mkdirSync(path.endsWith('/') ? full : dirname(full), {recursive: true});
		if (text.startsWith('->')) {
			symlinkSync(text.slice(2), full);
		} else if (!path.endsWith('/')) {
			writeFileSync(full, text);
		}
	}
}

/** The same files in one folder: `{cpu.stat: …}` below `/sys/fs/cgroup/x`. */
export function inFolder(folder: string, files: Tree): Tree {
	return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

export const NOW_MS = 1_795_440_000_000;

export function scrapeMachine(tree: Tree): Promise<Scrape> {
	const target = localTarget({root: buildMachine(tree), platform: 'linux', now: () => NOW_MS});
	return target.scrape(context());
}

export async function readMachine(tree: Tree): Promise<Reading> {
	const {readings} = await scrapeMachine(tree);
	const [reading] = readings;
	if (reading === undefined || readings.length > 1) {
		throw new Error(`${readings.length} readings of one moment`);
	}

	return reading;
}

/** What every machine here has beside its cgroups; the CPU with the number 2 is switched off. */
export const PROC: Tree = {
	'proc/stat': `cpu  1000 200 300 4000 500 60 70 80 900 10
cpu0 400 100 100 1300 200 20 30 30 450 5
cpu1 300 50 100 1400 150 20 20 30 250 3
cpu3 300 50 100 1300 150 20 20 20 200 2
intr 22052 9 0
ctxt 70017
btime 1795434874
processes 2915
procs_running 1
procs_blocked 0
softirq 9 0 1 2 3 0 0 0 0 0 3
`,
	'proc/meminfo': `MemTotal:        8000000 kB
MemFree:         1000000 kB
MemAvailable:    4900000 kB
Buffers:          100000 kB
Cached:          3000000 kB
SwapCached:        20000 kB
Inactive(file):  1500000 kB
SwapTotal:       2000000 kB
SwapFree:        1500000 kB
AnonPages:       2000000 kB
HugePages_Total:       4
`,
	'proc/vmstat': 'nr_free_pages 250000\npgfault 123456\npgmajfault 789\n',
	'proc/net/dev': `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 99999 10 0 0 0 0 0 0 99999 10 0 0 0 0 0 0
  eth0: 1000 10 3 0 0 0 0 0 2000 20 4 0 0 0 0 0
  eth1:500 5 0 0 0 0 0 0 600 6 1 0 0 0 0 0
vethab12: 700 7 0 0 0 0 0 0 800 8 0 0 0 0 0 0
`,
	'proc/diskstats': ' 254 0 vda 9 0 2000 1 9 0 4000 1 0 120 1\n 254 1 vda1 9 0 2000 1 9 0 4000 1 0 120 1\n',
	'sys/block/vda/size': '1\n',
	'proc/pressure/cpu':
		'some avg10=12.34 avg60=5.00 avg300=1.00 total=1000\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
	'proc/pressure/memory':
		'some avg10=1.50 avg60=0.00 avg300=0.00 total=10\nfull avg10=0.75 avg60=0.00 avg300=0.00 total=5\n',
	'proc/1/': '',
	'proc/77/': '',
	'proc/self/ns/net': '->net:[4026531840]',
};

export const V2_MOUNTS = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
`;

/** The controllers together and apart, as distributions mount them. */
export const V1_MOUNTS = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:26 / /sys/fs/cgroup ro,nosuid shared:9 - tmpfs tmpfs ro,mode=755
31 30 0:27 / /sys/fs/cgroup/systemd rw,nosuid shared:10 - cgroup cgroup rw,xattr,name=systemd
32 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:11 - cgroup cgroup rw,cpu,cpuacct
33 30 0:29 / /sys/fs/cgroup/memory rw,nosuid shared:12 - cgroup cgroup rw,memory
34 30 0:30 / /sys/fs/cgroup/pids rw,nosuid shared:13 - cgroup cgroup rw,pids
`;

export const HYBRID_MOUNTS = `${V1_MOUNTS}35 30 0:31 / /sys/fs/cgroup/unified rw,nosuid shared:14 - cgroup2 cgroup2 rw,nsdelegate
`;

/** Ids as runtimes make them: 64 hexadecimal digits. */
export const id = (digit: string): string => digit.repeat(64);
