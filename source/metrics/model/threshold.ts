/** The conditions that raise an event or a problem, by their names there. */
export type ThresholdName =
	| 'cpu'
	| 'memory'
	| 'cpu of limit'
	| 'memory of limit'
	| 'file system'
	| 'inodes'
	| 'volume'
	| 'throttled'
	| 'CPU pressure'
	| 'memory pressure'
	| 'I/O pressure'
	| 'not read'
	| 'not ready';

/** The share from which on there is an event, and a problem. */
export const THRESHOLDS: Readonly<Record<ThresholdName, number>> = {
	cpu: 0.9,
	memory: 0.9,
	'cpu of limit': 0.9,
	'memory of limit': 0.9,
	'file system': 0.9,
	inodes: 0.9,
	volume: 0.9,
	throttled: 0.25,
	'CPU pressure': 0.2,
	'memory pressure': 0.2,
	'I/O pressure': 0.2,
	'not read': 1,
	'not ready': 1,
};
