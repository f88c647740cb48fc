/** Shown for an unknown value. */
export const UNKNOWN = '–';

/** `7.83`, `38.2`, `120` cores; below one core `250m`, below one millicore `<1m`. */
export function formatCores(cores: number): string {
	if (cores >= 100) {
		return cores.toFixed(0);
	}

	if (cores >= 0.9995) {
		return cores >= 10 ? cores.toFixed(1) : cores.toFixed(2);
	}

	const millicores = cores * 1000;
	return millicores === 0 ? '0' : millicores < 0.5 ? '<1m' : `${millicores.toFixed(0)}m`;
}

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** `28.1Gi`, `512Mi`: powers of 1024, as in Kubernetes. */
export function formatBytes(bytes: number): string {
	return scaled(bytes, 1024, BINARY);
}

/** `1.2GB/s`, `860kB/s`: bytes in powers of 1000, as usual for networks. */
export function formatRate(perSecond: number): string {
	return `${scaled(perSecond, 1000, DECIMAL)}B/s`;
}

/** At most three digits (four from 1000 to 1023 of a binary unit); one decimal below 100 of a unit with a prefix. */
function scaled(value: number, base: number, suffixes: readonly string[]): string {
	let scaledValue = value;
	let power = 0;
	// 999.5 would be rounded up to four digits.
	while (scaledValue >= (base === 1000 ? 999.5 : 1023.5) && power < suffixes.length - 1) {
		scaledValue /= base;
		power++;
	}

	const digits = power > 0 && scaledValue < 99.95 ? 1 : 0;
	return `${scaledValue.toFixed(digits)}${suffixes[power]}`;
}

/** `120`, `2.5` per second; small values are `<0.1`, never 0. */
export function formatCount(perSecond: number): string {
	return perSecond >= 9.95
		? perSecond.toFixed(0)
		: perSecond > 0 && perSecond < 0.05
			? '<0.1'
			: String(Math.round(perSecond * 10) / 10);
}

/** `98%`; small values are `<1%`, never 0. */
export function formatPercent(share: number): string {
	const percent = share * 100;
	return percent > 0 && percent < 0.5 ? '<1%' : `${percent.toFixed(0)}%`;
}

/** `47s`, `12m`, `5h`, `34d`: only the largest unit, like ages of kubectl. */
export function formatDuration(durationMs: number): string {
	const seconds = Math.floor(durationMs / 1000);
	if (seconds < 120) {
		return `${seconds}s`;
	}

	if (seconds < 7200) {
		return `${Math.floor(seconds / 60)}m`;
	}

	return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}

/** `10:42:07`, in the local time zone. */
export function formatClock(timeMs: number): string {
	const time = new Date(timeMs);
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

const DATED_AFTER_MS = 43_200_000;

/** `10:42:07`; with the date, `11-22 10:42:07`, if the time is 12 hours ago or more. */
export function formatMoment(timeMs: number, nowMs: number): string {
	const clock = formatClock(timeMs);
	if (nowMs - timeMs < DATED_AFTER_MS) {
		return clock;
	}

	const time = new Date(timeMs);
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${two(time.getMonth() + 1)}-${two(time.getDate())} ${clock}`;
}

const INTERVALS = [
	[604_800_000, 7, 'd'],
	[3_600_000, 1, 'h'],
	[60_000, 1, 'm'],
	[1000, 1, 's'],
] as const;

/** `500ms`, `2s`, `90s`, `15m`, `1h`, `24h`, `7d`: the largest unit that gives a whole number. */
export function formatInterval(intervalMs: number): string {
	const unit = INTERVALS.find(([unitMs]) => intervalMs % unitMs === 0);
	return unit === undefined ? `${intervalMs}ms` : `${(intervalMs / unit[0]) * unit[1]}${unit[2]}`;
}
