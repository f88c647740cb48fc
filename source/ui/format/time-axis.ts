import type {HistoryWindow} from '../../metrics/model/view.ts';
import {formatClock} from './numbers.ts';

/** Where a time is on a chart: `column` is the cell that begins with it. */
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

/** The mark before a label and blanks after it. */
const AROUND = 3;

/** In a longer window the clock alone could be of two days. */
const CLOCK_SAYS_ENOUGH_MS = 12 * HOUR;

/** Round times of the local clock within the window, as near to each other as their labels allow; none where that is years. */
export function timeTicks(window: HistoryWindow, columns: number): readonly TimeTick[] {
	const lengthMs = window.points * window.stepMs;
	const startMs = window.endMs - lengthMs;
	const cellMs = lengthMs / columns;
	const step = STEPS.find(each => each >= (clockWidth(each) + AROUND) * cellMs);
	if (step === undefined || !(cellMs > 0)) {
		return [];
	}

	const times = roundTimes(startMs, window.endMs, step);
	const isDated = lengthMs > CLOCK_SAYS_ENOUGH_MS;
	const hasMidnight = times.some(isMidnight);
	return times.map((timeMs, index) => ({
		column: Math.min(Math.floor((timeMs - startMs) / cellMs), columns - 1),
		label:
			step >= DAY || (isDated && isMidnight(timeMs))
				? formatDay(timeMs)
				: `${isDated && !hasMidnight && index === 0 ? `${formatDay(timeMs)} ` : ''}${formatClock(timeMs).slice(0, clockWidth(step))}`,
	}));
}

/** When a window begins and ends, for a chart without room for a round time in between; of one minute the end alone. */
export function timeEnds(
	{points, stepMs, endMs}: HistoryWindow,
	columns: number,
): {readonly first: string | undefined; readonly last: string} {
	const lengthMs = points * stepMs;
	const times = [endMs - lengthMs, endMs] as const;
	const [firstDay, lastDay] = times.map(formatDay);
	const [firstClock = '', lastClock = ''] = times.map(formatClock);
	if (lengthMs > CLOCK_SAYS_ENOUGH_MS) {
		return {first: firstDay, last: lastDay ?? ''};
	}

	// A blank beside each.
	if (firstClock.length + lastClock.length + 2 <= columns) {
		return {first: firstClock, last: lastClock};
	}

	const [first, last] = [firstClock, lastClock].map(clock => clock.slice(0, clockWidth(MINUTE)));
	return first === last ? {first: undefined, last: lastClock} : {first, last: last ?? ''};
}

/** `10:42:07`, or `10:42` (as wide as `11-22`) where seconds are all 0. */
function clockWidth(step: number): number {
	return step < MINUTE ? 8 : 5;
}

/** Multiples of a step on the local clock, which is not always a whole number of steps from UTC. */
function roundTimes(startMs: number, endMs: number, step: number): readonly number[] {
	const times: number[] = [];
	const untilMs = wallOf(endMs);
	for (let wallMs = Math.ceil(wallOf(startMs) / step) * step; wallMs <= untilMs; wallMs += step) {
		const timeMs = timeOfWall(wallMs);
		// When the clock is put forward an hour is missing, and two of its times are the same moment.
		if (timeMs >= startMs && timeMs < endMs && timeMs > (times.at(-1) ?? Number.NEGATIVE_INFINITY)) {
			times.push(timeMs);
		}
	}

	return times;
}

/** What the local clock shows, as if it were UTC: a number that steps can be counted in. */
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
