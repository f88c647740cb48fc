import type {NodeRow} from '../model/row.ts';
import {UNKNOWN_USAGE} from '../rates/usage-tracker.ts';

/** The row of a node without samples. */
export function unreadNode(id: string, name: string, cluster?: string): NodeRow {
	return {
		// First, since V8 11.3 (Node 20) gives each object that begins with a spread a hidden class of its own.
		kind: 'node',
		...UNKNOWN_USAGE,
		id,
		cluster,
		name,
		state: {kind: 'waiting'},
		cpuCapacityCores: undefined,
		memoryCapacityBytes: undefined,
		filesystems: [],
		fullestFilesystem: undefined,
		filesystemUsedBytes: undefined,
		filesystemFullRatio: undefined,
		filesystemCapacityBytes: undefined,
		podCount: undefined,
		containerCount: undefined,
		info: undefined,
		bound: undefined,
	};
}
