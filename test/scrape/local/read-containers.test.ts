import {describe, expect, test} from 'vitest';
import {id, inFolder, PROC, readMachine, type Tree, V1_MOUNTS, V2_MOUNTS} from './machine-tree.ts';

const UID = '0a1b2c3d-1111-2222-3333-444455556666';
const POD_SLICE = `sys/fs/cgroup/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UID.replaceAll('-', '_')}.slice`;
const APP = id('a');
const SANDBOX = id('5');
const NET_DEV = `    lo: 9 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0
  eth0: 7000 0 1 0 0 0 0 0 8000 0 2 0 0 0 0 0
`;

/** A process in a network namespace; the machine's own is `net:[4026531840]`. */
const process = (pid: number, namespace: number, name = 'app'): Tree =>
	inFolder(`proc/${pid}`, {comm: `${name}\n`, 'ns/net': `->net:[${namespace}]`, 'net/dev': NET_DEV});

const container = (runtimeScope: string, pid: number, usage = 1): Tree =>
	inFolder(`${POD_SLICE}/${runtimeScope}.scope`, {
		'cpu.stat': `usage_usec ${usage}\n`,
		'cgroup.procs': `${pid}\n${pid + 1}\n`,
	});

const machine: Tree = {
	...PROC,
	'proc/self/mountinfo': V2_MOUNTS,
	[`${POD_SLICE}/cpu.stat`]: 'usage_usec 2500\n',
	[`${POD_SLICE}/memory.current`]: '3000\n',
	[`${POD_SLICE}/memory.stat`]: 'inactive_file 1000\n',
	[`${POD_SLICE}/cgroup.procs`]: '',
	...container(`cri-containerd-${APP}`, 300, 2000),
	...container(`cri-containerd-${SANDBOX}`, 200, 500),
	...process(200, 4_026_532_999, 'pause'),
	...process(300, 4_026_532_999),
};

const podFolder: Tree = {[`var/log/pods/shop_web-0_${UID}/`]: ''};
const logLink: Tree = {[`var/log/containers/web-0_shop_front-end-${APP}.log`]: '->/nowhere'};
const task = (containerId: string, annotations: Readonly<Record<string, string>>): Tree => ({
	[`run/containerd/io.containerd.runtime.v2.task/k8s.io/${containerId}/config.json`]: JSON.stringify({
		ociVersion: '1.2.0',
		annotations,
	}),
});
const sandboxOfShop = {
	'io.kubernetes.cri.sandbox-name': 'web-0',
	'io.kubernetes.cri.sandbox-namespace': 'shop',
	'io.kubernetes.cri.sandbox-uid': UID,
};
const pod = {uid: UID, namespace: 'shop', name: 'web-0'};

describe('a pod', () => {
	test('has the figures of its own cgroup', async () => {
		const {pods} = await readMachine({...machine, ...podFolder});
		expect(pods).toHaveLength(1);
		expect(pods[0]).toMatchObject({
			pod,
			cpu: {usageCoreNanoseconds: 2_500_000},
			memory: {usageBytes: 3000, workingSetBytes: 2000},
		});
	});

	test('has the traffic of the network that its processes are in', async () => {
		const {pods} = await readMachine(machine);
		expect(pods[0]).toMatchObject({
			network: {rxBytes: 7000, txBytes: 8000, rxErrors: 1, txErrors: 2},
			isHostNetwork: false,
		});
	});

	test('on the machine’s network has no traffic of its own', async () => {
		const hosted = {...machine, ...process(200, 4_026_531_840, 'pause'), ...process(300, 4_026_531_840)};
		const {pods} = await readMachine(hosted);
		expect(pods[0]).toMatchObject({network: undefined, isHostNetwork: true});
	});

	test('whose processes may not be looked at has unknown traffic, and is not said to be on the machine’s network', async () => {
		const {'proc/200/ns/net': _, 'proc/300/ns/net': __, ...hidden} = machine;
		const {pods} = await readMachine(hidden);
		expect(pods[0]).toMatchObject({network: undefined, isHostNetwork: false});
	});

	test('that nothing names is called by its uid', async () => {
		const {pods} = await readMachine(machine);
		expect(pods[0]?.pod).toEqual({uid: UID, namespace: '', name: 'pod-0a1b2c3d'});
	});

	test('is named by its containers where the folders of logs cannot be listed', async () => {
		const {pods} = await readMachine({...machine, ...logLink});
		expect(pods[0]?.pod).toEqual(pod);
	});
});

