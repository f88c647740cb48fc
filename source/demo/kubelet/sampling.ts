import {type Wave, waveAmount} from '../model/wave.ts';

/** Kubelets look at every object anew every 10 s, each at a moment of its own. */
const SAMPLE_INTERVAL_MS = 10_000;

/** When the object was last looked at. */
export function sampleTimeMs(nowMs: number, offsetMs: number): number {
	return Math.floor((nowMs - offsetMs) / SAMPLE_INTERVAL_MS) * SAMPLE_INTERVAL_MS + offsetMs;
}

/** A metav1.Time: whole seconds, cut. */
export function stamp(timeMs: number): string {
	return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}

/** Nanocores over the 10 s before, or since the start: the counter's difference over the time's. */
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
	const share = (factor: number): PressureShare => {
		const average = (seconds: number): number => {
			const span = Math.min(seconds, ageS);
			const waited = waveAmount(wave, ageS) - waveAmount(wave, ageS - span);
			return span <= 0 ? 0 : Math.min(100, Math.round((waited / span) * factor * 1e4) / 100);
		};
		return {
			total: Math.floor(waveAmount(wave, ageS) * factor * 1e6),
			avg10: average(10),
			avg60: average(60),
			avg300: average(300),
		};
	};
	return {full: share(fullShare), some: share(1)};
}
