/** What an axis counts, by which its round numbers are told: cores and rates by tens, bytes by powers of two. */
export type AxisUnit = 'cores' | 'bytes' | 'rate' | 'ratio';

/** The values that are marked on an axis from 0 up, the highest being its end. */
export type Axis = {readonly top: number; readonly ticks: readonly number[]};

const DECIMAL = [1, 2, 5, 10];
const BINARY = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const RATIO = [0.1, 0.2, 0.25, 0.5, 1];

/** An axis that holds `highest` with at most so many steps, at round numbers. */
export function axisOf(highest: number, steps: number, unit: AxisUnit): Axis {
	const step = roundStep(Math.max(highest, Number.MIN_VALUE) / Math.max(steps, 1), unit);
	const count = Math.max(Math.ceil(highest / step - 1e-9), 1);
	return {top: count * step, ticks: Array.from({length: count + 1}, (_, index) => index * step)};
}

/** The next round number from `least` on. */
function roundStep(least: number, unit: AxisUnit): number {
	if (unit === 'ratio') {
		return RATIO.find(step => step >= least) ?? Math.ceil(least);
	}

	const base = unit === 'bytes' ? 1024 : 10;
	const steps = unit === 'bytes' ? BINARY : DECIMAL;
	const power = base ** Math.floor(Math.log(least) / Math.log(base));
	return (steps.find(step => step * power >= least) ?? base) * power;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const TIME_STEPS = [
	5 * SECOND,
	10 * SECOND,
	15 * SECOND,
	30 * SECOND,
	MINUTE,
	2 * MINUTE,
	5 * MINUTE,
	10 * MINUTE,
	15 * MINUTE,
	30 * MINUTE,
	HOUR,
	2 * HOUR,
	3 * HOUR,
	6 * HOUR,
	12 * HOUR,
	DAY,
	2 * DAY,
];

/** Cells that a label of time takes with the room around it. */
const LABEL_CELLS = 11;

export type TimeTick = {readonly column: number; readonly label: string};

/** Marks of time for columns of `stepMs` that end at `endMs`: at whole times of the local clock. */
export function timeTicks(columns: number, stepMs: number, endMs: number): readonly TimeTick[] {
	const startMs = endMs - columns * stepMs;
	const every = TIME_STEPS.find(step => step >= stepMs * LABEL_CELLS) ?? 7 * DAY;
	const offsetMs = new Date(endMs).getTimezoneOffset() * MINUTE;
	const ticks: TimeTick[] = [];
	for (
		let timeMs = Math.ceil((startMs - offsetMs) / every) * every + offsetMs;
		timeMs < endMs;
		timeMs += every
	) {
		ticks.push({column: Math.floor((timeMs - startMs) / stepMs), label: timeLabel(timeMs, every)});
	}

	return ticks;
}

function timeLabel(timeMs: number, everyMs: number): string {
	const time = new Date(timeMs);
	const two = (value: number): string => String(value).padStart(2, '0');
	if (everyMs >= DAY) {
		return `${two(time.getMonth() + 1)}-${two(time.getDate())}`;
	}

	const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
	return everyMs < MINUTE ? `${clock}:${two(time.getSeconds())}` : clock;
}
