import {oneInterface, podsAreSums} from '../../../store/kept-instead.ts';
import type {Field, KindSchema, SchemaTable} from './schema.ts';

const NANOSECONDS = 1e9;

const gauge = (measurement: string): Field => ({measurement, field: 'value', divisor: 1});
const counter = (measurement: string, divisor: number): Field => ({
	measurement,
	field: 'value',
	divisor,
	isCounter: true,
});

const USAGE: KindSchema['fields'] = {
	cpuCores: counter('cpu_usage_total', NANOSECONDS),
	memoryWorkingSetBytes: gauge('memory_working_set'),
	memoryRssBytes: gauge('memory_rss'),
};
const NETWORK: KindSchema['fields'] = {
	rxBytesPerSecond: counter('rx_bytes', 1),
	txBytesPerSecond: counter('tx_bytes', 1),
};
const CONTAINER = 'io.kubernetes.container.name';
const POD = {node: 'machine', namespace: 'io.kubernetes.pod.namespace', pod: 'io.kubernetes.pod.name'};

/**
 * cAdvisor's storage driver (github.com/google/cadvisor cmd/internal/storage/influxdb): raw counters at irregular times,
 * with every container label as a tag. The machine is the container `/`. A pod's traffic is in its sandbox, the only one
 * of its containers with a network interface.
 */
export const CADVISOR_SCHEMA: SchemaTable = {
	name: 'cAdvisor',
	node: {
		tags: {node: 'machine'},
		conditions: [{tag: 'container_name', is: '/'}],
		fields: {...USAGE, ...NETWORK},
	},
	pod: {tags: POD, conditions: [{tag: POD.pod, isNot: ''}], fields: NETWORK},
	container: {
		tags: {...POD, container: CONTAINER},
		conditions: [
			{tag: CONTAINER, isNot: ''},
			{tag: CONTAINER, isNot: 'POD'},
		],
		fields: USAGE,
	},
	differences: [podsAreSums(), oneInterface('only the first interface')],
};
