import type {ThresholdEvent} from '../../metrics/store/threshold-watch.ts';
import {formatDuration, formatMoment, formatPercent} from '../format/numbers.ts';

const WHAT_CELLS = 17;

/** What crossed a threshold so far: since when, for how long, how high, and what. */
export function eventsText(events: readonly ThresholdEvent[], nowMs: number): readonly string[] {
	if (events.length === 0) {
		return [
			'  Nothing has crossed a threshold so far: 90 % of CPU, memory, limits, file systems,',
			'  volumes and inodes, 25 % throttling, 20 % pressure, nodes that cannot be read or are not ready;',
			'  and no container was killed or has failed.',
		];
	}

	return [
		'  SINCE     FOR    PEAK  WHAT              WHERE',
		...events.map(({what, name, sinceMs, untilMs, peak}) => {
			const isMoment = what === 'OOM killed' || what === 'failed';
			const duration = isMoment ? '' : formatDuration(Math.max((untilMs ?? nowMs) - sinceMs, 0));
			const share = isMoment
				? `${peak}x`
				: what === 'not read' || what === 'not ready'
					? ''
					: formatPercent(peak);
			const mark = untilMs === undefined ? '!' : ' ';
			return `${mark} ${formatMoment(sinceMs, nowMs).padEnd(9)} ${duration.padEnd(5)} ${share.padStart(5)}  ${what.padEnd(WHAT_CELLS)} ${name}`;
		}),
	];
}
