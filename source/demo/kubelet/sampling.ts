import {type Wave, waveAmount} from '../model/wave.ts';

/** Kubelets sample each object every 10 s, at an offset of its own. */
const SAMPLE_INTERVAL_MS = 10_000;

/** The time of the object's last sample. */
export function sampleTimeMs(nowMs: number, offsetMs: number): number {
	return Math.floor((nowMs - offsetMs) / SAMPLE_INTERVAL_MS) * SAMPLE_INTERVAL_MS + offsetMs;
}

/** System daemons are sampled at other times than the node. */
export function systemSampleOffsetMs(
	{sampleOffsetMs}: {readonly sampleOffsetMs: number},
	daemon: string,
): number {
	return sampleOffsetMs + daemon.length * 700;
}

/** Truncates seconds to nanoseconds, which is the precision of counters in the summary. */
export function wholeNanoseconds(seconds: number): number {
	return Math.floor(seconds * 1e9) / 1e9;
}

/** Mean nanocores over the last 10 s, or since the start. */
export function nanoCores(cpuSeconds: (timeMs: number) => number, startMs: number, timeMs: number): number {
	const sinceMs = Math.max(startMs, timeMs - SAMPLE_INTERVAL_MS);
	return timeMs <= sinceMs
		? 0
		: Math.floor(((cpuSeconds(timeMs) - cpuSeconds(sinceMs)) * 1e12) / (timeMs - sinceMs));
}

type PressureShare = {
	readonly total: number;
	readonly avg10: number;
	readonly avg60: number;
	readonly avg300: number;
};

/** Pressure Stall Information: `total` in microseconds, averages in percent with two decimals. */
export type Psi = {readonly full: PressureShare; readonly some: PressureShare};

export function psi(wave: Wave, fullShare: number, ageS: number): Psi {
	const total = waveAmount(wave, ageS);
	const [in10 = 0, in60 = 0, in300 = 0] = [10, 60, 300].map(seconds => {
		const span = Math.min(seconds, ageS);
		return span <= 0 ? 0 : (total - waveAmount(wave, ageS - span)) / span;
	});
	const percent = (share: number): number => Math.min(100, Math.round(share * 1e4) / 100);
	const share = (factor: number): PressureShare => ({
		total: Math.floor(total * factor * 1e6),
		avg10: percent(in10 * factor),
		avg60: percent(in60 * factor),
		avg300: percent(in300 * factor),
	});
	return {full: share(fullShare), some: share(1)};
}
