import type {PastValue} from '../../../store/history-request.ts';
import {HEAPSTER, HEAPSTER_TAGS, HEAPSTER_TYPES, heapsterField} from '../../heapster-names.ts';
import type {Field, KindSchema, SchemaTable} from './schema.ts';

const MILLICORES = 1000;

/** Metric and the divisor of its stored values. */
const METRICS = {
	cpuCores: [HEAPSTER.cpuUsageRate, MILLICORES],
	memoryWorkingSetBytes: [HEAPSTER.memoryWorkingSet, 1],
	memoryRssBytes: [HEAPSTER.memoryRss, 1],
	rxBytesPerSecond: [HEAPSTER.networkRxRate, 1],
	txBytesPerSecond: [HEAPSTER.networkTxRate, 1],
	cpuCapacityCores: [HEAPSTER.cpuNodeCapacity, MILLICORES],
	memoryCapacityBytes: [HEAPSTER.memoryNodeCapacity, 1],
} as const;

type Name = keyof typeof METRICS;

const USAGE: readonly Name[] = ['cpuCores', 'memoryWorkingSetBytes', 'memoryRssBytes'];
const NETWORK: readonly Name[] = ['rxBytesPerSecond', 'txBytesPerSecond'];
const CAPACITY: readonly Name[] = ['cpuCapacityCores', 'memoryCapacityBytes'];

/**
 * What Heapster and `ktop record` write. `hasFields` is Heapster's `withfields=true`.
 *
 * Heapster's own sums of namespaces and of the cluster lack the working set and system daemons. ktop does not read them:
 * it sums pods and nodes, as it does live.
 */
export function heapsterSchema(hasFields: boolean): SchemaTable {
	const fieldOf = (name: Name): Field => {
		const [metric, divisor] = METRICS[name];
		return {...heapsterField(metric, hasFields), divisor};
	};
	const kind = (type: string, tags: KindSchema['tags'], names: readonly Name[]): KindSchema => ({
		tags,
		conditions: [{tag: HEAPSTER_TAGS.type, is: type}],
		fields: Object.fromEntries(names.map((name): readonly [PastValue, Field] => [name, fieldOf(name)])),
	});
	const {node, namespace, pod, container} = HEAPSTER_TAGS;
	return {
		name: 'Heapster',
		node: kind(HEAPSTER_TYPES.node, {node}, [...USAGE, ...NETWORK, ...CAPACITY]),
		pod: kind(HEAPSTER_TYPES.pod, {node, namespace, pod}, [...USAGE, ...NETWORK]),
		container: kind(HEAPSTER_TYPES.container, {node, namespace, pod, container}, USAGE),
		differences: [],
	};
}
