import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {parseQuantity} from '../../metrics/model/quantity.ts';
import {parseTimestamp} from '../timestamp.ts';

type Amounts = {readonly cpuCores: number | undefined; readonly memoryBytes: number | undefined};

/** `NodeMetrics` of metrics.k8s.io (k8s.io/metrics pkg/apis/metrics/v1beta1/types.go). */
export type NodeMetrics = {
	readonly name: string;
	/** The end of the window. */
	readonly timeMs: number | undefined;
	readonly usage: Amounts;
};

/** `PodMetrics` of metrics.k8s.io. */
export type PodMetrics = {
	readonly namespace: string;
	readonly name: string;
	readonly timeMs: number | undefined;
	readonly containers: readonly ContainerMetrics[];
};

export type ContainerMetrics = {readonly name: string | undefined; readonly usage: Amounts};

/** Decodes a NodeMetricsList; skips items without a name. */
export function decodeNodeMetrics(list: unknown): readonly NodeMetrics[] {
	return itemsOf(list, 'items').flatMap(item => {
		const name = textAt(fieldsAt(item, 'metadata'), 'name');
		return name === undefined ? [] : [{name, timeMs: parseTimestamp(item.timestamp), usage: usageOf(item)}];
	});
}

/** Decodes a PodMetricsList; skips items without a name or namespace. */
export function decodePodMetrics(list: unknown): readonly PodMetrics[] {
	return itemsOf(list, 'items').flatMap(item => {
		const metadata = fieldsAt(item, 'metadata');
		const name = textAt(metadata, 'name');
		const namespace = textAt(metadata, 'namespace');
		if (name === undefined || namespace === undefined) {
			return [];
		}

		const containers = itemsOf(item, 'containers').map(container => ({
			name: textAt(container, 'name'),
			usage: usageOf(container),
		}));
		return [{namespace, name, timeMs: parseTimestamp(item.timestamp), containers}];
	});
}

function usageOf(item: JsonObject): Amounts {
	const usage = fieldsAt(item, 'usage');
	return {cpuCores: amount(usage.cpu), memoryBytes: amount(usage.memory)};
}

function amount(quantity: unknown): number | undefined {
	const value = parseQuantity(quantity);
	return value === undefined || value < 0 ? undefined : value;
}

function itemsOf(value: unknown, name: string): readonly JsonObject[] {
	const items = isJsonObject(value) ? value[name] : undefined;
	return Array.isArray(items) ? items.filter(isJsonObject) : [];
}

function fieldsAt(fields: JsonObject, name: string): JsonObject {
	const value = fields[name];
	return isJsonObject(value) ? value : {};
}

function textAt(fields: JsonObject, name: string): string | undefined {
	const value = fields[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}
