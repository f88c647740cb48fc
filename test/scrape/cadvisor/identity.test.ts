import {describe, expect, test} from 'vitest';
import {identify} from '../../../source/scrape/cadvisor/identity.ts';
import type {SampledCgroup} from '../../../source/scrape/cadvisor/sample-history.ts';

const ID = '1e3008c274b168221faafcdb16eff89abf5d52ed6c6ae77a6f365c24bb4b6464';
const UID = '25946a71-8ace-4068-aca5-647f9e6e68fe';

const cgroup = (
	path: string,
	labels: Record<string, string> = {},
	aliases: readonly string[] = [],
): SampledCgroup => ({path, aliases, namespace: undefined, spec: {labels}, samples: []});

const POD_LABELS = {
	'io.kubernetes.pod.name': 'cart-1',
	'io.kubernetes.pod.namespace': 'shop',
	'io.kubernetes.pod.uid': UID,
};
const POD = {uid: UID, namespace: 'shop', name: 'cart-1'};
const container = (name: string, pod: unknown, containerKind = 'container') => ({
	kind: 'container',
	containerKind,
	name,
	pod,
});

describe('a cgroup is taken for', () => {
	test.each([
		[
			'the container that its labels name',
			cgroup(`/docker/${ID}`, {...POD_LABELS, 'io.kubernetes.container.name': 'cart'}),
			container('cart', POD),
		],
		[
			'a sandbox where the container is called POD',
			cgroup(`/docker/${ID}`, {...POD_LABELS, 'io.kubernetes.container.name': 'POD'}),
			{kind: 'sandbox', pod: POD},
		],
		[
			'a sandbox where containerd says so',
			cgroup(`/kubepods/pod${UID}/${ID}`, {...POD_LABELS, 'io.cri-containerd.kind': 'sandbox'}),
			{kind: 'sandbox', pod: POD},
		],
		[
			'a container of a pod whose one label holds namespace and name (Kubernetes 1.0)',
			cgroup(`/docker/${ID}`, {
				'io.kubernetes.pod.name': 'shop/cart-1',
				'io.kubernetes.container.name': 'cart',
			}),
			container('cart', {uid: undefined, namespace: 'shop', name: 'cart-1'}),
		],
		[
			'the container that its alias names',
			cgroup(`/docker/${ID}`, {}, [`k8s_cart_cart-1_shop_${UID}_3`, ID]),
			container('cart', POD),
		],
		[
			'the container that its alias with a hash names',
			cgroup(`/docker/${ID}`, {}, [`k8s_cart.a1b2c3_cart-1_shop_${UID}_0`]),
			container('cart', POD),
		],
		[
			'a sandbox where the alias says POD',
			cgroup(`/docker/${ID}`, {}, [`k8s_POD_cart-1_shop_${UID}_0`]),
			{kind: 'sandbox', pod: POD},
		],
		[
			'the container that its alias names with an attempt in hexadecimal digits (Kubernetes before 1.6)',
			cgroup(`/docker/${ID}`, {}, [`k8s_cart.a1b2c3_cart-1_shop_${UID}_f00dcafe`]),
			container('cart', POD),
		],
		[
			'a sandbox where such an alias says POD',
			cgroup(`/docker/${ID}`, {}, [`k8s_POD.e4cc795_cart-1_shop_${UID}_f00dcafe`]),
			{kind: 'sandbox', pod: POD},
		],
		['a pod by its path', cgroup(`/kubepods/burstable/pod${UID}`), {kind: 'pod', uid: UID}],
		[
			'a container by its path, with the pod’s uid alone',
			cgroup(`/kubepods/burstable/pod${UID}/${ID}`, {}, [ID, `/kubepods/burstable/pod${UID}/${ID}`]),
			container(ID, {uid: UID, namespace: '', name: ''}),
		],
		[
			'a container by the name Docker gave it',
			cgroup(`/docker/${ID}`, {}, ['brave_hopper', ID]),
			container('brave_hopper', undefined),
		],
		['a service', cgroup('/system.slice/ssh.service'), container('ssh', undefined, 'service')],
		['a daemon of an old node', cgroup('/docker-daemon'), container('/docker-daemon', undefined, 'system')],
		[
			'a container where somebody made it by hand',
			cgroup('/ktop-test-123'),
			container('/ktop-test-123', undefined),
		],
	])('%s', (_what, given, expected) => {
		expect(identify(given, true)).toEqual(expected);
	});

	test.each(['/', '/kubepods', '/docker', '/init.scope', '/user.slice', '/system.slice/tmp.mount', '/a/b'])(
		'nothing of its own: %s',
		path => {
			expect(identify(cgroup(path), true)).toEqual({kind: 'none'});
		},
	);

	test.each(['mount', 'socket', 'slice', 'swap', 'automount', 'device', 'path', 'target', 'timer'])(
		'nothing of its own where it is a %s with a container’s labels and aliases',
		unit => {
			const path = `/system.slice/docker-${ID}.${unit}`;
			const labels = {...POD_LABELS, 'io.kubernetes.container.name': 'cart'};
			expect(identify(cgroup(path, labels, [`k8s_cart_cart-1_shop_${UID}_0`]), true)).toEqual({kind: 'none'});
		},
	);

	test('a pod where a slice is a pod’s', () => {
		const slice = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${UID.replaceAll('-', '_')}.slice`;
		expect(identify(cgroup(slice), false)).toEqual({kind: 'pod', uid: UID});
	});

	test('nothing of its own where others are below it', () => {
		expect(identify(cgroup('/batch-jobs'), false)).toEqual({kind: 'none'});
	});
});
