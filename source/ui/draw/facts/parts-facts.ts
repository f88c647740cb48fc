import {printable} from '../../../metrics/model/printable.ts';
import type {CoreUsage, DiskUsage, InterfaceUsage} from '../../../metrics/model/row.ts';
import {formatRate, UNKNOWN} from '../../format/numbers.ts';
import {sparkline} from '../../format/sparkline.ts';
import type {Theme} from '../../theme/theme.ts';
import {bar, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/** More cores than these have a cell each instead of a bar. */
const MOST_BARS = 8;

const CELLS = 8;

/** Each core: `0 ▰▰▰▱▱▱▱▱▱▱ 31%`, or one cell for each where there are many. Nothing where the source has no cores. */
export function coresFacts(cores: readonly CoreUsage[] | undefined, theme: Theme): readonly Fact[] {
	if (cores === undefined || cores.length === 0) {
		return [];
	}

	const pieces =
		cores.length > MOST_BARS
			? Array.from({length: Math.ceil(cores.length / CELLS)}, (_, index) =>
					cellsOf(cores.slice(index * CELLS, (index + 1) * CELLS), theme),
				)
			: cores.map(
					({name, busyRatio}) => `${printable(name)} ${orUnknown(busyRatio, share => bar(share, theme))}`,
				);
	return [{label: 'Cores', pieces, share: undefined}];
}

/** Each interface: `eth0 ↓4.9MB/s ↑8.9MB/s`. Nothing where the source has no interfaces. */
export function interfacesFacts(interfaces: readonly InterfaceUsage[] | undefined): readonly Fact[] {
	if (interfaces === undefined || interfaces.length === 0) {
		return [];
	}

	const pieces = interfaces.map(
		({name, rxBytesPerSecond, txBytesPerSecond}) =>
			`${printable(name)} ↓${orUnknown(rxBytesPerSecond, formatRate)} ↑${orUnknown(txBytesPerSecond, formatRate)}`,
	);
	return [{label: 'Interfaces', pieces, share: undefined}];
}

/** Each disk: `vda read 1.2MB/s written 890kB/s busy ▰▰▰▱▱▱▱▱▱▱ 31%`. Nothing where the source has no disks. */
export function disksFacts(disks: readonly DiskUsage[] | undefined, theme: Theme): readonly Fact[] {
	if (disks === undefined || disks.length === 0) {
		return [];
	}

	const pieces = disks.flatMap(({name, readBytesPerSecond, writtenBytesPerSecond, busyRatio}) => [
		`${printable(name)} read ${orUnknown(readBytesPerSecond, formatRate)} written ${orUnknown(writtenBytesPerSecond, formatRate)}`,
		`busy ${orUnknown(busyRatio, share => bar(share, theme))}`,
	]);
	return [{label: 'Disks', pieces, share: undefined}];
}

/** `0:▁▃▅█▁▁▂▃`: the number of the first, and a cell for each; `–` where one is unknown. */
function cellsOf(cores: readonly CoreUsage[], theme: Theme): string {
	const cells = cores.map(({busyRatio}) =>
		busyRatio === undefined ? UNKNOWN : sparkline([busyRatio], 1, theme.symbols),
	);
	return `${printable(cores[0]?.name ?? '')}:${cells.join('')}`;
}