describe('a container of a pod', () => {
	const one = async (tree: Tree) => {
		const {containers} = await readMachine(tree);
		expect(containers).toHaveLength(1);
		return containers[0];
	};

	test('is listed without the pod’s sandbox, which is recognised by its process if by nothing else', async () => {
		expect(await one(machine)).toMatchObject({
			name: 'aaaaaaaaaaaa',
			cpu: {usageCoreNanoseconds: 2_000_000},
			network: undefined,
		});
	});

	test('is named by the links to its logs', async () => {
		expect(await one({...machine, ...logLink})).toMatchObject({name: 'front-end', pod, image: undefined});
	});

	test('belongs to the pod of the folder of logs where it has no name of its own', async () => {
		expect(await one({...machine, ...podFolder})).toMatchObject({name: 'aaaaaaaaaaaa', pod});
	});

	test('is named by its containerd specification, which says what is a sandbox too', async () => {
		const tree = {
			...machine,
			...process(200, 4_026_532_999, 'not-pause'),
			...task(SANDBOX, {'io.kubernetes.cri.container-type': 'sandbox', ...sandboxOfShop}),
			...task(APP, {
				'io.kubernetes.cri.container-type': 'container',
				'io.kubernetes.cri.container-name': 'front-end',
				'io.kubernetes.cri.image-name': 'registry/front:1',
				...sandboxOfShop,
			}),
		};
		expect(await one(tree)).toMatchObject({name: 'front-end', image: 'registry/front:1', pod});
	});

	test('is listed though its process is called pause, where its specification says that it is a container', async () => {
		const tree = {
			...machine,
			...process(300, 4_026_532_999, 'pause'),
			...task(APP, {
				'io.kubernetes.cri.container-type': 'container',
				'io.kubernetes.cri.container-name': 'sleeper',
				...sandboxOfShop,
			}),
		};
		expect(await one(tree)).toMatchObject({name: 'sleeper'});
	});

	test('of k3s is named by the specification in a folder of its own', async () => {
		const [[path = '', text = ''] = []] = Object.entries(
			task(APP, {'io.kubernetes.cri.container-name': 'front-end', ...sandboxOfShop}),
		);
		const tree = {...machine, [path.replace('run/containerd', 'run/k3s/containerd')]: text};
		expect(await one(tree)).toMatchObject({name: 'front-end', pod});
	});

	test('is named by the storage list of CRI-O', async () => {
		const list = [
			{id: SANDBOX, names: [`k8s_POD_web-0_shop_${UID}_0`]},
			{id: APP, names: [`k8s_front-end_web-0_shop_${UID}_2`], metadata: '{"image-name":"registry/front:1"}'},
		];
		const tree = {
			...machine,
			...process(200, 4_026_532_999, 'not-pause'),
			'var/lib/containers/storage/overlay-containers/containers.json': JSON.stringify(list),
		};
		expect(await one(tree)).toMatchObject({name: 'front-end', image: 'registry/front:1', pod});
	});
});

describe('a container of Docker', () => {
	const folder = `docker/${APP}`;
	const tree: Tree = {
		...PROC,
		'proc/self/mountinfo': V2_MOUNTS,
		...inFolder(`sys/fs/cgroup/${folder}`, {'cpu.stat': 'usage_usec 1\n', 'cgroup.procs': '300\n'}),
		...process(300, 4_026_532_999),
	};
	const config = (text: string): Tree => ({[`var/lib/docker/containers/${APP}/config.v2.json`]: text});

	test('has the name and image that Docker keeps, and a network of its own', async () => {
		const json = JSON.stringify({Name: '/mail_1', Config: {Image: 'mail:9', Labels: {}}});
		const {containers} = await readMachine({...tree, ...config(json)});
		expect(containers).toMatchObject([
			{
				name: 'mail_1',
				image: 'mail:9',
				pod: undefined,
				network: {rxBytes: 7000, txBytes: 8000},
			},
		]);
	});

	test('has its process in a cgroup below where it runs an init system', async () => {
		const {[`sys/fs/cgroup/${folder}/cgroup.procs`]: _, ...rest} = tree;
		const nested = {...rest, [`sys/fs/cgroup/${folder}/init.scope/cgroup.procs`]: '300\n'};
		const {containers} = await readMachine(nested);
		expect(containers[0]?.network).toMatchObject({rxBytes: 7000});
	});

	test.each([
		['cannot be read', '', 'aaaaaaaaaaaa'],
		['is half written', '{"Name":"/mai', 'aaaaaaaaaaaa'],
		['has no name', '{"ID":"a"}', 'aaaaaaaaaaaa'],
		['has a name that is none', '{"Name":{"x":1}}', 'aaaaaaaaaaaa'],
	])('is known by its id where the configuration %s', async (_what, text, name) => {
		const {containers} = await readMachine({...tree, ...config(text)});
		expect(containers[0]?.name).toBe(name);
	});
});

