import type {Column} from '../model/column.ts';
import type {Row, Usage} from '../model/row.ts';
import {cpuUnmeasured, memoryUnmeasured, networkUnmeasured, unmeasuredSeries} from '../reasons/unmeasured.ts';

/** Usage of CPU, memory and network. */

export type Measured = Pick<
	Usage,
	'cpuCores' | 'memoryWorkingSetBytes' | 'memoryRssBytes' | 'rxBytesPerSecond' | 'txBytesPerSecond'
>;

export const cpu = <R extends Row & Measured>(): Column<R> => ({
	id: 'cpu',
	heading: 'CPU',
	unit: 'cores',
	explanation: 'CPU in use, in cores: the rate that the source reports, or else the rate of its counter.',
	value: row => row.cpuCores,
	series: 'cpuCores',
	why: cpuUnmeasured,
});

export const memory = <R extends Row & Measured>(): Column<R> => ({
	id: 'memory',
	heading: 'MEM',
	fullHeading: 'MEMORY',
	unit: 'bytes',
	explanation: 'Working set: memory in use less inactive file cache, which is what eviction looks at.',
	value: row => row.memoryWorkingSetBytes,
	series: 'memoryWorkingSetBytes',
	why: memoryUnmeasured,
});

export const rss = <R extends Row & Measured>(): Column<R> => ({
	id: 'rss',
	heading: 'RSS',
	fullHeading: 'RESIDENT MEMORY',
	unit: 'bytes',
	explanation: 'Anonymous memory: heaps and stacks, without any file cache.',
	value: row => row.memoryRssBytes,
	series: 'memoryRssBytes',
	why: unmeasuredSeries('the samples of the node do not contain it'),
});

export const received = <R extends Row & Measured>(): Column<R> => ({
	id: 'net-received',
	heading: 'NET↓',
	fullHeading: 'NET RECEIVED',
	unit: 'bytesPerSecond',
	explanation:
		'Bytes received per second over its network interfaces, each byte once: no loopback, tunnel or veth, and no bond, bridge or VLAN on top of another interface. A hostNetwork pod shows the traffic of its node and is in no sum.',
	value: row => row.rxBytesPerSecond,
	series: 'rxBytesPerSecond',
	why: networkUnmeasured,
});

export const sent = <R extends Row & Measured>(): Column<R> => ({
	id: 'net-sent',
	heading: 'NET↑',
	fullHeading: 'NET SENT',
	unit: 'bytesPerSecond',
	explanation:
		'Bytes sent per second over its network interfaces, each byte once: no loopback, tunnel or veth, and no bond, bridge or VLAN on top of another interface. A hostNetwork pod shows the traffic of its node and is in no sum.',
	value: row => row.txBytesPerSecond,
	series: 'txBytesPerSecond',
	why: networkUnmeasured,
});
