import {describe, expect, test} from 'vitest';
import {findCgroups} from '../../../source/scrape/local/cgroup-mounts.ts';
import {parseMountinfo} from '../../../source/scrape/local/mountinfo.ts';
import {HYBRID_MOUNTS, V1_MOUNTS} from './machine-tree.ts';

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
