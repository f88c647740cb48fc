import type {ThresholdEvent} from '../../metrics/store/threshold-watch.ts';
import {formatDuration, formatMoment, formatPercent} from '../format/numbers.ts';
import {wrapText} from '../format/wrap.ts';

const WHAT_CELLS = 17;

/** On a narrower screen the object, the last column, would be cut off. */
const TABLE_CELLS = 60;

/** The list of events: the selected one, when each started, how long it lasted, its peak and its object. */
export function eventsText(
	events: readonly ThresholdEvent[],
	nowMs: number,
	selected: number,
	width: number,
): readonly string[] {
	if (events.length === 0) {
		return wrapText(
			'No events yet. An event is 90 % of CPU, memory, a limit, a file system, a volume or inodes, 25 % throttling, 20 % pressure, a node that is not ready or not scraped, and a container that failed or was OOM killed.',
			Math.min(width, 90),
			2,
		);
	}

	const isNarrow = width < TABLE_CELLS;
	return [
		isNarrow ? '    SINCE    WHAT, WHERE' : '    SINCE     FOR    PEAK  WHAT              WHERE',
		...events.map(({what, name, sinceMs, untilMs, peak}, index) => {
			const isMoment = what === 'OOM killed' || what === 'failed';
			const duration = isMoment ? '' : formatDuration(Math.max((untilMs ?? nowMs) - sinceMs, 0));
			const share = isMoment
				? `${peak}x`
				: what === 'not read' || what === 'not ready'
					? ''
					: formatPercent(peak);
			const mark = untilMs === undefined ? '!' : ' ';
			const start = `${index === selected ? '>' : ' '} ${mark} ${formatMoment(sinceMs, nowMs)}`;
			return isNarrow
				? `${start} ${what} ${name}`
				: `${start.padEnd(13)} ${duration.padEnd(5)} ${share.padStart(5)}  ${what.padEnd(WHAT_CELLS)} ${name}`;
		}),
	];
}
