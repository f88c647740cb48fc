import type {PastValue} from '../../../store/history-request.ts';
import type {Field, KindSchema, SchemaTable} from './schema.ts';

/** Names and what a stored value is divided by: CPU is in millicores. */
const METRICS = {
	cpuCores: ['cpu/usage_rate', 1000],
	memoryWorkingSetBytes: ['memory/working_set', 1],
	memoryRssBytes: ['memory/rss', 1],
	rxBytesPerSecond: ['network/rx_rate', 1],
	txBytesPerSecond: ['network/tx_rate', 1],
	cpuCapacityCores: ['cpu/node_capacity', 1000],
	memoryCapacityBytes: ['memory/node_capacity', 1],
} as const;

type Name = keyof typeof METRICS;

const USAGE: readonly Name[] = ['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes'];
const NETWORK: readonly Name[] = ['rxBytesPerSecond', 'txBytesPerSecond'];

/**
 * Heapster's (github.com/kubernetes-retired/heapster docs/storage-schema.md), which `ktop record` writes too: a
 * measurement a metric with the field `value`, or with `withfields=true` a measurement `cpu` with the field
 * `usage_rate`. Its sums of namespaces and clusters leave out memory's working set and the nodes' own daemons, so that
 * ktop sums pods and nodes instead, as it does live.
 */
export function heapsterSchema(hasFields: boolean): SchemaTable {
	const fieldOf = (name: Name): Field => {
		const [metric, divisor] = METRICS[name];
		const [group = '', ...rest] = metric.split('/');
		return hasFields
			? {measurement: group, field: rest.join('/'), divisor}
			: {measurement: metric, field: 'value', divisor};
	};
	const place = (type: string, tags: KindSchema['tags'], names: readonly Name[]): KindSchema => ({
		tags,
		conditions: [{tag: 'type', is: type}],
		fields: Object.fromEntries(names.map((name): readonly [PastValue, Field] => [name, fieldOf(name)])),
	});
	const pod = {node: 'nodename', namespace: 'namespace_name', pod: 'pod_name'};
	return {
		name: 'Heapster',
		node: place('node', {node: 'nodename'}, [
			...USAGE,
			...NETWORK,
			'cpuCapacityCores',
			'memoryCapacityBytes',
		]),
		pod: place('pod', pod, [...USAGE, ...NETWORK]),
		container: place('pod_container', {...pod, container: 'container_name'}, USAGE),
		differences: [],
	};
}
