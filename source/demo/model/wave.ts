/**
 * A rate over time that can be integrated exactly: `mean` with a sine of amplitude `sway` (a share of the mean, below
 * 1), plus `burst` during `burstShare` of every burst period. In units per second.
 */
export type Wave = {
	readonly mean: number;
	readonly sway: number;
	readonly periodS: number;
	readonly phase: number;
	readonly burst: number;
	readonly burstPeriodS: number;
	readonly burstShare: number;
};

export function steadyWave(mean: number): Wave {
	return {mean, sway: 0, periodS: 60, phase: 0, burst: 0, burstPeriodS: 60, burstShare: 0};
}

/** The integral from second 0 to second `s`, which never decreases. */
export function waveAmount(wave: Wave, s: number): number {
	const {mean, sway, periodS, phase, burst} = wave;
	const turn = (2 * Math.PI) / periodS;
	const swung = (sway / turn) * (Math.cos(phase) - Math.cos(turn * s + phase));
	return mean * (s + swung) + burst * burstSeconds(wave, s);
}

export function wavePeak({mean, sway, burst}: Wave): number {
	return mean * (1 + sway) + burst;
}

export function scaled(wave: Wave, factor: number): Wave {
	return {...wave, mean: wave.mean * factor, burst: wave.burst * factor};
}

/** Seconds of bursts before second `s`. A burst is at the end of each period. */
function burstSeconds({burstPeriodS, burstShare}: Wave, s: number): number {
	const quietS = burstPeriodS * (1 - burstShare);
	const periods = Math.floor(s / burstPeriodS);
	return periods * (burstPeriodS - quietS) + Math.max(0, s - periods * burstPeriodS - quietS);
}