test('a container of nerdctl has the name that its annotations tell', async () => {
	const {containers} = await readMachine({
		...PROC,
		'proc/self/mountinfo': V2_MOUNTS,
		[`sys/fs/cgroup/system.slice/nerdctl-${APP}.scope/cpu.stat`]: 'usage_usec 1\n',
		[`run/containerd/io.containerd.runtime.v2.task/default/${APP}/config.json`]: JSON.stringify({
			annotations: {'nerdctl/name': 'cache'},
		}),
	});
	expect(containers).toMatchObject([{name: 'cache', pod: undefined}]);
});

test('a container of podman has the name in its storage list', async () => {
	const {containers} = await readMachine({
		...PROC,
		'proc/self/mountinfo': V2_MOUNTS,
		[`sys/fs/cgroup/machine.slice/libpod-${APP}.scope/cpu.stat`]: 'usage_usec 1\n',
		'var/lib/containers/storage/overlay-containers/containers.json': JSON.stringify([
			{id: APP, names: ['quirky_bell'], metadata: '{"image-name":"docker.io/library/redis:7"}'},
		]),
	});
	expect(containers).toMatchObject([{name: 'quirky_bell', image: 'docker.io/library/redis:7'}]);
});

describe('a cgroup that is left of a container without processes', () => {
	const LEFT = id('e');
	const left = `${POD_SLICE}/cri-containerd-${LEFT}.scope`;
	const namesOf = async (tree: Tree) => {
		const {pods, containers} = await readMachine({...machine, ...podFolder, ...logLink, ...tree});
		return {
			pods: pods.map(reading => reading.pod.name),
			containers: containers.map(({name, pod: of}) => `${of?.namespace}/${of?.name}/${name}`),
		};
	};
	const running = {pods: ['web-0'], containers: ['shop/web-0/front-end']};

	test.each([
		['by its number of processes', {'pids.current': '0\n'}],
		['by its events, where processes are not counted', {'cgroup.events': 'populated 0\nfrozen 0\n'}],
	])('is not shown: known %s', async (_, files) => {
		const cgroup = inFolder(left, {'cpu.stat': 'usage_usec 9\n', 'cgroup.procs': '', ...files});
		expect(await namesOf(cgroup)).toEqual(running);
	});

	test('is not shown where it is gone from the hierarchy of the pids alone', async () => {
		const files: Tree = {
			...PROC,
			...podFolder,
			...logLink,
			'proc/self/mountinfo': V1_MOUNTS,
			...inFolder(`sys/fs/cgroup/memory/kubepods/pod${UID}/${APP}`, {
				'memory.usage_in_bytes': '5\n',
				'cgroup.procs': '300\n',
			}),
			...inFolder(`sys/fs/cgroup/pids/kubepods/pod${UID}/${APP}`, {'pids.current': '1\n'}),
			...inFolder(`sys/fs/cgroup/memory/kubepods/pod${UID}/${LEFT}`, {
				'memory.usage_in_bytes': '5\n',
				'cgroup.procs': '',
			}),
		};
		const {containers} = await readMachine(files);
		expect(containers.map(({name}) => name)).toEqual(['front-end']);
	});

	test('takes the pod with it, where it was all of it', async () => {
		const uid = UID.replace('0a1b', 'ffff').replaceAll('-', '_');
		const slice = `sys/fs/cgroup/kubepods.slice/kubepods-pod${uid}.slice`;
		const events = {'cpu.stat': 'usage_usec 9\n', 'cgroup.procs': '', 'cgroup.events': 'populated 0\n'};
		expect(
			await namesOf({
				...inFolder(slice, events),
				...inFolder(`${slice}/cri-containerd-${LEFT}.scope`, events),
			}),
		).toEqual(running);
	});

	test('is shown in its pod, unless it is known to have none', async () => {
		const {pods, containers} = await readMachine({
			...machine,
			...task(APP, {...sandboxOfShop, 'io.kubernetes.cri.container-name': 'front-end'}),
			...inFolder(left, {'cpu.stat': 'usage_usec 9\n'}),
		});
		expect(pods.map(reading => reading.pod)).toMatchObject([{namespace: 'shop', name: 'web-0'}]);
		expect(containers.map(({name, pod: of}) => [name, of?.namespace, of?.name])).toEqual(
			expect.arrayContaining([
				['front-end', 'shop', 'web-0'],
				[LEFT.slice(0, 12), 'shop', 'web-0'],
			]),
		);
	});

	test('does not stand in for the container of the same name that runs', async () => {
		const named = {...sandboxOfShop, 'io.kubernetes.cri.container-name': 'app'};
		const {containers} = await readMachine({
			...machine,
			...task(APP, named),
			...task(LEFT, named),
			[`${POD_SLICE}/cri-containerd-${APP}.scope/pids.current`]: '2\n',
			...inFolder(left, {'cpu.stat': 'usage_usec 9\n'}),
		});
		expect(containers.map(({id: path}) => path.includes(APP))).toEqual([true]);
	});
});
