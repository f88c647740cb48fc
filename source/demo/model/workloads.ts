type Pattern = 'steady' | 'sine' | 'leak' | 'bursty' | 'idle' | 'throttled' | 'network';

/** `cores` is the mean CPU and `memoryMi` the usual working set of one replica. */
export type ContainerTemplate = {
	readonly name: string;
	readonly pattern: Pattern;
	readonly cores: number;
	readonly memoryMi: number;
	/** Requested by each replica. */
	readonly gpus?: number;
};

export type DemoWorkload = {
	readonly namespace: string;
	readonly name: string;
	readonly kind: 'daemonset' | 'deployment' | 'statefulset';
	readonly isHostNetwork: boolean;
	readonly containers: readonly ContainerTemplate[];
};

function container(name: string, pattern: Pattern, cores: number, memoryMi: number): ContainerTemplate {
	return {name, pattern, cores, memoryMi};
}

function workload(
	kind: DemoWorkload['kind'],
	namespace: string,
	name: string,
	...containers: readonly ContainerTemplate[]
): DemoWorkload {
	return {namespace, name, kind, isHostNetwork: false, containers};
}

/** One pod of each runs on every node, if its number of pods suffices. */
export const DAEMONS: readonly DemoWorkload[] = [
	{
		...workload('daemonset', 'kube-system', 'kube-proxy', container('kube-proxy', 'idle', 0.004, 28)),
		isHostNetwork: true,
	},
	workload('daemonset', 'kube-system', 'node-local-dns', container('node-cache', 'steady', 0.012, 22)),
	{
		...workload(
			'daemonset',
			'monitoring',
			'node-exporter',
			container('node-exporter', 'steady', 0.01, 19),
			container('kube-rbac-proxy', 'idle', 0.001, 14),
		),
		isHostNetwork: true,
	},
	workload('daemonset', 'logging', 'fluent-bit', container('fluent-bit', 'bursty', 0.025, 38)),
];

const proxy = container('istio-proxy', 'sine', 0.015, 62);
const api = workload('deployment', 'payments', 'api', container('api', 'sine', 0.14, 180), proxy);
const frontend = workload('deployment', 'web', 'frontend', container('frontend', 'steady', 0.05, 96));
const web = workload(
	'deployment',
	'shop',
	'web',
	container('nginx', 'network', 0.06, 42),
	container('app', 'sine', 0.1, 150),
);

/**
 * The other pods are assigned to these in turn. A StatefulSet is listed once, so that its ordinals have no gaps. A
 * Deployment that is listed twice gets twice as many pods.
 */
export const WORKLOADS: readonly DemoWorkload[] = [
	workload('statefulset', 'payments', 'ledger-db', container('postgres', 'sine', 0.22, 610)),
	api,
	web,
	workload('deployment', 'batch', 'report-worker', container('worker', 'bursty', 0.06, 260)),
	workload('deployment', 'shop', 'cart', container('cart', 'sine', 0.08, 120), proxy),
	frontend,
	workload('deployment', 'shop', 'recommendations', container('model', 'leak', 0.12, 220)),
	workload('deployment', 'payments', 'fraud-check', container('scorer', 'throttled', 0.25, 340)),
	workload('deployment', 'web', 'ingress-nginx', container('controller', 'network', 0.09, 130)),
	workload(
		'statefulset',
		'shop',
		'cache',
		container('redis', 'steady', 0.03, 410),
		container('exporter', 'idle', 0.001, 12),
	),
	frontend,
	workload('deployment', 'batch', 'image-resizer', container('resizer', 'bursty', 0.09, 190)),
	api,
	workload(
		'statefulset',
		'monitoring',
		'prometheus',
		container('prometheus', 'steady', 0.18, 900),
		container('config-reloader', 'idle', 0.001, 10),
	),
	web,
	workload('deployment', 'kube-system', 'coredns', container('coredns', 'steady', 0.015, 34)),
	workload('deployment', 'web', 'docs', container('docs', 'idle', 0.0005, 18)),
	workload('statefulset', 'batch', 'queue', container('broker', 'network', 0.11, 520)),
	workload('deployment', 'staging', 'sandbox', container('sandbox', 'idle', 0.0008, 24)),
	workload('deployment', 'monitoring', 'grafana', container('grafana', 'steady', 0.02, 110)),
	workload('deployment', 'batch', 'transcoder', {...container('ffmpeg', 'throttled', 0.5, 280), gpus: 1}),
];
