import type {HistoryWindow} from '../../metrics/model/view.ts';
import {formatClock} from './numbers.ts';

/** A tick of the time axis; `column` is the cell that starts at the time. */
export type TimeTick = {readonly column: number; readonly label: string};

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly number[] = [
	...[1, 2, 5, 10, 15, 30].map(count => count * SECOND),
	...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE),
	...[1, 2, 3, 6, 12].map(count => count * HOUR),
	...[1, 2, 3, 7, 14, 28].map(count => count * DAY),
];

/** The cells of the mark before a label and of the blanks after it. */
const LABEL_PADDING = 3;

/** Labels of longer windows include dates. */
const DATED_AFTER_MS = 12 * HOUR;

/** Ticks at round local times, as close as their labels allow; none if the step would be above 28 days. */
export function timeTicks(window: HistoryWindow, columns: number): readonly TimeTick[] {
	const lengthMs = window.points * window.stepMs;
	const startMs = window.endMs - lengthMs;
	const cellMs = lengthMs / columns;
	const step = STEPS.find(each => each >= (clockWidth(each) + LABEL_PADDING) * cellMs);
	if (step === undefined || !(cellMs > 0)) {
		return [];
	}

	const times = roundTimes(startMs, window.endMs, step);
	const isDated = lengthMs > DATED_AFTER_MS;
	const hasMidnight = times.some(isMidnight);
	return times.map((timeMs, index) => ({
		column: Math.min(Math.floor((timeMs - startMs) / cellMs), columns - 1),
		label:
			step >= DAY || (isDated && isMidnight(timeMs))
				? formatDay(timeMs)
				: `${isDated && !hasMidnight && index === 0 ? `${formatDay(timeMs)} ` : ''}${formatClock(timeMs).slice(0, clockWidth(step))}`,
	}));
}

/** The start and end of a window, for a chart without room for ticks; only the end if both labels are equal. */
export function timeEnds(
	{points, stepMs, endMs}: HistoryWindow,
	columns: number,
): {readonly first: string | undefined; readonly last: string} {
	const lengthMs = points * stepMs;
	const times = [endMs - lengthMs, endMs] as const;
	const [firstDay, lastDay] = times.map(formatDay);
	const [firstClock = '', lastClock = ''] = times.map(formatClock);
	if (lengthMs > DATED_AFTER_MS) {
		return {first: firstDay, last: lastDay ?? ''};
	}

	// One blank beside each.
	if (firstClock.length + lastClock.length + 2 <= columns) {
		return {first: firstClock, last: lastClock};
	}

	const [first, last] = [firstClock, lastClock].map(clock => clock.slice(0, clockWidth(MINUTE)));
	return first === last ? {first: undefined, last: lastClock} : {first, last: last ?? ''};
}

/** The width of `10:42:07` for steps below a minute, else of `10:42` or `11-22`. */
function clockWidth(step: number): number {
	return step < MINUTE ? 8 : 5;
}

/** Multiples of a step in local time, whose offset from UTC may be no multiple of the step. */
function roundTimes(startMs: number, endMs: number, step: number): readonly number[] {
	const times: number[] = [];
	const untilMs = wallOf(endMs);
	for (let wallMs = Math.ceil(wallOf(startMs) / step) * step; wallMs <= untilMs; wallMs += step) {
		const timeMs = timeOfWall(wallMs);
		// When daylight saving time starts, two local times are the same time.
		if (timeMs >= startMs && timeMs < endMs && timeMs > (times.at(-1) ?? Number.NEGATIVE_INFINITY)) {
			times.push(timeMs);
		}
	}

	return times;
}

/** The local time as if it were UTC, so that round times are multiples of a step. */
function wallOf(timeMs: number): number {
	return timeMs - new Date(timeMs).getTimezoneOffset() * MINUTE;
}

function timeOfWall(wallMs: number): number {
	const wall = new Date(wallMs);
	return new Date(
		wall.getUTCFullYear(),
		wall.getUTCMonth(),
		wall.getUTCDate(),
		wall.getUTCHours(),
		wall.getUTCMinutes(),
		wall.getUTCSeconds(),
	).getTime();
}

function isMidnight(timeMs: number): boolean {
	const time = new Date(timeMs);
	return time.getHours() === 0 && time.getMinutes() === 0 && time.getSeconds() === 0;
}

/** `11-22`. */
function formatDay(timeMs: number): string {
	const time = new Date(timeMs);
	return `${String(time.getMonth() + 1).padStart(2, '0')}-${String(time.getDate()).padStart(2, '0')}`;
}
