import type {JsonObject} from '../../metrics/model/json.ts';
import {decodeNodeResources} from '../inventory/resource-amounts.ts';

/** The amounts of a ResourceList besides CPU, memory, ephemeral storage and pods: GPUs, huge pages. */
export function extendedAmounts(list: JsonObject): Readonly<Record<string, number>> {
	return decodeNodeResources(list).extended;
}
