import {oneInterface, podsAreSums} from '../../../store/kept-instead.ts';
import type {Field, KindSchema, SchemaTable} from './schema.ts';

const NODE = 'kubernetes_node';
const CONTAINER = 'kubernetes_pod_container';
const POD_NETWORK = 'kubernetes_pod_network';

const NANOCORES = 1e9;

const gauge = (measurement: string, field: string): Field => ({
	measurement,
	field,
	divisor: 1,
	isZeroUnknown: true,
});
const counter = (measurement: string, field: string): Field => ({
	measurement,
	field,
	divisor: 1,
	isCounter: true,
	isZeroUnknown: true,
});
const usage = (measurement: string): KindSchema['fields'] => ({
	cpuCores: {measurement, field: 'cpu_usage_nanocores', divisor: NANOCORES},
	memoryWorkingSetBytes: gauge(measurement, 'memory_working_set_bytes'),
	memoryRssBytes: gauge(measurement, 'memory_rss_bytes'),
});
const POD = {node: 'node_name', namespace: 'namespace', pod: 'pod_name'};

/**
 * Telegraf's inputs.kubernetes (github.com/influxdata/telegraf plugins/inputs/kubernetes): one measurement per kind, one
 * field per metric. It writes 0 for values that the kubelet does not report. inputs.kube_inventory writes other fields
 * to the same measurements.
 */
export const TELEGRAF_SCHEMA: SchemaTable = {
	name: 'Telegraf',
	node: {
		tags: {node: 'node_name'},
		conditions: [],
		fields: {
			...usage(NODE),
			rxBytesPerSecond: counter(NODE, 'network_rx_bytes'),
			txBytesPerSecond: counter(NODE, 'network_tx_bytes'),
			filesystemUsedBytes: gauge(NODE, 'fs_used_bytes'),
		},
	},
	pod: {
		tags: POD,
		conditions: [],
		fields: {
			rxBytesPerSecond: counter(POD_NETWORK, 'rx_bytes'),
			txBytesPerSecond: counter(POD_NETWORK, 'tx_bytes'),
		},
	},
	container: {tags: {...POD, container: 'container_name'}, conditions: [], fields: usage(CONTAINER)},
	differences: [
		podsAreSums(),
		oneInterface('only eth0'),
		{kinds: ['node'], series: ['filesystemUsedBytes'], kept: 'only nodefs'},
	],
};
